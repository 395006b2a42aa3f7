// SPDX-License-Identifier: Apache-2.0
// Kernels of the dropout family.
#include "dropout.hpp"
#include "elements.cuh"

namespace vt::cuda {
namespace {

template <class T>
struct alignas(kDropoutPerThread * sizeof(T)) Quad {
  T element[kDropoutPerThread];
};

template <class T>
VT_DEVICE T scaled(T v, bool kept, double scale) {
  if constexpr (kIsSmallFloat<T>) {
    return narrow<T>(widen(v) * (kept ? static_cast<float>(scale) : 0.0f));
  } else {
    return v * (kept ? static_cast<T>(scale) : T{0});
  }
}

// The mask is drawn, or read for the gradient.
template <class T, bool Draws>
__global__ void __launch_bounds__(kBlockThreads) dropout(const __grid_constant__ Dropout p) {
  wait_for_previous_kernel();
  const int64_t group = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t first = group * kDropoutPerThread;
  if (first >= p.num) return;
  const int64_t rest = p.num - first;
  const int n = rest < kDropoutPerThread ? static_cast<int>(rest) : kDropoutPerThread;
  const bool whole = p.aligned && n == kDropoutPerThread;
  const T* in = reinterpret_cast<const T*>(p.in) + first;
  T* out = reinterpret_cast<T*>(p.out) + first;
  Quad<T> quad;
  Quad<uint8_t> mask;
  if (whole) {
    quad = *reinterpret_cast<const Quad<T>*>(in);
  } else {
    for (int k = 0; k < n; ++k) quad.element[k] = in[k];
  }
  if constexpr (Draws) {
    const PhiloxWords words = p.numbers(static_cast<uint64_t>(group));
    for (int k = 0; k < kDropoutPerThread; ++k)
      mask.element[k] = rng::happens(words.word[k], p.kept.last, p.kept.possible);
  } else if (whole) {
    mask = *reinterpret_cast<const Quad<uint8_t>*>(p.mask + first);
  } else {
    for (int k = 0; k < n; ++k) mask.element[k] = p.mask[first + k];
  }
  for (int k = 0; k < n; ++k) quad.element[k] = scaled(quad.element[k], mask.element[k] != 0, p.scale);
  if (whole) {
    *reinterpret_cast<Quad<T>*>(out) = quad;
    if constexpr (Draws) *reinterpret_cast<Quad<uint8_t>*>(p.mask + first) = mask;
  } else {
    for (int k = 0; k < n; ++k) {
      out[k] = quad.element[k];
      if constexpr (Draws) p.mask[first + k] = mask.element[k];
    }
  }
}

template <bool Draws>
const void* kernel_of(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&dropout<Half, Draws>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&dropout<BFloat, Draws>);
    case DtypeIndex::kFloat32: return reinterpret_cast<const void*>(&dropout<float, Draws>);
    case DtypeIndex::kFloat64: return reinterpret_cast<const void*>(&dropout<double, Draws>);
    default: return nullptr;
  }
}

}  // namespace

const void* dropout_kernel(DtypeIndex dtype) noexcept { return kernel_of<true>(dtype); }
const void* dropout_backward_kernel(DtypeIndex dtype) noexcept { return kernel_of<false>(dtype); }

}  // namespace vt::cuda
