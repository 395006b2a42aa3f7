// SPDX-License-Identifier: Apache-2.0
// rotary_embedding on CUDA devices.
#include <vt/cpp/rows/rotary.hpp>

#include "../kernels/rotary.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

template <class Index>
void launch(const Queue& queue, const rows::Rotary& r, int64_t pack) {
  RotaryKernel<Index> p{};
  p.x = r.x;
  p.out = r.out;
  p.cos = r.cos;
  p.sin = r.sin;
  p.half = r.half;
  p.packs = Extent<Index>::make(ceil_divide(r.half, pack));
  p.num = r.num_rows * ceil_divide(r.half, pack);
  p.interleaved = r.interleaved;
  p.inverse = r.inverse;
  p.vectors = has_vectors(r.half, itemsize_of(r.dtype), {r.x, r.out, r.cos, r.sin});
  p.rows.ndim = r.ndim;
  for (int32_t d = 0; d < r.ndim; ++d) {
    const int32_t from = r.ndim - 1 - d;
    const int64_t strides[] = {r.x_strides[from], r.out_strides[from], r.cos_strides[from], r.sin_strides[from]};
    p.rows.sizes[d] = Extent<Index>::make(r.sizes[from]);
    for (int k = 0; k < 4; ++k) {
      p.rows.strides[d][k] = static_cast<Index>(strides[k]);
      p.vectors = p.vectors && strides[k] % pack == 0;
    }
  }
  queue.launch("rotary_embedding", rotary_kernel(index_of(r.dtype), sizeof(Index) == 8),
               ceil_divide(p.num, kBlockThreads), 1, p);
}

void rotary_embedding(const VtValue* args, VtValue* result) {
  const Queue queue(args[0].as.tensor->dl.device);
  rows::rotary(args, result, [&](const rows::Rotary& r) {
    int64_t reach = r.num_rows * 2 * r.half;
    for (const int64_t* strides : {r.x_strides, r.out_strides, r.cos_strides, r.sin_strides}) {
      int64_t own = 2 * r.half;
      for (int32_t d = 0; d < r.ndim; ++d) own += (r.sizes[d] - 1) * std::abs(strides[d]);
      reach = std::max(reach, own);
    }
    const int64_t pack = 16 / itemsize_of(r.dtype);
    if (reach > std::numeric_limits<int32_t>::max()) {
      launch<int64_t>(queue, r, pack);
    } else {
      launch<int32_t>(queue, r, pack);
    }
  });
}

}  // namespace

void register_rotary(VtPlugin* plugin) {
  const KernelRow rows[] = {{"rotary_embedding", kernel<rotary_embedding>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
