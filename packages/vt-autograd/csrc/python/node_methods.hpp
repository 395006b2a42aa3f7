// SPDX-License-Identifier: Apache-2.0
// What every face of a node offers: hooks, metadata, results, saved values. Both Node and the context of a Function have these.
#pragma once

#include "python.hpp"

namespace vt::autograd::python {

// Registers a Python function; returns a handle that takes it back.
PyObject* register_node_hook(VtNode* node, VtNodeHookKind kind, PyObject* function);
// The dictionary that users keep on a node.
PyObject* node_metadata(VtNode* node);
// ((shape, dtype, device) or None, ...) of the node's results.
PyObject* node_results(const VtNode* node);
// {name: value} of what the node keeps of its call. Tensors come with their history.
PyObject* node_saved(VtNode* node);
// The kept value of that name, or nullptr with AttributeError.
PyObject* node_saved_value(VtNode* node, const char* name);

bool add_handle_type(PyObject* module);

}  // namespace vt::autograd::python
