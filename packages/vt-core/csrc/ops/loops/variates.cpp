// SPDX-License-Identifier: Apache-2.0
// Loops of random numbers that are made by rejection.
#include "ops/loops/variates.hpp"

#include <vt/cpp/variates.hpp>

#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T>
[[gnu::always_inline]] inline double element(const char* data, int64_t i) noexcept {
  return static_cast<double>(widen(load<T>(data + i * static_cast<int64_t>(sizeof(T)))));
}

// The smallest normal number of T, which takes the place of a gamma number that is none.
template <class T>
inline constexpr double kSmallest = std::is_same_v<T, double> ? 0x1p-1022
                                    : std::is_same_v<T, Half> ? 0x1p-14
                                                              : 0x1p-126;

// Not inlined: one copy serves all dtypes, and a call is short beside it.
struct Poisson {
  [[gnu::noinline]] static double draw(double a, double, rng::Stream& stream) noexcept {
    return rng::poisson(a, stream);
  }
};
struct Binomial {
  [[gnu::noinline]] static double draw(double a, double b, rng::Stream& stream) noexcept {
    return rng::binomial(a, b, stream);
  }
};
struct StandardGamma {
  [[gnu::noinline]] static double draw(double a, double, rng::Stream& stream) noexcept {
    return rng::standard_gamma(a, stream);
  }
};
struct StandardGammaGrad {
  [[gnu::noinline]] static double draw(double a, double b, rng::Stream&) noexcept {
    return rng::standard_gamma_slope(a, b);
  }
};

template <class Kind, class T>
void variates(uint64_t seed, uint64_t offset, const char* a, const char* b, char* out, int64_t first, int64_t n) {
  for (int64_t i = first; i < first + n; ++i) {
    rng::Stream stream(seed, offset + static_cast<uint64_t>(i));
    const double drawn = Kind::draw(element<T>(a, i), b ? element<T>(b, i) : 0.0, stream);
    const double value = std::is_same_v<Kind, StandardGamma> ? math::detail::at_least(drawn, kSmallest<T>) : drawn;
    using Wide = decltype(widen(T{}));
    store(out + i * static_cast<int64_t>(sizeof(T)), narrow<T>(static_cast<Wide>(value)));
  }
}

}  // namespace

void fill_variates() {
  VariateLoops& table = chosen_loops<VariateLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (std::is_floating_point_v<T> || std::is_same_v<T, Half> || std::is_same_v<T, BFloat>) {
      table.poisson[Index] = &variates<Poisson, T>;
      table.binomial[Index] = &variates<Binomial, T>;
      table.standard_gamma[Index] = &variates<StandardGamma, T>;
      table.standard_gamma_grad[Index] = &variates<StandardGammaGrad, T>;
    }
  });
}

}  // namespace vt::core::VT_ISA
