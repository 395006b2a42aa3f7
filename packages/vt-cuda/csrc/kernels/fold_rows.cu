// SPDX-License-Identifier: Apache-2.0
// Products, means and extremes of the values for one row. Floating dtypes but double are computed in float, integers in 64
// bits.
#include "fold_rows.cuh"

#include "arithmetic.cuh"

namespace vt::cuda {
namespace {

// Types that elements are read from: one that is known, or the kind of those that are told by the parameters.
struct AnyInteger {};
struct AnyComplex {};

template <class Src>
struct Elements {
  using Wide = std::conditional_t<std::is_same_v<Src, double>, double, float>;
  VT_DEVICE static Wide load(const PutParams&, const char* at) {
    const Src element = *reinterpret_cast<const Src*>(at);
    if constexpr (kIsSmallFloat<Src>) {
      return widen(element);
    } else {
      return element;
    }
  }
  VT_DEVICE static void store(const PutParams&, char* at, Wide value) {
    if constexpr (kIsSmallFloat<Src>) {
      *reinterpret_cast<Src*>(at) = narrow<Src>(value);
    } else {
      *reinterpret_cast<Src*>(at) = value;
    }
  }
};
template <class Integer, Number::Kind kKind>
struct IntegerElements {
  using Wide = Integer;
  VT_DEVICE static Wide load(const PutParams& p, const char* at) {
    return static_cast<Wide>(load_any(at, p.dtype).integer);
  }
  VT_DEVICE static void store(const PutParams& p, char* at, Wide value) {
    store_any(at, p.dtype, Number{kKind, static_cast<int64_t>(value), 0, 0});
  }
};
template <>
struct Elements<AnyInteger> : IntegerElements<int64_t, Number::kSigned> {};
template <>
struct Elements<uint64_t> : IntegerElements<uint64_t, Number::kUnsigned> {};
template <>
struct Elements<AnyComplex> {
  using Wide = Complex<double>;
  VT_DEVICE static Wide load(const PutParams& p, const char* at) {
    const Number n = load_any(at, p.dtype);
    return {n.real, n.imag};
  }
  VT_DEVICE static void store(const PutParams& p, char* at, const Wide& value) {
    store_any(at, p.dtype, number_of(value));
  }
};

template <class W>
VT_DEVICE W product(W a, W b) {
  if constexpr (std::is_same_v<W, int64_t>) {
    return static_cast<W>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
  } else {
    return product_of(a, b);
  }
}
template <class W>
VT_DEVICE W sum(W a, W b) {
  if constexpr (std::is_same_v<W, int64_t>) {
    return static_cast<W>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
  } else {
    return sum_of(a, b);
  }
}

// Of integers it is rounded down.
template <class W>
VT_DEVICE W mean(W total, int64_t count) {
  if constexpr (kIsComplex<W>) {
    const auto n = static_cast<double>(count);
    return {total.real / n, total.imag / n};
  } else if constexpr (std::is_same_v<W, int64_t>) {
    const int64_t quotient = total / count;
    return total < 0 && quotient * count != total ? quotient - 1 : quotient;
  } else {
    return total / static_cast<W>(count);
  }
}

template <RowFold kFold, class Src>
struct FoldOf {
  using Held = typename Elements<Src>::Wide;
  VT_DEVICE static Held load(const PutParams& p, const char* at) { return Elements<Src>::load(p, at); }
  VT_DEVICE static void join(Held& held, const Held& other) {
    if constexpr (kFold == RowFold::kProduct) {
      held = product(held, other);
    } else if constexpr (kFold == RowFold::kMean) {
      held = sum(held, other);
    } else if constexpr (kFold == RowFold::kLargest) {
      held = larger_of(held, other);
    } else {
      held = smaller_of(held, other);
    }
  }
  VT_DEVICE static void take(const PutParams& p, const char* values, int32_t at, int32_t num, Held& held) {
#pragma unroll 4
    for (int32_t i = 0; i < num; ++i) join(held, load(p, values + value_offset(p, at + i)));
  }
  VT_DEVICE static void store(const PutParams& p, char* at, const Held& held, int64_t count) {
    if constexpr (kFold == RowFold::kMean) {
      Elements<Src>::store(p, at, mean(held, count));
    } else {
      Elements<Src>::store(p, at, held);
    }
  }
};

template <RowFold kFold, class Src>
__global__ void __launch_bounds__(kBlockThreads) fold_pieces(const __grid_constant__ PutParams p) {
  wait_for_previous_kernel();
  fold_pieces_of_thread<FoldOf<kFold, Src>>(p);
}
template <RowFold kFold, class Src>
__global__ void __launch_bounds__(kBlockThreads) fold_partials(const __grid_constant__ PutParams p) {
  wait_for_previous_kernel();
  fold_runs<FoldOf<kFold, Src>>(p);
}

template <RowFold kFold, class Src>
RowFoldKernels kernels_of() noexcept {
  return {reinterpret_cast<const void*>(&fold_pieces<kFold, Src>),
          reinterpret_cast<const void*>(&fold_partials<kFold, Src>), sizeof(typename Elements<Src>::Wide)};
}

template <RowFold kFold>
RowFoldKernels by_dtype(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return kernels_of<kFold, Half>();
    case DtypeIndex::kBFloat16: return kernels_of<kFold, BFloat>();
    case DtypeIndex::kFloat32: return kernels_of<kFold, float>();
    case DtypeIndex::kFloat64: return kernels_of<kFold, double>();
    case DtypeIndex::kUInt64: return kernels_of<kFold, uint64_t>();
    case DtypeIndex::kComplex64:
    case DtypeIndex::kComplex128:
      if constexpr (kFold == RowFold::kProduct || kFold == RowFold::kMean) return kernels_of<kFold, AnyComplex>();
      return {};
    default: return kernels_of<kFold, AnyInteger>();
  }
}

}  // namespace

RowFoldKernels fold_rows_kernels(RowFold fold, DtypeIndex dtype) noexcept {
  switch (fold) {
    case RowFold::kProduct: return by_dtype<RowFold::kProduct>(dtype);
    case RowFold::kMean: return by_dtype<RowFold::kMean>(dtype);
    case RowFold::kLargest: return by_dtype<RowFold::kLargest>(dtype);
    default: return by_dtype<RowFold::kSmallest>(dtype);
  }
}

}  // namespace vt::cuda
