// SPDX-License-Identifier: Apache-2.0
// Running sums, products, exponential sums and extremes on the CPU: lines side by side along one dimension.
#include <vt/cpp/iter/scan_rules.hpp>
#include <vt/cpp/op.hpp>

#include "ops/loops/scan.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

// Row-major tensors of one dtype are walked along `lines`, backwards with `reverse`: body(offset of the first element in bytes,
// the lines). Lines that are not neighbours in memory come one at a time, neighbours as columns.
template <class Body>
void for_each_scan(const Lines& lines, int64_t itemsize, bool reverse, Body&& body) {
  if (lines.length == 0) return;
  constexpr int64_t kShortLine = 8;
  if (lines.inner == 1 && lines.length < kShortLine) {  // side by side, though they are no neighbours
    const int64_t line = lines.length * itemsize;
    const int64_t first = reverse ? line - itemsize : 0;
    const int64_t step = reverse ? -itemsize : itemsize;
    parallel_for(0, lines.outer, kGrain / kShortLine, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i += kScanColumns)
        body(first + i * line, ScanLines{lines.length, std::min(kScanColumns, end - i), step, step, line, line});
    });
    return;
  }
  const int64_t block = std::min(kScanColumns, lines.inner);
  const int64_t per_row = block == 0 ? 0 : (lines.inner + block - 1) / block;
  const int64_t step = lines.inner * itemsize;
  const int64_t work = std::max<int64_t>(block * lines.length, 1);
  parallel_for(0, lines.outer * per_row, std::max<int64_t>(kGrain / work, 1), [&](int64_t begin, int64_t end) {
    for (int64_t job = begin; job < end; ++job) {
      const int64_t column = job % per_row * block;
      const int64_t first = (job / per_row * lines.length + (reverse ? lines.length - 1 : 0)) * lines.inner + column;
      const int64_t signed_step = reverse ? -step : step;
      body(first * itemsize, ScanLines{lines.length, std::min(block, lines.inner - column), signed_step, signed_step,
                                       itemsize, itemsize});
    }
  });
}

// `t` row-major in a dtype.
Tensor dense(VtTensor* t, DLDataType dtype) {
  if (same_dtype(t->dl.dtype, dtype) && (t->flags & VT_TENSOR_CONTIGUOUS)) return Tensor::share(t);
  Tensor out = Tensor::steal(empty(sizes_of(t), dtype, t->dl.device));
  copy_tensor(out.get(), t, false);
  return out;
}

// The result of a scan: a new tensor, written whole before it reaches a destination, which may share memory with the input.
class ScanResult {
 public:
  ScanResult(const char* op, const VtTensor* self, const VtValue& destination, DLDataType dtype)
      : destination_(is_tensor(destination) ? destination.as.tensor : nullptr) {
    check_destination_dtype(op, destination, dtype);
    if (destination_) check_writable(op, destination_);
    sizes_.assign(sizes_of(self));
    if (!destination_ || !is_meta(self->dl.device)) out_ = Tensor::steal(empty(sizes_, dtype, self->dl.device));
  }
  char* data() const noexcept { return out_.data<char>(); }
  VtValue finish() {
    if (!destination_) return value_of(out_.release());
    if (!same_sizes(sizes_of(destination_), sizes_)) resize(impl(destination_), sizes_);
    if (out_) copy_tensor(destination_, out_.get(), false);
    return shared_value(destination_);
  }

 private:
  Sizes sizes_;
  Tensor out_;
  VtTensor* destination_;
};

// A scan of one result, in `dtype`.
void run_scan(const char* op, const VtValue* args, VtValue* result, DLDataType dtype, ScanLoop loop) {
  VtTensor* self = args[0].as.tensor;
  const int32_t dim = wrap_dim(op, args[1].as.i, self->dl.ndim);
  ScanResult out(op, self, result[0], dtype);
  if (!is_meta(self->dl.device)) {
    const Tensor input = dense(self, dtype);
    for_each_scan(lines_of(sizes_of(self), dim), itemsize_of(dtype), false, [&](int64_t first, const ScanLines& lines) {
      loop(input.data<char>() + first, out.data() + first, lines);
    });
  }
  result[0] = out.finish();
}

// cumsum(self, dim, *, dtype), cumprod
template <bool kProduct>
void accumulate(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = kProduct ? "cumprod" : "cumsum";
  const DLDataType dtype = accumulated_dtype(kOp, args, result[0]);
  const ScanLoops& table = loops<ScanLoops>();
  const auto index = static_cast<size_t>(dtype_index(dtype));
  run_scan(kOp, args, result, dtype, kProduct ? table.product[index] : table.sum[index]);
}

// logcumsumexp(self, dim)
void logcumsumexp(const VtValue* args, VtValue* result) {
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  vt::detail::check_scanned_floats("logcumsumexp", dtype);
  const ScanLoop loop = loops<ScanLoops>().logsumexp[static_cast<size_t>(dtype_index(dtype))];
  run_scan("logcumsumexp", args, result, dtype, loop);
}

// cummax(self, dim) -> (values, indices), cummin
template <bool kLargest>
void extremes(const VtValue* args, VtValue* results) {
  constexpr const char* kOp = kLargest ? "cummax" : "cummin";
  VtTensor* self = args[0].as.tensor;
  const DLDataType dtype = self->dl.dtype;
  vt::detail::check_scanned(kOp, dtype, false);
  const int32_t dim = wrap_dim(kOp, args[1].as.i, self->dl.ndim);
  ScanResult values(kOp, self, results[0], dtype);
  ScanResult places(kOp, self, results[1], kInt64);
  if (!is_meta(self->dl.device)) {
    const Tensor input = dense(self, dtype);
    const int64_t itemsize = itemsize_of(dtype);
    const PlaceScanLoop loop = loops<ScanLoops>().extreme[kLargest][static_cast<size_t>(dtype_index(dtype))];
    for_each_scan(lines_of(sizes_of(self), dim), itemsize, false, [&](int64_t first, const ScanLines& lines) {
      loop(input.data<char>() + first, values.data() + first,
           reinterpret_cast<int64_t*>(places.data()) + first / itemsize, lines);
    });
  }
  results[0] = values.finish();
  results[1] = places.finish();
}

// running_affine(self, factors, dim, reverse)
void running_affine(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "running_affine";
  check_affine(args);
  VtTensor* self = args[0].as.tensor;
  const DLDataType dtype = self->dl.dtype;
  const AffineScanLoop loop = loops<ScanLoops>().affine[static_cast<size_t>(dtype_index(dtype))];
  const int32_t dim = wrap_dim(kOp, args[2].as.i, self->dl.ndim);
  ScanResult out(kOp, self, result[0], dtype);
  if (!is_meta(self->dl.device)) {
    const Tensor input = dense(self, dtype);
    const Tensor dense_factors = dense(args[1].as.tensor, dtype);
    for_each_scan(lines_of(sizes_of(self), dim), itemsize_of(dtype), args[3].as.i != 0,
                  [&](int64_t first, const ScanLines& lines) {
                    loop(input.data<char>() + first, dense_factors.data<char>() + first, out.data() + first, lines);
                  });
  }
  result[0] = out.finish();
}

constexpr char kCumsumDoc[] = R"(The running sums of `self` along one dimension.

Parameters
----------
self : Tensor
    Any dtype but float8.
dim : int
dtype : dtype, optional
    Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

Returns
-------
Tensor
    Row-major. Floating dtypes add in float64 and round each sum once.

Raises
------
IndexError
    If the dimension is out of range.)";

constexpr char kCumprodDoc[] = R"(The running products of `self` along one dimension.

Parameters
----------
self : Tensor
    Any dtype but float8.
dim : int
dtype : dtype, optional
    Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

Returns
-------
Tensor
    Row-major. Floating dtypes multiply in float64 and round each product once.

Raises
------
IndexError
    If the dimension is out of range.)";

constexpr char kLogCumsumExpDoc[] =
    R"(The logarithms of the running sums of exponentials: ``log(cumsum(exp(self), dim))``.

Parameters
----------
self : Tensor
    A floating or complex dtype but float8.
dim : int

Returns
-------
Tensor
    Row-major; no exponential overflows on the way.

Raises
------
IndexError
    If the dimension is out of range.)";

constexpr char kCummaxDoc[] = R"(The largest elements so far along one dimension, and where they are.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int

Returns
-------
values : Tensor
    Row-major. A NaN prevails.
indices : Tensor
    int64; of equal elements the last one so far.

Raises
------
IndexError
    If the dimension is out of range.)";

constexpr char kCumminDoc[] =
    R"(The smallest elements so far along one dimension, and where they are; otherwise as `cummax`.)";

constexpr char kAffineDoc[] = R"(Linear recurrences along one dimension: ``out[i] = self[i] + factors[i] * out[i - 1]``.

What the gradients of running products and exponential sums are made of: no division, no overflow.

Parameters
----------
self : Tensor
    A floating or complex dtype but float8.
factors : Tensor
    Like `self`.
dim : int
reverse : bool
    From the other end: ``out[i] = self[i] + factors[i] * out[i + 1]``.

Returns
-------
Tensor
    Row-major; computed in float64. Nothing comes before the first element, whatever its factor is.

Raises
------
RuntimeError
    If sizes or dtypes differ.)";

}  // namespace

void register_scan(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_OUT | kFunctionAndMethod;
  const OpRow ops[] = {
      {"cumsum(Tensor self, int dim, *, dtype? dtype=None) -> Tensor", VT_OP_INPLACE | kFlags, kCumsumDoc},
      {"cumprod(Tensor self, int dim, *, dtype? dtype=None) -> Tensor", VT_OP_INPLACE | kFlags, kCumprodDoc},
      {"logcumsumexp(Tensor self, int dim) -> Tensor", kFlags, kLogCumsumExpDoc},
      {"cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)", kFlags, kCummaxDoc},
      {"cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)", kFlags, kCumminDoc},
      {"running_affine(Tensor self, Tensor factors, int dim, bool reverse=False) -> Tensor", VT_OP_FUNCTION,
       kAffineDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"cumsum", boxed<accumulate<false>>},  {"cumprod", boxed<accumulate<true>>},
                                   {"logcumsumexp", boxed<logcumsumexp>}, {"cummax", boxed<extremes<true>>},
                                   {"cummin", boxed<extremes<false>>},    {"running_affine", boxed<running_affine>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
