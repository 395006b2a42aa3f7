// SPDX-License-Identifier: Apache-2.0
// What losses composed of other ops do alike: dtypes, and the reduction at the end.
#pragma once

#include <vt/cpp/rows/loss.hpp>

#include <string>

#include "ops/calls.hpp"
#include "runtime/thread_state.hpp"

namespace vt::core::losses {

using namespace calls;

// What a composed loss computes with: float32 for half types, rounded once at the end.
inline Tensor widened(const VtValue& v) {
  return is_tensor(v) ? rows::cast(v.as.tensor, rows::compute_dtype(v.as.tensor->dl.dtype)) : Tensor();
}

// The same of what counts in a dtype that it is promoted to.
inline Tensor widened(const VtValue& v, DLDataType dtype) {
  return rows::cast(v.as.tensor, rows::compute_dtype(dtype));
}

// The dtype of the result of a loss of the first `count` arguments: the first of a dtype that losses take, the others of one
// too or whole numbers; all of them where `first_is_floating` is false, as long as one is not.
inline DLDataType result_dtype(const char* op, const VtValue* args, int count = 2, bool first_is_floating = true) {
  Promotion promotion(op);
  for (int i = 0; i < count; ++i) {
    const VtTensor* t = args[i].as.tensor;
    if ((i == 0 && first_is_floating) || dtype_info(known_dtype_index(t->dl.dtype)).category > Category::kInteger)
      rows::check_dtype(op, t);
    promotion.add_tensor(t->dl.dtype, t->dl.ndim);
  }
  const DLDataType common = dtype_info(promotion.result()).dtype;
  if (!first_is_floating && dtype_info(common).category <= Category::kInteger)
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(op) + ": expected common dtype to be floating point, got " + std::string(dtype_name(common)));
  return common;
}

// The same of two arguments, one of them floating, that are broadcast first: a number counts as much as a tensor.
inline DLDataType broadcast_dtype(const char* op, const VtValue* args) {
  result_dtype(op, args, 2, false);
  const auto index_of = [&](int i) { return known_dtype_index(args[i].as.tensor->dl.dtype); };
  return dtype_info(promote(index_of(0), index_of(1))).dtype;
}

inline bool watched(const Tensor& x) { return (x->flags & VT_TENSOR_LAYER_MASK) || thread_state().layers.include != 0; }

// The op on `x` and others: into `x` itself, a part of a loss that nobody else has, where no layer looks on.
template <OpName Name, class... Args>
Tensor consume(const Tensor& x, const Args&... args) {
  static const Op op(Name.chars);
  return watched(x) ? op(x, args...) : op.into(x, x, args...);
}

inline void check_same_sizes(const char* op, const VtTensor* input, const VtTensor* target) {
  if (!same_sizes(sizes_of(input), sizes_of(target)))
    fail(VT_ERROR_VALUE, std::string(op) + ": target must have the sizes of the input: got " +
                             format_sizes(sizes_of(target)) + ", expected " + format_sizes(sizes_of(input)));
}

inline Tensor reduced(const char* op, const Tensor& losses, const VtValue& reduction) {
  switch (rows::reduction_of(op, reduction.as.string)) {
    case rows::Reduction::kNone: break;
    case rows::Reduction::kMean: return call<"mean">(losses);
    case rows::Reduction::kSum: return call<"sum">(losses);
  }
  return Tensor(losses);
}

// The losses of elements or rows, reduced and rounded to `dtype`, as the result of a composite op.
inline void give_reduced(const char* op, const Tensor& losses, const VtValue& reduction, DLDataType dtype,
                         VtValue& result) {
  result = rows::owned(rows::cast(reduced(op, losses, reduction).get(), dtype));
}

// max(x, 0)
inline Tensor positive_part(const Tensor& x) { return call<"clamp_min">(x, int64_t{0}); }

// log(1 + exp(x)): beyond its threshold softplus is its argument to the last bit of float64.
inline Tensor log1p_exp(const Tensor& x) { return call<"softplus">(x, int64_t{1}, int64_t{40}); }

// The value of max(x, least) with the gradient of x.
inline Tensor raised(const Tensor& x, double least) {
  return add(x, call<"detach">(sub(call<"clamp_min">(x, least), x)));
}

inline Tensor where_else_zero(const Tensor& condition, const Tensor& x) {
  return call<"where">(condition, x, int64_t{0});
}

}  // namespace vt::core::losses
