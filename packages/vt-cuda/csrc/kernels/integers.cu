// SPDX-License-Identifier: Apache-2.0
// gcd, lcm and the shifts.
#include <vt/cpp/pairs.hpp>

#include "binary.cuh"

namespace vt::cuda {
namespace {

struct Whole {
  template <class T>
  using Wide = T;
  template <class T>
  using Out = T;
  BinaryKind kind;
  VT_DEVICE explicit Whole(BinaryKind k) : kind(k) {}
  template <class T>
  VT_DEVICE T apply(T a, T b, T) const {
    switch (kind) {
      case BinaryKind::kGcd: return pairs::common_divisor(a, b);
      case BinaryKind::kLcm: return pairs::common_multiple(a, b);
      case BinaryKind::kLeftShift: return pairs::shifted_left(a, b);
      default: return pairs::shifted_right(a, b);
    }
  }
};

template <BinaryKind kKind>
struct Known : Whole {
  VT_DEVICE explicit Known(BinaryKind) : Whole(kKind) {}
};

template <BinaryKind kKind>
BinaryKernels of_kind(DtypeIndex dtype) noexcept {
  return for_dtype(dtype, [&]<class T>() -> BinaryKernels {
    if constexpr (std::is_integral_v<T>) return kernels_for<Known<kKind>, Whole, T>();
    return {};
  });
}

}  // namespace

BinaryKernels integer_kernels(BinaryKind kind, DtypeIndex dtype) noexcept {
  switch (kind) {
    case BinaryKind::kGcd: return of_kind<BinaryKind::kGcd>(dtype);
    case BinaryKind::kLcm: return of_kind<BinaryKind::kLcm>(dtype);
    case BinaryKind::kLeftShift: return of_kind<BinaryKind::kLeftShift>(dtype);
    default: return of_kind<BinaryKind::kRightShift>(dtype);
  }
}

}  // namespace vt::cuda
