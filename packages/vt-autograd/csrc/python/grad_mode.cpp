// SPDX-License-Identifier: Apache-2.0
// no_grad, enable_grad and set_grad_enabled: context managers and decorators over the thread's grad mode.
#include "python.hpp"

namespace vt::autograd::python {
namespace {

struct ModeObject {
  PyObject_HEAD char mode;  // what the scope sets
  char before;              // what it found
};

ModeObject* cast(PyObject* self) { return reinterpret_cast<ModeObject*>(self); }

PyObject* decorate = nullptr;  // vt_autograd._decorate.decorate, set once the package is imported

PyObject* make(PyTypeObject* type, bool mode) {
  const auto allocate = reinterpret_cast<allocfunc>(PyType_GetSlot(type, Py_tp_alloc));
  PyObject* self = allocate(type, 0);
  if (!self) return nullptr;
  cast(self)->mode = mode;
  cast(self)->before = static_cast<char>(autograd_api->grad_mode());
  return self;
}

PyObject* wrap_function(PyObject* self, PyObject* function) {
  if (!PyCallable_Check(function))
    return PyErr_Format(PyExc_TypeError, "expected a function to decorate, got %R", Py_TYPE(function));
  return PyObject_CallFunctionObjArgs(decorate, self, function, nullptr);
}

// no_grad() and enable_grad(); with a function as the only argument they decorate it.
template <bool kMode>
PyObject* construct(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if ((kwargs && PyDict_Size(kwargs) > 0) || PyTuple_Size(args) > 1)
    return PyErr_Format(PyExc_TypeError, "takes no arguments, or one function to decorate");
  Ref self(make(type, kMode));
  if (!self || PyTuple_Size(args) == 0) return self.release();
  return wrap_function(self.get(), PyTuple_GetItem(args, 0));
}

PyObject* construct_set(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static const char* names[] = {"mode", nullptr};
  int mode = 0;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "p:set_grad_enabled", const_cast<char**>(names), &mode))
    return nullptr;
  PyObject* self = make(type, mode != 0);
  if (self) autograd_api->set_grad_mode(mode);
  return self;
}

PyObject* enter(PyObject* self, PyObject*) {
  cast(self)->before = static_cast<char>(autograd_api->set_grad_mode(cast(self)->mode));
  return Py_NewRef(self);
}

// set_grad_enabled has set its mode when it was made: what it found then is what it restores.
PyObject* enter_set(PyObject* self, PyObject*) {
  autograd_api->set_grad_mode(cast(self)->mode);
  return Py_NewRef(self);
}

PyObject* leave(PyObject* self, PyObject* const*, Py_ssize_t) {
  autograd_api->set_grad_mode(cast(self)->before);
  Py_RETURN_NONE;
}

PyObject* call(PyObject* self, PyObject* args, PyObject* kwargs) {
  if ((kwargs && PyDict_Size(kwargs) > 0) || PyTuple_Size(args) != 1)
    return PyErr_Format(PyExc_TypeError, "expected one function to decorate");
  return wrap_function(self, PyTuple_GetItem(args, 0));
}

// A decorated function must not keep the mode that set_grad_enabled(mode) has set at once.
PyObject* call_set(PyObject* self, PyObject* args, PyObject* kwargs) {
  autograd_api->set_grad_mode(cast(self)->before);
  return call(self, args, kwargs);
}

void dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
  Py_DECREF(type);
}

PyObject* get_mode(PyObject* self, void*) { return PyBool_FromLong(cast(self)->mode); }

PyMethodDef leave_method() {
  return {"__exit__", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(leave)), METH_FASTCALL, nullptr};
}
PyMethodDef methods[] = {{"__enter__", enter, METH_NOARGS, nullptr}, leave_method(), {nullptr, nullptr, 0, nullptr}};
PyMethodDef methods_of_set[] = {
    {"__enter__", enter_set, METH_NOARGS, nullptr}, leave_method(), {nullptr, nullptr, 0, nullptr}};
PyGetSetDef properties[] = {{"mode", get_mode, nullptr, "Whether operations are recorded within.", nullptr},
                            {nullptr, nullptr, nullptr, nullptr, nullptr}};

char no_grad_doc[] = "Operations are not recorded: a context manager and a decorator, for the calling thread.";
char enable_grad_doc[] = "Operations are recorded, within a no_grad too: a context manager and a decorator.";
char set_doc[] =
    "set_grad_enabled(mode)\n--\n\n"
    "Sets the grad mode of the calling thread at once; as a context manager it restores the former one at the end.";

bool add_mode(PyObject* module, const char* name, newfunc construct, ternaryfunc call, PyMethodDef* with, char* doc) {
  PyType_Slot slots[] = {slot(Py_tp_new, construct),
                         slot(Py_tp_call, call),
                         slot(Py_tp_dealloc, dealloc),
                         slot(Py_tp_methods, with),
                         slot(Py_tp_getset, properties),
                         slot(Py_tp_doc, doc),
                         {0, nullptr}};
  PyType_Spec spec = {name, sizeof(ModeObject), 0, Py_TPFLAGS_DEFAULT, slots};
  const Ref type(PyType_FromSpec(&spec));
  return type && PyModule_AddObjectRef(module, name + sizeof("vt_autograd.") - 1, type.get()) == 0;
}

PyObject* is_grad_enabled(PyObject*, PyObject*) { return PyBool_FromLong(autograd_api->grad_mode()); }

PyObject* set_inference_mode(PyObject*, PyObject* mode) {
  const int truth = PyObject_IsTrue(mode);
  return truth < 0 ? nullptr : PyBool_FromLong(autograd_api->set_inference_mode(truth));
}

PyObject* is_inference_mode_enabled(PyObject*, PyObject*) { return PyBool_FromLong(autograd_api->inference_mode()); }

PyObject* set_decorate(PyObject*, PyObject* function) {
  Py_XDECREF(std::exchange(decorate, Py_NewRef(function)));
  Py_RETURN_NONE;
}

PyMethodDef functions[] = {{"is_grad_enabled", is_grad_enabled, METH_NOARGS,
                            "is_grad_enabled()\n--\n\nWhether operations of the calling thread are recorded."},
                           {"is_inference_mode_enabled", is_inference_mode_enabled, METH_NOARGS,
                            "is_inference_mode_enabled()\n--\n\nWhether the calling thread is in inference mode."},
                           {"_set_inference_mode", set_inference_mode, METH_O, nullptr},
                           {"_set_decorate", set_decorate, METH_O, nullptr},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_grad_mode_types(PyObject* module) {
  return add_mode(module, "vt_autograd.no_grad", construct<false>, call, methods, no_grad_doc) &&
         add_mode(module, "vt_autograd.enable_grad", construct<true>, call, methods, enable_grad_doc) &&
         add_mode(module, "vt_autograd.set_grad_enabled", construct_set, call_set, methods_of_set, set_doc) &&
         PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace vt::autograd::python
