// SPDX-License-Identifier: Apache-2.0
// The distinct elements or slices of a tensor: sorted, marked where they change, and gathered by the marks.
#include <vt/cpp/iter/search_rules.hpp>

#include <algorithm>
#include <numeric>

#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using calls::shared;
using calls::slice;

Tensor ones(int64_t size, const Tensor& like) {
  static const Op full("full");
  const int64_t sizes[] = {size};
  return full(std::span<const int64_t>(sizes), true, kBool, like.device());
}

// Boolean; whether each entry of the first dimension differs from the one before it. `rows` has one dimension or two.
Tensor starts_of(const Tensor& rows) {
  static const Op ne("ne");
  static const Op any("any.dim");
  static const Op cat("cat");
  const int64_t n = rows.sizes()[0];
  if (n < 2) return ones(n, rows);
  const Tensor differ = ne(slice(rows, 0, 1, n), slice(rows, 0, 0, n - 1));
  const Tensor first = ones(1, rows);
  const Tensor rest = rows.ndim() > 1 ? any(differ, int64_t{1}) : differ;
  VtTensor* const parts[] = {first.get(), rest.get()};
  return cat(value_of(std::span<VtTensor* const>(parts)), int64_t{0});
}

Tensor no_numbers(const Tensor& like) {
  const int64_t sizes[] = {0};
  return Tensor::empty(std::span<const int64_t>(sizes), kInt64, like.device());
}

// To which run each entry belongs; where `order` is given its entries name the places that they come from.
Tensor run_numbers(const Tensor& starts, const Tensor& order) {
  static const Op cumsum("cumsum");
  static const Op scatter("scatter");
  static const Op sub("sub");
  const Tensor numbers = sub(cumsum(starts, int64_t{0}), int64_t{1});
  return order ? scatter(numbers, int64_t{0}, order, numbers) : numbers;
}

// How long the runs are.
Tensor run_lengths(const Tensor& starts) {
  static const Op nonzero("nonzero");
  static const Op full("full");
  static const Op cat("cat");
  const int64_t one[] = {1};
  const Tensor first = calls::reshape(nonzero(starts), {-1});
  if (first.numel() == 0) return first;
  const Tensor end = full(std::span<const int64_t>(one), starts.numel(), kInt64, starts.device());
  const Tensor later = slice(first, 0, 1, first.numel());
  VtTensor* const parts[] = {later.get(), end.get()};
  return calls::sub(cat(value_of(std::span<VtTensor* const>(parts)), int64_t{0}), first);
}

// The three results from entries that are in order.
void give_runs(const Tensor& entries, const Tensor& starts, const Tensor& order, std::span<const int64_t> inverse_sizes,
               bool inverse, bool counts, VtValue* results) {
  static const Op masked_select("masked_select");
  static const Op index_select("index_select");
  static const Op nonzero("nonzero");
  Tensor values = entries.ndim() == 1 ? masked_select(entries, starts)
                                      : index_select(entries, int64_t{0}, calls::reshape(nonzero(starts), {-1}));
  Tensor numbers =
      inverse ? calls::reshape(run_numbers(starts, order), calls::ints(inverse_sizes)) : no_numbers(entries);
  Tensor lengths = counts ? run_lengths(starts) : no_numbers(entries);
  results[0] = value_of(values.release());
  results[1] = value_of(numbers.release());
  results[2] = value_of(lengths.release());
}

// _unique2(self, sorted, return_inverse, return_counts): always sorted.
void unique(const VtValue* args, VtValue* results) {
  static const Op sort("sort");
  const Tensor self = shared(args[0]);
  vt::detail::check_ordered("unique", self.dtype());
  const bool inverse = args[2].as.i != 0;
  auto [sorted, order] = sort.results<2>(calls::reshape(self, {-1}), int64_t{-1}, false);
  give_runs(sorted, starts_of(sorted), order, self.sizes(), inverse, args[3].as.i != 0, results);
}

Tensor moved_dim(const Tensor& t, int64_t from, int64_t to) {
  static const Op movedim("movedim");
  const int64_t source[] = {from};
  const int64_t destination[] = {to};
  return movedim(t, std::span<const int64_t>(source), std::span<const int64_t>(destination));
}

// Slices along a dimension as the rows of a matrix, and back.
class Slices {
 public:
  Slices(const char* op, const Tensor& self, int64_t dim) : dim_(wrap_dim(op, dim, self.ndim())) {
    static const Op contiguous("contiguous");
    if (self.ndim() == 0)
      fail(VT_ERROR_INDEX, std::string(op) + ": dim is " + std::to_string(dim) + " but the tensor has no dimensions");
    const Tensor moved = moved_dim(self, dim_, 0);
    sizes_ = calls::ints(moved.sizes());
    int64_t width = 1;
    for (size_t d = 1; d < sizes_.size(); ++d) width *= sizes_[d];
    if (width == 0 && sizes_[0] > 0)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": there are 0 sized dimensions, and they aren't selected: got sizes " +
                                 format_sizes(self.sizes()) + " and dim " + std::to_string(dim));
    rows_ = calls::reshape(contiguous(moved), {sizes_[0], width});
  }
  const Tensor& rows() const noexcept { return rows_; }
  int64_t num_rows() const noexcept { return sizes_[0]; }
  Tensor restored(const Tensor& rows) const {
    Ints sizes = sizes_;
    sizes[0] = rows.sizes()[0];
    return moved_dim(calls::reshape(rows, sizes), 0, dim_);
  }

 private:
  int64_t dim_;
  Ints sizes_;
  Tensor rows_;
};

// The numbers of rows in lexicographic order, NaN last; equal rows stay in order.
template <class T>
void order_rows(const Tensor& rows, int64_t* order) {
  const T* data = rows.data<T>();
  const int64_t width = rows.sizes()[1];
  const auto less = [](T a, T b) { return a < b || (b != b && a == a); };
  std::iota(order, order + rows.sizes()[0], int64_t{0});
  std::stable_sort(order, order + rows.sizes()[0], [&](int64_t a, int64_t b) {
    return std::lexicographical_compare(data + a * width, data + (a + 1) * width, data + b * width,
                                        data + (b + 1) * width, less);
  });
}

// The same on any device, by stable sorts of one column after the other from the last on.
Tensor sorted_by_columns(const Tensor& rows) {
  static const Op select("select");
  static const Op index_select("index_select");
  static const Op sort("sort");
  Tensor order;
  for (int64_t c = rows.sizes()[1]; c-- > 0;) {
    const Tensor column = select(rows, int64_t{1}, c);
    if (!order) {
      order = sort.results<2>(column, int64_t{-1}, false)[1];
      continue;
    }
    const Tensor places = sort.results<2>(index_select(column, int64_t{0}, order), int64_t{-1}, false)[1];
    order = index_select(order, int64_t{0}, places);
  }
  return order ? order : no_numbers(rows);
}

Tensor order_of(const Tensor& rows) {
  static const Op to("to.dtype");
  if (!is_cpu(rows.get())) return sorted_by_columns(rows);
  const int64_t sizes[] = {rows.sizes()[0]};
  Tensor order = Tensor::empty(std::span<const int64_t>(sizes), kInt64, rows.device());
  auto* out = order.data<int64_t>();
  switch (dtype_index(rows.dtype())) {
    case DtypeIndex::kUInt64: order_rows<uint64_t>(rows, out); break;
    case DtypeIndex::kInt64: order_rows<int64_t>(rows, out); break;
    case DtypeIndex::kFloat32: order_rows<float>(rows, out); break;
    case DtypeIndex::kFloat64: order_rows<double>(rows, out); break;
    // Others fit a wider type.
    case DtypeIndex::kFloat16:
    case DtypeIndex::kBFloat16: order_rows<float>(to(rows, kFloat32), out); break;
    default: order_rows<int64_t>(to(rows, kInt64), out); break;
  }
  return order;
}

// unique_dim(self, dim, sorted, return_inverse, return_counts)
void unique_dim(const VtValue* args, VtValue* results) {
  static const Op index_select("index_select");
  const Tensor self = shared(args[0]);
  vt::detail::check_ordered("unique_dim", self.dtype());
  if (is_meta(self.device()))
    fail(VT_ERROR_NOT_IMPLEMENTED, "unique_dim: not implemented on meta: the sizes depend on the elements");
  const Slices slices("unique_dim", self, args[1].as.i);
  const Tensor order = order_of(slices.rows());
  const Tensor rows = index_select(slices.rows(), int64_t{0}, order);
  const int64_t inverse_sizes[] = {slices.num_rows()};
  give_runs(rows, starts_of(rows), order, inverse_sizes, args[3].as.i != 0, args[4].as.i != 0, results);
  const Tensor unique = Tensor::steal(results[0].as.tensor);
  results[0] = value_of(slices.restored(unique).release());
}

// unique_consecutive(self, return_inverse, return_counts, dim)
void unique_consecutive(const VtValue* args, VtValue* results) {
  const Tensor self = shared(args[0]);
  vt::detail::check_ordered("unique_consecutive", self.dtype());
  const bool inverse = args[1].as.i != 0;
  const bool counts = args[2].as.i != 0;
  if (is_none(args[3])) {
    const Tensor flat = calls::reshape(self, {-1});
    return give_runs(flat, starts_of(flat), Tensor(), self.sizes(), inverse, counts, results);
  }
  const Slices slices("unique_consecutive", self, args[3].as.i);
  const int64_t inverse_sizes[] = {slices.num_rows()};
  give_runs(slices.rows(), starts_of(slices.rows()), Tensor(), inverse_sizes, inverse, counts, results);
  const Tensor unique = Tensor::steal(results[0].as.tensor);
  results[0] = value_of(slices.restored(unique).release());
}

constexpr char kUniqueDoc[] = R"(The distinct elements of `self`.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex. Each NaN is an element of its own.
sorted : bool
    The elements are in order in either case.
return_inverse : bool
    Give the second result, else one without elements.
return_counts : bool
    Give the third result, else one without elements.

Returns
-------
values : Tensor
    Of one dimension.
inverse : Tensor
    int64, of the sizes of `self`: which of the values each element is.
counts : Tensor
    int64: how often each value occurs.

Notes
-----
Waits for the device, since the sizes depend on the elements.)";

constexpr char kUniqueDimDoc[] = R"(The distinct slices of `self` along one dimension, in lexicographic order.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int
sorted : bool
    The slices are in order in either case.
return_inverse, return_counts : bool
    Give the second and third result, else ones without elements.

Returns
-------
values : Tensor
    Like `self` but for its size along `dim`.
inverse : Tensor
    int64, of the size of the dimension: which of the slices each slice is.
counts : Tensor
    int64: how often each slice occurs.

Raises
------
IndexError
    If the dimension is out of range.
RuntimeError
    If slices have no elements.)";

constexpr char kConsecutiveDoc[] =
    R"(The elements of `self`, or its slices along one dimension, that differ from the one before.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
return_inverse, return_counts : bool
    Give the second and third result, else ones without elements.
dim : int, optional
    The dimension of the slices; elements in row-major order when absent.

Returns
-------
values, inverse, counts : Tensor
    As of `_unique2` and `unique_dim`; counts are the lengths of runs.

Raises
------
IndexError
    If the dimension is out of range.)";

}  // namespace

void register_unique(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_COMPOSITE | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor values, "
       "Tensor inverse, Tensor counts)",
       kFlags, kUniqueDoc},
      {"unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> "
       "(Tensor values, Tensor inverse, Tensor counts)",
       kFlags, kUniqueDimDoc},
      {"unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> (Tensor "
       "values, Tensor inverse, Tensor counts)",
       kFlags, kConsecutiveDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"_unique2", boxed<unique>},
                                   {"unique_dim", boxed<unique_dim>},
                                   {"unique_consecutive", boxed<unique_consecutive>}};
  register_kernels(plugin, kEveryDevice, kernels);
}

}  // namespace vt::core
