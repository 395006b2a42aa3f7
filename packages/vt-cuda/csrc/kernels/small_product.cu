// SPDX-License-Identifier: Apache-2.0
// Products of small matrices: Note [Small products].
#include "small_product.cuh"

#include <vt/cpp/pointwise.hpp>

namespace vt::cuda {
namespace {

template <class W>
VT_DEVICE W activated(Activation activation, W x) {
  switch (activation) {
    case Activation::kRelu: return pointwise::Relu::of(x);
    case Activation::kGeluTanh: return pointwise::GeluTanh::of(x);
    default: return x;
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) small_product(const __grid_constant__ SmallProductParams p) {
  wait_for_previous_kernel();
  using W = SumType<T>;
  const int64_t across = (p.n + kSmallTile - 1) / kSmallTile;
  const int64_t row = static_cast<int64_t>(blockIdx.x) / across * kSmallTile;
  const int64_t column = static_cast<int64_t>(blockIdx.x) % across * kSmallTile;
  W value = small_sums<T>({p.a, p.m, p.a_row, p.a_col}, {p.b, p.n, p.b_col, p.b_row}, p.k, row, column).products;
  const int64_t r = row + small_row();
  const int64_t s = column + small_column();
  if (r >= p.m || s >= p.n) return;
  value = product_of(static_cast<W>(p.alpha), value);
  if (p.d)
    value = fused(static_cast<W>(p.beta), to_sum(reinterpret_cast<const T*>(p.d)[r * p.d_row + s * p.d_col]), value);
  reinterpret_cast<T*>(p.c)[r * p.c_row + s * p.c_col] = from_sum<T>(activated(p.activation, value));
}

}  // namespace

const void* small_product_kernel(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&small_product<Half>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&small_product<BFloat>);
    case DtypeIndex::kFloat32: return reinterpret_cast<const void*>(&small_product<float>);
    case DtypeIndex::kFloat64: return reinterpret_cast<const void*>(&small_product<double>);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
