// SPDX-License-Identifier: Apache-2.0
// nonzero and masked_select on CUDA devices. Their sizes depend on elements: they wait for the device.
#include <vt/cpp/op.hpp>

#include "indexed.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

Tensor dense_mask(VtTensor* t) {
  if (same_dtype(t->dl.dtype, kBool) && (t->flags & VT_TENSOR_CONTIGUOUS)) return Tensor::share(t);
  Tensor mask = Tensor::empty(sizes_of(t), kBool, t->dl.device);
  copy_within(mask.get(), t);
  return mask;
}

// The number at the end of `counts`, on the host.
int64_t total_of(const Tensor& counts) {
  static const Op slice("slice");
  static const Op to("to");
  const DLDevice host{kDLCPU, 0};
  const int64_t last = counts.numel() - 1;
  const Tensor total = to(slice(counts, int64_t{0}, last, last + 1, int64_t{1}), none(), host);
  return *total.data<const int64_t>();
}

void new_nonzero(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const Tensor mask = dense_mask(self);
  const int64_t num_blocks = ceil_divide(self->numel, kMaskBlock);
  const int64_t num_counts[] = {num_blocks + 1};
  const Tensor counts = Tensor::empty(num_counts, kInt64, self->dl.device);
  MaskParams params{};
  params.mask = mask.data<const uint8_t>();
  params.num = self->numel;
  params.num_blocks = num_blocks;
  params.counts = counts.data<int64_t>();
  params.ndim = self->dl.ndim;
  std::copy_n(self->dl.shape, self->dl.ndim, params.sizes);
  const Queue queue(self->dl.device);
  int64_t found = 0;
  if (num_blocks > 0) {
    queue.launch("nonzero", mask_count_kernel(), num_blocks, 1, params);
    queue.launch("nonzero", mask_scan_kernel(), 1, 1, params);
    found = total_of(counts);
  }
  const int64_t sizes[] = {found, self->dl.ndim};
  Tensor out = Tensor::empty(sizes, kInt64, self->dl.device);
  params.out = out.data<int64_t>();
  if (out.numel() > 0) queue.launch("nonzero", mask_write_kernel(), num_blocks, 1, params);
  result[0] = value_of(out.release());
}

void new_masked_select(const VtValue* args, VtValue* result) {
  static const Op expand("expand");
  static const Op reshape("reshape");
  static const Op nonzero("nonzero");
  static const Op index_select("index_select");
  const VtTensor* self = args[0].as.tensor;
  const VtTensor* mask = args[1].as.tensor;
  if (!same_dtype(mask->dl.dtype, kBool))
    vt::fail(VT_ERROR_RUNTIME, "masked_select: the mask must be bool: got " + std::string(dtype_name(mask->dl.dtype)) +
                                   "; compare it with 0");
  Sizes shape;
  shape.assign(sizes_of(self));
  if (!broadcast_into(shape, sizes_of(mask))) fail_broadcast("masked_select", sizes_of(self), sizes_of(mask));
  const std::span<const int64_t> sizes(shape.data(), shape.size());
  const int64_t flat[] = {checked_numel("masked_select", sizes)};
  const Tensor values = reshape(expand(args[0], sizes), std::span<const int64_t>(flat));
  const Tensor found = nonzero(reshape(expand(args[1], sizes), std::span<const int64_t>(flat)));
  const int64_t num[] = {found->dl.shape[0]};
  result[0] = value_of(index_select(values, int64_t{0}, reshape(found, std::span<const int64_t>(num))).release());
}

void nonzero(const VtValue* args, VtValue* result) {
  with_out<false>("nonzero", args, result, new_nonzero, store_apart);
}
void masked_select(const VtValue* args, VtValue* result) {
  with_out<false>("masked_select", args, result, new_masked_select, store_apart);
}

}  // namespace

void register_masks(VtPlugin* plugin) {
  const KernelRow rows[] = {{"nonzero", kernel<nonzero>}, {"masked_select", kernel<masked_select>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
