// SPDX-License-Identifier: Apache-2.0
// What every source of the extension module shares: Python's limited API, owning references, the tables it works with.
#pragma once

#define PY_SSIZE_T_CLEAN
#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#include <Python.h>
#include <structmember.h>

#include <vt/abi/forward.h>
#include <vt/abi/python.h>
#include <vt/cpp/tables.hpp>
#include <vt/cpp/value.hpp>

#include <utility>
#include <vector>

// Note [The lock of the interpreter]
// Every function here is called with the interpreter's lock held unless its comment says otherwise. The engine runs
// without it; what it calls back takes it. Module state lives in plain globals guarded by it.

namespace vt::autograd::python {

extern const VtPythonApi* python_api;
extern const VtAutogradApi* autograd_api;
extern const VtForwardApi* forward_api;

// An owned reference, or none.
class Ref {
 public:
  Ref() noexcept = default;
  explicit Ref(PyObject* owned) noexcept : object_(owned) {}
  static Ref share(PyObject* borrowed) noexcept {
    Py_XINCREF(borrowed);
    return Ref(borrowed);
  }
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref&& other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  Ref(const Ref&) = delete;
  Ref& operator=(const Ref&) = delete;
  ~Ref() { Py_XDECREF(object_); }

  explicit operator bool() const noexcept { return object_ != nullptr; }
  PyObject* get() const noexcept { return object_; }
  PyObject* release() noexcept { return std::exchange(object_, nullptr); }

 private:
  PyObject* object_ = nullptr;
};

// Takes the interpreter's lock for a scope, from any thread.
class Lock {
 public:
  Lock() noexcept : state_(PyGILState_Ensure()) {}
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() { PyGILState_Release(state_); }

 private:
  PyGILState_STATE state_;
};

// Runs `body` without the interpreter's lock.
template <class Body>
auto without_lock(Body&& body) {
  PyThreadState* state = PyEval_SaveThread();
  auto result = body();
  PyEval_RestoreThread(state);
  return result;
}

inline bool is_tensor(PyObject* object) noexcept { return python_api->is_tensor(object); }
// Borrowed; the object must be a tensor.
inline VtTensor* tensor_of(PyObject* object) noexcept { return python_api->tensor_from_pyobject(object); }
// New reference; takes over a count.
inline PyObject* wrap(VtTensor* tensor) noexcept {
  return static_cast<PyObject*>(python_api->tensor_to_pyobject(tensor));
}
inline PyObject* share(VtTensor* tensor) noexcept {
  tables().tensor->retain(tensor);
  return wrap(tensor);
}
// Raises the thread's error; nullptr to be returned.
inline PyObject* raise_error() noexcept {
  python_api->raise_error();
  return nullptr;
}

using FastFunction = PyObject* (*)(PyObject * self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames);
inline PyMethodDef fast_method(const char* name, FastFunction function, const char* doc, int flags = 0) noexcept {
  return {name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function)),
          METH_FASTCALL | METH_KEYWORDS | flags, doc};
}
template <class Result, class... Args>
PyType_Slot slot(int id, Result (*function)(Args...)) noexcept {
  return {id, reinterpret_cast<void*>(function)};
}
inline PyType_Slot slot(int id, void* data) noexcept { return {id, data}; }

// Matches arguments to named parameters; `out` holds borrowed references, nullptr where one is missing. Parameters
// after `num_positional` are keyword-only. False with a TypeError set.
bool unpack(const char* function, std::initializer_list<const char*> names, Py_ssize_t num_required,
            Py_ssize_t num_positional, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames, PyObject** out);

// Tensors of one tensor or a sequence; None only where `allow_none`, as NULL. `keep` owns what they borrow from.
bool tensors_from(const char* what, PyObject* object, bool allow_none, Ref& keep, std::vector<VtTensor*>& out);

// The module's parts.
bool add_node_type(PyObject* module);
bool add_function_types(PyObject* module);
bool add_grad_mode_types(PyObject* module);
bool add_backward(PyObject* module);
bool add_forward_ad(PyObject* module);
bool add_saved_hooks(PyObject* module);
bool add_observers(PyObject* module);

// grad_fn's view of a node; takes over one count (vt.python's set_node_wrapper).
void* wrap_node(VtNode* node);
// The same as a Node, also where a Function's context is its face: it keeps the node alive. Takes over one count.
PyObject* wrap_plainly(VtNode* node);
// The node that an object shows, borrowed from it; nullptr with an exception where it shows none.
VtNode* node_from(PyObject* object);
bool is_node(PyObject* object);
// ((node, output number), ...) as `next_functions` shows it.
PyObject* next_functions(const VtNode* node);

}  // namespace vt::autograd::python
