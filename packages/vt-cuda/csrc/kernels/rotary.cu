// SPDX-License-Identifier: Apache-2.0
// rotary_embedding: pairs turned by their angles.
#include "rotary.hpp"

#include "row.cuh"

namespace vt::cuda {
namespace {

template <class T, class Index>
__global__ void __launch_bounds__(kBlockThreads) rotary(const __grid_constant__ RotaryKernel<Index> p) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  constexpr int kNum = kPack<T>;
  const int64_t number = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (number >= p.num) return;
  auto row = static_cast<Index>(number);
  const int64_t at = static_cast<int64_t>(p.packs.split(row)) * kNum;
  Index offsets[4];
  p.rows.offsets(row, offsets);
  const T* x = static_cast<const T*>(p.x) + offsets[0];
  T* out = static_cast<T*>(p.out) + offsets[1];
  // Everything is loaded before the first is looked at: a thread waits for memory once.
  const int64_t size = 2 * p.half;
  const int64_t begins[] = {p.interleaved ? 2 * at : at, p.interleaved ? 2 * at + kNum : p.half + at};
  const int64_t ends[] = {p.interleaved ? size : p.half, size};
  const auto a = load_pack<T, kNum>(x, begins[0], ends[0], p.vectors);
  const auto b = load_pack<T, kNum>(x, begins[1], ends[1], p.vectors);
  const auto cos = load_pack<W, kNum>(static_cast<const W*>(p.cos) + offsets[2], at, p.half, p.vectors);
  auto sin = load_pack<W, kNum>(static_cast<const W*>(p.sin) + offsets[3], at, p.half, p.vectors);
  if (p.inverse)
#pragma unroll
    for (int k = 0; k < kNum; ++k) sin[k] = -sin[k];

  Array<W, kNum> first;
  Array<W, kNum> second;
  if (p.interleaved) {
    const auto turn = [&](const Array<W, kNum>& pack, Array<W, kNum>& turned, int part) {
#pragma unroll
      for (int k = 0; k < kNum; k += 2) {
        const W c = cos[(part * kNum + k) / 2];
        const W s = sin[(part * kNum + k) / 2];
        turned[k] = pack[k] * c - pack[k + 1] * s;
        turned[k + 1] = pack[k + 1] * c + pack[k] * s;
      }
    };
    turn(a, first, 0);
    turn(b, second, 1);
  } else {
#pragma unroll
    for (int k = 0; k < kNum; ++k) {
      first[k] = a[k] * cos[k] - b[k] * sin[k];
      second[k] = b[k] * cos[k] + a[k] * sin[k];
    }
  }
  store_pack<T, kNum>(out, begins[0], ends[0], p.vectors, first);
  store_pack<T, kNum>(out, begins[1], ends[1], p.vectors, second);
}

}  // namespace

const void* rotary_kernel(DtypeIndex dtype, bool wide) noexcept {
  return row_kernel(dtype, [wide]<class T>() {
    return wide ? reinterpret_cast<const void*>(&rotary<T, int64_t>)
                : reinterpret_cast<const void*>(&rotary<T, int32_t>);
  });
}

}  // namespace vt::cuda
