// SPDX-License-Identifier: Apache-2.0
// Number: a scalar argument of an op, and its conversion to a dtype.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>
#include <vt/cpp/iter/float_formats.hpp>

#include <cmath>
#include <cstring>
#include <limits>
#include <string>

namespace vt {

// What a VtValue of tag INT, BOOL, FLOAT, UINT64 or COMPLEX holds. Integers are exact: `bits` is two's complement, and
// `is_unsigned` tells those above INT64_MAX.
struct Number {
  Category category = Category::kInteger;
  bool is_unsigned = false;
  uint64_t bits = 0;
  double real = 0;
  double imag = 0;
};

inline bool is_number(const VtValue& v) noexcept {
  return v.tag == VT_INT || v.tag == VT_BOOL || v.tag == VT_FLOAT || v.tag == VT_UINT64 || v.tag == VT_COMPLEX;
}

inline Number number_of(const VtValue& v) noexcept {
  switch (v.tag) {
    case VT_BOOL: return {Category::kBool, false, v.as.i != 0, v.as.i != 0 ? 1.0 : 0.0, 0};
    case VT_UINT64: return {Category::kInteger, v.as.i < 0, v.as.u, static_cast<double>(v.as.u), 0};
    case VT_FLOAT: return {Category::kFloating, false, 0, v.as.f, 0};
    case VT_COMPLEX: return {Category::kComplex, false, 0, v.as.floats[0], v.as.floats[1]};
    default: return {Category::kInteger, false, v.as.u, static_cast<double>(v.as.i), 0};
  }
}

// Truncation towards zero of a value that may be out of range, the same on every machine: INT64_MIN where it does not fit.
inline uint64_t truncate_to_int(double value) noexcept {
  if (value >= 0x1p63 && value < 0x1p64) return static_cast<uint64_t>(value);
  if (!(value >= -0x1p63 && value < 0x1p63)) return uint64_t{1} << 63;
  return static_cast<uint64_t>(static_cast<int64_t>(value));
}

// -n, wrapping integers as their dtypes do.
inline Number negated(const Number& n) noexcept {
  const Category category = n.category == Category::kBool ? Category::kInteger : n.category;
  return {category, false, uint64_t{0} - n.bits, -n.real, -n.imag};
}

namespace detail {

inline bool integer_fits(const Number& n, int bits, bool is_signed) noexcept {
  const int64_t value = static_cast<int64_t>(n.bits);
  if (is_signed) {
    if (n.is_unsigned) return false;
    const int64_t max = std::numeric_limits<int64_t>::max() >> (64 - bits);
    return value >= -max - 1 && value <= max;
  }
  // As PyTorch, a negative number whose magnitude fits wraps into an unsigned dtype.
  const uint64_t max = std::numeric_limits<uint64_t>::max() >> (64 - bits);
  if (!n.is_unsigned && value < 0) return bits < 64 ? uint64_t{0} - n.bits <= max : true;
  return n.bits <= max;
}

inline double largest_finite(DtypeIndex i) noexcept {
  switch (i) {
    case DtypeIndex::kFloat8E4M3: return 448.0;
    case DtypeIndex::kFloat8E5M2: return 57344.0;
    case DtypeIndex::kFloat16: return 65504.0;
    case DtypeIndex::kBFloat16: return 0x1.fep127;
    case DtypeIndex::kFloat32:
    case DtypeIndex::kComplex64: return static_cast<double>(std::numeric_limits<float>::max());
    default: return std::numeric_limits<double>::max();
  }
}

}  // namespace detail

// Whether `n` may be given where a value of `dtype` is wanted: no overflow, no imaginary part lost, no NaN as an integer.
// A fraction is dropped silently.
inline bool number_fits(const Number& n, DLDataType dtype) noexcept {
  const DtypeInfo& info = dtype_info(dtype);
  if (info.category == Category::kBool) return true;
  if (n.category == Category::kComplex && info.category != Category::kComplex && n.imag != 0) return false;
  if (info.category == Category::kInteger) {
    const bool is_signed = dtype.code == kDLInt;
    if (n.category <= Category::kInteger) return detail::integer_fits(n, dtype.bits, is_signed);
    const double limit = std::ldexp(1.0, is_signed ? dtype.bits - 1 : dtype.bits);
    return n.real > -limit - (dtype.bits < 53 ? 1.0 : 0.0) && n.real < limit;
  }
  const double limit = detail::largest_finite(dtype_index(dtype));
  auto fits = [limit](double v) { return !std::isfinite(v) || std::fabs(v) <= limit; };
  return fits(n.real) && fits(n.imag);
}

[[noreturn]] inline void fail_number_fit(const char* op, DLDataType dtype) {
  fail(VT_ERROR_RUNTIME, std::string(op) + ": value cannot be converted to " + std::string(dtype_name(dtype)) +
                             " without overflow; use a wider dtype");
}

// Writes `n` as an element of `dtype`, wrapping integers and dropping imaginary parts as a cast does.
inline void store_number(const Number& n, DLDataType dtype, void* out) noexcept {
  auto put = [out](auto value) { std::memcpy(out, &value, sizeof value); };
  const float single = static_cast<float>(n.real);
  const uint64_t integer = n.category <= Category::kInteger ? n.bits : truncate_to_int(n.real);
  switch (dtype_index(dtype)) {
    case DtypeIndex::kBool:
      return put(static_cast<uint8_t>(n.category <= Category::kInteger ? n.bits != 0 : n.real != 0 || n.imag != 0));
    case DtypeIndex::kUInt8:
    case DtypeIndex::kInt8: return put(static_cast<uint8_t>(integer));
    case DtypeIndex::kUInt16:
    case DtypeIndex::kInt16: return put(static_cast<uint16_t>(integer));
    case DtypeIndex::kUInt32:
    case DtypeIndex::kInt32: return put(static_cast<uint32_t>(integer));
    case DtypeIndex::kUInt64:
    case DtypeIndex::kInt64: return put(integer);
    case DtypeIndex::kFloat8E4M3: return put(float_to_e4m3(single));
    case DtypeIndex::kFloat8E5M2: return put(float_to_e5m2(single));
    case DtypeIndex::kFloat16: return put(float_to_half(single));
    case DtypeIndex::kBFloat16: return put(float_to_bfloat(single));
    case DtypeIndex::kFloat32: return put(single);
    case DtypeIndex::kFloat64: return put(n.real);
    case DtypeIndex::kComplex64: {
      const float pair[2] = {single, static_cast<float>(n.imag)};
      std::memcpy(out, pair, sizeof pair);
      return;
    }
    case DtypeIndex::kComplex128: {
      const double pair[2] = {n.real, n.imag};
      std::memcpy(out, pair, sizeof pair);
      return;
    }
    default: return;
  }
}

}  // namespace vt
