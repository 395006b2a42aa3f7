// SPDX-License-Identifier: Apache-2.0
// fill_ on CUDA devices; the other makers of tensors are core's own and end here.
#include <algorithm>

#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

void fill_dense(const Queue& queue, VtTensor* t, const ElementCell& element, int64_t itemsize) {
  const int64_t bytes = t->numel * itemsize;
  const unsigned char* first = element.bytes;
  if (std::all_of(first, first + itemsize, [first](unsigned char byte) { return byte == *first; }))
    return queue.set_bytes("fill_", t->dl.data, *first, bytes);
  FillDense params{static_cast<char*>(t->dl.data), bytes, {}};
  for (int64_t at = 0; at < 16; ++at) params.pattern.bytes[at] = element.bytes[at % itemsize];
  queue.launch("fill_", fill_dense_kernel(), ceil_divide(bytes, kFillBytesPerBlock), 1, params);
}

template <class Index>
void fill_strided(const Queue& queue, const IterPlan& p, const ElementCell& element, int64_t itemsize) {
  FillStrided<Index> params{static_cast<char*>(p.data[0]), p.numel, walk_of<Index, 1>(p), element};
  queue.launch("fill_", fill_strided_kernel(itemsize, sizeof(Index) == 8), ceil_divide(p.numel, kBlockThreads), 1,
               params);
}

void fill(const VtValue* args, VtValue* result) {
  VtTensor* t = required_destination("fill_", result[0]);
  const DLDataType dtype = t->dl.dtype;
  index_of(dtype);
  const vt::Number value = number_of(args[1]);
  if (!number_fits(value, dtype)) fail_number_fit("fill_", dtype);
  const VtValue destination = value_of(t);
  IterPlan p;
  plan_iteration({sizeof(VtIterConfig), 0, "fill_", &destination, 1, 1, kCommonDtype}, p, TableIterAllocator{});
  if (p.numel > 0) {
    const Queue queue(p.device);
    const int64_t itemsize = itemsize_of(dtype);
    ElementCell element{};
    store_number(value, dtype, element.bytes);
    if (p.contiguous && is_aligned(t->dl.data)) {
      fill_dense(queue, t, element, itemsize);
    } else if (is_wide(p)) {
      fill_strided<int64_t>(queue, p, element, itemsize);
    } else {
      fill_strided<int32_t>(queue, p, element, itemsize);
    }
  }
  result[0] = shared_value(t);
}

}  // namespace

void register_factory(VtPlugin* plugin) {
  const KernelRow rows[] = {{"fill_", kernel<fill>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
