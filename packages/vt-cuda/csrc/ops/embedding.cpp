// SPDX-License-Identifier: Apache-2.0
// embedding, its gradient and one_hot on CUDA devices.
#include <vt/cpp/op.hpp>

#include "../runtime/callers.hpp"
#include "indexed.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

int64_t padding_of(const VtValue& v, int64_t num_rows) {
  if (is_none(v)) return -1;
  if (v.as.i < -num_rows || v.as.i >= num_rows)
    vt::fail(VT_ERROR_RUNTIME, "embedding: padding_idx is out of range: got " + std::to_string(v.as.i) + " for " +
                                   std::to_string(num_rows) + " rows");
  return v.as.i < 0 ? v.as.i + num_rows : v.as.i;
}

void embedding(const VtValue* args, VtValue* result) {
  const VtTensor* weight = args[0].as.tensor;
  VtTensor* const indices[] = {args[1].as.tensor};
  if (weight->dl.ndim != 2)
    vt::fail(VT_ERROR_RUNTIME,
             "embedding: weight must have two dimensions: got sizes " + format_sizes(sizes_of(weight)));
  padding_of(args[2], weight->dl.shape[0]);
  if (args[4].as.i != 0)
    vt::fail(VT_ERROR_NOT_IMPLEMENTED, "embedding: sparse is not implemented: gradients are dense");
  IndexPlan plan;
  plan_index("embedding", weight, indices, false, plan);
  Tensor out = Tensor::empty(plan.shape, weight->dl.dtype, weight->dl.device);
  take_rows(IndexOp::kEmbedding, weight, plan, out.get());
  result[0] = value_of(out.release());
}

void embedding_backward(const VtValue* args, VtValue* result) {
  static const Op zeros("zeros");
  const VtTensor* grad = args[0].as.tensor;
  VtTensor* const indices[] = {args[1].as.tensor};
  const int64_t num_rows = args[2].as.i;
  check_index_dtype("embedding_backward", indices[0]);
  if (dtype_info(grad->dl.dtype).category != Category::kFloating || grad->dl.dtype.bits == 8)
    vt::fail(VT_ERROR_NOT_IMPLEMENTED, "embedding_backward: not implemented for " +
                                           std::string(dtype_name(grad->dl.dtype)) +
                                           " on cuda; convert to float32 first");
  if (num_rows < 0)
    vt::fail(VT_ERROR_VALUE, "embedding_backward: num_weights must not be negative: got " + std::to_string(num_rows));
  const int64_t padding = padding_of(args[3], num_rows);
  const auto index_ndim = static_cast<size_t>(indices[0]->dl.ndim);
  if (static_cast<size_t>(grad->dl.ndim) != index_ndim + 1 ||
      !same_sizes(sizes_of(grad).first(index_ndim), sizes_of(indices[0])))
    vt::fail(VT_ERROR_SHAPE, "embedding_backward: the gradient must have the sizes of the indices and one more: got " +
                                 format_sizes(sizes_of(grad)) + " and " + format_sizes(sizes_of(indices[0])));
  const int64_t sizes[] = {num_rows, grad->dl.shape[index_ndim]};
  Tensor out = zeros(std::span<const int64_t>(sizes), grad->dl.dtype, grad->dl.device);
  IndexPlan plan;
  plan_index("embedding_backward", out.get(), indices, false, plan);
  fold_rows(IndexOp::kEmbeddingBackward, out.get(), plan, grad, RowFold::kSum, true, padding);
  result[0] = value_of(out.release());
}

// Zeros into which ones are scattered.
void one_hot(const VtValue* args, VtValue* result) {
  static const Op zeros("zeros");
  static const Op unsqueeze("unsqueeze");
  static const Op scatter("scatter");
  const VtTensor* self = args[0].as.tensor;
  const int64_t num_classes = args[1].as.i;
  if (!same_dtype(self->dl.dtype, kInt64) && !same_dtype(self->dl.dtype, kInt32))
    vt::fail(VT_ERROR_NOT_IMPLEMENTED, "one_hot: not implemented for " + std::string(dtype_name(self->dl.dtype)) +
                                           " on cuda; convert to int64 first");
  if (num_classes <= 0)
    vt::fail(VT_ERROR_RUNTIME, "one_hot: num_classes must be positive on cuda, where elements are not looked at: got " +
                                   std::to_string(num_classes));
  Sizes sizes;
  const auto ndim = static_cast<size_t>(self->dl.ndim);
  sizes.resize(ndim + 1);
  std::copy_n(self->dl.shape, ndim, sizes.begin());
  sizes[ndim] = num_classes;
  const Tensor out = zeros(std::span<const int64_t>(sizes.data(), sizes.size()), kInt64, self->dl.device);
  const CalledAs named("one_hot");
  result[0] = value_of(scatter.into(out, out, int64_t{-1}, unsqueeze(args[0], int64_t{-1}), int64_t{1}).release());
}

}  // namespace

void register_embedding(VtPlugin* plugin) {
  const KernelRow rows[] = {{"embedding", kernel<embedding>},
                            {"embedding_backward", kernel<embedding_backward>},
                            {"one_hot", kernel<one_hot>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
