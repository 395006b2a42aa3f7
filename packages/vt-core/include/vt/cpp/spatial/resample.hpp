// SPDX-License-Identifier: Apache-2.0
// Resampling of images: modes, sizes and what each position of a result reads, the same on every device.
#pragma once

#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/rows.hpp>

#include <cmath>
#include <numbers>
#include <string_view>
#include <vector>

// Note [Resampling]
// Each dimension is resampled by itself: a position of the result is a weighted sum of a few of the input, its taps. Position o
// lies at s (o + 1/2) - 1/2 of the input, or at s o where corners are aligned, with s the input's share of the result, or the
// inverse of a given scale. The gradient gives each tap its weight of the result's gradient. Indices are computed in float32
// but for float64, as in PyTorch, so that the same neighbours are taken.
namespace vt::resample {

enum class Mode { kNearest, kNearestExact, kLinear, kCubic, kLanczos };

struct Method {
  Mode mode;
  bool align_corners;
  bool antialias;  // taps reach as far as the result is coarser than the input
};

// Of each position of a result: `num` indices of the input and their weights.
struct Taps {
  int64_t num;
  std::vector<int64_t> index;
  std::vector<double> weight;
};

inline Mode mode_of(const char* op, const VtValue& v) {
  const std::string_view name = v.as.string;
  if (name == "nearest") return Mode::kNearest;
  if (name == "nearest-exact") return Mode::kNearestExact;
  if (name == "linear") return Mode::kLinear;
  if (name == "cubic") return Mode::kCubic;
  if (name == "lanczos") return Mode::kLanczos;
  fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": unknown mode: got '" + std::string(name) +
                                     "', expected 'nearest', 'nearest-exact', 'linear', 'cubic' or 'lanczos'");
}

// Keys' cubic (1981), by the distance from its middle.
inline double cubic(double x, double a) noexcept {
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}
inline double triangle(double x) noexcept { return std::max(1 - std::abs(x), 0.0); }
inline double lanczos(double x) noexcept {
  const auto sinc = [](double y) { return y == 0 ? 1 : std::sin(std::numbers::pi * y) / (std::numbers::pi * y); };
  return std::abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0;
}

// Input positions per position of the result; `scale` is that which was given, or none.
template <class Real>
Real step_of(int64_t in, int64_t out, bool align_corners, double scale) noexcept {
  if (align_corners) return out > 1 ? static_cast<Real>(in - 1) / static_cast<Real>(out - 1) : Real{0};
  return scale > 0 ? static_cast<Real>(1 / scale) : static_cast<Real>(in) / static_cast<Real>(out);
}

template <class Real>
Taps plain_taps(Method method, int64_t in, int64_t out, double scale) {
  const bool is_nearest = method.mode <= Mode::kNearestExact;
  const auto step = step_of<Real>(in, out, method.align_corners && !is_nearest, scale);
  Taps taps{is_nearest ? 1 : method.mode == Mode::kLinear ? 2 : 4, {}, {}};
  const auto add = [&](int64_t index, double weight) {
    taps.index.push_back(std::clamp<int64_t>(index, 0, in - 1));
    taps.weight.push_back(weight);
  };
  for (int64_t o = 0; o < out; ++o) {
    const auto at = static_cast<Real>(o);
    if (is_nearest) {
      add(static_cast<int64_t>(std::floor((method.mode == Mode::kNearest ? at : at + Real{0.5}) * step)), 1);
      continue;
    }
    Real x = method.align_corners ? step * at : step * (at + Real{0.5}) - Real{0.5};
    if (method.mode == Mode::kLinear) {
      x = std::max(x, Real{0});
      const int64_t first = std::min(static_cast<int64_t>(x), in - 1);
      const Real part = std::min(std::max(x - static_cast<Real>(first), Real{0}), Real{1});
      add(first, static_cast<double>(Real{1} - part));
      add(first + 1, static_cast<double>(part));
    } else {
      const Real first = std::floor(x);
      const auto part = static_cast<double>(x - first);
      for (int64_t j = -1; j < 3; ++j)
        add(static_cast<int64_t>(first) + j, cubic(part - static_cast<double>(j), -0.75));
    }
  }
  return taps;
}

// Weights of a filter that is as wide as the steps, which add up to one.
template <class Real>
Taps filter_taps(Method method, int64_t in, int64_t out, double scale) {
  const auto step = static_cast<double>(step_of<Real>(in, out, method.align_corners, scale));
  const double width = std::max(step, 1.0);
  const double reach = (method.mode == Mode::kLinear ? 1 : method.mode == Mode::kCubic ? 2 : 3) * width;
  Taps taps{std::min(static_cast<int64_t>(std::ceil(reach)) * 2 + 1, in), {}, {}};
  for (int64_t o = 0; o < out; ++o) {
    const double centre = step * (static_cast<double>(o) + 0.5);
    const auto begin = std::clamp<int64_t>(static_cast<int64_t>(centre - reach + 0.5), 0, in - 1);
    const auto end = std::clamp<int64_t>(static_cast<int64_t>(centre + reach + 0.5), begin + 1, in);
    std::vector<double> weights;
    double sum = 0;
    for (int64_t i = begin; i < end; ++i) {
      const double x = (static_cast<double>(i) - centre + 0.5) / width;
      weights.push_back(method.mode == Mode::kLinear  ? triangle(x)
                        : method.mode == Mode::kCubic ? cubic(x, -0.5)
                                                      : lanczos(x));
      sum += weights.back();
    }
    for (int64_t j = 0; j < taps.num; ++j) {
      const bool is_tap = j < end - begin;
      taps.index.push_back(is_tap ? begin + j : begin);
      taps.weight.push_back(is_tap && sum != 0 ? weights[static_cast<size_t>(j)] / sum : 0);
    }
  }
  return taps;
}

inline Taps taps_of(Method method, int64_t in, int64_t out, double scale, DLDataType dtype) {
  const bool is_double = same_dtype(dtype, kFloat64);
  if (method.antialias)
    return is_double ? filter_taps<double>(method, in, out, scale) : filter_taps<float>(method, in, out, scale);
  return is_double && method.mode > Mode::kNearestExact ? plain_taps<double>(method, in, out, scale)
                                                        : plain_taps<float>(method, in, out, scale);
}

// Planes of (sizes...) to be resampled to (out...), from `large` to `small` or back.
struct Shape {
  size_t rank;
  int64_t planes;
  int64_t in[3];  // outermost first; the first 3 - rank are one
  int64_t out[3];
  double scales[3];  // 0 for none
  Method method;
};

// `input` are sizes with batch and channels; further arguments are (mode, align_corners, scales, antialias) from `args` on.
inline Shape shape_of(const char* op, std::span<const int64_t> input, std::span<const int64_t> output,
                      const VtValue* args) {
  const size_t rank = output.size();
  if (rank < 1 || rank > 3 || input.size() != rank + 2)
    fail(VT_ERROR_SHAPE, std::string(op) + ": expected one to three dimensions after batch and channels, and as many " +
                             "output sizes: got an input of " + format_sizes(input) + " and output sizes " +
                             format_sizes(output));
  Shape s{rank, 1, {1, 1, 1}, {1, 1, 1}, {0, 0, 0}, {mode_of(op, args[0]), args[1].as.i != 0, args[3].as.i != 0}};
  if (!is_none(args[2]) && args[2].count != rank)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": scales must have one number per dimension: got " +
                               std::to_string(args[2].count) + ", expected " + std::to_string(rank));
  for (size_t d = 0; d < rank; ++d) {
    s.in[3 - rank + d] = input[2 + d];
    s.out[3 - rank + d] = output[d];
    if (!is_none(args[2])) s.scales[3 - rank + d] = args[2].as.floats[d];
    if (input[2 + d] <= 0 || output[d] <= 0 || input[2 + d] > INT32_MAX || output[d] > INT32_MAX)
      fail(VT_ERROR_SHAPE, std::string(op) + ": Input and output sizes should be greater than 0, but got input " +
                               format_sizes(input.subspan(2)) + " output " + format_sizes(output));
  }
  if (input[1] == 0)
    fail(VT_ERROR_SHAPE, std::string(op) + ": Non-empty " + std::to_string(rank + 2) +
                             "D data tensor expected but got a tensor with sizes " + format_sizes(input));
  if (s.method.antialias && s.method.mode <= Mode::kNearestExact)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": antialias is for linear, cubic and lanczos modes");
  if (!s.method.antialias && s.method.mode == Mode::kLanczos)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": mode 'lanczos' needs antialias");
  checked_numel(op, input);
  s.planes = input[0] * input[1];
  return s;
}

// uint8 has neighbours, and sums on the CPU of images of two dimensions.
inline void check_dtype(const char* op, const VtTensor* self, const Shape& s) {
  const DLDataType dtype = self->dl.dtype;
  const bool has_sums = s.rank == 2 && (self->dl.device.device_type == kDLCPU || rows::is_meta(self));
  if (!rows::is_row_dtype(dtype) && !(same_dtype(dtype, kUInt8) && (s.method.mode <= Mode::kNearestExact || has_sums)))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) + "; convert to float32 first");
}

inline std::vector<int64_t> with_lead(std::span<const int64_t> of, std::span<const int64_t> sizes) {
  std::vector<int64_t> all(of.begin(), of.begin() + 2);
  all.insert(all.end(), sizes.begin(), sizes.end());
  return all;
}

// native_resample(self, output_size, mode, align_corners, scales, antialias): run(shape, input, out)
template <class Run>
void forward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_resample";
  VtTensor* self = args[0].as.tensor;
  const Shape s = shape_of(op, sizes_of(self), ints_of(args[1]), args + 2);
  check_dtype(op, self, s);
  Tensor out = Tensor::empty(with_lead(sizes_of(self), ints_of(args[1])), self->dl.dtype, self->dl.device);
  if (!rows::is_meta(self) && out.numel() > 0) run(s, rows::dense(self), out);
  result[0] = rows::owned(std::move(out));
}

// native_resample_backward(grad, input_size, mode, align_corners, scales, antialias), with input_size that of the resampled
// dimensions: run(shape, grad, out)
template <class Run>
void backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_resample_backward";
  VtTensor* grad = args[0].as.tensor;
  const auto sizes = sizes_of(grad);
  if (sizes.size() < 3)
    fail(VT_ERROR_SHAPE,
         std::string(op) + ": expected one to three dimensions after batch and channels: got " + format_sizes(sizes));
  if (ints_of(args[1]).size() + 2 != sizes.size())
    fail(VT_ERROR_SHAPE, std::string(op) + ": input_size must have one number per resampled dimension: got " +
                             format_sizes(ints_of(args[1])) + " for a gradient of " + format_sizes(sizes));
  const std::vector<int64_t> input = with_lead(sizes, ints_of(args[1]));
  const Shape s = shape_of(op, input, sizes.subspan(2), args + 2);
  rows::check_dtype(op, grad);
  Tensor out = Tensor::empty(input, grad->dl.dtype, grad->dl.device);
  if (!rows::is_meta(grad) && out.numel() > 0) run(s, rows::dense(grad), out);
  result[0] = rows::owned(std::move(out));
}

}  // namespace vt::resample
