// SPDX-License-Identifier: Apache-2.0
// Convolutions on CUDA devices (Note [Convolutions on CUDA] in kernels/convolution.hpp).
#include <vt/cpp/spatial/convolution.hpp>

#include <array>
#include <numeric>

#include "../dnn/convolution.hpp"
#include "convolution.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

using convolution::Axis;
using convolution::Shape;

constexpr char kForward[] = "convolution";
constexpr char kBackward[] = "convolution_backward";

// Rows below which tiles would be mostly empty.
constexpr int64_t kFewRows = 5;
// Columns of a weight's gradient up to which a block per element is enough, with few rows.
constexpr int64_t kFewColumns = 128;

bool is_complex(const Tensor& t) noexcept { return dtype_info(t.dtype()).category == Category::kComplex; }
uint32_t position(int64_t n) noexcept { return static_cast<uint32_t>(static_cast<uint64_t>(n)); }
Extent<int32_t> extent(int64_t n) noexcept { return Extent<int32_t>::make(std::max<int64_t>(n, 1)); }

// The kernels keep positions and steps of sums in 32 bits. Between the least position, -padding, and the largest, size + padding,
// lie less than 2^32 others, so that none outside of the tensor is taken for one inside.
void check_limits(const char* op, const Shape& s) {
  const auto check = [op](const char* what, int64_t got) {
    if (got > convolution::kLargest)
      vt::fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented on cuda for " + what +
                                             " above 2147483647: got " + std::to_string(got));
  };
  for (const Axis& axis : s.axes) {
    check("a size", axis.large);
    check("a size", axis.small);
    check("a reach of the kernel", (axis.kernel - 1) * axis.dilation);
  }
  check("a number of products in a sum", std::max(s.large_channels, s.small_channels) * s.taps());
}

int64_t stride_of(const Shape& s, const Tensor& t, size_t axis) noexcept {
  return axis + s.rank < 3 ? 0 : t.strides()[axis + s.rank - 1];
}

// Of a sum of `depth` products: enough parts to give every multiprocessor a tile or two, none of them short.
struct Parts {
  int64_t num = 1;
  int64_t steps;

  Parts(int64_t tiles, int64_t depth) {
    constexpr int64_t kWantedBlocks = 264;
    constexpr int64_t kLeastSteps = 128;
    constexpr int64_t kMultiple = 16;
    num = std::clamp<int64_t>(kWantedBlocks / std::max<int64_t>(tiles, 1), 1,
                              std::max<int64_t>(ceil_divide(depth, kLeastSteps), 1));
    steps = std::max(ceil_divide(ceil_divide(depth, num), kMultiple), int64_t{1}) * kMultiple;
    num = std::max<int64_t>(ceil_divide(depth, steps), 1);
  }
};

// Gather.
GatherAxis correlated(const Axis& a, int64_t large_stride, int64_t small_stride, int64_t tap_stride) {
  GatherAxis g{
      position(a.large), position(a.stride), position(a.dilation), large_stride, small_stride, tap_stride, 1, {}};
  g.phases[0] = {extent(a.small), extent(a.kernel), position(a.small), position(a.kernel), 0, 0, position(-a.padding)};
  return g;
}

int64_t num_phases(const Axis& a) noexcept { return std::min(a.stride, a.large); }

// The phases from `first_phase` on.
GatherAxis spread_phases(const Axis& a, int64_t large_stride, int64_t small_stride, int64_t tap_stride,
                         int64_t first_phase) {
  const int64_t taps_apart = a.stride / std::gcd(a.stride, a.dilation);
  GatherAxis g{position(a.small),
               1,
               position(-(taps_apart * a.dilation / a.stride)),
               small_stride,
               large_stride * a.stride,
               tap_stride * taps_apart,
               position(std::min<int64_t>(num_phases(a) - first_phase, kMostPhases)),
               {}};
  for (uint32_t i = 0; i < g.num_phases; ++i) {
    const int64_t phase = first_phase + i;
    int64_t tap = 0;
    const int64_t end = std::min(taps_apart, a.kernel);
    while (tap < end && (phase + a.padding - tap * a.dilation) % a.stride != 0) ++tap;
    const int64_t taps = tap < end ? (a.kernel - 1 - tap) / taps_apart + 1 : 0;
    const int64_t positions = (a.large - phase + a.stride - 1) / a.stride;
    g.phases[i] = {extent(positions),
                   extent(taps),
                   position(positions),
                   position(taps),
                   phase * large_stride,
                   tap * tap_stride,
                   taps > 0 ? position((phase + a.padding - tap * a.dilation) / a.stride) : 0};
  }
  return g;
}

GatherParams gather_params(const Shape& s, const Tensor& source, const Tensor& weight, const Tensor& bias,
                           const Tensor& result, bool spreads, bool conjugate) {
  const int64_t taps = s.taps();
  GatherParams p{};
  p.weight = rows::data_of(weight);
  p.source = source->dl.data;
  p.bias = rows::data_of(bias);
  p.result = result->dl.data;
  p.weight_group = s.small_channels * s.large_channels * taps;
  p.weight_row = spreads ? taps : s.large_channels * taps;
  p.weight_channel = spreads ? s.large_channels * taps : taps;
  p.source_batch = source.strides()[0];
  p.source_channel = source.strides()[1];
  p.result_batch = result.strides()[0];
  p.result_channel = result.strides()[1];
  p.batch = s.batch;
  p.groups = s.groups;
  p.rows = spreads ? s.large_channels : s.small_channels;
  p.channels = spreads ? s.small_channels : s.large_channels;
  p.conjugate = conjugate;
  return p;
}

}  // namespace

void launch_gather(const char* op, const Queue& queue, DtypeIndex dtype, GatherParams& p) {
  p.partial = nullptr;
  p.splits = 1;
  p.columns = p.batch;
  int64_t num_phases = 1;
  int64_t depth = p.channels;
  for (const GatherAxis& axis : p.axes) {
    p.columns *= axis.phases[0].num_positions;
    depth *= axis.phases[0].num_taps;
    num_phases *= axis.num_phases;
  }
  p.is_wide = p.columns > convolution::kLargest;
  if (p.rows < kFewRows || !gather_tiles_kernel(dtype))
    return queue.launch(op, gather_elements_kernel(dtype), ceil_divide(p.groups * p.rows * p.columns, kBlockThreads),
                        num_phases, p);
  p.tiles_down = ceil_divide(p.rows, kConvolutionTile);
  p.tiles_across = ceil_divide(p.columns, kConvolutionTile);
  const int64_t tiles = p.groups * p.tiles_down * p.tiles_across;
  p.steps_per_split = std::numeric_limits<int32_t>::max();
  if (num_phases > 1) return queue.launch(op, gather_tiles_kernel(dtype), tiles, num_phases, p);
  const Parts parts(tiles, depth);
  p.splits = parts.num;
  p.steps_per_split = parts.steps;
  if (p.splits == 1) return queue.launch(op, gather_tiles_kernel(dtype), tiles, 1, p);
  const int64_t num = p.groups * p.rows * p.columns;
  const Queue::Scratch partial(queue, p.splits * num * convolution_sum_bytes(dtype));
  p.partial = partial.data();
  queue.launch(op, gather_tiles_kernel(dtype), tiles * p.splits, 1, p);
  queue.launch(op, gather_finish_kernel(dtype), ceil_divide(num, kBlockThreads), 1, p);
}

namespace {

GatherParams correlate_params(const Shape& s, const Tensor& large, const Tensor& weight, const Tensor& bias,
                              const Tensor& small, bool conjugate) {
  GatherParams p = gather_params(s, large, weight, bias, small, false, conjugate);
  int64_t tap_stride = 1;
  for (size_t d = 3; d-- > 0; tap_stride *= s.axes[d].kernel)
    p.axes[d] = correlated(s.axes[d], stride_of(s, large, d), stride_of(s, small, d), tap_stride);
  return p;
}

void add_bias(const Tensor& result, const Tensor& bias) {
  if (!bias) return;
  static const Op view("view");
  static const Op add("add");
  std::vector<int64_t> sizes(static_cast<size_t>(result.ndim() - 1), 1);
  sizes[0] = bias.numel();
  const Tensor sum = add.into(result, result, Tensor(view(bias, std::span<const int64_t>(sizes))));
}

// small = bias + large correlated with the weight.
void correlate(const char* op, const Shape& s, const Tensor& large, const Tensor& given_weight, const Tensor& bias,
               const Tensor& small, bool conjugate) {
  if (dnn_convolve(op, DnnSum::kCorrelate, s, large, given_weight, small)) return add_bias(small, bias);
  const Tensor weight = rows::dense(given_weight.get());
  GatherParams p = correlate_params(s, large, weight, bias, small, conjugate);
  if (takes_columns(p, index_of(small.dtype()))) return gather_by_products(op, p, {large, weight, bias, small}, true);
  launch_gather(op, Queue(small.device()), index_of(small.dtype()), p);
}

// large = bias + small spread by the weight.
void spread(const char* op, const Shape& s, const Tensor& small, const Tensor& given_weight, const Tensor& bias,
            const Tensor& large, bool conjugate) {
  if (dnn_convolve(op, DnnSum::kSpread, s, large, given_weight, small)) return add_bias(large, bias);
  const Tensor weight = rows::dense(given_weight.get());
  GatherParams p = gather_params(s, small, weight, bias, large, true, conjugate);
  const Queue queue(large.device());
  const std::array<int64_t, 3> tap_strides{s.axes[1].kernel * s.axes[2].kernel, s.axes[2].kernel, 1};
  std::array<int64_t, 3> first{};
  const auto set_axis = [&](size_t d) {
    p.axes[d] = spread_phases(s.axes[d], stride_of(s, large, d), stride_of(s, small, d), tap_strides[d], first[d]);
  };
  for (first[0] = 0; first[0] < num_phases(s.axes[0]); first[0] += kMostPhases)
    for (first[1] = 0; first[1] < num_phases(s.axes[1]); first[1] += kMostPhases)
      for (first[2] = 0; first[2] < num_phases(s.axes[2]); first[2] += kMostPhases) {
        for (size_t d = 0; d < 3; ++d) set_axis(d);
        if (takes_columns(p, index_of(large.dtype()))) {
          gather_by_products(op, p, {small, weight, bias, large}, false);
        } else {
          launch_gather(op, queue, index_of(large.dtype()), p);
        }
      }
}

// weight = the sum of small times large.
void weigh(const Shape& s, const Tensor& large, const Tensor& small, const Tensor& weight, bool conjugate_large,
           bool conjugate_small) {
  if (dnn_convolve(kBackward, DnnSum::kWeigh, s, large, weight, small)) return;
  const DtypeIndex dtype = index_of(weight.dtype());
  if (GatherParams g = correlate_params(s, large, Tensor(), Tensor(), small, false); takes_columns(g, dtype))
    return weigh_by_products(kBackward, g, small, weight);
  WeighParams p{};
  p.large = large->dl.data;
  p.small = small->dl.data;
  p.weight = weight->dl.data;
  p.large_batch = large.strides()[0];
  p.large_channel = large.strides()[1];
  p.small_batch = small.strides()[0];
  p.small_channel = small.strides()[1];
  p.groups = s.groups;
  p.rows = s.small_channels;
  p.channels = s.large_channels;
  p.columns = s.large_channels * s.taps();
  p.depth = s.batch * s.small_volume();
  p.splits = 1;
  p.conjugate_large = conjugate_large;
  p.conjugate_small = conjugate_small;
  p.is_wide = p.depth > convolution::kLargest;
  for (size_t d = 0; d < 3; ++d) {
    const Axis& a = s.axes[d];
    p.axes[d] = {extent(a.kernel),     extent(a.small),     position(a.large),      position(a.stride),
                 position(a.dilation), position(a.padding), stride_of(s, large, d), stride_of(s, small, d)};
  }
  const Queue queue(weight.device());
  const int64_t num = p.groups * p.rows * p.columns;
  if ((p.rows < kFewRows && p.columns <= kFewColumns) || !weigh_tiles_kernel(dtype))
    return queue.launch(kBackward, weigh_elements_kernel(dtype), num, 1, p);
  p.tiles_down = ceil_divide(p.rows, kConvolutionTile);
  p.tiles_across = ceil_divide(p.columns, kConvolutionTile);
  const int64_t tiles = p.groups * p.tiles_down * p.tiles_across;
  const Parts parts(tiles, p.depth);
  p.splits = parts.num;
  p.steps_per_split = parts.steps;
  if (p.splits == 1) return queue.launch(kBackward, weigh_tiles_kernel(dtype), tiles, 1, p);
  const Queue::Scratch partial(queue, p.splits * num * convolution_sum_bytes(dtype));
  p.partial = partial.data();
  queue.launch(kBackward, weigh_tiles_kernel(dtype), tiles * p.splits, 1, p);
  queue.launch(kBackward, weigh_finish_kernel(dtype), ceil_divide(num, kBlockThreads), 1, p);
}

void convolve(const Shape& s, const Tensor& input, const Tensor& weight, const Tensor& bias, const Tensor& out) {
  check_limits(kForward, s);
  if (s.transposed) {
    spread(kForward, s, input, weight, bias, out, false);
  } else {
    correlate(kForward, s, input, weight, bias, out, false);
  }
}

void differentiate(const Shape& s, const Tensor& grad, const Tensor& input, const Tensor& weight,
                   const Tensor& input_grad, const Tensor& weight_grad) {
  check_limits(kBackward, s);
  const bool conjugate = is_complex(grad);
  if (input_grad && input_grad.numel() > 0) {
    if (s.transposed) {
      correlate(kBackward, s, grad, weight, Tensor(), input_grad, conjugate);
    } else {
      spread(kBackward, s, grad, weight, Tensor(), input_grad, conjugate);
    }
  }
  if (!weight_grad || weight_grad.numel() == 0) return;
  if (s.transposed) {
    weigh(s, grad, input, weight_grad, false, conjugate);
  } else {
    weigh(s, input, grad, weight_grad, conjugate, false);
  }
}

void convolution_forward(const VtValue* args, VtValue* result) { convolution::forward(args, result, convolve); }
void convolution_backward(const VtValue* args, VtValue* result) { convolution::backward(args, result, differentiate); }

}  // namespace

void register_convolution(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"convolution", kernel<convolution_forward>},
      {"convolution_backward", kernel<convolution_backward>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
