// SPDX-License-Identifier: Apache-2.0
// The kinds of reduction and what their loops are told; plain data, for hosts and kernels alike.
#pragma once

#include <cstdint>

namespace vt {

// How elements are gathered. Results are written to up to two slots: kArgmax and kArgmin have the value and its index,
// kMoments the variance and the mean; the others have one.
enum class ReduceKind : uint8_t {
  kSum,
  kProd,
  kAny,
  kAll,
  kMax,
  kMin,
  kArgmax,
  kArgmin,
  kMoments,
  kNorm0,
  kNorm1,
  kNorm2,
  kNormMax,
  kNormMin,
  kNormP,
  kLogSumExp,
  kNumKinds
};
inline constexpr int kNumReduceKinds = static_cast<int>(ReduceKind::kNumKinds);

struct ReduceSettings {
  double count = 0;       // elements per output
  double correction = 1;  // subtracted from the count in a variance
  double exponent = 2;    // of kNormP
  bool mean = false;      // a sum is divided by the count
  bool root = false;      // the variance's root is wanted
};

// Of a reduction that gives positions, which needs the elements' numbers in order.
constexpr bool is_positional(ReduceKind kind) noexcept {
  return kind == ReduceKind::kArgmax || kind == ReduceKind::kArgmin;
}

}  // namespace vt
