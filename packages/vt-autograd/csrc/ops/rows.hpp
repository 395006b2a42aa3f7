// SPDX-License-Identifier: Apache-2.0
// What the families of derivative rows share: how a backward callback reads its arguments.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/op.hpp>
#include <vt/cpp/registration.hpp>

#include "engine/apply.hpp"
#include "engine/row_mark.hpp"
#include "forward/jvp.hpp"

namespace vt::autograd {

// Registers every family (register.cpp).
void register_ops(VtPlugin* plugin);

// A derivative row, the rule of its tangents (Note [Tangent rules] in forward/jvp.hpp), and its mark.
struct DerivativeRow {
  const char* op;
  VtBoxedFn backward;
  std::initializer_list<VtGradient> gradients;
  Jvp jvp = {};
  RowMark mark = RowMark::kNone;
};
void register_derivatives(VtPlugin* plugin, std::span<const DerivativeRow> rows);

inline constexpr Jvp kElementwise{JvpRule::kElementwise};
inline constexpr Jvp kLinear{JvpRule::kLinear};
inline constexpr Jvp kMultilinear{JvpRule::kMultilinear};

// The arguments of a backward whose op has one return and `num_args` arguments (Note [Derivative rows] in dispatch.h).
class RowArguments {
 public:
  RowArguments(const VtValue* args, int32_t num_args) noexcept : args_(args), num_args_(num_args) {}
  bool has_grad() const noexcept { return is_tensor(args_[0]); }
  Tensor grad() const noexcept { return Tensor::share(args_[0].as.tensor); }
  // The same for who only passes it to a call.
  const VtValue& grad_value() const noexcept { return args_[0]; }
  const VtValue& arg(int32_t i) const noexcept { return args_[1 + i]; }
  const VtTensorMeta& meta(int32_t i) const noexcept { return *arg(i).as.meta; }
  std::span<const int64_t> sizes(int32_t i) const noexcept {
    return {meta(i).sizes, static_cast<size_t>(meta(i).ndim)};
  }
  bool needs(int gradient) const noexcept { return args_[2 + num_args_].as.u >> gradient & 1; }
  // Whether what is made of the gradient may be written over it, its last use, if nobody else has it.
  bool lends_grad() const noexcept { return args_[2 + num_args_].count != 0; }

 private:
  const VtValue* args_;
  int32_t num_args_;
};

// What waits at the tensor that a gradient is for, so that a row may add to it and return it; NULL for most. It comes as the
// payload of the none that results are on entry (Note [Gradients reused] in engine/engine.cpp).
inline VtTensor* waiting_gradient(const VtValue& result) noexcept {
  return result.tag == VT_NONE ? result.as.tensor : nullptr;
}

// The tensor of a value; empty for none.
inline Tensor shared(const VtValue& v) noexcept { return is_tensor(v) ? Tensor::share(v.as.tensor) : Tensor(); }

inline VtValue owned(Tensor t) noexcept { return value_of(t.release()); }

// The gradient as it is.
inline VtValue passed_on(const RowArguments& row, bool is_last) noexcept {
  return is_last && row.lends_grad() ? handed_back(row.grad_value()) : owned(row.grad());
}

// Entries of VtGradient by what they read.
constexpr VtGradient reads_nothing(int32_t argument) { return {argument, 0, 0, 0, 0}; }
constexpr VtGradient reads_argument(int32_t argument, int32_t read) { return {argument, 0, bit(read), 0, 0}; }
constexpr VtGradient reads_arguments(int32_t argument, int32_t first, int32_t second) {
  return {argument, 0, bit(first) | bit(second), 0, 0};
}
constexpr VtGradient reads_sizes(int32_t argument, int32_t read) { return {argument, 0, 0, bit(read), 0}; }

// The gradient passed on unchanged; the engine sums and casts it.
inline void pass_on(const VtValue* args, VtValue* result) { result[0] = owned(Tensor::share(args[0].as.tensor)); }

// The gradient of what a write has replaced. Explicit zeros, as in PyTorch: the leaves behind it did take part.
inline Tensor zeros_like(const Tensor& grad) {
  static const Op op("zeros_like");
  return op(grad);
}

}  // namespace vt::autograd
