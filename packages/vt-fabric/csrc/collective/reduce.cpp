// SPDX-License-Identifier: Apache-2.0
// The loops of reduce_run, one instantiation per dtype.
#include "collective/reduce.hpp"

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>
#include <vt/cpp/iter/float_formats.hpp>

#include <complex>
#include <cstring>
#include <type_traits>

namespace vt::fabric {

namespace {

// An element as stored, and the type it is computed in.
struct Half {
  using Wide = float;
  uint16_t bits;
  static Wide widen(Half x) { return half_to_float(x.bits); }
  static Half narrow(Wide x) { return {float_to_half(x)}; }
};
struct BFloat {
  using Wide = float;
  uint16_t bits;
  static Wide widen(BFloat x) { return bfloat_to_float(x.bits); }
  static BFloat narrow(Wide x) { return {float_to_bfloat(x)}; }
};
template <class T>
struct Plain {
  using Wide = T;
  T value;
  static T widen(Plain x) { return x.value; }
  static Plain narrow(T x) { return {x}; }
};
// Boolean reductions follow the arithmetic ones: sum and max are "or", product and min are "and".
struct Boolean {
  using Wide = bool;
  uint8_t byte;
  static bool widen(Boolean x) { return x.byte != 0; }
  static Boolean narrow(bool x) { return {static_cast<uint8_t>(x)}; }
};

template <class T>
constexpr bool kIsComplex = false;
template <class T>
constexpr bool kIsComplex<std::complex<T>> = true;

template <class Wide>
Wide combine(int32_t op, Wide a, Wide b) {
  if constexpr (std::is_same_v<Wide, bool>) {
    return op == VT_REDUCE_SUM || op == VT_REDUCE_MAX ? a || b : a && b;
  } else if constexpr (std::is_integral_v<Wide>) {
    using Unsigned = std::make_unsigned_t<std::common_type_t<Wide, int>>;  // wraps instead of overflowing
    if (op == VT_REDUCE_PRODUCT) return static_cast<Wide>(static_cast<Unsigned>(a) * static_cast<Unsigned>(b));
    if (op == VT_REDUCE_MIN) return b < a ? b : a;
    if (op == VT_REDUCE_MAX) return a < b ? b : a;
    return static_cast<Wide>(static_cast<Unsigned>(a) + static_cast<Unsigned>(b));
  } else {
    if (op == VT_REDUCE_PRODUCT) return a * b;
    if constexpr (!kIsComplex<Wide>) {
      // NaN wins, as in PyTorch.
      if (op == VT_REDUCE_MIN) return a != a || a < b ? a : b;
      if (op == VT_REDUCE_MAX) return a != a || a > b ? a : b;
    }
    return a + b;
  }
}

template <class Element>
void reduce(int32_t op, std::span<const void* const> sources, int64_t begin, int64_t count, void* out) {
  using Wide = typename Element::Wide;
  const auto load = [](const void* base, int64_t i) {
    Element element;
    std::memcpy(&element, static_cast<const char*>(base) + i * static_cast<int64_t>(sizeof(Element)), sizeof(Element));
    return Element::widen(element);
  };
  for (int64_t i = 0; i < count; ++i) {
    Wide total = load(sources[0], begin + i);
    for (size_t k = 1; k < sources.size(); ++k) total = combine(op, total, load(sources[k], begin + i));
    if constexpr (std::is_floating_point_v<Wide> || kIsComplex<Wide>)
      if (op == VT_REDUCE_MEAN) total /= static_cast<Wide>(static_cast<double>(sources.size()));
    const Element element = Element::narrow(total);
    std::memcpy(static_cast<char*>(out) + i * static_cast<int64_t>(sizeof(Element)), &element, sizeof(Element));
  }
}

}  // namespace

void check_reducible(int32_t op, DLDataType dtype) {
  constexpr const char* kNames[] = {"sum", "product", "min", "max", "mean"};
  if (op < VT_REDUCE_SUM || op > VT_REDUCE_MEAN)
    fail(VT_ERROR_VALUE, "all_reduce: unknown reduction number " + std::to_string(op));
  const Category category = dtype_info(dtype).category;
  const bool is_float8 = category == Category::kFloating && dtype.bits == 8;
  const bool ordered = op == VT_REDUCE_MIN || op == VT_REDUCE_MAX;
  if (is_float8 || (ordered && category == Category::kComplex) ||
      (op == VT_REDUCE_MEAN && category <= Category::kInteger))
    fail(VT_ERROR_DTYPE,
         std::string("all_reduce: ") + kNames[op] + " is not defined for " + std::string(dtype_name(dtype)));
}

void reduce_run(int32_t op, DLDataType dtype, std::span<const void* const> sources, int64_t begin, int64_t count,
                void* out) {
  switch (dtype_index(dtype)) {
    case DtypeIndex::kBool: return reduce<Boolean>(op, sources, begin, count, out);
    case DtypeIndex::kUInt8: return reduce<Plain<uint8_t>>(op, sources, begin, count, out);
    case DtypeIndex::kUInt16: return reduce<Plain<uint16_t>>(op, sources, begin, count, out);
    case DtypeIndex::kUInt32: return reduce<Plain<uint32_t>>(op, sources, begin, count, out);
    case DtypeIndex::kUInt64: return reduce<Plain<uint64_t>>(op, sources, begin, count, out);
    case DtypeIndex::kInt8: return reduce<Plain<int8_t>>(op, sources, begin, count, out);
    case DtypeIndex::kInt16: return reduce<Plain<int16_t>>(op, sources, begin, count, out);
    case DtypeIndex::kInt32: return reduce<Plain<int32_t>>(op, sources, begin, count, out);
    case DtypeIndex::kInt64: return reduce<Plain<int64_t>>(op, sources, begin, count, out);
    case DtypeIndex::kFloat16: return reduce<Half>(op, sources, begin, count, out);
    case DtypeIndex::kBFloat16: return reduce<BFloat>(op, sources, begin, count, out);
    case DtypeIndex::kFloat32: return reduce<Plain<float>>(op, sources, begin, count, out);
    case DtypeIndex::kFloat64: return reduce<Plain<double>>(op, sources, begin, count, out);
    case DtypeIndex::kComplex64: return reduce<Plain<std::complex<float>>>(op, sources, begin, count, out);
    case DtypeIndex::kComplex128: return reduce<Plain<std::complex<double>>>(op, sources, begin, count, out);
    default: fail(VT_ERROR_DTYPE, "all_reduce: not defined for " + std::string(dtype_name(dtype)));
  }
}

}  // namespace vt::fabric
