// SPDX-License-Identifier: Apache-2.0
// Grids of coordinates and tensors of indices: products and combinations of elements, triangles, and flat positions apart.
#include <vt/cpp/iter/number.hpp>

#include <algorithm>
#include <limits>
#include <numeric>

#include "ops/calls.hpp"
#include "ops/factory.hpp"
#include "ops/lists.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using calls::reshape;
using calls::span_of;

// One axis of a grid: a vector or a number.
void check_axes(const char* op, std::span<VtTensor* const> axes, int32_t min_ndim) {
  if (axes.empty()) fail(VT_ERROR_RUNTIME, std::string(op) + ": expected a non-empty list of tensors");
  for (const VtTensor* t : axes) {
    if (t->dl.ndim > 1 || t->dl.ndim < min_ndim)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": expected " + (min_ndim ? "one dimension" : "at most one dimension") +
                                 " each: got " + format_sizes(sizes_of(t)));
    if (!same_dtype(t->dl.dtype, axes[0]->dl.dtype))
      fail(VT_ERROR_RUNTIME, std::string(op) + ": all tensors must have one dtype: got " +
                                 std::string(dtype_name(t->dl.dtype)) + " and " +
                                 std::string(dtype_name(axes[0]->dl.dtype)));
  }
}

// Each axis seen over the whole grid. With `swaps` the first two axes count the other way round: "xy".
std::vector<Tensor> grid_of(std::span<VtTensor* const> axes, bool swaps) {
  const size_t ndim = axes.size();
  const auto place = [&](size_t i) { return swaps && ndim > 1 && i < 2 ? 1 - i : i; };
  Ints sizes(ndim);
  for (size_t i = 0; i < ndim; ++i) sizes[place(i)] = axes[i]->numel;
  std::vector<Tensor> out;
  for (size_t i = 0; i < ndim; ++i) {
    Ints alone(ndim, 1);
    alone[place(i)] = axes[i]->numel;
    out.push_back(calls::expand(reshape(Tensor::share(axes[i]), alone), sizes));
  }
  return out;
}

void meshgrid(const VtValue* args, VtValue* result) {
  const auto axes = tensors_of(args[0]);
  const std::string_view indexing = is_none(args[1]) ? "ij" : args[1].as.string;
  if (indexing != "ij" && indexing != "xy")
    fail(VT_ERROR_RUNTIME, "meshgrid: indexing must be 'ij' or 'xy': got '" + std::string(indexing) + "'");
  check_axes("meshgrid", axes, 0);
  std::vector<Tensor> out = grid_of(axes, indexing == "xy");
  result[0] = list_value(out);
}

void cartesian_prod(const VtValue* args, VtValue* result) {
  static const Op stack("stack");
  static const Op alias("alias");
  const auto axes = tensors_of(args[0]);
  check_axes("cartesian_prod", axes, 1);
  if (axes.size() == 1) {
    result[0] = value_of(alias(value_of(axes[0])).release());
    return;
  }
  const std::vector<Tensor> grid = grid_of(axes, false);
  std::vector<Tensor> columns;
  std::vector<VtTensor*> handles;
  for (const Tensor& t : grid) {
    columns.push_back(reshape(t, {-1}));
    handles.push_back(columns.back().get());
  }
  result[0] = value_of(stack(std::span<VtTensor* const>(handles), int64_t{1}).release());
}

// The positions of all choices of `r` out of n in lexicographic order, one row each.
Ints choices_of(int64_t n, int64_t r, bool repeats) {
  Ints out;
  Ints at(static_cast<size_t>(r), 0);
  for (int64_t k = 0; k < r && !repeats; ++k) at[static_cast<size_t>(k)] = k;
  if (n == 0 || (!repeats && r > n)) return out;
  for (;;) {
    out.insert(out.end(), at.begin(), at.end());
    int64_t k = r - 1;
    while (k >= 0 && at[static_cast<size_t>(k)] == (repeats ? n - 1 : n - r + k)) --k;
    if (k < 0) return out;
    const int64_t next = ++at[static_cast<size_t>(k)];
    for (int64_t j = k + 1; j < r; ++j) at[static_cast<size_t>(j)] = repeats ? next : next + j - k;
  }
}

// A tensor of int64 on the CPU.
Tensor of_indices(const Ints& values, std::span<const int64_t> sizes) {
  Owned out(empty(sizes, kInt64, {kDLCPU, 0}));
  std::copy(values.begin(), values.end(), static_cast<int64_t*>(out.get()->dl.data));
  return Tensor::steal(out.take());
}

Tensor moved(const Tensor& t, DLDataType dtype, DLDevice device) {
  static const Op to("to");
  return to(t, dtype, device);
}

void combinations(const VtValue* args, VtValue* result) {
  static const Op index_select("index_select");
  const Tensor self = Tensor::share(args[0].as.tensor);
  const int64_t r = args[1].as.i;
  if (self.ndim() != 1)
    fail(VT_ERROR_RUNTIME, "combinations: expected one dimension: got " + format_sizes(self.sizes()));
  if (r < 0) fail(VT_ERROR_RUNTIME, "combinations: r must not be negative: got " + std::to_string(r));
  if (r == 0) {
    const int64_t none[] = {0};
    result[0] = value_of(Tensor::empty(none, self.dtype(), self.device()).release());
    return;
  }
  const Ints choices = choices_of(self.numel(), r, args[2].as.i != 0);
  const int64_t sizes[] = {static_cast<int64_t>(choices.size())};
  const Tensor index = moved(of_indices(choices, sizes), kInt64, self.device());
  const int64_t rows = sizes[0] / r;
  result[0] = value_of(reshape(index_select(self, int64_t{0}, index), {rows, r}).release());
}

// Rows and columns of the elements of a triangle, in row-major order.
void triangle_indices(const char* op, const VtValue* args, VtValue* result, bool upper) {
  const int64_t rows = args[0].as.i;
  const int64_t columns = args[1].as.i;
  const int64_t offset = args[2].as.i;
  for (const int64_t size : {rows, columns})
    if (size < 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": sizes must not be negative: got " + std::to_string(size));
  const DLDataType dtype = is_none(args[3]) ? kInt64 : args[3].as.dtype;
  const DLDevice device = is_none(args[4]) ? DLDevice{kDLCPU, 0} : args[4].as.device;
  if (!same_dtype(dtype, kInt64) && !same_dtype(dtype, kInt32))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) + "; indices are int64 or int32");
  // The columns [begin, end) of a row; an offset whose sum with it does not fit leaves all or nothing.
  const auto edge_of = [&](int64_t row, int64_t further) {
    int64_t edge = 0;
    if (__builtin_add_overflow(row, offset, &edge) || __builtin_add_overflow(edge, further, &edge))
      edge = offset < 0 ? 0 : columns;
    return std::clamp<int64_t>(edge, 0, columns);
  };
  const auto begin_of = [&](int64_t row) { return upper ? edge_of(row, 0) : int64_t{0}; };
  const auto end_of = [&](int64_t row) { return upper ? columns : edge_of(row, 1); };
  checked_numel(op, Ints{rows, columns});
  int64_t total = 0;
  for (int64_t i = 0; i < rows; ++i) total += end_of(i) - begin_of(i);
  const int64_t sizes[] = {2, total};
  Owned out(empty(sizes, kInt64, {kDLCPU, 0}));
  auto* of_rows = static_cast<int64_t*>(out.get()->dl.data);
  auto* of_columns = of_rows + total;
  for (int64_t i = 0; i < rows; ++i) {
    const int64_t begin = begin_of(i);
    const int64_t num = end_of(i) - begin;
    of_rows = std::fill_n(of_rows, num, i);
    std::iota(of_columns, of_columns + num, begin);
    of_columns += num;
  }
  result[0] = value_of(moved(Tensor::steal(out.take()), dtype, device).release());
}

void tril_indices(const VtValue* args, VtValue* result) { triangle_indices("tril_indices", args, result, false); }
void triu_indices(const VtValue* args, VtValue* result) { triangle_indices("triu_indices", args, result, true); }

void unravel_index(const VtValue* args, VtValue* result) {
  static const Op remainder("remainder");
  static const Op floor_divide("floor_divide");
  const Tensor indices = Tensor::share(args[0].as.tensor);
  const int64_t number[] = {args[1].tag == VT_INT_LIST ? 0 : args[1].as.i};
  const auto shape = args[1].tag == VT_INT_LIST ? ints_of(args[1]) : std::span<const int64_t>(number);
  if (dtype_info(indices.dtype()).category != Category::kInteger)
    fail(VT_ERROR_NOT_IMPLEMENTED,
         "unravel_index: indices must be integers: got " + std::string(dtype_name(indices.dtype())));
  for (const int64_t size : shape)
    if (size < 0) fail(VT_ERROR_VALUE, "unravel_index: shape must not be negative: got " + format_sizes(shape));
  std::vector<Tensor> out(shape.size());
  Tensor rest = moved(indices, kInt64, indices.device());
  for (size_t d = shape.size(); d-- > 0;) {
    out[d] = remainder(rest, shape[d]);
    if (d > 0) rest = floor_divide(rest, shape[d]);
  }
  result[0] = list_value(out);
}

constexpr char kMeshgridDoc[] = R"(The coordinates of a grid: each vector seen over the product of all.

Parameters
----------
tensors : Tensor
    Vectors or numbers of one dtype, one per dimension of the grid.
indexing : str, optional
    "ij", the default, lays the first vector along dimension 0; "xy" exchanges the first two dimensions.

Returns
-------
tuple of Tensor
    Views of the sizes of the grid, one per vector; their elements share memory.

Raises
------
RuntimeError
    If the list is empty, a tensor has more dimensions, the dtypes differ, or `indexing` is another word.)";
constexpr char kCartesianProdDoc[] =
    R"(All combinations of one element of each vector, one row each; the last vector runs fastest.

Parameters
----------
tensors : Tensor
    Vectors of one dtype. A single one is returned as it is.

Raises
------
RuntimeError
    If the list is empty, a tensor is no vector, or the dtypes differ.)";
constexpr char kCombinationsDoc[] =
    R"(All choices of `r` elements of a vector, one row each, in lexicographic order of positions.

Parameters
----------
self : Tensor
    One dimension.
r : int
with_replacement : bool
    An element may be chosen more than once.

Raises
------
RuntimeError
    If `self` is no vector or `r` is negative.)";
constexpr char kTrilIndicesDoc[] = R"(Rows and columns of the lower triangle of a matrix, in row-major order.

Parameters
----------
row, col : int
    The sizes of the matrix.
offset : int
    The last diagonal that belongs to the triangle: 0 the main one, positive above it.
dtype : dtype, optional
    int64, the default, or int32.
device : device, optional
    The CPU by default.

Returns
-------
Tensor
    Of sizes (2, n): rows, then columns.

Raises
------
RuntimeError
    If a size is negative.)";
constexpr char kTriuIndicesDoc[] =
    R"(Rows and columns of the upper triangle of a matrix: as `tril_indices` in everything else.)";
constexpr char kUnravelIndexDoc[] = R"(Flat positions as one index per dimension of a shape.

Parameters
----------
indices : Tensor
    Integers of any sizes.
shape : int or sequence of int

Returns
-------
tuple of Tensor
    int64, one per dimension, of the sizes of `indices`. Positions outside wrap around.

Raises
------
NotImplementedError
    If `indices` are not integers.
ValueError
    If a size is negative.)";

}  // namespace

void register_grids(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  constexpr uint32_t kMaker = VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE | VT_OP_FACTORY;
  const OpRow ops[] = {
      {"meshgrid(Tensor[*] tensors, *, str? indexing=None) -> Tensor[]", kFlags, kMeshgridDoc},
      {"cartesian_prod(Tensor[*] tensors) -> Tensor", kFlags, kCartesianProdDoc},
      {"combinations(Tensor self, int r=2, bool with_replacement=False) -> Tensor", kFlags, kCombinationsDoc},
      {"tril_indices(int row, int col, int offset=0, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker,
       kTrilIndicesDoc},
      {"triu_indices(int row, int col, int offset=0, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker,
       kTriuIndicesDoc},
      {"unravel_index(Tensor indices, int|int[] shape) -> Tensor[]", kFlags | VT_OP_NOT_DIFFERENTIABLE,
       kUnravelIndexDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"meshgrid", boxed<meshgrid>},         {"cartesian_prod", boxed<cartesian_prod>},
      {"combinations", boxed<combinations>}, {"tril_indices", boxed<tril_indices>},
      {"triu_indices", boxed<triu_indices>}, {"unravel_index", boxed<unravel_index>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
