// SPDX-License-Identifier: Apache-2.0
// Complex numbers made of two real ones.
#include <vt/cpp/op.hpp>

#include "ops/ops.hpp"

namespace vt::core {

namespace {

DLDataType complex_of(const VtTensor* real, const VtTensor* imag) {
  const bool single = same_dtype(real->dl.dtype, kFloat32);
  const auto names = [&] {
    return std::string(dtype_name(real->dl.dtype)) + " and " + std::string(dtype_name(imag->dl.dtype));
  };
  for (const VtTensor* part : {real, imag})
    if (!same_dtype(part->dl.dtype, kFloat32) && !same_dtype(part->dl.dtype, kFloat64))
      fail(VT_ERROR_NOT_IMPLEMENTED, "complex: expected both inputs to be float32 or float64: got " + names());
  if (!same_dtype(real->dl.dtype, imag->dl.dtype))
    fail(VT_ERROR_RUNTIME, "complex: expected inputs of one dtype: got " + names());
  return single ? kComplex64 : kComplex128;
}

// The real or imaginary parts of `out`, to be written.
TensorImpl* part_of(const VtTensor* out, DLDataType dtype, int64_t part) {
  Sizes strides;
  strides.assign(strides_of(out));
  for (int64_t& stride : strides) stride *= 2;
  char* data = static_cast<char*>(out->dl.data);
  TensorImpl* view =
      make_uncounted_view(impl(out), sizes_of(out), strides, data ? data + part * itemsize_of(dtype) : nullptr);
  view->dl.dtype = dtype;
  return view;
}

void make_complex(const VtValue* args, VtValue* result) {
  VtTensor* const parts[2] = {args[0].as.tensor, args[1].as.tensor};
  const DLDataType dtype = complex_of(parts[0], parts[1]);
  Sizes sizes;
  sizes.assign(sizes_of(parts[0]));
  if (!broadcast_into(sizes, sizes_of(parts[1]))) fail_broadcast("complex", sizes_of(parts[0]), sizes_of(parts[1]));
  VtTensor* destination = result[0].tag == VT_TENSOR ? result[0].as.tensor : nullptr;
  if (destination && !same_dtype(destination->dl.dtype, dtype))
    fail(VT_ERROR_RUNTIME, "complex: out must be " + std::string(dtype_name(dtype)) + ": got " +
                               std::string(dtype_name(destination->dl.dtype)));
  // What is written may be the memory of a part that is read later.
  const bool apart = !destination || (impl(destination)->storage != impl(parts[0])->storage &&
                                      impl(destination)->storage != impl(parts[1])->storage);
  if (destination && apart && !same_sizes(sizes_of(destination), sizes)) resize(impl(destination), sizes);
  if (destination) check_writable("complex", destination);
  if (destination && apart) retain(destination);
  Owned out(destination && apart ? destination : empty(sizes, dtype, parts[0]->dl.device));
  for (int64_t i = 0; i < 2; ++i) {
    const Owned view(part_of(out.get(), parts[0]->dl.dtype, i));
    copy_tensor(view.get(), parts[i], false);
  }
  if (!apart) {
    if (!same_sizes(sizes_of(destination), sizes)) resize(impl(destination), sizes);
    copy_tensor(destination, out.get(), false);
    result[0] = shared_value(destination);
  } else {
    result[0] = value_of(out.take());
  }
}

void polar(const VtValue* args, VtValue* result) {
  static const Op mul("mul");
  static const Op cos("cos");
  static const Op sin("sin");
  static const Op complex("complex");
  complex_of(args[0].as.tensor, args[1].as.tensor);
  result[0] = value_of(complex.into(result[0], mul(args[0], cos(args[1])), mul(args[0], sin(args[1]))).release());
}

constexpr char kComplexDoc[] = R"(Complex numbers from their real and imaginary parts.

Parameters
----------
real, imag : Tensor
    Both float32 or both float64; broadcast together.

Raises
------
RuntimeError
    If the dtypes differ or are others, or `out` has not the complex dtype of that precision.)";
constexpr char kPolarDoc[] =
    R"(Complex numbers from their absolute values and angles: abs * cos(angle) + i * abs * sin(angle).

Parameters
----------
abs, angle : Tensor
    Both float32 or both float64; broadcast together. Angles in radians.

Raises
------
RuntimeError
    If the dtypes differ or are others.)";

}  // namespace

void register_complex(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"complex(Tensor real, Tensor imag) -> Tensor", VT_OP_FUNCTION | VT_OP_OUT, kComplexDoc},
      {"polar(Tensor abs, Tensor angle) -> Tensor", VT_OP_FUNCTION | VT_OP_COMPOSITE | VT_OP_OUT, kPolarDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"complex", boxed<make_complex>}, {"polar", boxed<polar>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
