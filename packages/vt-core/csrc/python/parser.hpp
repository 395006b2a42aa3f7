// SPDX-License-Identifier: Apache-2.0
// The schema-driven parser: Python arguments to values, for every op alike.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "python.hpp"

namespace vt::python {

struct Parameter {
  PyObject* name;  // interned
  uint32_t kinds;
  uint32_t flags;
  VtValue default_value;
};

// One op as Python calls it.
struct Overload {
  const VtOp* op;
  const VtSchema* schema;
  std::vector<Parameter> parameters;
  int32_t num_positional;
  int32_t spread;                     // the parameter whose ints may be spread, as in view(2, 3), or -1
  mutable PyTypeObject* return_type;  // a named tuple for several named returns, made at the first call
};

// A callable name: the overloads in declared order and the form in which they are called.
struct Signature {
  std::string name;
  bool inplace;
  std::vector<Overload> overloads;
};

// Everything one call needs, on the stack; the heap is touched only by long argument lists.
class CallFrame {
 public:
  static constexpr int kMaxReturns = 8;
  static constexpr int kMaxParameters = 64;

  CallFrame() noexcept {}
  CallFrame(const CallFrame&) = delete;
  CallFrame& operator=(const CallFrame&) = delete;

  // Memory for `count` objects that lives as long as the frame.
  template <class T>
  T* allocate(size_t count) {
    const size_t num_bytes = (count * sizeof(T) + 15) / 16 * 16;
    if (used_ + num_bytes <= sizeof inline_) [[likely]] {
      void* out = inline_ + used_;
      used_ += num_bytes;
      return static_cast<T*>(out);
    }
    more_.push_back(std::make_unique<std::byte[]>(num_bytes));
    return reinterpret_cast<T*>(more_.back().get());
  }
  void reset() noexcept { used_ = 0; }

  VtValue* values;
  VtValue results[kMaxReturns];
  bool requires_grad = false;  // asked of a factory
  bool pin_memory = false;     // likewise

 private:
  size_t used_ = 0;
  alignas(16) std::byte inline_[1024];
  std::vector<std::unique_ptr<std::byte[]>> more_;
};

// Builds the call plan of an op's overloads. False with an exception set.
bool make_signature(const VtOp* op, std::string name, bool inplace, Signature& out);

// Fills `frame` for the first overload that accepts the arguments; nullptr with a TypeError otherwise.
const Overload* parse(const Signature& signature, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames,
                      CallFrame& frame);

// Calls the op and wraps what it returns. Releases the interpreter's lock around long work.
PyObject* invoke(const Overload& overload, CallFrame& frame);

inline PyObject* call(const Signature& signature, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  CallFrame frame;
  const Overload* overload = parse(signature, args, nargs, kwnames, frame);
  return overload ? invoke(*overload, frame) : nullptr;
}

}  // namespace vt::python
