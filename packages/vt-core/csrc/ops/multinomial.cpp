// SPDX-License-Identifier: Apache-2.0
// Samples of categories by their probabilities.
#include <vt/cpp/op.hpp>

#include <algorithm>
#include <vector>

#include "ops/random.hpp"

// Note [Multinomial]
// With replacement each sample looks its random number up in the running sums of its row, in float64: of blocks of
// kCategoryBlock categories first, then within the block. Sums are made in this one order on every device, so that the
// samples agree. Without replacement every category gets the time at which an event of its rate happens first (Efraimidis
// and Spirakis, "Weighted random sampling with a reservoir", Information Processing Letters 97, 2006); the earliest win.
namespace vt::core {

namespace {

// A row's probabilities must be finite, not negative, and not all zero.
void check_row(const double* p, int64_t categories) {
  double total = 0;
  for (int64_t k = 0; k < categories; ++k) {
    if (!(p[k] >= 0 && p[k] <= 0x1.fffffffffffffp1023))
      fail(VT_ERROR_RUNTIME, "multinomial: probabilities must be finite and not negative: got " +
                                 vt::detail::text_of(p[k]) + " for category " + std::to_string(k));
    total += p[k];
  }
  if (!(total > 0)) fail(VT_ERROR_RUNTIME, "multinomial: the probabilities of a row must not all be zero");
}

// Row-major float64.
VtTensor* as_doubles(VtTensor* t) {
  Owned wide(empty(sizes_of(t), kFloat64, t->dl.device));
  copy_tensor(wide.get(), t, false);
  return wide.take();
}

int64_t look_up(const double* p, int64_t categories, const std::vector<double>& ends, double u) {
  const double target = u * ends.back();
  const auto found = static_cast<size_t>(std::upper_bound(ends.begin(), ends.end(), target) - ends.begin());
  const size_t block = std::min(found, ends.size() - 1);
  double sum = block == 0 ? 0 : ends[block - 1];
  const auto first = static_cast<int64_t>(block) * kCategoryBlock;
  int64_t last_possible = first;
  for (int64_t k = first; k < std::min(first + kCategoryBlock, categories); ++k) {
    sum += p[k];
    if (!(p[k] > 0)) continue;
    if (sum > target) return k;
    last_possible = k;
  }
  return last_possible;
}

void with_replacement(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const int64_t num_samples = args[1].as.i;
  check_multinomial(self, num_samples, true);
  Sizes sizes;
  sizes.assign(sizes_of(self));
  sizes[sizes.size() - 1] = num_samples;
  Owned out(empty(sizes, kInt64, self->dl.device));
  if (!is_meta(self->dl.device)) {
    const Owned wide(as_doubles(self));
    const int64_t categories = self->dl.shape[self->dl.ndim - 1];
    const int64_t rows = self->numel / categories;
    const auto* p = static_cast<const double*>(wide.get()->dl.data);
    for (int64_t row = 0; row < rows; ++row) check_row(p + row * categories, categories);
    const VtGeneratorState state = reserve_random(args[2], self->dl.device, out.get()->numel, 2);
    auto* samples = static_cast<int64_t*>(out.get()->dl.data);
    parallel_for(0, rows, std::max<int64_t>(kRandomGrain / categories, 1), [&](int64_t begin, int64_t end) {
      std::vector<double> ends(static_cast<size_t>((categories + kCategoryBlock - 1) / kCategoryBlock));
      for (int64_t row = begin; row < end; ++row) {
        const double* chances = p + row * categories;
        double total = 0;
        for (size_t b = 0; b < ends.size(); ++b) {
          const auto first = static_cast<int64_t>(b) * kCategoryBlock;
          double sum = 0;
          for (int64_t k = first; k < std::min(first + kCategoryBlock, categories); ++k) sum += chances[k];
          ends[b] = total += sum;
        }
        for (int64_t i = row * num_samples; i < (row + 1) * num_samples; ++i) {
          const PhiloxWords words = philox(state.seed, state.offset + static_cast<uint64_t>(i / 2));
          const auto at = static_cast<size_t>(2 * (i % 2));
          samples[i] = look_up(chances, categories, ends, rng::unit_of_two(words.word[at], words.word[at + 1]));
        }
      }
    });
  }
  result[0] = value_of(out.take());
}

void multinomial(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const int64_t num_samples = args[1].as.i;
  const bool replacement = args[2].as.i != 0;
  check_multinomial(self, num_samples, replacement);
  if (replacement || num_samples == 1) {
    result[0] = value_of(call_op("multinomial_with_replacement", {args[0], args[1], args[3]}));
    return;
  }
  if (is_cpu(self)) {
    const Owned wide(as_doubles(self));
    const int64_t categories = self->dl.shape[self->dl.ndim - 1];
    for (int64_t at = 0; at < self->numel; at += categories)
      check_row(static_cast<const double*>(wide.get()->dl.data) + at, categories);
  }
  const Owned times(call_op("empty_like", {args[0], value_of(kFloat64), none()}));
  release(call_op("exponential_", {value_of(times.get()), value_of(1.0), args[3]}, times.get()));
  const Owned keys(call_op("div", {args[0], value_of(times.get()), none()}));
  static const Op topk("topk");
  VtValue best[2] = {};
  const VtValue inner[] = {value_of(keys.get()), args[1], value_of(int64_t{-1}), value_of(true), value_of(true)};
  check(tables().dispatch->call_boxed(topk.get(), inner, 5, best));
  release(best[0].as.tensor);
  result[0] = best[1];
}

constexpr char kMultinomialDoc[] = R"(Samples categories by their probabilities, row by row.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64, of sizes (categories,) or (rows, categories); at most 2^24 categories. A row need
    not add up to 1.
num_samples : int
replacement : bool
    Whether a category may come again; else there are at most as many samples as categories.
generator : Generator, optional
    The default one of the device of `self` when absent.

Returns
-------
Tensor
    int64, of sizes (num_samples,) or (rows, num_samples).

Raises
------
RuntimeError
    If the sizes or `num_samples` are not as above; on the CPU also if a probability is negative or not finite, or a row is
    all zeros. On CUDA devices, where nothing waits for elements, samples of such a row have no meaning, but are categories.
NotImplementedError
    For other dtypes.)";
constexpr char kReplacementDoc[] = "As `multinomial` with replacement.";

}  // namespace

void register_multinomial(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"multinomial(Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor",
       kFlags | VT_OP_METHOD, kMultinomialDoc},
      {"multinomial_with_replacement(Tensor self, int num_samples, *, Generator? generator=None) -> Tensor", kFlags,
       kReplacementDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"multinomial", boxed<multinomial>}};
  register_kernels(plugin, kEveryDevice, everywhere);
  const vt::KernelRow kernels[] = {{"multinomial_with_replacement", boxed<with_replacement>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
