// SPDX-License-Identifier: Apache-2.0
// What each position of a resampled dimension reads, computed alike on hosts and devices.
#pragma once

#include <vt/cpp/philox.hpp>

#include <cmath>
#include <cstdint>
#include <numbers>

// Note [Resampling]
// Each dimension is resampled by itself: a position of the result is a weighted sum of a few of the input, its taps. Position o
// lies at s (o + 1/2) - 1/2 of the input, or at s o where corners are aligned, with s the input's share of the result, or the
// inverse of a given scale. The gradient gives each tap its weight of the result's gradient. Indices are computed in float32
// but for float64, as in PyTorch, so that the same neighbours are taken. The taps of a position are neighbours: `count` of them
// from `first` on, which never decreases; those outside of the input stand for its outermost elements.
namespace vt::resample {

#define VT_RESAMPLE VT_HOST_DEVICE [[gnu::always_inline]] inline

enum class Mode { kNearest, kNearestExact, kLinear, kCubic, kLanczos };

struct Method {
  Mode mode;
  bool align_corners;
  bool antialias;  // taps reach as far as the result is coarser than the input
};

// One dimension.
struct Line {
  int64_t in;
  int64_t out;
  double step;  // input positions per position of the result
  Method method;
  int64_t num;  // taps of a position, at most
};

// The taps of a position, and where it lies: behind the tap it reads first, or the middle of its filter.
struct Place {
  int64_t first;
  int64_t count;
  double at;
};

// Keys' cubic (1981), by the distance from its middle.
VT_RESAMPLE double cubic(double x, double a) noexcept {
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}
VT_RESAMPLE double triangle(double x) noexcept {
  x = 1 - std::abs(x);
  return x > 0 ? x : 0;
}
VT_RESAMPLE double sinc(double x) noexcept {
  return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}
VT_RESAMPLE double lanczos(double x) noexcept { return std::abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0; }

VT_RESAMPLE bool is_nearest(Mode mode) noexcept { return mode <= Mode::kNearestExact; }

// A filter's half width, in steps of at least one.
VT_RESAMPLE double width_of(const Line& l) noexcept { return l.step > 1 ? l.step : 1; }
VT_RESAMPLE double reach_of(const Line& l) noexcept {
  return (l.method.mode == Mode::kLinear ? 1 : l.method.mode == Mode::kCubic ? 2 : 3) * width_of(l);
}

VT_RESAMPLE int64_t within(int64_t value, int64_t least, int64_t most) noexcept {
  return value < least ? least : value > most ? most : value;
}
// The element that tap `index` stands for.
VT_RESAMPLE int64_t element_of(const Line& l, int64_t index) noexcept { return within(index, 0, l.in - 1); }

// Of position `o`, with indices computed in `Real`.
template <class Real>
VT_RESAMPLE Place place_of(const Line& l, int64_t o) noexcept {
  const auto step = static_cast<Real>(l.step);
  const auto at = static_cast<Real>(o);
  if (is_nearest(l.method.mode)) {
    const Real x = (l.method.mode == Mode::kNearest ? at : at + Real{0.5}) * step;
    return {element_of(l, static_cast<int64_t>(std::floor(x))), 1, 0};
  }
  if (l.method.antialias) {
    const double centre = l.step * (static_cast<double>(o) + 0.5);
    const double reach = reach_of(l);
    const int64_t begin = within(static_cast<int64_t>(centre - reach + 0.5), 0, l.in - 1);
    return {begin, within(static_cast<int64_t>(centre + reach + 0.5), begin + 1, l.in) - begin, centre};
  }
  Real x = l.method.align_corners ? step * at : step * (at + Real{0.5}) - Real{0.5};
  if (l.method.mode == Mode::kLinear) {
    if (!(x > 0)) x = 0;
    const int64_t first = element_of(l, static_cast<int64_t>(x));
    Real part = x - static_cast<Real>(first);
    if (part < 0) part = 0;
    if (part > 1) part = 1;
    return {first, 2, static_cast<double>(part)};
  }
  const Real first = std::floor(x);
  return {static_cast<int64_t>(first) - 1, 4, static_cast<double>(x - first)};
}

// Of tap `j`. Those of a filter are yet to be divided by their sum.
template <class Real>
VT_RESAMPLE double weight_of(const Line& l, const Place& p, int64_t j) noexcept {
  if (is_nearest(l.method.mode)) return 1;
  if (l.method.antialias) {
    const double x = (static_cast<double>(p.first + j) - p.at + 0.5) / width_of(l);
    return l.method.mode == Mode::kLinear ? triangle(x) : l.method.mode == Mode::kCubic ? cubic(x, -0.5) : lanczos(x);
  }
  if (l.method.mode == Mode::kLinear) return j == 0 ? static_cast<double>(Real{1} - static_cast<Real>(p.at)) : p.at;
  return cubic(p.at - static_cast<double>(j - 1), -0.75);
}

}  // namespace vt::resample
