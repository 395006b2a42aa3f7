// SPDX-License-Identifier: Apache-2.0
// The derivative of reductions of segments.
#include <string_view>

#include "ops/terms.hpp"

namespace vt::autograd {

namespace {

// The segments of the elements of `data` along `axis`.
class Segments {
 public:
  Segments(std::span<const int64_t> sizes, const Tensor& offsets, int64_t axis) : sizes_(sizes), axis_(axis) {
    static const Op expand("expand");
    static const Op searchsorted("searchsorted");
    static const Op slice("slice");
    static const Op contiguous("contiguous");
    static const Op clamp("clamp");
    static const Op ge("ge");
    static const Op lt("lt");
    static const Op logical_and("logical_and");
    num_ = offsets.sizes().back() - 1;
    const int64_t length = sizes[static_cast<size_t>(axis)];
    lead_.assign(sizes.begin(), sizes.begin() + axis + 1);
    const Tensor places = contiguous(expand(counted(length, offsets), std::span<const int64_t>(lead_)));
    const Tensor first = slice(offsets, int64_t{-1}, int64_t{0}, int64_t{1});
    const Tensor last = slice(offsets, int64_t{-1}, num_, num_ + 1);
    const Tensor ends = contiguous(slice(offsets, int64_t{-1}, int64_t{1}, num_ + 1));
    const Tensor found = searchsorted(ends, places, false, true);
    inside_ = spread_over_rest(logical_and(ge(places, first), lt(places, last)));
    numbers_ = spread_over_rest(clamp(found, none(), num_ - 1));
  }

  // What belongs to a segment, at each of its elements; zero where there is none.
  Tensor spread(const Tensor& t) const {
    static const Op gather("gather");
    return mul(gather(t, axis_, numbers_), inside_);
  }
  // The sums over segments of `t`, which is like the data; of `like` that is like a result.
  Tensor sums(const Tensor& t, const Tensor& like) const {
    static const Op scatter_add("scatter_add");
    return scatter_add(zeros_like(like), axis_, numbers_, t);
  }
  const Tensor& inside() const noexcept { return inside_; }

 private:
  // 0, 1, ... up to the length.
  static Tensor counted(int64_t length, const Tensor& offsets) {
    static const Op ones("ones");
    static const Op cumsum("cumsum");
    const int64_t sizes[] = {length};
    const DLDataType dtype = offsets.dtype();
    return sub(cumsum(ones(std::span<const int64_t>(sizes), dtype, offsets.device()), int64_t{0}), int64_t{1});
  }
  // Expanded over the dimensions behind the axis.
  Tensor spread_over_rest(const Tensor& t) const {
    static const Op reshape("reshape");
    static const Op expand("expand");
    std::vector<int64_t> sizes(lead_);
    sizes.resize(sizes_.size(), 1);
    return expand(reshape(t, std::span<const int64_t>(sizes)), sizes_);
  }

  std::span<const int64_t> sizes_;
  int64_t axis_;
  int64_t num_;
  std::vector<int64_t> lead_;
  Tensor numbers_;
  Tensor inside_;
};

// Shared evenly by the elements that equal the result.
Tensor extreme_gradient(const Segments& segments, const Tensor& grad, const Tensor& data, const Tensor& out) {
  static const Op eq("eq");
  static const Op to("to.dtype");
  static const Op clamp("clamp");
  const Tensor chosen = mul(to(eq(data, segments.spread(out)), grad.dtype()), to(segments.inside(), grad.dtype()));
  const Tensor counts = clamp(segments.sums(chosen, grad), int64_t{1}, none());
  return mul(segments.spread(div(grad, counts)), chosen);
}

// The product of the others: by division, but where there is one zero it alone has one, and where there are several none.
Tensor product_gradient(const Segments& segments, const Tensor& grad, const RowArguments& row) {
  static const Op eq("eq");
  static const Op where("where");
  static const Op to("to.dtype");
  static const Op reduce("_segment_reduce");
  const Tensor data = Tensor::share(row.arg(0).as.tensor);
  const Tensor zero = eq(data, int64_t{0});
  const Tensor filled = where(zero, 1.0, data);
  const Tensor zeros = segments.spread(segments.sums(to(zero, grad.dtype()), grad));
  const Tensor product = segments.spread(reduce(filled, row.arg(1), row.arg(2), row.arg(3), row.arg(4)));
  const Tensor at_zero = where(eq(zeros, int64_t{1}), product, 0.0);
  const Tensor elsewhere = where(eq(zeros, int64_t{0}), div(product, filled), 0.0);
  return mul(segments.spread(grad), where(zero, at_zero, elsewhere));
}

// _segment_reduce(data, reduce, offsets, axis, initial)
void segment_backward(const VtValue* args, VtValue* result) {
  static const Op slice("slice");
  static const Op clamp("clamp");
  static const Op reshape("reshape");
  const RowArguments row(args, 5);
  const Tensor data = Tensor::share(row.arg(0).as.tensor);
  const Tensor offsets = Tensor::share(row.arg(2).as.tensor);
  const int64_t axis = row.arg(3).as.i;
  const int64_t num = offsets.sizes().back() - 1;
  if (num == 0) {
    result[0] = owned(zeros_like(data));
    return;
  }
  const std::string_view kind = row.arg(1).as.string;
  const Segments segments(data.sizes(), offsets, axis);
  if (kind == "sum") {
    result[0] = owned(segments.spread(row.grad()));
  } else if (kind == "mean") {
    const Tensor lengths =
        sub(slice(offsets, int64_t{-1}, int64_t{1}, num + 1), slice(offsets, int64_t{-1}, int64_t{0}, num));
    std::vector<int64_t> sizes(lengths.sizes().begin(), lengths.sizes().end());
    sizes.resize(data.sizes().size(), 1);
    const Tensor counts = clamp(reshape(lengths, std::span<const int64_t>(sizes)), int64_t{1}, none());
    result[0] = owned(segments.spread(div(row.grad(), counts)));
  } else if (kind == "prod") {
    result[0] = owned(product_gradient(segments, row.grad(), row));
  } else {
    result[0] = owned(extreme_gradient(segments, row.grad(), data, Tensor::share(row.arg(5).as.tensor)));
  }
}

}  // namespace

void register_segment(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"_segment_reduce", boxed<segment_backward>, {{0, 0, bit(0) | bit(2), 0, bit(0)}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
