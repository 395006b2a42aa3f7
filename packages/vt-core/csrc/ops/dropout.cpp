// SPDX-License-Identifier: Apache-2.0
// Dropout on the CPU, and its public form on any device.
#include <vt/cpp/op.hpp>

#include "ops/loops/random.hpp"
#include "ops/random.hpp"

namespace vt::core {

namespace {

// Row-major: `t` itself or a copy.
VtTensor* row_major(VtTensor* t) { return call_op("contiguous", {value_of(t)}); }

void native_dropout(const VtValue* args, VtValue* result) {
  const double p = number_of(args[1]).real;
  check_dropout("native_dropout", args[0].as.tensor->dl.dtype, p);
  const Owned input(row_major(args[0].as.tensor));
  const VtTensor* in = input.get();
  Owned out(empty_like(in));
  Owned mask(empty(sizes_of(in), kBool, in->dl.device));
  if (!is_meta(in->dl.device)) {
    const Distribution kept = chance(1 - p);
    const double scale = dropout_scale(p);
    const DropoutLoop loop = loops<RandomLoops>().dropout[static_cast<size_t>(dtype_index(in->dl.dtype))];
    const int64_t itemsize = itemsize_of(in->dl.dtype);
    const auto* from = static_cast<const char*>(in->dl.data);
    auto* to = static_cast<char*>(out.get()->dl.data);
    auto* flags = static_cast<uint8_t*>(mask.get()->dl.data);
    const VtGeneratorState state = reserve_random(args[2], in->dl.device, in->numel, 1);
    for_each_random_step(state, in->numel, 1, [&](const uint32_t* words, int64_t first, int64_t n) {
      loop(words, from + first * itemsize, to + first * itemsize, flags + first, n, kept, scale);
    });
  }
  result[0] = value_of(out.take());
  result[1] = value_of(mask.take());
}

void native_dropout_backward(const VtValue* args, VtValue* result) {
  check_dropout_backward(args[0].as.tensor, args[1].as.tensor);
  const Owned grad(row_major(args[0].as.tensor));
  const Owned mask(row_major(args[1].as.tensor));
  const VtTensor* in = grad.get();
  Owned out(empty_like(in));
  if (!is_meta(in->dl.device)) {
    const MaskedScaleLoop loop = loops<RandomLoops>().masked_scale[static_cast<size_t>(dtype_index(in->dl.dtype))];
    const int64_t itemsize = itemsize_of(in->dl.dtype);
    const double scale = number_of(args[2]).real;
    parallel_for(0, in->numel, kRandomGrain, [&](int64_t begin, int64_t end) {
      loop(static_cast<const char*>(in->dl.data) + begin * itemsize,
           static_cast<const uint8_t*>(mask.get()->dl.data) + begin,
           static_cast<char*>(out.get()->dl.data) + begin * itemsize, end - begin, scale);
    });
  }
  result[0] = value_of(out.take());
}

void dropout(const VtValue* args, VtValue* result) {
  const double p = number_of(args[1]).real;
  check_probability("dropout", p);
  if (args[2].as.i == 0 || p == 0) {
    result[0] = shared_value(args[0].as.tensor);
    return;
  }
  if (is_tensor(result[0])) {
    static const Op ones_like("ones_like");
    static const Op plain("dropout");
    static const Op mul("mul");
    check_dropout("dropout", args[0].as.tensor->dl.dtype, p);
    static const Op detach("detach");
    const Tensor factors = plain(ones_like(detach(args[0])), args[1], args[2]);
    result[0] = value_of(mul.into(result[0], args[0], factors).release());
    return;
  }
  static const Op native("native_dropout");
  VtValue both[2] = {};
  const VtValue inner[] = {args[0], args[1], none()};
  check(tables().dispatch->call_boxed(native.get(), inner, 3, both));
  release(both[1].as.tensor);
  result[0] = both[0];
}

constexpr char kNativeDropoutDoc[] = R"(Sets elements to zero with chance `p` and multiplies the others by 1 / (1 - p).

Parameters
----------
input : Tensor
    float16, bfloat16, float32 or float64.
p : float
    In [0, 1]; 1 - p is rounded to a multiple of 2^-32. 1 gives zeros.
generator : Generator, optional
    The default one of the device of `input` when absent.

Returns
-------
out : Tensor
    Row-major, of the sizes and dtype of `input`.
mask : Tensor
    Boolean: which elements were kept.

Raises
------
RuntimeError
    If `p` is outside [0, 1].
NotImplementedError
    For other dtypes.

Notes
-----
Element i, counted row by row, is kept by word i of Philox from the generator's offset on: the same on every device. Reference:
Srivastava et al., "Dropout", JMLR 15 (2014).)";
constexpr char kNativeDropoutBackwardDoc[] = "`grad` times `scale` where `mask` holds, else times zero.";
constexpr char kDropoutDoc[] =
    R"(Sets elements to zero with chance `p` and multiplies the others by 1 / (1 - p), in training.

Parameters
----------
input : Tensor
    float16, bfloat16, float32 or float64.
p : float
    In [0, 1].
train : bool
    False returns `input` itself, as p = 0 does.

Raises
------
RuntimeError
    If `p` is outside [0, 1].)";

}  // namespace

void register_dropout(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"native_dropout(Tensor input, float p, *, Generator? generator=None) -> (Tensor out, Tensor mask)",
       VT_OP_FUNCTION, kNativeDropoutDoc},
      {"native_dropout_backward(Tensor grad, Tensor mask, float scale) -> Tensor", VT_OP_FUNCTION,
       kNativeDropoutBackwardDoc},
      {"dropout(Tensor input, float p, bool train) -> Tensor", VT_OP_FUNCTION | VT_OP_INPLACE | VT_OP_COMPOSITE,
       kDropoutDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"native_dropout", boxed<native_dropout>},
      {"native_dropout_backward", boxed<native_dropout_backward>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"dropout", boxed<dropout>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
