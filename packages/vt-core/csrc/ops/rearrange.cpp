// SPDX-License-Identifier: Apache-2.0
// Other orders, repetitions and shapes of a tensor's elements: flip, and what is composed of views, copies and cat.
#include <algorithm>
#include <numeric>

#include "ops/join.hpp"
#include "ops/lists.hpp"
#include "ops/ops.hpp"

namespace vt::core {

namespace {

using Ints = std::vector<int64_t>;
std::span<const int64_t> span_of(const Ints& ints) noexcept { return ints; }

Tensor reshape(const Tensor& t, const Ints& sizes) {
  static const Op op("reshape");
  return op(t, span_of(sizes));
}

// One bit per dimension; a dimension given twice is an error.
uint64_t mask_of(const char* op, std::span<const int64_t> dims, int32_t ndim) {
  uint64_t mask = 0;
  for (const int64_t dim : dims) {
    const uint64_t one = vt::bit(wrap_dim(op, dim, ndim));
    if (mask & one)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": dimension " + std::to_string(dim) + " appears twice in dims");
    mask |= one;
  }
  return mask;
}

// A copy of a view that walks the dimensions backwards. No other op sees a tensor with negative strides.
void flip(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const uint64_t mask = mask_of("flip", ints_of(args[1]), self->dl.ndim);
  Owned out(empty_following(self, self->dl.dtype, self->dl.device));
  if (self->numel > 0 && !is_meta(self->dl.device)) {
    auto* data = static_cast<char*>(self->dl.data);
    Sizes strides;
    strides.assign(strides_of(self));
    for (size_t d = 0; d < strides.size(); ++d) {
      if (!(mask & vt::bit(static_cast<int>(d)))) continue;
      data += (self->dl.shape[d] - 1) * strides[d] * itemsize_of(self->dl.dtype);
      strides[d] = -strides[d];
    }
    const Owned backwards(make_view_unchecked(impl(self), sizes_of(self), strides, data));
    copy_tensor(out.get(), backwards.get(), false);
  }
  result[0] = value_of(out.take());
}

// The two parts of a dimension exchanged.
Tensor roll_dim(const Tensor& t, int64_t shift, int64_t dim) {
  static const Op slice("slice");
  static const Op cat("cat");
  const int64_t size = t->dl.shape[dim];
  const int64_t start = ((size - shift % size) % size + size) % size;
  const Tensor head = slice(t, dim, start, size, int64_t{1});
  const Tensor tail = slice(t, dim, int64_t{0}, start, int64_t{1});
  VtTensor* const parts[] = {head.get(), tail.get()};
  return cat(std::span<VtTensor* const>(parts), dim);
}

void roll(const VtValue* args, VtValue* result) {
  static const Op clone("clone");
  VtTensor* self = args[0].as.tensor;
  const auto shifts = ints_of(args[1]);
  const auto dims = ints_of(args[2]);
  if (shifts.empty()) fail(VT_ERROR_RUNTIME, "roll: shifts must not be empty");
  if (dims.empty() ? shifts.size() != 1 : shifts.size() != dims.size())
    fail(VT_ERROR_RUNTIME, "roll: got " + std::to_string(shifts.size()) + " shifts and " + std::to_string(dims.size()) +
                               " dims, expected as many of both");
  Tensor t = Tensor::share(self);
  for (const int64_t dim : dims) wrap_dim("roll", dim, t.ndim());
  if (self->numel == 0) {
    t = clone(t);
  } else if (dims.empty()) {
    const auto sizes = sizes_of(self);
    t = reshape(roll_dim(reshape(t, {-1}), shifts[0], 0), Ints(sizes.begin(), sizes.end()));
  } else if (self->dl.ndim == 0) {
    t = clone(t);
  } else {
    for (size_t i = 0; i < dims.size(); ++i) t = roll_dim(t, shifts[i], wrap_dim("roll", dims[i], t.ndim()));
  }
  result[0] = value_of(t.release());
}

// Dimension d seen as (1, size) is expanded to (repeats[d], size), copied, and seen as one dimension again.
Tensor repeated(const char* op, const Tensor& self, std::span<const int64_t> repeats) {
  static const Op expand("expand");
  static const Op clone("clone");
  static const Op contiguous("contiguous");
  const auto ndim = static_cast<size_t>(self.ndim());
  if (repeats.size() < ndim)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": got " + std::to_string(repeats.size()) +
                               " repeats, expected at least the " + std::to_string(ndim) + " dimensions of the tensor");
  if (2 * repeats.size() > static_cast<size_t>(kMaxDims))
    fail(VT_ERROR_VALUE, std::string(op) + ": expected at most 32 dimensions, got " + std::to_string(repeats.size()));
  const size_t lead = repeats.size() - ndim;
  Ints apart;
  Ints expanded;
  Ints sizes;
  for (size_t d = 0; d < repeats.size(); ++d) {
    const int64_t size = d < lead ? 1 : self->dl.shape[d - lead];
    if (repeats[d] < 0)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": repeats must not be negative: got " + format_sizes(repeats));
    apart.insert(apart.end(), {1, size});
    expanded.insert(expanded.end(), {repeats[d], size});
    sizes.push_back(0);
    if (__builtin_mul_overflow(repeats[d], size, &sizes.back()))
      fail(VT_ERROR_OVERFLOW, std::string(op) + ": repeats " + format_sizes(repeats) + " of " +
                                  format_sizes(self.sizes()) + " do not fit in 64 bits");
  }
  checked_numel(op, sizes);
  const Tensor seen = expand(reshape(self, apart), span_of(expanded));
  return reshape(seen->flags & VT_TENSOR_CONTIGUOUS ? clone(seen) : contiguous(seen), sizes);
}

void repeat(const VtValue* args, VtValue* result) {
  result[0] = value_of(repeated("repeat", Tensor::share(args[0].as.tensor), ints_of(args[1])).release());
}

// repeat with leading ones where there are fewer numbers than dimensions.
void tile(const VtValue* args, VtValue* result) {
  const auto given = ints_of(args[1]);
  Ints repeats(given.begin(), given.end());
  const auto ndim = static_cast<size_t>(args[0].as.tensor->dl.ndim);
  if (repeats.size() < ndim) repeats.insert(repeats.begin(), ndim - repeats.size(), 1);
  result[0] = value_of(repeated("tile", Tensor::share(args[0].as.tensor), repeats).release());
}

void repeat_interleave(const VtValue* args, VtValue* result) {
  static const Op expand("expand");
  static const Op clone("clone");
  static const Op contiguous("contiguous");
  const int64_t repeats = args[1].as.i;
  if (repeats < 0)
    fail(VT_ERROR_RUNTIME, "repeat_interleave: repeats must not be negative: got " + std::to_string(repeats));
  Tensor self = Tensor::share(args[0].as.tensor);
  if (is_none(args[2]) || self.ndim() == 0) self = reshape(self, {self.numel()});
  const auto dim = static_cast<size_t>(wrap_dim("repeat_interleave", is_none(args[2]) ? 0 : args[2].as.i, self.ndim()));
  Ints sizes(self.sizes().begin(), self.sizes().end());
  Ints apart = sizes;
  apart.insert(apart.begin() + static_cast<std::ptrdiff_t>(dim) + 1, 1);
  Ints expanded = apart;
  expanded[dim + 1] = repeats;
  if (__builtin_mul_overflow(sizes[dim], repeats, &sizes[dim]))
    fail(VT_ERROR_OVERFLOW, "repeat_interleave: " + std::to_string(repeats) + " repeats do not fit in 64 bits");
  if (!is_none(args[3]) && args[3].as.i != sizes[dim])
    fail(VT_ERROR_RUNTIME, "repeat_interleave: output_size must be the size of the dimension in the result: got " +
                               std::to_string(args[3].as.i) + ", expected " + std::to_string(sizes[dim]));
  checked_numel("repeat_interleave", sizes);
  const Tensor seen = expand(reshape(self, apart), span_of(expanded));
  const Tensor copy = seen->flags & VT_TENSOR_CONTIGUOUS ? clone(seen) : contiguous(seen);
  result[0] = value_of(reshape(copy, sizes).release());
}

void flatten(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const auto start = static_cast<size_t>(wrap_dim("flatten", args[1].as.i, self->dl.ndim));
  const auto end = static_cast<size_t>(wrap_dim("flatten", args[2].as.i, self->dl.ndim));
  if (start > end)
    fail(VT_ERROR_RUNTIME, "flatten: start_dim must not come after end_dim: got " + std::to_string(args[1].as.i) +
                               " and " + std::to_string(args[2].as.i));
  Ints sizes(self->dl.shape, self->dl.shape + self->dl.ndim);
  if (sizes.empty()) sizes.push_back(1);
  for (size_t d = start + 1; d <= end; ++d) sizes[start] *= sizes[d];
  sizes.erase(sizes.begin() + static_cast<std::ptrdiff_t>(start) + 1,
              sizes.begin() + static_cast<std::ptrdiff_t>(end) + 1);
  result[0] =
      start == end && self->dl.ndim > 0 ? shared_value(self) : value_of(reshape(Tensor::share(self), sizes).release());
}

void unflatten(const VtValue* args, VtValue* result) {
  static const Op view("view");
  VtTensor* self = args[0].as.tensor;
  if (self->dl.ndim == 0) fail(VT_ERROR_RUNTIME, "unflatten: a 0-dim tensor has no dimension to divide");
  const auto dim = static_cast<size_t>(wrap_dim("unflatten", args[1].as.i, self->dl.ndim));
  const auto given = ints_of(args[2]);
  if (given.empty()) fail(VT_ERROR_RUNTIME, "unflatten: sizes must not be empty");
  Ints parts(given.begin(), given.end());
  int64_t known = 1;
  int64_t* inferred = nullptr;
  bool valid = true;
  for (int64_t& size : parts) {
    if (size == -1 && !inferred) {
      inferred = &size;
    } else {
      valid &= size >= 0 && !__builtin_mul_overflow(known, size, &known);
    }
  }
  const int64_t whole = self->dl.shape[dim];
  if (valid && inferred && known != 0 && whole % known == 0) {
    *inferred = whole / known;
    known = whole;
  } else {
    valid &= !inferred;
  }
  if (!valid || known != whole)
    fail(VT_ERROR_RUNTIME, "unflatten: sizes " + format_sizes(given) + " do not multiply up to " +
                               std::to_string(whole) + ", the size of dimension " + std::to_string(dim));
  Ints sizes(self->dl.shape, self->dl.shape + self->dl.ndim);
  sizes.erase(sizes.begin() + static_cast<std::ptrdiff_t>(dim));
  sizes.insert(sizes.begin() + static_cast<std::ptrdiff_t>(dim), parts.begin(), parts.end());
  result[0] = value_of(view(value_of(self), span_of(sizes)).release());
}

void movedim(const VtValue* args, VtValue* result) {
  static const Op permute("permute");
  const VtTensor* self = args[0].as.tensor;
  const auto source = ints_of(args[1]);
  const auto destination = ints_of(args[2]);
  if (source.size() != destination.size())
    fail(VT_ERROR_RUNTIME, "movedim: got " + std::to_string(source.size()) + " dims to move and " +
                               std::to_string(destination.size()) + " places, expected as many of both");
  const uint64_t moved = mask_of("movedim", source, self->dl.ndim);
  mask_of("movedim", destination, self->dl.ndim);
  Ints order(static_cast<size_t>(self->dl.ndim), -1);
  for (size_t i = 0; i < source.size() && !order.empty(); ++i)
    order[static_cast<size_t>(wrap_dim("movedim", destination[i], self->dl.ndim))] =
        wrap_dim("movedim", source[i], self->dl.ndim);
  int next = 0;
  for (int64_t& entry : order) {
    if (entry >= 0) continue;
    while (moved & vt::bit(next)) ++next;
    entry = next++;
  }
  result[0] = value_of(permute(args[0], span_of(order)).release());
}

void expand_as(const VtValue* args, VtValue* result) {
  static const Op expand("expand");
  result[0] = value_of(expand(args[0], sizes_of(args[1].as.tensor)).release());
}

void view_as(const VtValue* args, VtValue* result) {
  static const Op view("view");
  result[0] = value_of(view(args[0], sizes_of(args[1].as.tensor)).release());
}

void reshape_as(const VtValue* args, VtValue* result) {
  static const Op op("reshape");
  result[0] = value_of(op(args[0], sizes_of(args[1].as.tensor)).release());
}

void t(const VtValue* args, VtValue* result) {
  static const Op transpose("transpose");
  static const Op alias("alias");
  const int32_t ndim = args[0].as.tensor->dl.ndim;
  if (ndim > 2)
    fail(VT_ERROR_RUNTIME, "t: expected at most 2 dimensions, got " + std::to_string(ndim) + "; use transpose");
  result[0] = value_of((ndim < 2 ? alias(args[0]) : transpose(args[0], int64_t{0}, int64_t{1})).release());
}

void matrix_transpose(const VtValue* args, VtValue* result) {
  static const Op transpose("transpose");
  const int32_t ndim = args[0].as.tensor->dl.ndim;
  if (ndim == 1) fail(VT_ERROR_RUNTIME, "mT: expected matrices, of at least 2 dimensions, got 1");
  if (ndim == 0) {
    result[0] = shared_value(args[0].as.tensor);
  } else {
    result[0] = value_of(transpose(args[0], int64_t{-2}, int64_t{-1}).release());
  }
}

void reversed(const VtValue* args, VtValue* result) {
  static const Op permute("permute");
  Ints dims(static_cast<size_t>(args[0].as.tensor->dl.ndim));
  std::iota(dims.rbegin(), dims.rend(), 0);
  result[0] = value_of(permute(args[0], span_of(dims)).release());
}

constexpr char kFlipDoc[] =
    R"(A copy in which the order of indices along `dims` is reversed.

Raises
------
RuntimeError
    If a dimension is given twice.)";
constexpr char kRollDoc[] =
    R"(A copy in which elements move by `shifts` along `dims`; what leaves at one end comes in at the other.

Without `dims` the tensor is rolled as if it had one dimension, and keeps its sizes.)";
constexpr char kRepeatDoc[] = R"(A copy that repeats the tensor along each dimension.

Parameters
----------
repeats : sequence of int
    One number per dimension; more numbers than dimensions add leading dimensions.)";
constexpr char kTileDoc[] = "As `repeat`, with 1 for each leading dimension that `dims` does not name.";
constexpr char kRepeatInterleaveDoc[] = R"(A copy that repeats each index of a dimension `repeats` times in place.

Without `dim` the elements are taken as one dimension. `output_size`, where given, has to be the size of the dimension in the
result.)";
constexpr char kFlattenDoc[] = R"(The dimensions from `start_dim` to `end_dim` as one: a view where strides allow it.

A 0-dim tensor becomes one of size 1; when nothing changes the result is `self`.)";
constexpr char kUnflattenDoc[] = "A view with one dimension divided into `sizes`, one of which may be -1.";
constexpr char kMovedimDoc[] =
    "A view in which the dimensions `source` stand at `destination`; the others keep their order.";
constexpr char kExpandAsDoc[] = "A view expanded to the sizes of `other`.";
constexpr char kViewAsDoc[] = "A view with the sizes of `other`.";
constexpr char kReshapeAsDoc[] = "The elements with the sizes of `other`, as `reshape` gives them.";
constexpr char kTDoc[] = "A matrix transposed; a tensor of fewer dimensions as it is.";
constexpr char kReversedDoc[] = "A view with all dimensions in reverse order: Tensor.T.";
constexpr char kMTDoc[] = "A view with the last two dimensions exchanged.";

}  // namespace

void register_rearrange(VtPlugin* plugin) {
  constexpr uint32_t kFlags = kFunctionAndMethod | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"flip(Tensor self, int[] dims) -> Tensor", kFunctionAndMethod, kFlipDoc},
      {"roll(Tensor self, int[] shifts, int[] dims=[]) -> Tensor", kFlags, kRollDoc},
      {"repeat(Tensor self, int[] repeats) -> Tensor", VT_OP_METHOD | VT_OP_COMPOSITE, kRepeatDoc},
      {"tile(Tensor self, int[] dims) -> Tensor", kFlags, kTileDoc},
      {"repeat_interleave(Tensor self, int repeats, int? dim=None, *, int? output_size=None) -> Tensor", kFlags,
       kRepeatInterleaveDoc},
      {"flatten(Tensor self, int start_dim=0, int end_dim=-1) -> Tensor", kFlags, kFlattenDoc},
      {"unflatten(Tensor self, int dim, int[] sizes) -> Tensor", kFlags, kUnflattenDoc},
      {"movedim(Tensor self, int[] source, int[] destination) -> Tensor", kFlags, kMovedimDoc},
      {"expand_as(Tensor self, Tensor other) -> Tensor", VT_OP_METHOD | VT_OP_COMPOSITE, kExpandAsDoc},
      {"view_as(Tensor self, Tensor other) -> Tensor", VT_OP_METHOD | VT_OP_COMPOSITE, kViewAsDoc},
      {"reshape_as(Tensor self, Tensor other) -> Tensor", VT_OP_METHOD | VT_OP_COMPOSITE, kReshapeAsDoc},
      {"t(Tensor self) -> Tensor", kFlags, kTDoc},
      {"mT(Tensor self) -> Tensor", VT_OP_FUNCTION | VT_OP_COMPOSITE, kMTDoc},
      {"numpy_T(Tensor self) -> Tensor", VT_OP_COMPOSITE, kReversedDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"flip", boxed<flip>},
      {"roll", boxed<roll>},
      {"repeat", boxed<repeat>},
      {"tile", boxed<tile>},
      {"repeat_interleave", boxed<repeat_interleave>},
      {"flatten", boxed<flatten>},
      {"unflatten", boxed<unflatten>},
      {"movedim", boxed<movedim>},
      {"expand_as", boxed<expand_as>},
      {"view_as", boxed<view_as>},
      {"reshape_as", boxed<reshape_as>},
      {"t", boxed<t>},
      {"mT", boxed<matrix_transpose>},
      {"numpy_T", boxed<reversed>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
