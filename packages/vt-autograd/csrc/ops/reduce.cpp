// SPDX-License-Identifier: Apache-2.0
// Derivatives of the reductions.
#include <vt/cpp/iter/reduce_rules.hpp>

#include <cmath>

#include "ops/terms.hpp"

namespace vt::autograd {

namespace {

// Ops that derivatives are made of.
Tensor expand(const Tensor& t, std::span<const int64_t> sizes) {
  static const Op op("expand");
  return op(t, sizes);
}
template <class Other>
Tensor equals(const Tensor& t, const Other& other) {
  static const Op op("eq");
  return op(t, other);
}
template <class A, class B>
Tensor choose(const Tensor& condition, const A& a, const B& b) {
  static const Op op("where");
  return op(condition, a, b);
}

// `grad` over `divisor`, zero where `norm` is: nothing divides by zero, so what is differentiated again stays finite as well.
Tensor over_nonzero(const Tensor& grad, const Tensor& norm, const Tensor& divisor) {
  const Tensor zero = equals(norm, int64_t{0});
  return choose(zero, 0.0, div(grad, choose(zero, 1.0, divisor)));
}

// Which elements of a forward input a reduction gathered, and how gradients of its results fit them.
class Reduced {
 public:
  // `dim` is an int, a list of them, or None.
  Reduced(std::span<const int64_t> sizes, const VtValue& dim, bool keepdim)
      : sizes_(sizes), dims_(marks(dim, static_cast<int32_t>(sizes.size()))), keepdim_(keepdim) {
    reduced_sizes(sizes, dims_, true, kept_);
    for (size_t d = 0; d < sizes.size(); ++d)
      if (dims_[d]) numbers_[num_dims_++] = static_cast<int64_t>(d);
  }

  double count() const noexcept { return static_cast<double>(num_reduced(sizes_, dims_)); }
  // The dimensions as an argument. A tensor without any has none to name.
  VtValue dims() const noexcept { return num_dims_ == 0 ? none() : value_of(std::span(numbers_, num_dims_)); }

  // A result, or the gradient of one, with the reduced dimensions as ones.
  Tensor kept(const Tensor& t) const {
    static const Op reshape("reshape");
    return keepdim_ || sizes_.empty() ? t : reshape(t, std::span<const int64_t>(kept_));
  }
  Tensor spread(const Tensor& t) const { return expand(kept(t), sizes_); }

 private:
  static ReducedDims marks(const VtValue& dim, int32_t ndim) {
    return dim.tag == VT_INT ? reduced_dim("backward", dim.as.i, ndim) : reduced_dims("backward", dim, ndim);
  }

  std::span<const int64_t> sizes_;
  ReducedDims dims_;
  bool keepdim_;
  Sizes kept_;
  int64_t numbers_[kMaxDims];
  size_t num_dims_ = 0;
};

bool flag(const VtValue& v) noexcept { return v.as.i != 0; }
std::span<const int64_t> sizes_of(const VtValue& v) noexcept { return vt::sizes_of(v.as.tensor); }

// sum(self, *, dtype)
void sum_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  result[0] = owned(expand(row.grad(), row.sizes(0)));
}

// sum.dims(self, dim, keepdim, *, dtype)
void sum_dims_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 4);
  result[0] = owned(Reduced(row.sizes(0), row.arg(1), flag(row.arg(2))).spread(row.grad()));
}

// sum_to_size(self, size)
void sum_to_size_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  result[0] = owned(expand(row.grad(), row.sizes(0)));
}

// mean(self, *, dtype)
void mean_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  const Reduced reduced(row.sizes(0), none(), false);
  result[0] = owned(reduced.spread(mul(row.grad(), 1 / reduced.count())));
}

// mean.dims(self, dim, keepdim, *, dtype)
void mean_dims_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 4);
  const Reduced reduced(row.sizes(0), row.arg(1), flag(row.arg(2)));
  result[0] = owned(reduced.spread(mul(row.grad(), 1 / reduced.count())));
}

// The product of the others: by division, but where there is one zero it alone has one, and where there are several none.
Tensor prod_gradient(const Tensor& grad, const VtValue& self, const VtValue& dim, bool keepdim) {
  static const Op prod("prod");
  static const Op prod_dim("prod.dim");
  static const Op sum("sum.dims");
  const Reduced reduced(sizes_of(self), dim, keepdim);
  const bool is_complex = dtype_info(grad.dtype()).category == Category::kComplex;
  const Tensor x = is_complex ? conj(shared(self)) : shared(self);
  const Tensor zero = equals(x, int64_t{0});
  const Tensor filled = choose(zero, int64_t{1}, x);
  const Tensor zeros = sum(zero, reduced.dims(), true);
  const Tensor product = is_none(dim) ? prod(filled) : prod_dim(filled, dim, true);
  const Tensor at_zero = choose(equals(zeros, int64_t{1}), product, 0.0);
  const Tensor elsewhere = choose(equals(zeros, int64_t{0}), div(product, filled), 0.0);
  return mul(reduced.kept(grad), choose(zero, at_zero, elsewhere));
}

// prod(self, *, dtype)
void prod_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 2);
  result[0] = owned(prod_gradient(row.grad(), row.arg(0), none(), false));
}

// prod.dim(self, dim, keepdim, *, dtype)
void prod_dim_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 4);
  result[0] = owned(prod_gradient(row.grad(), row.arg(0), row.arg(1), flag(row.arg(2))));
}

// Shared evenly by the elements that equal the result.
Tensor even_gradient(const Tensor& grad, const VtValue& self, const VtValue& output, const Reduced& reduced) {
  static const Op sum("sum.dims");
  const Tensor chosen = equals(shared(self), reduced.kept(shared(output)));
  return mul(div(reduced.kept(grad), sum(chosen, reduced.dims(), true)), chosen);
}

// max(self)
void extreme_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 1);
  const Reduced reduced(sizes_of(row.arg(0)), none(), false);
  result[0] = owned(even_gradient(row.grad(), row.arg(0), row.arg(1), reduced));
}

// amax(self, dim, keepdim)
void extreme_dims_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  const Reduced reduced(sizes_of(row.arg(0)), row.arg(1), flag(row.arg(2)));
  result[0] = owned(even_gradient(row.grad(), row.arg(0), row.arg(3), reduced));
}

// max.dim(self, dim, keepdim) -> (values, indices)
void extreme_dim_backward(const VtValue* args, VtValue* result) {
  static const Op backward("value_selecting_backward");
  if (!is_tensor(args[0])) return;
  const RowArguments row(args + 1, 3);
  result[0] = owned(backward(args[0], row.arg(1), row.arg(4), row.sizes(0), row.arg(2)));
}

// The gradient of a variance: the distance from the mean, scaled.
Tensor var_gradient(const Tensor& grad, const VtValue& self, const VtValue& correction, const Reduced& reduced) {
  static const Op mean("mean.dims");
  double rest = reduced.count();
  if (is_none(correction)) {
    rest -= 1;
  } else {
    rest -= correction.tag == VT_FLOAT ? correction.as.f : static_cast<double>(correction.as.i);
  }
  const Tensor distance = sub(shared(self), mean(self, reduced.dims(), true));
  return mul(mul(reduced.kept(grad), 2 / std::fmax(rest, 0)), distance);
}

// That of the variance from that of its root; none where the root is zero.
Tensor root_gradient(const Tensor& grad, const Tensor& root) { return over_nonzero(grad, root, mul(root, int64_t{2})); }

// var(self, dim, *, correction, keepdim), std
template <bool kRoot>
void spread_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 4);
  const Reduced reduced(sizes_of(row.arg(0)), row.arg(1), flag(row.arg(3)));
  const Tensor grad = kRoot ? root_gradient(row.grad(), shared(row.arg(4))) : row.grad();
  result[0] = owned(var_gradient(grad, row.arg(0), row.arg(2), reduced));
}

// var_mean(self, dim, *, correction, keepdim) -> (var, mean), std_mean
template <bool kRoot>
void spread_and_mean_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args + 1, 4);
  const Reduced reduced(sizes_of(row.arg(0)), row.arg(1), flag(row.arg(3)));
  Tensor total;
  if (is_tensor(args[0])) {
    const Tensor grad = kRoot ? root_gradient(shared(args[0]), shared(row.arg(4))) : shared(args[0]);
    total = var_gradient(grad, row.arg(0), row.arg(2), reduced);
  }
  if (is_tensor(args[1])) {
    const Tensor grad = reduced.spread(mul(shared(args[1]), 1 / reduced.count()));
    total = total ? add(total, grad) : grad;
  }
  if (total) result[0] = owned(total);
}

// linalg_vector_norm(self, ord, dim, keepdim, *, dtype). Where the norm is zero there is no derivative; zero is one of
// those below it.
void norm_backward(const VtValue* args, VtValue* result) {
  static const Op sign("sgn");
  static const Op abs("abs");
  static const Op to("to.dtype");
  const RowArguments row(args, 5);
  const bool is_complex = dtype_info(row.arg(0).as.tensor->dl.dtype).category == Category::kComplex;
  const Tensor self = is_complex ? shared(row.arg(0)) : to(row.arg(0), row.grad().dtype());
  const Reduced reduced(self.sizes(), row.arg(2), flag(row.arg(3)));
  const double order = row.arg(1).tag == VT_FLOAT ? row.arg(1).as.f : static_cast<double>(row.arg(1).as.i);
  const Tensor grad = reduced.kept(row.grad());
  const Tensor norm = reduced.kept(shared(row.arg(5)));
  const auto zero_where = [](const Tensor& test, const Tensor& t) { return choose(equals(test, int64_t{0}), 0.0, t); };
  if (order == 0) {
    result[0] = owned(zeros_like(self));
  } else if (order == 1) {
    result[0] = owned(mul(sign(self), grad));
  } else if (order == 2) {
    result[0] = owned(mul(self, over_nonzero(grad, norm, norm)));
  } else if (std::isinf(order)) {
    const Tensor size = abs(self);
    result[0] = owned(mul(sign(self), even_gradient(row.grad(), value_of(size.get()), row.arg(5), reduced)));
  } else {
    static const Op pow("pow");
    const Tensor scale = over_nonzero(grad, norm, pow(norm, order - 1));
    const Tensor size = abs(self);
    const Tensor slope = zero_where(size, pow(size, order - 1));
    result[0] = owned(mul(mul(sign(self), slope), scale));
  }
}

// logsumexp(self, dim, keepdim)
void logsumexp_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  const Reduced reduced(sizes_of(row.arg(0)), row.arg(1), flag(row.arg(2)));
  const Tensor share = exp(sub(shared(row.arg(0)), reduced.kept(shared(row.arg(3)))));
  const bool is_complex = dtype_info(share.dtype()).category == Category::kComplex;
  result[0] = owned(mul(reduced.kept(row.grad()), is_complex ? conj(share) : share));
}

constexpr VtGradient kReadsSelf = reads_argument(0, 0);
constexpr VtGradient kReadsSelfAndResult = {0, 0, bit(0), 0, bit(0)};

}  // namespace

void register_reduce(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"sum", boxed<sum_backward>, {reads_sizes(0, 0)}, kLinear},
      {"sum.dims", boxed<sum_dims_backward>, {reads_sizes(0, 0)}, kLinear},
      {"sum_to_size", boxed<sum_to_size_backward>, {reads_sizes(0, 0)}, kLinear},
      {"mean", boxed<mean_backward>, {reads_sizes(0, 0)}, kLinear},
      {"mean.dims", boxed<mean_dims_backward>, {reads_sizes(0, 0)}, kLinear},
      {"prod", boxed<prod_backward>, {kReadsSelf}},
      {"prod.dim", boxed<prod_dim_backward>, {kReadsSelf}},
      {"max", boxed<extreme_backward>, {kReadsSelfAndResult}},
      {"min", boxed<extreme_backward>, {kReadsSelfAndResult}},
      {"max.dim", boxed<extreme_dim_backward>, {{0, 0, 0, bit(0), bit(1)}}},
      {"min.dim", boxed<extreme_dim_backward>, {{0, 0, 0, bit(0), bit(1)}}},
      {"amax", boxed<extreme_dims_backward>, {kReadsSelfAndResult}},
      {"amin", boxed<extreme_dims_backward>, {kReadsSelfAndResult}},
      {"var", boxed<spread_backward<false>>, {kReadsSelf}},
      {"std", boxed<spread_backward<true>>, {kReadsSelfAndResult}},
      {"var_mean", boxed<spread_and_mean_backward<false>>, {kReadsSelf}},
      {"std_mean", boxed<spread_and_mean_backward<true>>, {kReadsSelfAndResult}},
      {"linalg_vector_norm", boxed<norm_backward>, {kReadsSelfAndResult}},
      {"logsumexp", boxed<logsumexp_backward>, {kReadsSelfAndResult}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
