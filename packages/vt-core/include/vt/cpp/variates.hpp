// SPDX-License-Identifier: Apache-2.0
// Random numbers that are made by rejection, of an unknown number of words each: Poisson, binomial and gamma.
#pragma once

#include <vt/cpp/math/gamma.hpp>
#include <vt/cpp/random.hpp>

// Note [Rejection]
// Element i has the outputs (offset + i, 0), (offset + i, 1), ... of the sequence for itself, as many as it takes, where others
// have (offset + i, 0) alone. All is computed in double, so a number depends on seed, offset, i and its parameters alone.
namespace vt::rng {

#define VT_RANDOM [[gnu::always_inline]] VT_HOST_DEVICE inline

// The numbers of one element.
class Stream {
 public:
  VT_RANDOM Stream(uint64_t seed, uint64_t index) noexcept : seed_(seed), index_(index) {}
  // Four words, of the counter (index, how many were taken).
  VT_RANDOM PhiloxWords words() noexcept {
    PhiloxKey key = philox_key(seed_);
    PhiloxWords c{{static_cast<uint32_t>(index_), static_cast<uint32_t>(index_ >> 32), taken_++, 0}};
    for (int round = 0; round < kPhiloxRounds; ++round) {
      c = philox_round(c, key);
      key = next_key(key);
    }
    return c;
  }

 private:
  uint64_t seed_;
  uint64_t index_;
  uint32_t taken_ = 0;
};

// Two numbers in (0, 1).
VT_RANDOM Pair<double> two_units(Stream& stream) noexcept {
  const PhiloxWords w = stream.words();
  const auto inside = [](double u) { return u < 0x1.fffffffffffffp-1 ? u : 0x1.fffffffffffffp-1; };
  return {inside(positive_unit(w.word[0], w.word[1])), inside(positive_unit(w.word[2], w.word[3]))};
}

namespace detail {

// floor(x) for |x| < 2^51.
VT_RANDOM double floor_of(double x) noexcept {
  const double nearest = (x + 0x1.8p52) - 0x1.8p52;
  return nearest > x ? nearest - 1.0 : nearest;
}

// Beyond these mean values the normal distribution is the distribution to all digits.
inline constexpr double kNormalMean = 0x1p48;
VT_RANDOM double normal_about(double mean, double deviation, Stream& stream) noexcept {
  const PhiloxWords w = stream.words();
  return mean + deviation * normal_pair_of_double(w.word).first;
}

}  // namespace detail

// Poisson's distribution. Small rates: the sums of the probabilities are gone through. Else transformed rejection with a
// squeeze; reference: Hoermann, "The transformed rejection method for generating Poisson random variables", Insurance:
// Mathematics and Economics 12 (1993).
VT_RANDOM double poisson(double rate, Stream& stream) noexcept {
  if (rate == 0.0) return 0.0;
  if (rate < 10.0) {
    double u = two_units(stream).first;
    double chance = math::exp(-rate);
    double k = 0.0;
    while (u > chance && k < 200.0) {
      u -= chance;
      k += 1.0;
      chance *= rate / k;
    }
    return k;
  }
  const double root = math::detail::square_root(rate);
  if (!(rate < detail::kNormalMean)) return detail::normal_about(rate, root, stream);
  const double log_rate = math::log(rate);
  const double b = 0.931 + 2.53 * root;
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double squeeze = 0.9277 - 3.6224 / (b - 2.0);
  for (;;) {
    const Pair<double> units = two_units(stream);
    const double u = units.first - 0.5;
    const double v = units.second;
    const double from_end = 0.5 - math::detail::magnitude(u);
    const double k = detail::floor_of((2.0 * a / from_end + b) * u + rate + 0.43);
    if (from_end >= 0.07 && v <= squeeze) return k;
    if (k < 0.0 || (from_end < 0.013 && v > from_end)) continue;
    const double height = math::log(v * inverse_alpha / (a / (from_end * from_end) + b));
    if (height <= k * log_rate - rate - math::lgamma(k + 1.0)) return k;
  }
}

namespace detail {

// For p <= 1/2.
VT_RANDOM double binomial_of_half(double n, double p, Stream& stream) noexcept {
  const double q = 1.0 - p;
  const double mean = n * p;
  const double odds = p / q;
  if (mean < 10.0) {
    double u = two_units(stream).first;
    double chance = math::exp(n * math::log1p(-p));
    double k = 0.0;
    while (u > chance && k < n && k < 200.0) {
      u -= chance;
      k += 1.0;
      chance *= (n - k + 1.0) / k * odds;
    }
    return k;
  }
  const double deviation = math::detail::square_root(mean * q);
  if (!(mean < kNormalMean)) return normal_about(mean, deviation, stream);
  // Hoermann, "The generation of binomial random variates", Journal of Statistical Computation and Simulation 46 (1993).
  const double b = 1.15 + 2.53 * deviation;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double center = mean + 0.5;
  const double squeeze = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * deviation;
  const double mode = floor_of((n + 1.0) * p);
  const double log_odds = math::log(odds);
  const double at_mode = math::lgamma(mode + 1.0) + math::lgamma(n - mode + 1.0);
  for (;;) {
    const Pair<double> units = two_units(stream);
    const double u = units.first - 0.5;
    const double v = units.second;
    const double from_end = 0.5 - math::detail::magnitude(u);
    const double k = floor_of((2.0 * a / from_end + b) * u + center);
    if (k < 0.0 || k > n) continue;
    if (from_end >= 0.07 && v <= squeeze) return k;
    const double height = math::log(v * alpha / (a / (from_end * from_end) + b));
    if (height <= at_mode - math::lgamma(k + 1.0) - math::lgamma(n - k + 1.0) + (k - mode) * log_odds) return k;
  }
}

}  // namespace detail

// How many of `count` independent events of chance p happen.
VT_RANDOM double binomial(double count, double p, Stream& stream) noexcept {
  if (count != count || p != p) return count + p;
  if (count <= 0.0 || p <= 0.0) return 0.0;
  if (p >= 1.0) return count;
  const double n = count < 0x1p51 ? detail::floor_of(count) : count;
  return p <= 0.5 ? detail::binomial_of_half(n, p, stream) : n - detail::binomial_of_half(n, 1.0 - p, stream);
}

// The gamma distribution of scale 1. Reference: Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS
// 26 (2000); shapes below 1 by the power of a uniform number that leads there from shape + 1.
VT_RANDOM double standard_gamma(double shape, Stream& stream) noexcept {
  if (shape != shape || shape == math::detail::kInfinity<double>) return shape;
  if (!(shape > 0.0)) return shape == 0.0 ? 0.0 : math::detail::kNaN<double>;
  double scale = 1.0;
  if (shape < 1.0) {
    scale = math::pow(two_units(stream).first, 1.0 / shape);
    shape += 1.0;
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / math::detail::square_root(9.0 * d);
  for (;;) {
    const PhiloxWords w = stream.words();
    const double x = normal_pair_of_double(w.word).first;
    const double u = two_units(stream).first;
    const double y = 1.0 + c * x;
    if (y <= 0.0) continue;
    const double v = y * y * y;
    const double square = x * x;
    if (u < 1.0 - 0.0331 * square * square) return scale * d * v;
    if (math::log(u) < 0.5 * square + d * (1.0 - v + math::log(v))) return scale * d * v;
  }
}

// How a gamma number x grows with its shape a where its place among the others is kept: minus the derivative of P(a, x) by a
// over that by x, by the power series of P.
VT_RANDOM double standard_gamma_slope(double shape, double x) noexcept {
  if (!(shape > 0.0) || !(x > 0.0)) return shape != shape || x != x ? math::detail::kNaN<double> : 0.0;
  const double log_x = math::log(x);
  double psi = math::digamma(shape + 1.0);
  double term = x / shape;
  double sum = term * (psi - log_x);
  for (double n = 1.0; n < 1e6; n += 1.0) {
    const double next = shape + n;
    term *= x / next;
    psi += 1.0 / next;
    const double part = term * (psi - log_x);
    sum += part;
    if (next > x && math::detail::magnitude(part) <= math::detail::magnitude(sum) * 0x1p-54) break;
  }
  return sum;
}

#undef VT_RANDOM

}  // namespace vt::rng
