// SPDX-License-Identifier: Apache-2.0
// Makers of sequences and layouts beyond those of factory.cpp: logspace, range, scalar_tensor, empty_permuted.
#include <cmath>

#include "ops/calls.hpp"
#include "runtime/defaults.hpp"

namespace vt::core {

namespace {

using calls::Ints;

DLDataType dtype_or_float(const VtValue& dtype) noexcept { return is_none(dtype) ? default_dtype() : dtype.as.dtype; }

// logspace(start, end, steps, base, *, dtype, device)
void logspace(const VtValue* args, VtValue* result) {
  static const Op linspace("linspace");
  static const Op power("rpow");
  static const Op to("to.dtype");
  const Number start = number_of(args[0]);
  const Number end = number_of(args[1]);
  const bool has_complex_end = std::max(start.category, end.category) == Category::kComplex;
  const DLDataType dtype = is_none(args[4]) && has_complex_end ? default_complex_dtype() : dtype_or_float(args[4]);
  const Category category = dtype_info(known_dtype_index(dtype)).category;
  if (has_complex_end && category != Category::kComplex)
    fail(VT_ERROR_RUNTIME, "logspace: complex ends need a complex dtype: got " + std::string(dtype_name(dtype)));
  if (category == Category::kBool || is_float8(known_dtype_index(dtype)))
    fail(VT_ERROR_NOT_IMPLEMENTED, "logspace: not implemented for " + std::string(dtype_name(dtype)));
  if (args[2].as.i < 0)
    fail(VT_ERROR_RUNTIME, "logspace: steps must not be negative: got " + std::to_string(args[2].as.i));
  // Of integers the first and the last exponent are integers too.
  const bool is_integral = category == Category::kInteger && args[2].as.i > 1;
  const VtValue first = is_integral ? value_of(std::trunc(start.real)) : args[0];
  const VtValue last = is_integral ? value_of(std::trunc(end.real)) : args[1];
  const DLDataType computed = category == Category::kComplex ? kComplex128 : kFloat64;
  const Tensor exponents = linspace(first, last, args[2], computed, args[5]);
  result[0] = value_of(to(power(exponents, args[3]), dtype).release());
}

// range(start, end, step, *, dtype, device): with the end, where a step meets it.
void range(const VtValue* args, VtValue* result) {
  static const Op arange("arange.start");
  const DLDataType dtype = dtype_or_float(args[3]);
  if (dtype_info(dtype).category == Category::kBool || dtype_info(dtype).category == Category::kComplex ||
      is_float8(known_dtype_index(dtype)))
    fail(VT_ERROR_NOT_IMPLEMENTED, "range: not implemented for " + std::string(dtype_name(dtype)));
  // Of integers the ends and the step are integers too.
  const bool is_integral = dtype_info(dtype).category == Category::kInteger;
  const auto number = [&](const VtValue& v) { return is_integral ? std::trunc(number_of(v).real) : number_of(v).real; };
  const double start = number(args[0]);
  const double end = number(args[1]);
  const double step = number(args[2]);
  if (step == 0 || !std::isfinite(start) || !std::isfinite(end))
    fail(VT_ERROR_RUNTIME, "range: the ends must be finite and step must not be 0");
  if ((end - start) / step < 0) fail(VT_ERROR_RUNTIME, "range: the sign of step leads away from the end");
  const double count = std::floor((end - start) / step) + 1;
  const Tensor places = arange(value_of(int64_t{0}), value_of(count), value_of(int64_t{1}), kFloat64, args[4]);
  static const Op to("to.dtype");
  static const Op add("add");
  const Tensor values = add(calls::mul(places, value_of(step)), value_of(start));
  result[0] = value_of(to(values, dtype).release());
}

// scalar_tensor(s, *, dtype, device)
void scalar_tensor(const VtValue* args, VtValue* result) {
  static const Op full("full");
  const VtValue dtype = is_none(args[1]) ? value_of(default_dtype()) : args[1];
  result[0] = value_of(full(std::span<const int64_t>(), args[0], dtype, args[2]).release());
}

// empty_permuted(size, physical_layout, *, dtype, device)
void empty_permuted(const VtValue* args, VtValue* result) {
  static const Op strided("empty_strided");
  const auto size = ints_of(args[0]);
  const auto layout = ints_of(args[1]);
  uint64_t seen = 0;
  Ints strides(size.size());
  int64_t stride = 1;
  if (layout.size() != size.size() || size.size() > 63)
    fail(VT_ERROR_RUNTIME, "empty_permuted: there must be as many dimensions in physical_layout as sizes: got " +
                               std::to_string(layout.size()) + " and " + std::to_string(size.size()));
  for (size_t i = layout.size(); i-- > 0;) {
    const int64_t dim = layout[i];
    if (dim < 0 || dim >= static_cast<int64_t>(size.size()) || (seen >> dim & 1))
      fail(VT_ERROR_RUNTIME,
           "empty_permuted: physical_layout must hold every dimension once: got " + format_sizes(layout));
    seen |= uint64_t{1} << dim;
    strides[static_cast<size_t>(dim)] = stride;
    if (__builtin_mul_overflow(stride, std::max<int64_t>(size[static_cast<size_t>(dim)], 1), &stride))
      fail(VT_ERROR_OVERFLOW, "empty_permuted: the sizes do not fit in 64 bits: got " + format_sizes(size));
  }
  result[0] = value_of(strided(args[0], calls::span_of(strides), args[2], args[3]).release());
}

constexpr char kLogspaceDoc[] = R"(Powers of `base` whose exponents are equally far from each other, both ends included.

Parameters
----------
start, end : number
    The first and the last exponent.
steps : int
    The number of powers.
base : float
dtype : dtype, optional
    float32 by default, complex64 for complex ends. The powers are computed in float64, or complex128.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If `steps` is negative.)";
constexpr char kRangeDoc[] = R"(Numbers from `start` to `end`, which is included where a step meets it; prefer `arange`.

Parameters
----------
start, end, step : number
dtype : dtype, optional
    float32 by default.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If `step` is 0 or leads away from `end`.)";
constexpr char kScalarDoc[] = "A 0-dim tensor of a number; float32 by default.";
constexpr char kPermutedDoc[] = R"(A tensor without defined elements that is dense with its dimensions in another order.

Parameters
----------
size : sequence of int
physical_layout : sequence of int
    The dimensions from the outermost to the innermost in memory.
dtype : dtype, optional
    float32 by default.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If `physical_layout` does not hold every dimension once.)";
}  // namespace

void register_ranges(VtPlugin* plugin) {
  constexpr uint32_t kMaker = VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE | VT_OP_FACTORY;
  const OpRow ops[] = {
      {"logspace(Scalar start, Scalar end, int steps, float base=10.0, *, dtype? dtype=None, device? device=None) -> Tensor",
       kMaker, kLogspaceDoc},
      {"range(Scalar start, Scalar end, Scalar step=1, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker,
       kRangeDoc},
      {"scalar_tensor(Scalar s, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker, kScalarDoc},
      {"empty_permuted(int[] size, int[] physical_layout, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker,
       kPermutedDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow makers[] = {{"logspace", boxed<logspace>},
                                  {"range", boxed<range>},
                                  {"scalar_tensor", boxed<scalar_tensor>},
                                  {"empty_permuted", boxed<empty_permuted>}};
  register_kernels(plugin, kEveryDevice, makers);
}

}  // namespace vt::core
