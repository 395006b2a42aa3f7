// SPDX-License-Identifier: Apache-2.0
// The index family on CUDA devices, but for scatters and what put_rows does. Indices are checked by the kernels (Note
// [Index errors]).
#include <vt/cpp/iter/index_rules.hpp>
#include <vt/cpp/op.hpp>

#include "../kernels/take_rows.hpp"
#include "indexed.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

template <class Index>
void launch_take(const Queue& queue, const char* op, const IterPlan& p, int64_t itemsize) {
  TakeParams<Index> params{static_cast<char*>(p.data[0]), static_cast<const char*>(p.data[1]),
                           static_cast<const char*>(p.data[2]), p.numel, walk_of<Index, 3>(p)};
  queue.launch(op, take_kernel(itemsize, sizeof(Index) == 8),
               ceil_divide(p.numel, kBlockThreads * kTakeElementsPerThread), 1, params);
}

void launch_take(const Queue& queue, const char* op, const IterPlan& p, int64_t itemsize) {
  if (p.numel == 0) return;
  if (is_wide(p)) return launch_take<int64_t>(queue, op, p, itemsize);
  launch_take<int32_t>(queue, op, p, itemsize);
}

// Whether the dense indices of the first dimension name rows that are vectors of 16 bytes, one after the other.
bool names_whole_rows(const IndexPlan& plan, const VtTensor* self, const VtTensor* out) {
  const int64_t itemsize = itemsize_of(self->dl.dtype);
  if (out->numel == 0 || plan.indexed.size() != 1 || plan.indexed[0].dim != 0) return false;
  const VtTensor* index = plan.indexed[0].index;
  if (!(index->flags & VT_TENSOR_CONTIGUOUS)) return false;
  int64_t row = 1;
  for (int32_t d = self->dl.ndim; --d > 0; row *= self->dl.shape[d])
    if (self->dl.shape[d] > 1 && self->dl.strides[d] != row) return false;
  return row * itemsize % 16 == 0 && plan.indexed[0].stride % 16 == 0 && is_aligned(self->dl.data) &&
         is_aligned(out->dl.data);
}

template <class Index>
void launch_take_rows(const Queue& queue, IndexOp op, const IndexedDim& indexed, const VtTensor* self,
                      const VtTensor* out, int64_t num_vectors) {
  TakeRowsParams<Index> params{static_cast<char*>(out->dl.data),
                               static_cast<const char*>(self->dl.data),
                               static_cast<const char*>(indexed.index->dl.data),
                               num_vectors,
                               Extent<Index>::make(num_vectors / indexed.index->numel),
                               indexed.stride,
                               indexed.size,
                               indexed.dim,
                               noted_as(op),
                               indexed.index->dl.dtype.bits == 64,
                               indexed.wraps,
                               queue.index_errors()};
  queue.launch(name_of(op), take_rows_kernel(sizeof(Index) == 8),
               ceil_divide(num_vectors, kBlockThreads * kTakeVectorsPerThread), 1, params);
}

void index(const VtValue* args, VtValue* result) {
  const VtTensor* self = args[0].as.tensor;
  const std::vector<Tensor> owners = expand_masks("index", self, {args[1].as.tensors, args[1].count});
  std::vector<VtTensor*> indices;
  for (const Tensor& t : owners) indices.push_back(t.get());
  IndexPlan plan;
  plan_index("index", self, indices, true, plan);
  Tensor out = Tensor::empty(plan.shape, self->dl.dtype, self->dl.device);
  take_rows(IndexOp::kIndex, self, plan, out.get());
  result[0] = value_of(out.release());
}

void index_put(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  VtTensor* given = args[2].as.tensor;
  const bool accumulates = args[3].as.i != 0;
  if (!same_dtype(given->dl.dtype, self->dl.dtype))
    vt::fail(VT_ERROR_RUNTIME, "index_put: values must have the dtype of self: got " +
                                   std::string(dtype_name(given->dl.dtype)) + ", expected " +
                                   std::string(dtype_name(self->dl.dtype)));
  if (accumulates) check_accumulates("index_put", self->dl.dtype, "cuda");
  if (is_filled_by_mask(args)) return fill_by_mask(args, result);
  const std::vector<Tensor> owners = expand_masks("index_put", self, {args[1].as.tensors, args[1].count});
  std::vector<VtTensor*> indices;
  for (const Tensor& t : owners) indices.push_back(t.get());
  IndexPlan checked;
  plan_index("index_put", self, indices, true, checked);
  Sizes shape;
  shape.assign(std::span<const int64_t>(checked.shape.data(), checked.shape.size()));
  if (!broadcast_into(shape, sizes_of(given)) || !same_sizes(shape, checked.shape))
    vt::fail(VT_ERROR_SHAPE, "index_put: cannot broadcast values of sizes " + format_sizes(sizes_of(given)) + " to " +
                                 format_sizes(checked.shape));
  Tensor out = written_copy("index_put", self, result[0]);
  const Tensor values = apart_from(out, Tensor::share(given));
  IndexPlan plan;
  plan_index("index_put", out.get(), indices, true, plan);
  if (accumulates) {
    fold_rows(IndexOp::kIndexPut, out.get(), plan, values.get());
  } else {
    put_rows(IndexOp::kIndexPut, out.get(), plan, values.get());
  }
  result[0] = value_of(out.release());
}

void index_select(const VtValue* args, VtValue* result) {
  static const Op copy("copy_");
  VtTensor* given = args[0].as.tensor;
  const Tensor self = at_least_1d(given);
  const Tensor index = at_least_1d(args[2].as.tensor);
  IndexPlan plan;
  plan_one("index_select", self.get(), args[1].as.i, index.get(), plan);
  VtTensor* destination = result[0].tag == VT_TENSOR ? result[0].as.tensor : nullptr;
  if (destination) {
    check_writable("index_select", destination);
    if (!same_dtype(destination->dl.dtype, given->dl.dtype))
      vt::fail(VT_ERROR_DTYPE, "index_select: out must have the dtype of self: got " +
                                   std::string(dtype_name(destination->dl.dtype)) + ", expected " +
                                   std::string(dtype_name(given->dl.dtype)));
  }
  Tensor out = Tensor::empty(plan.shape, given->dl.dtype, given->dl.device);
  take_rows(IndexOp::kIndexSelect, self.get(), plan, out.get());
  static const Op reshape("reshape");
  if (given->dl.ndim == 0 && index.numel() == 1) out = reshape(out, std::span<const int64_t>());
  if (destination) {
    if (!same_sizes(sizes_of(destination), out.sizes())) TableIterAllocator{}.resize(destination, out.sizes());
    copy_within(destination, out.get());
    out = Tensor::share(destination);
  }
  result[0] = value_of(out.release());
}

void index_add_in_place(const VtValue* args, VtValue* result) {
  static const Op mul("mul");
  VtTensor* self = args[0].as.tensor;
  VtTensor* given = args[3].as.tensor;
  check_accumulates("index_add", self->dl.dtype, "cuda");
  if (!same_dtype(given->dl.dtype, self->dl.dtype))
    vt::fail(VT_ERROR_RUNTIME, "index_add: source must have the dtype of self: got " +
                                   std::string(dtype_name(given->dl.dtype)) + ", expected " +
                                   std::string(dtype_name(self->dl.dtype)));
  const Tensor index = at_least_1d(args[2].as.tensor);
  Tensor source = at_least_1d(given);
  {
    IndexPlan plan;
    plan_one("index_add", at_least_1d(self).get(), args[1].as.i, index.get(), plan);
    if (!same_sizes(plan.shape, source.sizes()))
      vt::fail(VT_ERROR_SHAPE, "index_add: source must have the sizes " + format_sizes(plan.shape) + ": got " +
                                   format_sizes(sizes_of(given)));
  }
  if (args[4].tag != VT_INT || args[4].as.i != 1) source = mul(source, args[4]);
  if (!same_dtype(source.dtype(), self->dl.dtype))
    vt::fail(VT_ERROR_RUNTIME, "index_add: alpha must not change the dtype " + std::string(dtype_name(self->dl.dtype)));
  Tensor out = written_copy("index_add", self, result[0]);
  source = apart_from(out, source);
  const Tensor written = at_least_1d(out.get());
  IndexPlan plan;
  plan_one("index_add", written.get(), args[1].as.i, index.get(), plan);
  fold_rows(IndexOp::kIndexAdd, written.get(), plan, source.get());
  result[0] = value_of(out.release());
}

void index_add(const VtValue* args, VtValue* result) {
  with_out<true>("index_add", args, result, index_add_in_place, store_apart);
}

void gather(const VtValue* args, VtValue* result) {
  VtTensor* given = args[0].as.tensor;
  const VtTensor* given_index = args[2].as.tensor;
  if (args[3].as.i != 0)
    vt::fail(VT_ERROR_NOT_IMPLEMENTED, "gather: sparse_grad is not implemented: gradients are dense");
  const int32_t dim = check_gather("gather", given, args[1].as.i, given_index, nullptr);
  const Tensor self = at_least_1d(given);
  const Tensor index = at_least_1d(args[2].as.tensor);
  VtTensor* destination = result[0].tag == VT_TENSOR ? result[0].as.tensor : nullptr;
  if (destination) {
    check_writable("gather", destination);
    if (!same_dtype(destination->dl.dtype, given->dl.dtype))
      vt::fail(VT_ERROR_DTYPE, "gather: out must have the dtype of self: got " +
                                   std::string(dtype_name(destination->dl.dtype)) + ", expected " +
                                   std::string(dtype_name(given->dl.dtype)));
  }
  Tensor out = Tensor::empty(sizes_of(given_index), given->dl.dtype, given->dl.device);
  if (out.numel() > 0) {
    const Queue queue(given->dl.device);
    IndexPlan plan;
    plan.indexed.push_back(
        {index.get(), dim, self->dl.shape[dim], self->dl.strides[dim] * itemsize_of(given->dl.dtype), false});
    plan.index_shape.assign(index.sizes());
    const Tensor offsets = offsets_of(queue, IndexOp::kGather, plan, given->dl.device);
    IterPlan p;
    plan_gather_loops(self.get(), dim, offsets.get(), at_least_1d(out.get()).get(), nullptr, p);
    launch_take(queue, "gather", p, itemsize_of(given->dl.dtype));
  }
  if (destination) {
    if (!same_sizes(sizes_of(destination), out.sizes())) TableIterAllocator{}.resize(destination, out.sizes());
    copy_within(destination, out.get());
    out = Tensor::share(destination);
  }
  result[0] = value_of(out.release());
}

// What offsets_of makes of each of its indices.
struct OffsetTarget {
  int64_t* offsets;
  int64_t unit;
  int64_t skipped;
  IndexOp noted;
  bool adds;
};

template <class Index>
void launch_offsets(const Queue& queue, IndexOp op, const IndexedDim& indexed, const IterPlan& p,
                    const OffsetTarget& target) {
  OffsetParams<Index> params{
      target.offsets,      static_cast<const char*>(p.data[0]), p.numel,       walk_of<Index, 2>(p),
      indexed.size,        indexed.stride / target.unit,        indexed.dim,   target.skipped,
      target.noted,        indexed.index->dl.dtype.bits == 64,  indexed.wraps, target.adds,
      queue.index_errors()};
  queue.launch(name_of(op), offset_kernel(sizeof(Index) == 8), ceil_divide(p.numel, kBlockThreads), 1, params);
}

}  // namespace

void plan_one(const char* op, const VtTensor* self, int64_t dim, VtTensor* index, IndexPlan& plan) {
  if (index->dl.ndim > 1)
    vt::fail(VT_ERROR_INDEX,
             std::string(op) + ": index must have one dimension: got sizes " + format_sizes(sizes_of(index)));
  std::vector<VtTensor*> indices(static_cast<size_t>(wrap_dim(op, dim, self->dl.ndim)) + 1, nullptr);
  indices.back() = index;
  plan_index(op, self, indices, false, plan);
}

Tensor offsets_of(const Queue& queue, IndexOp op, const IndexPlan& plan, DLDevice device, int64_t unit,
                  int64_t skipped) {
  Tensor offsets = Tensor::empty(plan.index_shape, kInt64, device);
  if (offsets.numel() == 0) return offsets;
  const size_t ndim = plan.index_shape.size();
  InlineVector<int64_t, 16> strides;  // of an index, and, in the first launch, of the dimensions that have none
  strides.assign(2 * ndim, 0);
  for (const IndexedDim& indexed : plan.indexed)
    if (indexed.index == nullptr) strides[ndim + static_cast<size_t>(indexed.dim)] = indexed.stride / unit;
  bool adds = false;
  for (const IndexedDim& indexed : plan.indexed) {
    if (indexed.index == nullptr) continue;
    vt::detail::broadcast_strides(indexed.index, plan.index_shape, strides.data());
    void* const data[] = {indexed.index->dl.data, nullptr};
    IterPlan p;
    plan_ordered(plan.index_shape, strides, data, device, p);
    const OffsetTarget target{offsets.data<int64_t>(), unit, skipped, noted_as(op), adds};
    is_wide(p) ? launch_offsets<int64_t>(queue, op, indexed, p, target)
               : launch_offsets<int32_t>(queue, op, indexed, p, target);
    std::fill_n(strides.begin() + static_cast<std::ptrdiff_t>(ndim), ndim, 0);
    adds = true;
  }
  return offsets;
}

void take_rows(IndexOp op, const VtTensor* self, const IndexPlan& plan, const VtTensor* out) {
  if (out->numel == 0 && plan.index_shape.size() == 0) return;
  const Queue queue(self->dl.device);
  if (names_whole_rows(plan, self, out)) {
    if (const int64_t num_vectors = out->numel * itemsize_of(self->dl.dtype) / 16;
        num_vectors > std::numeric_limits<int32_t>::max()) {
      launch_take_rows<int64_t>(queue, op, plan.indexed[0], self, out, num_vectors);
    } else {
      launch_take_rows<int32_t>(queue, op, plan.indexed[0], self, out, num_vectors);
    }
    return;
  }
  const Tensor offsets = offsets_of(queue, op, plan, self->dl.device);
  IterPlan p;
  plan_index_loops(plan, self, out, offsets.data<void>(), 8, p);
  launch_take(queue, name_of(op), p, itemsize_of(self->dl.dtype));
}

void register_index(VtPlugin* plugin) {
  const KernelRow rows[] = {{"index", kernel<index>},
                            {"index_put", kernel<index_put>},
                            {"index_select", kernel<index_select>},
                            {"index_add", kernel<index_add>},
                            {"gather", kernel<gather>}};
  register_kernels(plugin, kDLCUDA, rows);
  register_masks(plugin);
}

}  // namespace vt::cuda
