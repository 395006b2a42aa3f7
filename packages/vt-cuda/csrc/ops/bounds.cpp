// SPDX-License-Identifier: Apache-2.0
// searchsorted and bucketize on CUDA devices.
#include <vt/cpp/iter/bound_rules.hpp>

#include "../kernels/bounds.hpp"
#include "launch.hpp"
#include "line_result.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

template <BoundRequest (*kRequest)(const VtValue*, const VtValue&)>
void find_bounds(const VtValue* args, VtValue* result) {
  const BoundRequest r = kRequest(args, result[0]);
  LineResult out(r.op, r.values, result[0], sizes_of(r.values), r.result_dtype());
  if (out.get()->numel > 0) {
    const Tensor sequence = row_major(r.sequence, r.dtype);
    const Tensor values = row_major(r.values, r.dtype);
    const Tensor sorter = r.sorter ? row_major(r.sorter) : Tensor();
    const Queue queue(values.device());
    BoundParams params{sequence.data<const char>(),
                       values.data<const char>(),
                       sorter ? sorter.data<const int64_t>() : nullptr,
                       out.data(),
                       values.numel(),
                       r.is_shared() ? values.numel() : values.sizes().back(),
                       r.length(),
                       r.is_shared(),
                       r.right,
                       r.out_int32,
                       queue.index_errors()};
    queue.launch(r.op, bound_kernel(index_of(r.dtype)), ceil_divide(params.num, kBlockThreads), 1, params);
  }
  result[0] = value_of(out.finish());
}

}  // namespace

void register_bounds(VtPlugin* plugin) {
  const KernelRow rows[] = {{"searchsorted", kernel<find_bounds<searchsorted_request>>},
                            {"bucketize", kernel<find_bounds<bucketize_request>>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
