// SPDX-License-Identifier: Apache-2.0
// Poisson, binomial and gamma numbers on CUDA devices.
#include <vt/cpp/iter/variate_rules.hpp>
#include <vt/cpp/op.hpp>

#include "../kernels/variates.hpp"
#include "draw.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

constexpr int kWordsPerElement = 4;

// One number per element of `a`, and of `b` of the same sizes where there are two parameters.
Tensor drawn(const char* op, Variate variate, const Tensor& a, const Tensor& b, const RandomNumbers& numbers) {
  Tensor out = Tensor::empty(a.sizes(), a.dtype(), a.device());
  if (a.numel() == 0) return out;
  VariateParams params{
      a.data<const char>(), b ? b.data<const char>() : nullptr,          out.data<char>(), a.numel(), numbers,
      index_of(a.dtype()),  static_cast<int32_t>(itemsize_of(a.dtype()))};
  Queue(a.device()).launch(op, variate_kernel(variate), ceil_divide(params.num, kBlockThreads), 1, params);
  return out;
}

// A distribution of one parameter, a tensor.
void of_one(const char* op, Variate variate, const VtValue* args, VtValue* result) {
  check_random_dtype(op, args[0].as.tensor->dl.dtype, false);
  const Tensor a = row_major(args[0].as.tensor);
  const RandomNumbers numbers = draw_numbers(op, args[1], a.device(), a.numel(), kWordsPerElement);
  result[0] = value_of(drawn(op, variate, a, Tensor(), numbers).release());
}

// poisson(self, generator)
void poisson(const VtValue* args, VtValue* result) { of_one("poisson", Variate::kPoisson, args, result); }
// _standard_gamma(self, generator)
void standard_gamma(const VtValue* args, VtValue* result) {
  of_one("_standard_gamma", Variate::kStandardGamma, args, result);
}

// _standard_gamma_grad(self, output)
void standard_gamma_grad(const VtValue* args, VtValue* result) {
  check_gamma_grad(args);
  const Tensor shape = row_major(args[0].as.tensor);
  const Tensor output = row_major(args[1].as.tensor);
  result[0] = value_of(drawn("_standard_gamma_grad", Variate::kStandardGammaGrad, shape, output, {}).release());
}

// binomial(count, prob, generator)
void binomial(const VtValue* args, VtValue* result) {
  static const Op expand("expand");
  Sizes sizes;
  check_binomial(args, sizes);
  const auto spread = [&](const VtValue& v) {
    const Tensor t = expand(v, std::span<const int64_t>(sizes));
    return row_major(t.get());
  };
  const Tensor n = spread(args[0]);
  const Tensor p = spread(args[1]);
  const RandomNumbers numbers = draw_numbers("binomial", args[2], n.device(), n.numel(), kWordsPerElement);
  result[0] = value_of(drawn("binomial", Variate::kBinomial, n, p, numbers).release());
}

}  // namespace

void register_variates(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"poisson", kernel<poisson>},
      {"binomial", kernel<binomial>},
      {"_standard_gamma", kernel<standard_gamma>},
      {"_standard_gamma_grad", kernel<standard_gamma_grad>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
