// SPDX-License-Identifier: Apache-2.0
// Loops of the optim family.
#include <vt/cpp/optim.hpp>

#include <cmath>

#include "ops/loops/elements.hpp"
#include "ops/loops/optim.hpp"

namespace vt::core::VT_ISA {

namespace {

using optim::Momentum;

template <class T>
using Wide = decltype(widen(T{}));

template <Momentum Kind, bool Decay, class T>
void sgd(char* param, const char* grad, char* buffer, int64_t n, const optim::SgdScalars& s) {
  using W = Wide<T>;
  auto* p = reinterpret_cast<T*>(param);
  const auto* g = reinterpret_cast<const T*>(grad);
  auto* b = reinterpret_cast<T*>(buffer);
  const auto sign = static_cast<W>(s.sign), decay = static_cast<W>(s.decay), momentum = static_cast<W>(s.momentum),
             gain = static_cast<W>(s.gain), lr = static_cast<W>(s.lr);
  VT_INDEPENDENT_LOOP
  for (int64_t i = 0; i < n; ++i) {
    W value = widen(p[i]);
    W velocity{};
    if constexpr (Kind != Momentum::kNone) velocity = widen(b[i]);
    optim::sgd_element<Kind, Decay>(value, widen(g[i]), velocity, sign, decay, momentum, gain, lr);
    if constexpr (Kind != Momentum::kNone) b[i] = narrow<T>(velocity);
    p[i] = narrow<T>(value);
  }
}

template <bool Decay, bool Maximum, class T>
void adam(char* param, const char* grad, char* mean, char* square, char* maximum, int64_t n,
          const optim::AdamScalars& s) {
  using W = Wide<T>;
  auto* p = reinterpret_cast<T*>(param);
  const auto* g = reinterpret_cast<const T*>(grad);
  auto* m = reinterpret_cast<T*>(mean);
  auto* v = reinterpret_cast<T*>(square);
  auto* largest = reinterpret_cast<T*>(maximum);
  const optim::AdamConstants<W> c(s);
  VT_INDEPENDENT_LOOP
  for (int64_t i = 0; i < n; ++i) {
    W value = widen(p[i]), first = widen(m[i]), second = widen(v[i]), top{};
    if constexpr (Maximum) top = widen(largest[i]);
    optim::adam_element<Decay, Maximum>(value, widen(g[i]), first, second, top, c);
    m[i] = narrow<T>(first);
    v[i] = narrow<T>(second);
    if constexpr (Maximum) largest[i] = narrow<T>(top);
    p[i] = narrow<T>(value);
  }
}

// Sums in eight lanes, so that they vectorise; extremes likewise. The lanes are combined in order.
template <NormKind Kind, class T>
double norm(const char* data, int64_t n, [[maybe_unused]] double power) {
  constexpr int64_t kLanes = 8;
  const auto* x = reinterpret_cast<const T*>(data);
  double lanes[kLanes];
  for (double& lane : lanes) lane = optim::norm_start<Kind>();
  const auto take = [&](double& lane, T element) {
    const auto value = static_cast<double>(widen(element));
    if constexpr (Kind == NormKind::kPowers) {
      lane += std::pow(value < 0 ? -value : value, power);
    } else {
      lane = optim::norm_add<Kind>(lane, value);
    }
  };
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int64_t k = 0; k < kLanes; ++k) take(lanes[k], x[i + k]);
  for (int64_t k = 0; i < n; ++i, ++k) take(lanes[k], x[i]);
  double total = lanes[0];
  for (int64_t k = 1; k < kLanes; ++k) total = optim::norm_join<Kind>(total, lanes[k]);
  return total;
}

template <class T>
void clamp(char* data, int64_t n, const double* low, const double* high) {
  using W = Wide<T>;
  auto* x = reinterpret_cast<T*>(data);
  const bool has_low = low != nullptr, has_high = high != nullptr;
  const auto min = static_cast<W>(has_low ? *low : 0), max = static_cast<W>(has_high ? *high : 0);
  VT_INDEPENDENT_LOOP
  for (int64_t i = 0; i < n; ++i) x[i] = narrow<T>(optim::clamped(widen(x[i]), has_low, min, has_high, max));
}

template <class T>
void scale(char* data, int64_t n, double factor) {
  auto* x = reinterpret_cast<T*>(data);
  const auto by = static_cast<Wide<T>>(factor);
  VT_INDEPENDENT_LOOP
  for (int64_t i = 0; i < n; ++i) x[i] = narrow<T>(widen(x[i]) * by);
}

template <Momentum Kind, class T, size_t Index>
void fill_sgd(OptimLoops& loops) {
  loops.sgd[static_cast<size_t>(Kind)][0][Index] = &sgd<Kind, false, T>;
  loops.sgd[static_cast<size_t>(Kind)][1][Index] = &sgd<Kind, true, T>;
}

template <class T, size_t Index>
void fill_dtype(OptimLoops& loops) {
  fill_sgd<Momentum::kNone, T, Index>(loops);
  fill_sgd<Momentum::kFirst, T, Index>(loops);
  fill_sgd<Momentum::kPlain, T, Index>(loops);
  fill_sgd<Momentum::kNesterov, T, Index>(loops);
  fill_sgd<Momentum::kFirstNesterov, T, Index>(loops);
  loops.adam[0][0][Index] = &adam<false, false, T>;
  loops.adam[0][1][Index] = &adam<false, true, T>;
  loops.adam[1][0][Index] = &adam<true, false, T>;
  loops.adam[1][1][Index] = &adam<true, true, T>;
  loops.norm[0][Index] = &norm<NormKind::kSquares, T>;
  loops.norm[1][Index] = &norm<NormKind::kMagnitudes, T>;
  loops.norm[2][Index] = &norm<NormKind::kLargest, T>;
  loops.norm[3][Index] = &norm<NormKind::kSmallest, T>;
  loops.norm[4][Index] = &norm<NormKind::kCount, T>;
  loops.norm[5][Index] = &norm<NormKind::kPowers, T>;
  loops.clamp[Index] = &clamp<T>;
  loops.scale[Index] = &scale<T>;
}

}  // namespace

void fill_optim() {
  OptimLoops& table = chosen_loops<OptimLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (std::is_same_v<T, Half> || std::is_same_v<T, BFloat> || std::is_floating_point_v<T>)
      fill_dtype<T, Index>(table);
  });
}

}  // namespace vt::core::VT_ISA
