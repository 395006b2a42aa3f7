// SPDX-License-Identifier: Apache-2.0
// Python's limited API with owning references, and what every source of the extension module shares.
#pragma once

#define PY_SSIZE_T_CLEAN
#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#include <Python.h>
#include <structmember.h>

#include <cstdint>
#include <initializer_list>
#include <utility>

#include <vt/cpp/tables.hpp>
#include <vt/cpp/value.hpp>

// Note [The lock of the interpreter]
// Every function here is called with the interpreter's lock held unless its comment says otherwise; the lock is the
// outermost one. Module state lives in plain globals guarded by it.

namespace vt::python {

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

// The calling convention of METH_FASTCALL | METH_KEYWORDS.
using FastFunction = PyObject* (*)(PyObject * self, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames);

inline PyMethodDef fast_method(const char* name, FastFunction function, const char* doc) noexcept {
  return {name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function)), METH_FASTCALL | METH_KEYWORDS,
          doc};
}

inline PyMethodDef class_method(const char* name, FastFunction function, const char* doc) noexcept {
  return {name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function)),
          METH_FASTCALL | METH_KEYWORDS | METH_STATIC, doc};
}

// A type slot of a function, or of data.
template <class Result, class... Args>
PyType_Slot slot(int id, Result (*function)(Args...)) noexcept {
  return {id, reinterpret_cast<void*>(function)};
}
inline PyType_Slot slot(int id, void* data) noexcept { return {id, data}; }

inline constexpr unsigned long kHaveVectorcall =
    1UL << 11;  // Py_TPFLAGS_HAVE_VECTORCALL, named by the limited API from 3.12
using VectorcallFunction = PyObject* (*)(PyObject * callable, PyObject* const* args, size_t nargsf, PyObject* kwnames);
constexpr Py_ssize_t vectorcall_count(size_t nargsf) noexcept {
  return static_cast<Py_ssize_t>(nargsf & ~(size_t{1} << (8 * sizeof(size_t) - 1)));
}

// Matches Python arguments to up to N named parameters: cold functions with a fixed signature. `out` holds borrowed
// references, nullptr where an argument is missing; parameters after `num_positional` are keyword-only. False with a
// TypeError set when a name is unknown, given twice or one of the first `num_required` is missing.
bool unpack(const char* function, std::initializer_list<const char*> names, Py_ssize_t num_required,
            Py_ssize_t num_positional, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames, PyObject** out);

// Runs `body` without the interpreter's lock.
template <class Body>
auto without_lock(Body&& body) {
  PyThreadState* state = PyEval_SaveThread();
  auto result = body();
  PyEval_RestoreThread(state);
  return result;
}

// UTF-8 text of an object known to be a str; nullptr with a ValueError when it has no UTF-8 form or holds a NUL.
const char* utf8_of(PyObject* string);

// The same of any object, with a TypeError that says what `what` must be.
const char* text_of(PyObject* object, const char* what);

// The name of an object's type, for messages (without its module).
Ref type_name(PyObject* object);

}  // namespace vt::python
