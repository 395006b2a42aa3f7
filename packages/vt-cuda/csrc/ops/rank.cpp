// SPDX-License-Identifier: Apache-2.0
// median, nanmedian, kthvalue and mode on CUDA devices: one element of each line is found, or taken from the sorted line.
#include <vt/cpp/iter/rank_rules.hpp>
#include <vt/cpp/op.hpp>

#include <limits>

#include "../kernels/rank.hpp"
#include "../kernels/select.hpp"
#include "line_result.hpp"
#include "ops.hpp"
#include "sorted_lines.hpp"

namespace vt::cuda {
namespace {

// Takes the element of each line without sorting it (Note [Selection]).
void select(const Queue& queue, const RankRequest& r, const VtTensor* self, const Lines& lines, char* values,
            int64_t* places) {
  SelectParams params{static_cast<const char*>(self->dl.data),
                      values,
                      places,
                      lines.outer * lines.inner,
                      static_cast<int32_t>(lines.length),
                      static_cast<int32_t>(r.k),
                      stride_of(self, r.dim),
                      r.rank,
                      form_of(index_of(self->dl.dtype), false),
                      walk_lines(self, r.dim)};
  const SelectKernel kernel = select_kernel(itemsize_of(self->dl.dtype), lines.length);
  queue.launch(r.op, kernel.symbol, ceil_divide(params.num_lines, kernel.lines), 1, params);
}

// Takes it from the sorted line.
void pick_sorted(const Queue& queue, const RankRequest& r, const VtTensor* self, char* values, int64_t* places) {
  const SortedLines sorted(queue, r.op, self, r.dim, false);
  const Lines& lines = sorted.lines();
  RankParams params{sorted.entries(),
                    static_cast<const char*>(self->dl.data),
                    values,
                    places,
                    sorted.padded(),
                    lines.length,
                    lines.outer * lines.inner,
                    r.k,
                    sorted.stride(),
                    static_cast<int32_t>(itemsize_of(self->dl.dtype)),
                    r.rank,
                    dtype_info(self->dl.dtype).category == Category::kFloating,
                    sorted.walk()};
  if (r.rank == Rank::kMode) {
    queue.launch(r.op, mode_kernel(), params.num_lines, 1, params);
  } else {
    queue.launch(r.op, rank_kernel(), ceil_divide(params.num_lines, kBlockThreads), 1, params);
  }
}

// Writes the element of each line and, unless null, its place to row-major results.
void pick(const RankRequest& r, const VtTensor* self, char* values, int64_t* places) {
  const Queue queue(self->dl.device);
  const Lines lines = lines_of(sizes_of(self), r.dim);
  if (r.rank != Rank::kMode && lines.length <= kMostSelected) {
    select(queue, r, self, lines, values, places);
  } else {
    pick_sorted(queue, r, self, values, places);
  }
}

// (values, indices) of the lines along a dimension.
template <RankRequest (*kRequest)(const VtValue*, const VtValue*, Sizes&)>
void pick_along(const VtValue* args, VtValue* results) {
  Sizes sizes;
  const RankRequest r = kRequest(args, results, sizes);
  const VtTensor* self = args[0].as.tensor;
  LineResult values(r.op, self, results[0], sizes, self->dl.dtype);
  LineResult places(r.op, self, results[1], sizes, kInt64);
  if (values.get()->numel > 0) pick(r, self, values.data(), static_cast<int64_t*>(places.get()->dl.data));
  VtTensor* const first = values.finish();
  results[0] = value_of(first);
  results[1] = value_of(places.finish());
}

// median(self), nanmedian
template <Rank kRank>
void middle_of_all(const VtValue* args, VtValue* result) {
  static const Op full("full");
  static const Op reshape("reshape");
  constexpr const char* kOp = kRank == Rank::kMedian ? "median" : "nanmedian";
  const VtTensor* self = args[0].as.tensor;
  check_middle_of_all(kOp, kRank, self);
  Tensor out;
  if (self->numel == 0) {
    out = full(std::span<const int64_t>(), std::numeric_limits<double>::quiet_NaN(), self->dl.dtype, self->dl.device);
  } else {
    const int64_t flat[] = {-1};
    const Tensor line = reshape(args[0], std::span<const int64_t>(flat));
    out = Tensor::empty(std::span<const int64_t>(), self->dl.dtype, self->dl.device);
    pick({kOp, kRank}, line.get(), out.data<char>(), nullptr);
  }
  result[0] = value_of(out.release());
}

}  // namespace

void register_rank(VtPlugin* plugin) {
  const KernelRow rows[] = {{"median", kernel<middle_of_all<Rank::kMedian>>},
                            {"median.dim", kernel<pick_along<middle_request<Rank::kMedian>>>},
                            {"nanmedian", kernel<middle_of_all<Rank::kNanMedian>>},
                            {"nanmedian.dim", kernel<pick_along<middle_request<Rank::kNanMedian>>>},
                            {"kthvalue", kernel<pick_along<kth_request>>},
                            {"mode", kernel<pick_along<middle_request<Rank::kMode>>>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
