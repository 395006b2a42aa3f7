// SPDX-License-Identifier: Apache-2.0
// All gradients of a small linear map in one launch: tiles of two products (Note [Small products]) and sums of columns.
#include "linear_backward.hpp"

#include <vt/cpp/pointwise.hpp>

#include "small_product.cuh"

namespace vt::cuda {
namespace {

// Elements of grad as relu_backward gives them on.
template <class T>
struct ReluGate {
  const char* output;
  int64_t line_stride;
  int64_t step_stride;

  template <class W>
  VT_DEVICE W operator()(W grad, int64_t line, int64_t step) const {
    if (!output) return grad;
    return pointwise::ReluBackward::of(
        grad, to_sum(reinterpret_cast<const T*>(output)[line * line_stride + step * step_stride]));
  }
};

template <class T>
__global__ void __launch_bounds__(kBlockThreads) linear_backward(const __grid_constant__ LinearBackwardParams p) {
  wait_for_previous_kernel();
  const bool of_input = blockIdx.x < p.input_tiles;
  const int64_t tile = of_input ? blockIdx.x : blockIdx.x - p.input_tiles;
  const int64_t across = (p.in + kSmallTile - 1) / kSmallTile;
  const int64_t row = tile / across * kSmallTile;
  const int64_t column = tile % across * kSmallTile;
  const Lines a =
      of_input ? Lines{p.grad, p.rows, p.grad_row, p.grad_col} : Lines{p.grad, p.out, p.grad_col, p.grad_row};
  const Lines b =
      of_input ? Lines{p.weight, p.in, p.weight_col, p.weight_row} : Lines{p.input, p.in, p.input_col, p.input_row};
  const ReluGate<T> gate{p.relu_output, of_input ? p.relu_row : p.relu_col, of_input ? p.relu_col : p.relu_row};
  const auto sums = small_sums<T>(a, b, of_input ? p.out : p.rows, row, column, gate);
  const int64_t r = row + small_row();
  const int64_t s = column + small_column();
  if (r >= a.num || s >= p.in) return;
  reinterpret_cast<T*>(of_input ? p.input_grad : p.weight_grad)[r * p.in + s] = from_sum<T>(sums.products);
  if (p.bias_grad && !of_input && s == 0) reinterpret_cast<T*>(p.bias_grad)[r] = from_sum<T>(sums.line);
}

}  // namespace

const void* linear_backward_kernel(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&linear_backward<Half>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&linear_backward<BFloat>);
    case DtypeIndex::kFloat32: return reinterpret_cast<const void*>(&linear_backward<float>);
    case DtypeIndex::kFloat64: return reinterpret_cast<const void*>(&linear_backward<double>);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
