// SPDX-License-Identifier: Apache-2.0
// Rows written and folded at indices: the indices are sorted, then each row is written once. Sums of many single elements have
// a way of their own.
#include <vt/cpp/op.hpp>

#include <numeric>
#include <optional>
#include <utility>

#include "../kernels/put.hpp"
#include "indexed.hpp"
#include "launch.hpp"
#include "row_sort.hpp"
#include "scatter_sums.hpp"

namespace vt::cuda {
namespace {

// The bytes of which the offset of every index is a multiple.
int64_t unit_of(const IndexPlan& plan) {
  int64_t unit = 0;
  for (const IndexedDim& indexed : plan.indexed)
    if (indexed.size > 1) unit = std::gcd(unit, indexed.stride);
  return std::max<int64_t>(unit, 1);
}

// One more than the largest offset in units.
int64_t num_rows_of(const IndexPlan& plan, int64_t unit) {
  int64_t largest = 0;
  for (const IndexedDim& indexed : plan.indexed)
    if (indexed.size > 1) largest += (indexed.size - 1) * (indexed.stride / unit);
  return largest + 1;
}

// Loops over the dimensions of the indices, for the values, and over the others, for the values and self.
void plan_parts(const VtTensor* self, const IndexPlan& plan, const VtTensor* values, IterPlan& by_position,
                IterPlan& by_column) {
  const size_t ndim = plan.shape.size();
  const size_t num_index_dims = plan.index_shape.size();
  InlineVector<int64_t, 16> strides;
  strides.resize(ndim);
  vt::detail::broadcast_strides(values, plan.shape, strides.data());
  void* const data[] = {nullptr, nullptr};
  plan_ordered(plan.index_shape, std::span<const int64_t>(strides.data() + plan.position, num_index_dims),
               std::span<void* const>(data, 1), self->dl.device, by_position);
  const size_t num_kept = ndim - num_index_dims;
  Sizes kept;
  InlineVector<int64_t, 16> kept_strides;
  kept.resize(num_kept);
  kept_strides.resize(2 * num_kept);
  size_t d = 0;
  size_t next = 0;
  for (size_t k = 0; k < num_kept; ++k) {
    const size_t at = k < plan.position ? k : k + num_index_dims;
    while (next < plan.indexed.size() && plan.indexed[next].dim == static_cast<int64_t>(d)) {
      ++next;
      ++d;
    }
    kept[k] = plan.shape[at];
    kept_strides[k] = strides[at];
    kept_strides[num_kept + k] = self->dl.strides[d++] * itemsize_of(self->dl.dtype);
  }
  plan_ordered(kept, kept_strides, std::span<void* const>(data, 2), self->dl.device, by_column);
}

// Whether many single values of 4 bytes, one after the other, are sorted with their rows, so that none is gathered.
bool are_carried(const VtTensor* values, const IterPlan& by_position, const IterPlan& by_column) {
  return by_position.numel > kMostRowsOfBlock && by_column.numel == 1 && itemsize_of(values->dl.dtype) == 4 &&
         by_position.ndim == 1 && by_position.strides_of_operand(0)[0] == 4;
}

// Columns side by side in self and the values are moved as vectors, if rows of both are whole vectors.
void use_vectors(PutParams& p, const IterPlan& by_position, int64_t itemsize) {
  const auto is_whole = [](int64_t bytes) { return bytes % 16 == 0; };
  Walk<int64_t, 2>& columns = p.column_walk;
  p.vectors = columns.ndim == 1 && columns.strides[0][0] == itemsize && columns.strides[0][1] == itemsize &&
              is_whole(p.num_columns * itemsize) && is_whole(p.row_bytes) && is_aligned(p.self) && is_aligned(p.values);
  for (int32_t d = 0; d < by_position.ndim; ++d) p.vectors &= is_whole(by_position.strides_of_operand(0)[d]);
  if (!p.vectors) return;
  p.num_columns = p.num_columns * itemsize / 16;
  columns.sizes[0] = Extent<int64_t>::make(p.num_columns);
  columns.strides[0][0] = columns.strides[0][1] = 16;
}

}  // namespace

namespace {

// The rows of a call in order and where the values for each lie; empty where there is nothing to do.
class SortedPut {
 public:
  SortedPut(const Queue& queue, IndexOp op, const VtTensor* self, const IndexPlan& plan, const VtTensor* values,
            int64_t skipped) {
    const char* const name = name_of(op);
    const int64_t unit = unit_of(plan);
    rows_ = offsets_of(queue, op, plan, self->dl.device, unit, skipped);
    const int64_t num = rows_.numel();
    if (num > std::numeric_limits<int32_t>::max())
      vt::fail(VT_ERROR_VALUE, std::string(name) + ": expected less than 2147483648 indices: got " +
                                   std::to_string(num) + "; split them");
    plan_parts(self, plan, values, by_position_, by_column_);
    if (num == 0 || by_column_.numel == 0) return;
    const bool carries = are_carried(values, by_position_, by_column_);
    sort_.emplace(queue, name, rows_.data<int64_t>(), num, num_rows_of(plan, unit), walk_of<int64_t, 1>(by_position_),
                  carries ? static_cast<const uint32_t*>(values->dl.data) : nullptr);
    params_ = {static_cast<char*>(self->dl.data),
               carries ? reinterpret_cast<const char*>(sort_->carried()) : static_cast<const char*>(values->dl.data),
               sort_->sorted().rows,
               sort_->sorted().places,
               nullptr,
               static_cast<int32_t>(num),
               unit,
               by_column_.numel,
               walk_of<int64_t, 2>(by_column_),
               false,
               true,
               index_of(self->dl.dtype)};
  }

  bool is_empty() const noexcept { return !sort_; }
  PutParams& params() noexcept { return params_; }
  void use_vectors(int64_t itemsize) { vt::cuda::use_vectors(params_, by_position_, itemsize); }

 private:
  Tensor rows_;
  IterPlan by_position_;
  IterPlan by_column_;
  std::optional<RowSort> sort_;
  PutParams params_{};
};

}  // namespace

void put_rows(IndexOp op, const VtTensor* self, const IndexPlan& plan, const VtTensor* values) {
  const Queue queue(self->dl.device);
  SortedPut put(queue, op, self, plan, values, -1);
  if (put.is_empty()) return;
  const int64_t itemsize = itemsize_of(self->dl.dtype);
  put.use_vectors(itemsize);
  PutParams& params = put.params();
  queue.launch(name_of(op), write_rows_kernel(params.vectors ? 16 : itemsize),
               ceil_divide(params.num * params.num_columns, kBlockThreads), 1, params);
}

void fold_rows(IndexOp op, const VtTensor* self, const IndexPlan& plan, const VtTensor* values, RowFold fold,
               bool include_self, int64_t skipped) {
  const Queue queue(self->dl.device);
  if (fold == RowFold::kSum && include_self) {
    const int64_t unit = unit_of(plan);
    const ScatteredSums sums{self, values, plan, unit, num_rows_of(plan, unit), skipped};
    if (are_added_unsorted(sums)) return add_unsorted(queue, op, sums);
  }
  SortedPut put(queue, op, self, plan, values, skipped);
  if (put.is_empty()) return;
  PutParams& params = put.params();
  const int64_t num_elements = params.num_columns;
  const bool is_sum = fold == RowFold::kSum;
  if (is_sum) put.use_vectors(itemsize_of(self->dl.dtype));
  params.include_self = include_self;
  const RowFoldKernels kernels = is_sum ? add_rows_kernels(params.dtype) : fold_rows_kernels(fold, params.dtype);
  const int64_t num_chunks = ceil_divide(params.num, kPiece);
  const bool has_partials = num_chunks > 1;
  const Queue::Scratch partials(queue, has_partials ? 2 * num_chunks * num_elements * kernels.held_bytes : 0);
  params.partials = static_cast<char*>(partials.data());
  queue.launch(name_of(op), kernels.pieces, ceil_divide(num_chunks * params.num_columns, kBlockThreads), 1, params);
  if (has_partials)
    queue.launch(name_of(op), kernels.partials,
                 ceil_divide(num_chunks, kChunksOfBlock) * ceil_divide(params.num_columns, 32), 1, params);
}

}  // namespace vt::cuda
