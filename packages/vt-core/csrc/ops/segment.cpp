// SPDX-License-Identifier: Apache-2.0
// segment_reduce: sums, means, extremes and products of runs of neighbours along a dimension; those of offsets on the CPU.
#include <vt/cpp/iter/segment_rules.hpp>

#include "ops/calls.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

using calls::give;
using calls::Ints;
using calls::shared;

using Kind = SegmentKind;

double combined(Kind kind, double total, double x) noexcept {
  switch (kind) {
    case Kind::kSum:
    case Kind::kMean: return total + x;
    case Kind::kProd: return total * x;
    case Kind::kMax: return x > total || x != x ? x : total;
    case Kind::kMin: return x < total || x != x ? x : total;
  }
  return total;
}

// Every segment lies within the dimension and ends where the next one begins.
void check_offsets(const Tensor& offsets, int64_t length) {
  const auto* at = offsets.data<const int64_t>();
  const int64_t num = offsets.sizes().back();
  for (int64_t i = 0; i < offsets.numel(); ++i) {
    const bool is_first = i % num == 0;
    if (at[i] < 0 || at[i] > length || (!is_first && at[i] < at[i - 1]))
      fail(VT_ERROR_RUNTIME, "segment_reduce: offsets must not decrease and lie in 0 to " + std::to_string(length) +
                                 ": got " + std::to_string(at[i]) + "; lengths must not be negative");
  }
}

template <class T>
void reduce_segments(const SegmentRequest& r, const Lines& lines, const int64_t* offsets, const T* data, T* out) {
  const Kind kind = r.kind;
  const int64_t num_segments = r.num_segments;
  const bool is_shared = r.axis == 0;
  const int64_t work = std::max<int64_t>(lines.length * lines.inner / std::max<int64_t>(num_segments, 1), 1);
  parallel_for(0, lines.outer * num_segments, std::max<int64_t>(kGrain / work, 1), [&](int64_t begin, int64_t end) {
    std::vector<double> totals(static_cast<size_t>(lines.inner));
    for (int64_t i = begin; i < end; ++i) {
      const int64_t line = i / num_segments;
      const int64_t* bounds = offsets + (is_shared ? 0 : line * (num_segments + 1)) + i % num_segments;
      std::fill(totals.begin(), totals.end(), r.initial);
      for (int64_t k = bounds[0]; k < bounds[1]; ++k) {
        const T* row = data + (line * lines.length + k) * lines.inner;
        for (size_t c = 0; c < totals.size(); ++c) totals[c] = combined(kind, totals[c], static_cast<double>(row[c]));
      }
      const auto count = static_cast<double>(bounds[1] - bounds[0]);
      for (size_t c = 0; c < totals.size(); ++c) {
        double total = totals[c];
        if (kind == Kind::kMean && !(count == 0 && r.has_initial)) total /= count;
        out[i * lines.inner + static_cast<int64_t>(c)] = static_cast<T>(total);
      }
    }
  });
}

// _segment_reduce(data, reduce, offsets, axis, initial)
void reduce_at(const VtValue* args, VtValue* result) {
  static const Op contiguous("contiguous");
  Sizes sizes;
  const SegmentRequest r = segment_request(args, sizes);
  const Tensor data = shared(args[0]);
  const Tensor offsets = contiguous(args[2]);
  Owned out(empty(sizes, data.dtype(), data.device()));
  if (!is_meta(data.device())) {
    const Lines lines = lines_of(data.sizes(), r.axis);
    check_offsets(offsets, lines.length);
    const bool is_double = same_dtype(data.dtype(), kFloat64);
    // Half types are computed in float32.
    const DLDataType compute = is_double ? kFloat64 : kFloat32;
    const Tensor input = Tensor::steal(empty(data.sizes(), compute, data.device()));
    copy_tensor(input.get(), data.get(), false);
    const Tensor reduced = Tensor::steal(empty(sizes, compute, data.device()));
    const auto* at = offsets.data<const int64_t>();
    if (is_double) {
      reduce_segments(r, lines, at, input.data<const double>(), reduced.data<double>());
    } else {
      reduce_segments(r, lines, at, input.data<const float>(), reduced.data<float>());
    }
    copy_tensor(out.get(), reduced.get(), false);
  }
  result[0] = value_of(out.take());
}

// Whether a condition holds for all elements; waits for their device.
bool holds(const Tensor& condition) {
  static const Op all("all");
  static const Op to_device("to.device");
  return *to_device(all(condition), DLDevice{kDLCPU, 0}).data<const uint8_t>() != 0;
}

// Lengths whose running sums are `ends`: none is negative, and each line fills the dimension.
void check_lengths(const Tensor& lengths, const Tensor& ends, int64_t size) {
  static const Op eq("eq");
  static const Op ge("ge");
  if (!holds(ge(lengths, int64_t{0})))
    fail(VT_ERROR_RUNTIME, "segment_reduce: lengths must not be negative: got one that is");
  const int64_t num = lengths.sizes().back();
  const Tensor last = num > 0 ? calls::slice(ends, -1, num - 1, num) : calls::sum(lengths, {-1}, true);
  if (!holds(eq(last, size)))
    fail(VT_ERROR_RUNTIME,
         "segment_reduce: Expected all rows of lengths along axis to sum to the size of data along it, " +
             std::to_string(size) + ", when not unsafe");
}

// The offsets of segments of these lengths.
Tensor offsets_of(const Tensor& lengths, int64_t size, bool unsafe) {
  static const Op cumsum("cumsum");
  static const Op cat("cat");
  const Tensor ends = cumsum(lengths, int64_t{-1});
  if (!unsafe && !is_meta(lengths.device())) check_lengths(lengths, ends, size);
  Ints sizes = calls::ints(lengths.sizes());
  sizes.back() = 1;
  static const Op zeros("zeros");
  const Tensor first = zeros(calls::span_of(sizes), kInt64, lengths.device());
  VtTensor* const parts[] = {first.get(), ends.get()};
  return cat(value_of(std::span<VtTensor* const>(parts)), int64_t{-1});
}

// segment_reduce(data, reduce, *, lengths, indices, offsets, axis, unsafe, initial)
void segment_reduce(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "segment_reduce";
  static const Op to("to.dtype");
  static const Op reduce("_segment_reduce");
  const Tensor data = shared(args[0]);
  segment_kind_of(args[1]);
  if (is_tensor(args[3])) fail(VT_ERROR_RUNTIME, std::string(kOp) + ": indices based reduction is not supported");
  const Tensor given = shared(is_tensor(args[4]) ? args[4] : args[2]);
  if (!given) fail(VT_ERROR_RUNTIME, std::string(kOp) + ": either lengths or offsets must be defined");
  if (dtype_info(known_dtype_index(given.dtype())).category != Category::kInteger)
    fail(VT_ERROR_NOT_IMPLEMENTED, vt::detail::unsupported(kOp, "lengths and offsets must be integers", given.dtype()));
  const int64_t axis = wrap_dim(kOp, args[5].as.i, data.ndim());
  if (data.ndim() == 0 || given.ndim() != axis + 1)
    fail(VT_ERROR_RUNTIME, std::string(kOp) + ": Expected axis to be the last dimension of lengths: got axis " +
                               std::to_string(axis) + " and sizes " + format_sizes(given.sizes()));
  if (!std::equal(data.sizes().begin(), data.sizes().begin() + axis, given.sizes().begin()))
    fail(VT_ERROR_RUNTIME, std::string(kOp) + ": lengths must have the sizes of data before axis: got " +
                               format_sizes(given.sizes()) + " and " + format_sizes(data.sizes()));
  const Tensor wide = to(given, kInt64);
  const Tensor offsets =
      is_tensor(args[4]) ? wide : offsets_of(wide, data.sizes()[static_cast<size_t>(axis)], args[6].as.i != 0);
  if (offsets.sizes().back() == 0) fail(VT_ERROR_RUNTIME, std::string(kOp) + ": offsets must not be empty");
  give(kOp, reduce(data, args[1], offsets, axis, args[7]), result[0]);
}

constexpr char kSegmentDoc[] = R"(Reduces runs of neighbours along one dimension of `data`, each to one element.

Parameters
----------
data : Tensor
    A floating dtype but float8.
reduce : str
    "sum", "mean", "max", "min" or "prod".
lengths : Tensor, optional
    Integers: the lengths of the runs along the last dimension; the others are those of `data` before `axis`.
indices : Tensor, optional
    Not supported.
offsets : Tensor, optional
    In place of `lengths`: where the runs begin, and the end of the last.
axis : int
unsafe : bool
    Do not check that the lengths add up to the size of the dimension.
initial : Scalar, optional
    What each reduction starts with, and gives for a run without elements.

Returns
-------
Tensor
    Like `data` with as many elements along `axis` as there are runs; runs without elements give 0, NaN, -inf, inf or 1.

Raises
------
RuntimeError
    If lengths or offsets do not fit `data`. On CUDA, offsets that do not are reported as an IndexError when the device is next
    waited for, and their runs count as empty.

Notes
-----
Waits for the device to check lengths, unless `unsafe`.)";

constexpr char kSegmentAtDoc[] = R"(`segment_reduce` with int64 offsets and an axis from the front.)";

}  // namespace

void register_segment(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"_segment_reduce(Tensor data, str reduce, Tensor offsets, int axis, Scalar? initial=None) -> Tensor",
       VT_OP_FUNCTION, kSegmentAtDoc},
      {"segment_reduce(Tensor data, str reduce, *, Tensor? lengths=None, Tensor? indices=None, Tensor? offsets=None, int "
       "axis=0, bool unsafe=False, Scalar? initial=None) -> Tensor",
       VT_OP_FUNCTION | VT_OP_COMPOSITE | VT_OP_OUT, kSegmentDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"_segment_reduce", boxed<reduce_at>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"segment_reduce", boxed<segment_reduce>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
