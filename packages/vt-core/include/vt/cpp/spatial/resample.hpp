// SPDX-License-Identifier: Apache-2.0
// Arguments, shapes and results of resampling, the same on every device.
#pragma once

#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/rows.hpp>
#include <vt/cpp/spatial/resample_taps.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace vt::resample {

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

// Input positions per position of the result; `scale` is that which was given, or none.
template <class Real>
Real step_of(int64_t in, int64_t out, bool align_corners, double scale) noexcept {
  if (align_corners) return out > 1 ? static_cast<Real>(in - 1) / static_cast<Real>(out - 1) : Real{0};
  return scale > 0 ? static_cast<Real>(1 / scale) : static_cast<Real>(in) / static_cast<Real>(out);
}

// Whether indices are computed in double.
inline bool is_double(Method method, DLDataType dtype) noexcept {
  return same_dtype(dtype, kFloat64) && !is_nearest(method.mode);
}

inline Line line_of(Method method, int64_t in, int64_t out, double scale, DLDataType dtype) noexcept {
  const bool corners = method.align_corners && !is_nearest(method.mode);
  Line l{in, out, 0, method, is_nearest(method.mode) ? 1 : method.mode == Mode::kLinear ? 2 : 4};
  l.step = is_double(method, dtype) ? step_of<double>(in, out, corners, scale)
                                    : static_cast<double>(step_of<float>(in, out, corners, scale));
  if (method.antialias) l.num = std::min(static_cast<int64_t>(std::ceil(reach_of(l))) * 2 + 1, in);
  return l;
}

template <class Real>
Taps taps_of(const Line& l) {
  Taps taps{l.num, {}, {}};
  for (int64_t o = 0; o < l.out; ++o) {
    const Place p = place_of<Real>(l, o);
    double sum = 0;
    for (int64_t j = 0; j < p.count; ++j) sum += weight_of<Real>(l, p, j);
    for (int64_t j = 0; j < l.num; ++j) {
      const bool is_tap = j < p.count;
      const double weight = is_tap ? weight_of<Real>(l, p, j) : 0;
      taps.index.push_back(element_of(l, is_tap ? p.first + j : p.first));
      taps.weight.push_back(!l.method.antialias ? weight : sum != 0 ? weight / sum : 0);
    }
  }
  return taps;
}

inline Taps taps_of(Method method, int64_t in, int64_t out, double scale, DLDataType dtype) {
  const Line l = line_of(method, in, out, scale, dtype);
  return is_double(method, dtype) ? taps_of<double>(l) : taps_of<float>(l);
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

// uint8 has neighbours, and sums of images of two dimensions.
inline void check_dtype(const char* op, const VtTensor* self, const Shape& s) {
  const DLDataType dtype = self->dl.dtype;
  if (!rows::is_row_dtype(dtype) &&
      !(same_dtype(dtype, kUInt8) && (s.method.mode <= Mode::kNearestExact || s.rank == 2)))
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
