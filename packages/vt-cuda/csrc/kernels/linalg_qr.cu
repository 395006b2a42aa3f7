// SPDX-License-Identifier: Apache-2.0
// QR factors of small matrices: Note [Factorisations on CUDA]. Reflectors are those of LAPACK's geqr2.
#include "linalg.cuh"

namespace vt::cuda {
namespace {

// join(term(i)) for begin <= i < end, joined as a tree; for all threads of the block.
template <class Term, class Join>
VT_DEVICE double joined(int64_t begin, int64_t end, Term&& term, Join&& join) {
  __shared__ double parts[kBlockThreads];
  const auto thread = static_cast<int>(threadIdx.x);
  double own = 0;
  for (int64_t i = begin + thread; i < end; i += kBlockThreads) own = join(own, term(i));
  parts[thread] = own;
  __syncthreads();
  for (int half = kBlockThreads / 2; half > 0; half /= 2) {
    if (thread < half) parts[thread] = join(parts[thread], parts[thread + half]);
    __syncthreads();
  }
  const double result = parts[0];
  __syncthreads();
  return result;
}

template <class T>
VT_DEVICE double imaginary_part(T v) {
  if constexpr (kIsComplex<T>) {
    return v.imag;
  } else {
    return 0;
  }
}

// The length of column[begin], ... column[end - 1], without overflow.
template <class T>
VT_DEVICE double length_of_rows(const T* column, int64_t begin, int64_t end) {
  const double largest = joined(
      begin, end,
      [&](int64_t i) { return fmax(fabs(static_cast<double>(real_part(column[i]))), fabs(imaginary_part(column[i]))); },
      [](double a, double b) { return a > b || a != a ? a : b; });
  if (!(largest > 0)) return largest;
  const double squares = joined(
      begin, end,
      [&](int64_t i) {
        const double real = static_cast<double>(real_part(column[i])) / largest;
        const double imag = imaginary_part(column[i]) / largest;
        return real * real + imag * imag;
      },
      [](double a, double b) { return a + b; });
  return largest * sqrt(squares);
}

// Makes a column real and zero below row k by the reflector I - tau v v^H, whose v, without its leading one, stays there; returns tau.
template <class T>
VT_DEVICE T reflect(T* column, int64_t k, int64_t m) {
  const T head = column[k];
  const double below = length_of_rows(column, k + 1, m);
  if (below == 0 && imaginary_part(head) == 0) return T{};
  const double length = length_of_rows(column, k, m);
  const auto diagonal = static_cast<Part<T>>(real_part(head) < 0 ? length : -length);
  const T pole = sum_of(head, from_real<T>(-diagonal));
  for (int64_t i = k + 1 + threadIdx.x; i < m; i += kBlockThreads) column[i] = quotient_of(column[i], pole);
  if (threadIdx.x == 0) column[k] = from_real<T>(diagonal);
  __syncthreads();
  // (diagonal - head) / diagonal, of a complex head with its imaginary part turned.
  return divided(negative(pole), diagonal);
}

// Subtracts factor v (v^H x) from each x of `num` columns that are m apart, of rows k and on; v has a leading one that is not stored.
template <class T>
VT_DEVICE void apply(const T* v, int64_t k, int64_t m, T factor, T* columns, int64_t num) {
  constexpr int kLanes = 16;
  constexpr int kSides = kBlockThreads / kLanes;
  __shared__ T sums[kBlockThreads];
  const auto thread = static_cast<int>(threadIdx.x);
  const int lane = thread % kLanes;
  const auto element = [&](int64_t i) { return i == k ? from_real<T>(Part<T>{1}) : v[i]; };
  for (int64_t first = 0; first < num; first += kSides) {
    const int64_t c = first + thread / kLanes;
    T* column = columns + c * m;
    T sum{};
    if (c < num)
      for (int64_t i = k + lane; i < m; i += kLanes) sum = fused(conjugate_of(element(i)), column[i], sum);
    sums[thread] = sum;
    __syncthreads();
    for (int half = kLanes / 2; half > 0; half /= 2) {
      if (lane < half) sums[thread] = sum_of(sums[thread], sums[thread + half]);
      __syncthreads();
    }
    const T scaled = product_of(factor, sums[thread - lane]);
    if (c < num)
      for (int64_t i = k + lane; i < m; i += kLanes) column[i] = without_product(element(i), scaled, column[i]);
    __syncthreads();
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) qr(const __grid_constant__ QrParams p) {
  wait_for_previous_kernel();
  T* a = static_cast<T*>(p.matrices) + static_cast<int64_t>(blockIdx.x) * p.m * p.n;
  T* tau = static_cast<T*>(p.tau) + static_cast<int64_t>(blockIdx.x) * p.k;
  for (int64_t k = 0; k < p.k; ++k) {
    T* column = a + k * p.m;
    const T own = reflect(column, k, p.m);
    if (threadIdx.x == 0) tau[k] = own;
    apply(column, k, p.m, conjugate_of(own), column + p.m, p.n - k - 1);
  }
}

// Reflectors applied to the identity, the last one first: row k of column j > k is untouched by those after k.
template <class T>
__global__ void __launch_bounds__(kBlockThreads) qr_columns(const __grid_constant__ QrColumnsParams p) {
  wait_for_previous_kernel();
  const T* a = static_cast<const T*>(p.factors) + static_cast<int64_t>(blockIdx.x) * p.m * p.n;
  const T* tau = static_cast<const T*>(p.tau) + static_cast<int64_t>(blockIdx.x) * p.k;
  T* q = static_cast<T*>(p.q) + static_cast<int64_t>(blockIdx.x) * p.m * p.columns;
  for (int64_t e = threadIdx.x; e < p.m * p.columns; e += kBlockThreads)
    q[e] = from_real<T>(static_cast<Part<T>>(e % p.m == e / p.m ? 1 : 0));
  __syncthreads();
  for (int64_t k = p.k - 1; k >= 0; --k) apply(a + k * p.m, k, p.m, tau[k], q + k * p.m, p.columns - k);
}

}  // namespace

const void* qr_kernel(DtypeIndex dtype) noexcept {
  return matrix_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&qr<T>); });
}
const void* qr_columns_kernel(DtypeIndex dtype) noexcept {
  return matrix_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&qr_columns<T>); });
}

}  // namespace vt::cuda
