// SPDX-License-Identifier: Apache-2.0
// The Fourier transforms of torch.fft: sizes, dimensions and norms over the three that compute.
#include <algorithm>
#include <string_view>

#include "ops/calls.hpp"
#include "ops/fft.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using fft::Norm;

// One public function: its name and which way it goes.
struct Form {
  const char* name;
  bool forward;
};

Norm norm_of(const Form& form, const VtValue& v) {
  const std::string_view name = is_none(v) ? "backward" : v.as.string;
  if (name == "ortho") return Norm::kByRootN;
  if (name == "backward") return form.forward ? Norm::kNone : Norm::kByN;
  if (name == "forward") return form.forward ? Norm::kByN : Norm::kNone;
  fail(VT_ERROR_RUNTIME, std::string(form.name) + ": Invalid normalization mode: \"" + std::string(name) +
                             "\", expected 'backward', 'forward' or 'ortho'");
}

void check_points(const Form& form, int64_t n) {
  if (n < 1)
    fail(VT_ERROR_RUNTIME,
         std::string(form.name) + ": Invalid number of data points (" + std::to_string(n) + ") specified");
}

// Floating and complex tensors as they are, integers in the default dtype; in the complex dtype if `complex`.
Tensor promoted(const Form& form, const Tensor& t, bool complex) {
  static const Op to("to.dtype");
  DLDataType dtype = floating_dtype(t.dtype());
  const bool is_known = same_dtype(dtype, kFloat32) || same_dtype(dtype, kFloat64) || same_dtype(dtype, kComplex64) ||
                        same_dtype(dtype, kComplex128);
  if (!is_known)
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(form.name) + ": Unsupported dtype " + std::string(dtype_name(dtype)) +
                                       ", expected float32, float64, complex64, complex128 or integers");
  if (complex && same_dtype(dtype, kFloat32)) dtype = kComplex64;
  if (complex && same_dtype(dtype, kFloat64)) dtype = kComplex128;
  return same_dtype(dtype, t.dtype()) ? t : to(t, dtype);
}

void check_real(const Form& form, const Tensor& t) {
  if (calls::is_complex(t))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(form.name) + ": expects a real input tensor, but got " + std::string(dtype_name(t.dtype())));
}

// Dimensions cut to, or filled with zeros up to, `sizes`.
Tensor resized(Tensor t, const Ints& dims, const Ints& sizes) {
  static const Op pad("constant_pad_nd");
  Ints padding(2 * t.sizes().size(), 0);
  bool grows = false;
  for (size_t i = 0; i < dims.size(); ++i) {
    const int64_t size = t.sizes()[static_cast<size_t>(dims[i])];
    if (size > sizes[i]) t = calls::slice(t, dims[i], 0, sizes[i]);
    if (size >= sizes[i]) continue;
    padding[padding.size() - 1 - 2 * static_cast<size_t>(dims[i])] = sizes[i] - size;
    grows = true;
  }
  return grows ? pad(t, calls::span_of(padding)) : t;
}

// What a call transforms: the input in its dtype, over dimensions, with as many points.
struct Request {
  Tensor input;
  Ints dims;
  Ints sizes;
};

int64_t size_at(const Tensor& t, int64_t dim) { return t.ndim() > 0 ? t.sizes()[static_cast<size_t>(dim)] : 0; }

// Of a call with one dimension (self, n, dim, norm).
Request one_dim(const Form& form, const VtValue* args, bool complex) {
  Request request{promoted(form, calls::shared(args[0]), complex), {}, {}};
  const int32_t ndim = request.input.ndim();
  if (ndim == 0)
    fail(VT_ERROR_INDEX, std::string(form.name) + ": Dimension specified as " + std::to_string(args[2].as.i) +
                             " but tensor has no dimensions");
  request.dims = {wrap_dim(form.name, args[2].as.i, ndim)};
  if (!is_none(args[1])) check_points(form, args[1].as.i);
  request.sizes = {is_none(args[1]) ? size_at(request.input, request.dims[0]) : args[1].as.i};
  return request;
}

// Of a call with several (self, s, dim, norm). A size of -1 keeps that of the input.
Request several_dims(const Form& form, const VtValue* args, bool complex) {
  Request request{promoted(form, calls::shared(args[0]), complex), {}, {}};
  const int32_t ndim = request.input.ndim();
  const bool has_sizes = !is_none(args[1]);
  const bool has_dims = !is_none(args[2]);
  if (has_dims)
    for (const int64_t dim : ints_of(args[2])) {
      request.dims.push_back(wrap_dim(form.name, dim, ndim));
      if (std::count(request.dims.begin(), request.dims.end(), request.dims.back()) > 1)
        fail(VT_ERROR_RUNTIME,
             std::string(form.name) + ": FFT dims must be unique: got " + format_sizes(ints_of(args[2])));
    }
  if (has_sizes) {
    request.sizes = calls::ints(ints_of(args[1]));
    if (has_dims && request.sizes.size() != request.dims.size())
      fail(VT_ERROR_RUNTIME, std::string(form.name) +
                                 ": When given, dim and shape arguments must have the same length: got " +
                                 format_sizes(request.dims) + " and " + format_sizes(request.sizes));
    if (request.sizes.size() > static_cast<size_t>(ndim))
      fail(VT_ERROR_RUNTIME, std::string(form.name) + ": Got shape with " + std::to_string(request.sizes.size()) +
                                 " values but input tensor only has " + std::to_string(ndim) + " dimensions.");
  }
  if (!has_dims) {
    const int64_t first = has_sizes ? ndim - static_cast<int64_t>(request.sizes.size()) : 0;
    for (int64_t dim = first; dim < ndim; ++dim) request.dims.push_back(dim);
  }
  request.sizes.resize(request.dims.size(), -1);
  return request;
}

void check_any_dims(const Form& form, const Request& request) {
  if (request.dims.empty()) fail(VT_ERROR_RUNTIME, std::string(form.name) + ": must transform at least one axis");
}

// The input with as many points as asked for.
Tensor input_of(const Form& form, Request& request) {
  for (size_t i = 0; i < request.dims.size(); ++i) {
    if (request.sizes[i] == -1) request.sizes[i] = size_at(request.input, request.dims[i]);
    check_points(form, request.sizes[i]);
  }
  return resized(request.input, request.dims, request.sizes);
}

// From any input to all coefficients.
Tensor full(const Form& form, Request request, const VtValue& norm_value) {
  const Norm norm = norm_of(form, norm_value);
  const Tensor input = input_of(form, request);
  if (calls::is_complex(input)) return fft::c2c(input, request.dims, norm, form.forward);
  Tensor out = fft::r2c(input, request.dims, norm, false);
  return form.forward ? out : calls::conj(out);
}

// From a real input to one half of the coefficients.
Tensor half(const Form& form, Request request, const VtValue& norm_value) {
  check_any_dims(form, request);
  const Norm norm = norm_of(form, norm_value);
  Tensor out = fft::r2c(input_of(form, request), request.dims, norm, true);
  return form.forward ? out : calls::conj(out);
}

// From one half of the coefficients to a real result. `last` is the size of its last dimension as the caller gave it, or -1.
Tensor real_result(const Form& form, Request request, const VtValue& norm_value, bool has_last) {
  check_any_dims(form, request);
  const Norm norm = norm_of(form, norm_value);
  const int64_t last = has_last ? request.sizes.back() : 2 * (size_at(request.input, request.dims.back()) - 1);
  check_points(form, last);
  request.sizes.back() = last / 2 + 1;
  Tensor input = input_of(form, request);
  if (form.forward) input = calls::conj(input);
  return fft::c2r(input, request.dims, norm, last);
}

constexpr Form kFft{"fft_fft", true}, kIfft{"fft_ifft", false}, kFftn{"fft_fftn", true}, kIfftn{"fft_ifftn", false},
    kFft2{"fft_fft2", true}, kIfft2{"fft_ifft2", false}, kRfft{"fft_rfft", true}, kIhfft{"fft_ihfft", false},
    kRfftn{"fft_rfftn", true}, kIhfftn{"fft_ihfftn", false}, kRfft2{"fft_rfft2", true}, kIhfft2{"fft_ihfft2", false},
    kHfft{"fft_hfft", true}, kIrfft{"fft_irfft", false}, kHfftn{"fft_hfftn", true}, kIrfftn{"fft_irfftn", false},
    kHfft2{"fft_hfft2", true}, kIrfft2{"fft_irfft2", false};

void give(const Form& form, Tensor value, VtValue& result) { calls::give(form.name, std::move(value), result); }

template <const Form& kForm>
void full_one(const VtValue* args, VtValue* result) {
  give(kForm, full(kForm, one_dim(kForm, args, false), args[3]), result[0]);
}
// A transform over no dimensions is the input in the complex dtype, so it is complex from the start.
template <const Form& kForm>
void full_several(const VtValue* args, VtValue* result) {
  Request request = several_dims(kForm, args, false);
  if (request.dims.empty()) request.input = promoted(kForm, request.input, true);
  give(kForm, full(kForm, std::move(request), args[3]), result[0]);
}
template <const Form& kForm>
void half_one(const VtValue* args, VtValue* result) {
  check_real(kForm, calls::shared(args[0]));
  give(kForm, half(kForm, one_dim(kForm, args, false), args[3]), result[0]);
}
template <const Form& kForm>
void half_several(const VtValue* args, VtValue* result) {
  check_real(kForm, calls::shared(args[0]));
  give(kForm, half(kForm, several_dims(kForm, args, false), args[3]), result[0]);
}
template <const Form& kForm>
void real_one(const VtValue* args, VtValue* result) {
  give(kForm, real_result(kForm, one_dim(kForm, args, true), args[3], !is_none(args[1])), result[0]);
}
template <const Form& kForm>
void real_several(const VtValue* args, VtValue* result) {
  Request request = several_dims(kForm, args, true);
  const bool has_last = !request.sizes.empty() && request.sizes.back() != -1;
  give(kForm, real_result(kForm, std::move(request), args[3], has_last), result[0]);
}

constexpr char kOneDim[] = R"(

Parameters
----------
self : Tensor
    float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
n : int, optional
    Points of the signal: the input is cut or filled with zeros at its end. By default as many as there are; where the result is
    real, 2 (size - 1).
dim : int
norm : str, optional
    Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

Raises
------
RuntimeError
    If there would be no point, the norm is unknown, or the input is complex where it must be real.
NotImplementedError
    For other dtypes; on the CPU if NumPy 2 is not installed.)";
constexpr char kSeveralDims[] = R"(

Parameters
----------
self : Tensor
    float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
s : sequence of int, optional
    Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
    last dimension has 2 (size - 1) by default.
dim : sequence of int, optional
    All different. By default all, or the last ones where `s` is given.
norm : str, optional
    Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

Raises
------
RuntimeError
    If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
NotImplementedError
    For other dtypes; on the CPU if NumPy 2 is not installed.)";

// A public function: its kernel and what it computes.
struct Function {
  const Form& form;
  VtBoxedFn kernel;
  const char* summary;
};

constexpr char kFullDoc[] = "The Fourier transform: out[k] = sum of self[j] exp(-2 pi i j k / n).";
constexpr char kInverseDoc[] = "The inverse Fourier transform: out[j] = 1 / n sum of self[k] exp(2 pi i j k / n).";
constexpr char kHalfDoc[] =
    "The Fourier transform of a real signal: the first n / 2 + 1 coefficients, whose conjugates are the rest.";
constexpr char kRealDoc[] =
    "The inverse Fourier transform to a real signal, of the first n / 2 + 1 coefficients: undoes `fft_rfft`.";
constexpr char kHermitianDoc[] =
    "The Fourier transform to real coefficients of a signal that is its own conjugate backwards, given by its first half.";
constexpr char kInverseHermitianDoc[] =
    "The inverse Fourier transform of real coefficients: the first half of the signal, undoes `fft_hfft`.";

constexpr Function kOfOneDim[] = {
    {kFft, boxed<full_one<kFft>>, kFullDoc},        {kIfft, boxed<full_one<kIfft>>, kInverseDoc},
    {kRfft, boxed<half_one<kRfft>>, kHalfDoc},      {kIrfft, boxed<real_one<kIrfft>>, kRealDoc},
    {kHfft, boxed<real_one<kHfft>>, kHermitianDoc}, {kIhfft, boxed<half_one<kIhfft>>, kInverseHermitianDoc},
};
constexpr Function kOfSeveralDims[] = {
    {kFftn, boxed<full_several<kFftn>>, kFullDoc},        {kIfftn, boxed<full_several<kIfftn>>, kInverseDoc},
    {kRfftn, boxed<half_several<kRfftn>>, kHalfDoc},      {kIrfftn, boxed<real_several<kIrfftn>>, kRealDoc},
    {kHfftn, boxed<real_several<kHfftn>>, kHermitianDoc}, {kIhfftn, boxed<half_several<kIhfftn>>, kInverseHermitianDoc},
};
constexpr Function kOfTwoDims[] = {
    {kFft2, boxed<full_several<kFft2>>, kFullDoc},        {kIfft2, boxed<full_several<kIfft2>>, kInverseDoc},
    {kRfft2, boxed<half_several<kRfft2>>, kHalfDoc},      {kIrfft2, boxed<real_several<kIrfft2>>, kRealDoc},
    {kHfft2, boxed<real_several<kHfft2>>, kHermitianDoc}, {kIhfft2, boxed<half_several<kIhfft2>>, kInverseHermitianDoc},
};

void register_functions(VtPlugin* plugin, std::span<const Function> functions, const char* arguments,
                        const char* further_doc) {
  constexpr uint32_t kFlags = VT_OP_COMPOSITE | VT_OP_FUNCTION | VT_OP_OUT;
  for (const Function& function : functions) {
    const std::string schema = function.form.name + std::string("(Tensor self, ") + arguments + ") -> Tensor";
    const std::string doc = std::string(function.summary) + further_doc;
    const OpRow op[] = {{schema.c_str(), kFlags, doc.c_str()}};
    define_ops(plugin, op);
    const vt::KernelRow kernel[] = {{function.form.name, function.kernel}};
    register_kernels(plugin, kEveryDevice, kernel);
  }
}

}  // namespace

void register_fft_forms(VtPlugin* plugin) {
  register_functions(plugin, kOfOneDim, "int? n=None, int dim=-1, str? norm=None", kOneDim);
  register_functions(plugin, kOfSeveralDims, "int[]? s=None, int[]? dim=None, str? norm=None", kSeveralDims);
  register_functions(plugin, kOfTwoDims, "int[]? s=None, int[] dim=[-2,-1], str? norm=None", kSeveralDims);
}

}  // namespace vt::core
