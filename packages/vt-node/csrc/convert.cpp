// SPDX-License-Identifier: Apache-2.0
// One JavaScript value to one VtValue of the kinds that a schema's argument accepts.
#include "convert.hpp"

#include <cmath>
#include <vt/cpp/dtype.hpp>

#include "tensor_object.hpp"

namespace vt::node {
namespace {

constexpr double kMaxSafeInteger = 9007199254740991.0;

bool is_whole(double number) noexcept {
  return std::abs(number) <= kMaxSafeInteger && std::trunc(number) == number && !(number == 0 && std::signbit(number));
}

VtValue make_value(VtTag tag, size_t count) noexcept { return {tag, static_cast<uint32_t>(count), {0}}; }

const DtypeInfo* find_dtype(const std::string& name) noexcept {
  for (const DtypeInfo& info : kDtypeInfo)
    if (info.name == name) return &info;
  return nullptr;
}

double double_of(napi_env env, napi_value value) {
  double number = 0;
  js(env, napi_get_value_double(env, value, &number));
  return number;
}

// Whole numbers are integers for type promotion, as they are written; 2.5, -0 and NaN are floats.
Fit convert_number(uint32_t kinds, double number, CallStorage& storage, VtValue& out) {
  const bool whole = is_whole(number);
  if (kinds & VT_KIND_SCALAR) {
    out = whole ? value_of(static_cast<int64_t>(number)) : value_of(number);
    return Fit::kYes;
  }
  if (kinds & VT_KIND_FLOAT) {
    out = value_of(number);
    return Fit::kYes;
  }
  if (!(kinds & (VT_KIND_INT | VT_KIND_INT_LIST))) return Fit::kWrongType;
  if (!whole && number != 0) return Fit::kNotInteger;
  const auto integer = static_cast<int64_t>(number);
  if (kinds & VT_KIND_INT) {
    out = value_of(integer);
  } else {
    out = value_of(std::span<const int64_t>(storage.ints.emplace_back(1, integer)));
  }
  return Fit::kYes;
}

Fit convert_bigint(napi_env env, uint32_t kinds, napi_value value, CallStorage& storage, VtValue& out) {
  if (!(kinds & (VT_KIND_SCALAR | VT_KIND_INT | VT_KIND_INT_LIST))) return Fit::kWrongType;
  int64_t integer = 0;
  bool exact = false;
  js(env, napi_get_value_bigint_int64(env, value, &integer, &exact));
  if (exact) {
    out = kinds & (VT_KIND_SCALAR | VT_KIND_INT)
              ? value_of(integer)
              : value_of(std::span<const int64_t>(storage.ints.emplace_back(1, integer)));
    return Fit::kYes;
  }
  out = make_value(VT_UINT64, 0);
  js(env, napi_get_value_bigint_uint64(env, value, &out.as.u, &exact));
  return exact && kinds & VT_KIND_SCALAR ? Fit::kYes : Fit::kOutOfRange;
}

Fit convert_string(napi_env env, const char* op, uint32_t kinds, napi_value value, CallStorage& storage, VtValue& out) {
  if (kinds & VT_KIND_STRING) {
    const std::string& text = storage.strings.emplace_back(string_of(env, value));
    if (text.find('\0') != std::string::npos) return Fit::kOutOfRange;
    out = make_value(VT_STRING, 0);
    out.as.string = text.c_str();
    return Fit::kYes;
  }
  if (kinds & VT_KIND_DTYPE) {
    out = value_of(dtype_from_name(op, string_of(env, value)));
    return Fit::kYes;
  }
  if (kinds & VT_KIND_DEVICE) {
    const std::string text = string_of(env, value);
    if (find_dtype(text)) return Fit::kWrongType;  // for the overload that takes a dtype in this place
    out = value_of(device_from_text(text));
    return Fit::kYes;
  }
  return Fit::kWrongType;
}

// {re, im}: a complex scalar.
Fit convert_complex(napi_env env, napi_value value, CallStorage& storage, VtValue& out) {
  napi_value re = get_property(env, value, "re");
  napi_value im = get_property(env, value, "im");
  if (type_of(env, re) != napi_number || type_of(env, im) != napi_number) return Fit::kWrongType;
  const auto& pair = storage.floats.emplace_back(std::vector<double>{double_of(env, re), double_of(env, im)});
  out = make_value(VT_COMPLEX, 0);
  out.as.floats = pair.data();
  return Fit::kYes;
}

bool list_length(napi_env env, napi_value value, uint32_t& out) {
  bool is_array = false;
  js(env, napi_is_array(env, value, &is_array));
  if (is_array) {
    js(env, napi_get_array_length(env, value, &out));
    return true;
  }
  bool is_typed = false;
  js(env, napi_is_typedarray(env, value, &is_typed));
  if (!is_typed) return false;
  size_t length = 0;
  js(env, napi_get_typedarray_info(env, value, nullptr, &length, nullptr, nullptr, nullptr));
  out = static_cast<uint32_t>(length);
  return true;
}

// Calls visit(entry) for each entry until one does not fit. The list may shrink meanwhile: what is gone is undefined.
template <class Visit>
Fit each_entry(napi_env env, napi_value list, uint32_t length, Visit&& visit) {
  for (uint32_t i = 0; i < length; ++i) {
    const HandleScope scope(env);
    napi_value entry = nullptr;
    js(env, napi_get_element(env, list, i, &entry));
    const Fit fit = visit(entry);
    if (fit != Fit::kYes) return fit;
  }
  return Fit::kYes;
}

Fit convert_tensor_list(napi_env env, const char* op, uint32_t flags, napi_value list, uint32_t length,
                        CallStorage& storage, VtValue& out) {
  std::vector<VtTensor*> entries;
  const Fit fit = each_entry(env, list, length, [&](napi_value entry) {
    if (flags & VT_ARG_OPTIONAL_ITEMS && type_of(env, entry) == napi_null) {
      entries.push_back(nullptr);
      return Fit::kYes;
    }
    TensorObject* object = tensor_object_of(env, entry);
    if (!object) return Fit::kWrongType;
    storage.tensors.push_back(Tensor::share(object->get(op)));
    entries.push_back(storage.tensors.back().get());
    return Fit::kYes;
  });
  if (fit == Fit::kYes) out = value_of(std::span<VtTensor* const>(storage.lists.emplace_back(std::move(entries))));
  return fit;
}

template <class T, class Convert>
Fit convert_entries(napi_env env, napi_value list, uint32_t length, std::vector<T>& out, Convert&& convert_entry) {
  return each_entry(env, list, length, [&](napi_value entry) {
    T item{};
    const Fit fit = convert_entry(entry, item);
    if (fit == Fit::kYes) out.push_back(item);
    return fit;
  });
}

Fit convert_list(napi_env env, const char* op, const VtArgument& argument, napi_value list, uint32_t length,
                 CallStorage& storage, VtValue& out) {
  Fit fit = Fit::kWrongType;
  if (argument.kinds & VT_KIND_INT_LIST) {
    std::vector<int64_t> items;
    fit = convert_entries(env, list, length, items,
                          [&](napi_value entry, int64_t& item) { return integer_from(env, entry, item); });
    if (fit == Fit::kYes) out = value_of(std::span<const int64_t>(storage.ints.emplace_back(std::move(items))));
  }
  if (fit != Fit::kYes && argument.kinds & VT_KIND_FLOAT_LIST) {
    std::vector<double> items;
    fit = convert_entries(env, list, length, items, [&](napi_value entry, double& item) {
      if (type_of(env, entry) != napi_number) return Fit::kWrongType;
      item = double_of(env, entry);
      return Fit::kYes;
    });
    if (fit == Fit::kYes) {
      out = make_value(VT_FLOAT_LIST, items.size());
      out.as.floats = storage.floats.emplace_back(std::move(items)).data();
    }
  }
  if (fit != Fit::kYes && argument.kinds & VT_KIND_BOOL_LIST) {
    std::vector<uint8_t> items;
    fit = convert_entries(env, list, length, items, [&](napi_value entry, uint8_t& item) {
      if (type_of(env, entry) != napi_boolean) return Fit::kWrongType;
      bool truth = false;
      js(env, napi_get_value_bool(env, entry, &truth));
      item = truth;
      return Fit::kYes;
    });
    if (fit == Fit::kYes) {
      out = make_value(VT_BOOL_LIST, items.size());
      out.as.bools = storage.bools.emplace_back(std::move(items)).data();
    }
  }
  if (fit != Fit::kYes && argument.kinds & VT_KIND_TENSOR_LIST)
    fit = convert_tensor_list(env, op, argument.flags, list, length, storage, out);
  return fit;
}

Fit convert_object(napi_env env, const char* op, const VtArgument& argument, napi_value value, CallStorage& storage,
                   VtValue& out) {
  if (TensorObject* object = tensor_object_of(env, value)) {
    if (!(argument.kinds & VT_KIND_TENSOR)) return Fit::kWrongType;
    storage.tensors.push_back(Tensor::share(object->get(op)));
    out = value_of(storage.tensors.back().get());
    return Fit::kYes;
  }
  if (argument.kinds & VT_KIND_GENERATOR) {
    if (GeneratorHandle generator = generator_of(env, value)) {
      out = make_value(VT_GENERATOR, 0);
      out.as.generator = generator.get();
      storage.generators.push_back(std::move(generator));
      return Fit::kYes;
    }
  }
  uint32_t length = 0;
  if (list_length(env, value, length)) return convert_list(env, op, argument, value, length, storage, out);
  return argument.kinds & VT_KIND_SCALAR ? convert_complex(env, value, storage, out) : Fit::kWrongType;
}

}  // namespace

Fit convert(napi_env env, const char* op, const VtArgument& argument, napi_value value, CallStorage& storage,
            VtValue& out) {
  switch (type_of(env, value)) {
    case napi_null: out = none(); return argument.flags & VT_ARG_OPTIONAL ? Fit::kYes : Fit::kWrongType;
    case napi_number: return convert_number(argument.kinds, double_of(env, value), storage, out);
    case napi_bigint: return convert_bigint(env, argument.kinds, value, storage, out);
    case napi_boolean: {
      bool truth = false;
      js(env, napi_get_value_bool(env, value, &truth));
      out = value_of(truth);
      return argument.kinds & (VT_KIND_BOOL | VT_KIND_SCALAR) ? Fit::kYes : Fit::kWrongType;
    }
    case napi_string: return convert_string(env, op, argument.kinds, value, storage, out);
    case napi_object: return convert_object(env, op, argument, value, storage, out);
    default: return Fit::kWrongType;
  }
}

Fit integer_from(napi_env env, napi_value value, int64_t& out) {
  switch (type_of(env, value)) {
    case napi_number: {
      const double number = double_of(env, value);
      if (!is_whole(number) && number != 0) return Fit::kNotInteger;
      out = static_cast<int64_t>(number);
      return Fit::kYes;
    }
    case napi_bigint: {
      bool exact = false;
      js(env, napi_get_value_bigint_int64(env, value, &out, &exact));
      return exact ? Fit::kYes : Fit::kOutOfRange;
    }
    default: return Fit::kWrongType;
  }
}

DLDataType dtype_from_name(const char* op, const std::string& name) {
  if (const DtypeInfo* info = find_dtype(name)) return info->dtype;
  fail(VT_ERROR_DTYPE, std::string(op) + ": unknown dtype: got '" + name + "', expected a name such as 'float32'");
}

DLDevice device_from_text(const std::string& text) {
  DLDevice device{};
  check(tables().stream->parse_device(text.c_str(), &device));
  return device;
}

std::string describe_kinds(uint32_t kinds, uint32_t flags) {
  static constexpr struct {
    uint32_t kind;
    const char* name;
  } kNames[] = {{VT_KIND_TENSOR, "Tensor"},
                {VT_KIND_SCALAR, "number"},
                {VT_KIND_INT, "integer"},
                {VT_KIND_FLOAT, "number"},
                {VT_KIND_BOOL, "boolean"},
                {VT_KIND_STRING, "string"},
                {VT_KIND_DTYPE, "name of a dtype"},
                {VT_KIND_DEVICE, "name of a device"},
                {VT_KIND_INT_LIST, "array of integers"},
                {VT_KIND_FLOAT_LIST, "array of numbers"},
                {VT_KIND_BOOL_LIST, "array of booleans"},
                {VT_KIND_TENSOR_LIST, "array of Tensors"},
                {VT_KIND_GENERATOR, "Generator"}};
  std::string text;
  for (const auto& [kind, name] : kNames)
    if (kinds & kind) text += (text.empty() ? "" : " or ") + std::string(name);
  if (flags & VT_ARG_OPTIONAL) text += " or null";
  return text;
}

std::string describe_value(napi_env env, napi_value value) {
  switch (type_of(env, value)) {
    case napi_undefined: return "undefined";
    case napi_null: return "null";
    case napi_boolean: return "boolean";
    case napi_bigint: return "bigint";
    case napi_symbol: return "symbol";
    case napi_function: return "function";
    case napi_number: {
      napi_value text = nullptr;
      js(env, napi_coerce_to_string(env, value, &text));
      return "number " + string_of(env, text);
    }
    case napi_string: return "string '" + string_of(env, value).substr(0, 64) + "'";
    default: break;
  }
  uint32_t length = 0;
  if (tensor_object_of(env, value)) return "Tensor";
  return list_length(env, value, length) ? "array of length " + std::to_string(length) : "object";
}

}  // namespace vt::node
