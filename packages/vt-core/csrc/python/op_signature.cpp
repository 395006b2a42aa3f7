// SPDX-License-Identifier: Apache-2.0
// What inspect.signature says about an op.
#include "op_signature.hpp"

#include "numbers.hpp"

namespace vt::python {
namespace {

// Makes inspect.Parameter objects.
class ParameterMaker {
 public:
  explicit ParameterMaker(PyObject* inspect)
      : class_(PyObject_GetAttrString(inspect, "Parameter")), keyword_(PyImport_ImportModule("keyword")) {}

  bool append(PyObject* list, const char* name, const char* kind, const VtValue* default_value) const {
    const Ref kind_object(class_ ? PyObject_GetAttrString(class_.get(), kind) : nullptr);
    // A keyword of the language (`from`) is refused as a name; with an underscore it is shown, as in the stubs.
    const Ref reserved(keyword_ ? PyObject_CallMethod(keyword_.get(), "iskeyword", "s", name) : nullptr);
    if (!kind_object || !reserved) return false;
    const Ref shown(PyUnicode_FromFormat(reserved.get() == Py_True ? "%s_" : "%s", name));
    const Ref args(shown ? Py_BuildValue("(OO)", shown.get(), kind_object.get()) : nullptr);
    const Ref keywords(PyDict_New());
    if (!args || !keywords) return false;
    if (default_value) {
      const Ref value(object_from_value(*default_value));
      if (!value || PyDict_SetItemString(keywords.get(), "default", value.get()) != 0) return false;
    }
    const Ref parameter(PyObject_Call(class_.get(), args.get(), keywords.get()));
    return parameter && PyList_Append(list, parameter.get()) == 0;
  }

 private:
  Ref class_;
  Ref keyword_;
};

bool append_schema(const ParameterMaker& maker, PyObject* list, const Overload& overload, bool inplace) {
  const VtSchema& schema = *overload.schema;
  for (int32_t i = 0; i < schema.num_args; ++i) {
    const VtArgument& argument = schema.args[i];
    const char* kind = argument.flags & VT_ARG_KEYWORD_ONLY ? "KEYWORD_ONLY" : "POSITIONAL_OR_KEYWORD";
    const bool has_default = argument.flags & VT_ARG_HAS_DEFAULT;
    if (!maker.append(list, argument.name, kind, has_default ? &argument.default_value : nullptr)) return false;
  }
  const VtValue no_out = none();
  return inplace || (schema.flags & VT_OP_OUT) == 0 || maker.append(list, "out", "KEYWORD_ONLY", &no_out);
}

}  // namespace

PyObject* inspect_signature(const Signature& signature) {
  const Ref inspect(PyImport_ImportModule("inspect"));
  const Ref list(PyList_New(0));
  if (!inspect || !list) return nullptr;
  const ParameterMaker maker(inspect.get());
  const bool filled = signature.overloads.size() == 1
                          ? append_schema(maker, list.get(), signature.overloads[0], signature.inplace)
                          : maker.append(list.get(), "args", "VAR_POSITIONAL", nullptr) &&
                                maker.append(list.get(), "kwargs", "VAR_KEYWORD", nullptr);
  return filled ? PyObject_CallMethod(inspect.get(), "Signature", "O", list.get()) : nullptr;
}

}  // namespace vt::python
