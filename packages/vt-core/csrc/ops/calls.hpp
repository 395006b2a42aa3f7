// SPDX-License-Identifier: Apache-2.0
// Ops as C++ functions, for those that are composed of them, and how a composed result reaches the caller.
#pragma once

#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/op.hpp>

#include <algorithm>
#include <initializer_list>
#include <span>
#include <vector>

#include "ops/ops.hpp"

namespace vt::core::calls {

using Ints = std::vector<int64_t>;
inline std::span<const int64_t> span_of(const Ints& ints) noexcept { return ints; }
inline Ints ints(std::span<const int64_t> span) { return {span.begin(), span.end()}; }

// The name of an op as a template argument.
template <size_t N>
struct OpName {
  // NOLINTNEXTLINE(google-explicit-constructor): a literal stands for it
  constexpr OpName(const char (&text)[N]) noexcept { std::copy_n(text, N, chars); }
  char chars[N];
};
// Calls the op of that name, which is looked up once: call<"clamp_min">(x, int64_t{0}).
template <OpName Name, class... Args>
Tensor call(const Args&... args) {
  static const Op op(Name.chars);
  return op(args...);
}

inline Tensor shared(const VtValue& v) noexcept { return is_tensor(v) ? Tensor::share(v.as.tensor) : Tensor(); }

inline bool is_complex(const Tensor& t) noexcept { return dtype_info(t.dtype()).category == Category::kComplex; }
inline bool is_integral(const Tensor& t) noexcept { return dtype_info(t.dtype()).category <= Category::kInteger; }

// Views.
inline Tensor reshape(const Tensor& t, const Ints& sizes) {
  static const Op op("reshape");
  return op(t, span_of(sizes));
}
inline Tensor permute(const Tensor& t, const Ints& dims) {
  static const Op op("permute");
  return op(t, span_of(dims));
}
inline Tensor transpose(const Tensor& t, int64_t a = -2, int64_t b = -1) {
  static const Op op("transpose");
  return op(t, a, b);
}
inline Tensor unsqueeze(const Tensor& t, int64_t dim) {
  static const Op op("unsqueeze");
  return op(t, dim);
}
inline Tensor squeeze(const Tensor& t, int64_t dim) {
  static const Op op("squeeze.dim");
  const int64_t dims[] = {dim};
  return op(t, std::span<const int64_t>(dims));
}
inline Tensor expand(const Tensor& t, const Ints& sizes) {
  static const Op op("expand");
  return op(t, span_of(sizes));
}
// Elements [start, end) of a dimension.
inline Tensor slice(const Tensor& t, int64_t dim, int64_t start, int64_t end) {
  static const Op op("slice");
  return op(t, dim, start, end, int64_t{1});
}

// Arithmetic.
inline Tensor conj(const Tensor& t) {
  static const Op op("conj");
  return op(t);
}
inline Tensor add(const Tensor& a, const Tensor& b) {
  static const Op op("add");
  return op(a, b);
}
inline Tensor sub(const Tensor& a, const Tensor& b) {
  static const Op op("sub");
  return op(a, b);
}
inline Tensor mul(const Tensor& a, const Tensor& b) {
  static const Op op("mul");
  return op(a, b);
}
inline Tensor mul(const Tensor& a, const VtValue& number) {
  static const Op op("mul");
  return op(a, number);
}
inline Tensor sum(const Tensor& t, const Ints& dims, bool keepdim = false) {
  static const Op op("sum.dims");
  return op(t, span_of(dims), keepdim);
}
inline Tensor matmul(const Tensor& a, const Tensor& b) {
  static const Op op("matmul");
  return op(a, b);
}
// The matrices transposed and conjugated.
inline Tensor adjoint(const Tensor& t) { return conj(transpose(t)); }

inline bool is_one(const VtValue& factor) noexcept {
  return (factor.tag == VT_INT && factor.as.i == 1) || (factor.tag == VT_FLOAT && factor.as.f == 1.0);
}

// Whether a call on `t` is recorded for gradients, or has a tangent to compute: the layer before autograd's is forward mode's.
inline bool is_recorded(const VtTensor* t) noexcept {
  constexpr uint32_t kDifferentiating = 3u << (VT_LAYER_AUTOGRAD - 1);
  return (t->flags & ~tables().dispatch->thread_layers()->exclude & kDifferentiating) != 0;
}

// The result of a composite op for its caller: the tensor itself or, where there is a destination, that with its elements.
// `self` is the argument which the in-place form writes.
inline void give(const char* op, Tensor value, VtValue& result, const VtTensor* self = nullptr) {
  if (!is_tensor(result)) {
    result = value_of(value.release());
    return;
  }
  static const Op copy("copy_");
  const Tensor out = Tensor::share(result.as.tensor);
  const bool in_place = out.get() == self;
  if (!in_place && (is_recorded(value.get()) || is_recorded(out.get())))
    fail(VT_ERROR_RUNTIME, std::string(op) +
                               ": functions with out=... arguments don't support automatic differentiation, but one of "
                               "the arguments requires grad.");
  if (!can_cast(value.dtype(), out.dtype()))
    fail(VT_ERROR_DTYPE, std::string(op) + ": the result cannot be stored in the tensor to write: got " +
                             std::string(dtype_name(out.dtype())) + ", expected " +
                             std::string(dtype_name(value.dtype())));
  if (!same_sizes(out.sizes(), value.sizes())) {
    if (in_place)
      fail(VT_ERROR_SHAPE, std::string(op) + ": the result does not fit the tensor to write: got " +
                               format_sizes(out.sizes()) + ", expected " + format_sizes(value.sizes()));
    resize(impl(out.get()), value.sizes());
  }
  result = value_of(copy.into(out, out, value, false).release());
}

}  // namespace vt::core::calls
