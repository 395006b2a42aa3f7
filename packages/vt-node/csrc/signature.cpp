// SPDX-License-Identifier: Apache-2.0
// Call plans: what JavaScript calls by one name, made from schemas and kept for the life of an environment.
#include "signature.hpp"

#include <set>

#include "errors.hpp"

namespace vt::node {
namespace {

Overload make_overload(const VtOp* op, const VtSchema* schema) {
  Overload overload{op, schema, {}, 0};
  for (int32_t i = 0; i < schema->num_args; ++i) {
    overload.names.push_back(camel_case(schema->args[i].name));
    if (!(schema->args[i].flags & VT_ARG_KEYWORD_ONLY)) overload.num_positional = static_cast<size_t>(i) + 1;
  }
  return overload;
}

// The overloads of `op` that have the form asked for.
std::vector<Overload> overloads_of(const VtOp* op, uint32_t wanted_flags, uint32_t unwanted_flags) {
  std::vector<Overload> out;
  for (; op; op = tables().dispatch->next_overload(op)) {
    const VtSchema* schema = tables().dispatch->schema(op);
    if ((wanted_flags && !(schema->flags & wanted_flags)) || (schema->flags & unwanted_flags)) continue;
    out.push_back(make_overload(op, schema));
  }
  return out;
}

std::unique_ptr<Signature> make_signature(const std::string& name) {
  const VtDispatchApi& dispatch = *tables().dispatch;
  auto out = std::make_unique<Signature>(Signature{name, false, {}});
  if (const VtOp* op = dispatch.find_op(name.c_str())) {
    out->overloads = overloads_of(op, 0, VT_OP_INPLACE_ONLY);
    if (out->overloads.empty()) {
      out->inplace = true;
      out->overloads = overloads_of(op, VT_OP_INPLACE_ONLY, 0);
    }
  } else if (name.size() > 1 && name.back() == '_') {
    out->inplace = true;
    out->overloads = overloads_of(dispatch.find_op(name.substr(0, name.size() - 1).c_str()), VT_OP_INPLACE, 0);
  }
  return out->overloads.empty() ? nullptr : std::move(out);
}

napi_value describe_value(napi_env env, const VtValue& value) {
  switch (value.tag) {
    case VT_INT: return make_number(env, static_cast<double>(value.as.i));
    case VT_BOOL: return make_bool(env, value.as.i != 0);
    case VT_FLOAT: return make_number(env, value.as.f);
    case VT_STRING: return make_string(env, value.as.string);
    default: return make_null(env);
  }
}

template <class Describe>
napi_value describe_list(napi_env env, size_t count, Describe&& describe) {
  napi_value out = make_array(env, count);
  for (size_t i = 0; i < count; ++i) {
    const HandleScope scope(env);
    napi_value entry = make_object(env);
    describe(i, entry);
    set_element(env, out, static_cast<uint32_t>(i), entry);
  }
  return out;
}

napi_value describe_overload(napi_env env, const Overload& overload) {
  const VtSchema& schema = *overload.schema;
  napi_value out = make_object(env);
  set_property(env, out, "schema", make_string(env, schema.text));
  set_property(env, out, "doc", make_string(env, schema.doc ? schema.doc : ""));
  set_property(env, out, "flags", make_number(env, schema.flags));
  set_property(env, out, "args", describe_list(env, overload.names.size(), [&](size_t i, napi_value entry) {
                 set_property(env, entry, "name", make_string(env, overload.names[i]));
                 set_property(env, entry, "kinds", make_number(env, schema.args[i].kinds));
                 set_property(env, entry, "flags", make_number(env, schema.args[i].flags));
                 set_property(env, entry, "default", describe_value(env, schema.args[i].default_value));
               }));
  set_property(env, out, "returns",
               describe_list(env, static_cast<size_t>(schema.num_returns), [&](size_t i, napi_value entry) {
                 set_property(env, entry, "kinds", make_number(env, schema.returns[i].kinds));
                 set_property(env, entry, "flags", make_number(env, schema.returns[i].flags));
               }));
  return out;
}

}  // namespace

int32_t Signatures::find(const std::string& name) {
  const auto found = index_.find(name);
  if (found != index_.end()) return found->second;
  std::unique_ptr<Signature> made = make_signature(name);
  if (!made) return -1;  // not remembered: a plugin may bring it
  all_.push_back(std::move(made));
  return index_[name] = static_cast<int32_t>(all_.size()) - 1;
}

const Signature& Signatures::at(size_t index) const {
  if (index >= all_.size()) fail(VT_ERROR_INDEX, "call: no such operator number");
  return *all_[index];
}

std::string camel_case(std::string_view name) {
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    const bool joins = name[i] == '_' && i > 0 && i + 1 < name.size() && name[i - 1] != '_';
    if (!joins) {
      out += name[i];
    } else {
      const char next = name[++i];
      out += next >= 'a' && next <= 'z' ? static_cast<char>(next - 'a' + 'A') : next;
    }
  }
  return out;
}

napi_value list_operators(napi_env env, napi_callback_info) {
  // Overloads share a name, and a name with the in-place form stands for two.
  std::set<std::string> names;
  auto visit = [](const VtOp* op, void* arg) {
    return guard([&] {
      const VtSchema& schema = *tables().dispatch->schema(op);
      auto& out = *static_cast<std::set<std::string>*>(arg);
      if (!(schema.flags & (VT_OP_FUNCTION | VT_OP_METHOD))) return;
      out.insert(schema.name);
      if (schema.flags & VT_OP_INPLACE) out.insert(std::string(schema.name) + "_");
    });
  };
  check(tables().dispatch->visit_ops(visit, &names));
  std::vector<std::unique_ptr<Signature>> signatures;
  for (const std::string& name : names)
    if (auto signature = make_signature(name)) signatures.push_back(std::move(signature));
  return describe_list(env, signatures.size(), [&](size_t i, napi_value entry) {
    const Signature& signature = *signatures[i];
    set_property(env, entry, "name", make_string(env, signature.name));
    set_property(env, entry, "jsName", make_string(env, camel_case(signature.name)));
    set_property(env, entry, "inplace", make_bool(env, signature.inplace));
    napi_value overloads = make_array(env, signature.overloads.size());
    for (size_t k = 0; k < signature.overloads.size(); ++k)
      set_element(env, overloads, static_cast<uint32_t>(k), describe_overload(env, signature.overloads[k]));
    set_property(env, entry, "overloads", overloads);
  });
}

}  // namespace vt::node
