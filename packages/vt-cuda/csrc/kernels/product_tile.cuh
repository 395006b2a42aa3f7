// SPDX-License-Identifier: Apache-2.0
// A tile of a product in shared memory and registers: for matrices and for convolutions.
#pragma once

#include "product.cuh"

// Note [Tiles of a product]
// A block of 16 x 16 threads computes a tile of 64 x 64 elements, 4 x 4 per thread, from 16 steps of k in shared memory at a time.
// An element is one chain of fused multiply-adds in the order of k, whatever the sizes. Integers wrap; half types are summed in
// float and rounded once.
namespace vt::cuda {

inline constexpr int kProductTile = 64;
inline constexpr int kProductSteps = 16;
inline constexpr int kProductPerThread = 4;
inline constexpr int kProductAcross = kProductTile / kProductPerThread;  // threads along each side of a tile
inline constexpr int kProductLoads = kProductTile * kProductSteps / kBlockThreads;
static_assert(kProductAcross * kProductAcross == kBlockThreads);

// A factor's lines, step by step.
template <class W>
using ProductStrip = W[kProductSteps][kProductTile + 1];

template <class W>
struct ProductSums {
  W at[kProductPerThread][kProductPerThread];

  // Adds the products of two strips that all threads have written.
  VT_DEVICE void add(const ProductStrip<W>& a, const ProductStrip<W>& b) {
    const int row = static_cast<int>(threadIdx.x) / kProductAcross;
    const int column = static_cast<int>(threadIdx.x) % kProductAcross;
#pragma unroll
    for (int s = 0; s < kProductSteps; ++s) {
      W left[kProductPerThread];
      W right[kProductPerThread];
#pragma unroll
      for (int i = 0; i < kProductPerThread; ++i) {
        left[i] = a[s][row + i * kProductAcross];
        right[i] = b[s][column + i * kProductAcross];
      }
#pragma unroll
      for (int i = 0; i < kProductPerThread; ++i)
#pragma unroll
        for (int j = 0; j < kProductPerThread; ++j) at[i][j] = fused(left[i], right[j], at[i][j]);
    }
  }

  // Calls visit(row, column, sum) for this thread's elements of the tile, column by column.
  template <class Visit>
  VT_DEVICE void for_each(Visit&& visit) const {
    const int row = static_cast<int>(threadIdx.x) / kProductAcross;
    const int column = static_cast<int>(threadIdx.x) % kProductAcross;
#pragma unroll
    for (int j = 0; j < kProductPerThread; ++j)
#pragma unroll
      for (int i = 0; i < kProductPerThread; ++i)
        visit(row + i * kProductAcross, column + j * kProductAcross, at[i][j]);
  }
};

}  // namespace vt::cuda
