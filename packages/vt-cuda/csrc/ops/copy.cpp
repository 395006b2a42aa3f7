// SPDX-License-Identifier: Apache-2.0
// Copies within one CUDA device: casts, layouts and broadcasting. Copies between devices are core's own.
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

// `src` with the sizes of the destination: strides 0 where it is broadcast, and without leading dimensions of size one that
// the destination lacks. The header is not a full tensor: only planning may read it.
struct Broadcast {
  Broadcast(const VtTensor* src, std::span<const int64_t> sizes) : header(*src) {
    const auto ndim = static_cast<size_t>(src->dl.ndim);
    size_t skipped = 0;
    while (ndim - skipped > sizes.size() && src->dl.shape[skipped] == 1) ++skipped;
    bool fits = ndim - skipped <= sizes.size();
    strides.assign(sizes.size(), 0);
    for (size_t d = skipped; fits && d < ndim; ++d) {
      const size_t target = sizes.size() - ndim + d;
      if (src->dl.shape[d] == sizes[target]) {
        strides[target] = src->dl.strides[d];
      } else {
        fits = src->dl.shape[d] == 1;
      }
    }
    if (!fits)
      vt::fail(VT_ERROR_SHAPE, "copy_: cannot broadcast " + format_sizes(sizes_of(src)) + " to " + format_sizes(sizes));
    shape.assign(sizes);
    if (!same_sizes(sizes, sizes_of(src))) header.flags &= ~uint32_t{VT_TENSOR_CONTIGUOUS | VT_TENSOR_NON_OVERLAPPING};
    header.dl.ndim = static_cast<int32_t>(sizes.size());
    header.dl.shape = shape.data();
    header.dl.strides = strides.data();
    header.numel = 1;
    for (const int64_t size : shape) header.numel *= size;
  }
  Broadcast(const Broadcast&) = delete;

  VtTensor header;
  Sizes shape;
  Sizes strides;
};

template <class Index>
void copy_strided(const Queue& queue, const IterPlan& p) {
  const bool same = same_dtype(p.dtypes[0], p.dtypes[1]);
  const bool wide = sizeof(Index) == 8;
  CopyStrided<Index> params{static_cast<char*>(p.data[0]),
                            static_cast<const char*>(p.data[1]),
                            p.numel,
                            walk_of<Index, 2>(p),
                            index_of(p.dtypes[0]),
                            index_of(p.dtypes[1])};
  queue.launch("copy_", same ? copy_strided_kernel(itemsize_of(p.dtypes[0]), wide) : cast_strided_kernel(wide),
               ceil_divide(p.numel, kBlockThreads * kStridedElementsPerThread), 1, params);
}

void copy_planned(const IterPlan& p) {
  const Queue queue(p.device);
  const bool same = same_dtype(p.dtypes[0], p.dtypes[1]);
  if (p.contiguous && same) return queue.copy_bytes("copy_", p.data[0], p.data[1], p.numel * itemsize_of(p.dtypes[0]));
  const void* dense = nullptr;
  if (p.contiguous && is_aligned(p.data[0]) && is_aligned(p.data[1]))
    dense = cast_dense_kernel(index_of(p.dtypes[0]), index_of(p.dtypes[1]));
  if (dense) {
    CastDense params{p.data[0], p.data[1], p.numel};
    return queue.launch("copy_", dense, ceil_divide(p.numel, int64_t{kBlockThreads} * kCastElementsPerThread), 1,
                        params);
  }
  if (is_wide(p)) return copy_strided<int64_t>(queue, p);
  copy_strided<int32_t>(queue, p);
}

void copy_within_kernel(const VtValue* args, VtValue* result) {
  VtTensor* dst = required_destination("_copy_within_", result[0]);
  copy_within(dst, args[1].as.tensor);
  result[0] = shared_value(dst);
}

}  // namespace

void copy_within(VtTensor* dst, VtTensor* src) {
  Broadcast seen(src, sizes_of(dst));
  const VtValue operands[2] = {value_of(dst), value_of(&seen.header)};
  IterPlan p;
  plan_quickly({sizeof(VtIterConfig), 0, "copy_", operands, 1, 2, dst->dl.dtype}, p, TableIterAllocator{});
  if (p.numel > 0 && (p.data[0] != p.data[1] || !p.contiguous || !same_dtype(p.dtypes[0], p.dtypes[1])))
    copy_planned(p);
}

void register_copy(VtPlugin* plugin) {
  const KernelRow rows[] = {{"_copy_within_", kernel<copy_within_kernel>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
