// SPDX-License-Identifier: Apache-2.0
// Derivatives of layer_norm and rms_norm. Their statistics are results like any other: gradients of them count too.
#include <vector>

#include "ops/rows.hpp"

// Note [Derivatives of norms]
// In the notation of Note [Norms] (vt/cpp/rows/norm.hpp), with means over a row. The gradients of the statistics add
//   of m: g_m / n, of r: -g_r r^3 (x - m) / n  to that of x (m = 0 for rms_norm).
// Second derivatives take m and r for arguments of the backward op, whose own gradients lead on to x. With U, V, Q the
// gradients of its results, and for rms_norm without the terms of the mean:
//   g:  r w (U - mean(U) - h mean(U h)) + V h + Q
//   h:  H = V g - r (w g mean(U h) + U mean(w g h)), from which x: r H, m: -r sum(H)
//   r:  sum(w g (U - mean(U) - h mean(U h))) + sum(H (x - m))
//   w:  sum over rows of r g (U - mean(U) - h mean(U h))
namespace vt::autograd {

namespace {

Tensor times(const Tensor& a, const Tensor& b) {
  static const Op mul("mul");
  return mul(a, b);
}
Tensor times(const Tensor& a, double number) {
  static const Op mul("mul");
  return mul(a, number);
}
Tensor plus(const Tensor& a, const Tensor& b) {
  static const Op add("add");
  return add(a, b);
}
Tensor minus(const Tensor& a, const Tensor& b) {
  static const Op sub("sub");
  return sub(a, b);
}
// `sum` + `term` where either may be empty.
void accumulate(Tensor& sum, Tensor&& term) { sum = sum ? plus(sum, term) : std::move(term); }

// The normalised dimensions of a tensor: its last ones.
class Row {
 public:
  explicit Row(size_t ndim, std::span<const int64_t> normalized) {
    for (size_t d = ndim - normalized.size(); d < ndim; ++d) dims_.push_back(static_cast<int64_t>(d));
    for (const int64_t size : normalized) size_ *= static_cast<double>(size);
  }
  double size() const noexcept { return size_; }
  Tensor sum(const Tensor& t) const {
    static const Op op("sum.dims");
    return op(t, std::span<const int64_t>(dims_), true);
  }
  Tensor mean(const Tensor& t) const { return times(sum(t), 1 / size_); }

 private:
  std::vector<int64_t> dims_;
  double size_ = 1;
};

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
    const Tensor input = Tensor::share(arg[0].as.tensor);
    const Row row(static_cast<size_t>(input.ndim()), ints_of(arg[1]));
    if (const VtValue& rstd_grad = args[kGrads - 1]; is_tensor(rstd_grad)) {
      const Tensor r = Tensor::share(rstd.as.tensor);
      const Tensor scale = times(times(times(Tensor::share(rstd_grad.as.tensor), times(r, r)), r), -1 / row.size());
      accumulate(input_grad,
                 times(scale, kCentred ? minus(input, Tensor::share(forward[1].as.tensor)) : Tensor(input)));
    }
    if constexpr (kCentred) {
      static const Op expand("expand");
      if (is_tensor(args[1]))
        accumulate(input_grad, expand(times(Tensor::share(args[1].as.tensor), 1 / row.size()), input.sizes()));
    }
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
  const auto of_result = [&](int i) { return is_tensor(args[i]) ? Tensor::share(args[i].as.tensor) : Tensor(); };
  const Tensor input_grad = of_result(0);  // U
  const Tensor weight_grad = of_result(1);
  const Tensor grad = Tensor::share(arg[0].as.tensor);
  const Tensor input = Tensor::share(arg[1].as.tensor);
  const Tensor rstd = Tensor::share(arg[kRstd].as.tensor);
  const bool weighted = is_tensor(arg[kRstd + 1]);
  const Row row(static_cast<size_t>(input.ndim()), ints_of(arg[2]));
  const auto scaled = [&](const Tensor& t) {
    return weighted ? times(t, Tensor::share(arg[kRstd + 1].as.tensor)) : Tensor(t);
  };
  const Tensor centred = kCentred ? minus(input, Tensor::share(arg[3].as.tensor)) : Tensor(input);
  const Tensor h = times(centred, rstd);

  Tensor of_grad;
  Tensor of_normal;  // H
  Tensor of_rstd;
  Tensor of_weight;
  if (input_grad) {
    const Tensor along = row.mean(times(input_grad, h));
    Tensor rest = minus(input_grad, times(h, along));
    if (kCentred) rest = minus(rest, row.mean(input_grad));
    const Tensor wg = scaled(grad);
    of_grad = times(scaled(rest), rstd);
    of_normal = times(times(plus(times(wg, along), times(input_grad, row.mean(times(wg, h)))), rstd), -1.0);
    of_rstd = row.sum(times(wg, rest));
    of_weight = times(times(grad, rest), rstd);
  }
  if (weight_grad) {
    accumulate(of_grad, times(weight_grad, h));
    accumulate(of_normal, times(weight_grad, grad));
  }
  if constexpr (kCentred) {
    if (const Tensor bias_grad = of_result(2)) {
      static const Op expand("expand");
      accumulate(of_grad, expand(bias_grad, grad.sizes()));
    }
  }
  const auto give = [&](int k, Tensor&& t) {
    if (needed >> k & 1 && t) result[k] = owned(std::move(t));
  };
  give(0, std::move(of_grad));
  if (of_normal) {
    accumulate(of_rstd, row.sum(times(of_normal, centred)));
    Tensor of_input = times(of_normal, rstd);
    if (kCentred) give(2, times(row.sum(of_input), -1.0));
    give(1, std::move(of_input));
  }
  give(kCentred ? 3 : 2, std::move(of_rstd));
  give(kCentred ? 4 : 3, std::move(of_weight));
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
