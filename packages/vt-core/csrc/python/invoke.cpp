// SPDX-License-Identifier: Apache-2.0
// Calling an op with parsed arguments and turning its results into Python objects.
#include <limits>
#include <string_view>

#include "autograd.hpp"
#include "errors.hpp"
#include "numbers.hpp"
#include "parser.hpp"
#include "pinned.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

// Work on more elements than this is worth giving other threads the interpreter.
constexpr int64_t kLongCall = 32768;

struct Extent {
  int64_t numel = 0;
  bool has_tensor = false;
  bool has_list = false;
};

Extent extent_of(const VtValue* values, int32_t count) noexcept {
  Extent extent;
  for (int32_t i = 0; i < count; ++i) {
    const VtValue& value = values[i];
    if (value.tag == VT_TENSOR) {
      extent.has_tensor = true;
      extent.numel += value.as.tensor->numel;
    } else if (value.tag == VT_TENSOR_LIST) {
      extent.has_tensor = extent.has_list = true;
      for (uint32_t k = 0; k < value.count; ++k)
        if (value.as.tensors[k]) extent.numel += value.as.tensors[k]->numel;
    }
  }
  return extent;
}

// What a factory is about to fill: the product of its sizes, saturated.
int64_t requested_numel(const VtValue* values, int32_t count) noexcept {
  for (int32_t i = 0; i < count; ++i) {
    if (values[i].tag != VT_INT_LIST) continue;
    int64_t numel = 1;
    for (int64_t size : ints_of(values[i]))
      if (__builtin_mul_overflow(numel, size, &numel)) return std::numeric_limits<int64_t>::max();
    return numel;
  }
  return 0;
}

// A Python list may change while other threads run: its tensors are held for the length of the call.
template <class Hold>
void each_listed(const VtValue* values, int32_t count, Hold hold) {
  for (int32_t i = 0; i < count; ++i)
    if (values[i].tag == VT_TENSOR_LIST)
      for (uint32_t k = 0; k < values[i].count; ++k) hold(values[i].as.tensors[k]);
}

int call_op(const Overload& overload, CallFrame& frame) {
  const VtDispatchApi& dispatch = *tables().dispatch;
  const auto count = static_cast<int32_t>(overload.parameters.size());
  const Extent extent = extent_of(frame.values, count);
  const int64_t numel = extent.has_tensor ? extent.numel : requested_numel(frame.values, count);
  if (numel <= kLongCall) [[likely]]
    return dispatch.call_boxed(overload.op, frame.values, count, frame.results);
  if (extent.has_list) each_listed(frame.values, count, tables().tensor->retain);
  const int status = without_lock([&] { return dispatch.call_boxed(overload.op, frame.values, count, frame.results); });
  if (extent.has_list) each_listed(frame.values, count, tables().tensor->release);
  return status;
}

// The repr of named results: a line for each, as PyTorch writes them.
PyObject* results_repr(PyObject* self, PyObject*) {
  const Ref type(PyObject_Type(self));
  const Ref name(type ? PyObject_GetAttrString(type.get(), "__name__") : nullptr);
  const Ref fields(type ? PyObject_GetAttrString(type.get(), "__match_args__") : nullptr);
  Ref text(name && fields ? PyUnicode_FromFormat("%s.return_types.%U(", shown_library(), name.get()) : nullptr);
  const Py_ssize_t count = fields ? PyTuple_Size(fields.get()) : 0;
  for (Py_ssize_t i = 0; text && i < count; ++i)
    text = Ref(PyUnicode_FromFormat("%U\n%U=%R%s", text.get(), PyTuple_GetItem(fields.get(), i),
                                    PyTuple_GetItem(self, i), i + 1 < count ? "," : ")"));
  return text.release();
}

PyMethodDef results_repr_method = {"__repr__", results_repr, METH_NOARGS, nullptr};

// A named tuple for several named results, a plain one otherwise; nullptr with an exception set.
PyObject* new_tuple(const Overload& overload) {
  const VtSchema& schema = *overload.schema;
  if (!schema.returns[0].name || !schema.returns[0].name[0]) return PyTuple_New(schema.num_returns);
  if (!overload.return_type) {
    std::vector<PyStructSequence_Field> fields;
    for (int32_t i = 0; i < schema.num_returns; ++i) fields.push_back({schema.returns[i].name, nullptr});
    fields.push_back({nullptr, nullptr});
    const std::string name = std::string("vt_core.return_types.") + schema.name;
    PyStructSequence_Desc description = {name.c_str(), nullptr, fields.data(), schema.num_returns};
    overload.return_type = PyStructSequence_NewType(&description);
    if (!overload.return_type) return nullptr;
    auto* type = reinterpret_cast<PyObject*>(overload.return_type);
    const Ref method(PyDescr_NewMethod(overload.return_type, &results_repr_method));
    if (!method || PyObject_SetAttrString(type, "__repr__", method.get()) != 0) return nullptr;
  }
  return PyStructSequence_New(overload.return_type);
}

PyObject* several_results(const Overload& overload, CallFrame& frame) {
  const int32_t num_returns = overload.schema->num_returns;
  Ref tuple(new_tuple(overload));
  const bool named = tuple && overload.return_type;
  bool failed = !tuple;
  for (int32_t i = 0; i < num_returns; ++i) {
    PyObject* result = object_from_value(frame.results[i]);
    if (!result)
      failed = true;
    else if (failed)
      Py_DECREF(result);
    else if (named)
      PyStructSequence_SetItem(tuple.get(), i, result);
    else
      PyTuple_SetItem(tuple.get(), i, result);
  }
  return failed ? nullptr : tuple.release();
}

// A list of tensors, whose array goes back to the allocator.
PyObject* list_result(const VtValue& value) {
  PyObject* tuple = object_from_value(value);
  tables().alloc->free(const_cast<VtTensor**>(value.as.tensors), value.count * sizeof(VtTensor*));
  return tuple;
}

PyObject* one_result(const VtValue& value) {
  if (value.tag == VT_TENSOR) [[likely]]
    return wrap(value.as.tensor);
  return value.tag == VT_TENSOR_LIST ? list_result(value) : object_from_value(value);
}

// A factory's result with pin_memory=True or requires_grad=True. What `empty` makes has no elements to copy.
PyObject* factory_result(const Overload& overload, CallFrame& frame) {
  Tensor made = Tensor::steal(frame.results[0].as.tensor);
  if (frame.pin_memory) made = pinned(made.get(), std::string_view(overload.schema->name) != "empty");
  if (!made) return nullptr;
  Ref tensor(wrap(made.release()));
  return tensor && (!frame.requires_grad || set_requires_grad(tensor.get(), true)) ? tensor.release() : nullptr;
}

}  // namespace

PyObject* invoke(const Overload& overload, CallFrame& frame) {
  if (call_op(overload, frame) != 0) [[unlikely]]
    return raise_error();
  const int32_t num_returns = overload.schema->num_returns;
  if (frame.requires_grad || frame.pin_memory) [[unlikely]]
    return factory_result(overload, frame);
  if (num_returns == 1) [[likely]]
    return one_result(frame.results[0]);
  if (num_returns == 0) Py_RETURN_NONE;
  return several_results(overload, frame);
}

}  // namespace vt::python
