// SPDX-License-Identifier: Apache-2.0
// Pooling on the CPU: the inner ops (Note [Pooling] in vt/cpp/spatial/pool.hpp).
#include "ops/pool.hpp"

#include <vt/cpp/spatial/pool.hpp>

#include <atomic>
#include <memory>

#include "ops/loops/pool.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

using pool::Axis;
using pool::Kind;
using pool::Shape;

// The windows of an axis, one after the other.
std::vector<PoolSpan> spans_of(const Axis& axis, bool with_padding, double sample, bool single) {
  std::vector<PoolSpan> spans(static_cast<size_t>(axis.out));
  for (int64_t o = 0; o < axis.out; ++o) {
    const pool::Span span =
        single ? pool::window_of(axis, o, static_cast<float>(sample)) : pool::window_of(axis, o, sample);
    spans[static_cast<size_t>(o)] = {span.begin, span.end, pool::count_of(axis, o, with_padding)};
  }
  return spans;
}

// A pooling's rows and the windows that they point to.
class Work {
 public:
  Work(const Shape& shape, const Tensor& data, const Tensor& result, pool::Divisor divisor = {false, 0}) {
    for (size_t d = 0; d < 3; ++d) {
      const Axis& axis = shape.axes[d];
      if (axis.kind != Kind::kFractional) windows_[d] = spans_of(axis, divisor.with_padding, 0, true);
      rows.in[d] = axis.in;
      rows.out[d] = axis.out;
      rows.step[d] = pool::step_of(axis);
      rows.spans[d] = windows_[d].data();
    }
    const Axis& last = shape.axes[2];
    rows.kernel = last.kernel;
    rows.stride = last.stride;
    rows.padding = last.padding;
    rows.divisor = divisor.fixed;
    rows.data = data->dl.data;
    rows.result = result->dl.data;
    rows.indices = nullptr;
    rows.uniform_begin = rows.uniform_end = last.out;
    if (last.kind == Kind::kRegular) {
      // Windows that neither begin before the input nor end behind it.
      const int64_t reach = (last.kernel - 1) * last.dilation;
      const int64_t room = last.in - 1 + last.padding - reach;
      rows.uniform_begin = std::min((last.padding + last.stride - 1) / last.stride, last.out);
      rows.uniform_end = room < 0 ? 0 : std::min(room / last.stride + 1, last.out);
      rows.uniform_end = std::max(rows.uniform_begin, rows.uniform_end);
    }
  }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  PoolRows rows;

 private:
  std::vector<PoolSpan> windows_[3];
};

// Room for `num` elements of any compute dtype.
std::unique_ptr<double[]> room_for(int64_t num) {
  return std::make_unique_for_overwrite<double[]>(static_cast<size_t>(num));
}

// Rows of the result that are some 10 us of work.
int64_t grain_of(const Shape& shape) noexcept {
  const int64_t rows = std::max<int64_t>(shape.axes[0].out * shape.axes[1].out, 1);
  return rows_per_grain(std::max(shape.in_volume() / rows, shape.axes[2].in + shape.axes[2].out));
}

void maxima(const Shape& shape, const Tensor& input, const Tensor& samples, const Tensor& out, const Tensor& indices) {
  const PoolLoop loop = loops<PoolLoops>().max[static_cast<size_t>(dtype_index(out.dtype()))];
  Work work(shape, input, out);
  work.rows.indices = static_cast<int64_t*>(rows::data_of(indices));
  const int64_t rows = shape.axes[0].out * shape.axes[1].out;
  if (!samples) {
    parallel_for(0, shape.planes * rows, grain_of(shape), [&](int64_t begin, int64_t end) {
      const auto scratch = room_for(shape.axes[2].in);
      loop(work.rows, begin, end, scratch.get());
    });
    return;
  }
  // Each plane has windows of its own.
  const bool single = !same_dtype(samples.dtype(), kFloat64);
  const auto sample = [&](int64_t at) {
    return single ? static_cast<double>(samples.data<float>()[at]) : samples.data<double>()[at];
  };
  parallel_for(0, shape.planes, std::max<int64_t>(grain_of(shape) / rows, 1), [&](int64_t begin, int64_t end) {
    for (int64_t plane = begin; plane < end; ++plane) {
      PoolRows own = work.rows;
      std::vector<PoolSpan> windows[3];
      for (size_t d = 3 - shape.rank; d < 3; ++d) {
        windows[d] = spans_of(shape.axes[d], false, sample(pool::sample_place(shape.rank, plane, d)), single);
        own.spans[d] = windows[d].data();
      }
      loop(own, plane * rows, (plane + 1) * rows, nullptr);
    }
  });
}

[[noreturn]] void fail_index(const char* op, const Tensor& indices, int64_t volume) {
  const auto* index = indices.data<const int64_t>();
  const auto* bad = std::find_if(index, index + indices.numel(), [volume](int64_t i) { return i < 0 || i >= volume; });
  fail(VT_ERROR_RUNTIME, std::string(op) + ": indices must count elements of a plane: got " + std::to_string(*bad) +
                             ", expected 0 to " + std::to_string(volume - 1));
}

// Values to their indices, plane by plane.
void scatter(const char* op, PoolScatterLoop loop, int64_t planes, const Tensor& values, const Tensor& indices,
             const Tensor& out) {
  const int64_t num = values.numel() / planes;
  const int64_t volume = out.numel() / planes;
  const int64_t itemsize = itemsize_of(out.dtype());
  std::atomic<bool> valid = true;
  parallel_for(0, planes, rows_per_grain(volume), [&](int64_t begin, int64_t end) {
    const auto scratch = room_for(itemsize < 4 ? volume : 0);
    for (int64_t plane = begin; plane < end; ++plane)
      if (!loop(values.data<const char>() + plane * num * itemsize, indices.data<const int64_t>() + plane * num, num,
                out.data<char>() + plane * volume * itemsize, volume, scratch.get()))
        valid.store(false, std::memory_order_relaxed);
  });
  if (!valid.load(std::memory_order_relaxed)) fail_index(op, indices, volume);
}

void max_gradient(const Shape& shape, const Tensor& grad, const Tensor& indices, const Tensor&, const Tensor& out) {
  scatter("max_pool", loops<PoolLoops>().add[static_cast<size_t>(dtype_index(out.dtype()))], shape.planes, grad,
          indices, out);
}

void unpooled(const Shape& shape, const Tensor& values, const Tensor& indices, const Tensor& out) {
  scatter("max_unpool", loops<PoolLoops>().place[static_cast<size_t>(dtype_index(out.dtype()))], shape.planes, values,
          indices, out);
}

void means(const Shape& shape, pool::Divisor divisor, const Tensor& input, const Tensor& out) {
  const PoolLoop loop = loops<PoolLoops>().mean[static_cast<size_t>(dtype_index(out.dtype()))];
  const Work work(shape, input, out, divisor);
  parallel_for(0, shape.planes * shape.axes[0].out * shape.axes[1].out, grain_of(shape),
               [&](int64_t begin, int64_t end) {
                 const auto scratch = room_for(shape.axes[2].in);
                 loop(work.rows, begin, end, scratch.get());
               });
}

void mean_gradient(const Shape& shape, pool::Divisor divisor, const Tensor& grad, const Tensor& out) {
  const PoolSpreadLoop loop = loops<PoolLoops>().spread_mean[static_cast<size_t>(dtype_index(out.dtype()))];
  const Work work(shape, grad, out, divisor);
  const int64_t volume = shape.in_volume();
  const int64_t room = shape.axes[2].in + shape.axes[2].out + (itemsize_of(out.dtype()) < 4 ? volume : 0);
  parallel_for(0, shape.planes, rows_per_grain(volume), [&](int64_t begin, int64_t end) {
    const auto scratch = room_for(room);
    loop(work.rows, begin, end, scratch.get());
  });
}

void native_max_pool(const VtValue* args, VtValue* result) { pool::max_forward(args, result, maxima); }
void native_adaptive_max_pool(const VtValue* args, VtValue* result) {
  pool::adaptive_max_forward(args, result, maxima);
}
void native_fractional_max_pool(const VtValue* args, VtValue* result) {
  pool::fractional_max_forward(args, result, maxima);
}
void native_max_pool_backward(const VtValue* args, VtValue* result) { pool::max_backward(args, result, max_gradient); }
void native_adaptive_max_pool_backward(const VtValue* args, VtValue* result) {
  pool::adaptive_max_backward(args, result, max_gradient);
}
void native_fractional_max_pool_backward(const VtValue* args, VtValue* result) {
  pool::fractional_max_backward(args, result, max_gradient);
}
void native_max_unpool(const VtValue* args, VtValue* result) { pool::unpool(args, result, unpooled); }
void native_avg_pool(const VtValue* args, VtValue* result) { pool::mean_forward(args, result, means); }
void native_avg_pool_backward(const VtValue* args, VtValue* result) {
  pool::mean_backward(args, result, mean_gradient);
}
void native_adaptive_avg_pool(const VtValue* args, VtValue* result) {
  pool::adaptive_mean_forward(args, result, means);
}
void native_adaptive_avg_pool_backward(const VtValue* args, VtValue* result) {
  pool::adaptive_mean_backward(args, result, mean_gradient);
}

constexpr char kMaxDoc[] = R"(The greatest element of each window, in as many dimensions as `kernel_size` has numbers.

As `max_pool1d`, `max_pool2d` and `max_pool3d`, whose arguments it takes.

Parameters
----------
self : Tensor
kernel_size : int[]
stride : int[], optional
padding, dilation : int[]
ceil_mode : bool
with_indices : bool
    Whether to say where each one stood, as a gradient needs to know.

Returns
-------
out : Tensor
indices : Tensor or None
    int64: the element's number in its plane.)";
constexpr char kAdaptiveMaxDoc[] =
    R"(The greatest element of each of as many windows as `output_size` says, and where it stood.

As `adaptive_max_pool1d`, `adaptive_max_pool2d` and `adaptive_max_pool3d`.)";
constexpr char kFractionalMaxDoc[] = R"(The greatest element of each of windows that samples place, and where it stood.

As `fractional_max_pool2d` and `fractional_max_pool3d`.)";
constexpr char kMaxBackwardDoc[] =
    R"(The gradient of pooled maxima: each goes to the element at its index; half types are added in float32.

Parameters
----------
grad : Tensor
    float16, bfloat16, float32 or float64.
indices : Tensor
    Those that the forward returned.
input_size : int[]

Raises
------
RuntimeError
    If an index is outside of its plane, on the CPU. On CUDA one that no window reaches counts for nothing.)";
constexpr char kUnpoolDoc[] =
    R"(Zeros of `output_size` with the values at their indices, in as many dimensions as that has numbers.

As `max_unpool1d`, `max_unpool2d` and `max_unpool3d`.)";
constexpr char kMeanDoc[] = R"(The mean of each window, in as many dimensions as `kernel_size` has numbers.

As `avg_pool1d`, `avg_pool2d` and `avg_pool3d`, whose arguments it takes.)";
constexpr char kMeanBackwardDoc[] =
    R"(The gradient of pooled means: each is spread evenly over its window; half types are added in float32.)";
constexpr char kAdaptiveMeanDoc[] = R"(The mean of each of as many windows as `output_size` says.

As `adaptive_avg_pool1d`, `adaptive_avg_pool2d` and `adaptive_avg_pool3d`.)";

}  // namespace

void register_pool(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"native_max_pool(Tensor self, int[] kernel_size, int[]? stride, int[] padding, int[] dilation, bool ceil_mode, bool "
       "with_indices) -> (Tensor out, Tensor? indices)",
       VT_OP_FUNCTION, kMaxDoc},
      {"native_max_pool_backward(Tensor grad, Tensor indices, int[] input_size, int[] kernel_size, int[]? stride, int[] "
       "padding, int[] dilation, bool ceil_mode) -> Tensor",
       VT_OP_FUNCTION, kMaxBackwardDoc},
      {"native_adaptive_max_pool(Tensor self, int[] output_size) -> (Tensor out, Tensor indices)", VT_OP_FUNCTION,
       kAdaptiveMaxDoc},
      {"native_adaptive_max_pool_backward(Tensor grad, Tensor indices, int[] input_size, int[] output_size) -> Tensor",
       VT_OP_FUNCTION, kMaxBackwardDoc},
      {"native_fractional_max_pool(Tensor self, int[] kernel_size, int[] output_size, Tensor random_samples) -> (Tensor "
       "out, Tensor indices)",
       VT_OP_FUNCTION, kFractionalMaxDoc},
      {"native_fractional_max_pool_backward(Tensor grad, Tensor indices, int[] input_size, int[] kernel_size, int[] "
       "output_size, Tensor random_samples) -> Tensor",
       VT_OP_FUNCTION, kMaxBackwardDoc},
      {"native_max_unpool(Tensor self, Tensor indices, int[] output_size) -> Tensor", VT_OP_FUNCTION, kUnpoolDoc},
      {"native_avg_pool(Tensor self, int[] kernel_size, int[]? stride, int[] padding, bool ceil_mode, bool "
       "count_include_pad, int? divisor_override) -> Tensor",
       VT_OP_FUNCTION, kMeanDoc},
      {"native_avg_pool_backward(Tensor grad, int[] input_size, int[] kernel_size, int[]? stride, int[] padding, bool "
       "ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor",
       VT_OP_FUNCTION, kMeanBackwardDoc},
      {"native_adaptive_avg_pool(Tensor self, int[] output_size) -> Tensor", VT_OP_FUNCTION, kAdaptiveMeanDoc},
      {"native_adaptive_avg_pool_backward(Tensor grad, int[] input_size, int[] output_size) -> Tensor", VT_OP_FUNCTION,
       kMeanBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"native_max_pool", boxed<native_max_pool>},
      {"native_max_pool_backward", boxed<native_max_pool_backward>},
      {"native_adaptive_max_pool", boxed<native_adaptive_max_pool>},
      {"native_adaptive_max_pool_backward", boxed<native_adaptive_max_pool_backward>},
      {"native_fractional_max_pool", boxed<native_fractional_max_pool>},
      {"native_fractional_max_pool_backward", boxed<native_fractional_max_pool_backward>},
      {"native_max_unpool", boxed<native_max_unpool>},
      {"native_avg_pool", boxed<native_avg_pool>},
      {"native_avg_pool_backward", boxed<native_avg_pool_backward>},
      {"native_adaptive_avg_pool", boxed<native_adaptive_avg_pool>},
      {"native_adaptive_avg_pool_backward", boxed<native_adaptive_avg_pool_backward>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  register_pool_forms(plugin);
}

}  // namespace vt::core
