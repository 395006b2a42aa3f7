// SPDX-License-Identifier: Apache-2.0
// The two kernels of a list of pointwise ops, and their look-up.
#pragma once

#include "elements.cuh"
#include "pointwise.hpp"

namespace vt::cuda {

template <class T>
struct alignas(16) PointwiseVector {
  static constexpr int kNum = 16 / sizeof(T);
  T values[kNum];
};

template <class Op>
inline constexpr bool kHasTwoInputs =
    requires(float x, pointwise::Parameters p) { Op::of(x, x, p); } || requires(float x) { Op::of(x, x); };

template <class T>
VT_DEVICE float to_float(T v) {
  if constexpr (std::is_same_v<T, float>) {
    return v;
  } else {
    return widen(v);
  }
}
template <class T>
VT_DEVICE T from_float(float v) {
  if constexpr (std::is_same_v<T, float>) {
    return v;
  } else {
    return narrow<T>(v);
  }
}
// Half types are rounded two at a time.
template <class T>
VT_DEVICE PointwiseVector<T> from_floats(const float (&values)[PointwiseVector<T>::kNum]) {
  PointwiseVector<T> out;
  if constexpr (std::is_same_v<T, float>) {
    memcpy(&out, values, sizeof out);
  } else {
#pragma unroll
    for (int k = 0; k < PointwiseVector<T>::kNum; k += 2) {
      if constexpr (std::is_same_v<T, Half>) {
        const __half2 pair = __floats2half2_rn(values[k], values[k + 1]);
        memcpy(out.values + k, &pair, sizeof pair);
      } else {
        const __nv_bfloat162 pair = __floats2bfloat162_rn(values[k], values[k + 1]);
        memcpy(out.values + k, &pair, sizeof pair);
      }
    }
  }
  return out;
}

// The formula of an op for dense elements of a half type: its own unless a family has another.
template <class Op>
struct HalfForm : Op {};
template <class Op, class T>
using FormOf = std::conditional_t<std::is_same_v<T, float>, Op, HalfForm<Op>>;

template <class Op, class T>
__global__ void __launch_bounds__(kBlockThreads) pointwise_dense(const __grid_constant__ PointwiseDense p) {
  wait_for_previous_kernel();
  using Form = FormOf<Op, T>;
  constexpr int kNum = PointwiseVector<T>::kNum;
  const T* a = static_cast<const T*>(p.a);
  const T* b = static_cast<const T*>(p.b);
  T* out = static_cast<T*>(p.out);
  const int64_t at = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if ((at + 1) * kNum <= p.num) {
    const PointwiseVector<T> x = reinterpret_cast<const PointwiseVector<T>*>(a)[at];
    PointwiseVector<T> y;
    if constexpr (kHasTwoInputs<Op>) y = reinterpret_cast<const PointwiseVector<T>*>(b)[at];
    float r[kNum];
#pragma unroll
    for (int k = 0; k < kNum; ++k) {
      float second = 0;
      if constexpr (kHasTwoInputs<Op>) second = to_float(y.values[k]);
      r[k] = pointwise::element<Form>(to_float(x.values[k]), second, p.parameters);
    }
    reinterpret_cast<PointwiseVector<T>*>(out)[at] = from_floats<T>(r);
  } else {
    for (int64_t i = at * kNum; i < p.num; ++i) {
      float second = 0;
      if constexpr (kHasTwoInputs<Op>) second = to_float(b[i]);
      out[i] = from_float<T>(pointwise::element<Form>(to_float(a[i]), second, p.parameters));
    }
  }
}

// The type that a kernel holds elements of W in while it converts them.
template <class W>
using Held = std::conditional_t<std::is_same_v<W, bool>, Bool, W>;

template <class W>
VT_DEVICE W load_computed(const char* at, DtypeIndex dtype) {
  using T = Held<W>;
  if constexpr (std::is_same_v<W, bool>) {
    return convert<T>(load_any(at, dtype)).bits != 0;
  } else {
    if (dtype == kIndexOf<T>) return *reinterpret_cast<const T*>(at);
    return convert<T>(load_any(at, dtype));
  }
}

template <class T>
VT_DEVICE Number result_number(T v) {
  if constexpr (std::is_same_v<T, bool>) {
    return number_of(Bool{static_cast<uint8_t>(v)});
  } else {
    return number_of(v);
  }
}

// The element of the op that counts `op` in the list.
template <class W, class... Ops>
VT_DEVICE Number element_of(pointwise::OpList<Ops...>, int32_t op, W x, W y, const pointwise::Parameters& parameters) {
  Number r{};
  int32_t index = 0;
  const auto visit = [&]<class Op>(Op) {
    if constexpr (pointwise::kComputesIn<Op, W>)
      if (op == index) r = result_number(pointwise::element<Op>(x, y, parameters));
    ++index;
  };
  (visit(Ops{}), ...);
  return r;
}

template <class List, class W, class Index>
__global__ void __launch_bounds__(kBlockThreads) pointwise_strided(const __grid_constant__ PointwiseStrided<Index> p) {
  wait_for_previous_kernel();
  const int64_t first = static_cast<int64_t>(blockIdx.x) * kBlockThreads * kStridedElementsPerThread + threadIdx.x;
  for (int e = 0; e < kStridedElementsPerThread; ++e) {
    const int64_t i = first + e * kBlockThreads;
    if (i >= p.num) return;
    Index at[3];
    p.walk.offsets(static_cast<Index>(i), at);
    const W x = load_computed<W>(p.a + at[1], p.a_dtype);
    const W y = load_computed<W>(p.b + at[2], p.b_dtype);
    store_any(p.out + at[0], p.out_dtype, element_of(List{}, p.op, x, y, p.parameters));
  }
}

template <class List>
const void* dense_kernel_of(size_t op, DtypeIndex dtype) noexcept {
  const void* kernel = nullptr;
  List::for_each([&]<class Op, size_t kOp>() {
    if constexpr (pointwise::kComputesIn<Op, float> && Op::kComputes != pointwise::Computes::kPredicate) {
      if (op != kOp) return;
      if (dtype == DtypeIndex::kFloat16) kernel = reinterpret_cast<const void*>(&pointwise_dense<Op, Half>);
      if (dtype == DtypeIndex::kBFloat16) kernel = reinterpret_cast<const void*>(&pointwise_dense<Op, BFloat>);
      if (dtype == DtypeIndex::kFloat32) kernel = reinterpret_cast<const void*>(&pointwise_dense<Op, float>);
    }
  });
  return kernel;
}

template <class List, class W>
const void* strided_kernel_of(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&pointwise_strided<List, W, int64_t>)
              : reinterpret_cast<const void*>(&pointwise_strided<List, W, int32_t>);
}

}  // namespace vt::cuda
