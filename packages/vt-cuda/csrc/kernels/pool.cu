// SPDX-License-Identifier: Apache-2.0
// Pooling: a thread per window, and for gradients a thread per element, which adds up what the windows around it give in
// their order.
#include "pool.hpp"

#include "index.hpp"
#include "row.cuh"

namespace vt::cuda {
namespace {

struct Place {
  int64_t plane;
  int64_t at[3];
};

// The position of element i of planes whose sizes `size(axis)` gives.
template <class Size>
VT_DEVICE Place place_of(const PoolParams& p, int64_t i, Size size) {
  Place place;
#pragma unroll
  for (int d = 2; d >= 0; --d) {
    const int64_t outer = i / size(p.axes[d]);
    place.at[d] = i - outer * size(p.axes[d]);
    i = outer;
  }
  place.plane = i;
  return place;
}
struct In {
  VT_DEVICE int64_t operator()(const pool::Axis& a) const { return a.in; }
};
struct Out {
  VT_DEVICE int64_t operator()(const pool::Axis& a) const { return a.out; }
};

template <class W>
VT_DEVICE W sample_of(const PoolParams& p, int64_t plane, unsigned d) {
  if (p.samples == nullptr || d + p.rank < 3) return W{0};
  return static_cast<const W*>(p.samples)[pool::sample_place(p.rank, plane, d)];
}
// Where windows lie is computed in float unless the elements are double.
template <class T>
using Real = std::conditional_t<std::is_same_v<T, double>, double, float>;

template <class T>
VT_DEVICE Wide<T> lowest() {
  if constexpr (kIsSmallFloat<T> || std::is_floating_point_v<T>) {
    return -static_cast<Wide<T>>(INFINITY);
  } else {
    return std::is_unsigned_v<T> ? T{0} : static_cast<T>(T{1} << (8 * sizeof(T) - 1));
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) pool_max(const __grid_constant__ PoolParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const Place o = place_of(p, i, Out{});
  pool::Span spans[3];
  int64_t index = 0;
  for (unsigned d = 0; d < 3; ++d) {
    const pool::Axis& axis = p.axes[d];
    spans[d] = pool::window_of(axis, o.at[d], sample_of<Real<T>>(p, o.plane, d));
    index = index * axis.in + (spans[d].begin < axis.in ? spans[d].begin : axis.in - 1);
  }
  const T* plane = static_cast<const T*>(p.data) + o.plane * p.axes[0].in * p.axes[1].in * p.axes[2].in;
  Wide<T> best = lowest<T>();
  for (int64_t d = spans[0].begin; d < spans[0].end; d += pool::step_of(p.axes[0]))
    for (int64_t h = spans[1].begin; h < spans[1].end; h += pool::step_of(p.axes[1])) {
      const int64_t row = (d * p.axes[1].in + h) * p.axes[2].in;
      for (int64_t w = spans[2].begin; w < spans[2].end; w += pool::step_of(p.axes[2])) {
        const Wide<T> value = to_wide(plane[row + w]);
        if (value > best || value != value) {
          best = value;
          index = row + w;
        }
      }
    }
  static_cast<T*>(p.result)[i] = from_wide<T>(best);
  if (p.indices) p.indices[i] = index;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) pool_max_backward(const __grid_constant__ PoolParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const Place at = place_of(p, i, In{});
  pool::Span around[3];
  for (unsigned d = 0; d < 3; ++d)
    around[d] = pool::windows_around(p.axes[d], at.at[d], sample_of<Real<T>>(p, at.plane, d));
  const int64_t own = i - at.plane * p.axes[0].in * p.axes[1].in * p.axes[2].in;
  Wide<T> sum = 0;
  for (int64_t d = around[0].begin; d < around[0].end; ++d)
    for (int64_t h = around[1].begin; h < around[1].end; ++h)
      for (int64_t w = around[2].begin; w < around[2].end; ++w) {
        const int64_t o = ((at.plane * p.axes[0].out + d) * p.axes[1].out + h) * p.axes[2].out + w;
        if (p.indices[o] == own) sum += to_wide(static_cast<const T*>(p.data)[o]);
      }
  static_cast<T*>(p.result)[i] = from_wide<T>(sum);
}

// What the sum over the window at (d, h, w) is divided by.
VT_DEVICE int64_t divisor_of(const PoolParams& p, int64_t d, int64_t h, int64_t w) {
  if (p.divisor != 0) return p.divisor;
  return pool::count_of(p.axes[0], d, p.with_padding) * pool::count_of(p.axes[1], h, p.with_padding) *
         pool::count_of(p.axes[2], w, p.with_padding);
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) pool_mean(const __grid_constant__ PoolParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const Place o = place_of(p, i, Out{});
  pool::Span spans[3];
  for (int d = 0; d < 3; ++d) spans[d] = pool::window_of(p.axes[d], o.at[d], 0.0f);
  const T* plane = static_cast<const T*>(p.data) + o.plane * p.axes[0].in * p.axes[1].in * p.axes[2].in;
  Wide<T> sum = 0;
  for (int64_t d = spans[0].begin; d < spans[0].end; ++d)
    for (int64_t h = spans[1].begin; h < spans[1].end; ++h) {
      const T* row = plane + (d * p.axes[1].in + h) * p.axes[2].in;
      for (int64_t w = spans[2].begin; w < spans[2].end; ++w) sum += to_wide(row[w]);
    }
  static_cast<T*>(p.result)[i] = from_wide<T>(sum / static_cast<Wide<T>>(divisor_of(p, o.at[0], o.at[1], o.at[2])));
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) pool_mean_backward(const __grid_constant__ PoolParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const Place at = place_of(p, i, In{});
  pool::Span around[3];
  for (int d = 0; d < 3; ++d) around[d] = pool::windows_around(p.axes[d], at.at[d], 0.0f);
  Wide<T> sum = 0;
  for (int64_t d = around[0].begin; d < around[0].end; ++d)
    for (int64_t h = around[1].begin; h < around[1].end; ++h)
      for (int64_t w = around[2].begin; w < around[2].end; ++w) {
        const int64_t o = ((at.plane * p.axes[0].out + d) * p.axes[1].out + h) * p.axes[2].out + w;
        sum += to_wide(static_cast<const T*>(p.data)[o]) / static_cast<Wide<T>>(divisor_of(p, d, h, w));
      }
  static_cast<T*>(p.result)[i] = from_wide<T>(sum);
}

__global__ void __launch_bounds__(kBlockThreads) unpool_link(const __grid_constant__ UnpoolParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const int64_t plane = i / p.per_plane;
  const int64_t index = p.indices[i];
  if (index < 0 || index >= p.volume) {
    if (atomicCAS(&p.record->is_set, 0u, 1u) != 0u) return;
    p.record->op = IndexOp::kMaxUnpool;
    p.record->index = index;
    p.record->dim = 0;
    p.record->size = p.volume;
    return;
  }
  atomicMax(p.last + plane * p.volume + index, static_cast<unsigned long long>(i - plane * p.per_plane + 1));
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) unpool(const __grid_constant__ UnpoolParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const auto last = static_cast<int64_t>(p.last[i]);
  T value{};
  if (last > 0) value = static_cast<const T*>(p.values)[i / p.volume * p.per_plane + last - 1];
  static_cast<T*>(p.result)[i] = value;
}

struct PoolMaxOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&pool_max<T>);
  }
};
struct PoolMaxBackwardOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&pool_max_backward<T>);
  }
};
struct PoolMeanOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&pool_mean<T>);
  }
};
struct PoolMeanBackwardOf {
  template <class T>
  const void* operator()() const noexcept {
    return reinterpret_cast<const void*>(&pool_mean_backward<T>);
  }
};

}  // namespace

const void* pool_max_kernel(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kUInt8: return reinterpret_cast<const void*>(&pool_max<uint8_t>);
    case DtypeIndex::kInt8: return reinterpret_cast<const void*>(&pool_max<int8_t>);
    case DtypeIndex::kInt16: return reinterpret_cast<const void*>(&pool_max<int16_t>);
    case DtypeIndex::kInt32: return reinterpret_cast<const void*>(&pool_max<int32_t>);
    case DtypeIndex::kInt64: return reinterpret_cast<const void*>(&pool_max<int64_t>);
    default: return row_kernel(dtype, PoolMaxOf{});
  }
}
const void* pool_max_backward_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, PoolMaxBackwardOf{}); }
const void* pool_mean_kernel(DtypeIndex dtype) noexcept {
  if (dtype == DtypeIndex::kInt64) return reinterpret_cast<const void*>(&pool_mean<int64_t>);
  return row_kernel(dtype, PoolMeanOf{});
}
const void* pool_mean_backward_kernel(DtypeIndex dtype) noexcept { return row_kernel(dtype, PoolMeanBackwardOf{}); }
const void* unpool_link_kernel() noexcept { return reinterpret_cast<const void*>(&unpool_link); }
const void* unpool_kernel(int64_t itemsize) noexcept {
  if (itemsize == 2) return reinterpret_cast<const void*>(&unpool<uint16_t>);
  return itemsize == 4 ? reinterpret_cast<const void*>(&unpool<uint32_t>)
                       : reinterpret_cast<const void*>(&unpool<uint64_t>);
}

}  // namespace vt::cuda
