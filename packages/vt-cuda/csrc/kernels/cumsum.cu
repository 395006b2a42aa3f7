// SPDX-License-Identifier: Apache-2.0
// Running sums: a block scans a line tile by tile and carries the total over.
#include "elements.cuh"
#include "search.hpp"

namespace vt::cuda {
namespace {

VT_DEVICE double take(const Number& n, double) { return n.real; }
VT_DEVICE uint64_t take(const Number& n, uint64_t) { return static_cast<uint64_t>(n.integer); }
VT_DEVICE Number number_from(double sum) { return {Number::kReal, 0, sum, 0}; }
VT_DEVICE Number number_from(uint64_t sum) { return {Number::kSigned, static_cast<int64_t>(sum), 0, 0}; }

template <class Sum>
__global__ void __launch_bounds__(kBlockThreads) cumsum(const __grid_constant__ CumsumParams p) {
  __shared__ Sum sums[kBlockThreads];
  const int thread = static_cast<int>(threadIdx.x);
  const int64_t line = blockIdx.x;
  const int64_t first = line / p.inner * p.inner * p.length + line % p.inner;
  Sum carried{};
  for (int64_t tile = 0; tile < p.length; tile += kBlockThreads) {
    const int64_t i = tile + thread;
    const int64_t at = first + i * p.inner;
    Sum own{};
    if (i < p.length) own = take(round_to(p.out_dtype, load_any(p.in + at * p.in_size, p.in_dtype)), Sum{});
    sums[thread] = own;
    for (int distance = 1; distance < kBlockThreads; distance *= 2) {
      __syncthreads();
      const Sum before = thread >= distance ? sums[thread - distance] : Sum{};
      __syncthreads();
      own += before;
      sums[thread] = own;
    }
    if (i < p.length) store_any(p.out + at * p.out_size, p.out_dtype, number_from(carried + own));
    __syncthreads();
    carried += sums[kBlockThreads - 1];
    __syncthreads();
  }
}

}  // namespace

const void* cumsum_kernel(bool integral) noexcept {
  return integral ? reinterpret_cast<const void*>(&cumsum<uint64_t>) : reinterpret_cast<const void*>(&cumsum<double>);
}

}  // namespace vt::cuda
