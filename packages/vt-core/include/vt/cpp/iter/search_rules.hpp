// SPDX-License-Identifier: Apache-2.0
// What sort and topk ask of a device: one dimension of a tensor seen as lines.
#pragma once

#include <vt/cpp/iter/reduce_requests.hpp>

namespace vt {

// Sorts each line along `dim` and gives its first `length` elements and their positions. A NaN is the largest element;
// equal elements keep their order.
struct SortRequest {
  const char* op;
  int32_t dim;
  int64_t length;
  bool descending;
};

// sort(self, dim, descending)
inline SortRequest sort_request(const VtValue* args) {
  VtTensor* self = args[0].as.tensor;
  detail::check_ordered("sort", self->dl.dtype);
  const int32_t dim = wrap_dim("sort", args[1].as.i, self->dl.ndim);
  return {"sort", dim, self->dl.ndim == 0 ? 1 : self->dl.shape[dim], args[2].as.i != 0};
}
// sort.stable(self, *, stable, dim, descending): every sort is stable.
inline SortRequest stable_sort_request(const VtValue* args) {
  const VtValue plain[] = {args[0], args[2], args[3]};
  return sort_request(plain);
}
// topk(self, k, dim, largest, sorted): always sorted.
inline SortRequest topk_request(const VtValue* args) {
  VtTensor* self = args[0].as.tensor;
  detail::check_ordered("topk", self->dl.dtype);
  const int32_t dim = wrap_dim("topk", args[2].as.i, self->dl.ndim);
  const int64_t size = self->dl.ndim == 0 ? 1 : self->dl.shape[dim];
  const int64_t k = args[1].as.i;
  if (k < 0 || k > size)
    fail(VT_ERROR_RUNTIME, "topk: selected index k out of range: got " + std::to_string(k) + ", expected 0 to " +
                               std::to_string(size) + ", the size of dimension " + std::to_string(dim));
  return {"topk", dim, self->dl.ndim == 0 ? 1 : k, args[3].as.i != 0};  // a 0-dim tensor is its own first element
}

// A dense tensor as `outer` x `length` x `inner` elements around one dimension.
struct Lines {
  int64_t outer = 1;
  int64_t length = 1;
  int64_t inner = 1;
};
inline Lines lines_of(std::span<const int64_t> sizes, int32_t dim) noexcept {
  Lines lines;
  for (size_t d = 0; d < sizes.size(); ++d) {
    int64_t& part = d < static_cast<size_t>(dim)   ? lines.outer
                    : d > static_cast<size_t>(dim) ? lines.inner
                                                   : lines.length;
    part *= sizes[d];
  }
  return lines;
}

// The sizes of `self` with `length` along `dim`.
inline void line_sizes(const VtTensor* self, int32_t dim, int64_t length, Sizes& out) {
  out.assign(sizes_of(self));
  if (out.size() > 0) out[static_cast<size_t>(dim)] = length;
}

// value_selecting_backward(grad, dim, indices, sizes, keepdim): checked, the lines of `indices`, of `grad` too, and of the
// result.
struct SelectingRequest {
  int32_t dim;
  Lines from;
  Lines to;
};
inline SelectingRequest selecting_request(const VtValue* args) {
  constexpr const char* kOp = "value_selecting_backward";
  const VtTensor* grad = args[0].as.tensor;
  const VtTensor* indices = args[2].as.tensor;
  const auto sizes = ints_of(args[3]);
  checked_numel(kOp, sizes);
  const auto ndim = static_cast<int32_t>(sizes.size());
  const int32_t dim = wrap_dim(kOp, args[1].as.i, ndim);
  if (!same_dtype(indices->dl.dtype, kInt64))
    fail(VT_ERROR_DTYPE, detail::unsupported(kOp, "indices must be int64", indices->dl.dtype));
  const bool keeps = args[4].as.i != 0 || ndim == 0;
  Sizes expected;  // of the gradient, but for its length along dim
  expected.assign(sizes);
  int64_t length = 1;
  if (keeps && ndim > 0 && indices->dl.ndim == ndim) length = indices->dl.shape[dim];
  if (ndim > 0) expected[static_cast<size_t>(dim)] = length;
  Sizes dropped;
  ReducedDims dims(ndim);
  dims[static_cast<size_t>(dim)] = true;
  reduced_sizes(sizes, dims, false, dropped);
  const Sizes& wanted = keeps ? expected : dropped;
  if (wanted.size() != sizes_of(indices).size() || !same_sizes(wanted, sizes_of(indices)) ||
      wanted.size() != sizes_of(grad).size() || !same_sizes(wanted, sizes_of(grad)))
    fail(VT_ERROR_SHAPE, std::string(kOp) + ": sizes do not fit: got grad " + format_sizes(sizes_of(grad)) +
                             " and indices " + format_sizes(sizes_of(indices)) + ", expected " + format_sizes(wanted));
  SelectingRequest r{dim, lines_of(sizes, dim), lines_of(sizes, dim)};
  r.from.length = length;
  return r;
}

}  // namespace vt
