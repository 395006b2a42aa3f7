// SPDX-License-Identifier: Apache-2.0
// A tree of frames: a stack is a node, its callers are the way to the root.
//
// Note [Stacks]
// Stacks of one program share most of their callers, so that a new one costs a few nodes, and one that was seen costs none.
// Nodes stay for good, with their code objects: there are as many as there are different places from which memory is asked for,
// and what remembers a stack by its number need not say when it forgets it. The GIL guards the tree.
#include "stacks.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

namespace vt::cuda::python {
namespace {

struct Frame {
  const void* place;  // a code object, or a return address
  int line;           // kNative for the latter

  static constexpr int kNative = -1;
  bool operator==(const Frame&) const = default;
};

struct Node {
  std::uint64_t caller;
  Frame frame;
  bool operator==(const Node&) const = default;
};

struct HashOfNode {
  std::size_t operator()(const Node& node) const noexcept {
    std::size_t hash = node.caller;
    for (const std::size_t part :
         {reinterpret_cast<std::size_t>(node.frame.place), static_cast<std::size_t>(node.frame.line)})
      hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 32);
  }
};

struct Tree {
  std::vector<Node> nodes{Node{}};  // 0 is the root
  std::unordered_map<Node, std::uint64_t, HashOfNode> numbers;
  std::unordered_map<const void*, bool> is_python;  // by return address, whether it is in the interpreter
};

Tree& tree() {
  static auto* const tree = new Tree;  // snapshots may be read while the process ends
  return *tree;
}

std::uint64_t child(std::uint64_t caller, const Frame& frame) {
  Tree& t = tree();
  const auto [found, is_new] = t.numbers.try_emplace(Node{caller, frame}, t.nodes.size());
  if (is_new) {
    t.nodes.push_back(found->first);
    if (frame.line != Frame::kNative) Py_INCREF(static_cast<PyObject*>(const_cast<void*>(frame.place)));
  }
  return found->second;
}

class Gil {
 public:
  Gil() : state_(PyGILState_Ensure()) {}
  Gil(const Gil&) = delete;
  Gil& operator=(const Gil&) = delete;
  ~Gil() { PyGILState_Release(state_); }

 private:
  PyGILState_STATE state_;
};

// Puts the exception that is being handled aside.
class KeepError {
 public:
  KeepError() { PyErr_Fetch(&type_, &value_, &trace_); }
  KeepError(const KeepError&) = delete;
  KeepError& operator=(const KeepError&) = delete;
  ~KeepError() { PyErr_Restore(type_, value_, trace_); }

 private:
  PyObject* type_;
  PyObject* value_;
  PyObject* trace_;
};

// Innermost first.
void add_python_frames(std::vector<Frame>& frames) {
  PyObject* frame = reinterpret_cast<PyObject*>(PyEval_GetFrame());
  Py_XINCREF(frame);
  while (frame != nullptr && frame != Py_None) {
    auto* object = reinterpret_cast<PyFrameObject*>(frame);
    PyCodeObject* code = PyFrame_GetCode(object);
    frames.push_back({code, PyFrame_GetLineNumber(object)});
    Py_DECREF(code);  // the frame holds it
    PyObject* caller = PyObject_GetAttrString(frame, "f_back");
    Py_DECREF(frame);
    frame = caller;
  }
  if (frame == nullptr) PyErr_Clear();
  Py_XDECREF(frame);
}

bool is_in_interpreter(const void* address) {
  const auto [found, is_new] = tree().is_python.try_emplace(address, false);
  if (!is_new) return found->second;
  Dl_info here{};
  Dl_info interpreter{};
  found->second = dladdr(address, &here) != 0 &&
                  dladdr(reinterpret_cast<const void*>(&PyEval_GetFrame), &interpreter) != 0 &&
                  here.dli_fbase == interpreter.dli_fbase;
  return found->second;
}

// Down to where the interpreter called, without those of the capture itself.
void add_native_frames(std::vector<Frame>& frames) {
  constexpr int kMaxFrames = 64;
  constexpr int kOwnFrames = 2;
  void* addresses[kMaxFrames];
  const int num = backtrace(addresses, kMaxFrames);
  for (int i = kOwnFrames; i < num; ++i) {
    if (is_in_interpreter(addresses[i])) return;
    frames.push_back({addresses[i], Frame::kNative});
  }
}

std::uint64_t capture(bool with_native) {
  if (!Py_IsInitialized()) return 0;
  const Gil gil;
  const KeepError keep;
  // Without memory for its context an allocation has none.
  try {
    std::vector<Frame> frames;
    if (with_native) add_native_frames(frames);
    add_python_frames(frames);
    std::uint64_t stack = 0;
    for (std::size_t i = frames.size(); i-- > 0;) stack = child(stack, frames[i]);
    return stack;
  } catch (const std::bad_alloc&) {
    return 0;
  }
}

std::string attribute(const Frame& frame, const char* name) {
  PyObject* value = PyObject_GetAttrString(static_cast<PyObject*>(const_cast<void*>(frame.place)), name);
  const char* text = value ? PyUnicode_AsUTF8AndSize(value, nullptr) : nullptr;
  std::string copy = text ? text : "??";
  if (!text) PyErr_Clear();
  Py_XDECREF(value);
  return copy;
}

struct Words {
  std::string name;
  std::string filename;
  int line;
};

Words native_words(const void* address) {
  Dl_info info{};
  if (dladdr(address, &info) == 0 || info.dli_fname == nullptr) return {"??", "??", 0};
  const auto offset = static_cast<const char*>(address) - static_cast<const char*>(info.dli_fbase);
  if (info.dli_sname == nullptr) {
    char name[32];
    std::snprintf(name, sizeof name, "+0x%llx", static_cast<unsigned long long>(offset));
    return {name, info.dli_fname, 0};
  }
  int status = 0;
  char* demangled = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
  Words words{status == 0 ? demangled : info.dli_sname, info.dli_fname, 0};
  std::free(demangled);
  return words;
}

Words words_of(const Frame& frame) {
  if (frame.line == Frame::kNative) return native_words(frame.place);
  return {attribute(frame, "co_name"), attribute(frame, "co_filename"), frame.line};
}

}  // namespace

std::uint64_t capture_python_stack(void*) { return capture(false); }
std::uint64_t capture_whole_stack(void*) { return capture(true); }

void describe_stack(void*, std::uint64_t stack, char* text, std::size_t size) {
  if (!Py_IsInitialized()) return;
  const Gil gil;
  const KeepError keep;
  for (bool outside : {true, false})
    for (std::uint64_t node = stack; node != 0; node = tree().nodes[node].caller) {
      const Frame& frame = tree().nodes[node].frame;
      if (frame.line == Frame::kNative) continue;
      const Words words = words_of(frame);
      if (outside && words.filename.find("/vt_") != std::string::npos) continue;
      std::snprintf(text, size, "%s:%d in %s", words.filename.c_str(), words.line, words.name.c_str());
      return;
    }
}

PyObject* frames_of(std::uint64_t stack) {
  PyObject* frames = PyList_New(0);
  if (stack >= tree().nodes.size()) stack = 0;
  for (std::uint64_t node = stack; node != 0 && frames; node = tree().nodes[node].caller) {
    const Words words = words_of(tree().nodes[node].frame);
    PyObject* frame = Py_BuildValue("(ssi)", words.name.c_str(), words.filename.c_str(), words.line);
    if (!frame || PyList_Append(frames, frame) != 0) Py_CLEAR(frames);
    Py_XDECREF(frame);
  }
  return frames;
}

}  // namespace vt::cuda::python
