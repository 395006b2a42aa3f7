// SPDX-License-Identifier: Apache-2.0
// Fourier transforms along dimensions: checks and results; what computes them is loaded at the first use.
#include "ops/fft.hpp"

#include <algorithm>

#include "fft/api.hpp"
#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::Ints;

struct Types {
  DLDataType real;
  DLDataType complex;
};
constexpr Types kTypes[] = {{kFloat32, kComplex64}, {kFloat64, kComplex128}};

const Types* types_of(DLDataType dtype) noexcept {
  for (const Types& types : kTypes)
    if (same_dtype(dtype, types.real) || same_dtype(dtype, types.complex)) return &types;
  return nullptr;
}

const Types& complex_types(const char* op, const Tensor& t) {
  const Types* types = types_of(t.dtype());
  if (!types || !calls::is_complex(t))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": Only supports complex dtypes, but found: " +
                                       std::string(dtype_name(t.dtype())) + ", expected complex64 or complex128");
  return *types;
}

const Types& real_types(const char* op, const Tensor& t) {
  const Types* types = types_of(t.dtype());
  if (!types || calls::is_complex(t))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": Only supports floating-point dtypes, but found: " +
                                       std::string(dtype_name(t.dtype())) + ", expected float32 or float64");
  return *types;
}

// The dimensions, counted from the front, each of at least one point.
Ints checked_dims(const char* op, const Tensor& t, std::span<const int64_t> given) {
  Ints dims;
  for (const int64_t dim : given) {
    dims.push_back(wrap_dim(op, dim, t.ndim()));
    if (t.ndim() == 0 || t.sizes()[static_cast<size_t>(dims.back())] < 1)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": Invalid number of data points (0) specified");
    if (std::count(dims.begin(), dims.end(), dims.back()) > 1)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": FFT dims must be unique: got " + format_sizes(given));
  }
  return dims;
}

void check_norm(const char* op, const VtValue& norm) {
  if (norm.as.i < 0 || norm.as.i > static_cast<int64_t>(fft::Norm::kByN))
    fail(VT_ERROR_VALUE, std::string(op) + ": unknown normalization: got " + std::to_string(norm.as.i) +
                             ", expected 0 (none), 1 (square root) or 2 (number of points)");
}

int64_t& last_of(Ints& sizes, const Ints& dims) { return sizes[static_cast<size_t>(dims.back())]; }

// A new tensor with the transform of `self`.
Tensor transformed(const Tensor& self, const Ints& sizes, DLDataType dtype, const Ints& dims, const VtValue& norm,
                   bool forward) {
  static const Op transform("_fft_transform");
  Tensor out = Tensor::steal(empty(sizes, dtype, self.device()));
  if (is_meta(self.device()) || out.numel() == 0) return out;
  const VtValue args[] = {value_of(self.get()), value_of(out.get()), value_of(calls::span_of(dims)), norm,
                          value_of(forward)};
  check(tables().dispatch->call_boxed(transform.get(), args, std::size(args), nullptr));
  return out;
}

// _fft_c2c(self, dim, normalization, forward)
void fft_c2c(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "_fft_c2c";
  static const Op clone("clone");
  const Tensor self = calls::shared(args[0]);
  complex_types(kOp, self);
  const Ints dims = checked_dims(kOp, self, ints_of(args[1]));
  check_norm(kOp, args[2]);
  Tensor out = dims.empty()
                   ? clone(self)
                   : transformed(self, calls::ints(self.sizes()), self.dtype(), dims, args[2], args[3].as.i != 0);
  result[0] = value_of(out.release());
}

[[noreturn]] void fail_no_dims(const char* op) {
  fail(VT_ERROR_RUNTIME, std::string(op) + ": must transform at least one axis");
}

// _fft_r2c(self, dim, normalization, onesided)
void fft_r2c(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "_fft_r2c";
  const Tensor self = calls::shared(args[0]);
  const Types& types = real_types(kOp, self);
  const Ints dims = checked_dims(kOp, self, ints_of(args[1]));
  if (dims.empty()) fail_no_dims(kOp);
  check_norm(kOp, args[2]);
  Ints sizes = calls::ints(self.sizes());
  if (args[3].as.i != 0) last_of(sizes, dims) = last_of(sizes, dims) / 2 + 1;
  result[0] = value_of(transformed(self, sizes, types.complex, dims, args[2], true).release());
}

// _fft_c2r(self, dim, normalization, last_dim_size)
void fft_c2r(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "_fft_c2r";
  const Tensor self = calls::shared(args[0]);
  const Types& types = complex_types(kOp, self);
  const Ints dims = checked_dims(kOp, self, ints_of(args[1]));
  if (dims.empty()) fail_no_dims(kOp);
  check_norm(kOp, args[2]);
  const int64_t size = args[3].as.i;
  Ints sizes = calls::ints(self.sizes());
  if (size < 1)
    fail(VT_ERROR_RUNTIME,
         std::string(kOp) + ": Invalid number of data points (" + std::to_string(size) + ") specified");
  if (last_of(sizes, dims) != size / 2 + 1)
    fail(VT_ERROR_SHAPE, std::string(kOp) +
                             ": the last of the dimensions must have last_dim_size / 2 + 1 coefficients: got " +
                             std::to_string(last_of(sizes, dims)) + ", expected " + std::to_string(size / 2 + 1));
  last_of(sizes, dims) = size;
  result[0] = value_of(transformed(self, sizes, types.real, dims, args[2], false).release());
}

// _fft_transform on the CPU until the loader has registered what computes it.
void load_and_transform(const VtValue* args, VtValue*) {
  static const Op transform("_fft_transform");
  thread_local bool has_loaded = false;  // by this call
  if (has_loaded)
    fail(VT_ERROR_NOT_IMPLEMENTED,
         "_fft_transform: the kernel that was loaded for the CPU does not take these arguments");
  load_transforms();
  struct Loaded {
    Loaded() { has_loaded = true; }
    ~Loaded() { has_loaded = false; }
  } const scope;
  check(tables().dispatch->call_boxed(transform.get(), args, 5, nullptr));
}

constexpr char kTransformDoc[] = R"(Computes a Fourier transform into `out`: what a device implements of the family.

Parameters
----------
self, out : Tensor
    Both complex and of the same sizes; or `self` real and `out` complex, with n / 2 + 1 or all n coefficients along the last of
    the dimensions; or `self` complex with n / 2 + 1 coefficients and `out` real with n.
dim : sequence of int
    At least one, all different, not negative.
normalization : int
    0: none; 1: divide by the square root of the number of points; 2: by the number of points.
forward : bool
    The sign of the exponent is negative. A real `self` is transformed forwards, a real `out` comes from the inverse.)";
constexpr char kC2cDoc[] = R"(Fourier transforms of complex signals along dimensions.

Parameters
----------
self : Tensor
    complex64 or complex128.
dim : sequence of int
normalization : int
    0: none; 1: divide by the square root of the number of points; 2: by the number of points.
forward : bool
    With the negative sign in the exponent.

Raises
------
NotImplementedError
    For other dtypes, or if there is nothing that computes transforms.)";
constexpr char kR2cDoc[] =
    R"(Fourier transforms of real signals along dimensions; with n / 2 + 1 coefficients along the last of them where `onesided`.

Otherwise as `_fft_c2c`.)";
constexpr char kC2rDoc[] =
    R"(Inverse Fourier transforms of n / 2 + 1 coefficients of a real signal along the last of the dimensions.

`last_dim_size` is n. Otherwise as `_fft_c2c`; imaginary parts that a real signal's coefficients cannot have are ignored.)";

}  // namespace

void register_fft(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"_fft_transform(Tensor self, Tensor(a!) out, int[] dim, int normalization, bool forward) -> ()",
       VT_OP_NOT_DIFFERENTIABLE, kTransformDoc},
      {"_fft_c2c(Tensor self, int[] dim, int normalization, bool forward) -> Tensor", 0, kC2cDoc},
      {"_fft_r2c(Tensor self, int[] dim, int normalization, bool onesided) -> Tensor", 0, kR2cDoc},
      {"_fft_c2r(Tensor self, int[] dim, int normalization, int last_dim_size) -> Tensor", 0, kC2rDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"_fft_transform", boxed<load_and_transform>}};
  register_kernels(plugin, kDLCPU, kernels);
  const vt::KernelRow everywhere[] = {
      {"_fft_c2c", boxed<fft_c2c>},
      {"_fft_r2c", boxed<fft_r2c>},
      {"_fft_c2r", boxed<fft_c2r>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
