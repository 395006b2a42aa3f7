// SPDX-License-Identifier: Apache-2.0
// Triangular systems, and rows exchanged by pivots.
#include "index.cuh"
#include "linalg.cuh"

namespace vt::cuda {
namespace {

VT_DEVICE int64_t thread_number() { return static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x; }

template <class T>
__global__ void __launch_bounds__(kBlockThreads) triangular(const __grid_constant__ TriangularParams p) {
  wait_for_previous_kernel();
  const Strip<T> x(p.system);
  const auto factor = [&](int64_t i, int64_t j) {
    const T value = x.factor(i, j);
    return p.conjugate ? conjugate_of(value) : value;
  };
  for (int64_t step = 0; step < x.n(); ++step) {
    const int64_t k = p.upper ? x.n() - 1 - step : step;
    if (!p.unit) {
      if (threadIdx.x < x.num()) x.at(k, threadIdx.x) = quotient_of(x.at(k, threadIdx.x), factor(k, k));
      __syncthreads();
    }
    // Rows that are yet to be solved: below, or above.
    const int64_t rows = x.n() - 1 - step;
    for (int64_t e = threadIdx.x; e < rows * x.num(); e += kBlockThreads) {
      const int64_t c = e / rows;
      const int64_t i = e % rows + (p.upper ? 0 : k + 1);
      x.at(i, c) = without_product(factor(i, k), x.at(k, c), x.at(i, c));
    }
    __syncthreads();
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) exchange(const __grid_constant__ ExchangeParams p) {
  wait_for_previous_kernel();
  const int64_t i = thread_number();
  if (i >= p.num) return;
  const int64_t n = p.x.n;
  const int64_t matrix = i / p.x.num;
  const int32_t* pivots = p.pivots + matrix * n;
  T* x = static_cast<T*>(p.x.data) + matrix * p.x.batch + (i - matrix * p.x.num) * p.x.column;
  for (int64_t step = 0; step < n; ++step) {
    const int64_t k = p.backwards ? n - 1 - step : step;
    const int64_t pivot = pivots[k];
    if (pivot < 1 || pivot > n) {
      report(p.record, IndexOp::kPivots, pivot, 0, n);
      continue;
    }
    const T kept = x[k * p.x.row];
    x[k * p.x.row] = x[(pivot - 1) * p.x.row];
    x[(pivot - 1) * p.x.row] = kept;
  }
}

__global__ void __launch_bounds__(kBlockThreads) permutation(const __grid_constant__ PermutationParams p) {
  wait_for_previous_kernel();
  const int64_t i = thread_number();
  if (i >= p.num) return;
  int64_t* rows = p.rows + i * p.size;
  for (int64_t r = 0; r < p.size; ++r) rows[r] = r;
  for (int64_t r = 0; r < p.num_pivots; ++r) {
    const int64_t pivot = p.pivots[i * p.num_pivots + r];
    if (pivot < 1 || pivot > p.size) {
      report(p.record, IndexOp::kPivots, pivot, 0, p.size);
      continue;
    }
    const int64_t kept = rows[r];
    rows[r] = rows[pivot - 1];
    rows[pivot - 1] = kept;
  }
}

}  // namespace

const void* triangular_kernel(DtypeIndex dtype) noexcept {
  return matrix_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&triangular<T>); });
}
const void* exchange_kernel(DtypeIndex dtype) noexcept {
  return matrix_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&exchange<T>); });
}
const void* permutation_kernel() noexcept { return reinterpret_cast<const void*>(&permutation); }

}  // namespace vt::cuda
