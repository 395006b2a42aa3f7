// SPDX-License-Identifier: Apache-2.0
// The autograd plugin as the Python face sees it, and gradients as properties and methods of Tensor.
#pragma once

#include <vector>

#include "python.hpp"

namespace vt::python {

// The table of the loaded plugin, or nullptr; no error is set.
const VtAutogradApi* find_autograd();
// The same, raising the ImportError that names the wheel as a RuntimeError.
const VtAutogradApi* need_autograd(const char* what);

bool set_requires_grad(PyObject* self, bool requires_grad);
void append_autograd_methods(std::vector<PyMethodDef>& methods);
void append_autograd_properties(std::vector<PyGetSetDef>& properties);

// How grad_fn shows a node; set once through vt.python.
using NodeWrapper = void* (*)(VtNode * node);
int set_node_wrapper(NodeWrapper wrap);

}  // namespace vt::python
