// SPDX-License-Identifier: Apache-2.0
// The frequencies that belong to the coefficients of a Fourier transform, and their rotation to ascending order.
#include "ops/calls.hpp"
#include "runtime/defaults.hpp"

namespace vt::core {

namespace {

using calls::Ints;

DLDataType floating_dtype(const char* op, const VtValue& dtype) {
  const DLDataType chosen = is_none(dtype) ? default_dtype() : dtype.as.dtype;
  if (dtype_info(chosen).category < Category::kFloating)
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(op) + ": requires a floating point dtype: got " + std::string(dtype_name(chosen)));
  if (dtype_info(chosen).category == Category::kComplex)
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(chosen)));
  return chosen;
}

int64_t checked_points(const char* op, const VtValue& n) {
  if (n.as.i < 0)
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": the number of points must not be negative: got " + std::to_string(n.as.i));
  return n.as.i;
}

// The integers from `first` on over n d.
Tensor multiples(int64_t first, int64_t end, int64_t n, double d, DLDataType dtype, const VtValue& device) {
  static const Op arange("arange.start");
  const Tensor numbers = arange(first, end, int64_t{1}, dtype, device);
  return calls::mul(numbers, value_of(1.0 / (static_cast<double>(n) * d)));
}

// fft_fftfreq(n, d, *, dtype, device): 0, 1, ... and then the negative ones, over n d.
void fft_fftfreq(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "fft_fftfreq";
  static const Op cat("cat");
  const int64_t n = checked_points(kOp, args[0]);
  const DLDataType dtype = floating_dtype(kOp, args[2]);
  const int64_t num_positive = (n + 1) / 2;
  const Tensor positive = multiples(0, num_positive, n, args[1].as.f, dtype, args[3]);
  const Tensor negative = multiples(num_positive - n, 0, n, args[1].as.f, dtype, args[3]);
  VtTensor* const parts[] = {positive.get(), negative.get()};
  calls::give(kOp, cat(std::span<VtTensor* const>(parts), int64_t{0}), result[0]);
}

// fft_rfftfreq(n, d, *, dtype, device)
void fft_rfftfreq(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "fft_rfftfreq";
  const int64_t n = checked_points(kOp, args[0]);
  calls::give(kOp, multiples(0, n / 2 + 1, n, args[1].as.f, floating_dtype(kOp, args[2]), args[3]), result[0]);
}

// Rolls dimensions by `shift` of their sizes.
Tensor rolled(const char* op, const VtValue* args, int64_t (*shift)(int64_t size)) {
  static const Op roll("roll");
  const Tensor self = calls::shared(args[0]);
  Ints dims, shifts;
  if (is_none(args[1])) {
    for (int64_t dim = 0; dim < self.ndim(); ++dim) dims.push_back(dim);
  } else {
    for (const int64_t dim : ints_of(args[1])) dims.push_back(wrap_dim(op, dim, self.ndim()));
  }
  if (dims.empty() || self.ndim() == 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": there is no dimension to roll");
  for (const int64_t dim : dims) shifts.push_back(shift(self.sizes()[static_cast<size_t>(dim)]));
  return roll(self, calls::span_of(shifts), calls::span_of(dims));
}

// fft_fftshift(self, dim)
void fft_fftshift(const VtValue* args, VtValue* result) {
  result[0] = value_of(rolled("fft_fftshift", args, [](int64_t size) { return size / 2; }).release());
}

// fft_ifftshift(self, dim)
void fft_ifftshift(const VtValue* args, VtValue* result) {
  result[0] = value_of(rolled("fft_ifftshift", args, [](int64_t size) { return (size + 1) / 2; }).release());
}

constexpr char kFftfreqDoc[] =
    R"(The frequencies of the coefficients of `fft_fft`: 0, 1, ..., then the negative ones -n / 2, ..., -1, over n d.

Parameters
----------
n : int
    Points of the signal.
d : float
    Time from point to point.
dtype : dtype, optional
    Floating; float32 by default.

Raises
------
RuntimeError
    If `n` is negative or the dtype not floating.)";
constexpr char kRfftfreqDoc[] =
    R"(The frequencies of the coefficients of `fft_rfft`: 0, 1, ..., n / 2 over n d; see `fft_fftfreq`.)";
constexpr char kShiftDoc[] = R"(Coefficients with frequency zero in the middle: negative frequencies first.

Parameters
----------
dim : sequence of int, optional
    The dimensions of coefficients; all by default.

Raises
------
RuntimeError
    If there is no dimension.)";
constexpr char kInverseShiftDoc[] = R"(Undoes `fft_fftshift`: frequency zero first.)";

}  // namespace

void register_fft_frequencies(VtPlugin* plugin) {
  constexpr uint32_t kMaker = VT_OP_COMPOSITE | VT_OP_FUNCTION | VT_OP_OUT | VT_OP_NOT_DIFFERENTIABLE | VT_OP_FACTORY;
  constexpr uint32_t kFunction = VT_OP_COMPOSITE | VT_OP_FUNCTION;
  const OpRow ops[] = {
      {"fft_fftfreq(int n, float d=1.0, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker, kFftfreqDoc},
      {"fft_rfftfreq(int n, float d=1.0, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker, kRfftfreqDoc},
      {"fft_fftshift(Tensor self, int[]? dim=None) -> Tensor", kFunction, kShiftDoc},
      {"fft_ifftshift(Tensor self, int[]? dim=None) -> Tensor", kFunction, kInverseShiftDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"fft_fftfreq", boxed<fft_fftfreq>},
      {"fft_rfftfreq", boxed<fft_rfftfreq>},
      {"fft_fftshift", boxed<fft_fftshift>},
      {"fft_ifftshift", boxed<fft_ifftshift>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
