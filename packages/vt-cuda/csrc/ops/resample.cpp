// SPDX-License-Identifier: Apache-2.0
// Resampling on CUDA devices (Note [Resampling on CUDA] in kernels/resample.hpp).
#include <vt/cpp/spatial/resample.hpp>

#include <optional>

#include "../kernels/resample.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

using resample::Shape;

// The tables of all dimensions in one block of memory.
class Tables {
 public:
  Tables(const Queue& queue, const Shape& s, DLDataType dtype, bool with_ranges) {
    const int64_t itemsize = itemsize_of(rows::compute_dtype(dtype));
    int64_t bytes = 0;
    for (size_t d = 0; d < 3; ++d) {
      axes[d].line = resample::line_of(s.method, s.in[d], s.out[d], s.scales[d], dtype);
      bytes += padded(s.out[d] * axes[d].line.num * itemsize) + 2 * padded(s.out[d] * kIndexBytes) +
               (with_ranges ? 2 * padded(s.in[d] * kIndexBytes) : 0);
    }
    memory_.emplace(queue, bytes);
    auto* at = static_cast<char*>(memory_->data());
    const auto take = [&](int64_t bytes) { return std::exchange(at, at + padded(bytes)); };
    for (size_t d = 0; d < 3; ++d) {
      ResampleAxis& axis = axes[d];
      axis.same = s.in[d] == s.out[d] && axis.line.step == 1;
      axis.weight = take(s.out[d] * axis.line.num * itemsize);
      axis.first = reinterpret_cast<int32_t*>(take(s.out[d] * kIndexBytes));
      axis.count = reinterpret_cast<int32_t*>(take(s.out[d] * kIndexBytes));
      if (!with_ranges) continue;
      axis.begin = reinterpret_cast<int32_t*>(take(s.in[d] * kIndexBytes));
      axis.end = reinterpret_cast<int32_t*>(take(s.in[d] * kIndexBytes));
    }
  }

  ResampleAxis axes[3]{};

 private:
  static constexpr int64_t kIndexBytes = sizeof(int32_t);
  static int64_t padded(int64_t bytes) noexcept { return ceil_divide(bytes, 16) * 16; }

  std::optional<Queue::Scratch> memory_;
};

// Images of bytes: columns first.
void run_bytes(const char* op, const Shape& s, const Tensor& from, const Tensor& to) {
  const Queue queue(to.device());
  const Tables tables(queue, s, kFloat64, false);
  ResampleParams p{nullptr, nullptr, 0, {tables.axes[0], tables.axes[1], tables.axes[2]}};
  queue.launch(op, resample_taps_kernel(DtypeIndex::kFloat64, resample::is_double(s.method, kFloat64)),
               ceil_divide(std::max({s.out[0], s.out[1], s.out[2]}), kBlockThreads), 3, p);
  const auto num_taps = [&](size_t d) { return s.out[d] * tables.axes[d].line.num; };
  const Queue::Scratch whole(queue, (num_taps(1) + num_taps(2) + 2) * static_cast<int64_t>(sizeof(int32_t)));
  auto* first = static_cast<int32_t*>(whole.data());
  ResampleByteTapsParams taps{{tables.axes[1], tables.axes[2]}, {first + 2, first + 2 + num_taps(1)}, first};
  queue.launch(op, resample_byte_taps_kernel(), 2, 1, taps);
  const int64_t num_wide = s.planes * s.in[1] * s.out[2];
  const Queue::Scratch wide(queue, num_wide);
  auto* middle = static_cast<uint8_t*>(wide.data());
  ResampleBytesParams columns{from.data<const uint8_t>(), middle, num_wide, 1, tables.axes[2], taps.whole[1],
                              taps.precision + 1};
  queue.launch(op, resample_bytes_kernel(), ceil_divide(columns.num, kBlockThreads), 1, columns);
  ResampleBytesParams rows{middle,         to.data<uint8_t>(), to.numel(),    s.out[2],
                           tables.axes[1], taps.whole[0],      taps.precision};
  queue.launch(op, resample_bytes_kernel(), ceil_divide(rows.num, kBlockThreads), 1, rows);
}

void run(const char* op, const Shape& s, const Tensor& from, const Tensor& to, bool spreads) {
  const Queue queue(to.device());
  const DLDataType dtype = from.dtype();
  // Neighbours of bytes have weights in float.
  const Tables tables(queue, s, same_dtype(dtype, kUInt8) ? kFloat32 : dtype, spreads);
  ResampleParams p{from->dl.data, to->dl.data, to.numel(), {tables.axes[0], tables.axes[1], tables.axes[2]}};
  const DtypeIndex index = index_of(dtype);
  queue.launch(op, resample_taps_kernel(index, resample::is_double(s.method, dtype)),
               ceil_divide(std::max({s.out[0], s.out[1], s.out[2]}), kBlockThreads), 3, p);
  if (spreads)
    queue.launch(op, resample_ranges_kernel(), ceil_divide(std::max({s.in[0], s.in[1], s.in[2]}), kBlockThreads), 3, p);
  queue.launch(op, spreads ? resample_spread_kernel(index) : resample_gather_kernel(index),
               ceil_divide(p.num, kBlockThreads), 1, p);
}

void native_resample(const VtValue* args, VtValue* result) {
  resample::forward(args, result, [](const Shape& s, const Tensor& from, const Tensor& to) {
    if (same_dtype(from.dtype(), kUInt8) && s.method.mode > resample::Mode::kNearestExact)
      return run_bytes("native_resample", s, from, to);
    run("native_resample", s, from, to, false);
  });
}
void native_resample_backward(const VtValue* args, VtValue* result) {
  resample::backward(args, result, [](const Shape& s, const Tensor& from, const Tensor& to) {
    run("native_resample_backward", s, from, to, true);
  });
}

}  // namespace

void register_resample(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"native_resample", kernel<native_resample>},
      {"native_resample_backward", kernel<native_resample_backward>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
