// SPDX-License-Identifier: Apache-2.0
// Derivatives of split, chunk and unbind: the parts' gradients joined, in one pass over them.
#include <algorithm>
#include <vector>

#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// The gradients of the parts, zeros where one did not take part; `sizes_of_part(i)` gives the sizes of those.
template <class SizesOfPart>
std::vector<Tensor> gradients_of_parts(const VtValue& grads, SizesOfPart&& sizes_of_part) {
  static const Op zeros("zeros");
  const std::span<VtTensor* const> given(grads.as.tensors, grads.count);
  const VtTensor* known = nullptr;
  for (const VtTensor* grad : given)
    if (grad) known = grad;
  std::vector<Tensor> all;
  for (size_t i = 0; i < given.size(); ++i) {
    if (given[i]) {
      all.push_back(Tensor::share(given[i]));
    } else {
      const std::vector<int64_t> sizes = sizes_of_part(i);
      all.push_back(zeros(std::span<const int64_t>(sizes), known->dl.dtype, known->dl.device));
    }
  }
  return all;
}

Tensor joined(const Op& op, const std::vector<Tensor>& parts, int64_t dim) {
  std::vector<VtTensor*> list;
  for (const Tensor& part : parts) list.push_back(part.get());
  return op(std::span<VtTensor* const>(list), dim);
}

int64_t wrapped(int64_t dim, std::span<const int64_t> sizes) noexcept {
  return dim < 0 ? dim + static_cast<int64_t>(sizes.size()) : dim;
}

// Parts along `dim`, the i-th of `length_of(i)`.
template <class LengthOf>
Tensor joined_parts(const RowArguments& row, const VtValue& grads, int64_t dim, LengthOf&& length_of) {
  static const Op cat("cat");
  const auto sizes = row.sizes(0);
  dim = wrapped(dim, sizes);
  return joined(cat,
                gradients_of_parts(grads,
                                   [&](size_t i) {
                                     std::vector<int64_t> part(sizes.begin(), sizes.end());
                                     part[static_cast<size_t>(dim)] = length_of(static_cast<int64_t>(i));
                                     return part;
                                   }),
                dim);
}

// The length of the i-th of equal parts, the last of which may be shorter.
int64_t equal_length(int64_t size, int64_t length, int64_t i) noexcept {
  return std::max<int64_t>(std::min(length, size - i * length), 0);
}

// split(self, split_size, dim)
void split_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  const int64_t dim = row.arg(2).as.i;
  const VtValue& lengths = row.arg(1);
  const int64_t size = row.sizes(0)[static_cast<size_t>(wrapped(dim, row.sizes(0)))];
  result[0] = owned(joined_parts(row, args[0], dim, [&](int64_t i) {
    return lengths.tag == VT_INT_LIST ? lengths.as.ints[i] : equal_length(size, lengths.as.i, i);
  }));
}

// chunk(self, chunks, dim)
void chunk_backward(const VtValue* args, VtValue* result) {
  const RowArguments row(args, 3);
  const int64_t dim = row.arg(2).as.i;
  const int64_t size = row.sizes(0)[static_cast<size_t>(wrapped(dim, row.sizes(0)))];
  const int64_t chunks = row.arg(1).as.i;
  const int64_t length = size / chunks + (size % chunks != 0);
  result[0] = owned(joined_parts(row, args[0], dim, [&](int64_t i) { return equal_length(size, length, i); }));
}

// unbind(self, dim)
void unbind_backward(const VtValue* args, VtValue* result) {
  static const Op stack("stack");
  const RowArguments row(args, 2);
  const auto sizes = row.sizes(0);
  const int64_t dim = wrapped(row.arg(1).as.i, sizes);
  result[0] = owned(joined(stack,
                           gradients_of_parts(args[0],
                                              [&](size_t) {
                                                std::vector<int64_t> part(sizes.begin(), sizes.end());
                                                part.erase(part.begin() + dim);
                                                return part;
                                              }),
                           dim));
}

}  // namespace

void register_split(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"split", boxed<split_backward>, {reads_sizes(0, 0)}, kLinear},
      {"split_with_sizes", boxed<split_backward>, {reads_sizes(0, 0)}, kLinear},
      {"chunk", boxed<chunk_backward>, {reads_sizes(0, 0)}, kLinear},
      {"unsafe_split", boxed<split_backward>, {reads_sizes(0, 0)}, kLinear},
      {"unsafe_split_with_sizes", boxed<split_backward>, {reads_sizes(0, 0)}, kLinear},
      {"unsafe_chunk", boxed<chunk_backward>, {reads_sizes(0, 0)}, kLinear},
      {"unbind", boxed<unbind_backward>, {reads_sizes(0, 0)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
