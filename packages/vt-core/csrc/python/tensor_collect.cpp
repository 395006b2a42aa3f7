// SPDX-License-Identifier: Apache-2.0
// What the cycle collector sees of a tensor: its attributes and the wrappers that only its graph keeps.
#include "tensor_collect.hpp"

#include <vector>

#include "autograd.hpp"
#include "tensor_type.hpp"

// Note [Counting graph references]
// The native side owns one reference on a rich wrapper however many native counts it has. The collector must see that
// reference exactly once, and only when all those counts come from the graph being walked: so the walk adds up how often
// it meets each tensor and reports a wrapper when nothing but the wrapper itself is left over.

namespace vt::python {
namespace {

struct Seen {
  VtTensor* tensor;
  int64_t times;
};

struct Collector {
  visitproc visit;
  void* arg;
};

int visit_object(void* object, void* arg) {
  const auto* collector = static_cast<const Collector*>(arg);
  return collector->visit(static_cast<PyObject*>(object), collector->arg);
}

// Begins as VtPythonVisit, so that a node whose context is a Python object can report that object.
struct Walk {
  VtPythonVisit python;
  std::vector<Seen> seen;
};

int meet(VtTensor* owned, void* arg) {
  auto& seen = static_cast<Walk*>(arg)->seen;
  for (Seen& entry : seen) {
    if (entry.tensor != owned) continue;
    ++entry.times;
    return 0;
  }
  if (tables().tensor->is_rich(owned)) seen.push_back({owned, 1});
  return 0;
}

}  // namespace

int traverse_tensor(PyObject* self, visitproc visit, void* arg) {
  Wrapper* wrapper = reinterpret_cast<Wrapper*>(self);
  Py_VISIT(Py_TYPE(self));
  Py_VISIT(wrapper->dict);
  const VtTensorApi& api = *tables().tensor;
  if (!wrapper->tensor || api.use_count(wrapper->tensor) != 1) return 0;
  uint32_t output_nr = 0;
  void* slot = api.autograd_slot(wrapper->tensor, &output_nr);
  const VtAutogradApi* autograd = slot ? find_autograd() : nullptr;
  if (!autograd) return 0;
  Collector collector{visit, arg};
  Walk walk{{visit_object, &collector}, {}};
  if (const int status = autograd->visit(slot, meet, &walk)) return status;
  for (const Seen& entry : walk.seen) {
    if (api.use_count(entry.tensor) != entry.times + 1) continue;
    Py_VISIT(static_cast<PyObject*>(api.host_wrapper(entry.tensor)));
  }
  return 0;
}

int clear_tensor(PyObject* self) {
  Wrapper* wrapper = reinterpret_cast<Wrapper*>(self);
  Py_CLEAR(wrapper->dict);
  const VtTensorApi& api = *tables().tensor;
  if (!wrapper->tensor || api.use_count(wrapper->tensor) != 1) return 0;
  uint32_t output_nr = 0;
  void* slot = api.autograd_slot(wrapper->tensor, &output_nr);
  if (!slot) return 0;
  api.set_autograd_slot(wrapper->tensor, nullptr, 0);
  if (const VtAutogradApi* autograd = find_autograd()) autograd->release(slot);
  return 0;
}

}  // namespace vt::python
