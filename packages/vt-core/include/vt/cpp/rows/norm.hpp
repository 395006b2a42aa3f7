// SPDX-License-Identifier: Apache-2.0
// Arguments, shapes and results of layer_norm and rms_norm, the same on every device; a device brings the loops over rows.
#pragma once

#include <vt/cpp/rows.hpp>

// Note [Norms]
// A row has the elements of the normalised dimensions. With x a row of n elements, w and b the weight and bias:
//   layer_norm: m = sum(x) / n,  r = 1 / sqrt(sum((x - m)^2) / n + eps),  h = (x - m) r,  y = h w + b
//   rms_norm:                    r = 1 / sqrt(sum(x^2) / n + eps),        h = x r,        y = h w
// Gradients, with g that of y:
//   x: r (g w - sum(g w) / n - h sum(g w h) / n), without the middle term for rms_norm;  w: sum of g h over rows;  b: sum of g
// (Ba, Kiros and Hinton, arXiv:1607.06450; Zhang and Sennrich, arXiv:1910.07467). Gradients of w and b are sums over blocks
// of rows, which depend on sizes alone, added in order: the same on each run and for any number of threads.
namespace vt::rows {

// The dtypes of weight and bias that a device reads: the compute dtype alone, or also that of the input.
enum class NormParameters { kComputed, kLikeInput };

// Dense rows. mean and rstd are in the compute dtype; what there is none of is NULL.
struct NormForward {
  bool centred;  // layer_norm
  int64_t num_rows;
  int64_t size;
  double eps;
  DLDataType dtype;
  const void* input;
  const void* weight;
  const void* bias;
  DLDataType weight_dtype;
  DLDataType bias_dtype;
  void* out;
  void* mean;
  void* rstd;
};

struct NormBackward {
  bool centred;
  int64_t num_rows;
  int64_t size;
  DLDataType dtype;
  const void* grad;
  const void* input;
  const void* mean;
  const void* rstd;
  const void* weight;
  DLDataType weight_dtype;
  // NULL where not needed.
  void* input_grad;
  VtTensor* weight_grad;
  VtTensor* bias_grad;
};

namespace detail {

template <bool kCentred>
constexpr const char* kNormName = kCentred ? "layer_norm" : "rms_norm";

struct NormShape {
  NormShape(const char* op, const VtTensor* input, std::span<const int64_t> normalized) {
    const auto sizes = sizes_of(input);
    if (normalized.empty())
      fail(VT_ERROR_SHAPE, std::string(op) + ": normalized_shape must have at least one dimension: got ()");
    const size_t lead = sizes.size() - normalized.size();
    if (sizes.size() < normalized.size() || !same_sizes(sizes.subspan(lead), normalized))
      fail(VT_ERROR_SHAPE, std::string(op) + ": normalized_shape must be the last sizes of the input: got " +
                               format_sizes(normalized) + ", expected the last of " + format_sizes(sizes));
    stats.assign(sizes);
    for (size_t d = 0; d < sizes.size(); ++d) {
      if (d < lead) {
        num_rows *= sizes[d];
      } else {
        size *= sizes[d];
        stats[d] = 1;
      }
    }
  }

  int64_t num_rows = 1;
  int64_t size = 1;
  Sizes stats;  // the input's sizes, 1 in normalised dimensions
};

inline void check_norm_parameter(const char* op, const char* name, const VtValue& v, const VtTensor* input,
                                 std::span<const int64_t> normalized) {
  if (!is_tensor(v)) return;
  check_parameter_dtype(op, name, v.as.tensor, input->dl.dtype);
  if (!same_sizes(sizes_of(v.as.tensor), normalized))
    fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " must have the sizes of normalized_shape: got " +
                             format_sizes(sizes_of(v.as.tensor)) + ", expected " + format_sizes(normalized));
}

inline void check_norm_statistic(const char* op, const char* name, const VtTensor* t, const VtTensor* input,
                                 const NormShape& shape) {
  if (!same_sizes(sizes_of(t), shape.stats) || !same_dtype(t->dl.dtype, compute_dtype(input->dl.dtype)))
    fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " must be what the forward returned: got " +
                             format_sizes(sizes_of(t)) + " of " + std::string(dtype_name(t->dl.dtype)) + ", expected " +
                             format_sizes(shape.stats));
}

template <NormParameters kParameters>
Tensor norm_parameter(const VtValue& v, DLDataType input) {
  if (!is_tensor(v)) return Tensor();
  if (kParameters == NormParameters::kLikeInput && same_dtype(v.as.tensor->dl.dtype, input)) return dense(v.as.tensor);
  return dense_as(v, compute_dtype(input));
}
inline DLDataType dtype_of_parameter(const Tensor& t, DLDataType input) noexcept {
  return t ? t->dl.dtype : compute_dtype(input);
}

}  // namespace detail

// native_layer_norm(input, normalized_shape, weight, bias, eps), native_rms_norm without bias.
template <bool kCentred, NormParameters kParameters = NormParameters::kComputed, class Run>
void norm_forward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = detail::kNormName<kCentred>;
  VtTensor* t = args[0].as.tensor;
  const auto normalized = ints_of(args[1]);
  check_dtype(op, t);
  const detail::NormShape shape(op, t, normalized);
  const VtValue given_bias = kCentred ? args[3] : none();
  detail::check_norm_parameter(op, "weight", args[2], t, normalized);
  detail::check_norm_parameter(op, "bias", given_bias, t, normalized);

  const DLDataType compute = compute_dtype(t->dl.dtype);
  Tensor out = Tensor::empty(sizes_of(t), t->dl.dtype, t->dl.device);
  Tensor mean = kCentred ? Tensor::empty(shape.stats, compute, t->dl.device) : Tensor();
  Tensor rstd = Tensor::empty(shape.stats, compute, t->dl.device);
  if (!is_meta(t) && shape.num_rows > 0) {
    const Tensor input = dense(t);
    const Tensor weight = detail::norm_parameter<kParameters>(args[2], t->dl.dtype);
    const Tensor bias = detail::norm_parameter<kParameters>(given_bias, t->dl.dtype);
    run(NormForward{kCentred, shape.num_rows, shape.size, args[kCentred ? 4 : 3].as.f, t->dl.dtype, data_of(input),
                    data_of(weight), data_of(bias), detail::dtype_of_parameter(weight, t->dl.dtype),
                    detail::dtype_of_parameter(bias, t->dl.dtype), data_of(out), data_of(mean), data_of(rstd)});
  }
  result[0] = owned(std::move(out));
  if (kCentred) result[1] = owned(std::move(mean));
  result[kCentred ? 2 : 1] = owned(std::move(rstd));
}

// native_layer_norm_backward(grad, input, normalized_shape, mean, rstd, weight, bias, needed),
// native_rms_norm_backward(grad, input, normalized_shape, rstd, weight, needed). Bits of `needed`: input, weight, bias.
template <bool kCentred, NormParameters kParameters = NormParameters::kComputed, class Run>
void norm_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = kCentred ? "native_layer_norm_backward" : "native_rms_norm_backward";
  VtTensor* grad = args[0].as.tensor;
  VtTensor* t = args[1].as.tensor;
  const auto normalized = ints_of(args[2]);
  check_dtype(op, t);
  const detail::NormShape shape(op, t, normalized);
  check_like(op, "grad", grad, "input", t);
  const VtValue& given_rstd = args[kCentred ? 4 : 3];
  const VtValue& given_weight = args[kCentred ? 5 : 4];
  const VtValue given_bias = kCentred ? args[6] : none();
  const int64_t needed = args[kCentred ? 7 : 5].as.i;
  if (kCentred) detail::check_norm_statistic(op, "mean", args[3].as.tensor, t, shape);
  detail::check_norm_statistic(op, "rstd", given_rstd.as.tensor, t, shape);
  detail::check_norm_parameter(op, "weight", given_weight, t, normalized);
  detail::check_norm_parameter(op, "bias", given_bias, t, normalized);

  const auto grad_of = [&](int bit, const VtValue& v) {
    if (!(needed >> bit & 1) || !is_tensor(v)) return Tensor();
    return Tensor::empty(sizes_of(v.as.tensor), v.as.tensor->dl.dtype, t->dl.device);
  };
  Tensor input_grad = grad_of(0, args[1]);
  Tensor weight_grad = grad_of(1, given_weight);
  Tensor bias_grad = grad_of(2, given_bias);
  if (!is_meta(t)) {
    const Tensor dense_grad = dense(grad);
    const Tensor input = dense(t);
    const Tensor mean = kCentred ? dense(args[3].as.tensor) : Tensor();
    const Tensor rstd = dense(given_rstd.as.tensor);
    const Tensor weight = detail::norm_parameter<kParameters>(given_weight, t->dl.dtype);
    run(NormBackward{kCentred, shape.num_rows, shape.size, t->dl.dtype, data_of(dense_grad), data_of(input),
                     data_of(mean), data_of(rstd), data_of(weight), detail::dtype_of_parameter(weight, t->dl.dtype),
                     data_of(input_grad), weight_grad.get(), bias_grad.get()});
  }
  result[0] = owned(std::move(input_grad));
  result[1] = owned(std::move(weight_grad));
  if (kCentred) result[2] = owned(std::move(bias_grad));
}

}  // namespace vt::rows
