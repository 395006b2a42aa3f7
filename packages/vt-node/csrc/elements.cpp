// SPDX-License-Identifier: Apache-2.0
// Elements in and out: tensors from typed arrays, typed arrays from tensors.
#include "elements.hpp"

#include <cstring>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/op.hpp>

#include "autograd.hpp"
#include "convert.hpp"
#include "instance.hpp"
#include "task.hpp"

namespace vt::node {
namespace {

constexpr DLDevice kHost{kDLCPU, 0};

struct ArrayType {
  napi_typedarray_type type;
  DLDataType dtype;
};

constexpr ArrayType kArrayTypes[] = {
    {napi_int8_array, kInt8},      {napi_uint8_array, kUInt8},      {napi_uint8_clamped_array, kUInt8},
    {napi_int16_array, kInt16},    {napi_uint16_array, kUInt16},    {napi_int32_array, kInt32},
    {napi_uint32_array, kUInt32},  {napi_float32_array, kFloat32},  {napi_float64_array, kFloat64},
    {napi_bigint64_array, kInt64}, {napi_biguint64_array, kUInt64},
};

// How a dtype is read: as the dtype of a typed array, with so many numbers to an element. Types without an array of
// their own come back as one that holds every value exactly.
struct ReadType {
  DLDataType stored;  // what the tensor is converted to first
  DLDataType array;
  int64_t per_element;
};

ReadType read_type_of(DLDataType dtype) {
  switch (dtype_index(dtype)) {
    case DtypeIndex::kBool: return {dtype, kUInt8, 1};
    case DtypeIndex::kComplex64: return {dtype, kFloat32, 2};
    case DtypeIndex::kComplex128: return {dtype, kFloat64, 2};
    case DtypeIndex::kFloat8E4M3:
    case DtypeIndex::kFloat8E5M2:
    case DtypeIndex::kFloat16:
    case DtypeIndex::kBFloat16: return {kFloat32, kFloat32, 1};
    case DtypeIndex::kCount: fail(VT_ERROR_DTYPE, "data: the tensor's dtype has no typed array; convert it first");
    default: return {dtype, dtype, 1};
  }
}

napi_typedarray_type array_type_of(DLDataType dtype) {
  for (const ArrayType& row : kArrayTypes)
    if (same_dtype(row.dtype, dtype)) return row.type;
  fail(VT_ERROR_DTYPE, "data: no typed array holds " + std::string(dtype_name(dtype)));
}

std::string sizes_text(const std::vector<int64_t>& sizes) {
  std::string text = "[";
  for (size_t i = 0; i < sizes.size(); ++i) text += (i ? ", " : "") + std::to_string(sizes[i]);
  return text + "]";
}

std::vector<int64_t> read_shape(napi_env env, napi_value shape) {
  bool is_array = false;
  js(env, napi_is_array(env, shape, &is_array));
  if (!is_array) fail_type("tensor: shape must be an array of integers: got " + describe_value(env, shape));
  uint32_t length = 0;
  js(env, napi_get_array_length(env, shape, &length));
  std::vector<int64_t> sizes;
  for (uint32_t i = 0; i < length; ++i) {
    napi_value entry = nullptr;
    int64_t size = 0;
    js(env, napi_get_element(env, shape, i, &entry));
    const Fit fit = integer_from(env, entry, size);
    const std::string got = "tensor: shape[" + std::to_string(i) + "] is no size: got " + describe_value(env, entry);
    if (fit == Fit::kWrongType) fail_type(got + ", expected an integer");
    if (fit != Fit::kYes || size < 0) fail(VT_ERROR_VALUE, got + ", expected an integer of at least 0");
    sizes.push_back(size);
  }
  return sizes;
}

// The bytes of a typed array as they lie now. Nothing may run JavaScript between this and the copy.
struct Source {
  const void* data;
  size_t length;
  DLDataType dtype;
};

Source source_of(napi_env env, napi_value value) {
  bool is_typed = false;
  js(env, napi_is_typedarray(env, value, &is_typed));
  if (!is_typed) fail_type("tensor: expected a typed array or nested arrays: got " + describe_value(env, value));
  napi_typedarray_type type{};
  void* data = nullptr;
  size_t length = 0;
  napi_value buffer = nullptr;
  js(env, napi_get_typedarray_info(env, value, &type, &length, &data, &buffer, nullptr));
  bool is_detached = false;
  js(env, napi_is_detached_arraybuffer(env, buffer, &is_detached));
  if (is_detached)
    throw CodedError(CodedError::Class::kTypeError, "ERR_VT_DETACHED",
                     "tensor: the typed array's buffer is detached; it was transferred to another thread");
  for (const ArrayType& row : kArrayTypes)
    if (row.type == type) return {data, length, row.dtype};
  fail(VT_ERROR_DTYPE, "tensor: no dtype for this kind of typed array");
}

Tensor copy_of(const Source& source, std::vector<int64_t> sizes, bool has_shape, DLDataType dtype) {
  const bool is_complex = dtype_info(dtype).category == Category::kComplex;
  const int64_t per_element = is_complex ? 2 : 1;
  if (is_complex && source.dtype.bits * 2 != dtype.bits)
    fail(VT_ERROR_DTYPE, "tensor: " + std::string(dtype_name(dtype)) + " is made from pairs in a Float" +
                             std::to_string(dtype.bits / 2) + "Array: got " + std::string(dtype_name(source.dtype)));
  if (!has_shape) sizes.assign(1, static_cast<int64_t>(source.length) / per_element);
  int64_t numel = per_element;
  bool overflow = false;
  bool is_empty = false;
  for (const int64_t size : sizes) {
    is_empty |= size == 0;
    overflow |= __builtin_mul_overflow(numel, size, &numel);
  }
  if (is_empty) numel = 0;
  if ((overflow && !is_empty) || numel != static_cast<int64_t>(source.length))
    fail(VT_ERROR_SHAPE, "tensor: the elements do not fill the shape: got " + std::to_string(source.length) +
                             " numbers for " + sizes_text(sizes) + (is_complex ? " of pairs" : ""));
  Tensor out = Tensor::empty(sizes, is_complex ? dtype : source.dtype, kHost);
  if (source.length > 0)
    std::memcpy(out->dl.data, source.data, source.length * static_cast<size_t>(source.dtype.bits / 8));
  return out;
}

struct ReadState {
  Tensor tensor;
  Appearance expected;
  ReadType type;
  Reference buffer;
  void* data;  // of the buffer, which JavaScript has not seen yet
  size_t num_bytes;
};

void run_read(ReadState& state) {
  Tensor t = std::move(state.tensor);
  if (t.numel() != state.expected.numel || !same_dtype(t.dtype(), state.expected.dtype))
    fail(VT_ERROR_RUNTIME, "data: the tensor was resized by a call made before this one; await that call first");
  const bool on_host = t.device().device_type == kDLCPU;
  if (!on_host || !same_dtype(t.dtype(), state.type.stored)) t = Op("to")(t, state.type.stored, kHost);
  if (!(t->flags & VT_TENSOR_CONTIGUOUS)) t = Op("contiguous")(t);
  if (state.num_bytes > 0) std::memcpy(state.data, t->dl.data, state.num_bytes);
}

napi_value settle_read(napi_env env, ReadState& state) {
  const auto length = static_cast<size_t>(state.expected.numel * state.type.per_element);
  napi_value out = nullptr;
  js(env, napi_create_typedarray(env, array_type_of(state.type.array), length, state.buffer.get(), 0, &out));
  return out;
}

}  // namespace

napi_value create_tensor(napi_env env, napi_callback_info info) {
  const Arguments<5> args(env, info);
  auto is_given = [&](size_t i) { return type_of(env, args[i]) != napi_undefined; };
  auto text = [&](size_t i, const char* name) {
    if (type_of(env, args[i]) != napi_string)
      fail_type(std::string("tensor: ") + name + " must be a string: got " + describe_value(env, args[i]));
    return string_of(env, args[i]);
  };
  // Everything that may run JavaScript comes first: it could detach or shrink the source.
  const bool has_shape = is_given(1);
  std::vector<int64_t> sizes = has_shape ? read_shape(env, args[1]) : std::vector<int64_t>();
  const bool has_dtype = is_given(2);
  DLDataType dtype = has_dtype ? dtype_from_name("tensor", text(2, "dtype")) : kFloat32;
  const DLDevice device = is_given(3) ? device_from_text(text(3, "device")) : kHost;
  bool wants_grad = false;
  if (is_given(4)) {
    if (type_of(env, args[4]) != napi_boolean)
      fail_type("tensor: requiresGrad must be a boolean: got " + describe_value(env, args[4]));
    js(env, napi_get_value_bool(env, args[4], &wants_grad));
  }

  const Source source = source_of(env, args[0]);
  if (!has_dtype) dtype = source.dtype;
  Tensor out = copy_of(source, std::move(sizes), has_shape, dtype);
  const bool on_host = device.device_type == kDLCPU && device.device_id == 0;
  if (!on_host || !same_dtype(out.dtype(), dtype)) out = Op("to")(out, dtype, device);
  if (wants_grad) set_requires_grad(out.get(), true);
  return wrap(env, state_of(std::move(out)));
}

napi_value read_tensor(napi_env env, napi_callback_info info) {
  const Arguments<2> args(env, info);
  const TensorObject& object = need_tensor_object(env, args[0], "data");
  const Appearance& appearance = object.appearance("data");
  const ReadType type = read_type_of(appearance.dtype);
  const auto num_bytes = static_cast<size_t>(appearance.numel * type.per_element * itemsize_of(type.array));
  ReadState state{Tensor::share(object.get("data")), appearance, type, {}, nullptr, num_bytes};
  napi_value buffer = nullptr;
  js(env, napi_create_arraybuffer(env, num_bytes, &state.data, &buffer));
  state.buffer = Reference(env, buffer);
  auto job = make_task(std::move(state), run_read, settle_read);
  job->grad = false;
  js(env, napi_get_value_uint32(env, args[1], &job->ticket));
  return instance_of(env).dispatcher().submit(std::move(job));
}

}  // namespace vt::node
