// SPDX-License-Identifier: Apache-2.0
// One Python argument to one value, by the kinds that its parameter accepts.
#include "convert.hpp"

#include "dtype_device.hpp"
#include "errors.hpp"
#include "generator.hpp"
#include "numbers.hpp"
#include "properties.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

constexpr uint32_t kNumberKinds = VT_KIND_SCALAR | VT_KIND_INT | VT_KIND_FLOAT | VT_KIND_BOOL;
constexpr uint32_t kListKinds = VT_KIND_INT_LIST | VT_KIND_FLOAT_LIST | VT_KIND_BOOL_LIST | VT_KIND_TENSOR_LIST;

// A list or tuple, read in place.
class Items {
 public:
  static bool is_list(PyObject* object) noexcept { return PyTuple_Check(object) || PyList_Check(object); }
  explicit Items(PyObject* object) noexcept
      : object_(object), tuple_(PyTuple_Check(object)), size_(tuple_ ? PyTuple_Size(object) : PyList_Size(object)) {}
  Py_ssize_t size() const noexcept { return size_; }
  // Borrowed; nullptr with an exception set when a list has shrunk meanwhile.
  PyObject* operator[](Py_ssize_t i) const noexcept {
    return tuple_ ? PyTuple_GetItem(object_, i) : PyList_GetItem(object_, i);
  }

 private:
  PyObject* object_;
  bool tuple_;
  Py_ssize_t size_;
};

bool is_integer(PyObject* object) {
  return PyLong_Check(object) || (!PyFloat_Check(object) && number_kind(object) == NumberKind::kInt) ||
         (is_tensor(object) && tensor_of(object)->dl.ndim == 0);
}

// An int as most are, of its exact class and in range; anything else is left to what knows every kind of number.
bool plain_int(PyObject* object, int64_t& out) {
  if (Py_TYPE(object) != &PyLong_Type) return false;
  int overflow = 0;
  out = PyLong_AsLongLongAndOverflow(object, &overflow);
  return overflow == 0;
}

template <class T, class Convert>
Match convert_items(const Items& items, int32_t tag, VtValue& out, CallFrame& frame, Convert convert_item) {
  T* list = frame.allocate<T>(static_cast<size_t>(items.size()));
  for (Py_ssize_t i = 0; i < items.size(); ++i) {
    PyObject* entry = items[i];
    if (!entry) return Match::kError;
    const Match match = convert_item(entry, list[i]);
    if (match != Match::kYes) return match;
  }
  out = {tag, static_cast<uint32_t>(items.size()), {0}};
  out.as.pointer = list;
  return Match::kYes;
}

Match int_item(PyObject* entry, int64_t& out) {
  if (plain_int(entry, out)) [[likely]]
    return Match::kYes;
  if (!is_integer(entry)) return Match::kNo;
  const Ref keep = Ref::share(entry);
  return int_from(entry, out) ? Match::kYes : Match::kError;
}

Match float_item(PyObject* entry, double& out) {
  const NumberKind kind = number_kind(entry);
  if (kind == NumberKind::kNone || kind == NumberKind::kComplex) return Match::kNo;
  const Ref keep = Ref::share(entry);
  out = PyFloat_AsDouble(entry);
  return out != -1.0 || !PyErr_Occurred() ? Match::kYes : Match::kError;
}

Match bool_item(PyObject* entry, uint8_t& out) {
  if (!PyBool_Check(entry)) return Match::kNo;
  out = entry == Py_True;
  return Match::kYes;
}

Match convert_list(const Parameter& parameter, PyObject* object, VtValue& out, CallFrame& frame) {
  const Items items(object);
  Match match = Match::kNo;
  if (parameter.kinds & VT_KIND_TENSOR_LIST) {
    const bool optional = parameter.flags & VT_ARG_OPTIONAL_ITEMS;
    match = convert_items<VtTensor*>(items, VT_TENSOR_LIST, out, frame, [optional](PyObject* entry, VtTensor*& tensor) {
      tensor = is_tensor(entry) ? tensor_of(entry) : nullptr;
      return tensor || (optional && entry == Py_None) ? Match::kYes : Match::kNo;
    });
  }
  if (match == Match::kNo && parameter.kinds & VT_KIND_INT_LIST)
    match = convert_items<int64_t>(items, VT_INT_LIST, out, frame, int_item);
  if (match == Match::kNo && parameter.kinds & VT_KIND_BOOL_LIST)
    match = convert_items<uint8_t>(items, VT_BOOL_LIST, out, frame, bool_item);
  if (match == Match::kNo && parameter.kinds & VT_KIND_FLOAT_LIST)
    match = convert_items<double>(items, VT_FLOAT_LIST, out, frame, float_item);
  return match;
}

Match convert_number(const Parameter& parameter, PyObject* object, VtValue& out, CallFrame& frame) {
  const NumberKind kind = number_kind(object);
  if (kind == NumberKind::kNone) return Match::kNo;
  const uint32_t kinds = parameter.kinds;
  const bool as_is = kinds & VT_KIND_SCALAR || (kind == NumberKind::kBool && kinds & VT_KIND_BOOL) ||
                     (kind == NumberKind::kInt && kinds & VT_KIND_INT) ||
                     (kind == NumberKind::kFloat && kinds & VT_KIND_FLOAT);
  if (as_is) {
    double* storage = kind == NumberKind::kComplex ? frame.allocate<double>(2) : nullptr;
    if (!value_from_number(object, kind, out, storage)) return Match::kError;
    if (out.tag != VT_UINT64 || kinds & VT_KIND_SCALAR) return Match::kYes;
    PyErr_Format(PyExc_OverflowError, "argument '%U': %R does not fit int64", parameter.name, object);
    return Match::kError;
  }
  if (kinds & VT_KIND_FLOAT && kind != NumberKind::kComplex) {
    if (!value_from_number(object, NumberKind::kFloat, out, nullptr)) return Match::kError;
    return Match::kYes;
  }
  if (kinds & VT_KIND_INT_LIST && kind == NumberKind::kInt) {
    int64_t* list = frame.allocate<int64_t>(1);
    if (!int_from(object, *list)) return Match::kError;
    out = value_of(std::span<const int64_t>(list, 1));
    return Match::kYes;
  }
  return Match::kNo;
}

// A 0-dim host tensor stands for its number where only a number is accepted. As in PyTorch one that requires grad is no
// scalar: its gradient would be lost, and an overload for tensors may follow.
Match convert_tensor_number(const Parameter& parameter, VtTensor* tensor, VtValue& out, CallFrame& frame) {
  if ((parameter.kinds & (kNumberKinds | VT_KIND_INT_LIST)) == 0 || tensor->dl.ndim != 0 ||
      tensor->dl.device.device_type != kDLCPU ||
      (parameter.kinds & VT_KIND_SCALAR && tensor->flags >> VT_LAYER_AUTOGRAD & 1))
    return Match::kNo;
  const Ref number(item(tensor));
  return number ? convert_number(parameter, number.get(), out, frame) : Match::kError;
}

}  // namespace

Match convert(const Parameter& parameter, PyObject* object, VtValue& out, CallFrame& frame) {
  const uint32_t kinds = parameter.kinds;
  if (is_exact_tensor(object) && kinds & VT_KIND_TENSOR) [[likely]] {
    out = value_of(tensor_of(object));
    return Match::kYes;
  }
  if (object == Py_None) {
    out = none();
    return parameter.flags & VT_ARG_OPTIONAL ? Match::kYes : Match::kNo;
  }
  if (int64_t number = 0; kinds & (VT_KIND_INT | VT_KIND_SCALAR | VT_KIND_INT_LIST) && plain_int(object, number)) {
    out = value_of(number);
    if (kinds & (VT_KIND_INT | VT_KIND_SCALAR)) return Match::kYes;
    int64_t* list = frame.allocate<int64_t>(1);
    *list = number;
    out = value_of(std::span<const int64_t>(list, 1));
    return Match::kYes;
  }
  if (Py_TYPE(object) == &PyFloat_Type && kinds & (VT_KIND_FLOAT | VT_KIND_SCALAR)) {
    out = value_of(PyFloat_AsDouble(object));
    return Match::kYes;
  }
  if (kinds & kListKinds && Items::is_list(object)) return convert_list(parameter, object, out, frame);
  if (is_tensor(object)) {
    if (kinds & VT_KIND_TENSOR) {
      out = value_of(tensor_of(object));
      return Match::kYes;
    }
    if (parameter.flags & VT_ARG_SPREAD) return convert_spread(parameter, &object, 1, out, frame);
    return convert_tensor_number(parameter, tensor_of(object), out, frame);
  }
  if (PyUnicode_Check(object)) {
    if (kinds & VT_KIND_STRING) {
      out = {VT_STRING, 0, {0}};
      out.as.string = utf8_of(object);
      return out.as.string ? Match::kYes : Match::kError;
    }
    if ((kinds & VT_KIND_DEVICE) == 0) return Match::kNo;
  }
  if (kinds & VT_KIND_DTYPE) {
    DLDataType dtype;
    if (dtype_from(object, dtype)) {
      out = value_of(dtype);
      return Match::kYes;
    }
  }
  if (kinds & VT_KIND_DEVICE) {
    DLDevice device;
    if (PyUnicode_Check(object) ? parse_device(object, device) : device_from(object, device)) {
      out = value_of(device);
      return Match::kYes;
    }
    if (PyErr_Occurred()) return Match::kError;
  }
  if (kinds & VT_KIND_GENERATOR) {
    if (VtGenerator* generator = generator_of(object)) {
      out = {VT_GENERATOR, 0, {0}};
      out.as.generator = generator;
      return Match::kYes;
    }
  }
  if (kinds & (kNumberKinds | VT_KIND_INT_LIST)) return convert_number(parameter, object, out, frame);
  return Match::kNo;
}

Match convert_spread(const Parameter& parameter, PyObject* const* args, Py_ssize_t count, VtValue& out,
                     CallFrame& frame) {
  if (parameter.flags & VT_ARG_SPREAD) {
    auto** tensors = frame.allocate<VtTensor*>(static_cast<size_t>(count));
    for (Py_ssize_t i = 0; i < count; ++i) {
      if (!is_tensor(args[i])) return Match::kNo;
      tensors[i] = tensor_of(args[i]);
    }
    out = value_of(std::span<VtTensor* const>(tensors, static_cast<size_t>(count)));
    return Match::kYes;
  }
  int64_t* list = frame.allocate<int64_t>(static_cast<size_t>(count));
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (PyBool_Check(args[i])) return Match::kNo;  // var(x, 0, True) names one dimension
    const Match match = int_item(args[i], list[i]);
    if (match != Match::kYes) return match;
  }
  out = value_of(std::span<const int64_t>(list, static_cast<size_t>(count)));
  return Match::kYes;
}

std::string describe_kinds(const Parameter& parameter) {
  static constexpr struct {
    uint32_t kind;
    const char* name;
  } kNames[] = {{VT_KIND_TENSOR, "Tensor"},
                {VT_KIND_SCALAR, "Number"},
                {VT_KIND_INT, "int"},
                {VT_KIND_FLOAT, "float"},
                {VT_KIND_BOOL, "bool"},
                {VT_KIND_STRING, "str"},
                {VT_KIND_DTYPE, "dtype"},
                {VT_KIND_DEVICE, "device"},
                {VT_KIND_INT_LIST, "tuple of ints"},
                {VT_KIND_FLOAT_LIST, "tuple of floats"},
                {VT_KIND_BOOL_LIST, "tuple of bools"},
                {VT_KIND_TENSOR_LIST, "tuple of Tensors"},
                {VT_KIND_GENERATOR, "Generator"}};
  std::string text;
  for (const auto& [kind, name] : kNames) {
    if ((parameter.kinds & kind) == 0) continue;
    if (!text.empty()) text += " or ";
    text += name;
  }
  if (parameter.flags & VT_ARG_OPTIONAL) text += " or None";
  return text;
}

}  // namespace vt::python
