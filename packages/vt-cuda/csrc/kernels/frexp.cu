// SPDX-License-Identifier: Apache-2.0
// Numbers as mantissas and powers of two.
#include "frexp.hpp"

#include "row.cuh"

namespace vt::cuda {
namespace {

// What has no exponent is its own mantissa, with the exponent 0. Every dtype holds the mantissas of its numbers exactly.
template <class T>
__global__ void __launch_bounds__(kBlockThreads) split(const __grid_constant__ FrexpParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const T element = reinterpret_cast<const T*>(p.in)[i];
  const auto x = static_cast<double>(to_wide(element));
  const bool is_finite = x - x == 0.0;
  int power = 0;
  const double part = is_finite ? frexp(x, &power) : x;
  reinterpret_cast<T*>(p.mantissas)[i] = is_finite ? from_wide<T>(static_cast<Wide<T>>(part)) : element;
  p.exponents[i] = power;
}

}  // namespace

const void* frexp_kernel(DtypeIndex dtype) noexcept {
  return row_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&split<T>); });
}

}  // namespace vt::cuda
