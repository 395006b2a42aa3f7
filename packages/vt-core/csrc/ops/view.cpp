// SPDX-License-Identifier: Apache-2.0
// Views: other sizes and strides over the same elements, on any device.
#include <vt/cpp/iter/shape.hpp>

#include <limits>
#include <numeric>

#include "ops/ops.hpp"
#include "ops/view.hpp"

namespace vt::core {

namespace {

VtTensor* self_of(const VtValue* args) noexcept { return args[0].as.tensor; }

// Sizes and strides of a view in the making.
struct Geometry {
  Geometry() = default;
  explicit Geometry(const VtTensor* t) {
    sizes.assign(sizes_of(t));
    strides.assign(strides_of(t));
  }
  Sizes sizes;
  Sizes strides;
};

VtValue view_of(const VtTensor* self, const Geometry& g, int64_t offset = 0) {
  char* data = static_cast<char*>(self->dl.data);
  if (data) data += offset * itemsize_of(self->dl.dtype);
  return value_of(make_view_unchecked(impl(self), g.sizes, g.strides, data));
}

// `size` with its -1 replaced; checks that it holds `numel` elements.
void infer_size(const char* op, std::span<const int64_t> size, int64_t numel, Sizes& out) {
  out.assign(size);
  int64_t* inferred = nullptr;
  int64_t known = 1;
  int64_t span = 1;  // the largest stride: a size of zero counts as one
  bool overflow = false;
  for (int64_t& s : out) {
    if (s == -1) {
      if (inferred) fail(VT_ERROR_RUNTIME, std::string(op) + ": only one size may be -1: got " + format_sizes(size));
      inferred = &s;
    } else if (s < 0) {
      fail(VT_ERROR_RUNTIME, std::string(op) + ": sizes must not be negative: got " + format_sizes(size));
    } else {
      overflow |= __builtin_mul_overflow(known, s, &known);
      overflow |= __builtin_mul_overflow(span, std::max<int64_t>(s, 1), &span);
    }
  }
  if (inferred && known == 0 && numel == 0)
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": -1 could be any size when there are no elements: got " + format_sizes(size));
  const bool fits = inferred ? known != 0 && numel % known == 0 : known == numel;
  if (overflow || !fits)
    fail(VT_ERROR_SHAPE,
         std::string(op) + ": sizes " + format_sizes(size) + " do not hold " + std::to_string(numel) + " elements");
  if (inferred) *inferred = numel / known;
}

// Strides by which `t` is seen as `sizes` without a copy; false when there are none. Both hold the same number of elements.
bool view_strides(const VtTensor* t, const Sizes& sizes, Sizes& strides) {
  strides.resize(sizes.size());
  if (t->numel == 0 || (t->flags & VT_TENSOR_CONTIGUOUS)) {
    if (t->numel == 0 && same_sizes(sizes_of(t), sizes)) {
      strides.assign(strides_of(t));
    } else {
      contiguous_strides(sizes, strides.data());
    }
    return true;
  }
  // Walk both from the innermost dimension; each run of dimensions of `t` that is dense in itself is split anew.
  auto out = static_cast<int64_t>(sizes.size()) - 1;
  int64_t run_stride = t->dl.ndim > 0 ? t->dl.strides[t->dl.ndim - 1] : 1;
  int64_t run_numel = 1;
  int64_t out_numel = 1;
  for (int32_t d = t->dl.ndim - 1; d >= 0; --d) {
    run_numel *= t->dl.shape[d];
    const bool ends = d == 0 || (t->dl.shape[d - 1] != 1 && t->dl.strides[d - 1] != run_numel * run_stride);
    if (!ends) continue;
    while (out >= 0 && (out_numel < run_numel || sizes[static_cast<size_t>(out)] == 1)) {
      strides[static_cast<size_t>(out)] = out_numel * run_stride;
      out_numel *= sizes[static_cast<size_t>(out)];
      --out;
    }
    if (out_numel != run_numel) return false;
    if (d > 0) {
      run_stride = t->dl.strides[d - 1];
      run_numel = 1;
      out_numel = 1;
    }
  }
  return out == -1;
}

void view(const VtValue* args, VtValue* result) {
  const VtTensor* self = self_of(args);
  Geometry g;
  infer_size("view", ints_of(args[1]), self->numel, g.sizes);
  if (!view_strides(self, g.sizes, g.strides))
    fail(VT_ERROR_RUNTIME, "view: sizes " + format_sizes(sizes_of(self)) + " with strides " +
                               format_sizes(strides_of(self)) + " cannot be seen as " + format_sizes(g.sizes) +
                               " without a copy; use reshape");
  result[0] = view_of(self, g);
}

void reshape(const VtValue* args, VtValue* result) {
  VtTensor* self = self_of(args);
  Geometry g;
  infer_size("reshape", ints_of(args[1]), self->numel, g.sizes);
  if (view_strides(self, g.sizes, g.strides)) {
    result[0] = view_of(self, g);
    return;
  }
  Owned copy(empty(sizes_of(self), self->dl.dtype, self->dl.device));
  copy_tensor(copy.get(), self, false);
  contiguous_strides(g.sizes, g.strides.data());
  VtTensor* out = view_of(copy.get(), g).as.tensor;
  out->flags &= ~uint32_t{VT_TENSOR_IS_VIEW};  // nobody else sees the copy
  result[0] = value_of(out);
}

void transpose(const VtValue* args, VtValue* result) {
  const VtTensor* self = self_of(args);
  Geometry g(self);
  const auto a = static_cast<size_t>(wrap_dim("transpose", args[1].as.i, self->dl.ndim));
  const auto b = static_cast<size_t>(wrap_dim("transpose", args[2].as.i, self->dl.ndim));
  if (self->dl.ndim > 0) {
    std::swap(g.sizes[a], g.sizes[b]);
    std::swap(g.strides[a], g.strides[b]);
  }
  result[0] = view_of(self, g);
}

void permute(const VtValue* args, VtValue* result) {
  const VtTensor* self = self_of(args);
  const auto dims = ints_of(args[1]);
  if (dims.size() != static_cast<size_t>(self->dl.ndim))
    fail(VT_ERROR_RUNTIME,
         "permute: got " + std::to_string(dims.size()) + " dimensions, expected " + std::to_string(self->dl.ndim));
  Geometry g(self);
  uint64_t seen = 0;
  for (size_t i = 0; i < dims.size(); ++i) {
    const auto d = static_cast<size_t>(wrap_dim("permute", dims[i], self->dl.ndim));
    if (seen & bit(static_cast<int>(d)))
      fail(VT_ERROR_RUNTIME, "permute: a dimension appears twice in " + format_sizes(dims));
    seen |= bit(static_cast<int>(d));
    g.sizes[i] = self->dl.shape[d];
    g.strides[i] = self->dl.strides[d];
  }
  result[0] = view_of(self, g);
}

void expand(const VtValue* args, VtValue* result) {
  const VtTensor* self = self_of(args);
  const auto size = ints_of(args[1]);
  const auto ndim = static_cast<size_t>(self->dl.ndim);
  if (size.size() < ndim)
    fail(VT_ERROR_RUNTIME, "expand: got " + std::to_string(size.size()) + " sizes, expected at least the " +
                               std::to_string(ndim) + " of the tensor");
  const size_t lead = size.size() - ndim;
  Geometry g;
  g.sizes.assign(size);
  g.strides.assign(size.size(), 0);
  for (size_t i = 0; i < size.size(); ++i) {
    const int64_t own = i < lead ? 1 : self->dl.shape[i - lead];
    if (g.sizes[i] == -1 && i >= lead) g.sizes[i] = own;
    if (g.sizes[i] < 0)
      fail(VT_ERROR_RUNTIME, "expand: sizes must not be negative, and -1 stands only for an existing dimension: got " +
                                 format_sizes(size));
    if (g.sizes[i] == own) {
      g.strides[i] = i < lead ? 0 : self->dl.strides[i - lead];
    } else if (own != 1) {
      fail(VT_ERROR_SHAPE, "expand: cannot broadcast " + format_sizes(sizes_of(self)) + " to " + format_sizes(size));
    }
  }
  checked_numel("expand", g.sizes);
  // A new dimension of size 1 has the stride that a dense one would have there.
  for (size_t i = ndim > 0 && self->numel > 0 ? lead : 0; i-- > 0;)
    if (g.sizes[i] == 1) g.strides[i] = g.sizes[i + 1] * g.strides[i + 1];
  result[0] = view_of(self, g);
}

void slice(const VtValue* args, VtValue* result) {
  const VtTensor* self = self_of(args);
  if (self->dl.ndim == 0) fail(VT_ERROR_INDEX, "slice: a 0-dim tensor cannot be sliced");
  const auto d = static_cast<size_t>(wrap_dim("slice", args[1].as.i, self->dl.ndim));
  const int64_t step = args[4].as.i;
  if (step <= 0) fail(VT_ERROR_VALUE, "slice: step must be positive: got " + std::to_string(step));
  Geometry g(self);
  const int64_t size = g.sizes[d];
  auto clamp = [size](int64_t index) { return std::clamp<int64_t>(index < 0 ? index + size : index, 0, size); };
  const int64_t start = is_none(args[2]) ? 0 : clamp(args[2].as.i);
  const int64_t end = std::max(start, is_none(args[3]) ? size : clamp(args[3].as.i));
  const int64_t offset = start * g.strides[d];
  g.sizes[d] = (end - start) / step + ((end - start) % step != 0);
  if (g.sizes[d] > 1) g.strides[d] *= step;
  result[0] = view_of(self, g, self->numel > 0 ? offset : 0);
}

void select(const VtValue* args, VtValue* result) {
  const VtTensor* self = self_of(args);
  if (self->dl.ndim == 0) fail(VT_ERROR_INDEX, "select: a 0-dim tensor has no dimension to select from");
  const auto d = static_cast<size_t>(wrap_dim("select", args[1].as.i, self->dl.ndim));
  const int64_t size = self->dl.shape[d];
  const int64_t index = args[2].as.i;
  if (index < -size || index >= size)
    fail(VT_ERROR_INDEX, "select: index " + std::to_string(index) + " is out of range for dimension " +
                             std::to_string(d) + " of sizes " + format_sizes(sizes_of(self)));
  const size_t ndim = static_cast<size_t>(self->dl.ndim) - 1;
  Geometry g;
  g.sizes.resize(ndim);
  g.strides.resize(ndim);
  for (size_t i = 0; i < ndim; ++i) {
    const size_t from = i < d ? i : i + 1;
    g.sizes[i] = self->dl.shape[from];
    g.strides[i] = self->dl.strides[from];
  }
  result[0] = view_of(self, g, self->numel > 0 ? (index < 0 ? index + size : index) * self->dl.strides[d] : 0);
}

void as_strided(const VtValue* args, VtValue* result) {
  const TensorImpl* self = impl(self_of(args));
  const int64_t offset = is_none(args[3]) ? storage_offset(self) : args[3].as.i;
  result[0] = value_of(make_view(self, ints_of(args[1]), ints_of(args[2]), offset, self->dl.dtype));
}

void unsqueeze(const VtValue* args, VtValue* result) {
  const VtTensor* self = self_of(args);
  const auto ndim = static_cast<size_t>(self->dl.ndim);
  const auto d = static_cast<size_t>(wrap_dim("unsqueeze", args[1].as.i, self->dl.ndim + 1));
  Geometry g;
  g.sizes.resize(ndim + 1);
  g.strides.resize(ndim + 1);
  for (size_t i = 0; i <= ndim; ++i) {
    if (i == d) continue;
    const size_t from = i < d ? i : i - 1;
    g.sizes[i] = self->dl.shape[from];
    g.strides[i] = self->dl.strides[from];
  }
  g.sizes[d] = 1;
  g.strides[d] = d < ndim ? self->dl.shape[d] * self->dl.strides[d] : 1;
  result[0] = view_of(self, g);
}

// Drops the dimensions of size one that `dropped` names.
void squeeze_dims(const VtTensor* self, uint64_t dropped, VtValue* result) {
  Geometry g(self);
  size_t kept = 0;
  for (size_t d = 0; d < static_cast<size_t>(self->dl.ndim); ++d) {
    if ((dropped & bit(static_cast<int>(d))) && self->dl.shape[d] == 1) continue;
    g.sizes[kept] = self->dl.shape[d];
    g.strides[kept++] = self->dl.strides[d];
  }
  g.sizes.resize(kept);
  g.strides.resize(kept);
  result[0] = view_of(self, g);
}

void squeeze(const VtValue* args, VtValue* result) { squeeze_dims(self_of(args), ~uint64_t{0}, result); }

void squeeze_dim(const VtValue* args, VtValue* result) {
  const VtTensor* self = self_of(args);
  uint64_t dropped = 0;
  for (const int64_t dim : ints_of(args[1])) dropped |= bit(wrap_dim("squeeze", dim, self->dl.ndim));
  squeeze_dims(self, dropped, result);
}

void alias(const VtValue* args, VtValue* result) { result[0] = value_of(make_alias(impl(self_of(args)), true)); }

// No view in autograd's sense: a write to it leaves the history of `self` alone.
void detach(const VtValue* args, VtValue* result) {
  alias(args, result);
  result[0].as.tensor->flags &= ~uint32_t{VT_TENSOR_IS_VIEW};
}

constexpr char kViewDoc[] = R"(The same elements with other sizes.

Parameters
----------
self : Tensor
size : sequence of int
    One entry may be -1 and is inferred.

Raises
------
ShapeError
    If the sizes do not hold the elements of `self`.
RuntimeError
    If the strides of `self` do not allow it without a copy; use `reshape`.)";
constexpr char kReshapeDoc[] = "As `view`, but copies where strides do not allow a view.";
constexpr char kTransposeDoc[] = "A view with two dimensions exchanged.";
constexpr char kPermuteDoc[] = "A view with the dimensions in the order of `dims`.";
constexpr char kExpandDoc[] = R"(A view in which dimensions of size one, and new leading ones, repeat to `size`.

-1 keeps the size of a dimension. The repeated elements share memory: clone the result before writing to it.)";
constexpr char kSliceDoc[] = R"(A view of the elements start, start + step, ... below `end` along one dimension.

Negative limits count from the end; limits out of range are clamped. `step` is positive.)";
constexpr char kSelectDoc[] = R"(A view of the elements at one index of a dimension, without that dimension.

Raises
------
IndexError
    If the index is out of range.)";
constexpr char kAsStridedDoc[] = R"(A view of the storage of `self` by sizes and strides in elements.

`storage_offset` counts from the start of the storage; by default it is that of `self`.

Raises
------
RuntimeError
    If the view leaves the storage or a stride is negative.)";
constexpr char kUnsqueezeDoc[] = "A view with a new dimension of size one at `dim`.";
constexpr char kSqueezeDoc[] =
    "A view without the dimensions of size one, or without those of `dim` that have size one.";
constexpr char kDetachDoc[] = "The same elements, cut off from the autograd graph. Shares storage and version counter.";
constexpr char kAliasDoc[] = "Another handle on the same elements.";

}  // namespace

void register_view(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"view(Tensor(a) self, int[] size) -> Tensor(a)", VT_OP_METHOD, kViewDoc},
      {"reshape(Tensor(a) self, int[] shape) -> Tensor(a)", kFunctionAndMethod, kReshapeDoc},
      {"transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)", kFunctionAndMethod, kTransposeDoc},
      {"permute(Tensor(a) self, int[] dims) -> Tensor(a)", kFunctionAndMethod, kPermuteDoc},
      {"expand(Tensor(a) self, int[] size) -> Tensor(a)", VT_OP_METHOD, kExpandDoc},
      {"slice(Tensor(a) self, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor(a)", 0, kSliceDoc},
      {"select(Tensor(a) self, int dim, int index) -> Tensor(a)", kFunctionAndMethod, kSelectDoc},
      {"as_strided(Tensor(a) self, int[] size, int[] stride, int? storage_offset=None) -> Tensor(a)",
       kFunctionAndMethod, kAsStridedDoc},
      {"unsqueeze(Tensor(a) self, int dim) -> Tensor(a)", kFunctionAndMethod, kUnsqueezeDoc},
      {"squeeze(Tensor(a) self) -> Tensor(a)", kFunctionAndMethod, kSqueezeDoc},
      {"squeeze.dim(Tensor(a) self, int[] dim) -> Tensor(a)", kFunctionAndMethod, kSqueezeDoc},
      {"detach(Tensor(a) self) -> Tensor(a)", VT_OP_METHOD | VT_OP_NOT_DIFFERENTIABLE, kDetachDoc},
      {"alias(Tensor(a) self) -> Tensor(a)", 0, kAliasDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"view", boxed<view>},       {"reshape", boxed<reshape>},         {"transpose", boxed<transpose>},
      {"permute", boxed<permute>}, {"expand", boxed<expand>},           {"slice", boxed<slice>},
      {"select", boxed<select>},   {"as_strided", boxed<as_strided>},   {"unsqueeze", boxed<unsqueeze>},
      {"squeeze", boxed<squeeze>}, {"squeeze.dim", boxed<squeeze_dim>}, {"detach", boxed<detach>},
      {"alias", boxed<alias>},
  };
  register_kernels(plugin, kEveryDevice, kernels);
  register_reinterpret(plugin);
  register_diagonal(plugin);
  register_unfold(plugin);
  register_view_in_place(plugin);
  register_view_copies(plugin);
  register_view_scatter(plugin);
}

}  // namespace vt::core
