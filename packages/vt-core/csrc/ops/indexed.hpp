// SPDX-License-Identifier: Apache-2.0
// The parts of the index family, and reading and writing rows at checked offsets on the CPU.
#pragma once

#include <vt/cpp/iter/index_rules.hpp>

#include <atomic>
#include <bit>

#include "ops/loops/index.hpp"
#include "ops/ops.hpp"
#include "ops/lists.hpp"
#include "ops/runs.hpp"
#include "runtime/host_allocator.hpp"

namespace vt::core {

void register_gather(VtPlugin* plugin);
void register_masks(VtPlugin* plugin);
void register_scatter_forms(VtPlugin* plugin);
void register_index_forms(VtPlugin* plugin);
void register_index_rows(VtPlugin* plugin);

// The offsets of all indices of a plan in bytes, dense in its index shape. Throws an IndexError before anything is written
// when one is out of range.
class Offsets {
 public:
  Offsets(const char* op, const IndexPlan& plan);
  Offsets(const Offsets&) = delete;
  Offsets& operator=(const Offsets&) = delete;
  ~Offsets() { free_host(data_, bytes_); }
  int64_t* data() const noexcept { return data_; }

 private:
  int64_t* data_;
  uint64_t bytes_;
};

inline size_t log2_bytes(DLDataType dtype) noexcept {
  return static_cast<size_t>(std::countr_zero(static_cast<uint64_t>(itemsize_of(dtype))));
}
inline OffsetLoop offset_loop(const VtTensor* index) noexcept {
  return loops<IndexLoops>().offsets[index->dl.dtype.bits == 64];
}

// Throws the IndexError of the first index that is out of range.
[[noreturn]] void fail_out_of_range(const char* op, const VtTensor* index, int64_t dim, int64_t size, bool wraps);

// Calls body(data, n) for the runs of the plan so that writes through operand 1 to one element keep their order: the plan
// is cut between threads along a dimension in which operand 1 moves.
template <class Body>
void for_each_ordered_run(const IterPlan& p, Body&& body) {
  if (p.numel == 0) return;
  const auto ndim = static_cast<size_t>(p.ndim);
  size_t cut = ndim;
  for (size_t d = 0; d < ndim; ++d)
    if (p.strides[ndim + d] != 0 && (cut == ndim || p.sizes[d] > p.sizes[cut])) cut = d;
  if (cut == ndim || p.numel <= kGrain) return for_each_run_in<3>(p, 0, p.numel, body);
  const int64_t grain = std::max<int64_t>(kGrain / (p.numel / p.sizes[cut]), cut == 0 ? 64 : 1);
  parallel_for(0, p.sizes[cut], grain, [&](int64_t begin, int64_t end) {
    IterPlan part;
    part.ndim = p.ndim;
    part.sizes.assign(std::span<const int64_t>(p.sizes.data(), p.sizes.size()));
    part.strides.assign(std::span<const int64_t>(p.strides.data(), p.strides.size()));
    part.sizes[cut] = end - begin;
    part.numel = p.numel / p.sizes[cut] * (end - begin);
    part.data.resize(3);
    for (size_t k = 0; k < 3; ++k) part.data[k] = static_cast<char*>(p.data[k]) + begin * p.strides[k * ndim + cut];
    for_each_run_in<3>(part, 0, part.numel, body);
  });
}

// out = self at the plan's indices; `out` has the plan's shape.
void take_rows(const char* op, const VtTensor* self, const IndexPlan& plan, const VtTensor* out);
// self at the plan's indices = values, or += values, in the order of the indices. `values` broadcasts to the plan's shape.
void put_rows(const char* op, const VtTensor* self, const IndexPlan& plan, const VtTensor* values, bool accumulate);

// Whether two CPU tensors may share elements.
inline bool share_storage(const VtTensor* a, const VtTensor* b) noexcept {
  return impl(a)->storage == impl(b)->storage;
}

// A 0-dim tensor of indices, or to be indexed, counts as one of size 1.
inline Tensor at_least_1d(VtTensor* t) {
  if (t->dl.ndim > 0) return Tensor::share(t);
  const int64_t one[1] = {1};
  return Tensor::steal(make_view_unchecked(impl(t), one, one, t->dl.data));
}

// The tensor to write: the destination of the call, or a copy of `self`. Owned.
VtTensor* written_copy(const char* op, VtTensor* self, const VtValue& result);

// A result made apart written to a destination, which takes its sizes.
inline void store_apart(VtTensor* out, VtTensor* value) {
  if (!same_sizes(sizes_of(out), sizes_of(value))) resize(impl(out), sizes_of(value));
  if (!is_meta(out->dl.device)) copy_tensor(out, value, false);
}

// An index for each element of a dimension: those of gather and scatter. Throws an IndexError before anything is written.
void check_range(const char* op, const VtTensor* index, int32_t dim, int64_t size);
// `loop` over the elements of `index`, in their order. `values` may be NULL, for the one number in `number`. False when an index
// was out of range: those are left out.
bool put_elements(AlongLoop loop, const VtTensor* self, int32_t dim, const VtTensor* index, const VtTensor* values,
                  void* number);

}  // namespace vt::core
