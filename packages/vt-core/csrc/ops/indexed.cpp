// SPDX-License-Identifier: Apache-2.0
// Rows of a tensor read and written at checked offsets.
#include "ops/indexed.hpp"

#include "dispatch/callers.hpp"
#include "ops/loops/index.hpp"

namespace vt::core {

namespace {

// Adds the offsets of one indexed dimension, walking its indices as they are broadcast.
bool add_offsets(const IndexedDim& indexed, const IndexPlan& plan, int64_t* offsets, bool adds) {
  const size_t ndim = plan.index_shape.size();
  const OffsetLoop loop = offset_loop(indexed.index);
  InlineVector<int64_t, 16> strides;
  strides.assign(2 * ndim, 0);
  Sizes dense;
  dense.resize(ndim);
  contiguous_strides(plan.index_shape, dense.data());
  for (size_t d = 0; d < ndim; ++d) strides[d] = dense[d] * 8;
  vt::detail::broadcast_strides(indexed.index, plan.index_shape, strides.data() + ndim);
  void* const data[] = {offsets, indexed.index->dl.data};
  IterPlan p;
  plan_ordered(plan.index_shape, strides, data, indexed.index->dl.device, p);
  const int64_t stride = p.strides[static_cast<size_t>(p.ndim)];
  std::atomic<bool> inside = true;
  for_each_run<2>(p, [&](char* const* at, int64_t n) {
    if (!loop(reinterpret_cast<int64_t*>(at[0]), at[1], stride, n, indexed.size, indexed.stride, indexed.wraps, adds))
      inside.store(false, std::memory_order_relaxed);
  });
  return inside;
}

}  // namespace

void fail_out_of_range(const char* op, const VtTensor* index, int64_t dim, int64_t size, bool wraps) {
  Owned dense(empty(sizes_of(index), kInt64, index->dl.device));
  copy_tensor(dense.get(), const_cast<VtTensor*>(index), false);
  const auto* values = static_cast<const int64_t*>(dense.get()->dl.data);
  const int64_t* found = std::find_if(values, values + index->numel,
                                      [&](int64_t v) { return v >= size || v < (wraps ? -size : int64_t{0}); });
  if (caller() != nullptr) op = caller();
  fail(VT_ERROR_INDEX, index_message(op, found == values + index->numel ? size : *found, dim, size));
}

Offsets::Offsets(const char* op, const IndexPlan& plan) : data_(nullptr), bytes_(8) {
  for (const int64_t size : plan.index_shape) bytes_ *= static_cast<uint64_t>(size);
  data_ = static_cast<int64_t*>(allocate_host(bytes_));
  bool adds = false;
  for (const IndexedDim& indexed : plan.indexed) {
    if (!add_offsets(indexed, plan, data_, adds)) {
      free_host(data_, bytes_);
      fail_out_of_range(op, indexed.index, indexed.dim, indexed.size, indexed.wraps);
    }
    adds = true;
  }
}

void take_rows(const char* op, const VtTensor* self, const IndexPlan& plan, const VtTensor* out) {
  const Offsets offsets(op, plan);
  IterPlan p;
  plan_index_loops(plan, self, out, offsets.data(), 8, p);
  const int64_t itemsize = itemsize_of(self->dl.dtype);
  // Whole rows: neighbours along the first dimension are neighbours in both tensors, and each row has one offset.
  if (p.ndim == 2 && p.strides[0] == itemsize && p.strides[2] == itemsize && p.strides[3] == 0 && p.strides[4] == 0) {
    const int64_t bytes = p.sizes[0] * itemsize;
    const int64_t step = p.strides[1];
    const auto* at = static_cast<const int64_t*>(p.data[2]);
    if (p.strides[5] == 8) {
      parallel_for(0, p.sizes[1], rows_per_grain(p.sizes[0]), [&](int64_t begin, int64_t end) {
        loops<IndexLoops>().take_rows(static_cast<char*>(p.data[0]) + begin * step, step,
                                      static_cast<const char*>(p.data[1]), at + begin, end - begin, bytes);
      });
      return;
    }
  }
  const TakeLoop loop = loops<IndexLoops>().take[log2_bytes(self->dl.dtype)];
  const InnerStrides<3> strides(p);
  for_each_run<3>(p, [&](char* const* data, int64_t n) {
    loop(data[0], strides.value[0], data[1], strides.value[1], data[2], strides.value[2], n);
  });
}

void put_rows(const char* op, const VtTensor* self, const IndexPlan& plan, const VtTensor* values, bool accumulate) {
  const Offsets offsets(op, plan);
  IterPlan p;
  plan_index_loops(plan, self, values, offsets.data(), 8, p);
  const PutLoop loop = accumulate ? loops<IndexLoops>().accumulate[static_cast<size_t>(dtype_index(self->dl.dtype))]
                                  : loops<IndexLoops>().put[log2_bytes(self->dl.dtype)];
  const InnerStrides<3> strides(p);
  for_each_ordered_run(p, [&](char* const* data, int64_t n) {
    loop(data[1], strides.value[1], data[2], strides.value[2], data[0], strides.value[0], n);
  });
}

VtTensor* written_copy(const char* op, VtTensor* self, const VtValue& result) {
  if (result.tag != VT_TENSOR) {
    Owned out(empty_following(self, self->dl.dtype, self->dl.device));
    copy_tensor(out.get(), self, false);
    return out.take();
  }
  check_writable(op, result.as.tensor);
  retain(result.as.tensor);
  return result.as.tensor;
}

}  // namespace vt::core
