// SPDX-License-Identifier: Apache-2.0
// What is done before and after the library's routines: Note [Screening], and vectors of conjugate pairs.
#include "linalg.cuh"

namespace vt::cuda {
namespace {

template <class T>
VT_DEVICE bool is_finite(T v) {
  if constexpr (kIsComplex<T>) {
    return is_finite(v.real) && is_finite(v.imag);
  } else {
    return v - v == 0;
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) screen(const __grid_constant__ ScreenParams p) {
  wait_for_previous_kernel();
  const int64_t matrix = static_cast<int64_t>(blockIdx.x) / p.parts;
  const T* elements = static_cast<const T*>(p.matrices) + matrix * p.size;
  bool finite = true;
  for (int64_t i = (static_cast<int64_t>(blockIdx.x) - matrix * p.parts) * kBlockThreads + threadIdx.x; i < p.size;
       i += p.parts * kBlockThreads)
    finite = finite && is_finite(elements[i]);
  if (!finite) p.notes[matrix] = -1;  // whoever writes writes the same
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) refill(const __grid_constant__ RefillParams p) {
  wait_for_previous_kernel();
  const int64_t matrix = static_cast<int64_t>(blockIdx.x) / p.parts;
  if (p.notes[matrix] == 0) return;
  T* elements = static_cast<T*>(p.matrices) + matrix * p.size;
  for (int64_t i = (static_cast<int64_t>(blockIdx.x) - matrix * p.parts) * kBlockThreads + threadIdx.x; i < p.size;
       i += p.parts * kBlockThreads)
    elements[i] = from_real<T>(static_cast<Part<T>>(p.value));
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) eigenvector_pairs(const __grid_constant__ PairsParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const T imag = static_cast<const Complex<T>*>(p.values)[i / p.n].imag;
  const T* packed = static_cast<const T*>(p.packed) + i;
  Complex<T> element{*packed, 0};
  // The first of a pair is the one whose imaginary part is positive.
  if (imag > 0) element.imag = packed[p.n];
  if (imag < 0) element = {packed[-p.n], -*packed};
  static_cast<Complex<T>*>(p.vectors)[i] = element;
}

}  // namespace

const void* screen_kernel(DtypeIndex dtype) noexcept {
  return matrix_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&screen<T>); });
}
const void* refill_kernel(DtypeIndex dtype) noexcept {
  return matrix_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&refill<T>); });
}
const void* eigenvector_pairs_kernel(DtypeIndex dtype) noexcept {
  return dtype == DtypeIndex::kFloat32 ? reinterpret_cast<const void*>(&eigenvector_pairs<float>)
                                       : reinterpret_cast<const void*>(&eigenvector_pairs<double>);
}

}  // namespace vt::cuda
