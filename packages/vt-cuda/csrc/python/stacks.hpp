// SPDX-License-Identifier: Apache-2.0
// Stacks of calls by number: taken when memory is allocated or freed, put into words when a snapshot is read.
#pragma once

#include <cstddef>
#include <cstdint>

#include "python.hpp"

namespace vt::cuda::python {

// The number of the calling thread's stack, the same for the same stack; 0 when Python is not there. Takes the GIL.
std::uint64_t capture_python_stack(void*);
// The same with the native frames on top.
std::uint64_t capture_whole_stack(void*);

// The innermost line of Python outside of this stack's packages, as "model.py:31 in forward". Takes the GIL.
void describe_stack(void*, std::uint64_t stack, char* text, std::size_t size);

// New reference to a list of (name, filename, line), innermost first; null with an exception.
PyObject* frames_of(std::uint64_t stack);

}  // namespace vt::cuda::python
