// SPDX-License-Identifier: Apache-2.0
// fill_ and _fill_progression_ on CUDA devices; the other makers of tensors are core's own and end here.
#include <vt/cpp/iter/progression_rules.hpp>

#include <algorithm>

#include "../kernels/progression.hpp"
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

// _fill_progression_(self, start, step, end, num_from_start)
void fill_progression(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "_fill_progression_";
  VtTensor* t = required_destination(kOp, result[0]);
  check_progression(args, t);
  if (t->numel > 0) {
    Progression params{};
    params.out = static_cast<char*>(t->dl.data);
    params.num = t->numel;
    params.num_from_start = args[4].as.i;
    params.dtype = index_of(t->dl.dtype);
    params.itemsize = static_cast<int32_t>(itemsize_of(t->dl.dtype));
    params.is_whole = args[1].tag == VT_INT;
    if (params.is_whole) {
      params.whole_start = args[1].as.i;
      params.whole_step = args[2].as.i;
      params.whole_end = args[3].as.i;
    } else {
      params.start = args[1].as.f;
      params.step = args[2].as.f;
      params.end = args[3].as.f;
    }
    const Queue queue(t->dl.device);
    queue.launch(kOp, progression_kernel(), ceil_divide(params.num, kBlockThreads), 1, params);
  }
  result[0] = shared_value(t);
}

}  // namespace

void register_factory(VtPlugin* plugin) {
  const KernelRow rows[] = {{"fill_", kernel<fill>}, {"_fill_progression_", kernel<fill_progression>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
