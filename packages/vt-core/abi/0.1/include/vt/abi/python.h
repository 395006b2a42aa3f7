/* SPDX-License-Identifier: Apache-2.0 */
/* vt.python: Python objects across extension modules. PyObject* travels as void*, so Python.h is not needed to include it. */
#ifndef VT_ABI_PYTHON_H_
#define VT_ABI_PYTHON_H_

#include "autograd.h"

VT_EXTERN_C_BEGIN

#define VT_PYTHON_API_NAME "vt.python"
#define VT_PYTHON_API_MAJOR 1
#define VT_PYTHON_API_MINOR 0

/* The capsule vt_core._C._interface holds vt_get_interface as a VtGetInterfaceFn under this name. */
#define VT_PYTHON_CAPSULE "vt_core._C._interface"

/* What `arg` points to while Python's cycle collector walks a graph through vt.autograd.visit: a node whose context is a
 * Python object reports it by visit(object, arg), once per reference that it owns, and returns a non-zero result at once. */
typedef struct VtPythonVisit {
  int (*visit)(void* object, void* arg);
  void* arg;
} VtPythonVisit;

/* The caller holds the GIL. A failing call sets a Python exception, not the thread's VtError. */
typedef struct VtPythonApi {
  VtTableHeader header;
  /* Borrowed tensor of a Tensor object; NULL and TypeError otherwise. */
  VtTensor* (*tensor_from_pyobject)(void* object);
  /* New reference on the wrapper; takes over the caller's count on `tensor`. */
  void* (*tensor_to_pyobject)(VtTensor* tensor);
  int32_t (*is_tensor)(void* object);
  /* Raises the thread's VtError as a Python exception and clears it. */
  void (*raise_error)(void);
  /* Moves the pending Python exception into the thread's VtError (kind FOREIGN, cause the exception). */
  void (*stash_exception)(void);
  /* Python objects to values and back; values borrow from the object for as long as it lives. Lists are not converted. */
  int (*value_from_pyobject)(void* object, VtValue* out);
  void* (*value_to_pyobject)(const VtValue* value); /* takes over an owned tensor */
  /* How grad_fn shows a node: wrap takes over one count and returns a new reference. Set once by vt-autograd. */
  int (*set_node_wrapper)(void* (*wrap)(VtNode* node));
} VtPythonApi;

VT_EXTERN_C_END

#endif /* VT_ABI_PYTHON_H_ */
