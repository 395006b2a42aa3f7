// SPDX-License-Identifier: Apache-2.0
// Where the elements of a padded dimension come from, and where each goes: the same on every device.
#pragma once

#include <vt/cpp/philox.hpp>

#include <cstdint>

namespace vt::pad {

#define VT_PAD VT_HOST_DEVICE [[gnu::always_inline]] inline

enum class Mode : uint8_t { kConstant, kReflect, kReplicate, kCircular };

// A dimension of `in` elements becomes one of `out`, of which the first `before` lie ahead of it. A negative `before` drops
// elements, as an `out` less than before + in does. kReflect and kCircular go around at most once.
struct Dim {
  int64_t in;
  int64_t out;
  int64_t before;
};

// The element that position o of the result repeats; -1 for none, under kConstant.
VT_PAD int64_t source(Mode mode, Dim d, int64_t o) noexcept {
  const int64_t i = o - d.before;
  if (i >= 0 && i < d.in) return i;
  switch (mode) {
    case Mode::kReflect: return i < 0 ? -i : 2 * (d.in - 1) - i;
    case Mode::kReplicate: return i < 0 ? 0 : d.in - 1;
    case Mode::kCircular: return i < 0 ? i + d.in : i - d.in;
    default: return -1;
  }
}

struct Run {
  int64_t begin;
  int64_t end;
};

// The positions that repeat element i: ahead of the input, in it, and behind it.
VT_PAD void targets(Mode mode, Dim d, int64_t i, Run (&runs)[3]) noexcept {
  const auto clipped = [&](int64_t begin, int64_t end) {
    return Run{begin < 0 ? 0 : begin, end > d.out ? d.out : end};
  };
  const auto one = [&](int64_t o) { return clipped(o, o + 1); };
  const int64_t behind = d.before + d.in;
  runs[1] = one(i + d.before);
  runs[0] = runs[2] = Run{0, 0};
  switch (mode) {
    case Mode::kReflect:
      if (i > 0) runs[0] = one(d.before - i);
      if (i < d.in - 1) runs[2] = one(behind + (d.in - 2 - i));
      break;
    case Mode::kReplicate:
      if (i == 0) runs[0] = clipped(0, d.before);
      if (i == d.in - 1) runs[2] = clipped(behind, d.out);
      break;
    case Mode::kCircular:
      runs[0] = one(i + d.before - d.in);
      runs[2] = one(i + behind);
      break;
    default: break;
  }
}

}  // namespace vt::pad
