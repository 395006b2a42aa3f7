// SPDX-License-Identifier: Apache-2.0
// Derivatives of layer_norm and rms_norm, first and second (Note [Derivatives of norms] in norm_terms.hpp).
#include "ops/norm_terms.hpp"

namespace vt::autograd {

namespace {

// The normalised dimensions of a tensor: its last ones.
StatisticDims row_dims(size_t ndim, std::span<const int64_t> normalized) {
  std::vector<int64_t> dims;
  double size = 1;
  for (size_t d = ndim - normalized.size(); d < ndim; ++d) dims.push_back(static_cast<int64_t>(d));
  for (const int64_t n : normalized) size *= static_cast<double>(n);
  return {std::move(dims), size};
}

// native_layer_norm(input, normalized_shape, weight, bias, eps) -> (out, mean, rstd), native_rms_norm without bias and mean.
template <bool kCentred>
void norm_backward(const VtValue* args, VtValue* result) {
  constexpr int kGrads = kCentred ? 3 : 2;
  constexpr int kArgs = kCentred ? 5 : 4;
  const VtValue* arg = args + kGrads;
  const VtValue* forward = arg + kArgs;  // its results
  const int64_t needed = forward[kGrads].as.i;
  const VtValue& rstd = forward[kGrads - 1];
  Tensor input_grad;
  if (is_tensor(args[0])) {
    if constexpr (kCentred) {
      static const Op op("native_layer_norm_backward");
      auto grads = op.results<3>(args[0], arg[0], arg[1], forward[1], rstd, arg[2], arg[3], needed);
      input_grad = std::move(grads[0]);
      result[1] = owned(std::move(grads[1]));
      result[2] = owned(std::move(grads[2]));
    } else {
      static const Op op("native_rms_norm_backward");
      auto grads = op.results<2>(args[0], arg[0], arg[1], rstd, arg[2], needed);
      input_grad = std::move(grads[0]);
      result[1] = owned(std::move(grads[1]));
    }
  }
  if (needed & 1) {
    const Tensor input = shared(arg[0]);
    Tensor rest = of_statistics(input, kCentred ? shared(forward[1]) : Tensor(), shared(rstd),
                                kCentred ? shared(args[1]) : Tensor(), shared(args[kGrads - 1]),
                                row_dims(static_cast<size_t>(input.ndim()), ints_of(arg[1])));
    if (rest) accumulate(input_grad, std::move(rest));
    if (input_grad) result[0] = owned(std::move(input_grad));
  }
}

// native_layer_norm_backward(grad, input, normalized_shape, mean, rstd, weight, bias, needed),
// native_rms_norm_backward(grad, input, normalized_shape, rstd, weight, needed).
template <bool kCentred>
void norm_backward_backward(const VtValue* args, VtValue* result) {
  constexpr int kGrads = kCentred ? 3 : 2;
  const VtValue* arg = args + kGrads;
  constexpr int kRstd = kCentred ? 4 : 3;
  constexpr int kArgs = kCentred ? 8 : 6;
  const int64_t needed = arg[kArgs + kGrads].as.i;
  const NormOperands operands{shared(arg[0]), shared(arg[1]), kCentred ? shared(arg[3]) : Tensor(), shared(arg[kRstd]),
                              shared(arg[kRstd + 1])};
  NormSecond second = second_derivative(operands, row_dims(static_cast<size_t>(operands.input.ndim()), ints_of(arg[2])),
                                        shared(args[0]), shared(args[1]), kCentred ? shared(args[2]) : Tensor());
  const auto give = [&](int k, Tensor& t) {
    if (needed >> k & 1 && t) result[k] = owned(std::move(t));
  };
  give(0, second.grad);
  give(1, second.input);
  if (kCentred) give(2, second.mean);
  give(kCentred ? 3 : 2, second.rstd);
  give(kCentred ? 4 : 3, second.weight);
}

}  // namespace

void register_norm(VtPlugin* plugin) {
  // What the gradient of an input reads: of arguments and results.
  const DerivativeRow rows[] = {
      {"native_layer_norm",
       boxed<norm_backward<true>>,
       {{0, 0, bit(0) | bit(2), 0, bit(1) | bit(2)},
        {2, 0, bit(0) | bit(2), 0, bit(1) | bit(2)},
        {3, 0, bit(0) | bit(2) | bit(3), 0, bit(1) | bit(2)}}},
      {"native_layer_norm_backward",
       boxed<norm_backward_backward<true>>,
       {{0, 0, bit(0) | bit(1) | bit(3) | bit(4) | bit(5), 0, 0},
        {1, 0, bit(0) | bit(1) | bit(3) | bit(4) | bit(5), 0, 0},
        {3, 0, bit(0) | bit(1) | bit(3) | bit(4) | bit(5), 0, 0},
        {4, 0, bit(0) | bit(1) | bit(3) | bit(4) | bit(5), 0, 0},
        {5, 0, bit(0) | bit(1) | bit(3) | bit(4) | bit(5), 0, 0}}},
      {"native_rms_norm",
       boxed<norm_backward<false>>,
       {{0, 0, bit(0) | bit(2), 0, bit(1)}, {2, 0, bit(0) | bit(2), 0, bit(1)}}},
      {"native_rms_norm_backward",
       boxed<norm_backward_backward<false>>,
       {{0, 0, bit(0) | bit(1) | bit(3) | bit(4), 0, 0},
        {1, 0, bit(0) | bit(1) | bit(3) | bit(4), 0, 0},
        {3, 0, bit(0) | bit(1) | bit(3) | bit(4), 0, 0},
        {4, 0, bit(0) | bit(1) | bit(3) | bit(4), 0, 0}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
