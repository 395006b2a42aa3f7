// SPDX-License-Identifier: Apache-2.0
// Indexing by tensors, masks and sequences, mixed with basic entries.
#pragma once

#include <vt/cpp/tensor.hpp>

#include <vector>

#include "python.hpp"

namespace vt::python {

// A key taken apart: a view by its basic entries, and entry d of `indices` for dimension d of that view; an empty Tensor
// takes the dimension whole, a mask covers as many as it has.
struct Selection {
  Tensor view;
  std::vector<Tensor> indices;
};

// Takes a key apart that has an entry which basic indexing does not know. False with an exception set.
bool select_key(VtTensor* self, PyObject* key, Selection& out);

// x[key], and x[key] = value. nullptr, or false, with an exception set.
PyObject* read_selection(const Selection& selection);
bool write_selection(const Selection& selection, PyObject* value);

void refresh_advanced_indexing();

}  // namespace vt::python
