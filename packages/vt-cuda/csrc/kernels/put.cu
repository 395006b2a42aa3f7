// SPDX-License-Identifier: Apache-2.0
// Kernels that write and add at indices.
#include "put.hpp"

#include <array>

#include "fold_rows.cuh"
#include "row.cuh"

namespace vt::cuda {
namespace {

constexpr int kValuesAhead = 8;  // loaded before the first is added

template <class T>
__global__ void __launch_bounds__(kBlockThreads) write_rows(const __grid_constant__ PutParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t at = i / p.num_columns;
  if (at >= p.num) return;
  const int64_t row = p.rows[at];
  if (row < 0 || (at + 1 < p.num && p.rows[at + 1] == row)) return;
  int64_t column[2];
  p.column_walk.offsets(i - at * p.num_columns, column);
  *reinterpret_cast<T*>(p.self + column[1] + row * p.row_bytes) =
      *reinterpret_cast<const T*>(p.values + column[0] + value_offset(p, at));
}

template <class W>
VT_DEVICE W plus(W a, W b) {
  if constexpr (std::is_same_v<W, Bool>) {
    return Bool{static_cast<uint8_t>((a.bits | b.bits) != 0)};
  } else if constexpr (kIsComplex<W>) {
    return {a.real + b.real, a.imag + b.imag};
  } else {
    return static_cast<W>(a + b);
  }
}

// Neighbouring elements that a thread has: one, or 16 bytes of them (before they are widened).
template <class T, int kNum>
struct alignas(kNum == 1 ? alignof(T) : 16) Few {
  T of[kNum];
};

template <class T, int kNum>
VT_DEVICE Few<T, kNum> load_few(const char* at) {
  return *reinterpret_cast<const Few<T, kNum>*>(at);
}
template <class T, int kNum>
VT_DEVICE Few<Wide<T>, kNum> widened(const Few<T, kNum>& values) {
  Few<Wide<T>, kNum> out;
#pragma unroll
  for (int k = 0; k < kNum; ++k) out.of[k] = to_wide(values.of[k]);
  return out;
}
template <class W, int kNum>
VT_DEVICE void add_to(Few<W, kNum>& sums, const Few<W, kNum>& values) {
#pragma unroll
  for (int k = 0; k < kNum; ++k) sums.of[k] = plus(sums.of[k], values.of[k]);
}
template <class T, int kNum>
VT_DEVICE void store_rounded(char* at, const Few<Wide<T>, kNum>& sums) {
  Few<T, kNum> out;
#pragma unroll
  for (int k = 0; k < kNum; ++k) out.of[k] = from_wide<T>(sums.of[k]);
  *reinterpret_cast<Few<T, kNum>*>(at) = out;
}

// The values of `num` positions from `first` on, added to the sums. They wait in whole registers.
template <class T, int kNum>
VT_DEVICE void add_values(const PutParams& p, const char* values, int32_t first, int32_t num,
                          Few<Wide<T>, kNum>& sums) {
  using Raw = std::conditional_t<kNum == 1, T, Few<uint32_t, 4>>;
  for (int32_t done = 0; done < num; done += kValuesAhead) {
    int64_t at[kValuesAhead];
    Raw ahead[kValuesAhead];
#pragma unroll
    for (int e = 0; e < kValuesAhead; ++e) at[e] = done + e < num ? value_offset(p, first + done + e) : 0;
#pragma unroll
    for (int e = 0; e < kValuesAhead; ++e)
      if (done + e < num) ahead[e] = *reinterpret_cast<const Raw*>(values + at[e]);
#pragma unroll
    for (int e = 0; e < kValuesAhead; ++e) {
      if (done + e >= num) break;
      Few<T, kNum> few;
      memcpy(&few, &ahead[e], sizeof few);
      add_to(sums, widened<T, kNum>(few));
    }
  }
}

// Sums of T: kNum neighbouring elements, kept wide.
template <class T, int kNum>
struct SumOf {
  using Held = Few<Wide<T>, kNum>;
  VT_DEVICE static Held load(const PutParams&, const char* at) { return widened<T, kNum>(load_few<T, kNum>(at)); }
  VT_DEVICE static void join(Held& held, const Held& other) { add_to(held, other); }
  VT_DEVICE static void take(const PutParams& p, const char* values, int32_t at, int32_t num, Held& held) {
    add_values<T, kNum>(p, values, at, num, held);
  }
  VT_DEVICE static void store(const PutParams&, char* at, const Held& held, int64_t) {
    store_rounded<T, kNum>(at, held);
  }
};

template <class T>
__global__ void __launch_bounds__(kBlockThreads) add_pieces(const __grid_constant__ PutParams p) {
  wait_for_previous_kernel();
  if (p.vectors) {
    fold_pieces_of_thread<SumOf<T, kPack<T>>>(p);
  } else {
    fold_pieces_of_thread<SumOf<T, 1>>(p);
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) add_partials(const __grid_constant__ PutParams p) {
  wait_for_previous_kernel();
  if (p.vectors) {
    fold_runs<SumOf<T, kPack<T>>>(p);
  } else {
    fold_runs<SumOf<T, 1>>(p);
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) scatter(const __grid_constant__ ScatterParams p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num_columns) return;
  int64_t at[3];
  p.walk.offsets(i, at);
  for (int64_t k = 0; k < p.length; ++k) {
    const int64_t index = load_index(p.index + at[2] + k * p.index_stride, p.is_int64);
    if (index < 0 || index >= p.size) {
      report(p.record, p.op, index, p.dim, p.size);
      continue;
    }
    const T value = *reinterpret_cast<const T*>(p.has_number ? reinterpret_cast<const char*>(p.number.bytes)
                                                             : p.values + at[0] + k * p.value_stride);
    T* self = reinterpret_cast<T*>(p.self + at[1] + index * p.self_stride);
    *self = p.accumulates ? from_wide<T>(plus(to_wide(*self), to_wide(value))) : value;
  }
}

template <class T>
struct AddPiecesOf {
  static constexpr auto kSymbol = &add_pieces<T>;
};
template <class T>
struct AddPartialsOf {
  static constexpr auto kSymbol = &add_partials<T>;
};
struct NoAddition {
  static constexpr void (*kSymbol)(PutParams) = nullptr;
};
template <>
struct AddPiecesOf<E4M3> : NoAddition {};
template <>
struct AddPiecesOf<E5M2> : NoAddition {};
template <>
struct AddPartialsOf<E4M3> : NoAddition {};
template <>
struct AddPartialsOf<E5M2> : NoAddition {};
template <class T>
struct ScatterOf {
  static constexpr auto kSymbol = &scatter<T>;
};

// The symbol of each dtype, in the order of DtypeIndex.
template <template <class> class Of>
inline constexpr std::array kByDtype{Of<Bool>::kSymbol,           Of<uint8_t>::kSymbol,        Of<uint16_t>::kSymbol,
                                     Of<uint32_t>::kSymbol,       Of<uint64_t>::kSymbol,       Of<int8_t>::kSymbol,
                                     Of<int16_t>::kSymbol,        Of<int32_t>::kSymbol,        Of<int64_t>::kSymbol,
                                     Of<E4M3>::kSymbol,           Of<E5M2>::kSymbol,           Of<Half>::kSymbol,
                                     Of<BFloat>::kSymbol,         Of<float>::kSymbol,          Of<double>::kSymbol,
                                     Of<Complex<float>>::kSymbol, Of<Complex<double>>::kSymbol};

}  // namespace

const void* write_rows_kernel(int64_t unit) noexcept {
  switch (unit) {
    case 1: return reinterpret_cast<const void*>(&write_rows<uint8_t>);
    case 2: return reinterpret_cast<const void*>(&write_rows<uint16_t>);
    case 4: return reinterpret_cast<const void*>(&write_rows<uint32_t>);
    case 8: return reinterpret_cast<const void*>(&write_rows<uint64_t>);
    default: return reinterpret_cast<const void*>(&write_rows<Unit16>);
  }
}

RowFoldKernels add_rows_kernels(DtypeIndex dtype) noexcept {
  const auto index = static_cast<size_t>(dtype);
  return {reinterpret_cast<const void*>(kByDtype<AddPiecesOf>[index]),
          reinterpret_cast<const void*>(kByDtype<AddPartialsOf>[index]),
          is_small_float(dtype_info(dtype).dtype) ? int64_t{4} : int64_t{dtype_info(dtype).itemsize}};
}
const void* scatter_kernel(DtypeIndex dtype) noexcept {
  return reinterpret_cast<const void*>(kByDtype<ScatterOf>[static_cast<size_t>(dtype)]);
}

}  // namespace vt::cuda
