// SPDX-License-Identifier: Apache-2.0
// The short-time Fourier transform and its inverse: frames of a signal, windows, and transforms of each frame.
#include <algorithm>
#include <limits>
#include <string_view>

#include "ops/calls.hpp"
#include "ops/fft.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using fft::Norm;

int64_t int_or(const VtValue& v, int64_t fallback) noexcept { return is_none(v) ? fallback : v.as.i; }
bool bool_or(const VtValue& v, bool fallback) noexcept { return is_none(v) ? fallback : v.as.i != 0; }

[[noreturn]] void fail_call(const char* op, const std::string& what) {
  fail(VT_ERROR_RUNTIME, std::string(op) + ": " + what);
}

// Lengths of frames, and from one to the next.
struct Frames {
  int64_t n_fft;
  int64_t hop;
  int64_t win;
};

// The window of n_fft elements: the given one, or ones, with zeros on both sides.
Tensor full_window(const char* op, const Frames& frames, const VtValue& given, const Tensor& like) {
  static const Op ones("ones");
  static const Op pad("constant_pad_nd");
  Tensor window = calls::shared(given);
  if (window) {
    if (window.ndim() != 1 || window.sizes()[0] != frames.win)
      fail_call(op, "expected a 1D window tensor of size equal to win_length=" + std::to_string(frames.win) +
                        ", but got window with size " + format_sizes(window.sizes()));
  } else {
    const int64_t sizes[] = {frames.win};
    window = ones(std::span<const int64_t>(sizes), like.dtype(), like.device());
  }
  if (frames.win == frames.n_fft) return window;
  const int64_t left = (frames.n_fft - frames.win) / 2;
  const int64_t sides[] = {left, frames.n_fft - frames.win - left};
  return pad(window, std::span<const int64_t>(sides), 0.0);
}

bool is_floating(const Tensor& t) noexcept { return !calls::is_integral(t); }

// The middle n_fft / 2 on both sides of the last dimension.
Tensor padded(const Tensor& signal, int64_t by, const VtValue& mode) {
  static const Op pad("pad");
  const int64_t sides[] = {by, by};
  // Modes other than constant take (batch, channels, length).
  Tensor rows = signal.ndim() == 1 ? calls::unsqueeze(signal, 0) : signal;
  rows = calls::squeeze(pad(calls::unsqueeze(rows, 0), std::span<const int64_t>(sides), mode), 0);
  return signal.ndim() == 1 ? calls::squeeze(rows, 0) : rows;
}

// stft(self, n_fft, hop_length, win_length, window, center, pad_mode, normalized, onesided, return_complex, align_to_window)
void stft(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "stft";
  static const Op unfold("unfold");
  static const Op as_real("view_as_real");
  Tensor signal = calls::shared(args[0]);
  if (!is_floating(signal))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(kOp) + ": expected a tensor of floating point or complex values: got " +
                                       std::string(dtype_name(signal.dtype())));
  if (signal.ndim() != 1 && signal.ndim() != 2)
    fail_call(kOp, "expected a 1D or 2D tensor: got " + format_sizes(signal.sizes()));
  const int64_t n_fft = args[1].as.i;
  const Frames frames{n_fft, int_or(args[2], n_fft / 4), int_or(args[3], n_fft)};
  const bool center = args[5].as.i != 0;
  const bool is_complex =
      calls::is_complex(signal) || (is_tensor(args[4]) && calls::is_complex(calls::shared(args[4])));
  if (is_none(args[9]) && !is_complex)
    fail_call(kOp, "the return_complex parameter must be given for real inputs; pass return_complex=True");
  if (!is_none(args[10]) && center) fail_call(kOp, "align_to_window should only be set when center = false");
  const bool onesided = bool_or(args[8], !is_complex);
  if (onesided && is_complex) fail_call(kOp, "Cannot have onesided output if window or input is complex");
  if (center) signal = padded(signal, n_fft / 2, args[6]);
  const int64_t length = signal.sizes().back();
  if (n_fft <= 0 || n_fft > length)
    fail_call(kOp, "expected 0 < n_fft <= " + std::to_string(length) + ", but got n_fft=" + std::to_string(n_fft));
  if (frames.hop <= 0) fail_call(kOp, "expected hop_length > 0, but got hop_length=" + std::to_string(frames.hop));
  if (frames.win <= 0 || frames.win > n_fft)
    fail_call(kOp, "expected 0 < win_length <= n_fft, but got win_length=" + std::to_string(frames.win));
  if (bool_or(args[10], false) && frames.win < n_fft) {
    // The first and last frames begin and end with the window instead of its zeros.
    const int64_t left = (n_fft - frames.win) / 2;
    static const Op pad("constant_pad_nd");
    const int64_t sides[] = {left, n_fft - frames.win - left};
    signal = pad(signal, std::span<const int64_t>(sides), 0.0);
  }
  Tensor rows = unfold(signal, int64_t{-1}, n_fft, frames.hop);
  if (is_tensor(args[4]) || frames.win < n_fft) rows = calls::mul(rows, full_window(kOp, frames, args[4], signal));
  const Norm norm = args[7].as.i != 0 ? Norm::kByRootN : Norm::kNone;
  const int64_t last[] = {-1};
  const Tensor coefficients =
      calls::is_complex(rows) ? fft::c2c(rows, last, norm, true) : fft::r2c(rows, last, norm, onesided);
  Tensor out = calls::transpose(coefficients);
  if (!bool_or(args[9], is_complex)) out = as_real(out);
  result[0] = value_of(out.release());
}

// Frames (batch, number, n_fft) added up where they overlap: (batch, n_fft + hop (number - 1)). Frames are cut into parts of `hop`,
// of which part p of frame i lies at part i + p of the sum.
Tensor overlapped(const Tensor& rows, int64_t hop) {
  static const Op pad("constant_pad_nd");
  const int64_t batch = rows.sizes()[0];
  const int64_t num = rows.sizes()[1];
  const int64_t n_fft = rows.sizes()[2];
  const int64_t parts = (n_fft + hop - 1) / hop;
  const int64_t fill[] = {0, parts * hop - n_fft};
  const Tensor cut = calls::reshape(pad(rows, std::span<const int64_t>(fill), 0.0), {batch, num, parts, hop});
  Tensor sum;
  for (int64_t p = 0; p < parts; ++p) {
    const int64_t around[] = {0, 0, p, parts - 1 - p};
    const Tensor part = calls::squeeze(calls::slice(cut, 2, p, p + 1), 2);
    Tensor placed = pad(part, std::span<const int64_t>(around), 0.0);
    sum = sum ? calls::add(sum, placed) : std::move(placed);
  }
  const Tensor flat = calls::reshape(sum, {batch, (num + parts - 1) * hop});
  return calls::slice(flat, 1, 0, n_fft + hop * (num - 1));
}

// The least magnitude, read on the host, which waits for the device; infinite on meta.
double least_magnitude(const Tensor& t) {
  static const Op abs("abs");
  static const Op amin("amin");
  if (is_meta(t.device())) return std::numeric_limits<double>::infinity();
  if (t.numel() == 0) return 0;
  const Tensor least = amin(abs(t));
  const Tensor read = Tensor::steal(empty({}, kFloat64, DLDevice{kDLCPU, 0}));
  copy_tensor(read.get(), least.get(), false);
  return *read.data<double>();
}

// istft(self, n_fft, hop_length, win_length, window, center, normalized, onesided, length, return_complex)
void istft(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "istft";
  static const Op div("div");
  static const Op pad("constant_pad_nd");
  Tensor input = calls::shared(args[0]);
  if (!calls::is_complex(input))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(kOp) +
             ": requires a complex-valued input tensor matching the output from stft with return_complex=True: got " +
             std::string(dtype_name(input.dtype())));
  if (input.numel() == 0) fail_call(kOp, "input tensor cannot be empty");
  if (input.ndim() != 2 && input.ndim() != 3)
    fail_call(kOp, "expected a tensor with 2 or 3 dimensions, but got " + std::to_string(input.ndim()));
  const int64_t n_fft = args[1].as.i;
  const Frames frames{n_fft, int_or(args[2], n_fft / 4), int_or(args[3], n_fft)};
  const bool center = args[5].as.i != 0;
  const bool return_complex = args[9].as.i != 0;
  const int64_t num_coefficients = input.sizes()[static_cast<size_t>(input.ndim()) - 2];
  const bool onesided = bool_or(args[7], num_coefficients != n_fft);
  if (num_coefficients != (onesided ? n_fft / 2 + 1 : n_fft))
    fail_call(kOp, "expected the frequency dimension (the last but one) of the input to match n_fft=" +
                       std::to_string(n_fft) + (onesided ? " / 2 + 1 when onesided=True" : " when onesided=False") +
                       ", but got " + std::to_string(num_coefficients));
  if (frames.hop <= 0 || frames.hop > frames.win)
    fail_call(kOp, "expected 0 < hop_length <= win_length: got hop_length=" + std::to_string(frames.hop) +
                       " and win_length=" + std::to_string(frames.win));
  if (frames.win <= 0 || frames.win > n_fft)
    fail_call(kOp, "expected 0 < win_length <= n_fft: got win_length=" + std::to_string(frames.win));
  const bool complex_window = is_tensor(args[4]) && calls::is_complex(calls::shared(args[4]));
  if (return_complex && onesided) fail_call(kOp, "Cannot have onesided output if window or input is complex");
  if (!return_complex && complex_window) fail_call(kOp, "Complex windows are incompatible with return_complex=False");

  const bool is_batch = input.ndim() == 3;
  if (!is_batch) input = calls::unsqueeze(input, 0);
  const Tensor coefficients = calls::transpose(input);  // (batch, number, coefficients)
  const Norm norm = args[6].as.i != 0 ? Norm::kByRootN : Norm::kByN;
  const int64_t last[] = {-1};
  Tensor rows;
  // For a real signal the second half of the coefficients says nothing new and is not read.
  rows = return_complex ? fft::c2c(coefficients, last, norm, false)
                        : fft::c2r(calls::slice(coefficients, 2, 0, n_fft / 2 + 1), last, norm, n_fft);
  const Tensor window = full_window(kOp, frames, args[4], rows);
  const int64_t num = rows.sizes()[1];
  const Tensor signal = overlapped(calls::mul(rows, window), frames.hop);
  const Tensor square = calls::reshape(calls::mul(window, window), {1, 1, n_fft});
  const Tensor weight = overlapped(calls::expand(square, {1, num, n_fft}), frames.hop);

  const int64_t full = n_fft + frames.hop * (num - 1);
  const int64_t start = center ? n_fft / 2 : 0;
  const int64_t end = !is_none(args[8]) ? start + args[8].as.i : center ? full - n_fft / 2 : full;
  if (end <= start)
    fail_call(kOp, "the signal would be empty: expected length > 0, got " + std::to_string(end - start));
  const int64_t kept = std::min(end, full);
  const Tensor weights = calls::slice(weight, 1, start, kept);
  if (const double least = least_magnitude(weights); !(least > 1e-11))
    fail_call(kOp, "window overlap add min: got " + std::to_string(least) + ", expected more than 1e-11 everywhere");
  Tensor out = div(calls::slice(signal, 1, start, kept), weights);
  if (end > full) {
    const int64_t behind[] = {0, end - full};
    out = pad(out, std::span<const int64_t>(behind), 0.0);
  }
  result[0] = value_of((is_batch ? out : calls::squeeze(out, 0)).release());
}

constexpr char kStftDoc[] = R"(The Fourier transforms of overlapping frames of a signal.

Parameters
----------
self : Tensor
    A signal (length,) or several (batch, length), floating or complex.
n_fft : int
    Length of a frame.
hop_length : int, optional
    From one frame to the next; n_fft / 4 by default.
win_length : int, optional
    Length of the window, which is filled with zeros on both sides up to `n_fft`, its default.
window : Tensor, optional
    Of `win_length` elements, by which frames are multiplied; ones by default.
center : bool
    Pad the signal by n_fft / 2 on both sides, so that frame t is centered at t hop_length; `pad_mode` as in `pad`.
normalized : bool
    Divide by the square root of `n_fft`.
onesided : bool, optional
    Only the first n_fft / 2 + 1 coefficients; by default for real signals.
return_complex : bool
    A complex result; otherwise a further dimension of real and imaginary parts. Must be given for real signals.
align_to_window : bool, optional
    Without `center`: let the first frame begin with the window instead of the zeros beside it.

Returns
-------
Tensor
    Of sizes (batch, coefficients, frames).

Raises
------
RuntimeError
    If lengths do not fit.
NotImplementedError
    On the CPU, if NumPy 2 is not installed.)";
constexpr char kIstftDoc[] =
    R"(The signal of which `stft` made the coefficients: frames are added up and divided by the windows' squares.

Parameters
----------
self : Tensor
    Complex, of sizes (batch, coefficients, frames) or (coefficients, frames).
n_fft, hop_length, win_length, window, center, normalized, onesided
    As given to `stft`; `onesided` follows from the number of coefficients by default.
length : int, optional
    Of the result: cut or filled with zeros.
return_complex : bool
    For complex signals.

Returns
-------
Tensor
    Of sizes (batch, length) or (length,).

Raises
------
RuntimeError
    If lengths do not fit, or the windows' squares add up to zero somewhere.
NotImplementedError
    On the CPU, if NumPy 2 is not installed.)";

}  // namespace

void register_stft(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_COMPOSITE | kFunctionAndMethod;
  const OpRow ops[] = {
      {"stft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, "
       "str pad_mode='reflect', bool normalized=False, bool? onesided=None, bool? return_complex=None, "
       "bool? align_to_window=None) -> Tensor",
       kFlags, kStftDoc},
      {"istft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, "
       "bool center=True, bool normalized=False, bool? onesided=None, int? length=None, bool return_complex=False) -> "
       "Tensor",
       kFlags, kIstftDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"stft", boxed<stft>}, {"istft", boxed<istft>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
