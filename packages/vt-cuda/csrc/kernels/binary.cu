// SPDX-License-Identifier: Apache-2.0
// add, add with alpha, and mul.
#include "arithmetic.cuh"
#include "binary.cuh"

namespace vt::cuda {
namespace {

// Integers wrap: they are computed unsigned, and at least 32 bits wide, as shorter ones would promote to int.
template <class T>
struct ComputeOf {
  using Type = Signed<T>;
};
template <class T>
  requires std::is_integral_v<T>
struct ComputeOf<T> {
  using Type = std::conditional_t<sizeof(T) < 4, uint32_t, std::make_unsigned_t<T>>;
};

struct Arithmetic {
  template <class T>
  using Wide = typename ComputeOf<T>::Type;
  template <class T>
  using Out = T;
  BinaryKind kind;
  VT_DEVICE explicit Arithmetic(BinaryKind k) : kind(k) {}
  template <class T>
  VT_DEVICE Wide<T> apply(Wide<T> a, Wide<T> b, Wide<T> alpha) const {
    switch (kind) {
      case BinaryKind::kAdd: return sum_of(a, b);
      case BinaryKind::kAddScaled: return sum_of(a, product_of(alpha, b));
      default: return product_of(a, b);
    }
  }
};

template <BinaryKind kKind>
struct Known : Arithmetic {
  VT_DEVICE explicit Known(BinaryKind) : Arithmetic(kKind) {}
};

// The sign of an integer makes no difference where operands are dense.
template <class T>
struct UnsignedOf {
  using Type = T;
};
template <class T>
  requires std::is_integral_v<T>
struct UnsignedOf<T> {
  using Type = std::make_unsigned_t<T>;
};

template <BinaryKind kKind>
BinaryKernels of_kind(DtypeIndex dtype) noexcept {
  return for_dtype(dtype, [&]<class T>() -> BinaryKernels {
    if constexpr (kIsFloat8<T>) {
      if (kKind != BinaryKind::kMul) return {};
      return {nullptr, reinterpret_cast<const void*>(&binary_strided<Arithmetic, T, int32_t>),
              reinterpret_cast<const void*>(&binary_strided<Arithmetic, T, int64_t>)};
    } else {
      return {reinterpret_cast<const void*>(&binary_dense<Known<kKind>, typename UnsignedOf<T>::Type>),
              reinterpret_cast<const void*>(&binary_strided<Arithmetic, T, int32_t>),
              reinterpret_cast<const void*>(&binary_strided<Arithmetic, T, int64_t>)};
    }
  });
}

}  // namespace

BinaryKernels arithmetic_kernels(BinaryKind kind, DtypeIndex dtype) noexcept {
  switch (kind) {
    case BinaryKind::kAdd: return of_kind<BinaryKind::kAdd>(dtype);
    case BinaryKind::kAddScaled: return of_kind<BinaryKind::kAddScaled>(dtype);
    default: return of_kind<BinaryKind::kMul>(dtype);
  }
}

}  // namespace vt::cuda
