// SPDX-License-Identifier: Apache-2.0
// Convolutions under PyTorch's names, one per number of dimensions: on any device.
#include <string_view>

#include "ops/calls.hpp"
#include "ops/convolution.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using calls::span_of;

template <size_t kRank>
std::string named(bool transposed) {
  return (transposed ? "conv_transpose" : "conv") + std::to_string(kRank) + "d";
}

// A batch of one where the input has no batch.
template <size_t kRank>
Tensor batched(const VtValue& input, bool transposed, bool* added) {
  const Tensor t = calls::shared(input);
  *added = t.ndim() == static_cast<int32_t>(kRank) + 1;
  if (!*added && t.ndim() != static_cast<int32_t>(kRank) + 2)
    fail(VT_ERROR_SHAPE, named<kRank>(transposed) + ": Expected " + std::to_string(kRank + 1) + "D (unbatched) or " +
                             std::to_string(kRank + 2) + "D (batched) input to " + named<kRank>(transposed) +
                             ", but got input of size: " + format_sizes(t.sizes()));
  return *added ? calls::unsqueeze(t, 0) : t;
}

Tensor convolution(const Tensor& input, const VtValue& weight, const VtValue& bias, const VtValue& stride,
                   const VtValue& padding, const VtValue& dilation, bool transposed, const VtValue& output_padding,
                   const VtValue& groups) {
  static const Op op("convolution");
  return op(input, weight, bias, stride, padding, dilation, transposed, output_padding, groups);
}

constexpr int64_t kZero = 0;
VtValue no_padding() noexcept { return value_of(std::span<const int64_t>(&kZero, 1)); }

// conv(input, weight, bias, stride, padding, dilation, groups)
template <size_t kRank>
void conv(const VtValue* args, VtValue* result) {
  bool added;
  const Tensor input = batched<kRank>(args[0], false, &added);
  Tensor out = convolution(input, args[1], args[2], args[3], args[4], args[5], false, no_padding(), args[6]);
  result[0] = rows::owned(added ? calls::squeeze(out, 0) : std::move(out));
}

// The same with padding by name.
template <size_t kRank>
void conv_named_padding(const VtValue* args, VtValue* result) {
  static const Op pad("constant_pad_nd");
  bool added;
  Tensor input = batched<kRank>(args[0], false, &added);
  const std::string_view name = args[4].as.string;
  Ints padding(kRank, 0);
  if (name == "same") {
    const VtTensor* weight = args[1].as.tensor;
    const auto op = named<kRank>(false);
    if (weight->dl.ndim != static_cast<int32_t>(kRank) + 2)
      fail(VT_ERROR_SHAPE, op + ": expected a weight of " + std::to_string(kRank + 2) + " dimensions: got " +
                               format_sizes(sizes_of(weight)));
    const Ints stride = convolution::spread(op.c_str(), "stride", args[3], kRank);
    const Ints dilation = convolution::spread(op.c_str(), "dilation", args[5], kRank);
    if (std::any_of(stride.begin(), stride.end(), [](int64_t s) { return s != 1; }))
      fail(VT_ERROR_RUNTIME, op + ": padding='same' is not supported for strided convolutions");
    convolution::check_range(op.c_str(), "non-positive dilation", dilation, 1);
    // What is odd is added behind, as PyTorch does.
    Ints behind(2 * kRank, 0);
    for (size_t d = 0; d < kRank; ++d) {
      const int64_t total = dilation[d] * (sizes_of(weight)[2 + d] - 1);
      padding[d] = total / 2;
      behind[2 * (kRank - 1 - d) + 1] = total % 2;
    }
    if (std::any_of(behind.begin(), behind.end(), [](int64_t n) { return n > 0; }))
      input = pad(input, span_of(behind), int64_t{0});
  } else if (name != "valid") {
    fail(VT_ERROR_RUNTIME, named<kRank>(false) + ": Invalid padding string: '" + std::string(name) + "'");
  }
  Tensor out =
      convolution(input, args[1], args[2], args[3], value_of(span_of(padding)), args[5], false, no_padding(), args[6]);
  result[0] = rows::owned(added ? calls::squeeze(out, 0) : std::move(out));
}

// conv_transpose(input, weight, bias, stride, padding, output_padding, groups, dilation)
template <size_t kRank>
void conv_transpose(const VtValue* args, VtValue* result) {
  bool added;
  const Tensor input = batched<kRank>(args[0], true, &added);
  Tensor out = convolution(input, args[1], args[2], args[3], args[4], args[7], true, args[5], args[6]);
  result[0] = rows::owned(added ? calls::squeeze(out, 0) : std::move(out));
}

// conv_tbc(self, weight, bias, pad): (time, batch, channels) by (kernel, channels, out channels)
void conv_tbc(const VtValue* args, VtValue* result) {
  const Tensor self = calls::shared(args[0]);
  const Tensor weight = calls::shared(args[1]);
  if (self.ndim() != 3 || weight.ndim() != 3)
    fail(VT_ERROR_SHAPE, "conv_tbc: the input and the weight must have 3 dimensions: got " +
                             format_sizes(self.sizes()) + " and " + format_sizes(weight.sizes()));
  const int64_t pad[] = {args[3].as.i};
  constexpr int64_t kOne[] = {1};
  const VtValue one = value_of(std::span<const int64_t>(kOne));
  const Tensor kernel = calls::permute(weight, {2, 1, 0});
  const Tensor out =
      convolution(calls::permute(self, {1, 2, 0}), value_of(kernel.get()), args[2], one,
                  value_of(std::span<const int64_t>(pad)), one, false, no_padding(), value_of(int64_t{1}));
  result[0] = rows::owned(calls::permute(out, {2, 0, 1}));
}

constexpr char kConvDoc[] =
    R"(Each channel of the result is the sum over the input's channels of correlations with a kernel.

Parameters
----------
input : Tensor
    (N, C, ...) or (C, ...); an integer, floating or complex dtype.
weight : Tensor
    (out channels, C / groups, kernel...); the input's dtype.
bias : Tensor, optional
    (out channels,).
stride, dilation : int or int[]
    From position to position of the result, and of the kernel.
padding : int, int[] or str
    Zeros on both sides; 'valid' for none, 'same' for as many as keep the size, which needs a stride of 1.
groups : int
    Channels of the input and of the result fall into as many parts that meet each other only.

Returns
-------
Tensor
    Channels last where the input or the weight is. Half types are summed in float32.

Raises
------
RuntimeError
    If sizes or dtypes do not fit together, the kernel is larger than the padded input, or a number is out of range.)";

constexpr char kTransposeDoc[] =
    R"(Spreads each position of the input by a kernel: the gradient of a convolution for its input.

Parameters
----------
input : Tensor
    (N, C, ...) or (C, ...); an integer, floating or complex dtype.
weight : Tensor
    (C, out channels / groups, kernel...); the input's dtype.
bias : Tensor, optional
    (out channels,).
stride, padding, dilation : int or int[]
    Those of the convolution.
output_padding : int or int[]
    Positions added to one side of the result, less than the stride or the dilation.
groups : int

Returns
-------
Tensor
    Channels last where the input or the weight is. Half types are summed in float32.

Raises
------
RuntimeError
    If sizes or dtypes do not fit together, nothing is left of the result, or a number is out of range.

References
----------
Dumoulin and Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285.)";

constexpr char kTbcDoc[] =
    R"(`conv1d` of a tensor (time, batch, channels) with a weight (kernel, channels, out channels).

Parameters
----------
self, weight, bias : Tensor
pad : int
    Zeros on both sides.)";

}  // namespace

void register_convolution_forms(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"conv1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, int[1] padding=0, int[1] dilation=1, "
       "int groups=1) -> Tensor",
       kComposite, kConvDoc},
      {"conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, str padding='valid', int[1] "
       "dilation=1, int groups=1) -> Tensor",
       kComposite, kConvDoc},
      {"conv2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, int[2] padding=0, int[2] dilation=1, "
       "int groups=1) -> Tensor",
       kComposite, kConvDoc},
      {"conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, str padding='valid', int[2] "
       "dilation=1, int groups=1) -> Tensor",
       kComposite, kConvDoc},
      {"conv3d(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, int[3] padding=0, int[3] dilation=1, "
       "int groups=1) -> Tensor",
       kComposite, kConvDoc},
      {"conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, str padding='valid', int[3] "
       "dilation=1, int groups=1) -> Tensor",
       kComposite, kConvDoc},
      {"conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, int[1] padding=0, int[1] "
       "output_padding=0, int groups=1, int[1] dilation=1) -> Tensor",
       kComposite, kTransposeDoc},
      {"conv_transpose2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, int[2] padding=0, int[2] "
       "output_padding=0, int groups=1, int[2] dilation=1) -> Tensor",
       kComposite, kTransposeDoc},
      {"conv_transpose3d(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, int[3] padding=0, int[3] "
       "output_padding=0, int groups=1, int[3] dilation=1) -> Tensor",
       kComposite, kTransposeDoc},
      {"conv_tbc(Tensor self, Tensor weight, Tensor bias, int pad=0) -> Tensor", kComposite, kTbcDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow composites[] = {
      {"conv1d", boxed<conv<1>>},
      {"conv1d.padding", boxed<conv_named_padding<1>>},
      {"conv2d", boxed<conv<2>>},
      {"conv2d.padding", boxed<conv_named_padding<2>>},
      {"conv3d", boxed<conv<3>>},
      {"conv3d.padding", boxed<conv_named_padding<3>>},
      {"conv_transpose1d", boxed<conv_transpose<1>>},
      {"conv_transpose2d", boxed<conv_transpose<2>>},
      {"conv_transpose3d", boxed<conv_transpose<3>>},
      {"conv_tbc", boxed<conv_tbc>},
  };
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
