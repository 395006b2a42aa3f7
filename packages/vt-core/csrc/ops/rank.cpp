// SPDX-License-Identifier: Apache-2.0
// median, nanmedian, kthvalue and mode on the CPU: one element of each line along a dimension.
#include <vt/cpp/op.hpp>

#include <memory>

#include "ops/line_result.hpp"
#include "ops/loops/rank.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

RankLoop rank_loop(Rank rank, DLDataType dtype) {
  return loops<RankLoops>().find[static_cast<size_t>(rank)][static_cast<size_t>(dtype_index(dtype))];
}

// Writes the element of each line and its place to row-major results.
void find_in_lines(RankLoop loop, const VtTensor* self, int32_t dim, int64_t k, char* values, int64_t* places) {
  const Lines lines = lines_of(sizes_of(self), dim);
  const int64_t itemsize = itemsize_of(self->dl.dtype);
  const int64_t grain = std::max<int64_t>(kGrain / 8 / lines.length, 1);
  parallel_for(0, lines.outer * lines.inner, grain, [&](int64_t begin, int64_t end) {
    const auto scratch =
        std::make_unique_for_overwrite<uint64_t[]>(rank_scratch_bytes(lines.length) / sizeof(uint64_t));
    const int64_t stride = line_stride(self, dim) * itemsize;
    for (int64_t i = begin; i < end; ++i) {
      const char* src = static_cast<const char*>(self->dl.data) + line_offset(self, dim, i) * itemsize;
      const int64_t place = loop({src, stride, lines.length, k, scratch.get()});
      std::copy_n(src + place * stride, itemsize, values + i * itemsize);
      if (places) places[i] = place;
    }
  });
}

// (values, indices) of the lines along a dimension.
template <RankRequest (*kRequest)(const VtValue*, const VtValue*, Sizes&)>
void find_along(const VtValue* args, VtValue* results) {
  Sizes sizes;
  const RankRequest r = kRequest(args, results, sizes);
  VtTensor* self = args[0].as.tensor;
  // A destination may be the input itself, which must not change before it is read.
  const Owned input(make_alias(impl(self), true));
  LineResult values(r.op, self, results[0], sizes, self->dl.dtype);
  LineResult places(r.op, self, results[1], sizes, kInt64);
  if (!is_meta(self->dl.device) && values.get()->numel > 0)
    find_in_lines(rank_loop(r.rank, self->dl.dtype), input.get(), r.dim, r.k, static_cast<char*>(values.get()->dl.data),
                  static_cast<int64_t*>(places.get()->dl.data));
  VtTensor* const first = values.finish();
  results[0] = value_of(first);
  results[1] = value_of(places.finish());
}

// median(self), nanmedian
template <Rank kRank>
void middle_of_all(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = kRank == Rank::kMedian ? "median" : "nanmedian";
  VtTensor* self = args[0].as.tensor;
  const DLDataType dtype = self->dl.dtype;
  check_middle_of_all(kOp, kRank, self);
  Owned out(empty(std::span<const int64_t>(), dtype, self->dl.device));
  if (!is_meta(self->dl.device)) {
    if (self->numel == 0) {
      fill_tensor(out.get(), number_of(value_of(std::numeric_limits<double>::quiet_NaN())));
    } else {
      const int64_t flat[] = {-1};
      const Owned line(call_op("reshape", {args[0], value_of(std::span<const int64_t>(flat))}));
      find_in_lines(rank_loop(kRank, dtype), line.get(), 0, 0, static_cast<char*>(out.get()->dl.data), nullptr);
    }
  }
  result[0] = value_of(out.take());
}

constexpr char kMedianDoc[] = R"(The median of all elements of `self`: the lower one of two in the middle.

Parameters
----------
self : Tensor
    Any dtype but bool, float8 and complex.

Returns
-------
Tensor
    Without dimensions; NaN where there is one, or where there are no elements.

Raises
------
RuntimeError
    If there are no elements and the dtype has no NaN.)";

constexpr char kMedianDimDoc[] =
    R"(The medians of `self` along one dimension, the lower of two in the middle, and where they are.

Parameters
----------
self : Tensor
    Any dtype but bool, float8 and complex.
dim : int
keepdim : bool
    Keep the dimension with size one.

Returns
-------
values : Tensor
    NaN where there is one.
indices : Tensor
    int64; the place that a stable sort would put in the middle, or that of the first NaN.

Raises
------
IndexError
    If the dimension is out of range or has no elements.)";

constexpr char kNanmedianDoc[] =
    R"(The median of the elements of `self` that are no NaN; NaN if all are. Otherwise as `median`.)";

constexpr char kKthvalueDoc[] = R"(The `k` th smallest elements of `self` along one dimension, and where they are.

Parameters
----------
self : Tensor
    Any dtype but bool, float8 and complex. NaN counts as the largest number.
k : int
    From 1, for the smallest element, to the size of the dimension.
dim : int
keepdim : bool
    Keep the dimension with size one.

Returns
-------
values : Tensor
indices : Tensor
    int64; the place that a stable sort would put there.

Raises
------
IndexError
    If the dimension is out of range or has no elements.
RuntimeError
    If `k` is out of range.)";

constexpr char kModeDoc[] =
    R"(The most frequent elements of `self` along one dimension, the smallest of several, and where they are.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int
keepdim : bool
    Keep the dimension with size one.

Returns
-------
values : Tensor
indices : Tensor
    int64; the last place of each.

Raises
------
IndexError
    If the dimension is out of range or has no elements.)";

}  // namespace

void register_rank(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_OUT | kFunctionAndMethod;
  const OpRow ops[] = {
      {"median(Tensor self) -> Tensor", kFunctionAndMethod, kMedianDoc},
      {"median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", kFlags,
       kMedianDimDoc},
      {"nanmedian(Tensor self) -> Tensor", kFunctionAndMethod, kNanmedianDoc},
      {"nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", kFlags,
       kNanmedianDoc},
      {"kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)", kFlags,
       kKthvalueDoc},
      {"mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)", kFlags, kModeDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"median", boxed<middle_of_all<Rank::kMedian>>},
                                   {"median.dim", boxed<find_along<middle_request<Rank::kMedian>>>},
                                   {"nanmedian", boxed<middle_of_all<Rank::kNanMedian>>},
                                   {"nanmedian.dim", boxed<find_along<middle_request<Rank::kNanMedian>>>},
                                   {"kthvalue", boxed<find_along<kth_request>>},
                                   {"mode", boxed<find_along<middle_request<Rank::kMode>>>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
