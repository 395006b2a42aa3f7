// SPDX-License-Identifier: Apache-2.0
// Reading and writing by tensors of indices: what is refused and how the loops run, the same on every device.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/iter/overlap.hpp>
#include <vt/cpp/iter/plan.hpp>
#include <vt/cpp/op.hpp>

#include <vector>

namespace vt {

// Note [Indexed loops]
// Three operands walk one shape: 0 the dense side (a result, or values to write), 1 the indexed tensor, which does not move
// along the dimensions that indices stand for, and 2 the offsets, which move along those alone. The element of operand 1 is
// found `offset` bytes further on. Dimensions keep their order, so that writes to one element have one.

// Indices are int64 or int32.
inline void check_index_dtype(const char* op, const VtTensor* index) {
  if (!same_dtype(index->dl.dtype, kInt64) && !same_dtype(index->dl.dtype, kInt32))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": indices must be int64 or int32: got " +
                               std::string(dtype_name(index->dl.dtype)) + "; convert them");
}

inline std::string index_message(const char* op, int64_t index, int64_t dim, int64_t size) {
  return std::string(op) + ": index " + std::to_string(index) + " is out of bounds for dimension " +
         std::to_string(dim) + " with size " + std::to_string(size);
}

// Indices as integers: a mask becomes a tensor of indices for each dimension that it covers. On a device that waits.
inline std::vector<Tensor> expand_masks(const char* op, const VtTensor* self, std::span<VtTensor* const> indices) {
  static const Op nonzero("nonzero");
  static const Op select("select");
  std::vector<Tensor> out;
  for (VtTensor* index : indices) {
    if (!index || !same_dtype(index->dl.dtype, kBool)) {
      out.push_back(index ? Tensor::share(index) : Tensor());
      continue;
    }
    for (int32_t d = 0; d < index->dl.ndim; ++d) {
      const auto at = static_cast<int32_t>(out.size()) + d;
      if (at >= self->dl.ndim || self->dl.shape[at] != index->dl.shape[d])
        fail(VT_ERROR_INDEX, std::string(op) + ": the mask of sizes " + format_sizes(sizes_of(index)) +
                                 " does not fit dimension " + std::to_string(at) + " of a tensor of sizes " +
                                 format_sizes(sizes_of(self)));
    }
    const Tensor found = nonzero(value_of(index));
    for (int64_t d = 0; d < index->dl.ndim; ++d) out.push_back(select(found, int64_t{1}, d));
  }
  return out;
}

inline bool is_single_mask(const VtValue& indices) noexcept {
  if (indices.count != 1 || !indices.as.tensors[0]) return false;
  const DLTensor& mask = indices.as.tensors[0]->dl;
  return same_dtype(mask.dtype, kBool) && mask.ndim == 0;
}

// Whether index_put(self, indices, values, accumulate) writes one value by one mask without dimensions, which fills the
// tensor or leaves it as it is.
inline bool is_filled_by_mask(const VtValue* args) noexcept {
  return is_single_mask(args[1]) && args[0].as.tensor->dl.ndim > 0 && args[2].as.tensor->numel == 1 &&
         args[3].as.i == 0;
}

inline void fill_by_mask(const VtValue* args, VtValue* result) {
  static const Op fill("masked_fill");
  static const Op reshape("reshape");
  const Tensor value = reshape(args[2], std::span<const int64_t>());
  result[0] = value_of(fill.into(result[0], args[0], value_of(args[1].as.tensors[0]), value).release());
}

// A dimension of the indexed tensor and the indices into it. `sizes` and `strides` are those of the indices broadcast with
// each other, strides in bytes.
struct IndexedDim {
  const VtTensor* index = nullptr;
  int64_t dim = 0;
  int64_t size = 0;
  int64_t stride = 0;  // of the indexed tensor, in bytes
  bool wraps = false;  // negative indices count from the end
};

// How `self` is read or written at the indices of some of its dimensions.
struct IndexPlan {
  std::vector<IndexedDim> indexed;
  Sizes index_shape;    // of the indices, broadcast
  Sizes shape;          // of the dense side
  size_t position = 0;  // of the indices' dimensions in `shape`
};

// entry d of `indices` indexes dimension d; NULL, or a missing entry, takes it whole. As in PyTorch the dimensions of the
// indices stand where the indexed ones stood, or first when those are not neighbours.
inline void plan_index(const char* op, const VtTensor* self, std::span<VtTensor* const> indices, bool wraps,
                       IndexPlan& p) {
  const auto ndim = static_cast<size_t>(self->dl.ndim);
  if (indices.size() > ndim)
    fail(VT_ERROR_INDEX, std::string(op) + ": too many indices for a tensor of dimension " + std::to_string(ndim) +
                             ": got " + std::to_string(indices.size()));
  bool neighbours = true;
  p.index_shape.resize(0);
  for (size_t d = 0; d < indices.size(); ++d) {
    const VtTensor* index = indices[d];
    if (!index) continue;
    check_index_dtype(op, index);
    const auto dim = static_cast<int64_t>(d);
    if (p.indexed.empty()) {
      p.position = d;
    } else {
      neighbours &= p.indexed.back().dim + 1 == dim;
    }
    p.indexed.push_back({index, dim, self->dl.shape[d], self->dl.strides[d] * itemsize_of(self->dl.dtype), wraps});
    if (!broadcast_into(p.index_shape, sizes_of(index)))
      fail(VT_ERROR_INDEX, std::string(op) + ": indices cannot be broadcast together: got " +
                               format_sizes(p.index_shape) + " and " + format_sizes(sizes_of(index)));
  }
  if (p.indexed.empty()) fail(VT_ERROR_VALUE, std::string(op) + ": expected at least one tensor of indices");
  if (!neighbours) p.position = 0;
  const size_t num_kept = ndim - p.indexed.size();
  if (num_kept + p.index_shape.size() > static_cast<size_t>(kMaxDims))
    fail(VT_ERROR_VALUE, std::string(op) + ": the result would have more than 64 dimensions");
  p.shape.resize(num_kept + p.index_shape.size());
  size_t at = 0;
  size_t next = 0;
  const auto put_indices = [&] {
    if (at == p.position)
      for (const int64_t size : p.index_shape) p.shape[at++] = size;
  };
  size_t kept = 0;
  for (size_t d = 0; d < ndim; ++d) {
    if (next < p.indexed.size() && p.indexed[next].dim == static_cast<int64_t>(d)) {
      ++next;
      continue;
    }
    if (kept++ == p.position) put_indices();
    p.shape[at++] = self->dl.shape[d];
  }
  if (kept == p.position) put_indices();
}

// Lays out loops over `shape` in its order for operands given by byte strides, row after row in `strides`.
inline void plan_ordered(std::span<const int64_t> shape, std::span<const int64_t> strides, std::span<void* const> data,
                         DLDevice device, IterPlan& p) {
  const size_t num_operands = data.size();
  p.num_operands = static_cast<int32_t>(num_operands);
  p.num_outputs = 0;
  p.shape.assign(shape);
  p.tensors.assign(num_operands, nullptr);
  p.numbers.resize(num_operands);
  p.dtypes.assign(num_operands, kUInt8);
  p.data.resize(num_operands);
  p.device = device;
  InlineVector<size_t, 8> order;
  order.resize(shape.size());
  for (size_t i = 0; i < shape.size(); ++i) order[i] = shape.size() - 1 - i;
  detail::lay_out_loops(p, strides.data(), order.data());
  for (size_t k = 0; k < num_operands; ++k) p.data[k] = data[k];
  p.contiguous = false;
}

// Note [Indexed loops]. `dense` has the sizes of the plan's shape, or broadcasts to them; `offsets` are dense in the shape of
// the indices, `offset_bytes` each.
inline void plan_index_loops(const IndexPlan& index, const VtTensor* self, const VtTensor* dense, void* offsets,
                             int64_t offset_bytes, IterPlan& p) {
  const size_t ndim = index.shape.size();
  const size_t num_index_dims = index.index_shape.size();
  InlineVector<int64_t, 16> strides;
  strides.assign(3 * ndim, 0);
  detail::broadcast_strides(dense, index.shape, strides.data());
  Sizes offset_strides;
  offset_strides.resize(num_index_dims);
  contiguous_strides(index.index_shape, offset_strides.data());
  size_t next = 0;
  size_t d = 0;
  for (size_t i = 0; i < ndim; ++i) {
    if (i >= index.position && i < index.position + num_index_dims) {
      strides[2 * ndim + i] = offset_strides[i - index.position] * offset_bytes;
      continue;
    }
    while (next < index.indexed.size() && index.indexed[next].dim == static_cast<int64_t>(d)) {
      ++next;
      ++d;
    }
    strides[ndim + i] = self->dl.strides[d++] * itemsize_of(self->dl.dtype);
  }
  void* const data[] = {dense->dl.data, self->dl.data, offsets};
  plan_ordered(index.shape, strides, data, self->dl.device, p);
}

// gather, scatter and scatter_add: the shape is that of `index`; `dense` may be NULL, for one number.
inline void plan_gather_loops(const VtTensor* self, int32_t dim, const VtTensor* index, const VtTensor* dense,
                              void* number, IterPlan& p) {
  const auto ndim = static_cast<size_t>(index->dl.ndim);
  InlineVector<int64_t, 16> strides;
  strides.assign(3 * ndim, 0);
  for (size_t d = 0; d < ndim; ++d) {
    if (dense) strides[d] = dense->dl.strides[d] * itemsize_of(dense->dl.dtype);
    if (d != static_cast<size_t>(dim) && self->dl.ndim > 0)
      strides[ndim + d] = self->dl.strides[d] * itemsize_of(self->dl.dtype);
    strides[2 * ndim + d] = index->dl.strides[d] * itemsize_of(index->dl.dtype);
  }
  void* const data[] = {dense ? dense->dl.data : number, self->dl.data, index->dl.data};
  plan_ordered(sizes_of(index), strides, data, self->dl.device, p);
}

// What gather and scatter ask of their sizes: as many dimensions, and an index no larger than the others. A 0-dim tensor
// counts as one of size 1.
inline int32_t check_gather(const char* op, const VtTensor* self, int64_t dim, const VtTensor* index,
                            const VtTensor* src) {
  const int32_t wrapped = wrap_dim(op, dim, self->dl.ndim);
  check_index_dtype(op, index);
  if (index->numel == 0) return wrapped;
  auto fail_sizes = [&](const char* what, const VtTensor* other) {
    fail(VT_ERROR_RUNTIME, std::string(op) + ": index must have as many dimensions as " + what +
                               " and be no larger: got " + format_sizes(sizes_of(index)) + ", expected at most " +
                               format_sizes(sizes_of(other)));
  };
  const auto at_least_1 = [](const VtTensor* t) { return std::max(t->dl.ndim, 1); };
  const auto size_of = [](const VtTensor* t, int32_t d) { return t->dl.ndim > 0 ? t->dl.shape[d] : int64_t{1}; };
  if (at_least_1(self) != at_least_1(index)) fail_sizes("self", self);
  for (int32_t d = 0; d < at_least_1(self); ++d)
    if (d != wrapped && size_of(index, d) > size_of(self, d)) fail_sizes("self", self);
  if (!src) return wrapped;
  if (!same_dtype(src->dl.dtype, self->dl.dtype))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": src must have the dtype of self: got " +
                               std::string(dtype_name(src->dl.dtype)) + ", expected " +
                               std::string(dtype_name(self->dl.dtype)));
  if (at_least_1(src) != at_least_1(index)) fail_sizes("src", src);
  for (int32_t d = 0; d < at_least_1(src); ++d)
    if (size_of(index, d) > size_of(src, d)) fail_sizes("src", src);
  return wrapped;
}

// The out= form of a kernel that has none: the result is made apart and then stored by store(op, destination, result). With
// kInPlace a destination that is the first argument is left to the kernel.
template <bool kInPlace, class Kernel, class Store>
void with_out(const char* op, const VtValue* args, VtValue* result, Kernel&& kernel, Store&& store) {
  if (!is_tensor(result[0]) || (kInPlace && result[0].as.tensor == args[0].as.tensor)) return kernel(args, result);
  const Tensor out = Tensor::share(result[0].as.tensor);
  check_writable(op, out.get());
  VtValue made = none();
  kernel(args, &made);
  const Tensor value = Tensor::steal(made.as.tensor);
  if (!same_dtype(out.dtype(), value.dtype()))
    fail(VT_ERROR_DTYPE, std::string(op) + ": out must have the dtype of the result: got " +
                             std::string(dtype_name(out.dtype())) + ", expected " +
                             std::string(dtype_name(value.dtype())));
  store(out.get(), value.get());
  result[0] = value_of(Tensor(out).release());
}

// Whether additions of the dtype are implemented; float8 has none.
inline void check_accumulates(const char* op, DLDataType dtype, const char* device) {
  if (dtype.bits == 8 && dtype_info(dtype).category == Category::kFloating)
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) +
                                       " on " + device + "; convert to float32 first");
}

}  // namespace vt
