// SPDX-License-Identifier: Apache-2.0
// Kernels of the optim family: Note [Many tensors].
#include "elements.cuh"
#include "optim.hpp"

namespace vt::cuda {
namespace {

using optim::Momentum;

template <class T>
struct alignas(16) Pack {
  static constexpr int kElements = 16 / sizeof(T);
  T element[kElements];
};

template <class T>
struct WideOf {
  using Type = float;
};
template <>
struct WideOf<double> {
  using Type = double;
};
template <class T>
using Wide = typename WideOf<T>::Type;

template <class T>
VT_DEVICE Wide<T> raised(T v) {
  if constexpr (kIsSmallFloat<T>) {
    return widen(v);
  } else {
    return v;
  }
}
template <class T>
VT_DEVICE T rounded(Wide<T> v) {
  if constexpr (kIsSmallFloat<T>) {
    return narrow<T>(v);
  } else {
    return v;
  }
}

// The tensor of this block.
template <int kLists>
VT_DEVICE int tensor_of_block(const TensorTable<kLists>& t) {
  int low = 0;
  int high = t.count;
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    if (t.first_block[middle] <= blockIdx.x) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

// Calls body(packs, n) for packs of n elements of this block's chunk and stores those of the lists in kWritten.
template <class T, int kLists, unsigned kWritten, class Body>
VT_DEVICE void for_each_pack(const TensorTable<kLists>& t, Body&& body) {
  constexpr int kElements = Pack<T>::kElements;
  const int i = tensor_of_block(t);
  const int64_t begin = static_cast<int64_t>(blockIdx.x - t.first_block[i]) * kStepChunk;
  const int64_t rest = t.num[i] - begin;
  const int n = static_cast<int>(rest < kStepChunk ? rest : kStepChunk);
  T* list[kLists];
  bool aligned = true;
  for (int k = 0; k < kLists; ++k) {
    list[k] = reinterpret_cast<T*>(t.data[k][i]) + begin;
    aligned = aligned && reinterpret_cast<uintptr_t>(list[k]) % 16 == 0;
  }
  for (int at = static_cast<int>(threadIdx.x) * kElements; at < n; at += kBlockThreads * kElements) {
    Pack<T> packs[kLists];
    const int count = n - at < kElements ? n - at : kElements;
    const bool whole = aligned && count == kElements;
    for (int k = 0; k < kLists; ++k) {
      if (whole) {
        packs[k] = *reinterpret_cast<const Pack<T>*>(list[k] + at);
      } else {
        for (int e = 0; e < count; ++e) packs[k].element[e] = list[k][at + e];
      }
    }
    body(packs, count);
    for (int k = 0; k < kLists; ++k) {
      if (!(kWritten >> k & 1)) continue;
      if (whole) {
        *reinterpret_cast<Pack<T>*>(list[k] + at) = packs[k];
      } else {
        for (int e = 0; e < count; ++e) list[k][at + e] = packs[k].element[e];
      }
    }
  }
}

VT_DEVICE double read_number(const DeviceNumber& n) {
  return n.data == nullptr ? n.value : convert<double>(load_any(n.data, n.dtype));
}

template <class T, bool kDecay>
VT_DEVICE void sgd_by_kind(Momentum kind, Wide<T>& p, Wide<T> g, Wide<T>& b, const optim::SgdScalars& s) {
  using W = Wide<T>;
  const auto sign = static_cast<W>(s.sign), decay = static_cast<W>(s.decay), momentum = static_cast<W>(s.momentum),
             gain = static_cast<W>(s.gain), lr = static_cast<W>(s.lr);
  switch (kind) {
    case Momentum::kNone: return optim::sgd_element<Momentum::kNone, kDecay>(p, g, b, sign, decay, momentum, gain, lr);
    case Momentum::kFirst:
      return optim::sgd_element<Momentum::kFirst, kDecay>(p, g, b, sign, decay, momentum, gain, lr);
    case Momentum::kPlain:
      return optim::sgd_element<Momentum::kPlain, kDecay>(p, g, b, sign, decay, momentum, gain, lr);
    case Momentum::kNesterov:
      return optim::sgd_element<Momentum::kNesterov, kDecay>(p, g, b, sign, decay, momentum, gain, lr);
    case Momentum::kFirstNesterov:
      return optim::sgd_element<Momentum::kFirstNesterov, kDecay>(p, g, b, sign, decay, momentum, gain, lr);
  }
}

template <class T, int kLists>
__global__ void __launch_bounds__(kBlockThreads) sgd(const __grid_constant__ SgdTensors<kLists> s) {
  wait_for_previous_kernel();
  constexpr unsigned kWritten = kLists == 3 ? 0b101 : 0b001;
  optim::SgdScalars scalars = s.scalars;
  scalars.lr = read_number(s.lr);
  for_each_pack<T, kLists, kWritten>(s.tensors, [&](Pack<T>(&packs)[kLists], int count) {
    for (int e = 0; e < count; ++e) {
      Wide<T> p = raised(packs[0].element[e]);
      const Wide<T> g = raised(packs[1].element[e]);
      Wide<T> b{};
      if constexpr (kLists == 3) b = raised(packs[2].element[e]);
      if (s.decay) {
        sgd_by_kind<T, true>(s.kind, p, g, b, scalars);
      } else {
        sgd_by_kind<T, false>(s.kind, p, g, b, scalars);
      }
      packs[0].element[e] = rounded<T>(p);
      if constexpr (kLists == 3) packs[2].element[e] = rounded<T>(b);
    }
  });
}

template <class T, int kLists>
__global__ void __launch_bounds__(kBlockThreads) adam(const __grid_constant__ AdamTensors<kLists> s) {
  wait_for_previous_kernel();
  constexpr bool kMaximum = kLists == 5;
  // Powers of double numbers: by one thread, or they would take as long as the memory does.
  __shared__ optim::AdamScalars scalars;
  if (threadIdx.x == 0) scalars = optim::adam_scalars(s.rule, read_number(s.lr), read_number(s.step));
  __syncthreads();
  const optim::AdamConstants<Wide<T>> c(scalars);
  for_each_pack<T, kLists, 0b11101>(s.tensors, [&](Pack<T>(&packs)[kLists], int count) {
    for (int e = 0; e < count; ++e) {
      Wide<T> p = raised(packs[0].element[e]), m = raised(packs[2].element[e]), v = raised(packs[3].element[e]);
      const Wide<T> g = raised(packs[1].element[e]);
      Wide<T> largest{};
      if constexpr (kMaximum) largest = raised(packs[4].element[e]);
      if (s.decay) {
        optim::adam_element<true, kMaximum>(p, g, m, v, largest, c);
      } else {
        optim::adam_element<false, kMaximum>(p, g, m, v, largest, c);
      }
      packs[0].element[e] = rounded<T>(p);
      packs[2].element[e] = rounded<T>(m);
      packs[3].element[e] = rounded<T>(v);
      if constexpr (kMaximum) packs[4].element[e] = rounded<T>(largest);
    }
  });
}

// The factor that all elements are multiplied by.
VT_DEVICE double factor_of(const EachTensor& s) {
  if (s.kind == EachKind::kScale) return s.factor;
  const double number = convert<double>(load_any(s.number, s.number_dtype));
  if (s.kind == EachKind::kScaleBy) return number;
  return s.number_dtype == DtypeIndex::kFloat64
             ? optim::clip_factor(number, s.factor)
             : optim::clip_factor(static_cast<float>(number), static_cast<float>(s.factor));
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) each(const __grid_constant__ EachTensor s) {
  wait_for_previous_kernel();
  using W = Wide<T>;
  if (s.kind == EachKind::kClamp) {
    for_each_pack<T, 1, 1>(s.tensors, [&](Pack<T>(&packs)[1], int count) {
      for (int e = 0; e < count; ++e)
        packs[0].element[e] = rounded<T>(optim::clamped(raised(packs[0].element[e]), s.has_low, static_cast<W>(s.low),
                                                        s.has_high, static_cast<W>(s.high)));
    });
    return;
  }
  const double factor = factor_of(s);
  if (s.kind == EachKind::kClip && factor == 1) return;
  for_each_pack<T, 1, 1>(s.tensors, [&](Pack<T>(&packs)[1], int count) {
    for (int e = 0; e < count; ++e)
      packs[0].element[e] = rounded<T>(raised(packs[0].element[e]) * static_cast<W>(factor));
  });
}

// Tensors as bytes.
__global__ void __launch_bounds__(kBlockThreads) zero(const __grid_constant__ EachTensor s) {
  wait_for_previous_kernel();
  for_each_pack<uint8_t, 1, 1>(s.tensors, [&](Pack<uint8_t>(&packs)[1], int) { packs[0] = {}; });
}

template <NormKind Kind>
VT_DEVICE double joined(double a, double b) {
  return optim::norm_join<Kind>(a, b);
}
// Joins the threads' parts in a fixed order; thread 0 has the result, the others what they have joined.
template <NormKind Kind>
VT_DEVICE double join_block(double part) {
  __shared__ double parts[kBlockThreads];
  parts[threadIdx.x] = part;
  for (unsigned half = kBlockThreads / 2; half > 0; half /= 2) {
    __syncthreads();
    if (threadIdx.x < half) parts[threadIdx.x] = joined<Kind>(parts[threadIdx.x], parts[threadIdx.x + half]);
  }
  return parts[threadIdx.x];
}

template <NormKind Kind, class T>
VT_DEVICE double norm_of_block(const TotalNormTensors& s) {
  double part = optim::norm_start<Kind>();
  for_each_pack<T, 1, 0>(s.tensors, [&](Pack<T>(&packs)[1], int count) {
    for (int e = 0; e < count; ++e) {
      const auto x = static_cast<double>(raised(packs[0].element[e]));
      if constexpr (Kind == NormKind::kPowers) {
        part += pow(x < 0 ? -x : x, s.power);
      } else {
        part = optim::norm_add<Kind>(part, x);
      }
    }
  });
  return join_block<Kind>(part);
}

template <NormKind Kind>
VT_DEVICE double norm_of_partials(const TotalNormFinish& s) {
  double part = optim::norm_start<Kind>();
  for (int64_t i = threadIdx.x; i < s.num; i += kBlockThreads) part = joined<Kind>(part, s.partials[i]);
  const double total = join_block<Kind>(part);
  if constexpr (Kind == NormKind::kSquares) return optim::square_root(total);
  if constexpr (Kind == NormKind::kPowers) return pow(total, 1 / s.power);
  return total;
}

// Calls visit.operator()<Kind>() for a kind.
template <class Visit>
VT_DEVICE double visit_kind(NormKind kind, Visit&& visit) {
  switch (kind) {
    case NormKind::kSquares: return visit.template operator()<NormKind::kSquares>();
    case NormKind::kMagnitudes: return visit.template operator()<NormKind::kMagnitudes>();
    case NormKind::kLargest: return visit.template operator()<NormKind::kLargest>();
    case NormKind::kSmallest: return visit.template operator()<NormKind::kSmallest>();
    case NormKind::kCount: return visit.template operator()<NormKind::kCount>();
    default: return visit.template operator()<NormKind::kPowers>();
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) norm(const __grid_constant__ TotalNormTensors s) {
  wait_for_previous_kernel();
  const double part = visit_kind(s.kind, [&]<NormKind Kind>() { return norm_of_block<Kind, T>(s); });
  if (threadIdx.x == 0) s.partials[s.first + blockIdx.x] = part;
}

__global__ void __launch_bounds__(kBlockThreads) norm_finish(const __grid_constant__ TotalNormFinish s) {
  wait_for_previous_kernel();
  const double total = visit_kind(s.kind, [&]<NormKind Kind>() { return norm_of_partials<Kind>(s); });
  if (threadIdx.x == 0) store_any(s.out, s.out_dtype, {Number::kReal, 0, total, 0});
}

// Calls pick.operator()<T>() for the dtypes that steps are made in.
template <class Pick>
const void* pick_dtype(DtypeIndex dtype, Pick&& pick) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return pick.template operator()<Half>();
    case DtypeIndex::kBFloat16: return pick.template operator()<BFloat>();
    case DtypeIndex::kFloat32: return pick.template operator()<float>();
    case DtypeIndex::kFloat64: return pick.template operator()<double>();
    default: return nullptr;
  }
}

}  // namespace

const void* sgd_kernel(int lists, DtypeIndex dtype) noexcept {
  return pick_dtype(dtype, [&]<class T>() {
    return lists == 3 ? reinterpret_cast<const void*>(&sgd<T, 3>) : reinterpret_cast<const void*>(&sgd<T, 2>);
  });
}
const void* adam_kernel(int lists, DtypeIndex dtype) noexcept {
  return pick_dtype(dtype, [&]<class T>() {
    return lists == 5 ? reinterpret_cast<const void*>(&adam<T, 5>) : reinterpret_cast<const void*>(&adam<T, 4>);
  });
}
const void* each_kernel(EachKind kind, DtypeIndex dtype) noexcept {
  if (kind == EachKind::kZero) return reinterpret_cast<const void*>(&zero);
  return pick_dtype(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&each<T>); });
}
const void* total_norm_kernel(DtypeIndex dtype) noexcept {
  return pick_dtype(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&norm<T>); });
}
const void* total_norm_finish_kernel() noexcept { return reinterpret_cast<const void*>(&norm_finish); }

}  // namespace vt::cuda
