// SPDX-License-Identifier: Apache-2.0
// The windows of pooling along one dimension: the same on every device.
#pragma once

#include <vt/cpp/philox.hpp>

#include <cstdint>

// Note [Windows]
// A dimension of `in` positions is pooled into `out` windows. Window o has the positions from begin on, `step` apart, below
// end:
//   kRegular     `kernel` positions `dilation` apart, the first at o * stride - padding; those outside are left out
//   kAdaptive    from floor(o in / out) to ceil((o + 1) in / out)
//   kFractional  `kernel` positions from trunc((o + u) a) - trunc(u a) on, where a = (in - kernel) / (out - 1) and u is a
//                sample from [0, 1); the last window ends the dimension (Graham, Fractional Max-Pooling, arXiv:1412.6071)
// Neither end ever decreases with o, so that the windows around a position are found by bisection.
namespace vt::pool {

#define VT_POOL VT_HOST_DEVICE [[gnu::always_inline]] inline

enum class Kind : uint8_t { kRegular, kAdaptive, kFractional };

struct Axis {
  Kind kind;
  int64_t in;
  int64_t out;
  int64_t kernel;
  int64_t stride;
  int64_t padding;
  int64_t dilation;
};

struct Span {
  int64_t begin;
  int64_t end;
};

// Where window o of the axis lies. `sample` is u, in the type that PyTorch computes in.
template <class Real>
VT_POOL Span window_of(const Axis& a, int64_t o, Real sample) noexcept {
  if (a.kind == Kind::kRegular) {
    int64_t begin = o * a.stride - a.padding;
    const int64_t reach = begin + (a.kernel - 1) * a.dilation + 1;
    if (begin < 0) begin += (a.dilation - 1 - begin) / a.dilation * a.dilation;
    const int64_t end = reach < a.in ? reach : a.in;
    return {begin, end < begin ? begin : end};
  }
  if (a.kind == Kind::kAdaptive) {
    // floor(o in / out) without the product, which could overflow.
    const int64_t whole = a.in / a.out;
    const int64_t rest = a.in % a.out;
    return {o * whole + o * rest / a.out, (o + 1) * whole + ((o + 1) * rest + a.out - 1) / a.out};
  }
  const int64_t last = a.in - a.kernel;
  int64_t begin = last;
  if (o < a.out - 1) {
    const Real step = static_cast<Real>(last) / static_cast<Real>(a.out - 1);
    const Real at = (static_cast<Real>(o) + sample) * step;
    const Real origin = sample * step;
    // A sample that is no number from [0, 1) stays within the input all the same.
    const Real limit = static_cast<Real>(a.in) * 4;
    const auto whole = [limit](Real x) {
      return x > -limit && x < limit ? static_cast<int64_t>(x) : x >= limit ? static_cast<int64_t>(limit) : int64_t{0};
    };
    begin = whole(at) - whole(origin);
    begin = begin < 0 ? 0 : begin > last ? last : begin;
  }
  return {begin, begin + a.kernel};
}

// Where the sample of axis d (of three, outermost first) lies among those of (plane, rank): in the order of the dimensions
// but in two, where PyTorch has the last first.
VT_POOL int64_t sample_place(uint64_t rank, int64_t plane, uint64_t d) noexcept {
  const uint64_t place = d + rank - 3;
  return plane * static_cast<int64_t>(rank) + static_cast<int64_t>(rank == 2 ? 1 - place : place);
}

VT_POOL int64_t step_of(const Axis& a) noexcept { return a.kind == Kind::kRegular ? a.dilation : 1; }

// What a window counts for in a mean: its positions, those in the padding included if `with_padding`.
VT_POOL int64_t count_of(const Axis& a, int64_t o, bool with_padding) noexcept {
  if (a.kind == Kind::kRegular && with_padding) {
    const int64_t begin = o * a.stride - a.padding;
    const int64_t end = begin + a.kernel;
    return (end < a.in + a.padding ? end : a.in + a.padding) - begin;
  }
  const Span span = window_of(a, o, 0.0f);
  return span.end - span.begin;
}

// The windows that may contain position i: all that begin by it and end behind it.
template <class Real>
VT_POOL Span windows_around(const Axis& a, int64_t i, Real sample) noexcept {
  // The first window of which `past` holds.
  const auto first = [&a](auto past) {
    int64_t low = 0;
    int64_t high = a.out;
    while (low < high) {
      const int64_t middle = low + (high - low) / 2;
      if (past(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  };
  return {first([&](int64_t o) { return window_of(a, o, sample).end > i; }),
          first([&](int64_t o) { return window_of(a, o, sample).begin > i; })};
}

}  // namespace vt::pool
