// SPDX-License-Identifier: Apache-2.0
// Op objects: every registered op as a Python callable and as a method of Tensor.
#include "op_type.hpp"

#include <cstddef>
#include <map>
#include <memory>

#include "errors.hpp"
#include "indexing.hpp"
#include "number_slots.hpp"
#include "op_signature.hpp"
#include "tensor_type.hpp"

// Note [Calls of ops]
// An op object carries its vectorcall pointer, so f(a, b) reaches the parser without a tuple. Functions and methods are
// two types over one struct: a method binds as C methods do, and as a method descriptor it is called with the tensor in
// front, without a bound object; a function does not bind, so it may be a class attribute. Signatures live as long as the
// process: op objects may outlive the plugin that brought the op.

namespace vt::python {
namespace {

struct OpObject {
  PyObject_HEAD VectorcallFunction vectorcall;
  const Signature* signature;
};

PyTypeObject* function_type = nullptr;
PyTypeObject* method_type = nullptr;

struct Entry {
  std::unique_ptr<Signature> signature;
  PyObject* function = nullptr;
  bool is_method = false;
};
using Table = std::map<std::string, Entry, std::less<>>;

Table& table() {
  static Table entries;
  return entries;
}

// Signatures that a plugin withdrew or replaced, kept for op objects that still point to them.
std::vector<std::unique_ptr<Signature>>& retired() {
  static std::vector<std::unique_ptr<Signature>> signatures;
  return signatures;
}

const Signature& signature_of(PyObject* self) { return *reinterpret_cast<OpObject*>(self)->signature; }

PyObject* vectorcall(PyObject* self, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  return call(signature_of(self), args, vectorcall_count(nargsf), kwnames);
}

// The slow way in, for callers that hold a tuple and a dict.
PyObject* tuple_call(PyObject* self, PyObject* args, PyObject* kwargs) {
  std::vector<PyObject*> all;
  const Py_ssize_t nargs = PyTuple_Size(args);
  for (Py_ssize_t i = 0; i < nargs; ++i) all.push_back(PyTuple_GetItem(args, i));
  Ref keywords;
  if (kwargs && PyDict_Size(kwargs) > 0) {
    Ref keys(PyDict_Keys(kwargs));
    keywords = Ref(keys ? PyList_AsTuple(keys.get()) : nullptr);
    if (!keywords) return nullptr;
    for (Py_ssize_t i = 0; i < PyTuple_Size(keywords.get()); ++i)
      all.push_back(PyDict_GetItemWithError(kwargs, PyTuple_GetItem(keywords.get(), i)));
  }
  return call(signature_of(self), all.data(), nargs, keywords.get());
}

PyObject* bind_method(PyObject* self, PyObject* object, PyObject*) {
  if (!object || object == Py_None) return Py_NewRef(self);
  Ref types(PyImport_ImportModule("types"));
  return types ? PyObject_CallMethod(types.get(), "MethodType", "OO", self, object) : nullptr;
}

PyObject* repr(PyObject* self) { return PyUnicode_FromFormat("<op %s>", signature_of(self).name.c_str()); }

PyObject* get_name(PyObject* self, void*) { return PyUnicode_FromString(signature_of(self).name.c_str()); }

PyObject* get_schema(PyObject* self, void*) {
  return PyUnicode_FromString(signature_of(self).overloads[0].schema->text);
}

PyObject* get_schemas(PyObject* self, void*) {
  const auto& overloads = signature_of(self).overloads;
  Ref tuple(PyTuple_New(static_cast<Py_ssize_t>(overloads.size())));
  for (size_t i = 0; tuple && i < overloads.size(); ++i) {
    PyObject* text = PyUnicode_FromString(overloads[i].schema->text);
    if (!text || PyTuple_SetItem(tuple.get(), static_cast<Py_ssize_t>(i), text) != 0) return nullptr;
  }
  return tuple.release();
}

// What each overload offers: a tuple of names per overload.
PyObject* get_flags(PyObject* self, void*) {
  constexpr struct {
    uint32_t flag;
    const char* name;
  } kNames[] = {{VT_OP_INPLACE, "inplace"},
                {VT_OP_OUT, "out"},
                {VT_OP_NOT_DIFFERENTIABLE, "not_differentiable"},
                {VT_OP_FUNCTION, "function"},
                {VT_OP_METHOD, "method"},
                {VT_OP_VIEW, "view"},
                {VT_OP_FACTORY, "factory"},
                {VT_OP_COMPOSITE, "composite"},
                {VT_OP_ALIAS, "alias"}};
  Ref all(PyList_New(0));
  for (const Overload& overload : signature_of(self).overloads) {
    Ref names(PyList_New(0));
    for (const auto& [flag, name] : kNames) {
      if ((overload.schema->flags & flag) == 0) continue;
      const Ref text(PyUnicode_FromString(name));
      if (!text || !names || PyList_Append(names.get(), text.get()) != 0) return nullptr;
    }
    const Ref tuple(names ? PyList_AsTuple(names.get()) : nullptr);
    if (!tuple || !all || PyList_Append(all.get(), tuple.get()) != 0) return nullptr;
  }
  return all ? PyList_AsTuple(all.get()) : nullptr;
}

PyObject* get_doc(PyObject* self, void*) {
  const Signature& signature = signature_of(self);
  std::string doc;
  for (const Overload& overload : signature.overloads) doc += std::string(overload.schema->text) + "\n";
  if (const char* body = signature.overloads[0].schema->doc) doc += std::string("\n") + body;
  return PyUnicode_FromString(doc.c_str());
}

PyObject* get_signature(PyObject* self, void*) { return inspect_signature(signature_of(self)); }

PyObject* get_module(PyObject*, void*) { return PyUnicode_FromString("vt_core.ops"); }

// Pickles by name: an op read back is the one of the process that reads it.
PyObject* reduce(PyObject* self, PyObject*) {
  Ref module(PyImport_ImportModule("vt_core._C"));
  Ref get_op(module ? PyObject_GetAttrString(module.get(), "get_op") : nullptr);
  return get_op ? Py_BuildValue("O(s)", get_op.get(), signature_of(self).name.c_str()) : nullptr;
}

PyGetSetDef properties[] = {{"name", get_name, nullptr, "Name under which the op is called.", nullptr},
                            {"__name__", get_name, nullptr, nullptr, nullptr},
                            {"__qualname__", get_name, nullptr, nullptr, nullptr},
                            {"__module__", get_module, nullptr, nullptr, nullptr},
                            {"schema", get_schema, nullptr, "Schema of the first overload.", nullptr},
                            {"schemas", get_schemas, nullptr, "Schemas of all overloads in declared order.", nullptr},
                            {"flags", get_flags, nullptr, "What each overload offers, by name.", nullptr},
                            {"__doc__", get_doc, nullptr, nullptr, nullptr},
                            {"__signature__", get_signature, nullptr, nullptr, nullptr},
                            {nullptr, nullptr, nullptr, nullptr, nullptr}};

PyMethodDef methods[] = {{"__reduce__", reduce, METH_NOARGS, nullptr}, {nullptr, nullptr, 0, nullptr}};

PyMemberDef members[] = {{"__vectorcalloffset__", T_PYSSIZET, offsetof(OpObject, vectorcall), READONLY, nullptr},
                         {nullptr, 0, 0, 0, nullptr}};

PyTypeObject* make_type(const char* name, unsigned long extra_flags, std::initializer_list<PyType_Slot> extra) {
  std::vector<PyType_Slot> slots = {slot(Py_tp_call, tuple_call), slot(Py_tp_repr, repr),
                                    slot(Py_tp_getset, properties), slot(Py_tp_methods, methods),
                                    slot(Py_tp_members, members)};
  slots.insert(slots.end(), extra);
  slots.push_back({0, nullptr});
  PyType_Spec spec = {name, sizeof(OpObject), 0,
                      static_cast<unsigned>(Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION |
                                            Py_TPFLAGS_IMMUTABLETYPE | kHaveVectorcall | extra_flags),
                      slots.data()};
  return reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
}

PyObject* new_op(PyTypeObject* type, const Signature* signature) {
  PyObject* self = PyType_GenericAlloc(type, 0);
  if (!self) return nullptr;
  reinterpret_cast<OpObject*>(self)->vectorcall = vectorcall;
  reinterpret_cast<OpObject*>(self)->signature = signature;
  return self;
}

struct Collected {
  Table entries;
  bool failed = false;
};

void collect(Collected& collected, const VtOp* op, std::string name, bool inplace, uint32_t flags) {
  if (collected.failed || collected.entries.contains(name)) return;
  Entry entry{std::make_unique<Signature>(), nullptr, (flags & VT_OP_METHOD) != 0};
  collected.failed = !make_signature(op, name, inplace, *entry.signature);
  if (!entry.signature->overloads.empty()) collected.entries.emplace(std::move(name), std::move(entry));
}

int visit_op(const VtOp* op, void* arg) {
  auto& collected = *static_cast<Collected*>(arg);
  const VtSchema* schema = tables().dispatch->schema(op);
  const std::string name = schema->name;
  const VtOp* first = tables().dispatch->find_op(schema->name);
  if ((schema->flags & VT_OP_INPLACE_ONLY) == 0) collect(collected, first, name, false, schema->flags);
  if (schema->flags & (VT_OP_INPLACE | VT_OP_INPLACE_ONLY))
    collect(collected, first, name.ends_with('_') ? name : name + '_', true, schema->flags);
  return collected.failed ? -1 : 0;
}

bool same_ops(const Signature& a, const Signature& b) {
  if (a.overloads.size() != b.overloads.size()) return false;
  for (size_t i = 0; i < a.overloads.size(); ++i)
    if (a.overloads[i].op != b.overloads[i].op) return false;
  return true;
}

bool set_method(const std::string& name, const Entry* entry) {
  auto* tensor = reinterpret_cast<PyObject*>(tensor_types.base);
  if (!entry) {
    if (PyObject_SetAttrString(tensor, name.c_str(), nullptr) != 0) PyErr_Clear();
    return true;
  }
  Ref method(new_op(method_type, entry->signature.get()));
  return method && PyObject_SetAttrString(tensor, name.c_str(), method.get()) == 0;
}

PyObject* get_op(PyObject*, PyObject* name) {
  const char* text = text_of(name, "op name");
  if (!text) return nullptr;
  const auto found = table().find(std::string_view(text));
  if (found == table().end()) return PyErr_Format(PyExc_AttributeError, "no operator is named '%s'", text);
  return Py_NewRef(found->second.function);
}

PyObject* op_names(PyObject*, PyObject*) {
  Ref list(PyList_New(0));
  for (const auto& [name, entry] : table()) {
    Ref text(PyUnicode_FromString(name.c_str()));
    if (!list || !text || PyList_Append(list.get(), text.get()) != 0) return nullptr;
  }
  return list.release();
}

PyObject* refresh_methods(PyObject*, PyObject*) {
  if (!refresh_ops()) return nullptr;
  Py_RETURN_NONE;
}

PyMethodDef functions[] = {
    {"get_op", get_op, METH_O,
     "get_op(name, /)\n--\n\nThe op of a name as a callable; AttributeError when there is none."},
    {"op_names", op_names, METH_NOARGS, "op_names()\n--\n\nNames of all ops, in-place forms included, sorted."},
    {"_refresh_methods", refresh_methods, METH_NOARGS,
     "_refresh_methods()\n--\n\nInstalls the methods of ops registered since the last call."},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

const Signature* find_signature(const char* name) {
  const auto found = table().find(std::string_view(name));
  return found == table().end() ? nullptr : found->second.signature.get();
}

bool refresh_ops() {
  Collected fresh;
  if (tables().dispatch->visit_ops(visit_op, &fresh) != 0) return PyErr_Occurred() ? false : raise_error() != nullptr;
  for (auto& [name, entry] : fresh.entries) {
    const auto old = table().find(name);
    if (old != table().end() && same_ops(*old->second.signature, *entry.signature)) {
      entry.signature = std::move(old->second.signature);
      entry.function = std::exchange(old->second.function, nullptr);
      continue;
    }
    entry.function = new_op(function_type, entry.signature.get());
    if (!entry.function || (entry.is_method && !set_method(name, &entry))) return false;
  }
  for (auto& [name, entry] : table()) {
    if (!entry.signature) continue;  // carried over
    if (entry.is_method && !fresh.entries.contains(name)) set_method(name, nullptr);
    Py_CLEAR(entry.function);
    retired().push_back(std::move(entry.signature));
  }
  table() = std::move(fresh.entries);
  refresh_number_slots();
  refresh_indexing();
  return true;
}

bool add_op_types(PyObject* module) {
  function_type = make_type("vt_core.Op", 0, {});
  method_type = make_type("vt_core.OpMethod", Py_TPFLAGS_METHOD_DESCRIPTOR, {slot(Py_tp_descr_get, bind_method)});
  return function_type && method_type &&
         PyModule_AddObjectRef(module, "Op", reinterpret_cast<PyObject*>(function_type)) == 0 &&
         PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace vt::python
