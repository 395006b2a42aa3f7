// SPDX-License-Identifier: Apache-2.0
// The gradient of as_strided, gathered: each input element looks up which indices of the view saw it.
#include "elements.cuh"

namespace vt::cuda {
namespace {

// Calls visit(offset in bytes) for each index of the window that lies at `position`, in a fixed order: for each index of
// the repeating dimensions at most one index of the nested ones fits.
template <class Visit>
VT_DEVICE void for_each_at(const Window& w, int64_t position, Visit&& visit) {
  for (int64_t repeat = 0; repeat < w.num_repeats; ++repeat) {
    int64_t rest = position - w.offset;
    int64_t bytes = 0;
    int64_t split = repeat;
    for (int d = w.num_nested; d < w.ndim; ++d) {
      const int64_t index = split % w.sizes[d];
      split /= w.sizes[d];
      rest -= index * w.strides[d];
      bytes += index * w.data_strides[d];
    }
    if (rest < 0) continue;
    bool fits = true;
    for (int d = 0; d < w.num_nested && fits; ++d) {
      const int64_t index = w.sizes[d] == 1 ? 0 : rest / w.strides[d];
      fits = index < w.sizes[d];
      rest -= index * w.strides[d];
      bytes += index * w.data_strides[d];
    }
    if (fits && rest == 0) visit(bytes);
  }
}

__global__ void __launch_bounds__(kBlockThreads) as_strided_backward(const __grid_constant__ AsStridedBackward p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  int64_t position = p.input.offset;
  int64_t out = 0;
  int64_t split = i;
  for (int d = 0; d < p.input.ndim; ++d) {
    const int64_t index = split % p.input.sizes[d];
    split /= p.input.sizes[d];
    position += index * p.input.strides[d];
    out += index * p.input.data_strides[d];
  }
  double real = 0;
  double imag = 0;
  for_each_at(p.seen, position, [&](int64_t at) {
    const Number n = load_any(p.grad + at, p.dtype);
    real += convert<double>(n);
    imag += n.imag;
  });
  int64_t sharing = 0;
  for_each_at(p.input, position, [&](int64_t) { ++sharing; });
  const auto share = static_cast<double>(sharing);
  store_any(p.out + out, p.dtype, {Number::kComplexPair, 0, real / share, imag / share});
}

}  // namespace

const void* as_strided_backward_kernel() noexcept { return reinterpret_cast<const void*>(&as_strided_backward); }

}  // namespace vt::cuda
