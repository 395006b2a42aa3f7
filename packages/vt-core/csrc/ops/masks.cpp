// SPDX-License-Identifier: Apache-2.0
// nonzero and masked_select on the CPU: results whose size depends on elements.
#include <numeric>
#include <vector>

#include "ops/indexed.hpp"
#include "ops/loops/index.hpp"

namespace vt::core {

namespace {

// Elements that are counted and written by one thread.
constexpr int64_t kChunk = 4 * kGrain;

// A row-major mask of one byte per element; bool is not zero, as in a cast.
Tensor dense_mask(VtTensor* t) {
  if (same_dtype(t->dl.dtype, kBool) && (t->flags & VT_TENSOR_CONTIGUOUS)) return Tensor::share(t);
  Tensor mask = Tensor::steal(empty(sizes_of(t), kBool, t->dl.device));
  copy_tensor(mask.get(), t, false);
  return mask;
}

// How many elements of each chunk are not zero; the first entry of the next one last, as a running total.
std::vector<int64_t> running_counts(const uint8_t* mask, int64_t numel) {
  const int64_t num_chunks = (numel + kChunk - 1) / kChunk;
  std::vector<int64_t> counts(static_cast<size_t>(num_chunks) + 1, 0);
  parallel_for(0, num_chunks, 1, [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; ++c)
      counts[static_cast<size_t>(c) + 1] =
          loops<IndexLoops>().count(mask + c * kChunk, std::min(kChunk, numel - c * kChunk));
  });
  std::partial_sum(counts.begin(), counts.end(), counts.begin());
  return counts;
}

// From the number of an element, in the last column of each row, to its index in every dimension.
void split_positions(std::span<const int64_t> sizes, int64_t* rows, int64_t num_rows) {
  const auto ndim = static_cast<int64_t>(sizes.size());
  for (int64_t r = 0; r < num_rows; ++r) {
    int64_t* row = rows + r * ndim;
    int64_t position = row[ndim - 1];
    for (int64_t d = ndim - 1; d > 0; --d) {
      const int64_t size = sizes[static_cast<size_t>(d)];
      const int64_t outer = position / size;
      row[d] = position - outer * size;
      position = outer;
    }
    row[0] = position;
  }
}

void new_nonzero(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const Tensor mask = dense_mask(self);
  const auto* bytes = mask.data<const uint8_t>();
  const int64_t numel = self->numel;
  const std::vector<int64_t> counts = running_counts(bytes, numel);
  const auto ndim = static_cast<int64_t>(self->dl.ndim);
  const int64_t sizes[2] = {counts.back(), ndim};
  Owned out(empty(sizes, kInt64, self->dl.device));
  auto* rows = static_cast<int64_t*>(out.get()->dl.data);
  if (ndim > 0)
    parallel_for(0, static_cast<int64_t>(counts.size()) - 1, 1, [&](int64_t begin, int64_t end) {
      for (int64_t c = begin; c < end; ++c) {
        const int64_t first = counts[static_cast<size_t>(c)];
        const int64_t found = counts[static_cast<size_t>(c) + 1] - first;
        int64_t* at = rows + first * ndim;
        loops<IndexLoops>().positions(bytes + c * kChunk, std::min(kChunk, numel - c * kChunk), c * kChunk,
                                      at + ndim - 1, ndim, found);
        if (ndim > 1) split_positions(sizes_of(self), at, found);
      }
    });
  result[0] = value_of(out.take());
}

void new_masked_select(const VtValue* args, VtValue* result) {
  static const Op expand("expand");
  static const Op contiguous("contiguous");
  VtTensor* self = args[0].as.tensor;
  VtTensor* given = args[1].as.tensor;
  if (!same_dtype(given->dl.dtype, kBool))
    fail(VT_ERROR_RUNTIME, "masked_select: the mask must be bool: got " + std::string(dtype_name(given->dl.dtype)) +
                               "; compare it with 0");
  Sizes shape;
  shape.assign(sizes_of(self));
  if (!broadcast_into(shape, sizes_of(given))) fail_broadcast("masked_select", sizes_of(self), sizes_of(given));
  const std::span<const int64_t> sizes(shape.data(), shape.size());
  const Tensor values = contiguous(expand(value_of(self), sizes));
  const Tensor mask = contiguous(expand(value_of(given), sizes));
  const auto* bytes = mask.data<const uint8_t>();
  const int64_t numel = values.numel();
  const std::vector<int64_t> counts = running_counts(bytes, numel);
  const int64_t size[1] = {counts.back()};
  const int64_t itemsize = itemsize_of(self->dl.dtype);
  Owned out(empty(size, self->dl.dtype, self->dl.device));
  const CompressLoop loop = loops<IndexLoops>().compress[log2_bytes(self->dl.dtype)];
  parallel_for(0, static_cast<int64_t>(counts.size()) - 1, 1, [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; ++c) {
      const int64_t first = counts[static_cast<size_t>(c)];
      loop(values.data<const char>() + c * kChunk * itemsize, bytes + c * kChunk, std::min(kChunk, numel - c * kChunk),
           static_cast<char*>(out.get()->dl.data) + first * itemsize, counts[static_cast<size_t>(c) + 1] - first);
    }
  });
  result[0] = value_of(out.take());
}

void nonzero(const VtValue* args, VtValue* result) {
  with_out<false>("nonzero", args, result, new_nonzero, store_apart);
}
void masked_select(const VtValue* args, VtValue* result) {
  with_out<false>("masked_select", args, result, new_masked_select, store_apart);
}

constexpr char kNonzeroDoc[] = R"(The indices of all elements that are not zero, in row-major order.

Parameters
----------
self : Tensor

Returns
-------
Tensor
    int64, one row per element and one column per dimension.

Notes
-----
On CUDA the call waits for the device, since the size of the result depends on the elements; it cannot be captured.)";
constexpr char kMaskedSelectDoc[] =
    R"(The elements of `self` where `mask` is true, in row-major order, as one dimension.

Parameters
----------
self : Tensor
mask : Tensor
    bool; broadcast with `self`.

Raises
------
ShapeError
    If the sizes cannot be broadcast.

Notes
-----
On CUDA the call waits for the device, since the size of the result depends on the elements; it cannot be captured.)";

}  // namespace

void register_masks(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"nonzero(Tensor self) -> Tensor", kFunctionAndMethod | VT_OP_OUT | VT_OP_NOT_DIFFERENTIABLE, kNonzeroDoc},
      {"masked_select(Tensor self, Tensor mask) -> Tensor", kFunctionAndMethod | VT_OP_OUT, kMaskedSelectDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"nonzero", boxed<nonzero>}, {"masked_select", boxed<masked_select>}};
  register_kernels(plugin, kDLCPU, kernels);
}

}  // namespace vt::core
