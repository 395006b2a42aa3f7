// SPDX-License-Identifier: Apache-2.0
// fmax, fmin, copysign, hypot, heaviside, nextafter, logaddexp, logaddexp2 and ldexp.
#include <vt/cpp/pairs.hpp>

#include "arithmetic.cuh"
#include "binary.cuh"

namespace vt::cuda {
namespace {

template <class T>
VT_DEVICE auto bits_of(Signed<T> value) {
  if constexpr (kIsSmallFloat<T>) {
    return math::detail::bits_as<uint16_t>(narrow<T>(value));
  } else {
    return math::detail::bits_as<math::detail::Bits<T>>(value);
  }
}

// An element of T that stays one: the neighbours of a half are halves.
template <class T>
VT_DEVICE Signed<T> neighbour(Signed<T> from, Signed<T> to) {
  if (from != from || to != to) return from + to;
  const auto next = pairs::next_bits(bits_of<T>(from), bits_of<T>(to), from, to);
  if constexpr (kIsSmallFloat<T>) {
    return widen(math::detail::bits_as<T>(next));
  } else {
    return math::detail::bits_as<T>(next);
  }
}

struct Pair {
  template <class T>
  using Wide = Signed<T>;
  template <class T>
  using Out = T;
  BinaryKind kind;
  VT_DEVICE explicit Pair(BinaryKind k) : kind(k) {}
  template <class T>
  VT_DEVICE Wide<T> apply(Wide<T> a, Wide<T> b, Wide<T>) const {
    if constexpr (std::is_same_v<T, Bool>) {
      return kind == BinaryKind::kFmin ? product_of(a, b) : sum_of(a, b);
    } else {
      if (kind == BinaryKind::kFmax) return pairs::larger_number(a, b);
      if (kind == BinaryKind::kFmin) return pairs::smaller_number(a, b);
      if constexpr (std::is_integral_v<T>) {
        return pairs::step(a, b);
      } else {
        switch (kind) {
          case BinaryKind::kHeaviside: return pairs::step(a, b);
          case BinaryKind::kCopysign: return pairs::with_sign_of(a, b);
          case BinaryKind::kHypot: return pairs::length(a, b);
          case BinaryKind::kNextafter: return neighbour<T>(a, b);
          case BinaryKind::kLogaddexp: return pairs::log_of_sum(a, b);
          case BinaryKind::kLogaddexp2: return pairs::log2_of_sum(a, b);
          default: return pairs::scaled_by_power(a, b);
        }
      }
    }
  }
};

template <BinaryKind kKind>
struct Known : Pair {
  VT_DEVICE explicit Known(BinaryKind) : Pair(kKind) {}
};

template <BinaryKind kKind>
BinaryKernels of_kind(DtypeIndex dtype) noexcept {
  return for_dtype(dtype, [&]<class T>() -> BinaryKernels {
    constexpr bool kOrders =
        kKind == BinaryKind::kFmax || kKind == BinaryKind::kFmin || kKind == BinaryKind::kHeaviside;
    if constexpr (kIsReal<T> || (kOrders && (std::is_integral_v<T> || std::is_same_v<T, Bool>)))
      return kernels_for<Known<kKind>, Pair, T>();
    return {};
  });
}

}  // namespace

BinaryKernels pair_kernels(BinaryKind kind, DtypeIndex dtype) noexcept {
  switch (kind) {
    case BinaryKind::kFmax: return of_kind<BinaryKind::kFmax>(dtype);
    case BinaryKind::kFmin: return of_kind<BinaryKind::kFmin>(dtype);
    case BinaryKind::kCopysign: return of_kind<BinaryKind::kCopysign>(dtype);
    case BinaryKind::kHypot: return of_kind<BinaryKind::kHypot>(dtype);
    case BinaryKind::kHeaviside: return of_kind<BinaryKind::kHeaviside>(dtype);
    case BinaryKind::kNextafter: return of_kind<BinaryKind::kNextafter>(dtype);
    case BinaryKind::kLogaddexp: return of_kind<BinaryKind::kLogaddexp>(dtype);
    case BinaryKind::kLogaddexp2: return of_kind<BinaryKind::kLogaddexp2>(dtype);
    default: return of_kind<BinaryKind::kLdexp>(dtype);
  }
}

}  // namespace vt::cuda
