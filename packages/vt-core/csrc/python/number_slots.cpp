// SPDX-License-Identifier: Apache-2.0
// Python's operators on tensors: one trampoline per slot, two tensors without the parser.
#include "number_slots.hpp"

#include <array>
#include <string>

#include "errors.hpp"
#include "op_type.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

enum Binary {
  kAdd,
  kSub,
  kMul,
  kTrueDivide,
  kFloorDivide,
  kRemainder,
  kPower,
  kMatmul,
  kAnd,
  kOr,
  kXor,
  kLeftShift,
  kRightShift,
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,
  kNumBinary
};
enum Unary { kNegative, kPositive, kAbsolute, kInvert, kNumUnary };

struct BinaryName {
  const char* name;
  bool commutes;
};
constexpr BinaryName kBinaryNames[kNumBinary] = {{"add", true},
                                                 {"sub", false},
                                                 {"mul", true},
                                                 {"div", false},
                                                 {"floor_divide", false},
                                                 {"remainder", false},
                                                 {"pow", false},
                                                 {"matmul", false},
                                                 {"bitwise_and", true},
                                                 {"bitwise_or", true},
                                                 {"bitwise_xor", true},
                                                 {"bitwise_left_shift", false},
                                                 {"bitwise_right_shift", false},
                                                 {"eq", true},
                                                 {"ne", true},
                                                 {"lt", false},
                                                 {"le", false},
                                                 {"gt", false},
                                                 {"ge", false}};
constexpr const char* kUnaryNames[kNumUnary] = {"neg", "positive", "abs", "bitwise_not"};

// One form of an operator, ready for two tensors.
struct Form {
  const Signature* signature = nullptr;
  const VtOp* op = nullptr;  // the first overload taking two tensors and no more required arguments, or nullptr
  int32_t num_args = 0;
  std::array<VtValue, 8> defaults{};
};

struct Forms {
  Form functional[kNumBinary];
  Form inplace[kNumBinary];
  const Signature* reflected[kNumBinary] = {};
  const Signature* unary[kNumUnary] = {};
} forms;

bool takes_tensor(const Parameter& parameter) { return (parameter.kinds & VT_KIND_TENSOR) != 0; }

Form make_form(const char* name) {
  Form form;
  form.signature = find_signature(name);
  if (!form.signature) return form;
  for (const Overload& overload : form.signature->overloads) {
    const auto& parameters = overload.parameters;
    if (parameters.size() < 2 || parameters.size() > form.defaults.size() || overload.schema->num_returns != 1 ||
        !takes_tensor(parameters[0]) || !takes_tensor(parameters[1]))
      continue;
    bool complete = true;
    for (size_t i = 2; i < parameters.size(); ++i) {
      complete = complete && parameters[i].flags & VT_ARG_HAS_DEFAULT;
      form.defaults[i] = parameters[i].default_value;
    }
    if (!complete) continue;
    form.op = overload.op;
    form.num_args = static_cast<int32_t>(parameters.size());
    break;
  }
  return form;
}

// Above this many elements the general call lets other threads run.
constexpr int64_t kShortCall = 16384;

bool fast_pair(const Form& form, PyObject* a, PyObject* b) {
  return form.op && is_exact_tensor(a) && is_exact_tensor(b) && tensor_of(a)->numel <= kShortCall &&
         tensor_of(b)->numel <= kShortCall;
}

template <bool Inplace>
PyObject* call_pair(const Form& form, PyObject* a, PyObject* b) {
  std::array<VtValue, 8> args;
  args[0] = value_of(tensor_of(a));
  args[1] = value_of(tensor_of(b));
  for (int32_t i = 2; i < form.num_args; ++i) args[i] = form.defaults[i];
  VtValue result = Inplace ? args[0] : none();
  if (tables().dispatch->call_boxed(form.op, args.data(), form.num_args, &result) != 0) [[unlikely]]
    return raise_error();
  return wrap(result.as.tensor);
}

// Calls through the parser. Arguments that no overload takes give NotImplemented, so that Python asks the other operand.
PyObject* call_parsed(const Signature* signature, PyObject* a, PyObject* b) {
  if (!signature) Py_RETURN_NOTIMPLEMENTED;
  PyObject* const args[] = {a, b};
  CallFrame frame;
  const Overload* overload = parse(*signature, args, 2, nullptr, frame);
  if (overload) return invoke(*overload, frame);
  if (!PyErr_ExceptionMatches(PyExc_TypeError)) return nullptr;
  PyErr_Clear();
  Py_RETURN_NOTIMPLEMENTED;
}

template <int Slot>
PyObject* binary(PyObject* a, PyObject* b) {
  const Form& form = forms.functional[Slot];
  if (fast_pair(form, a, b)) [[likely]]
    return call_pair<false>(form, a, b);
  if (is_tensor(a)) return call_parsed(form.signature, a, b);
  // The tensor stands on the right.
  if constexpr (kBinaryNames[Slot].commutes) return call_parsed(form.signature, b, a);
  if (forms.reflected[Slot]) return call_parsed(forms.reflected[Slot], b, a);
  return call_parsed(form.signature, a, b);
}

template <int Slot>
PyObject* inplace(PyObject* a, PyObject* b) {
  const Form& form = forms.inplace[Slot];
  if (fast_pair(form, a, b)) [[likely]]
    return call_pair<true>(form, a, b);
  return call_parsed(form.signature, a, b);
}

PyObject* power(PyObject* a, PyObject* b, PyObject* modulus) {
  if (modulus != Py_None) Py_RETURN_NOTIMPLEMENTED;
  return binary<kPower>(a, b);
}

PyObject* inplace_power(PyObject* a, PyObject* b, PyObject* modulus) {
  if (modulus != Py_None) Py_RETURN_NOTIMPLEMENTED;
  return inplace<kPower>(a, b);
}

template <int Slot>
PyObject* unary(PyObject* a) {
  const Signature* signature = forms.unary[Slot];
  if (signature) return call(*signature, &a, 1, nullptr);
  return PyErr_Format(PyExc_TypeError, "bad operand type for a unary operator: no op '%s' is registered",
                      kUnaryNames[Slot]);
}

// Without comparison ops == and != compare identity, as for any object.
PyObject* compare(PyObject* a, PyObject* b, int op) {
  switch (op) {
    case Py_EQ: return binary<kEq>(a, b);
    case Py_NE: return binary<kNe>(a, b);
    case Py_LT: return binary<kLt>(a, b);
    case Py_LE: return binary<kLe>(a, b);
    case Py_GT: return binary<kGt>(a, b);
    default: return binary<kGe>(a, b);
  }
}

}  // namespace

void append_number_slots(std::vector<PyType_Slot>& slots) {
  for (const PyType_Slot& s : {slot(Py_nb_add, binary<kAdd>),
                               slot(Py_nb_subtract, binary<kSub>),
                               slot(Py_nb_multiply, binary<kMul>),
                               slot(Py_nb_true_divide, binary<kTrueDivide>),
                               slot(Py_nb_floor_divide, binary<kFloorDivide>),
                               slot(Py_nb_remainder, binary<kRemainder>),
                               slot(Py_nb_power, power),
                               slot(Py_nb_matrix_multiply, binary<kMatmul>),
                               slot(Py_nb_and, binary<kAnd>),
                               slot(Py_nb_or, binary<kOr>),
                               slot(Py_nb_xor, binary<kXor>),
                               slot(Py_nb_lshift, binary<kLeftShift>),
                               slot(Py_nb_rshift, binary<kRightShift>),
                               slot(Py_nb_inplace_add, inplace<kAdd>),
                               slot(Py_nb_inplace_subtract, inplace<kSub>),
                               slot(Py_nb_inplace_multiply, inplace<kMul>),
                               slot(Py_nb_inplace_true_divide, inplace<kTrueDivide>),
                               slot(Py_nb_inplace_floor_divide, inplace<kFloorDivide>),
                               slot(Py_nb_inplace_remainder, inplace<kRemainder>),
                               slot(Py_nb_inplace_power, inplace_power),
                               slot(Py_nb_inplace_and, inplace<kAnd>),
                               slot(Py_nb_inplace_or, inplace<kOr>),
                               slot(Py_nb_inplace_xor, inplace<kXor>),
                               slot(Py_nb_inplace_lshift, inplace<kLeftShift>),
                               slot(Py_nb_inplace_rshift, inplace<kRightShift>),
                               slot(Py_nb_negative, unary<kNegative>),
                               slot(Py_nb_positive, unary<kPositive>),
                               slot(Py_nb_absolute, unary<kAbsolute>),
                               slot(Py_nb_invert, unary<kInvert>),
                               slot(Py_tp_richcompare, compare)})
    slots.push_back(s);
}

void refresh_number_slots() {
  for (int i = 0; i < kNumBinary; ++i) {
    const std::string name = kBinaryNames[i].name;
    forms.functional[i] = make_form(name.c_str());
    forms.inplace[i] = make_form((name + '_').c_str());
    forms.reflected[i] = find_signature(("r" + name).c_str());
  }
  for (int i = 0; i < kNumUnary; ++i) forms.unary[i] = find_signature(kUnaryNames[i]);
}

}  // namespace vt::python
