// SPDX-License-Identifier: Apache-2.0
// What medians, k-th values and modes ask of a device: one element of each line along a dimension.
#pragma once

#include <vt/cpp/iter/search_rules.hpp>

namespace vt {

// Which element of a line is meant.
enum class Rank : uint8_t {
  kKth,        // with `k` elements before it in order, NaN last
  kMedian,     // the lower middle one, or the first NaN
  kNanMedian,  // the lower middle one of those that are no NaN, if any
  kMode        // the most frequent, the smallest of several; its last place
};

inline void check_rank_dtype(const char* op, Rank rank, DLDataType dtype) {
  detail::check_ordered(op, dtype);
  if (rank != Rank::kMode && same_dtype(dtype, kBool))
    fail(VT_ERROR_NOT_IMPLEMENTED, detail::unsupported(op, "not implemented for this dtype", dtype));
}

// The element of each line along `dim`.
struct RankRequest {
  const char* op;
  Rank rank;
  int32_t dim = 0;
  int64_t k = 0;
};

// `sizes` become those of both results; `k` counts from 1 and is for kKth alone.
inline RankRequest rank_request(const char* op, Rank rank, VtTensor* self, int64_t dim, int64_t k, bool keepdim,
                                const VtValue* results, Sizes& sizes) {
  check_rank_dtype(op, rank, self->dl.dtype);
  RankRequest r{op, rank, wrap_dim(op, dim, self->dl.ndim), k - 1};
  const ReducedDims dims = reduced_dim(op, r.dim, self->dl.ndim);
  detail::check_not_empty(op, self, dims, false, VT_ERROR_INDEX);
  const int64_t length = self->dl.ndim == 0 ? 1 : self->dl.shape[r.dim];
  if (rank == Rank::kKth && (k < 1 || k > length))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": selected number k out of range: got " + std::to_string(k) +
                               ", expected 1 to " + std::to_string(length) + ", the size of dimension " +
                               std::to_string(r.dim));
  check_destination_dtype(op, results[0], self->dl.dtype);
  check_destination_dtype(op, results[1], kInt64);
  reduced_sizes(sizes_of(self), dims, keepdim, sizes);
  return r;
}

// median.dim(self, dim, keepdim), nanmedian.dim; mode
template <Rank kRank>
RankRequest middle_request(const VtValue* args, const VtValue* results, Sizes& sizes) {
  constexpr const char* kOp = kRank == Rank::kMedian ? "median" : kRank == Rank::kNanMedian ? "nanmedian" : "mode";
  return rank_request(kOp, kRank, args[0].as.tensor, args[1].as.i, 1, args[2].as.i != 0, results, sizes);
}
// kthvalue(self, k, dim, keepdim)
inline RankRequest kth_request(const VtValue* args, const VtValue* results, Sizes& sizes) {
  return rank_request("kthvalue", Rank::kKth, args[0].as.tensor, args[2].as.i, args[1].as.i, args[3].as.i != 0, results,
                      sizes);
}

// median(self), nanmedian: where there are no elements the result is NaN, if there is one.
inline void check_middle_of_all(const char* op, Rank rank, const VtTensor* self) {
  check_rank_dtype(op, rank, self->dl.dtype);
  if (self->numel == 0 && dtype_info(self->dl.dtype).category != Category::kFloating)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": no elements have no middle one: got sizes " +
                               format_sizes(sizes_of(self)) + ", expected at least one element");
}

}  // namespace vt
