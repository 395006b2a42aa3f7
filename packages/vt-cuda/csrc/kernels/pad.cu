// SPDX-License-Identifier: Apache-2.0
// Padding: elements moved by their size, and gradients of repeated elements added up.
#include "pad.hpp"

#include "elements.cuh"

namespace vt::cuda {
namespace {

struct alignas(16) Unit16 {
  uint64_t half[2];
};

template <class T>
__global__ void __launch_bounds__(kBlockThreads) padded(const __grid_constant__ PadParams p) {
  wait_for_previous_kernel();
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kPadElementsPerThread + threadIdx.x;
  for (int e = 0; e < kPadElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= p.num) return;
    int64_t rest = i;
    int64_t from = 0;
    int64_t stride = 1;
    bool found = true;
    for (int d = 0; d < p.ndim; ++d) {
      const int64_t outer = rest / p.dims[d].out;
      const int64_t at = pad::source(p.mode, p.dims[d], rest - outer * p.dims[d].out);
      found = found && at >= 0;
      from += at * stride;
      stride *= p.dims[d].in;
      rest = outer;
    }
    T value = *reinterpret_cast<const T*>(p.value.bytes);
    if (found) value = reinterpret_cast<const T*>(p.in)[from];
    reinterpret_cast<T*>(p.out)[i] = value;
  }
}

// A sum of elements, kept wide and rounded once.
template <class T>
struct Sum {
  using Wide = std::conditional_t<kIsSmallFloat<T>, float, T>;
  Wide total{};
  VT_DEVICE void add(T value) {
    if constexpr (kIsComplex<T>) {
      total = {total.real + value.real, total.imag + value.imag};
    } else if constexpr (kIsSmallFloat<T>) {
      total += widen(value);
    } else {
      total += value;
    }
  }
  VT_DEVICE T result() const {
    if constexpr (kIsSmallFloat<T>) {
      return narrow<T>(total);
    } else {
      return total;
    }
  }
};

template <class Body>
VT_DEVICE void each_position(const pad::Run (&runs)[3], Body&& body) {
  for (const pad::Run& run : runs)
    for (int64_t o = run.begin; o < run.end; ++o) body(o);
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) pad_fold(const __grid_constant__ PadFoldParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  pad::Run runs[3][3];
  int64_t rest = i;
  for (int d = 2; d >= 0; --d) {
    const int64_t outer = rest / p.dims[d].in;
    pad::targets(p.mode, p.dims[d], rest - outer * p.dims[d].in, runs[d]);
    rest = outer;
  }
  Sum<T> sum;
  each_position(runs[0], [&](int64_t d) {
    each_position(runs[1], [&](int64_t h) {
      const T* row = static_cast<const T*>(p.grad) + ((rest * p.dims[0].out + d) * p.dims[1].out + h) * p.dims[2].out;
      each_position(runs[2], [&](int64_t w) { sum.add(row[w]); });
    });
  });
  static_cast<T*>(p.out)[i] = sum.result();
}

}  // namespace

const void* pad_kernel(int64_t itemsize) noexcept {
  switch (itemsize) {
    case 1: return reinterpret_cast<const void*>(&padded<uint8_t>);
    case 2: return reinterpret_cast<const void*>(&padded<uint16_t>);
    case 4: return reinterpret_cast<const void*>(&padded<uint32_t>);
    case 8: return reinterpret_cast<const void*>(&padded<uint64_t>);
    default: return reinterpret_cast<const void*>(&padded<Unit16>);
  }
}

const void* pad_fold_kernel(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&pad_fold<Half>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&pad_fold<BFloat>);
    case DtypeIndex::kFloat32: return reinterpret_cast<const void*>(&pad_fold<float>);
    case DtypeIndex::kFloat64: return reinterpret_cast<const void*>(&pad_fold<double>);
    case DtypeIndex::kComplex64: return reinterpret_cast<const void*>(&pad_fold<Complex<float>>);
    case DtypeIndex::kComplex128: return reinterpret_cast<const void*>(&pad_fold<Complex<double>>);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
