// SPDX-License-Identifier: Apache-2.0
// Matrix products of any dtype and strides: for what no library serves.
#include "matmul.hpp"

#include "product_tile.cuh"

namespace vt::cuda {
namespace {

static_assert(kMatmulTile == kProductTile);

template <class T>
VT_DEVICE SumType<T> load_wide(const char* data, int64_t at) {
  return to_sum(reinterpret_cast<const T*>(data)[at]);
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

// Copies the strip of `lines` x kProductSteps elements that begins at (line, step) to tile[step][line], zeros outside. Neighbouring
// threads read along the dimension that is dense.
template <class T>
VT_DEVICE void load_strip(ProductStrip<SumType<T>>& tile, const char* data, int64_t line, int64_t lines,
                          int64_t line_stride, int64_t step, int64_t steps, int64_t step_stride) {
  const int thread = static_cast<int>(threadIdx.x);
#pragma unroll
  for (int load = 0; load < kProductLoads; ++load) {
    const int at = load * kBlockThreads + thread;
    const int l = step_stride == 1 ? at / kProductSteps : at % kMatmulTile;
    const int s = step_stride == 1 ? at % kProductSteps : at / kMatmulTile;
    const bool inside = line + l < lines && step + s < steps;
    tile[s][l] = inside ? load_wide<T>(data, (line + l) * line_stride + (step + s) * step_stride) : SumType<T>{};
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) matmul(const __grid_constant__ MatmulParams p) {
  wait_for_previous_kernel();
  using W = SumType<T>;
  __shared__ ProductStrip<W> a_tile;
  __shared__ ProductStrip<W> b_tile;
  const int64_t tile = static_cast<int64_t>(blockIdx.x) % p.tiles;
  int64_t offsets[4];
  p.batch.offsets(static_cast<int64_t>(blockIdx.x) / p.tiles, offsets);
  const int64_t row = tile / p.tiles_across * kMatmulTile;
  const int64_t column = tile % p.tiles_across * kMatmulTile;
  ProductSums<W> sums{};
  for (int64_t step = 0; step < p.k; step += kProductSteps) {
    load_strip<T>(a_tile, p.a + offsets[0], row, p.m, p.a_row, step, p.k, p.a_col);
    load_strip<T>(b_tile, p.b + offsets[1], column, p.n, p.b_col, step, p.k, p.b_row);
    __syncthreads();
    sums.add(a_tile, b_tile);
    __syncthreads();
  }

  const W alpha = factor<W>(p.alpha, p.alpha_imag, p.alpha_integer);
  const W beta = factor<W>(p.beta, p.beta_imag, p.beta_integer);
  sums.for_each([&](int i, int j, W sum) {
    const int64_t r = row + i;
    const int64_t s = column + j;
    if (r >= p.m || s >= p.n) return;
    W value = product_of(alpha, sum);
    if (p.d) value = fused(beta, load_wide<T>(p.d + offsets[3], r * p.d_row + s * p.d_col), value);
    reinterpret_cast<T*>(p.c + offsets[2])[r * p.c_row + s * p.c_col] = from_sum<T>(value);
  });
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
