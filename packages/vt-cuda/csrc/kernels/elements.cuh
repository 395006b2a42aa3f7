// SPDX-License-Identifier: Apache-2.0
// Element types of the kernels, the types they are computed in, and conversion between any two of them.
#pragma once

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>

#include <device/dependent_launch.cuh>

#include <cstdint>
#include <type_traits>

#include "params.hpp"

// Note [Conversion]
// As on the CPU: integers wrap, floats truncate through int64, complex numbers lose their imaginary part, bool is "not
// zero", the small formats go through float. A dtype that is known only at run time is read into a Number, which holds
// every element exactly.
namespace vt::cuda {

struct Bool {
  uint8_t bits;
};
using Half = __half;
using BFloat = __nv_bfloat16;
struct E4M3 {
  uint8_t bits;
};
struct E5M2 {
  uint8_t bits;
};
template <class Part>
struct Complex {
  Part real;
  Part imag;
};

template <class T>
inline constexpr bool kIsComplex = false;
template <class Part>
inline constexpr bool kIsComplex<Complex<Part>> = true;
template <class T>
inline constexpr bool kIsSmallFloat =
    std::is_same_v<T, Half> || std::is_same_v<T, BFloat> || std::is_same_v<T, E4M3> || std::is_same_v<T, E5M2>;

// The dtype of an element type.
template <class T>
inline constexpr DtypeIndex kIndexOf = DtypeIndex::kCount;
template <>
inline constexpr DtypeIndex kIndexOf<Bool> = DtypeIndex::kBool;
template <>
inline constexpr DtypeIndex kIndexOf<uint8_t> = DtypeIndex::kUInt8;
template <>
inline constexpr DtypeIndex kIndexOf<uint16_t> = DtypeIndex::kUInt16;
template <>
inline constexpr DtypeIndex kIndexOf<uint32_t> = DtypeIndex::kUInt32;
template <>
inline constexpr DtypeIndex kIndexOf<uint64_t> = DtypeIndex::kUInt64;
template <>
inline constexpr DtypeIndex kIndexOf<int8_t> = DtypeIndex::kInt8;
template <>
inline constexpr DtypeIndex kIndexOf<int16_t> = DtypeIndex::kInt16;
template <>
inline constexpr DtypeIndex kIndexOf<int32_t> = DtypeIndex::kInt32;
template <>
inline constexpr DtypeIndex kIndexOf<int64_t> = DtypeIndex::kInt64;
template <>
inline constexpr DtypeIndex kIndexOf<E4M3> = DtypeIndex::kFloat8E4M3;
template <>
inline constexpr DtypeIndex kIndexOf<E5M2> = DtypeIndex::kFloat8E5M2;
template <>
inline constexpr DtypeIndex kIndexOf<Half> = DtypeIndex::kFloat16;
template <>
inline constexpr DtypeIndex kIndexOf<BFloat> = DtypeIndex::kBFloat16;
template <>
inline constexpr DtypeIndex kIndexOf<float> = DtypeIndex::kFloat32;
template <>
inline constexpr DtypeIndex kIndexOf<double> = DtypeIndex::kFloat64;
template <>
inline constexpr DtypeIndex kIndexOf<Complex<float>> = DtypeIndex::kComplex64;
template <>
inline constexpr DtypeIndex kIndexOf<Complex<double>> = DtypeIndex::kComplex128;

VT_DEVICE float widen(Half v) { return __half2float(v); }
VT_DEVICE float widen(BFloat v) { return __bfloat162float(v); }
VT_DEVICE float widen(E4M3 v) { return __half2float(__half(__nv_cvt_fp8_to_halfraw(v.bits, __NV_E4M3))); }
VT_DEVICE float widen(E5M2 v) { return __half2float(__half(__nv_cvt_fp8_to_halfraw(v.bits, __NV_E5M2))); }

template <class T>
VT_DEVICE T narrow(float v) {
  if constexpr (std::is_same_v<T, Half>) {
    return __float2half_rn(v);
  } else if constexpr (std::is_same_v<T, BFloat>) {
    return __float2bfloat16_rn(v);
  } else if constexpr (std::is_same_v<T, E4M3>) {
    return E4M3{static_cast<uint8_t>(__nv_cvt_float_to_fp8(v, __NV_SATFINITE, __NV_E4M3))};
  } else {
    return E5M2{static_cast<uint8_t>(__nv_cvt_float_to_fp8(v, __NV_NOSAT, __NV_E5M2))};
  }
}

// Truncation towards zero, defined for every value: what does not fit becomes INT64_MIN.
VT_DEVICE int64_t truncate(double v) { return v >= -0x1p63 && v < 0x1p63 ? static_cast<int64_t>(v) : INT64_MIN; }
VT_DEVICE uint64_t truncate_unsigned(double v) {
  return v >= 0x1p63 && v < 0x1p64 ? static_cast<uint64_t>(v) : static_cast<uint64_t>(truncate(v));
}

struct Number {
  enum Kind { kSigned, kUnsigned, kReal, kComplexPair };
  Kind kind;
  int64_t integer;
  double real;
  double imag;
};

template <class T>
VT_DEVICE Number number_of(T v) {
  if constexpr (std::is_same_v<T, Bool>) {
    return {Number::kSigned, v.bits != 0, 0, 0};
  } else if constexpr (kIsComplex<T>) {
    return {Number::kComplexPair, 0, v.real, v.imag};
  } else if constexpr (kIsSmallFloat<T>) {
    return {Number::kReal, 0, widen(v), 0};
  } else if constexpr (std::is_floating_point_v<T>) {
    return {Number::kReal, 0, v, 0};
  } else {
    return {std::is_same_v<T, uint64_t> ? Number::kUnsigned : Number::kSigned, static_cast<int64_t>(v), 0, 0};
  }
}

template <class T>
VT_DEVICE T convert(const Number& n) {
  const bool integral = n.kind <= Number::kUnsigned;
  if constexpr (std::is_same_v<T, Bool>) {
    return Bool{static_cast<uint8_t>(integral ? n.integer != 0 : (n.real != 0 || n.imag != 0))};
  } else if constexpr (kIsComplex<T>) {
    using Part = decltype(T::real);
    return T{convert<Part>(n), static_cast<Part>(n.imag)};
  } else if constexpr (kIsSmallFloat<T>) {
    return narrow<T>(convert<float>(n));
  } else if constexpr (std::is_floating_point_v<T>) {
    if (n.kind == Number::kSigned) return static_cast<T>(n.integer);
    if (n.kind == Number::kUnsigned) return static_cast<T>(static_cast<uint64_t>(n.integer));
    return static_cast<T>(n.real);
  } else if constexpr (std::is_same_v<T, uint64_t>) {
    return integral ? static_cast<uint64_t>(n.integer) : truncate_unsigned(n.real);
  } else {
    return static_cast<T>(integral ? n.integer : truncate(n.real));
  }
}

// Calls visit.operator()<T>() for a dtype.
template <class Visit>
VT_DEVICE auto visit_dtype(DtypeIndex dtype, Visit&& visit) {
  switch (dtype) {
    case DtypeIndex::kBool: return visit.template operator()<Bool>();
    case DtypeIndex::kUInt8: return visit.template operator()<uint8_t>();
    case DtypeIndex::kUInt16: return visit.template operator()<uint16_t>();
    case DtypeIndex::kUInt32: return visit.template operator()<uint32_t>();
    case DtypeIndex::kUInt64: return visit.template operator()<uint64_t>();
    case DtypeIndex::kInt8: return visit.template operator()<int8_t>();
    case DtypeIndex::kInt16: return visit.template operator()<int16_t>();
    case DtypeIndex::kInt32: return visit.template operator()<int32_t>();
    case DtypeIndex::kInt64: return visit.template operator()<int64_t>();
    case DtypeIndex::kFloat8E4M3: return visit.template operator()<E4M3>();
    case DtypeIndex::kFloat8E5M2: return visit.template operator()<E5M2>();
    case DtypeIndex::kFloat16: return visit.template operator()<Half>();
    case DtypeIndex::kBFloat16: return visit.template operator()<BFloat>();
    case DtypeIndex::kFloat32: return visit.template operator()<float>();
    case DtypeIndex::kFloat64: return visit.template operator()<double>();
    case DtypeIndex::kComplex64: return visit.template operator()<Complex<float>>();
    default: return visit.template operator()<Complex<double>>();
  }
}

VT_DEVICE Number load_any(const char* p, DtypeIndex dtype) {
  return visit_dtype(dtype, [&]<class T>() { return number_of(*reinterpret_cast<const T*>(p)); });
}
VT_DEVICE void store_any(char* p, DtypeIndex dtype, const Number& n) {
  visit_dtype(dtype, [&]<class T>() { *reinterpret_cast<T*>(p) = convert<T>(n); });
}
// `n` rounded to a dtype.
VT_DEVICE Number round_to(DtypeIndex dtype, const Number& n) {
  return visit_dtype(dtype, [&]<class T>() { return number_of(convert<T>(n)); });
}

}  // namespace vt::cuda
