// SPDX-License-Identifier: Apache-2.0
// Resampling of images of bytes: Note [Resampling on CUDA].
#include "elements.cuh"
#include "resample.hpp"

namespace vt::cuda {
namespace {

constexpr int kMaxPrecision = 22;

// Adds the weights of taps that read one element to the first of them; returns the greatest.
VT_DEVICE double joined(const ResampleAxis& axis, int64_t o) {
  double* weight = static_cast<double*>(axis.weight) + o * axis.line.num;
  const auto element = [&](int64_t j) { return resample::element_of(axis.line, axis.first[o] + j); };
  const int64_t count = axis.count[o];
  double greatest = 0;
  for (int64_t j = 0; j < count; ++j)
    for (int64_t k = 0; k < j; ++k)
      if (element(k) == element(j)) {
        weight[k] += weight[j];
        weight[j] = 0;
        break;
      }
  for (int64_t j = 0; j < count; ++j) greatest = weight[j] > greatest ? weight[j] : greatest;
  return greatest;
}

__global__ void __launch_bounds__(kBlockThreads) byte_taps(const __grid_constant__ ResampleByteTapsParams p) {
  wait_for_previous_kernel();
  __shared__ double greatest[kBlockThreads];
  const ResampleAxis& axis = p.axes[blockIdx.x];
  const auto thread = static_cast<int>(threadIdx.x);
  double own = 0;
  for (int64_t o = thread; o < axis.line.out; o += kBlockThreads) {
    const double of_position = joined(axis, o);
    own = of_position > own ? of_position : own;
  }
  greatest[thread] = own;
  __syncthreads();
  for (int half = kBlockThreads / 2; half > 0; half /= 2) {
    if (thread < half && greatest[thread + half] > greatest[thread]) greatest[thread] = greatest[thread + half];
    __syncthreads();
  }
  int precision = 0;
  while (precision < kMaxPrecision && static_cast<int>(0.5 + greatest[0] * (1 << (precision + 1))) < 1 << 15)
    ++precision;
  if (thread == 0) p.precision[blockIdx.x] = precision;
  for (int64_t o = thread; o < axis.line.out; o += kBlockThreads)
    for (int64_t j = 0; j < axis.count[o]; ++j) {
      const double scaled = static_cast<const double*>(axis.weight)[o * axis.line.num + j] * (1 << precision);
      p.whole[blockIdx.x][o * axis.line.num + j] = static_cast<int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
}

__global__ void __launch_bounds__(kBlockThreads) resample_bytes(const __grid_constant__ ResampleBytesParams p) {
  wait_for_previous_kernel();
  const int64_t number = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (number >= p.num) return;
  const ResampleAxis& axis = p.axis;
  const int64_t line = number / p.inner;
  const int64_t o = line % axis.line.out;
  const uint8_t* from = p.from + line / axis.line.out * axis.line.in * p.inner + number % p.inner;
  const int32_t* whole = p.whole + o * axis.line.num;
  const int precision = *p.precision;
  int64_t sum = precision > 0 ? int64_t{1} << (precision - 1) : 0;
  for (int64_t j = 0; j < axis.count[o]; ++j)
    sum += int64_t{whole[j]} * from[resample::element_of(axis.line, axis.first[o] + j) * p.inner];
  sum >>= precision;
  p.to[number] = static_cast<uint8_t>(sum < 0 ? 0 : sum > 255 ? 255 : sum);
}

}  // namespace

const void* resample_byte_taps_kernel() noexcept { return reinterpret_cast<const void*>(&byte_taps); }
const void* resample_bytes_kernel() noexcept { return reinterpret_cast<const void*>(&resample_bytes); }

}  // namespace vt::cuda
