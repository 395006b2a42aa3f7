// SPDX-License-Identifier: Apache-2.0
// tensor_split and its forms for one dimension: parts of a tensor as views, cut at indices or into nearly equal sections.
#include <vt/cpp/op.hpp>

#include <algorithm>

#include "ops/join.hpp"
#include "ops/lists.hpp"
#include "ops/ops.hpp"

namespace vt::core {

namespace {

Tensor part(VtTensor* self, int64_t dim, int64_t start, int64_t end) {
  static const Op slice("slice");
  return slice(value_of(self), dim, start, end, int64_t{1});
}

// The first sections are one longer when the size does not divide.
VtValue sections(const char* op, VtTensor* self, int64_t dim, int64_t count) {
  if (count <= 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": the number of sections must be positive: got " + std::to_string(count));
  const int64_t size = self->dl.shape[dim];
  check_num_parts(op, count);
  std::vector<Tensor> parts;
  parts.reserve(static_cast<size_t>(count));
  int64_t start = 0;
  for (int64_t i = 0; i < count; ++i) {
    const int64_t end = start + size / count + (i < size % count);
    parts.push_back(part(self, dim, start, end));
    start = end;
  }
  return list_value(parts);
}

// Limits as in Python: negative ones count from the end, those out of range are clamped.
VtValue at_indices(VtTensor* self, int64_t dim, std::span<const int64_t> indices) {
  std::vector<Tensor> parts;
  parts.reserve(indices.size() + 1);
  int64_t start = 0;
  for (const int64_t end : indices) {
    parts.push_back(part(self, dim, start, end));
    start = end;
  }
  parts.push_back(part(self, dim, start, self->dl.shape[dim]));
  return list_value(parts);
}

VtValue cut(const char* op, VtTensor* self, int64_t dim, const VtValue& where) {
  if (where.tag == VT_INT_LIST) return at_indices(self, dim, ints_of(where));
  return sections(op, self, dim, where.as.i);
}

int64_t checked_dim(const char* op, const VtTensor* self, int64_t dim) {
  if (self->dl.ndim == 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": a 0-dim tensor has no dimension to divide");
  return wrap_dim(op, dim, self->dl.ndim);
}

void tensor_split(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  result[0] = cut("tensor_split", self, checked_dim("tensor_split", self, args[2].as.i), args[1]);
}

void tensor_split_tensor(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  VtTensor* where = args[1].as.tensor;
  const int64_t dim = checked_dim("tensor_split", self, args[2].as.i);
  if (!same_dtype(where->dl.dtype, kInt64))
    fail(VT_ERROR_RUNTIME,
         "tensor_split: sections or indices must be int64: got " + std::string(dtype_name(where->dl.dtype)));
  if (where->dl.ndim > 1)
    fail(VT_ERROR_RUNTIME,
         "tensor_split: sections or indices must have at most one dimension: got " + std::to_string(where->dl.ndim));
  const Owned host(empty(sizes_of(where), kInt64, {kDLCPU, 0}));
  copy_tensor(host.get(), where, false);
  const auto* values = static_cast<const int64_t*>(host.get()->dl.data);
  if (where->dl.ndim == 0) {
    result[0] = sections("tensor_split", self, dim, *values);
    return;
  }
  result[0] = at_indices(self, dim, {values, static_cast<size_t>(where->numel)});
}

// hsplit, vsplit and dsplit: sections have to divide the size.
void split_along(const char* op, VtTensor* self, int32_t min_ndim, int64_t dim, const VtValue& where, VtValue* result) {
  if (self->dl.ndim < min_ndim)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": expected at least " + std::to_string(min_ndim) + " dimensions, got " +
                               std::to_string(self->dl.ndim));
  const int64_t size = self->dl.shape[dim];
  if (where.tag != VT_INT_LIST && (where.as.i <= 0 || size % where.as.i != 0))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": dimension " + std::to_string(dim) + " of size " + std::to_string(size) +
                               " does not divide into " + std::to_string(where.as.i) + " sections");
  result[0] = cut(op, self, dim, where);
}

void hsplit(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  split_along("hsplit", self, 1, self->dl.ndim == 1 ? 0 : 1, args[1], result);
}
void vsplit(const VtValue* args, VtValue* result) { split_along("vsplit", args[0].as.tensor, 2, 0, args[1], result); }
void dsplit(const VtValue* args, VtValue* result) { split_along("dsplit", args[0].as.tensor, 3, 2, args[1], result); }

constexpr char kTensorSplitDoc[] = R"(Views of parts of a dimension, as `numpy.array_split`.

Parameters
----------
self : Tensor
indices_or_sections : int, sequence of int, or Tensor
    The number of parts, of which the first are one longer where the size does not divide; or the indices at which to cut, as
    limits of slices. A tensor is int64: 0-dim for a number, 1-dim for indices; reading it waits for its device.
dim : int

Raises
------
RuntimeError
    If the number is not positive or `self` has no dimensions.)";
constexpr char kHsplitDoc[] =
    R"(As `tensor_split` along columns: dimension 1, or 0 of a vector. A number of parts must divide the size.)";
constexpr char kVsplitDoc[] = "As `tensor_split` along rows, dimension 0. A number of parts must divide the size.";
constexpr char kDsplitDoc[] = "As `tensor_split` along depth, dimension 2. A number of parts must divide the size.";

}  // namespace

void register_split_at(VtPlugin* plugin) {
  constexpr uint32_t kFlags = kFunctionAndMethod | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"tensor_split(Tensor self, int|int[] indices_or_sections, int dim=0) -> Tensor[]", kFlags, kTensorSplitDoc},
      {"tensor_split.tensor(Tensor self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor[]",
       kFlags | VT_OP_ANY_DEVICE, kTensorSplitDoc},
      {"hsplit(Tensor self, int|int[] indices_or_sections) -> Tensor[]", kFlags, kHsplitDoc},
      {"vsplit(Tensor self, int|int[] indices_or_sections) -> Tensor[]", kFlags, kVsplitDoc},
      {"dsplit(Tensor self, int|int[] indices_or_sections) -> Tensor[]", kFlags, kDsplitDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"tensor_split", boxed<tensor_split>},
      {"tensor_split.tensor", boxed<tensor_split_tensor>},
      {"hsplit", boxed<hsplit>},
      {"vsplit", boxed<vsplit>},
      {"dsplit", boxed<dsplit>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
