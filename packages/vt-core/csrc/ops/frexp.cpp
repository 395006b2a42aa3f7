// SPDX-License-Identifier: Apache-2.0
// frexp: numbers as mantissas and powers of two, on the CPU.
#include <vt/cpp/iter/float_formats.hpp>
#include <vt/cpp/op.hpp>

#include <cmath>

#include "ops/ops.hpp"
#include "runtime/thread_pool.hpp"

namespace vt::core {

namespace {

constexpr int64_t kFrexpGrain = 16384;

// What has no exponent is its own mantissa, with the exponent 0.
template <class T>
void split(const T* in, T* mantissa, int32_t* exponent, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; ++i) {
    int power = 0;
    const T part = std::isfinite(in[i]) ? std::frexp(in[i], &power) : in[i];
    mantissa[i] = part;
    exponent[i] = power;
  }
}

// Half types hold the mantissas of their numbers exactly.
template <float (*kWiden)(uint16_t) noexcept, uint16_t (*kNarrow)(float) noexcept>
void split_half(const uint16_t* in, uint16_t* mantissa, int32_t* exponent, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; ++i) {
    const float x = kWiden(in[i]);
    float part = 0;
    split(&x, &part, exponent + i, 0, 1);
    mantissa[i] = kNarrow(part);
  }
}

float wide_of_half(uint16_t bits) noexcept { return half_to_float(bits); }
float wide_of_bfloat(uint16_t bits) noexcept { return bfloat_to_float(bits); }
uint16_t half_of(float x) noexcept { return float_to_half(x); }
uint16_t bfloat_of(float x) noexcept { return float_to_bfloat(x); }

// frexp(self) -> (mantissa, exponent)
void frexp(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const DtypeIndex index = known_dtype_index(self->dl.dtype);
  if (index != DtypeIndex::kFloat16 && index != DtypeIndex::kBFloat16 && index != DtypeIndex::kFloat32 &&
      index != DtypeIndex::kFloat64)
    fail(VT_ERROR_NOT_IMPLEMENTED, "frexp: not implemented for " + std::string(dtype_name(self->dl.dtype)) +
                                       "; convert to a floating dtype first");
  static const Op contiguous("contiguous");
  const Tensor in = contiguous(args[0]);
  Tensor mantissa = Tensor::empty(in.sizes(), in.dtype(), in.device());
  Tensor exponent = Tensor::empty(in.sizes(), kInt32, in.device());
  if (!is_meta(self->dl.device)) {
    auto* to = exponent.data<int32_t>();
    parallel_for(0, in.numel(), kFrexpGrain, [&](int64_t begin, int64_t end) {
      switch (index) {
        case DtypeIndex::kFloat16:
          return split_half<wide_of_half, half_of>(in.data<const uint16_t>(), mantissa.data<uint16_t>(), to, begin,
                                                   end);
        case DtypeIndex::kBFloat16:
          return split_half<wide_of_bfloat, bfloat_of>(in.data<const uint16_t>(), mantissa.data<uint16_t>(), to, begin,
                                                       end);
        case DtypeIndex::kFloat32: return split(in.data<const float>(), mantissa.data<float>(), to, begin, end);
        default: return split(in.data<const double>(), mantissa.data<double>(), to, begin, end);
      }
    });
  }
  result[0] = value_of(mantissa.release());
  result[1] = value_of(exponent.release());
}

constexpr char kFrexpDoc[] =
    R"(Each element of `self` as ``mantissa * 2 ** exponent`` with a mantissa in [0.5, 1) beside its sign.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64, of any shape.

Returns
-------
mantissa : Tensor
    Of the dtype of `self`; 0, infinities and NaN are their own.
exponent : Tensor
    int32.)";

}  // namespace

void register_frexp(VtPlugin* plugin) {
  const OpRow ops[] = {{"frexp(Tensor self) -> (Tensor mantissa, Tensor exponent)", kFunctionAndMethod, kFrexpDoc}};
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"frexp", boxed<frexp>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
