// SPDX-License-Identifier: Apache-2.0
// split, chunk, unbind and narrow: parts of a tensor as views, and their forms for in-place writing.
#include "ops/join.hpp"
#include "ops/lists.hpp"
#include "ops/ops.hpp"

namespace vt::core {

namespace {

Tensor slice(VtTensor* self, int64_t dim, int64_t start, int64_t length) {
  static const Op op("slice");
  return op(value_of(self), dim, start, start + length, int64_t{1});
}

void refuse_zero_dim(const char* op, const VtTensor* self) {
  if (self->dl.ndim == 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": a 0-dim tensor has no dimension to divide");
}

// Parts of `length` each; the last one may be shorter.
VtValue equal_parts(const char* op, VtTensor* self, int64_t dim, int64_t length, int64_t num_parts) {
  check_num_parts(op, num_parts);
  const int64_t size = self->dl.shape[dim];
  std::vector<Tensor> parts;
  parts.reserve(static_cast<size_t>(num_parts));
  for (int64_t i = 0; i < num_parts; ++i) {
    const int64_t start = std::min(i * length, size);
    parts.push_back(slice(self, dim, start, std::min(length, size - start)));
  }
  return list_value(parts);
}

VtValue listed_parts(const char* op, VtTensor* self, int64_t dim, std::span<const int64_t> lengths) {
  int64_t total = 0;
  bool valid = true;
  for (const int64_t length : lengths) valid &= length >= 0 && !__builtin_add_overflow(total, length, &total);
  if (!valid || total != self->dl.shape[dim])
    fail(VT_ERROR_RUNTIME, std::string(op) + ": the sizes must not be negative and add up to " +
                               std::to_string(self->dl.shape[dim]) + ", the size of dimension " + std::to_string(dim) +
                               ": got " + format_sizes(lengths));
  std::vector<Tensor> parts;
  parts.reserve(lengths.size());
  int64_t start = 0;
  for (const int64_t length : lengths) {
    parts.push_back(slice(self, dim, start, length));
    start += length;
  }
  return list_value(parts);
}

void split(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  refuse_zero_dim("split", self);
  const int64_t dim = wrap_dim("split", args[2].as.i, self->dl.ndim);
  if (args[1].tag == VT_INT_LIST) {
    result[0] = listed_parts("split", self, dim, ints_of(args[1]));
    return;
  }
  const int64_t length = args[1].as.i;
  const int64_t size = self->dl.shape[dim];
  if (length < 0 || (length == 0 && size != 0))
    fail(VT_ERROR_RUNTIME, "split: split_size must be positive: got " + std::to_string(length) +
                               " for a dimension of size " + std::to_string(size));
  const int64_t num_parts = size == 0 ? 1 : size / length + (size % length != 0);
  result[0] = equal_parts("split", self, dim, length, num_parts);
}

void split_with_sizes(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  refuse_zero_dim("split_with_sizes", self);
  const int64_t dim = wrap_dim("split_with_sizes", args[2].as.i, self->dl.ndim);
  result[0] = listed_parts("split_with_sizes", self, dim, ints_of(args[1]));
}

void chunk(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  refuse_zero_dim("chunk", self);
  const int64_t chunks = args[1].as.i;
  if (chunks <= 0) fail(VT_ERROR_RUNTIME, "chunk: chunks must be positive: got " + std::to_string(chunks));
  const int64_t dim = wrap_dim("chunk", args[2].as.i, self->dl.ndim);
  const int64_t size = self->dl.shape[dim];
  const int64_t length = size / chunks + (size % chunks != 0);
  result[0] = equal_parts("chunk", self, dim, length, size == 0 ? chunks : size / length + (size % length != 0));
}

// Views to the eye, but not to autograd: each part may be written in place by itself.
template <void (*kSplit)(const VtValue* args, VtValue* result)>
void unsafe(const VtValue* args, VtValue* result) {
  kSplit(args, result);
  for (VtTensor* part : tensors_of(result[0])) part->flags &= ~uint32_t{VT_TENSOR_IS_VIEW};
}

void unbind(const VtValue* args, VtValue* result) {
  static const Op select("select");
  VtTensor* self = args[0].as.tensor;
  refuse_zero_dim("unbind", self);
  const int64_t dim = wrap_dim("unbind", args[1].as.i, self->dl.ndim);
  check_num_parts("unbind", self->dl.shape[dim]);
  std::vector<Tensor> parts;
  parts.reserve(static_cast<size_t>(self->dl.shape[dim]));
  for (int64_t i = 0; i < self->dl.shape[dim]; ++i) parts.push_back(select(value_of(self), dim, i));
  result[0] = list_value(parts);
}

void narrow(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  refuse_zero_dim("narrow", self);
  const int64_t dim = wrap_dim("narrow", args[1].as.i, self->dl.ndim);
  const int64_t size = self->dl.shape[dim];
  const int64_t length = args[3].as.i;
  if (length < 0) fail(VT_ERROR_RUNTIME, "narrow: length must not be negative: got " + std::to_string(length));
  int64_t start = args[2].as.i;
  if (start < -size || start > size)
    fail(VT_ERROR_INDEX, "narrow: start is out of range: got " + std::to_string(start) + ", expected [" +
                             std::to_string(-size) + ", " + std::to_string(size) + "]");
  if (start < 0) start += size;
  if (length > size - start)
    fail(VT_ERROR_RUNTIME, "narrow: start " + std::to_string(start) + " and length " + std::to_string(length) +
                               " exceed the size " + std::to_string(size) + " of dimension " + std::to_string(dim));
  result[0] = value_of(slice(self, dim, start, length).release());
}

constexpr char kSplitDoc[] = R"(Views of consecutive parts of a dimension.

Parameters
----------
self : Tensor
split_size : int or sequence of int
    The size of each part, the last of which may be smaller; or the sizes of all parts.
dim : int
    The dimension to divide; 0 by default.

Returns
-------
tuple of Tensor
    Sharing the elements of `self`.

Raises
------
RuntimeError
    If the sizes are negative or do not add up, or `self` has no dimensions.)";
constexpr char kSplitWithSizesDoc[] = "As `split` with a list of sizes.";
constexpr char kUnsafeDoc[] =
    R"(As the view of this name without `unsafe_`, but autograd does not know that the parts share memory.

A part may be written in place without the others' history changing: right only when no other is used afterwards.)";
constexpr char kChunkDoc[] = R"(Views of at most `chunks` equal parts of a dimension, the last of which may be smaller.

As in PyTorch there are fewer parts when the size does not allow as many of equal size.)";
constexpr char kUnbindDoc[] = "Views of the tensor at each index of a dimension, without that dimension.";
constexpr char kNarrowDoc[] =
    R"(A view of `length` indices of a dimension from `start` on, which may count from the end.

Raises
------
IndexError
    If `start` is out of range.
RuntimeError
    If `length` is negative or leaves the dimension.)";

}  // namespace

void register_split(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"split(Tensor(a) self, int|int[] split_size, int dim=0) -> Tensor(a)[]", kFunctionAndMethod, kSplitDoc},
      {"chunk(Tensor(a) self, int chunks, int dim=0) -> Tensor(a)[]", kFunctionAndMethod, kChunkDoc},
      {"split_with_sizes(Tensor(a) self, int[] split_sizes, int dim=0) -> Tensor(a)[]", kFunctionAndMethod,
       kSplitWithSizesDoc},
      {"unsafe_split(Tensor self, int split_size, int dim=0) -> Tensor[]", kFunctionAndMethod, kUnsafeDoc},
      {"unsafe_split_with_sizes(Tensor self, int[] split_sizes, int dim=0) -> Tensor[]", kFunctionAndMethod,
       kUnsafeDoc},
      {"unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[]", kFunctionAndMethod, kUnsafeDoc},
      {"unbind(Tensor(a) self, int dim=0) -> Tensor(a)[]", kFunctionAndMethod, kUnbindDoc},
      {"narrow(Tensor self, int dim, int start, int length) -> Tensor", kFunctionAndMethod | VT_OP_COMPOSITE,
       kNarrowDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"split", boxed<split>},
      {"split_with_sizes", boxed<split_with_sizes>},
      {"chunk", boxed<chunk>},
      {"unsafe_split", boxed<unsafe<split>>},
      {"unsafe_split_with_sizes", boxed<unsafe<split_with_sizes>>},
      {"unsafe_chunk", boxed<unsafe<chunk>>},
      {"unbind", boxed<unbind>},
      {"narrow", boxed<narrow>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
