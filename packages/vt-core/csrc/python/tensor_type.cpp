// SPDX-License-Identifier: Apache-2.0
// The Tensor type: its wrappers' lives, from light and untracked to rich and collected.
#include "tensor_type.hpp"

#include <cstddef>
#include <vector>

#include "autograd.hpp"
#include "construct.hpp"
#include "errors.hpp"
#include "exchange.hpp"
#include "indexing.hpp"
#include "number_slots.hpp"
#include "properties.hpp"
#include "scalar_slots.hpp"
#include "tensor_collect.hpp"

// Note [Light and rich wrappers]
// A wrapper owns one native count and the tensor's host slot points back, borrowed. A light wrapper has no state: when
// Python drops it, it goes to a free list and a later wrap makes another. A rich one (its tensor's bit is set) is kept by
// the native side while that holds the tensor, so attributes, hooks and the class survive. A wrapper turns rich when its
// class is not the registered one, its __dict__ is asked for or an attribute set, it gets a hook, or its tensor is a leaf
// that requires grad. The cycle collector sees rich wrappers and those whose tensor has a grad_fn, since a graph may lead
// back to Python objects.

namespace vt::python {

TensorTypes tensor_types;

namespace {

constexpr uint32_t kAutogradBit = 1u << VT_LAYER_AUTOGRAD;

// Light wrappers of the registered class, ready for reuse. They hold no reference on their type.
constexpr int kMaxFree = 64;
PyObject* free_wrappers[kMaxFree];
int num_free = 0;

Wrapper* cast(PyObject* self) { return reinterpret_cast<Wrapper*>(self); }

void drop_free_list() {
  while (num_free > 0) PyObject_GC_Del(free_wrappers[--num_free]);
}

// Host hooks: the native side takes and drops its reference on a rich wrapper, from any thread.
void hold(void* wrapper) {
  if (!Py_IsInitialized()) return;
  const PyGILState_STATE state = PyGILState_Ensure();
  Py_INCREF(static_cast<PyObject*>(wrapper));
  PyGILState_Release(state);
}

void drop(void* wrapper) {
  if (!Py_IsInitialized()) return;
  const PyGILState_STATE state = PyGILState_Ensure();
  Py_DECREF(static_cast<PyObject*>(wrapper));
  PyGILState_Release(state);
}

constexpr VtHostHooks kHooks = {sizeof(VtHostHooks), hold, drop};

// What a wrapper owes to the state its tensor has gained.
inline void follow_state(PyObject* self, uint32_t flags) {
  if ((flags & (VT_TENSOR_REQUIRES_GRAD | kAutogradBit)) == 0) [[likely]]
    return;
  if (flags & VT_TENSOR_REQUIRES_GRAD)
    make_rich(self);
  else if (!PyObject_GC_IsTracked(self))
    PyObject_GC_Track(self);
}

PyObject* new_light(VtTensor* tensor) {
  PyTypeObject* type = tensor_types.registered;
  PyObject* self = num_free > 0 ? PyObject_Init(free_wrappers[--num_free], type)
                                : reinterpret_cast<PyObject*>(PyObject_GC_New(Wrapper, type));
  if (!self) [[unlikely]]
    return nullptr;
  cast(self)->tensor = tensor;
  cast(self)->dict = nullptr;
  cast(self)->weakrefs = nullptr;
  tables().tensor->set_host_wrapper(tensor, self);
  return self;
}

void dealloc(PyObject* self) {
  // A Python subclass's dealloc tracks the object again before it calls this one.
  PyObject_GC_UnTrack(self);
  Wrapper* wrapper = cast(self);
  const VtTensorApi& api = *tables().tensor;
  VtTensor* tensor = std::exchange(wrapper->tensor, nullptr);
  // The slot goes first: weak reference callbacks and the dict's values run code that may wrap the tensor again.
  if (tensor) {
    if (api.is_rich(tensor)) api.set_rich(tensor, 0);
    api.set_host_wrapper(tensor, nullptr);
  }
  if (wrapper->weakrefs) PyObject_ClearWeakRefs(self);
  Py_CLEAR(wrapper->dict);
  api.release(tensor);
  PyTypeObject* type = Py_TYPE(self);
  if (type == tensor_types.registered && num_free < kMaxFree)
    free_wrappers[num_free++] = self;
  else
    PyObject_GC_Del(self);
  Py_DECREF(type);
}

PyObject* construct_tensor(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static const char* names[] = {"data", "dtype", "device", nullptr};
  PyObject *data = nullptr, *dtype = nullptr, *device = nullptr;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|$OO:Tensor", const_cast<char**>(names), &data, &dtype, &device))
    return nullptr;
  VtTensor* tensor = nullptr;
  if (is_tensor(data) && !dtype && !device) {
    if (tables().tensor->alias(tensor_of(data), 1, &tensor) != 0) return raise_error();
  } else {
    tensor = tensor_from_object(data, dtype, device);
    if (!tensor) return nullptr;
  }
  return wrap_as(type, tensor);
}

// Attributes live in the dict, which makes the wrapper rich, as another class does; properties come through here as well.
int set_attribute(PyObject* self, PyObject* name, PyObject* value) {
  const int status = PyObject_GenericSetAttr(self, name, value);
  if (cast(self)->dict || Py_TYPE(self) != tensor_types.registered) make_rich(self);
  return status;
}

PyObject* get_dict(PyObject* self, void*) {
  make_rich(self);
  return PyObject_GenericGetDict(self, nullptr);
}

int set_dict(PyObject* self, PyObject* value, void*) {
  make_rich(self);
  return PyObject_GenericSetDict(self, value, nullptr);
}

Py_hash_t hash(PyObject* self) {
  const auto address = reinterpret_cast<uintptr_t>(self);
  const auto rotated = static_cast<Py_hash_t>(address >> 4 | address << (8 * sizeof address - 4));
  return rotated == -1 ? -2 : rotated;
}

PyObject* make_subclass(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[3];
  if (!unpack("_make_subclass", {"cls", "data", "requires_grad"}, 2, 3, args, nargs, kwnames, out)) return nullptr;
  if (!PyType_Check(out[0]) || !PyType_IsSubtype(reinterpret_cast<PyTypeObject*>(out[0]), tensor_types.base))
    return PyErr_Format(PyExc_TypeError, "_make_subclass(): cls must be a subclass of vt_core.Tensor");
  if (!is_tensor(out[1]))
    return PyErr_Format(PyExc_TypeError, "_make_subclass(): data must be Tensor, got %U", type_name(out[1]).get());
  const int requires_grad = out[2] ? PyObject_IsTrue(out[2]) : 0;
  if (requires_grad < 0) return nullptr;
  VtTensor* tensor = nullptr;
  if (tables().tensor->alias(tensor_of(out[1]), 1, &tensor) != 0) return raise_error();
  Ref self(wrap_as(reinterpret_cast<PyTypeObject*>(out[0]), tensor));
  if (!self || (requires_grad && !set_requires_grad(self.get(), true))) return nullptr;
  return self.release();
}

PyMemberDef members[] = {{"__dictoffset__", T_PYSSIZET, offsetof(Wrapper, dict), READONLY, nullptr},
                         {"__weaklistoffset__", T_PYSSIZET, offsetof(Wrapper, weakrefs), READONLY, nullptr},
                         {nullptr, 0, 0, 0, nullptr}};

PyMethodDef make_subclass_method = class_method(
    "_make_subclass", make_subclass,
    "_make_subclass(cls, data, requires_grad=False)\n--\n\n"
    "A tensor of class `cls` on the elements of `data`, without its graph. Shares memory and version counter.");

PyGetSetDef dict_property = {"__dict__", get_dict, set_dict, nullptr, nullptr};

char doc[] =
    "Tensor(data, *, dtype=None, device=None)\n--\n\n"
    "A multi-dimensional array of one dtype on one device.\n\n"
    "Made from a tensor it shares memory with it; anything else is copied as `vt_core.tensor` does.";

// The slots that a class of the factory must repeat so that no Python-level dealloc comes between.
std::vector<PyType_Slot> life_slots() {
  return {slot(Py_tp_dealloc, dealloc), slot(Py_tp_traverse, traverse_tensor), slot(Py_tp_clear, clear_tensor)};
}

// make_tensor_class: a heap subtype in C, whose wrappers are as cheap as the base type's.
PyObject* make_tensor_class(PyObject*, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  PyObject* out[2];
  if (!unpack("_make_tensor_class", {"name", "module"}, 2, 2, args, nargs, kwnames, out)) return nullptr;
  if (!text_of(out[0], "name") || !text_of(out[1], "module")) return nullptr;
  const Ref full_name(PyUnicode_FromFormat("%U.%U", out[1], out[0]));
  const char* text = full_name ? PyUnicode_AsUTF8AndSize(full_name.get(), nullptr) : nullptr;
  if (!text) return nullptr;
  std::vector<PyType_Slot> slots = life_slots();
  slots.push_back(slot(Py_tp_base, tensor_types.base));
  slots.push_back(slot(Py_tp_doc, doc));
  slots.push_back({0, nullptr});
  PyType_Spec spec = {text, sizeof(Wrapper), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
                      slots.data()};
  return PyType_FromSpec(&spec);
}

PyObject* register_tensor_class(PyObject*, PyObject* cls) {
  if (!PyType_Check(cls) || !PyType_IsSubtype(reinterpret_cast<PyTypeObject*>(cls), tensor_types.base))
    return PyErr_Format(PyExc_TypeError, "_register_tensor_class(): expected a subclass of vt_core.Tensor");
  auto* type = reinterpret_cast<PyTypeObject*>(cls);
  if (tensor_types.registered == type) Py_RETURN_NONE;
  if (tensor_types.registered != tensor_types.base)
    return PyErr_Format(PyExc_RuntimeError,
                        "_register_tensor_class(): another class is registered already: got %R, have %R", cls,
                        tensor_types.registered);
  drop_free_list();
  Py_INCREF(cls);
  tensor_types.registered = type;
  Py_RETURN_NONE;
}

PyMethodDef functions[] = {
    fast_method("_make_tensor_class", make_tensor_class,
                "_make_tensor_class(name, module)\n--\n\nA subclass of Tensor made in C, for an overlay to fill."),
    {"_register_tensor_class", register_tensor_class, METH_O,
     "_register_tensor_class(cls, /)\n--\n\nSets the class in which new tensors are wrapped, once per process."},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

void make_rich(PyObject* self) {
  VtTensor* tensor = tensor_of(self);
  if (tables().tensor->is_rich(tensor)) return;
  tables().tensor->set_rich(tensor, 1);
  if (!PyObject_GC_IsTracked(self)) PyObject_GC_Track(self);
}

PyObject* wrap(VtTensor* tensor) {
  const VtTensorApi& api = *tables().tensor;
  PyObject* self = static_cast<PyObject*>(api.host_wrapper(tensor));
  if (self) {
    Py_INCREF(self);
    api.release(tensor);
  } else {
    self = new_light(tensor);
    if (!self) [[unlikely]] {
      api.release(tensor);
      return nullptr;
    }
  }
  follow_state(self, tensor->flags);
  return self;
}

PyObject* wrap_as(PyTypeObject* type, VtTensor* tensor) {
  if (type == tensor_types.registered) return wrap(tensor);
  const auto allocate = reinterpret_cast<allocfunc>(PyType_GetSlot(type, Py_tp_alloc));
  PyObject* self = allocate(type, 0);
  if (!self) {
    tables().tensor->release(tensor);
    return nullptr;
  }
  cast(self)->tensor = tensor;
  tables().tensor->set_host_wrapper(tensor, self);
  make_rich(self);
  return self;
}

bool add_tensor_type(PyObject* module) {
  if (tables().tensor->set_host_hooks(&kHooks) != 0) return raise_error() != nullptr;
  std::vector<PyMethodDef>& methods = tensor_methods();
  std::vector<PyGetSetDef>& properties = tensor_properties();
  methods.insert(methods.begin(), make_subclass_method);
  properties.insert(properties.begin(), dict_property);

  std::vector<PyType_Slot> slots = life_slots();
  for (const PyType_Slot& s :
       {slot(Py_tp_new, construct_tensor), slot(Py_tp_setattro, set_attribute), slot(Py_tp_hash, hash),
        slot(Py_tp_members, members), slot(Py_tp_methods, methods.data()), slot(Py_tp_getset, properties.data()),
        slot(Py_tp_doc, doc)})
    slots.push_back(s);
  append_number_slots(slots);
  append_indexing_slots(slots);
  append_scalar_slots(slots);
  append_buffer_slots(slots);
  slots.push_back({0, nullptr});
  PyType_Spec spec = {"vt_core.Tensor", sizeof(Wrapper), 0,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, slots.data()};
  PyObject* type = PyType_FromSpec(&spec);
  if (!type) return false;
  tensor_types.base = tensor_types.registered = reinterpret_cast<PyTypeObject*>(type);
  return PyModule_AddObjectRef(module, "Tensor", type) == 0 && PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace vt::python
