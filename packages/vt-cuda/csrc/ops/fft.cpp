// SPDX-License-Identifier: Apache-2.0
// Fourier transforms on CUDA devices, by cuFFT.
#include <vt/cpp/rows.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "../fft/plans.hpp"
#include "launch.hpp"
#include "ops.hpp"

// Note [Transforms by cuFFT]
// A plan transforms dense signals of up to three dimensions, the innermost ones. Dimensions to be transformed are permuted behind the
// others and made dense; more than three are transformed three at a time. A transform to a real signal comes from the coefficients of
// its last dimension alone, after those of the others: the library overwrites its input, and what it makes of imaginary parts that
// such coefficients cannot have is not defined, so both are a copy with zeros there.
namespace vt::cuda {
namespace {

constexpr char kOp[] = "_fft_transform";

using Dims = std::vector<int64_t>;

bool is_complex(const Tensor& t) noexcept { return dtype_info(t.dtype()).category == Category::kComplex; }
bool is_double(const Tensor& t) noexcept {
  return same_dtype(t.dtype(), kFloat64) || same_dtype(t.dtype(), kComplex128);
}
bool has_transform(const Tensor& self, const Tensor& out) noexcept {
  const auto is_of_pair = [](const Tensor& t) {
    return is_complex(t) || same_dtype(t.dtype(), kFloat32) || same_dtype(t.dtype(), kFloat64);
  };
  return is_of_pair(self) && is_of_pair(out) && (is_complex(self) || is_complex(out)) &&
         is_double(self) == is_double(out);
}

size_t at(int64_t dim) noexcept { return static_cast<size_t>(dim); }

void check_sizes(const Tensor& self, const Tensor& out, const Dims& dims) {
  bool fits = self.ndim() == out.ndim();
  for (int64_t d = 0; fits && d < self.ndim(); ++d)
    fits = d == dims.back() || self.sizes()[at(d)] == out.sizes()[at(d)];
  if (fits) {
    const int64_t from = self.sizes()[at(dims.back())];
    const int64_t to = out.sizes()[at(dims.back())];
    fits = is_complex(self) ? (is_complex(out) ? from == to : from == to / 2 + 1) : to == from || to == from / 2 + 1;
  }
  if (!fits)
    vt::fail(VT_ERROR_VALUE, std::string(kOp) + ": sizes do not fit: got " + format_sizes(self.sizes()) + " and " +
                                 format_sizes(out.sizes()));
}

Tensor permuted(const Tensor& t, const Dims& order) {
  static const Op permute("permute");
  return permute(t, std::span<const int64_t>(order));
}
Dims inverse(const Dims& order) {
  Dims places(order.size());
  for (size_t i = 0; i < order.size(); ++i) places[at(order[i])] = static_cast<int64_t>(i);
  return places;
}
// All dimensions, those of `last` behind the others in their order.
Dims order_with_last(int64_t ndim, std::span<const int64_t> last) {
  Dims order;
  for (int64_t d = 0; d < ndim; ++d)
    if (std::find(last.begin(), last.end(), d) == last.end()) order.push_back(d);
  order.insert(order.end(), last.begin(), last.end());
  return order;
}

// Transforms up to three dimensions of `t`, which has `points` along the last of them where a side is real.
Tensor transformed(const Tensor& t, std::span<const int64_t> dims, ft::Type type, DLDataType dtype, int64_t points,
                   int64_t coefficients, bool forward) {
  const Dims order = order_with_last(t.ndim(), dims);
  Tensor in = row_major(permuted(t, order).get());
  if (!is_aligned(in->dl.data)) {
    // The library reads pairs of numbers at once.
    Tensor aligned = Tensor::empty(in.sizes(), in.dtype(), in.device());
    copy_within(aligned.get(), in.get());
    in = std::move(aligned);
  }
  Dims sizes(in.sizes().begin(), in.sizes().end());
  Transform transform{type, static_cast<int>(dims.size()), {1, 1, 1}, 1};
  for (size_t i = 0; i < dims.size(); ++i) transform.sizes[i] = sizes[sizes.size() - dims.size() + i];
  transform.sizes[dims.size() - 1] = points;
  for (size_t i = 0; i + dims.size() < sizes.size(); ++i) transform.batch *= sizes[i];
  sizes.back() = coefficients;
  const Tensor out = Tensor::empty(sizes, dtype, t.device());
  run_transform(kOp, t.device(), transform, in->dl.data, out->dl.data, forward);
  return permuted(out, inverse(order));
}

// Of complex signals, in all dimensions.
Tensor complex_transformed(Tensor t, std::span<const int64_t> dims, bool forward) {
  constexpr size_t kMostDims = 3;
  while (!dims.empty()) {
    const auto part = dims.last(std::min(dims.size(), kMostDims));
    const int64_t points = t.sizes()[at(part.back())];
    t = transformed(t, part, is_double(t) ? ft::kDoubleComplex : ft::kComplex, t.dtype(), points, points, forward);
    dims = dims.first(dims.size() - part.size());
  }
  return t;
}

// n / 2 + 1 coefficients of a real signal along the last of the dimensions.
Tensor real_transformed(const Tensor& t, std::span<const int64_t> dims) {
  constexpr size_t kMostDims = 3;
  const auto part = dims.last(std::min(dims.size(), kMostDims));
  const int64_t points = t.sizes()[at(part.back())];
  const bool wide = is_double(t);
  const Tensor half = transformed(t, part, wide ? ft::kDoubleToComplex : ft::kRealToComplex,
                                  wide ? kComplex128 : kComplex64, points, points / 2 + 1, true);
  return complex_transformed(half, dims.first(dims.size() - part.size()), true);
}

// The real signal of `points` points.
Tensor to_real(const Tensor& t, std::span<const int64_t> dims, int64_t points) {
  static const Op view_as_real("view_as_real");
  static const Op select("select");
  static const Op fill("fill_");
  const auto last = dims.last(1);
  const Tensor rest = complex_transformed(t, dims.first(dims.size() - 1), false);
  const Dims order = order_with_last(t.ndim(), last);
  const Tensor ordered = permuted(rest, order);
  const Tensor moved = Tensor::empty(ordered.sizes(), ordered.dtype(), ordered.device());
  copy_within(moved.get(), ordered.get());
  const Tensor imag = select(view_as_real(moved), int64_t{-1}, int64_t{1});
  const auto clear = [&](int64_t coefficient) {
    const Tensor column = select(imag, int64_t{-1}, coefficient);
    const Tensor cleared = fill.into(column, column, 0.0);
  };
  clear(0);
  if (points % 2 == 0) clear(points / 2);
  const bool wide = is_double(t);
  const int64_t innermost[] = {t.ndim() - 1};
  const Tensor out = transformed(moved, innermost, wide ? ft::kComplexToDouble : ft::kComplexToReal,
                                 wide ? kFloat64 : kFloat32, points, points, false);
  return permuted(out, inverse(order));
}

// What sums over `points` are multiplied by.
double factor_of(int64_t normalization, int64_t points) noexcept {
  const auto num = static_cast<double>(points);
  return normalization == 0 ? 1 : normalization == 1 ? 1 / std::sqrt(num) : 1 / num;
}

// _fft_transform(self, out, dim, normalization, forward)
void fft_transform(const VtValue* args, VtValue*) {
  static const Op mul("mul");
  const Tensor self = Tensor::share(args[0].as.tensor);
  const Tensor out = Tensor::share(args[1].as.tensor);
  const auto given = ints_of(args[2]);
  const Dims dims(given.begin(), given.end());
  if (!has_transform(self, out))
    vt::fail(VT_ERROR_NOT_IMPLEMENTED, std::string(kOp) + ": no transform from " +
                                           std::string(dtype_name(self.dtype())) + " to " +
                                           std::string(dtype_name(out.dtype())));
  check_sizes(self, out, dims);
  if (out.numel() == 0) return;
  cufft(kOp);
  const Tensor& signal = is_complex(out) ? self : out;
  int64_t points = 1;
  for (const int64_t d : dims) points *= signal.sizes()[at(d)];
  const int64_t last = signal.sizes()[at(dims.back())];
  Tensor result;
  if (!is_complex(out)) {
    result = to_real(self, dims, last);
  } else if (is_complex(self)) {
    result = complex_transformed(self, dims, args[4].as.i != 0);
  } else if (out.sizes()[at(dims.back())] == last / 2 + 1) {
    result = real_transformed(self, dims);
  } else {
    result = complex_transformed(rows::cast(self.get(), out.dtype()), dims, true);
  }
  const double factor = factor_of(args[3].as.i, points);
  if (factor == 1) return copy_within(out.get(), result.get());
  const Tensor scaled = mul.into(out, result, factor);
}

}  // namespace

void register_fft(VtPlugin* plugin) {
  const KernelRow rows[] = {{"_fft_transform", kernel<fft_transform>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
