// SPDX-License-Identifier: Apache-2.0
// Calling any operator of the registry from JavaScript: arguments by the schema, work on the dispatcher, results back.
#include "op_call.hpp"

#include "autograd.hpp"
#include "convert.hpp"
#include "instance.hpp"

namespace vt::node {
namespace {

// A named argument as the caller gave it; read once, since a getter may answer differently the second time.
struct Option {
  std::string name;
  napi_value value;
};

// A call as JavaScript made it.
struct Request {
  std::vector<napi_value> positional;
  std::vector<Option> options;
};

// What an overload does not accept.
struct Mismatch {
  enum Reason { kTooMany, kMissing, kUnknownOption, kTwice, kArgument, kOut } reason = kArgument;
  Fit fit = Fit::kWrongType;
  std::string name;
  const VtArgument* argument = nullptr;
  napi_value value = nullptr;
};

class OpJob final : public Job {
 public:
  void run() override {
    // The number of results is the op's, those not written stay none.
    check(tables().dispatch->call_boxed(overload->op, values.data(), static_cast<int32_t>(values.size()),
                                        results.data()));
    // Owned before anything below can throw.
    std::vector<Tensor> owned;
    owned.reserve(results.size());
    for (const VtValue& result : results)
      owned.push_back(is_tensor(result) ? Tensor::steal(result.as.tensor) : Tensor());
    if (wants_grad)
      for (const Tensor& tensor : owned)
        if (tensor) set_requires_grad(tensor.get(), true);
    for (size_t i = 0; i < results.size(); ++i) outputs.push_back(take_output(results[i], std::move(owned[i])));
    values.clear();
    storage = {};
  }

  napi_value settle(napi_env env) override {
    if (outputs.empty()) return make_undefined(env);
    if (outputs.size() == 1) return to_js(env, 0);
    napi_value array = make_array(env, outputs.size());
    for (size_t i = 0; i < outputs.size(); ++i) set_element(env, array, static_cast<uint32_t>(i), to_js(env, i));
    return array;
  }

  const Overload* overload = nullptr;
  CallStorage storage;
  std::vector<VtValue> values;
  std::vector<VtValue> results;         // with destinations on the way in
  std::vector<Reference> destinations;  // the objects of those
  bool wants_grad = false;              // of a factory's results

 private:
  struct Output {
    VtValue value;
    std::vector<TensorState> tensors;  // one, or the entries of a list
    std::vector<int64_t> ints;
    std::string text;
  };

  static Output take_output(const VtValue& value, Tensor owned) {
    Output out{value, {}, {}, {}};
    if (owned) out.tensors.push_back(state_of(std::move(owned)));
    if (value.tag == VT_TENSOR_LIST) take_list(value, out);
    if (value.tag == VT_INT_LIST) out.ints.assign(value.as.ints, value.as.ints + value.count);
    if (value.tag == VT_STRING) out.text = value.as.string;
    return out;
  }

  // The array of a list result goes back to core's allocator, whatever happens to its tensors.
  static void take_list(const VtValue& value, Output& out) {
    std::vector<Tensor> owned;
    owned.reserve(value.count);
    for (uint32_t k = 0; k < value.count; ++k) owned.push_back(Tensor::steal(value.as.tensors[k]));
    tables().alloc->free(const_cast<VtTensor**>(value.as.tensors), value.count * sizeof(VtTensor*));
    for (Tensor& tensor : owned) out.tensors.push_back(state_of(std::move(tensor)));
  }

  napi_value to_js(napi_env env, size_t index) {
    Output& out = outputs[index];
    switch (out.value.tag) {
      case VT_NONE: return make_null(env);
      case VT_BOOL: return make_bool(env, out.value.as.i != 0);
      case VT_FLOAT: return make_number(env, out.value.as.f);
      case VT_STRING: return make_string(env, out.text);
      case VT_INT: return integer_to_js(env, out.value.as.i);
      case VT_TENSOR: return tensor_to_js(env, index);
      case VT_INT_LIST: {
        napi_value array = make_array(env, out.ints.size());
        for (size_t i = 0; i < out.ints.size(); ++i)
          set_element(env, array, static_cast<uint32_t>(i), integer_to_js(env, out.ints[i]));
        return array;
      }
      case VT_TENSOR_LIST: {
        napi_value array = make_array(env, out.tensors.size());
        for (size_t i = 0; i < out.tensors.size(); ++i)
          set_element(env, array, static_cast<uint32_t>(i), wrap(env, std::move(out.tensors[i])));
        return array;
      }
      default:
        fail(VT_ERROR_NOT_IMPLEMENTED, std::string(overload->schema->name) + ": a result of tag " +
                                           std::to_string(out.value.tag) + " has no JavaScript value");
    }
  }

  // A number where it is exact, a bigint elsewhere.
  static napi_value integer_to_js(napi_env env, int64_t integer) {
    constexpr int64_t kMaxSafeInteger = 9007199254740991;
    if (integer >= -kMaxSafeInteger && integer <= kMaxSafeInteger)
      return make_number(env, static_cast<double>(integer));
    napi_value out = nullptr;
    js(env, napi_create_bigint_int64(env, integer, &out));
    return out;
  }

  // A destination comes back as the object that was given.
  napi_value tensor_to_js(napi_env env, size_t index) {
    TensorState& state = outputs[index].tensors[0];
    if (index >= destinations.size() || !destinations[index]) return wrap(env, std::move(state));
    napi_value object = destinations[index].get();
    need_tensor_object(env, object, overload->schema->name).update(std::move(state.appearance));
    return object;
  }

  std::vector<Output> outputs;
};

Request read_request(napi_env env, const std::string& op, napi_value args, napi_value options) {
  Request request;
  bool is_array = false;
  js(env, napi_is_array(env, args, &is_array));
  if (!is_array) fail_type(op + ": arguments must come as an array: got " + describe_value(env, args));
  uint32_t length = 0;
  js(env, napi_get_array_length(env, args, &length));
  if (length > 64) fail_type(op + ": takes at most 64 arguments, got " + std::to_string(length));
  for (uint32_t i = 0; i < length; ++i) {
    request.positional.emplace_back();
    js(env, napi_get_element(env, args, i, &request.positional.back()));
  }
  while (!request.positional.empty() && type_of(env, request.positional.back()) == napi_undefined)
    request.positional.pop_back();

  const napi_valuetype type = type_of(env, options);
  if (type == napi_undefined) return request;
  if (type != napi_object || tensor_object_of(env, options))
    fail_type(op + ": options must be a plain object: got " + describe_value(env, options));
  napi_value names = nullptr;
  js(env, napi_get_property_names(env, options, &names));
  js(env, napi_get_array_length(env, names, &length));
  for (uint32_t i = 0; i < length; ++i) {
    napi_value key = nullptr;
    napi_value value = nullptr;
    js(env, napi_get_element(env, names, i, &key));
    std::string name = string_of(env, key);
    if (name == "signal") continue;  // read by the caller of this
    js(env, napi_get_property(env, options, key, &value));
    if (type_of(env, value) != napi_undefined) request.options.push_back({std::move(name), value});
  }
  return request;
}

void set_destination(napi_env env, OpJob& job, size_t index, TensorObject& object, napi_value value, const char* op) {
  job.storage.tensors.push_back(Tensor::share(object.get(op)));
  job.results[index] = value_of(job.storage.tensors.back().get());
  job.destinations[index] = Reference(env, value);
}

// out: a tensor, or an array of one per result.
bool bind_out(napi_env env, const Overload& overload, napi_value value, OpJob& job) {
  const auto num_returns = static_cast<size_t>(overload.schema->num_returns);
  if (num_returns == 1) {
    TensorObject* object = tensor_object_of(env, value);
    if (object) set_destination(env, job, 0, *object, value, overload.schema->name);
    return object != nullptr;
  }
  bool is_array = false;
  uint32_t length = 0;
  js(env, napi_is_array(env, value, &is_array));
  if (!is_array) return false;
  js(env, napi_get_array_length(env, value, &length));
  if (length != num_returns) return false;
  for (uint32_t i = 0; i < length; ++i) {
    napi_value entry = nullptr;
    js(env, napi_get_element(env, value, i, &entry));
    TensorObject* object = tensor_object_of(env, entry);
    if (!object) return false;
    set_destination(env, job, i, *object, entry, overload.schema->name);
  }
  return true;
}

// requiresGrad, which every factory takes beside the arguments of its schema.
bool wants_grad(napi_env env, const Signature& signature, napi_value value) {
  if (type_of(env, value) != napi_boolean)
    fail_type(signature.name + ": requiresGrad must be a boolean: got " + describe_value(env, value));
  bool truth = false;
  js(env, napi_get_value_bool(env, value, &truth));
  return truth;
}

// Fills `job` for one overload; false with the reason when it does not accept the request.
bool bind(napi_env env, const Signature& signature, const Overload& overload, const Request& request, OpJob& job,
          Mismatch& mismatch) {
  const VtSchema& schema = *overload.schema;
  const size_t num_args = overload.names.size();
  job.overload = &overload;
  job.storage = {};
  job.values.assign(num_args, none());
  job.results.assign(static_cast<size_t>(schema.num_returns), none());
  job.destinations.clear();
  job.destinations.resize(job.results.size());
  job.wants_grad = false;

  if (request.positional.size() > overload.num_positional) {
    mismatch = {Mismatch::kTooMany, {}, {}, nullptr, nullptr};
    return false;
  }
  std::vector<napi_value> given(num_args, nullptr);
  for (size_t i = 0; i < request.positional.size(); ++i)
    if (type_of(env, request.positional[i]) != napi_undefined) given[i] = request.positional[i];
  for (const Option& option : request.options) {
    size_t index = 0;
    while (index < num_args && overload.names[index] != option.name) ++index;
    if (index == num_args && schema.flags & VT_OP_FACTORY && option.name == "requiresGrad") {
      job.wants_grad = wants_grad(env, signature, option.value);
      continue;
    }
    if (index == num_args) {
      const bool is_out = option.name == "out" && !signature.inplace && schema.flags & VT_OP_OUT;
      if (is_out && bind_out(env, overload, option.value, job)) continue;
      mismatch = {is_out ? Mismatch::kOut : Mismatch::kUnknownOption, {}, option.name, nullptr, option.value};
      return false;
    }
    if (given[index]) {
      mismatch = {Mismatch::kTwice, {}, option.name, nullptr, nullptr};
      return false;
    }
    given[index] = option.value;
  }
  for (size_t i = 0; i < num_args; ++i) {
    const VtArgument& argument = schema.args[i];
    if (!given[i]) {
      if (argument.flags & VT_ARG_HAS_DEFAULT) {
        job.values[i] = argument.default_value;
        continue;
      }
      mismatch = {Mismatch::kMissing, {}, overload.names[i], nullptr, nullptr};
      return false;
    }
    const Fit fit = convert(env, signature.name.c_str(), argument, given[i], job.storage, job.values[i]);
    if (fit != Fit::kYes) {
      mismatch = {Mismatch::kArgument, fit, overload.names[i], &argument, given[i]};
      return false;
    }
  }
  if (signature.inplace)
    set_destination(env, job, 0, need_tensor_object(env, given[0], signature.name.c_str()), given[0],
                    signature.name.c_str());
  return true;
}

[[noreturn]] void fail_mismatch(napi_env env, const Signature& signature, const Overload& overload, const Mismatch& m) {
  const std::string text = std::string("; the signature is ") + overload.schema->text;
  const std::string& op = signature.name;
  switch (m.reason) {
    case Mismatch::kTooMany:
      fail_type(op + ": too many arguments, expected at most " + std::to_string(overload.num_positional) +
                " beside the options" + text);
    case Mismatch::kMissing: fail_type(op + ": argument '" + m.name + "' is missing" + text);
    case Mismatch::kUnknownOption: fail_type(op + ": unknown option '" + m.name + "'" + text);
    case Mismatch::kTwice: fail_type(op + ": argument '" + m.name + "' is given twice" + text);
    case Mismatch::kOut: {
      const int32_t num_returns = overload.schema->num_returns;
      const std::string expected =
          num_returns == 1 ? "a Tensor" : "an array of " + std::to_string(num_returns) + " Tensors";
      fail_type(op + ": 'out' must be " + expected + ": got " + describe_value(env, m.value) + text);
    }
    case Mismatch::kArgument: break;
  }
  const std::string got = op + ": argument '" + m.name + "' does not fit: got " + describe_value(env, m.value);
  if (m.fit == Fit::kNotInteger) fail(VT_ERROR_VALUE, got + ", expected a safe integer" + text);
  if (m.fit == Fit::kOutOfRange) fail(VT_ERROR_OVERFLOW, got + " out of the range of its type" + text);
  fail_type(got + ", expected " + describe_kinds(m.argument->kinds, m.argument->flags) + text);
}

std::unique_ptr<OpJob> parse(napi_env env, const Signature& signature, const Request& request) {
  auto job = std::make_unique<OpJob>();
  Mismatch best;
  const Overload* best_overload = nullptr;
  for (const Overload& overload : signature.overloads) {
    Mismatch mismatch;
    if (bind(env, signature, overload, request, *job, mismatch)) return job;
    if (!best_overload || mismatch.fit > best.fit) {
      best = std::move(mismatch);
      best_overload = &overload;
    }
  }
  if (signature.overloads.size() == 1 || best.fit > Fit::kWrongType)
    fail_mismatch(env, signature, *best_overload, best);
  std::string got;
  std::string choices;
  for (napi_value value : request.positional) got += (got.empty() ? "" : ", ") + describe_value(env, value);
  for (const Option& option : request.options)
    got += (got.empty() ? "" : ", ") + option.name + ": " + describe_value(env, option.value);
  for (const Overload& overload : signature.overloads) choices += std::string("\n  ") + overload.schema->text;
  fail_type(signature.name + ": no overload accepts the arguments: got (" + got + "), expected one of" + choices);
}

}  // namespace

napi_value find_operator(napi_env env, napi_callback_info info) {
  const Arguments<1> args(env, info);
  if (type_of(env, args[0]) != napi_string)
    fail_type("call: expected the name of an operator: got " + describe_value(env, args[0]));
  return make_number(env, instance_of(env).signatures.find(string_of(env, args[0])));
}

napi_value call_operator(napi_env env, napi_callback_info info) {
  const Arguments<5> args(env, info);
  Instance& instance = instance_of(env);
  uint32_t number = 0;
  js(env, napi_get_value_uint32(env, args[0], &number));
  const Signature& signature = instance.signatures.at(number);
  auto job = parse(env, signature, read_request(env, signature.name, args[1], args[2]));
  js(env, napi_get_value_bool(env, args[3], &job->grad));
  js(env, napi_get_value_uint32(env, args[4], &job->ticket));
  return instance.dispatcher().submit(std::move(job));
}

}  // namespace vt::node
