// SPDX-License-Identifier: Apache-2.0
// Figures of the pinned memory that is kept, for vt_cuda.memory.
#include "python.hpp"

namespace vt::cuda::python {

PyObject* pinned_stats(PyObject*, PyObject*) {
  VtCudaPinnedStats s{};
  s.struct_size = sizeof s;
  if (runtime->pinned_stats(&s) != 0) return none_or_raise(-1);
  return dict_of({{"allocated_bytes", s.allocated_bytes},
                  {"cached_bytes", s.cached_bytes},
                  {"num_allocations", s.num_allocations},
                  {"num_raw_allocations", s.num_raw_allocations}});
}

PyObject* empty_pinned_cache(PyObject*, PyObject*) {
  return wait([] { return runtime->empty_pinned_cache(); });
}

}  // namespace vt::cuda::python
