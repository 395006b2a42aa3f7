// SPDX-License-Identifier: Apache-2.0
// The derivative of scatter_reduce: each reduction says what share of the gradient its operands get.
#include <vt/cpp/iter/scatter_rules.hpp>

#include <vector>

#include "ops/terms.hpp"

namespace vt::autograd {

namespace {

template <class B>
Tensor equals(const Tensor& a, const B& b) {
  static const Op op("eq");
  return op(a, b);
}
Tensor cast(const Tensor& t, DLDataType dtype) {
  static const Op op("to.dtype");
  return op(t, dtype);
}

// scatter_reduce(self, dim, index, src, reduce, include_self)
struct Call {
  explicit Call(const RowArguments& row)
      : grad(row.grad()),
        self(Tensor::share(row.arg(0).as.tensor)),
        index(Tensor::share(row.arg(2).as.tensor)),
        src(Tensor::share(row.arg(3).as.tensor)),
        result(Tensor::share(row.arg(6).as.tensor)),
        dim(row.arg(1).as.i),
        word(row.arg(4)),
        include_self(row.arg(5).as.i != 0),
        src_sizes(src.sizes().begin(), src.sizes().end()) {
    static const Op slice("slice");
    for (int32_t d = 0; d < index.ndim() && index.ndim() == src.ndim(); ++d)
      if (index->dl.shape[d] < src->dl.shape[d])
        src = slice(src, int64_t{d}, int64_t{0}, index->dl.shape[d], int64_t{1});
  }

  Tensor gather(const Tensor& t) const {
    static const Op op("gather");
    return op(t, dim, index);
  }
  Tensor scatter(const Tensor& t, int64_t number) const {
    static const Op op("scatter");
    return op(t, dim, index, number);
  }
  Tensor scatter_add(const Tensor& t, const Tensor& values) const {
    static const Op op("scatter_add");
    return op(t, dim, index, values);
  }
  Tensor reduce(const Tensor& onto, const Tensor& values) const {
    static const Op op("scatter_reduce");
    return op(onto, dim, index, values, word, include_self);
  }
  // The gradient of the part of src that the index covers, with zeros for the rest.
  Tensor whole(Tensor part) const {
    static const Op slice_backward("slice_backward");
    std::vector<int64_t> sizes(part.sizes().begin(), part.sizes().end());
    for (size_t d = 0; d < sizes.size() && sizes.size() == src_sizes.size(); ++d) {
      if (sizes[d] == src_sizes[d]) continue;
      const int64_t end = sizes[d];
      sizes[d] = src_sizes[d];
      part =
          slice_backward(part, std::span<const int64_t>(sizes), static_cast<int64_t>(d), int64_t{0}, end, int64_t{1});
    }
    return part;
  }

  Tensor grad, self, index, src, result;
  int64_t dim;
  VtValue word;
  bool include_self;
  std::vector<int64_t> src_sizes;
};

struct Shares {
  Tensor self, src;
};

Shares sum_shares(const Call& c) { return {c.grad, c.gather(c.grad)}; }

Shares mean_shares(const Call& c) {
  static const Op full_like("full_like");
  const Tensor met =
      c.scatter_add(full_like(c.grad, static_cast<int64_t>(c.include_self)), full_like(c.src, int64_t{1}));
  const Tensor share = div(c.grad, masked(met, equals(met, int64_t{0}), 1));
  return {share, c.gather(share)};
}

// The product of the others: by division, but where there is one zero it alone has one.
Shares prod_shares(const Call& c) {
  static const Op both("bitwise_and");
  static const Op where("where");
  const Tensor self = masked(c.self, equals(c.self, int64_t{0}), 1);
  const Tensor of_self = mul(c.grad, conj(div(c.reduce(self, c.src), self)));
  const Tensor is_zero = equals(c.src, int64_t{0});
  const Tensor num_zeros = c.gather(c.scatter_add(zeros_like(c.self), cast(is_zero, c.self.dtype())));
  const Tensor alone = both(is_zero, equals(num_zeros, int64_t{1}));
  const Tensor others = c.gather(c.reduce(c.self, masked(c.src, alone, 1)));
  const Tensor quotient = div(c.gather(c.result), masked(c.src, is_zero, 1));
  return {of_self, mul(c.gather(c.grad), conj(where(alone, others, quotient)))};
}

// All that are equal to the extreme share its gradient.
Shares extreme_shares(const Call& c) {
  const DLDataType dtype = c.grad.dtype();
  Tensor by_self = cast(equals(c.self, c.result), dtype);
  if (!c.include_self) by_self = c.scatter(by_self, 0);
  const Tensor by_src = cast(equals(c.src, c.gather(c.result)), dtype);
  const Tensor share = div(c.grad, c.scatter_add(by_self, by_src));
  return {mul(share, by_self), mul(c.gather(share), by_src)};
}

Shares shares_of(const Call& c) {
  switch (scatter_reduction_of("scatter_reduce", c.word.as.string)) {
    case ScatterReduction::kSum: return sum_shares(c);
    case ScatterReduction::kMean: return mean_shares(c);
    case ScatterReduction::kProd: return prod_shares(c);
    default: return extreme_shares(c);
  }
}

void scatter_reduce_backward(const VtValue* args, VtValue* result) {
  static const Op zeros("zeros");
  const RowArguments row(args, 6);
  const Call c(row);
  if (c.index.numel() == 0) {
    if (row.needs(0)) result[0] = owned(Tensor(c.grad));
    if (row.needs(1)) result[1] = owned(zeros(std::span<const int64_t>(c.src_sizes), c.grad.dtype(), c.grad.device()));
    return;
  }
  Shares shares = shares_of(c);
  if (row.needs(0)) result[0] = owned(c.include_self ? Tensor(shares.self) : c.scatter(shares.self, 0));
  if (row.needs(1)) result[1] = owned(c.whole(std::move(shares.src)));
}

}  // namespace

void register_scatter(VtPlugin* plugin) {
  constexpr uint64_t kOperands = bit(0) | bit(2) | bit(3);
  const DerivativeRow rows[] = {
      {"scatter_reduce", boxed<scatter_reduce_backward>, {{0, 0, kOperands, 0, bit(0)}, {3, 0, kOperands, 0, bit(0)}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
