// SPDX-License-Identifier: Apache-2.0
// Basic indexing through view ops, for reading and writing.
#pragma once

#include <vt/cpp/tensor.hpp>

#include <vector>

#include "python.hpp"

namespace vt::python {

void append_indexing_slots(std::vector<PyType_Slot>& slots);
// Looks the view ops up again after a plugin registered or withdrew some.
void refresh_indexing();

// Calls an op of one return; an empty Tensor with a Python exception set on failure.
Tensor call_indexing_op(const VtOp* op, const char* name, const VtValue* args, int32_t num_args,
                        VtTensor* destination = nullptr);

// What basic indexing knows.
bool is_basic_entry(PyObject* entry);
// One entry of a key other than ... applied to `self` at dimension `dim`, which moves on. A whole dimension gives `self`.
Tensor apply_basic_entry(VtTensor* self, PyObject* entry, int64_t& dim);
Tensor insert_dimension(VtTensor* self, int64_t dim);

}  // namespace vt::python
