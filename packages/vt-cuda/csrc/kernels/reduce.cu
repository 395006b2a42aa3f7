// SPDX-License-Identifier: Apache-2.0
// sum: one block of threads for some outputs and a slice of their elements (Note [Sums] in params.hpp).
#include "elements.cuh"

namespace vt::cuda {
namespace {

// What a sum is gathered in.
struct IntegerSum {
  uint64_t total = 0;
  VT_DEVICE void add(const Number& n) { total += static_cast<uint64_t>(n.integer); }
  VT_DEVICE void add(const IntegerSum& other) { total += other.total; }
  VT_DEVICE Number number() const { return {Number::kSigned, static_cast<int64_t>(total), 0, 0}; }
};

struct RealSum {
  double total = 0;
  VT_DEVICE void add(const Number& n) { total += n.real; }
  VT_DEVICE void add(const RealSum& other) { total += other.total; }
  VT_DEVICE double value() const { return total; }
  VT_DEVICE Number number() const { return {Number::kReal, 0, total, 0}; }
};

// Keeps what each addition rounds off (Knuth's two-sum). That counts only while the total is finite: beyond, it is NaN.
struct ExactSum {
  double total = 0;
  double lost = 0;
  VT_DEVICE void add(double v) {
    const double sum = total + v;
    const double shadow = sum - total;
    lost += (total - (sum - shadow)) + (v - shadow);
    total = sum;
  }
  VT_DEVICE void add(const Number& n) { add(n.real); }
  VT_DEVICE void add(const ExactSum& other) {
    add(other.total);
    lost += other.lost;
  }
  VT_DEVICE double value() const { return total - total == 0 ? total + lost : total; }
  VT_DEVICE Number number() const { return {Number::kReal, 0, value(), 0}; }
};

template <class Part>
struct ComplexSum {
  Part real;
  Part imag;
  VT_DEVICE void add(const Number& n) {
    real.add(Number{Number::kReal, 0, n.real, 0});
    imag.add(Number{Number::kReal, 0, n.imag, 0});
  }
  VT_DEVICE void add(const ComplexSum& other) {
    real.add(other.real);
    imag.add(other.imag);
  }
  VT_DEVICE Number number() const { return {Number::kComplexPair, 0, real.value(), imag.value()}; }
};

// Any dtype, cast to the element dtype first; known at run time only.
struct AnyElement {};

template <class T>
struct alignas(16) Vector {
  static constexpr int kNum = 16 / sizeof(T);
  T values[kNum];
};

template <class Src, class Sum, class Index>
VT_DEVICE void add_element(Sum& sum, const char* at, const SumParams<Index>& p) {
  if constexpr (std::is_same_v<Src, AnyElement>) {
    Number n = load_any(at, p.in_dtype);
    if (p.in_dtype != p.element_dtype) n = round_to(p.element_dtype, n);
    sum.add(n);
  } else {
    sum.add(number_of(*reinterpret_cast<const Src*>(at)));
  }
}

// Adds the lane's part of the slice.
template <class Src, class Sum, class Index>
VT_DEVICE Sum sum_lane(const SumParams<Index>& p, const char* base, int lane, int lanes) {
  const int64_t begin = blockIdx.y * p.slice;
  const int64_t end = begin + p.slice < p.num_reduced ? begin + p.slice : p.num_reduced;
  Sum sum{};
  if constexpr (!std::is_same_v<Src, AnyElement>) {
    if (p.vectors) {
      constexpr int kNum = Vector<Src>::kNum;
      const auto* row = reinterpret_cast<const Src*>(base);
      int64_t i = begin + static_cast<int64_t>(lane) * kNum;
      Sum second{};
      for (; i + kNum + static_cast<int64_t>(lanes) * kNum <= end; i += 2 * static_cast<int64_t>(lanes) * kNum) {
        const auto x = *reinterpret_cast<const Vector<Src>*>(row + i);
        const auto y = *reinterpret_cast<const Vector<Src>*>(row + i + static_cast<int64_t>(lanes) * kNum);
#pragma unroll
        for (int k = 0; k < kNum; ++k) {
          sum.add(number_of(x.values[k]));
          second.add(number_of(y.values[k]));
        }
      }
      for (; i < end; i += static_cast<int64_t>(lanes) * kNum)
        for (int k = 0; k < kNum && i + k < end; ++k) sum.add(number_of(row[i + k]));
      sum.add(second);
      return sum;
    }
  }
#pragma unroll 4
  for (int64_t i = begin + lane; i < end; i += lanes) {
    Index at[1];
    p.reduced.offsets(static_cast<Index>(i), at);
    add_element<Src>(sum, base + at[0], p);
  }
  return sum;
}

template <class Src, class Sum, class Index>
__global__ void __launch_bounds__(kBlockThreads) sum_slices(const __grid_constant__ SumParams<Index> p) {
  alignas(16) __shared__ unsigned char memory[kBlockThreads * sizeof(Sum)];
  auto* shared = reinterpret_cast<Sum*>(memory);
  const int outputs = 1 << p.outputs_log2;
  const int lanes = kBlockThreads >> p.outputs_log2;
  const int thread = static_cast<int>(threadIdx.x);
  const int local = p.columns ? thread & (outputs - 1) : thread / lanes;
  const int lane = p.columns ? thread >> p.outputs_log2 : thread & (lanes - 1);
  const int64_t output = static_cast<int64_t>(blockIdx.x) * outputs + local;
  Index at[2] = {0, 0};
  Sum sum{};
  if (output < p.num_outputs) {
    p.kept.offsets(static_cast<Index>(output), at);
    sum = sum_lane<Src, Sum>(p, p.in + at[0], lane, lanes);
  }
  const int stride = p.columns ? outputs : 1;
  const int first = p.columns ? local : local * lanes;
  shared[first + lane * stride] = sum;
  for (int half = lanes / 2; half > 0; half /= 2) {
    __syncthreads();
    if (lane < half) {
      sum.add(shared[first + (lane + half) * stride]);
      shared[first + lane * stride] = sum;
    }
  }
  if (lane != 0 || output >= p.num_outputs) return;
  if (p.num_slices > 1) {
    static_cast<Sum*>(p.partials)[blockIdx.y * p.num_outputs + output] = sum;
  } else {
    store_any(p.out + at[1], p.out_dtype, sum.number());
  }
}

template <class Sum>
__global__ void __launch_bounds__(kBlockThreads) sum_finish(const __grid_constant__ SumFinish p) {
  alignas(16) __shared__ unsigned char memory[kBlockThreads * sizeof(Sum)];
  auto* shared = reinterpret_cast<Sum*>(memory);
  const int thread = static_cast<int>(threadIdx.x);
  const int lane = thread % kFinishLanes;
  const int64_t output = static_cast<int64_t>(blockIdx.x) * (kBlockThreads / kFinishLanes) + thread / kFinishLanes;
  const Sum* partials = static_cast<const Sum*>(p.partials);
  Sum sum{};
  if (output < p.num_outputs)
    for (int64_t slice = lane; slice < p.num_slices; slice += kFinishLanes)
      sum.add(partials[slice * p.num_outputs + output]);
  shared[thread] = sum;
  for (int half = kFinishLanes / 2; half > 0; half /= 2) {
    __syncthreads();
    if (lane < half) {
      sum.add(shared[thread + half]);
      shared[thread] = sum;
    }
  }
  if (lane != 0 || output >= p.num_outputs) return;
  int64_t at[2];
  p.kept.offsets(output, at);
  store_any(p.out + at[1], p.out_dtype, sum.number());
}

template <class Src, class Sum>
const void* slices(bool wide) noexcept {
  return wide ? reinterpret_cast<const void*>(&sum_slices<Src, Sum, int64_t>)
              : reinterpret_cast<const void*>(&sum_slices<Src, Sum, int32_t>);
}

// The sum type of an element dtype.
template <class Visit>
auto visit_sum(DtypeIndex element, Visit&& visit) {
  switch (element) {
    case DtypeIndex::kFloat8E4M3:
    case DtypeIndex::kFloat8E5M2:
    case DtypeIndex::kFloat16:
    case DtypeIndex::kBFloat16:
    case DtypeIndex::kFloat32: return visit(std::type_identity<RealSum>{});
    case DtypeIndex::kFloat64: return visit(std::type_identity<ExactSum>{});
    case DtypeIndex::kComplex64: return visit(std::type_identity<ComplexSum<RealSum>>{});
    case DtypeIndex::kComplex128: return visit(std::type_identity<ComplexSum<ExactSum>>{});
    default: return visit(std::type_identity<IntegerSum>{});
  }
}

}  // namespace

const void* sum_kernel(DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  if (in == element) switch (in) {
      case DtypeIndex::kFloat16: return slices<Half, RealSum>(wide);
      case DtypeIndex::kBFloat16: return slices<BFloat, RealSum>(wide);
      case DtypeIndex::kFloat32: return slices<float, RealSum>(wide);
      case DtypeIndex::kFloat64: return slices<double, ExactSum>(wide);
      case DtypeIndex::kComplex64: return slices<Complex<float>, ComplexSum<RealSum>>(wide);
      case DtypeIndex::kComplex128: return slices<Complex<double>, ComplexSum<ExactSum>>(wide);
      case DtypeIndex::kInt64: return slices<int64_t, IntegerSum>(wide);
      case DtypeIndex::kInt32: return slices<int32_t, IntegerSum>(wide);
      default: break;
    }
  return visit_sum(element, [wide]<class Sum>(std::type_identity<Sum>) { return slices<AnyElement, Sum>(wide); });
}

const void* sum_finish_kernel(DtypeIndex element) noexcept {
  return visit_sum(element,
                   []<class Sum>(std::type_identity<Sum>) { return reinterpret_cast<const void*>(&sum_finish<Sum>); });
}

int64_t sum_partial_bytes(DtypeIndex element) noexcept {
  return visit_sum(element, []<class Sum>(std::type_identity<Sum>) { return static_cast<int64_t>(sizeof(Sum)); });
}

}  // namespace vt::cuda
