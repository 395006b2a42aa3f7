// SPDX-License-Identifier: Apache-2.0
// Windows for spectral analysis: hann, hamming, blackman, bartlett, kaiser. Computed in float64 on the host.
#include <cmath>
#include <numbers>

#include "ops/calls.hpp"
#include "runtime/defaults.hpp"

namespace vt::core {

namespace {

// What a window is at `at` of [0, 1], with up to two parameters of its own.
using Shape = double (*)(double at, double a, double b);

double cosines(double at, double a, double b) { return a - b * std::cos(2 * std::numbers::pi * at); }

double blackman(double at, double, double) {
  const double angle = 2 * std::numbers::pi * at;
  return 0.42 - 0.5 * std::cos(angle) + 0.08 * std::cos(2 * angle);
}

double bartlett(double at, double, double) { return 1 - std::fabs(2 * at - 1); }

// The modified Bessel function of the first kind and order 0: its power series, whose terms are all positive.
double bessel_i0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; term > sum * 1e-17; ++k) {
    term *= x / (2.0 * k) * (x / (2.0 * k));
    sum += term;
  }
  return sum;
}

double kaiser(double at, double beta, double) {
  const double from_middle = 2 * at - 1;
  return bessel_i0(beta * std::sqrt(std::max(1 - from_middle * from_middle, 0.0))) / bessel_i0(beta);
}

// args[0] the length, args[1] whether periodic; dtype and device last.
void window(const char* op, const VtValue* args, const VtValue& dtype, const VtValue& device, Shape shape, double a,
            double b, VtValue* result) {
  static const Op to("to.device");
  const int64_t length = args[0].as.i;
  const DLDataType kind = is_none(dtype) ? default_dtype() : dtype.as.dtype;
  if (dtype_info(kind).category != Category::kFloating || is_float8(known_dtype_index(kind)))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(kind)) +
                                       "; expected a floating-point dtype");
  if (length < 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": window_length must not be negative: got " + std::to_string(length));
  const int64_t sizes[] = {length};
  const Tensor out = Tensor::empty(sizes, kFloat64, {kDLCPU, 0});
  auto* values = static_cast<double*>(out->dl.data);
  const bool periodic = args[1].as.i != 0;
  const double last = static_cast<double>(periodic ? length : length - 1);
  for (int64_t i = 0; i < length; ++i) values[i] = length == 1 ? 1 : shape(static_cast<double>(i) / last, a, b);
  result[0] = value_of(to(out, is_none(device) ? value_of(DLDevice{kDLCPU, 0}) : device, kind).release());
}

void hann_window(const VtValue* args, VtValue* result) {
  window("hann_window", args, args[2], args[3], cosines, 0.5, 0.5, result);
}
void hamming_window(const VtValue* args, VtValue* result) {
  window("hamming_window", args, args[4], args[5], cosines, number_of(args[2]).real, number_of(args[3]).real, result);
}
void blackman_window(const VtValue* args, VtValue* result) {
  window("blackman_window", args, args[2], args[3], blackman, 0, 0, result);
}
void bartlett_window(const VtValue* args, VtValue* result) {
  window("bartlett_window", args, args[2], args[3], bartlett, 0, 0, result);
}
void kaiser_window(const VtValue* args, VtValue* result) {
  window("kaiser_window", args, args[3], args[4], kaiser, number_of(args[2]).real, 0, result);
}

constexpr char kHannDoc[] = R"(The Hann window, ``(1 - cos(2 pi i / N)) / 2``.

Parameters
----------
window_length : int
periodic : bool
    N is the length, for windows one after the other; else one less, for a symmetric window.
dtype : dtype, optional
    Floating-point, float32 by default.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If the length is negative.
NotImplementedError
    If the dtype is not floating-point.)";
constexpr char kHammingDoc[] = R"(The Hamming window, ``alpha - beta cos(2 pi i / N)``.

Parameters
----------
window_length : int
periodic : bool
    N is the length, for windows one after the other; else one less, for a symmetric window.
alpha, beta : float
dtype : dtype, optional
    Floating-point, float32 by default.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If the length is negative.
NotImplementedError
    If the dtype is not floating-point.)";
constexpr char kBlackmanDoc[] = R"(The Blackman window, ``0.42 - 0.5 cos(2 pi i / N) + 0.08 cos(4 pi i / N)``.

Parameters
----------
window_length : int
periodic : bool
    N is the length, for windows one after the other; else one less, for a symmetric window.
dtype : dtype, optional
    Floating-point, float32 by default.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If the length is negative.
NotImplementedError
    If the dtype is not floating-point.)";
constexpr char kBartlettDoc[] = R"(The Bartlett window, ``1 - |2 i / N - 1|``: a triangle.

Parameters
----------
window_length : int
periodic : bool
    N is the length, for windows one after the other; else one less, for a symmetric window.
dtype : dtype, optional
    Floating-point, float32 by default.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If the length is negative.
NotImplementedError
    If the dtype is not floating-point.)";
constexpr char kKaiserDoc[] = R"(The Kaiser window, ``I0(beta sqrt(1 - (2 i / N - 1)^2)) / I0(beta)``.

Parameters
----------
window_length : int
periodic : bool
    N is the length, for windows one after the other; else one less, for a symmetric window.
beta : float
    The larger, the narrower.
dtype : dtype, optional
    Floating-point, float32 by default.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If the length is negative.
NotImplementedError
    If the dtype is not floating-point.)";

}  // namespace

void register_windows(VtPlugin* plugin) {
  constexpr uint32_t kMaker = VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE | VT_OP_FACTORY;
  const OpRow ops[] = {
      {"hann_window(int window_length, bool periodic=True, *, dtype? dtype=None, device? device=None) -> Tensor",
       kMaker, kHannDoc},
      {"hamming_window(int window_length, bool periodic=True, float alpha=0.54, float beta=0.46, *, dtype? dtype=None, "
       "device? device=None) -> Tensor",
       kMaker, kHammingDoc},
      {"blackman_window(int window_length, bool periodic=True, *, dtype? dtype=None, device? device=None) -> Tensor",
       kMaker, kBlackmanDoc},
      {"bartlett_window(int window_length, bool periodic=True, *, dtype? dtype=None, device? device=None) -> Tensor",
       kMaker, kBartlettDoc},
      {"kaiser_window(int window_length, bool periodic=True, float beta=12.0, *, dtype? dtype=None, device? device=None) "
       "-> Tensor",
       kMaker, kKaiserDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow makers[] = {{"hann_window", boxed<hann_window>},
                                  {"hamming_window", boxed<hamming_window>},
                                  {"blackman_window", boxed<blackman_window>},
                                  {"bartlett_window", boxed<bartlett_window>},
                                  {"kaiser_window", boxed<kaiser_window>}};
  register_kernels(plugin, kEveryDevice, makers);
}

}  // namespace vt::core
