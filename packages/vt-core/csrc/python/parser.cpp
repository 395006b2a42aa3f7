// SPDX-License-Identifier: Apache-2.0
// The schema-driven parser: Python arguments to values, for every op alike.
#include "parser.hpp"

#include "convert.hpp"
#include "errors.hpp"
#include "interned.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

// Why an overload does not accept the arguments.
struct Mismatch {
  enum Reason { kTooMany, kMissing, kUnknownKeyword, kTwice, kWrongType, kOut } reason = kWrongType;
  size_t parameter = 0;
  PyObject* object = nullptr;  // borrowed: the argument or keyword at fault
};

// Names that array libraries use for ours, accepted as keywords.
PyObject* keyword_alias(PyObject* key) {
  if (PyUnicode_Compare(key, names.input) == 0) return names.self;
  if (PyUnicode_Compare(key, names.axis) == 0) return names.dim;
  if (PyUnicode_Compare(key, names.keepdims) == 0) return names.keepdim;
  return nullptr;
}

size_t find_parameter(const std::vector<Parameter>& parameters, PyObject* key) {
  for (size_t i = 0; i < parameters.size(); ++i)
    if (parameters[i].name == key) return i;
  for (size_t i = 0; i < parameters.size(); ++i)
    if (PyUnicode_Compare(parameters[i].name, key) == 0) return i;
  return parameters.size();
}

// The out keyword: destinations for the results.
Match bind_out(const Overload& overload, PyObject* object, CallFrame& frame) {
  const int32_t num_returns = overload.schema->num_returns;
  if (object == Py_None) return Match::kYes;
  if (num_returns == 1) {
    if (!is_tensor(object)) return Match::kNo;
    frame.results[0] = value_of(tensor_of(object));
    return Match::kYes;
  }
  if (!PyTuple_Check(object) || PyTuple_Size(object) != num_returns) return Match::kNo;
  for (int32_t i = 0; i < num_returns; ++i) {
    PyObject* entry = PyTuple_GetItem(object, i);
    if (!is_tensor(entry)) return Match::kNo;
    frame.results[i] = value_of(tensor_of(entry));
  }
  return Match::kYes;
}

Match bind_keywords(const Overload& overload, bool inplace, PyObject* const* values, PyObject* kwnames,
                    PyObject** given, CallFrame& frame, Mismatch& mismatch) {
  const Py_ssize_t num_keywords = PyTuple_Size(kwnames);
  for (Py_ssize_t k = 0; k < num_keywords; ++k) {
    PyObject* key = PyTuple_GetItem(kwnames, k);
    size_t index = find_parameter(overload.parameters, key);
    if (index == overload.parameters.size()) {
      if (!inplace && overload.schema->flags & VT_OP_OUT && PyUnicode_Compare(key, names.out) == 0) {
        const Match match = bind_out(overload, values[k], frame);
        if (match == Match::kNo) mismatch = {Mismatch::kOut, 0, values[k]};
        if (match != Match::kYes) return match;
        continue;
      }
      if (overload.schema->flags & VT_OP_FACTORY && PyUnicode_Compare(key, names.requires_grad) == 0) {
        if (!PyBool_Check(values[k])) {
          PyErr_Format(PyExc_TypeError, "%s(): argument 'requires_grad' must be bool, got %U", overload.schema->name,
                       type_name(values[k]).get());
          return Match::kError;
        }
        frame.requires_grad = values[k] == Py_True;
        continue;
      }
      if (overload.schema->flags & VT_OP_FACTORY && PyUnicode_Compare(key, names.pin_memory) == 0) {
        const int truth = PyObject_IsTrue(values[k]);
        if (truth < 0) return Match::kError;
        frame.pin_memory = truth != 0;
        continue;
      }
      PyObject* other_name = keyword_alias(key);
      if (other_name) index = find_parameter(overload.parameters, other_name);
      if (index == overload.parameters.size()) {
        mismatch = {Mismatch::kUnknownKeyword, 0, key};
        return Match::kNo;
      }
    }
    if (given[index]) {
      mismatch = {Mismatch::kTwice, index, key};
      return Match::kNo;
    }
    given[index] = values[k];
  }
  return Match::kYes;
}

// Without `tensors_as_numbers` a tensor is given to parameters alone that are tensors.
Match bind(const Overload& overload, bool inplace, bool tensors_as_numbers, PyObject* const* args, Py_ssize_t nargs,
           PyObject* kwnames, CallFrame& frame, Mismatch& mismatch) {
  const size_t num_parameters = overload.parameters.size();
  const bool spread = overload.spread >= 0 && nargs > overload.num_positional;
  if (nargs > overload.num_positional && !spread) {
    mismatch = {Mismatch::kTooMany, static_cast<size_t>(nargs), nullptr};
    return Match::kNo;
  }
  for (int32_t i = 0; i < overload.schema->num_returns; ++i) frame.results[i] = none();
  frame.requires_grad = frame.pin_memory = false;
  frame.values = frame.allocate<VtValue>(num_parameters);

  PyObject* given[CallFrame::kMaxParameters];
  const auto num_given = static_cast<size_t>(spread ? overload.spread : nargs);
  for (size_t i = 0; i < num_given; ++i) given[i] = args[i];
  for (size_t i = num_given; i < num_parameters; ++i) given[i] = nullptr;
  if (spread) given[overload.spread] = args[overload.spread];
  if (kwnames) {
    const Match match = bind_keywords(overload, inplace, args + nargs, kwnames, given, frame, mismatch);
    if (match != Match::kYes) return match;
  }
  for (size_t i = 0; i < num_parameters; ++i) {
    const Parameter& parameter = overload.parameters[i];
    if (!given[i]) {
      if (parameter.flags & VT_ARG_SPREAD && static_cast<int32_t>(i) == overload.spread) {
        frame.values[i] = value_of(std::span<VtTensor* const>());  // tensors one by one: none of them
        continue;
      }
      if ((parameter.flags & VT_ARG_HAS_DEFAULT) == 0) [[unlikely]] {
        mismatch = {Mismatch::kMissing, i, nullptr};
        return Match::kNo;
      }
      frame.values[i] = parameter.default_value;
      continue;
    }
    if (!tensors_as_numbers && !(parameter.kinds & (VT_KIND_TENSOR | VT_KIND_TENSOR_LIST)) && is_tensor(given[i]))
      return Match::kNo;
    const Match match =
        spread && static_cast<int32_t>(i) == overload.spread
            ? convert_spread(parameter, args + i, nargs - static_cast<Py_ssize_t>(i), frame.values[i], frame)
            : convert(parameter, given[i], frame.values[i], frame);
    if (match != Match::kYes) [[unlikely]] {
      mismatch = {Mismatch::kWrongType, i, given[i]};
      return match;
    }
  }
  if (inplace) frame.results[0] = frame.values[0];
  return Match::kYes;
}

// "got 3" of a list names the item that does not fit rather than the list.
Ref describe_object(PyObject* object) {
  if ((!PyTuple_Check(object) && !PyList_Check(object)) || PyObject_Size(object) <= 0) return type_name(object);
  Ref items(PySequence_Tuple(object));
  if (!items) {
    PyErr_Clear();
    return type_name(object);
  }
  PyObject* odd = PyTuple_GetItem(items.get(), 0);
  for (Py_ssize_t i = 0; i < PyTuple_Size(items.get()); ++i) {
    PyObject* entry = PyTuple_GetItem(items.get(), i);
    if (!PyLong_Check(entry) && !is_tensor(entry)) odd = entry;
  }
  return Ref(PyUnicode_FromFormat("%U of %U", type_name(object).get(), type_name(odd).get()));
}

void raise_mismatch(const Signature& signature, const Overload& overload, const Mismatch& mismatch) {
  const char* name = signature.name.c_str();
  const char* text = overload.schema->text;
  const Parameter* parameter =
      mismatch.parameter < overload.parameters.size() ? &overload.parameters[mismatch.parameter] : nullptr;
  switch (mismatch.reason) {
    case Mismatch::kTooMany:
      PyErr_Format(PyExc_TypeError, "%s(): takes at most %d positional arguments, got %zd\n  %s", name,
                   overload.num_positional, static_cast<Py_ssize_t>(mismatch.parameter), text);
      return;
    case Mismatch::kMissing:
      PyErr_Format(PyExc_TypeError, "%s(): missing required argument '%U'\n  %s", name, parameter->name, text);
      return;
    case Mismatch::kUnknownKeyword:
      PyErr_Format(PyExc_TypeError, "%s(): got an unexpected keyword argument '%U'\n  %s", name, mismatch.object, text);
      return;
    case Mismatch::kTwice:
      PyErr_Format(PyExc_TypeError, "%s(): got multiple values for argument '%U'\n  %s", name, mismatch.object, text);
      return;
    case Mismatch::kOut:
      PyErr_Format(PyExc_TypeError, "%s(): argument 'out' must be %s, got %U\n  %s", name,
                   overload.schema->num_returns == 1 ? "Tensor" : "tuple of Tensors, one per result",
                   type_name(mismatch.object).get(), text);
      return;
    case Mismatch::kWrongType:
      PyErr_Format(PyExc_TypeError, "%s(): argument '%U' must be %s, got %U\n  %s", name, parameter->name,
                   describe_kinds(*parameter).c_str(), describe_object(mismatch.object).get(), text);
      return;
  }
}

std::string utf8(PyObject* text) {
  const char* bytes = text ? PyUnicode_AsUTF8AndSize(text, nullptr) : nullptr;
  if (!bytes) PyErr_Clear();
  return bytes ? bytes : "?";
}

void raise_no_overload(const Signature& signature, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  std::string got, choices;
  const Py_ssize_t num_keywords = kwnames ? PyTuple_Size(kwnames) : 0;
  for (Py_ssize_t i = 0; i < nargs + num_keywords; ++i) {
    if (i > 0) got += ", ";
    if (i >= nargs) got += utf8(PyTuple_GetItem(kwnames, i - nargs)) + "=";
    got += utf8(type_name(args[i]).get());
  }
  for (const Overload& overload : signature.overloads) choices += std::string("\n  ") + overload.schema->text;
  PyErr_Format(PyExc_TypeError, "%s(): no overload accepts the arguments (%s), expected one of%s",
               signature.name.c_str(), got.c_str(), choices.c_str());
}

bool make_overload(const VtOp* op, Overload& out) {
  const VtSchema* schema = tables().dispatch->schema(op);
  if (schema->num_args > CallFrame::kMaxParameters || schema->num_returns > CallFrame::kMaxReturns) {
    PyErr_Format(PyExc_SystemError, "%s: too many arguments or results", schema->name);
    return false;
  }
  out = {op, schema, {}, 0, -1, nullptr};
  for (int32_t i = 0; i < schema->num_args; ++i) {
    const VtArgument& argument = schema->args[i];
    PyObject* name = PyUnicode_InternFromString(argument.name);
    if (!name) return false;
    out.parameters.push_back({name, argument.kinds, argument.flags, argument.default_value});
    if ((argument.flags & VT_ARG_KEYWORD_ONLY) == 0) out.num_positional = i + 1;
  }
  // Ints may be spread over the last positional parameter when nothing but a tensor stands before it, tensors where the
  // schema says so.
  const int32_t last = out.num_positional - 1;
  if (last >= 0 && out.parameters[static_cast<size_t>(last)].flags & VT_ARG_SPREAD) out.spread = last;
  if (last >= 0 && out.parameters[last].kinds & VT_KIND_INT_LIST &&
      (last == 0 || (last == 1 && out.parameters[0].kinds == VT_KIND_TENSOR)))
    out.spread = last;
  return true;
}

}  // namespace

bool make_signature(const VtOp* op, std::string name, bool inplace, Signature& out) {
  out = {std::move(name), inplace, {}};
  for (; op; op = tables().dispatch->next_overload(op)) {
    const uint32_t form = inplace ? VT_OP_INPLACE | VT_OP_INPLACE_ONLY : 0;
    const uint32_t flags = tables().dispatch->schema(op)->flags;
    if (form ? (flags & form) == 0 : (flags & VT_OP_INPLACE_ONLY) != 0) continue;
    if (!make_overload(op, out.overloads.emplace_back())) return false;
  }
  return true;
}

const Overload* parse(const Signature& signature, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames,
                      CallFrame& frame) {
  Mismatch mismatch;
  // A 0-dim tensor can be a number, and loses its dtype and its gradient by it: overloads that take it as it is go first.
  for (const bool tensors_as_numbers : {signature.overloads.size() == 1, true}) {
    for (const Overload& overload : signature.overloads) {
      frame.reset();
      const Match match = bind(overload, signature.inplace, tensors_as_numbers, args, nargs, kwnames, frame, mismatch);
      if (match == Match::kYes) [[likely]]
        return &overload;
      if (match == Match::kError) return nullptr;
    }
    if (tensors_as_numbers) break;
  }
  if (signature.overloads.size() == 1)
    raise_mismatch(signature, signature.overloads[0], mismatch);
  else
    raise_no_overload(signature, args, nargs, kwnames);
  return nullptr;
}

}  // namespace vt::python
