// SPDX-License-Identifier: Apache-2.0
// Diagonals: as views, written into new tensors and in place, and summed.
#include <vt/cpp/op.hpp>

#include <algorithm>
#include <functional>
#include <limits>

#include "ops/ops.hpp"
#include "ops/view.hpp"

namespace vt::core {

namespace {

// Two dimensions and a distance from their main diagonal.
struct Diagonal {
  size_t dim1;
  size_t dim2;
  int64_t offset;

  Diagonal(const char* op, const VtValue& offset, const VtValue& dim1, const VtValue& dim2, int32_t ndim)
      : dim1(static_cast<size_t>(wrap_dim(op, dim1.as.i, ndim))),
        dim2(static_cast<size_t>(wrap_dim(op, dim2.as.i, ndim))),
        offset(offset.as.i) {
    if (this->dim1 == this->dim2)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": the two dimensions must differ: got " + std::to_string(dim1.as.i) +
                                 " and " + std::to_string(dim2.as.i));
  }

  // No sum overflows: sizes are not negative.
  int64_t length(std::span<const int64_t> sizes) const noexcept {
    const int64_t rows = offset < 0 ? sizes[dim1] + offset : sizes[dim1];
    const int64_t columns = offset < 0 ? sizes[dim2] : sizes[dim2] - offset;
    return std::max<int64_t>(std::min(rows, columns), 0);
  }

  // The view: the diagonal as the last dimension, behind the others.
  VtTensor* of(const VtTensor* self) const {
    Sizes sizes;
    Sizes strides;
    sizes.resize(static_cast<size_t>(self->dl.ndim) - 1);
    strides.resize(sizes.size());
    size_t kept = 0;
    for (size_t d = 0; d < static_cast<size_t>(self->dl.ndim); ++d) {
      if (d == dim1 || d == dim2) continue;
      sizes[kept] = self->dl.shape[d];
      strides[kept++] = self->dl.strides[d];
    }
    sizes[kept] = length(sizes_of(self));
    strides[kept] = static_cast<int64_t>(static_cast<uint64_t>(self->dl.strides[dim1]) +
                                         static_cast<uint64_t>(self->dl.strides[dim2]));
    const bool is_empty = std::find(sizes.begin(), sizes.end(), 0) != sizes.end();
    const int64_t start = is_empty     ? 0
                          : offset < 0 ? -offset * self->dl.strides[dim1]
                                       : offset * self->dl.strides[dim2];
    return make_view_unchecked(impl(self), sizes, strides, element_address(self, start));
  }
};

void diagonal(const VtValue* args, VtValue* result) {
  const VtTensor* self = args[0].as.tensor;
  const Diagonal d("diagonal", args[1], args[2], args[3], self->dl.ndim);
  result[0] = value_of(d.of(self));
}

// A tensor of zeros whose diagonal is `values`, which has the sizes of that view.
VtValue zeros_but(const Diagonal& d, std::span<const int64_t> sizes, VtTensor* values) {
  Owned out(call_op("zeros", {value_of(sizes), value_of(values->dl.dtype), value_of(values->dl.device)}));
  const Owned seen(d.of(out.get()));
  if (!same_sizes(sizes_of(seen.get()), sizes_of(values)))
    fail(VT_ERROR_SHAPE, "diagonal_backward: the gradient has sizes " + format_sizes(sizes_of(values)) +
                             ", expected those of the diagonal, " + format_sizes(sizes_of(seen.get())));
  copy_tensor(seen.get(), values, false);
  return value_of(out.take());
}

void diagonal_backward(const VtValue* args, VtValue* result) {
  const auto sizes = ints_of(args[1]);
  const Diagonal d("diagonal_backward", args[2], args[3], args[4], static_cast<int32_t>(sizes.size()));
  result[0] = zeros_but(d, sizes, args[0].as.tensor);
}

void diag_embed(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  if (self->dl.ndim == 0) fail(VT_ERROR_INDEX, "diag_embed: a 0-dim tensor has no dimension to lay on a diagonal");
  const Diagonal d("diag_embed", args[1], args[2], args[3], self->dl.ndim + 1);
  const int64_t length = self->dl.shape[self->dl.ndim - 1];
  int64_t side = 0;
  if (d.offset < -std::numeric_limits<int64_t>::max() ||
      __builtin_add_overflow(length, d.offset < 0 ? -d.offset : d.offset, &side))
    fail(VT_ERROR_OVERFLOW,
         "diag_embed: offset " + std::to_string(d.offset) + " makes sizes that do not fit in 64 bits");
  Sizes sizes;
  sizes.resize(static_cast<size_t>(self->dl.ndim) + 1);
  for (size_t i = 0, from = 0; i < sizes.size(); ++i)
    sizes[i] = i == d.dim1 || i == d.dim2 ? side : self->dl.shape[from++];
  result[0] = zeros_but(d, sizes, self);
}

void fill_diagonal(const VtValue* args, VtValue* result) {
  VtTensor* self = required_destination("fill_diagonal_", result[0]);
  check_writable("fill_diagonal_", self);
  const int32_t ndim = self->dl.ndim;
  const auto sizes = sizes_of(self);
  const auto strides = strides_of(self);
  if (ndim < 2) fail(VT_ERROR_RUNTIME, "fill_diagonal_: expected at least 2 dimensions, got " + std::to_string(ndim));
  if (ndim > 2 && std::adjacent_find(sizes.begin(), sizes.end(), std::not_equal_to<>()) != sizes.end())
    fail(VT_ERROR_RUNTIME, "fill_diagonal_: of more than 2 dimensions all must be equal: got " + format_sizes(sizes));
  int64_t diagonal = 0;
  for (const int64_t stride : strides) diagonal += stride;
  auto fill = [&](int64_t first_row, int64_t num_blocks, int64_t length) {
    if (num_blocks <= 0 || length <= 0) return;
    const int64_t part_sizes[2] = {num_blocks, length};
    const int64_t part_strides[2] = {num_blocks > 1 ? strides[0] * (sizes[1] + 1) : 0, diagonal};
    const Owned part(
        make_uncounted_view(impl(self), part_sizes, part_strides, element_address(self, first_row * strides[0])));
    release(call_op("fill_", {value_of(part.get()), args[1]}, part.get()));
  };
  const int64_t length = *std::min_element(sizes.begin(), sizes.end());
  if (ndim == 2 && args[2].as.i != 0 && length > 0) {
    // A row is left out after each turn, as in NumPy.
    const int64_t period = sizes[1] + 1;
    const int64_t num_whole = (sizes[0] + 1) / period;
    fill(0, num_whole, sizes[1]);
    fill(num_whole * period, 1, sizes[0] - num_whole * period);
  } else {
    fill(0, 1, length);
  }
  result[0] = shared_value(self);
}

// linalg_diagonal(A, *, offset, dim1, dim2)
void linalg_diagonal(const VtValue* args, VtValue* result) {
  static const Op op("diagonal");
  result[0] = value_of(op(args[0], args[1], args[2], args[3]).release());
}

void trace(const VtValue* args, VtValue* result) {
  static const Op diagonal("diagonal");
  static const Op sum("sum");
  const VtTensor* self = args[0].as.tensor;
  if (self->dl.ndim != 2)
    fail(VT_ERROR_RUNTIME, "trace: expected a matrix, got " + std::to_string(self->dl.ndim) + " dimensions");
  if (same_dtype(self->dl.dtype, kBool)) fail(VT_ERROR_NOT_IMPLEMENTED, "trace: not implemented for bool");
  result[0] = value_of(sum(diagonal(args[0])).release());
}

void diag(const VtValue* args, VtValue* result) {
  static const Op embed("diag_embed");
  static const Op diagonal("diagonal");
  static const Op clone("clone");
  const int32_t ndim = args[0].as.tensor->dl.ndim;
  if (ndim != 1 && ndim != 2) fail(VT_ERROR_RUNTIME, "diag: expected 1 or 2 dimensions, got " + std::to_string(ndim));
  // What embeds makes a tensor of its own already.
  const bool embeds = ndim == 1;
  const Tensor made = embeds ? embed(args[0], args[1]) : diagonal(args[0], args[1]);
  result[0] = value_of((embeds && is_none(result[0]) ? Tensor(made) : clone.into(result[0], made)).release());
}

void diagflat(const VtValue* args, VtValue* result) {
  static const Op embed("diag_embed");
  static const Op reshape("reshape");
  const int64_t flat = -1;
  result[0] = value_of(embed(reshape(args[0], std::span<const int64_t>(&flat, 1)), args[1]).release());
}

constexpr char kDiagonalDoc[] = R"(A view of the diagonals of two dimensions, which become the last one.

Parameters
----------
offset : int
    Above the main diagonal where positive, below it where negative.
dim1, dim2 : int
    The rows and columns.

Raises
------
RuntimeError
    If the dimensions are the same.)";
constexpr char kLinalgDiagonalDoc[] =
    "A view of the diagonals of matrices, which become the last dimension: see `diagonal`.";
constexpr char kDiagonalBackwardDoc[] = "The gradient of diagonal: zeros of `input_size` with `grad` on the diagonal.";
constexpr char kDiagEmbedDoc[] = R"(Matrices of zeros with the last dimension of `self` on a diagonal.

Parameters
----------
offset : int
    Above the main diagonal where positive, below it where negative; the matrices grow by as much.
dim1, dim2 : int
    Where rows and columns stand in the result.

Raises
------
RuntimeError
    If the dimensions are the same.)";
constexpr char kFillDiagonalDoc[] = R"(Sets the main diagonal to a number.

Parameters
----------
fill_value : Scalar
wrap : bool
    Begin again below a matrix with more rows than columns, leaving out one row, as NumPy does.

Raises
------
RuntimeError
    If there are fewer than two dimensions, or more and of different sizes, or the dtype cannot hold the value.)";
constexpr char kTraceDoc[] = "The sum of the main diagonal of a matrix; int64 for integers.";
constexpr char kDiagDoc[] = R"(Of a vector the matrix with it on a diagonal, of a matrix a copy of its diagonal.

Raises
------
RuntimeError
    If `self` has other than one or two dimensions.)";
constexpr char kDiagflatDoc[] = "The matrix with all elements of `self` on a diagonal.";

}  // namespace

void register_diagonal(VtPlugin* plugin) {
  constexpr uint32_t kComposite = kFunctionAndMethod | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)", kFunctionAndMethod, kDiagonalDoc},
      {"diagonal_backward(Tensor grad, int[] input_size, int offset, int dim1, int dim2) -> Tensor", 0,
       kDiagonalBackwardDoc},
      {"diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor", kFunctionAndMethod, kDiagEmbedDoc},
      {"fill_diagonal_(Tensor self, Scalar fill_value, bool wrap=False) -> Tensor", VT_OP_INPLACE_ONLY | VT_OP_METHOD,
       kFillDiagonalDoc},
      {"trace(Tensor self) -> Tensor", kComposite, kTraceDoc},
      {"diag(Tensor self, int diagonal=0) -> Tensor", kComposite | VT_OP_OUT, kDiagDoc},
      {"diagflat(Tensor self, int offset=0) -> Tensor", kComposite, kDiagflatDoc},
      {"linalg_diagonal(Tensor A, *, int offset=0, int dim1=-2, int dim2=-1) -> Tensor",
       VT_OP_FUNCTION | VT_OP_COMPOSITE, kLinalgDiagonalDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"diagonal", boxed<diagonal>},     {"diagonal_backward", boxed<diagonal_backward>},
      {"diag_embed", boxed<diag_embed>}, {"fill_diagonal_", boxed<fill_diagonal>},
      {"trace", boxed<trace>},           {"diag", boxed<diag>},
      {"diagflat", boxed<diagflat>},     {"linalg_diagonal", boxed<linalg_diagonal>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
