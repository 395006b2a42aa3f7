// SPDX-License-Identifier: Apache-2.0
// Comparison, logical and bitwise operators.
#include "binary.cuh"

namespace vt::cuda {
namespace {

// Note [Truth tables]
// How two elements stand to each other is one of four cases: a < b, a = b, a > b, neither; for the logical operators: none,
// b, a, both are set. A kind is the set of the cases for which it holds, four bits.
VT_DEVICE uint32_t cases_of(BinaryKind kind) {
  switch (kind) {
    case BinaryKind::kEqual: return 0b0010;
    case BinaryKind::kNotEqual: return 0b1101;
    case BinaryKind::kLess: return 0b0001;
    case BinaryKind::kLessEqual: return 0b0011;
    case BinaryKind::kGreater: return 0b0100;
    case BinaryKind::kGreaterEqual: return 0b0110;
    case BinaryKind::kLogicalAnd: return 0b1000;
    case BinaryKind::kLogicalOr: return 0b1110;
    default: return 0b0110;
  }
}

template <class W>
VT_DEVICE uint32_t order_of(W a, W b) {
  if constexpr (kIsComplex<W>) {
    return a.real == b.real && a.imag == b.imag ? 1 : 3;
  } else if constexpr (std::is_same_v<W, Bool>) {
    return order_of(a.bits, b.bits);
  } else {
    return a < b ? 0 : a == b ? 1 : a > b ? 2 : 3;
  }
}
template <class W>
VT_DEVICE uint32_t is_set(W v) {
  if constexpr (kIsComplex<W>) {
    return v.real != 0 || v.imag != 0;
  } else if constexpr (std::is_same_v<W, Bool>) {
    return v.bits != 0;
  } else {
    return v != 0;
  }
}

struct Comparison {
  template <class T>
  using Wide = Signed<T>;
  template <class T>
  using Out = Bool;
  uint32_t cases;
  bool is_logical;
  VT_DEVICE explicit Comparison(BinaryKind kind) : cases(cases_of(kind)), is_logical(kind >= BinaryKind::kLogicalAnd) {}
  template <class T>
  VT_DEVICE Bool apply(Wide<T> a, Wide<T> b, Wide<T>) const {
    const uint32_t found = is_logical ? is_set(a) * 2 + is_set(b) : order_of(a, b);
    return Bool{static_cast<uint8_t>(cases >> found & 1)};
  }
};

struct Bitwise {
  template <class T>
  using Wide = T;
  template <class T>
  using Out = T;
  BinaryKind kind;
  VT_DEVICE explicit Bitwise(BinaryKind k) : kind(k) {}
  template <class T>
  VT_DEVICE T apply(T a, T b, T) const {
    if constexpr (std::is_same_v<T, Bool>) {
      return Bool{apply<uint8_t>(a.bits, b.bits, 0)};
    } else {
      switch (kind) {
        case BinaryKind::kBitwiseAnd: return static_cast<T>(a & b);
        case BinaryKind::kBitwiseOr: return static_cast<T>(a | b);
        default: return static_cast<T>(a ^ b);
      }
    }
  }
};

}  // namespace

BinaryKernels comparison_kernels(BinaryKind kind, DtypeIndex dtype) noexcept {
  if (kind >= BinaryKind::kBitwiseAnd)
    return for_dtype(dtype, [&]<class T>() -> BinaryKernels {
      if constexpr (std::is_integral_v<T> || std::is_same_v<T, Bool>) return kernels_for<Bitwise, Bitwise, T>();
      return {};
    });
  const bool is_order = kind >= BinaryKind::kLess && kind <= BinaryKind::kGreaterEqual;
  return for_dtype(dtype, [is_order]<class T>() -> BinaryKernels {
    if (kIsComplex<T> && is_order) return {};
    return kernels_for<Comparison, Comparison, T>();
  });
}

}  // namespace vt::cuda
