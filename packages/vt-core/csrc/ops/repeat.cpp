// SPDX-License-Identifier: Apache-2.0
// repeat_interleave by a number for each entry.
#include <vt/cpp/iter/index_rules.hpp>

#include <numeric>

#include "ops/calls.hpp"
#include "ops/join.hpp"

namespace vt::core {

namespace {

// How often each entry stands in the result; reading a device's numbers waits for it.
std::vector<int64_t> numbers_of(const Tensor& repeats, const VtValue& output_size, int64_t num_entries) {
  check_index_dtype("repeat_interleave", repeats.get());
  if (repeats.ndim() > 1)
    fail(VT_ERROR_RUNTIME,
         "repeat_interleave: repeats must have at most one dimension: got " + format_sizes(repeats.sizes()));
  Owned host(empty(repeats.sizes(), kInt64, {kDLCPU, 0}));
  copy_tensor(host.get(), repeats.get(), false);
  const auto* values = static_cast<const int64_t*>(host.get()->dl.data);
  std::vector<int64_t> numbers(values, values + repeats.numel());
  if (numbers.size() == 1) numbers.assign(static_cast<size_t>(num_entries), numbers[0]);
  if (static_cast<int64_t>(numbers.size()) != num_entries)
    fail(VT_ERROR_RUNTIME, "repeat_interleave: repeats must be one number or one for each entry: got " +
                               std::to_string(numbers.size()) + ", expected " + std::to_string(num_entries));
  int64_t total = 0;
  for (const int64_t number : numbers) {
    if (number < 0)
      fail(VT_ERROR_RUNTIME, "repeat_interleave: repeats must not be negative: got " + std::to_string(number));
    if (__builtin_add_overflow(total, number, &total) || total > (int64_t{1} << 60))
      fail(VT_ERROR_OVERFLOW, "repeat_interleave: the repeats do not fit in 64 bits");
  }
  if (!is_none(output_size) && output_size.as.i != total)
    fail(VT_ERROR_RUNTIME, "repeat_interleave: output_size must be the sum of repeats: got " +
                               std::to_string(output_size.as.i) + ", expected " + std::to_string(total));
  return numbers;
}

// The number of its entry for each place of the result, on a device.
Tensor places_of(const std::vector<int64_t>& numbers, DLDevice device) {
  static const Op to("to");
  const int64_t total[] = {std::accumulate(numbers.begin(), numbers.end(), int64_t{0})};
  Owned places(empty(total, kInt64, {kDLCPU, 0}));
  auto* at = static_cast<int64_t*>(places.get()->dl.data);
  for (size_t i = 0; i < numbers.size(); ++i) at = std::fill_n(at, numbers[i], static_cast<int64_t>(i));
  return to(Tensor::steal(places.take()), kInt64, device);
}

void repeat_interleave_by(const VtValue* args, VtValue* result) {
  static const Op index_select("index_select");
  Tensor self = Tensor::share(args[0].as.tensor);
  if (is_none(args[2]) || self.ndim() == 0) self = calls::reshape(self, {self.numel()});
  const int32_t dim = wrap_dim("repeat_interleave", is_none(args[2]) ? 0 : args[2].as.i, self.ndim());
  const auto numbers = numbers_of(Tensor::share(args[1].as.tensor), args[3], self->dl.shape[dim]);
  result[0] = value_of(index_select(self, int64_t{dim}, places_of(numbers, self.device())).release());
}

void repeat_positions(const VtValue* args, VtValue* result) {
  static const Op to("to.dtype");
  const Tensor repeats = Tensor::share(args[0].as.tensor);
  if (!same_dtype(repeats.dtype(), kInt64) && !same_dtype(repeats.dtype(), kInt32))
    fail(VT_ERROR_NOT_IMPLEMENTED, "repeat_interleave: not implemented for repeats of " +
                                       std::string(dtype_name(repeats.dtype())) + "; convert them to int64");
  if (repeats.ndim() != 1)
    fail(VT_ERROR_RUNTIME, "repeat_interleave: repeats must have one dimension: got " + format_sizes(repeats.sizes()));
  const auto numbers = numbers_of(repeats, args[1], repeats.numel());
  result[0] = value_of(to(places_of(numbers, repeats.device()), repeats.dtype()).release());
}

constexpr char kByDoc[] = R"(A copy that repeats each index of a dimension in place, as often as `repeats` says for it.

Parameters
----------
self : Tensor
repeats : Tensor
    int64 or int32: one number, or one for each index of the dimension.
dim : int, optional
    Without it the elements are taken as one dimension.
output_size : int, optional
    The sum of `repeats`.

Raises
------
RuntimeError
    If a number is negative, there are not as many as indices, or `output_size` is not their sum.

Notes
-----
Reading the numbers waits for their device.)";
constexpr char kPositionsDoc[] =
    "Each index of `repeats` as often as the number that stands there says, in the dtype of `repeats`.";

}  // namespace

void register_repeat(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, int? output_size=None) -> Tensor",
       kFunctionAndMethod | VT_OP_COMPOSITE, kByDoc},
      {"repeat_interleave.Tensor(Tensor repeats, *, int? output_size=None) -> Tensor",
       VT_OP_FUNCTION | VT_OP_COMPOSITE | VT_OP_NOT_DIFFERENTIABLE, kPositionsDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"repeat_interleave.self_Tensor", boxed<repeat_interleave_by>},
                                      {"repeat_interleave.Tensor", boxed<repeat_positions>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
