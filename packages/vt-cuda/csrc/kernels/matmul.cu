// SPDX-License-Identifier: Apache-2.0
// Matrix products of any dtype and strides: for what no library serves.
#include "matmul.hpp"

#include "arithmetic.cuh"

// Note [Tiles of a product]
// A block of 16 x 16 threads computes a tile of 64 x 64 elements, 4 x 4 per thread, from 16 steps of k in shared memory at a time.
// An element is one chain of fused multiply-adds in the order of k, whatever the sizes. Integers wrap; half types are summed in
// float and rounded once.
namespace vt::cuda {
namespace {

constexpr int kSteps = 16;
constexpr int kPerThread = 4;
constexpr int kAcross = kMatmulTile / kPerThread;  // threads along each side of a tile
constexpr int kLoads = kMatmulTile * kSteps / kBlockThreads;
static_assert(kAcross * kAcross == kBlockThreads);

template <class T>
struct SumOf {
  using Type = std::conditional_t<kIsSmallFloat<T>, float, T>;
};
template <class T>
  requires std::is_integral_v<T>
struct SumOf<T> {
  using Type = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;
};
template <class T>
using SumType = typename SumOf<T>::Type;

template <class T>
VT_DEVICE SumType<T> load_wide(const char* data, int64_t at) {
  const T value = reinterpret_cast<const T*>(data)[at];
  if constexpr (kIsSmallFloat<T>) {
    return widen(value);
  } else {
    return static_cast<SumType<T>>(value);
  }
}

VT_DEVICE float fused(float a, float b, float c) { return __fmaf_rn(a, b, c); }
VT_DEVICE double fused(double a, double b, double c) { return __fma_rn(a, b, c); }
VT_DEVICE uint32_t fused(uint32_t a, uint32_t b, uint32_t c) { return a * b + c; }
VT_DEVICE uint64_t fused(uint64_t a, uint64_t b, uint64_t c) { return a * b + c; }
template <class Part>
VT_DEVICE Complex<Part> fused(Complex<Part> a, Complex<Part> b, Complex<Part> c) {
  return {fused(a.real, b.real, fused(-a.imag, b.imag, c.real)), fused(a.real, b.imag, fused(a.imag, b.real, c.imag))};
}

template <class W>
VT_DEVICE W factor(double real, double imag, uint64_t integer) {
  if constexpr (kIsComplex<W>) {
    return {static_cast<decltype(W::real)>(real), static_cast<decltype(W::real)>(imag)};
  } else if constexpr (std::is_floating_point_v<W>) {
    return static_cast<W>(real);
  } else {
    return static_cast<W>(integer);
  }
}

// Copies the strip of `lines` x kSteps elements that begins at (line, step) to tile[step][line], zeros outside. Neighbouring
// threads read along the dimension that is dense.
template <class T>
VT_DEVICE void load_strip(SumType<T> (&tile)[kSteps][kMatmulTile + 1], const char* data, int64_t line, int64_t lines,
                          int64_t line_stride, int64_t step, int64_t steps, int64_t step_stride) {
  const int thread = static_cast<int>(threadIdx.x);
#pragma unroll
  for (int load = 0; load < kLoads; ++load) {
    const int at = load * kBlockThreads + thread;
    const int l = step_stride == 1 ? at / kSteps : at % kMatmulTile;
    const int s = step_stride == 1 ? at % kSteps : at / kMatmulTile;
    const bool inside = line + l < lines && step + s < steps;
    tile[s][l] = inside ? load_wide<T>(data, (line + l) * line_stride + (step + s) * step_stride) : SumType<T>{};
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) matmul(const __grid_constant__ MatmulParams p) {
  using W = SumType<T>;
  __shared__ W a_tile[kSteps][kMatmulTile + 1];
  __shared__ W b_tile[kSteps][kMatmulTile + 1];
  const int64_t tile = static_cast<int64_t>(blockIdx.x) % p.tiles;
  int64_t offsets[4];
  p.batch.offsets(static_cast<int64_t>(blockIdx.x) / p.tiles, offsets);
  const int64_t row = tile / p.tiles_across * kMatmulTile;
  const int64_t column = tile % p.tiles_across * kMatmulTile;
  const int thread_row = static_cast<int>(threadIdx.x) / kAcross;
  const int thread_column = static_cast<int>(threadIdx.x) % kAcross;

  W sums[kPerThread][kPerThread] = {};
  for (int64_t step = 0; step < p.k; step += kSteps) {
    load_strip<T>(a_tile, p.a + offsets[0], row, p.m, p.a_row, step, p.k, p.a_col);
    load_strip<T>(b_tile, p.b + offsets[1], column, p.n, p.b_col, step, p.k, p.b_row);
    __syncthreads();
#pragma unroll
    for (int s = 0; s < kSteps; ++s) {
      W left[kPerThread];
      W right[kPerThread];
#pragma unroll
      for (int i = 0; i < kPerThread; ++i) {
        left[i] = a_tile[s][thread_row + i * kAcross];
        right[i] = b_tile[s][thread_column + i * kAcross];
      }
#pragma unroll
      for (int i = 0; i < kPerThread; ++i)
#pragma unroll
        for (int j = 0; j < kPerThread; ++j) sums[i][j] = fused(left[i], right[j], sums[i][j]);
    }
    __syncthreads();
  }

  const W alpha = factor<W>(p.alpha, p.alpha_imag, p.alpha_integer);
  const W beta = factor<W>(p.beta, p.beta_imag, p.beta_integer);
#pragma unroll
  for (int i = 0; i < kPerThread; ++i) {
#pragma unroll
    for (int j = 0; j < kPerThread; ++j) {
      const int64_t r = row + thread_row + i * kAcross;
      const int64_t s = column + thread_column + j * kAcross;
      if (r >= p.m || s >= p.n) continue;
      W value = product_of(alpha, sums[i][j]);
      if (p.d) value = fused(beta, load_wide<T>(p.d + offsets[3], r * p.d_row + s * p.d_col), value);
      T* out = reinterpret_cast<T*>(p.c + offsets[2]) + r * p.c_row + s * p.c_col;
      if constexpr (kIsSmallFloat<T>) {
        *out = narrow<T>(value);
      } else {
        *out = static_cast<T>(value);
      }
    }
  }
}

}  // namespace

const void* matmul_kernel(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kUInt8:
    case DtypeIndex::kInt8: return reinterpret_cast<const void*>(&matmul<uint8_t>);
    case DtypeIndex::kUInt16:
    case DtypeIndex::kInt16: return reinterpret_cast<const void*>(&matmul<uint16_t>);
    case DtypeIndex::kUInt32:
    case DtypeIndex::kInt32: return reinterpret_cast<const void*>(&matmul<uint32_t>);
    case DtypeIndex::kUInt64:
    case DtypeIndex::kInt64: return reinterpret_cast<const void*>(&matmul<uint64_t>);
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&matmul<Half>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&matmul<BFloat>);
    case DtypeIndex::kFloat32: return reinterpret_cast<const void*>(&matmul<float>);
    case DtypeIndex::kFloat64: return reinterpret_cast<const void*>(&matmul<double>);
    case DtypeIndex::kComplex64: return reinterpret_cast<const void*>(&matmul<Complex<float>>);
    case DtypeIndex::kComplex128: return reinterpret_cast<const void*>(&matmul<Complex<double>>);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
