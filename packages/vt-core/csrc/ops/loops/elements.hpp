// SPDX-License-Identifier: Apache-2.0
// Element types of the loops: storage formats, the types they are computed in, and conversion between them.
#pragma once

#include <vt/cpp/iter/float_formats.hpp>

#include <type_traits>

#include "ops/loops/table.hpp"

// Says of the next loop that its iterations do not depend on each other, so that it vectorises without overlap tests.
// Builds for sanitizers do not vectorise, and would warn of it.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define VT_INDEPENDENT_LOOP
#elif defined(__clang__)
#define VT_INDEPENDENT_LOOP _Pragma("clang loop vectorize(assume_safety)")
#else
#define VT_INDEPENDENT_LOOP _Pragma("GCC ivdep")
#endif

namespace vt::core::VT_ISA {

struct Bool {
  uint8_t bits;
};
struct Half {
  uint16_t bits;
};
struct BFloat {
  uint16_t bits;
};
struct E4M3 {
  uint8_t bits;
};
struct E5M2 {
  uint8_t bits;
};
template <class T>
struct Complex {
  T real;
  T imag;
};

template <class T>
inline constexpr bool kIsComplex = false;
template <class T>
inline constexpr bool kIsComplex<Complex<T>> = true;

// Formats that are computed in float.
template <class T>
inline constexpr bool kIsSmallFloat =
    std::is_same_v<T, Half> || std::is_same_v<T, BFloat> || std::is_same_v<T, E4M3> || std::is_same_v<T, E5M2>;

template <class T>
[[gnu::always_inline]] inline auto widen(T value) noexcept {
  if constexpr (std::is_same_v<T, Half>) {
    return half_to_float(value.bits);
  } else if constexpr (std::is_same_v<T, BFloat>) {
    return bfloat_to_float(value.bits);
  } else if constexpr (std::is_same_v<T, E4M3>) {
    return e4m3_to_float(value.bits);
  } else if constexpr (std::is_same_v<T, E5M2>) {
    return e5m2_to_float(value.bits);
  } else if constexpr (std::is_same_v<T, Bool>) {
    return static_cast<uint8_t>(value.bits != 0);
  } else {
    return value;
  }
}

// From float to a format computed in float; the identity for others.
template <class T, class Wide>
[[gnu::always_inline]] inline T narrow(Wide value) noexcept {
  if constexpr (std::is_same_v<T, Half>) {
    return Half{float_to_half(value)};
  } else if constexpr (std::is_same_v<T, BFloat>) {
    return BFloat{float_to_bfloat(value)};
  } else if constexpr (std::is_same_v<T, E4M3>) {
    return E4M3{float_to_e4m3(value)};
  } else if constexpr (std::is_same_v<T, E5M2>) {
    return E5M2{float_to_e5m2(value)};
  } else {
    return static_cast<T>(value);
  }
}

// Truncation towards zero, defined for every value: what does not fit becomes INT64_MIN.
template <class Float>
[[gnu::always_inline]] inline int64_t truncate(Float value) noexcept {
  const bool fits = value >= static_cast<Float>(-0x1p63) && value < static_cast<Float>(0x1p63);
  return fits ? static_cast<int64_t>(value) : INT64_MIN;
}
template <class Float>
[[gnu::always_inline]] inline uint64_t truncate_unsigned(Float value) noexcept {
  const auto half_range = static_cast<Float>(0x1p63);
  return value >= half_range && value < 2 * half_range
             ? static_cast<uint64_t>(truncate(value - half_range)) ^ (uint64_t{1} << 63)
             : static_cast<uint64_t>(truncate(value));
}

// One element from Src to Dst as PyTorch casts: integers wrap, floats truncate through int64, complex loses its imaginary
// part, bool is "not zero", small floats go through float.
template <class Dst, class Src>
[[gnu::always_inline]] inline Dst convert_element(Src src) noexcept {
  if constexpr (std::is_same_v<Dst, Src>) {
    return src;
  } else if constexpr (kIsComplex<Dst>) {
    using Part = decltype(Dst::real);
    if constexpr (kIsComplex<Src>) {
      return Dst{static_cast<Part>(src.real), static_cast<Part>(src.imag)};
    } else {
      return Dst{convert_element<Part>(src), Part{0}};
    }
  } else if constexpr (std::is_same_v<Dst, Bool>) {
    if constexpr (kIsComplex<Src>) {
      return Bool{static_cast<uint8_t>((src.real != 0) | (src.imag != 0))};
    } else {
      return Bool{static_cast<uint8_t>(widen(src) != 0)};
    }
  } else if constexpr (kIsComplex<Src>) {
    return convert_element<Dst>(src.real);
  } else if constexpr (kIsSmallFloat<Dst>) {
    return narrow<Dst>(static_cast<float>(widen(src)));
  } else if constexpr (std::is_integral_v<Dst> && std::is_floating_point_v<decltype(widen(src))>) {
    if constexpr (std::is_same_v<Dst, uint64_t>) {
      return truncate_unsigned(widen(src));
    } else {
      return static_cast<Dst>(truncate(widen(src)));
    }
  } else {
    return static_cast<Dst>(widen(src));
  }
}

template <class T>
[[gnu::always_inline]] inline T load(const char* p) noexcept {
  T value;
  __builtin_memcpy(&value, p, sizeof value);
  return value;
}
template <class T>
[[gnu::always_inline]] inline void store(char* p, T value) noexcept {
  __builtin_memcpy(p, &value, sizeof value);
}

// Calls visit.operator()<T, index>() for the dtype of each DtypeIndex, in its order.
template <class Visit>
constexpr void for_each_dtype(Visit&& visit) {
  visit.template operator()<Bool, 0>();
  visit.template operator()<uint8_t, 1>();
  visit.template operator()<uint16_t, 2>();
  visit.template operator()<uint32_t, 3>();
  visit.template operator()<uint64_t, 4>();
  visit.template operator()<int8_t, 5>();
  visit.template operator()<int16_t, 6>();
  visit.template operator()<int32_t, 7>();
  visit.template operator()<int64_t, 8>();
  visit.template operator()<E4M3, 9>();
  visit.template operator()<E5M2, 10>();
  visit.template operator()<Half, 11>();
  visit.template operator()<BFloat, 12>();
  visit.template operator()<float, 13>();
  visit.template operator()<double, 14>();
  visit.template operator()<Complex<float>, 15>();
  visit.template operator()<Complex<double>, 16>();
}

}  // namespace vt::core::VT_ISA
