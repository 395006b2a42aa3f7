// SPDX-License-Identifier: Apache-2.0
// Making tensors: empty, full and their like-forms, arange; filling in place.
#include <vt/abi/stream.h>
#include <vt/cpp/iter/progression_rules.hpp>
#include <vt/cpp/op.hpp>

#include <cmath>
#include <cstring>

#include "ops/factory.hpp"
#include "runtime/defaults.hpp"
#include "ops/loops/convert.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"
#include "runtime/device.hpp"

namespace vt::core {

VtTensor* call_op(const char* name, std::initializer_list<VtValue> args, VtTensor* destination) {
  VtValue result = value_of(destination);
  check(tables().dispatch->call_boxed(Op(name).get(), args.begin(), static_cast<int32_t>(args.size()), &result));
  return result.as.tensor;
}

void fill_tensor(VtTensor* t, const Number& value) {
  const DLDataType dtype = t->dl.dtype;
  if (!number_fits(value, dtype)) fail_number_fit("fill_", dtype);
  const VtValue destination = value_of(t);
  IterPlan p;
  plan_iteration({sizeof(VtIterConfig), 0, "fill_", &destination, 1, 1, kCommonDtype}, p, CoreIterAllocator{});
  if (is_meta(p.device)) return;
  IterPlan::NumberCell cell;
  store_number(value, dtype, cell.bytes);
  const auto index = static_cast<size_t>(dtype_index(dtype));
  const ConvertLoop loop = loops<ConvertLoops>().from_to[index][index];
  lengthen_runs(p);
  const int64_t stride = p.strides[0];
  for_each_run<1>(
      p, [&](char* const* data, int64_t n) { loop(data[0], stride, reinterpret_cast<const char*>(cell.bytes), 0, n); });
}

namespace {

constexpr Number kZero{Category::kInteger, false, 0, 0, 0};
constexpr Number kOne{Category::kInteger, false, 1, 1, 0};

DLDevice device_or_cpu(const VtValue& v) {
  const DLDevice device = is_none(v) ? DLDevice{kDLCPU, 0} : v.as.device;
  check_device(device);
  return device;
}
DLDataType dtype_or(const VtValue& v, DLDataType fallback) noexcept { return is_none(v) ? fallback : v.as.dtype; }

// A new tensor, or the out destination resized to `sizes`. Owned either way.
VtTensor* allocate_result(const char* op, std::span<const int64_t> sizes, const VtValue& dtype, DLDataType fallback,
                          const VtValue& device, const VtValue& result) {
  if (result.tag != VT_TENSOR) return empty(sizes, dtype_or(dtype, fallback), device_or_cpu(device));
  VtTensor* out = result.as.tensor;
  if (!is_none(dtype) && !same_dtype(dtype.as.dtype, out->dl.dtype))
    fail(VT_ERROR_DTYPE, std::string(op) + ": dtype and out disagree: got " + std::string(dtype_name(dtype.as.dtype)) +
                             " and " + std::string(dtype_name(out->dl.dtype)));
  if (!same_sizes(sizes_of(out), sizes)) resize(impl(out), sizes);
  retain(out);
  return out;
}

// Fills a tensor of any device; the CPU's without a second dispatch.
VtValue filled(VtTensor* owned, const Number& number, const VtValue& value) {
  Owned t(owned);
  if (is_cpu(owned) || is_meta(owned->dl.device)) {
    fill_tensor(owned, number);
  } else {
    release(call_op("fill_", {value_of(owned), value}, owned));
  }
  return value_of(t.take());
}

void empty_kernel(const VtValue* args, VtValue* result) {
  const auto sizes = ints_of(args[0]);
  const MemoryFormat format = memory_format_of("empty", args[3], MemoryFormat::kContiguous);
  if (format == MemoryFormat::kPreserve)
    fail(VT_ERROR_RUNTIME, "empty: there is no format to preserve; ask for another memory format");
  Sizes strides;
  if (format != MemoryFormat::kContiguous) strides_in("empty", sizes, format, strides);
  if (format != MemoryFormat::kContiguous && result[0].tag != VT_TENSOR) {
    result[0] = value_of(empty_strided(sizes, strides, dtype_or(args[1], default_dtype()), device_or_cpu(args[2])));
    return;
  }
  Owned out(allocate_result("empty", sizes, args[1], default_dtype(), args[2], result[0]));
  if (format != MemoryFormat::kContiguous) set_geometry(impl(out.get()), sizes, strides, out.get()->dl.data);
  result[0] = value_of(out.take());
}

void empty_strided_kernel(const VtValue* args, VtValue* result) {
  result[0] = value_of(
      empty_strided(ints_of(args[0]), ints_of(args[1]), dtype_or(args[2], default_dtype()), device_or_cpu(args[3])));
}

void zeros(const VtValue* args, VtValue* result) {
  VtTensor* out = allocate_result("zeros", ints_of(args[0]), args[1], default_dtype(), args[2], result[0]);
  result[0] = filled(out, kZero, value_of(int64_t{0}));
}

void ones(const VtValue* args, VtValue* result) {
  VtTensor* out = allocate_result("ones", ints_of(args[0]), args[1], default_dtype(), args[2], result[0]);
  result[0] = filled(out, kOne, value_of(int64_t{1}));
}

void full(const VtValue* args, VtValue* result) {
  const DLDataType dtype_of_category[] = {kBool, kInt64, default_dtype(), default_complex_dtype()};
  const Number value = number_of(args[1]);
  const DLDataType inferred = dtype_of_category[static_cast<size_t>(value.category)];
  // Refused before the destination is resized.
  const bool has_out = is_tensor(result[0]);
  if (has_out && !number_fits(value, result[0].as.tensor->dl.dtype))
    fail_number_fit("full", result[0].as.tensor->dl.dtype);
  VtTensor* out = allocate_result("full", ints_of(args[0]), args[2], inferred, args[3], result[0]);
  result[0] = filled(out, value, args[1]);
}

// self, then dtype, device and memory_format from position `first` on.
TensorImpl* like(const char* op, const VtValue* args, size_t first) {
  const VtTensor* self = args[0].as.tensor;
  const DLDevice device = is_none(args[first + 1]) ? self->dl.device : device_or_cpu(args[first + 1]);
  const MemoryFormat format = memory_format_of(op, args[first + 2], MemoryFormat::kPreserve);
  return empty_in_format(op, self, dtype_or(args[first], self->dl.dtype), device, format);
}

void empty_like_kernel(const VtValue* args, VtValue* result) { result[0] = value_of(like("empty_like", args, 1)); }
void zeros_like(const VtValue* args, VtValue* result) {
  result[0] = filled(like("zeros_like", args, 1), kZero, value_of(int64_t{0}));
}
void ones_like(const VtValue* args, VtValue* result) {
  result[0] = filled(like("ones_like", args, 1), kOne, value_of(int64_t{1}));
}
void full_like(const VtValue* args, VtValue* result) {
  result[0] = filled(like("full_like", args, 2), number_of(args[1]), args[1]);
}

void fill(const VtValue* args, VtValue* result) {
  VtTensor* out = required_destination("fill_", result[0]);
  fill_tensor(out, number_of(args[1]));
  result[0] = shared_value(out);
}

void zero(const VtValue*, VtValue* result) {
  VtTensor* out = required_destination("zero_", result[0]);
  if (is_cpu(out) || is_meta(out->dl.device)) {
    fill_tensor(out, kZero);
    result[0] = shared_value(out);
  } else {
    result[0] = value_of(call_op("fill_", {value_of(out), value_of(int64_t{0})}, out));
  }
}

uint64_t whole_part(const Number& n) noexcept {
  return n.category <= Category::kInteger ? n.bits : truncate_to_int(n.real);
}

// Number of elements of [start, end) by `step`, as PyTorch counts: in integers when the result is int64.
int64_t arange_length(const Number& start, const Number& end, const Number& step, bool integral) {
  if (!std::isfinite(start.real) || !std::isfinite(end.real))
    fail(VT_ERROR_RUNTIME,
         "arange: the range must be finite: got " + std::to_string(start.real) + " to " + std::to_string(end.real));
  if (!(step.real > 0 || step.real < 0)) fail(VT_ERROR_RUNTIME, "arange: step must not be zero");
  if (step.real > 0 ? end.real < start.real : end.real > start.real)
    fail(VT_ERROR_RUNTIME, "arange: the sign of step leads away from end: got " + std::to_string(start.real) + " to " +
                               std::to_string(end.real) + " by " + std::to_string(step.real));
  if (integral) {
    const auto by = static_cast<int64_t>(whole_part(step));
    if (by == 0) fail(VT_ERROR_RUNTIME, "arange: step must not be zero: it is truncated to an integer");
    int64_t span = 0;
    if (__builtin_sub_overflow(static_cast<int64_t>(whole_part(end)), static_cast<int64_t>(whole_part(start)), &span))
      fail(VT_ERROR_OVERFLOW, "arange: the number of elements does not fit in 63 bits");
    return span / by + (span % by != 0);
  }
  const double length = std::ceil((end.real - start.real) / step.real);
  if (!(length < 0x1p62)) fail(VT_ERROR_OVERFLOW, "arange: the number of elements does not fit in 63 bits");
  return static_cast<int64_t>(length);
}

// Element i is start + i step for the first `num_from_start`, and end + (i - last) step for the others. Whole numbers are
// computed modulo 2^64, others in float64.
struct Progression {
  VtValue start;
  VtValue step;
  VtValue end;
  int64_t num_from_start;

  bool is_whole() const noexcept { return start.tag == VT_INT; }
};

void fill_dense(VtTensor* t, const Progression& p) {
  constexpr int64_t kStep = 512;
  const bool is_whole = p.is_whole();
  const auto source = static_cast<size_t>(dtype_index(is_whole ? kInt64 : kFloat64));
  const ConvertLoop store = loops<ConvertLoops>().from_to[static_cast<size_t>(dtype_index(t->dl.dtype))][source];
  const int64_t itemsize = itemsize_of(t->dl.dtype);
  const int64_t last = t->numel - 1;
  parallel_for(0, t->numel, kGrain, [&](int64_t begin, int64_t end) {
    union {
      uint64_t integers[kStep];
      double doubles[kStep];
    } values;
    for (int64_t i = begin; i < end;) {
      const bool low = i < p.num_from_start;
      const auto n = static_cast<int32_t>(std::min(kStep, (low ? std::min(p.num_from_start, end) : end) - i));
      const VtValue& origin = low ? p.start : p.end;
      const int64_t place = low ? i : i - last;
      if (is_whole) {
        const auto step = static_cast<uint64_t>(p.step.as.i);
        uint64_t value = static_cast<uint64_t>(origin.as.i) + static_cast<uint64_t>(place) * step;
        for (int32_t k = 0; k < n; ++k, value += step) values.integers[k] = value;
      } else {
        const auto first = static_cast<double>(place);
        for (int32_t k = 0; k < n; ++k) values.doubles[k] = origin.as.f + (first + k) * p.step.as.f;
      }
      store(static_cast<char*>(t->dl.data) + i * itemsize, itemsize, reinterpret_cast<const char*>(&values), 8, n);
      i += n;
    }
  });
}

constexpr const char* kFillProgression = "_fill_progression_";

// On a device that has no kernel for it, on the host and copied.
void fill_progression(VtTensor* t, const Progression& p) {
  if (is_meta(t->dl.device)) return;
  const bool is_on_host =
      is_cpu(t) || tables().dispatch->has_kernel(Op(kFillProgression).get(), t->dl.device.device_type) == 0;
  const bool is_in_place = (t->flags & VT_TENSOR_CONTIGUOUS) && is_cpu(t) == is_on_host;
  Owned apart(is_in_place ? nullptr : empty(sizes_of(t), t->dl.dtype, is_on_host ? DLDevice{kDLCPU, 0} : t->dl.device));
  VtTensor* dense = is_in_place ? t : apart.get();
  if (is_on_host) {
    fill_dense(dense, p);
  } else if (dense->numel > 0) {
    release(call_op(kFillProgression, {value_of(dense), p.start, p.step, p.end, value_of(p.num_from_start)}, dense));
  }
  if (!is_in_place) copy_tensor(t, dense, false);
}

// _fill_progression_(self, start, step, end, num_from_start)
void fill_progression_kernel(const VtValue* args, VtValue* result) {
  VtTensor* out = required_destination(kFillProgression, result[0]);
  check_progression(args, out);
  if (!is_meta(out->dl.device)) fill_dense(out, {args[1], args[2], args[3], args[4].as.i});
  result[0] = shared_value(out);
}

void arange(const VtValue& start_value, const VtValue& end_value, const VtValue& step_value, const VtValue& dtype_value,
            const VtValue& device, VtValue* result) {
  const Number start = number_of(start_value);
  const Number end = number_of(end_value);
  const Number step = number_of(step_value);
  Category category = Category::kBool;
  for (const Number& n : {start, end, step}) category = std::max(category, n.category);
  if (category == Category::kComplex) fail(VT_ERROR_RUNTIME, "arange: complex limits are not ordered; use real ones");
  const DLDataType inferred = category <= Category::kInteger ? kInt64 : default_dtype();
  const DLDataType dtype = result[0].tag == VT_TENSOR ? result[0].as.tensor->dl.dtype : dtype_or(dtype_value, inferred);
  const DtypeIndex index = known_dtype_index(dtype);
  if (category_of(index) == Category::kBool || category_of(index) == Category::kComplex || is_float8(index))
    fail(VT_ERROR_NOT_IMPLEMENTED, "arange: not implemented for " + std::string(dtype_name(dtype)));
  const int64_t length = arange_length(start, end, step, index == DtypeIndex::kInt64);
  Owned out(allocate_result("arange", {&length, 1}, dtype_value, inferred, device, result[0]));
  const auto number = [&](const Number& n) {
    return category_of(index) == Category::kInteger ? value_of(static_cast<int64_t>(whole_part(n))) : value_of(n.real);
  };
  fill_progression(out.get(), {number(start), number(step), number(end), length});
  result[0] = value_of(out.take());
}

void arange_end(const VtValue* args, VtValue* result) {
  arange(value_of(int64_t{0}), args[0], value_of(int64_t{1}), args[1], args[2], result);
}
void arange_start(const VtValue* args, VtValue* result) { arange(args[0], args[1], args[2], args[3], args[4], result); }

// Zeros, and ones written through a view of the diagonal.
void eye(const VtValue* args, VtValue* result) {
  const int64_t sizes[2] = {args[0].as.i, is_none(args[1]) ? args[0].as.i : args[1].as.i};
  for (const int64_t size : sizes)
    if (size < 0) fail(VT_ERROR_RUNTIME, "eye: sizes must not be negative: got " + std::to_string(size));
  Owned out(call_op("zeros", {value_of(std::span<const int64_t>(sizes)), args[2], args[3]}));
  const int64_t length = std::min(sizes[0], sizes[1]);
  if (length > 0) {
    const int64_t stride = sizes[1] + 1;
    const Owned diagonal(make_view(impl(out.get()), {&length, 1}, {&stride, 1}, 0, out.get()->dl.dtype));
    release(call_op("fill_", {value_of(diagonal.get()), value_of(int64_t{1})}, diagonal.get()));
  }
  result[0] = value_of(out.take());
}

// linspace of complex numbers: that of the real and that of the imaginary parts.
void complex_linspace(const VtValue* args, const Number& start, const Number& end, VtValue* result) {
  static const Op linspace("linspace");
  static const Op complex("complex");
  static const Op to("to.dtype");
  const DLDataType dtype = dtype_or(args[3], default_complex_dtype());
  if (dtype_info(known_dtype_index(dtype)).category != Category::kComplex)
    fail(VT_ERROR_RUNTIME, "linspace: complex ends need a complex dtype: got " + std::string(dtype_name(dtype)));
  const auto part = [&](double from, double until) { return linspace(from, until, args[2], kFloat64, args[4]); };
  result[0] = value_of(to(complex(part(start.real, end.real), part(start.imag, end.imag)), dtype).release());
}

void linspace(const VtValue* args, VtValue* result) {
  const Number start = number_of(args[0]);
  const Number end = number_of(args[1]);
  const int64_t steps = args[2].as.i;
  const DLDataType dtype = dtype_or(args[3], default_dtype());
  const DtypeIndex index = known_dtype_index(dtype);
  if (category_of(index) == Category::kBool || is_float8(index))
    fail(VT_ERROR_NOT_IMPLEMENTED, "linspace: not implemented for " + std::string(dtype_name(dtype)));
  if (steps < 0) fail(VT_ERROR_RUNTIME, "linspace: steps must not be negative: got " + std::to_string(steps));
  if (std::max({category_of(index), start.category, end.category}) == Category::kComplex)
    return complex_linspace(args, start, end, result);
  // Of integers the ends are integers too.
  const bool is_integral = category_of(index) == Category::kInteger && steps > 1;
  const double first = is_integral ? std::trunc(start.real) : start.real;
  const double last = is_integral ? std::trunc(end.real) : end.real;
  Owned out(empty({&steps, 1}, dtype, device_or_cpu(args[4])));
  // Counted from the nearer end, so that both ends are exact.
  const double step = steps > 1 ? (last - first) / static_cast<double>(steps - 1) : 0;
  fill_progression(out.get(), {value_of(first), value_of(step), value_of(last), steps > 0 ? (steps - 1) / 2 + 1 : 0});
  result[0] = value_of(out.take());
}

constexpr char kProgressionDoc[] =
    R"(Writes ``start + i * step`` into the first `num_from_start` elements, ``end + (i - last) * step`` into the others.

Whole numbers are computed modulo 2**64, others in float64; `self` is contiguous. What `arange` and `linspace` fill with.)";
constexpr char kEyeDoc[] = R"(Ones on the diagonal of a matrix of zeros.

Parameters
----------
n : int
    Rows.
m : int, optional
    Columns; as many as rows by default.
dtype : dtype, optional
    float32 by default.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If a size is negative.)";
constexpr char kLinspaceDoc[] = R"(`steps` values at equal distances from `start` to `end`, both included.

Parameters
----------
start, end : Scalar
    Complex ones give a complex result.
steps : int
    One step gives `start`.
dtype : dtype, optional
    float32 by default, complex64 for complex ends. Of integers the ends are truncated first, and what lies between them after.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If `steps` is negative, or `dtype` is real and an end is complex.
NotImplementedError
    For bool and float8.

Notes
-----
Computed in float64 from the nearer end and rounded once.)";
constexpr char kEmptyDoc[] = R"(A tensor whose elements are not initialised.

Parameters
----------
size : sequence of int
dtype : dtype, optional
    float32 by default.
device : device, optional
    The CPU by default.
memory_format : memory_format, optional
    Row-major by default.

Raises
------
RuntimeError
    If a size is negative, or the format is for another number of dimensions.
OverflowError
    If the byte size does not fit in 63 bits.)";
constexpr char kEmptyStridedDoc[] = R"(A tensor of the given sizes and strides (in elements), not initialised.

Strides may make elements overlap, as those of an expanded tensor do.)";
constexpr char kZerosDoc[] = "A tensor filled with zeros; float32 on the CPU by default.";
constexpr char kOnesDoc[] = "A tensor filled with ones; float32 on the CPU by default.";
constexpr char kFullDoc[] = R"(A tensor filled with `fill_value`.

Without `dtype` the value decides: bool, int64, float32 or complex64.

Raises
------
RuntimeError
    If the dtype cannot hold the value.)";
constexpr char kLikeDoc[] = R"(Of the sizes and, where they are dense, the strides of `self`.

dtype and device are those of `self` unless given; `memory_format` asks for another layout.)";
constexpr char kFillDoc[] = R"(Sets every element of `self` to `value`.

Raises
------
RuntimeError
    If the dtype of `self` cannot hold the value.)";
constexpr char kZeroDoc[] = "Sets every element of `self` to zero.";
constexpr char kArangeDoc[] = R"(The values start, start + step, ... below `end` (above it when `step` is negative).

Without `dtype` the result is int64 when all limits are integers, else float32. Element i is `start + i * step`,
computed in int64 or float64 and rounded once.)";

}  // namespace

void register_factory(VtPlugin* plugin) {
  constexpr uint32_t kMaker = VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE | VT_OP_FACTORY;
  const OpRow ops[] = {
      {"empty(int[] size, *, dtype? dtype=None, device? device=None, memory_format? memory_format=None) -> Tensor",
       kMaker | VT_OP_OUT, kEmptyDoc},
      {"empty_strided(int[] size, int[] stride, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker,
       kEmptyStridedDoc},
      {"zeros(int[] size, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker | VT_OP_OUT, kZerosDoc},
      {"ones(int[] size, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker | VT_OP_OUT, kOnesDoc},
      {"full(int[] size, Scalar fill_value, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker | VT_OP_OUT,
       kFullDoc},
      {"empty_like(Tensor self, *, dtype? dtype=None, device? device=None, memory_format? memory_format=None) -> Tensor",
       kMaker, kLikeDoc},
      {"zeros_like(Tensor self, *, dtype? dtype=None, device? device=None, memory_format? memory_format=None) -> Tensor",
       kMaker, kLikeDoc},
      {"ones_like(Tensor self, *, dtype? dtype=None, device? device=None, memory_format? memory_format=None) -> Tensor",
       kMaker, kLikeDoc},
      {"full_like(Tensor self, Scalar fill_value, *, dtype? dtype=None, device? device=None, "
       "memory_format? memory_format=None) -> Tensor",
       kMaker, kLikeDoc},
      {"arange(Scalar end, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker | VT_OP_OUT, kArangeDoc},
      {"arange.start(Scalar start, Scalar end, Scalar step=1, *, dtype? dtype=None, device? device=None) -> Tensor",
       kMaker | VT_OP_OUT, kArangeDoc},
      {"eye(int n, int? m=None, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker, kEyeDoc},
      {"linspace(Scalar start, Scalar end, int steps, *, dtype? dtype=None, device? device=None) -> Tensor", kMaker,
       kLinspaceDoc},
      {"fill_(Tensor self, Scalar value) -> Tensor", VT_OP_INPLACE_ONLY | VT_OP_METHOD, kFillDoc},
      {"_fill_progression_(Tensor self, Scalar start, Scalar step, Scalar end, int num_from_start) -> Tensor",
       VT_OP_INPLACE_ONLY | VT_OP_NOT_DIFFERENTIABLE, kProgressionDoc},
      {"zero_(Tensor self) -> Tensor", VT_OP_INPLACE_ONLY | VT_OP_METHOD, kZeroDoc},
  };
  define_ops(plugin, ops);
  // Makers allocate on any device and leave the filling to fill_, the one row a device must bring, and to _fill_progression_.
  const vt::KernelRow makers[] = {
      {"empty", boxed<empty_kernel>},
      {"empty_strided", boxed<empty_strided_kernel>},
      {"zeros", boxed<zeros>},
      {"ones", boxed<ones>},
      {"full", boxed<full>},
      {"empty_like", boxed<empty_like_kernel>},
      {"zeros_like", boxed<zeros_like>},
      {"ones_like", boxed<ones_like>},
      {"full_like", boxed<full_like>},
      {"arange", boxed<arange_end>},
      {"arange.start", boxed<arange_start>},
      {"eye", boxed<eye>},
      {"linspace", boxed<linspace>},
      {"zero_", boxed<zero>},
  };
  register_kernels(plugin, kEveryDevice, makers);
  const vt::KernelRow kernels[] = {{"fill_", boxed<fill>}, {kFillProgression, boxed<fill_progression_kernel>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  register_factory_new(plugin);
}

}  // namespace vt::core
