// SPDX-License-Identifier: Apache-2.0
// LU and Cholesky factors: Note [Factorisations on CUDA].
#include "linalg.cuh"

namespace vt::cuda {
namespace {

VT_DEVICE int64_t own_thread() { return threadIdx.x; }

// The row of the first of the largest elements of a column, from `begin` to `end`; for all threads of the block.
template <class T>
VT_DEVICE int64_t pivot_of(const T* column, int64_t begin, int64_t end) {
  __shared__ Part<T> sizes[kBlockThreads];
  __shared__ int64_t rows[kBlockThreads];
  const auto thread = static_cast<int>(threadIdx.x);
  Part<T> most = -1;
  int64_t row = begin;
  for (int64_t i = begin + thread; i < end; i += kBlockThreads)
    if (const Part<T> size = size_of(column[i]); size > most) {
      most = size;
      row = i;
    }
  sizes[thread] = most;
  rows[thread] = row;
  __syncthreads();
  // Threads without rows hold less than any size.
  int active = 1;
  while (active < end - begin && active < kBlockThreads) active *= 2;
  for (int half = active / 2; half > 0; half /= 2) {
    if (thread < half) {
      const int other = thread + half;
      if (sizes[other] > sizes[thread] || (sizes[other] == sizes[thread] && rows[other] < rows[thread])) {
        sizes[thread] = sizes[other];
        rows[thread] = rows[other];
      }
    }
    __syncthreads();
  }
  return rows[0];
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) lu(const __grid_constant__ LuParams p) {
  wait_for_previous_kernel();
  const int64_t num = p.m < p.n ? p.m : p.n;
  T* a = static_cast<T*>(p.matrices) + static_cast<int64_t>(blockIdx.x) * p.m * p.n;
  int32_t* pivots = p.pivots + static_cast<int64_t>(blockIdx.x) * num;
  int32_t info = 0;
  for (int64_t k = 0; k < num; ++k) {
    T* column = a + k * p.m;
    const int64_t pivot = p.exchanges ? pivot_of(column, k, p.m) : k;
    const T largest = column[pivot];
    __syncthreads();  // all have read the pivot before its row moves
    if (own_thread() == 0) pivots[k] = static_cast<int32_t>(pivot) + 1;
    if (size_of(largest) == 0) {
      if (info == 0) info = static_cast<int32_t>(k) + 1;
      continue;
    }
    if (pivot != k)
      for (int64_t j = own_thread(); j < p.n; j += kBlockThreads) {
        const T kept = a[j * p.m + k];
        a[j * p.m + k] = a[j * p.m + pivot];
        a[j * p.m + pivot] = kept;
      }
    __syncthreads();
    for (int64_t i = k + 1 + own_thread(); i < p.m; i += kBlockThreads) column[i] = quotient_of(column[i], largest);
    __syncthreads();
    const int64_t rows = p.m - k - 1;
    const int64_t rest = rows * (p.n - k - 1);
    for (int64_t e = own_thread(); e < rest; e += kBlockThreads) {
      const int64_t j = k + 1 + e / rows;
      const int64_t i = k + 1 + e % rows;
      a[j * p.m + i] = without_product(column[i], a[j * p.m + k], a[j * p.m + i]);
    }
    __syncthreads();
  }
  if (own_thread() == 0) p.info[blockIdx.x] = info;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) cholesky(const __grid_constant__ CholeskyParams p) {
  wait_for_previous_kernel();
  T* a = static_cast<T*>(p.matrices) + static_cast<int64_t>(blockIdx.x) * p.n * p.n;
  const auto at = [&](int64_t i, int64_t j) -> T& { return a[i * p.row + j * p.column]; };
  int32_t info = 0;
  for (int64_t k = 0; k < p.n; ++k) {
    const Part<T> square = real_part(at(k, k));
    __syncthreads();  // all have read it before it is written
    if (!(square > 0)) {
      info = static_cast<int32_t>(k) + 1;
      break;
    }
    const Part<T> diagonal = square_root(square);
    if (own_thread() == 0) at(k, k) = from_real<T>(diagonal);
    for (int64_t i = k + 1 + own_thread(); i < p.n; i += kBlockThreads) at(i, k) = divided(at(i, k), diagonal);
    __syncthreads();
    const int64_t rest = p.n - k - 1;
    for (int64_t e = own_thread(); e < rest * rest; e += kBlockThreads) {
      const int64_t j = k + 1 + e / rest;
      const int64_t i = k + 1 + e % rest;
      if (i >= j) at(i, j) = without_product(at(i, k), conjugate_of(at(j, k)), at(i, j));
    }
    __syncthreads();
  }
  for (int64_t e = own_thread(); e < p.n * p.n; e += kBlockThreads)
    if (e % p.n < e / p.n) at(e % p.n, e / p.n) = T{};
  if (own_thread() == 0) p.info[blockIdx.x] = info;
}

}  // namespace

const void* lu_kernel(DtypeIndex dtype) noexcept {
  return matrix_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&lu<T>); });
}
const void* cholesky_kernel(DtypeIndex dtype) noexcept {
  return matrix_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&cholesky<T>); });
}

}  // namespace vt::cuda
