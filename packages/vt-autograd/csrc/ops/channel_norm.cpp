// SPDX-License-Identifier: Apache-2.0
// Derivatives of batch_norm and group_norm, first and second (Note [Derivatives of norms] in norm_terms.hpp).
#include "ops/norm_terms.hpp"
#include "ops/three_gradients.hpp"

namespace vt::autograd {

namespace {

using Ints = std::vector<int64_t>;

Tensor reshape(const Tensor& t, const Ints& sizes) {
  static const Op op("reshape");
  return t ? op(t, std::span<const int64_t>(sizes)) : Tensor();
}

// How an input is seen so that statistics and parameters broadcast with it: (batch, channels, size) for batch_norm, (batch,
// groups, channels of a group, size) for group_norm.
struct Seen {
  Ints input;
  Ints statistic;
  Ints parameter;
  Ints over;            // dimensions of a statistic
  Ints parameter_over;  // dimensions that a parameter is repeated in

  StatisticDims dims() const {
    double count = 1;
    for (const int64_t d : over) count *= static_cast<double>(input[static_cast<size_t>(d)]);
    return {over, count};
  }
  // What was seen that way, back in the sizes it was given in.
  static Tensor as(const Tensor& t, std::span<const int64_t> sizes) { return reshape(t, {sizes.begin(), sizes.end()}); }
  Tensor parameter_sum(const Tensor& t) const {
    static const Op sum("sum.dims");
    return t ? sum(t, std::span<const int64_t>(parameter_over), false) : Tensor();
  }
};

Seen seen_by_batch(std::span<const int64_t> sizes) {
  int64_t positions = 1;
  for (size_t d = 2; d < sizes.size(); ++d) positions *= sizes[d];
  return {{sizes[0], sizes[1], positions}, {1, sizes[1], 1}, {1, sizes[1], 1}, {0, 2}, {0, 2}};
}
// From N, C, HxW and group.
Seen seen_by_group(const VtValue* args) {
  const int64_t batch = args[0].as.i;
  const int64_t groups = args[3].as.i;
  const int64_t channels = args[1].as.i / groups;
  return {{batch, groups, channels, args[2].as.i}, {batch, groups, 1, 1}, {1, groups, channels, 1}, {2, 3}, {0, 3}};
}

// The gradients of (input, weight, bias) of an op with statistics among its results, given those of the backward op.
void give_first(std::array<Tensor, 3>&& grads, const Seen& seen, const Tensor& input, const Tensor& mean,
                const Tensor& rstd, const VtValue& mean_grad, const VtValue& rstd_grad, int64_t needed,
                VtValue* result) {
  if (needed & 1) {
    Tensor rest = of_statistics(reshape(input, seen.input), reshape(mean, seen.statistic),
                                reshape(rstd, seen.statistic), reshape(shared(mean_grad), seen.statistic),
                                reshape(shared(rstd_grad), seen.statistic), seen.dims());
    if (rest) accumulate(grads[0], Seen::as(rest, input.sizes()));
  }
  hand_out(grads, result);
}

// batch_norm_train(input, weight, bias, running_mean, running_var, momentum, eps) -> (out, mean, rstd)
void batch_train_backward(const VtValue* args, VtValue* result) {
  static const Op op("batch_norm_backward");
  const VtValue* arg = args + 3;
  const VtValue* forward = arg + 7;
  const int64_t needed = forward[3].as.i;
  std::array<Tensor, 3> grads;
  if (is_tensor(args[0])) grads = op.results<3>(args[0], arg[0], forward[1], forward[2], arg[1], arg[2], true, needed);
  const Tensor input = shared(arg[0]);
  const Seen seen = input ? seen_by_batch(input.sizes()) : Seen{};
  give_first(std::move(grads), seen, input, shared(forward[1]), shared(forward[2]), args[1], args[2], needed, result);
}

// batch_norm_apply(input, weight, bias, mean, rstd)
void batch_apply_backward(const VtValue* args, VtValue* result) {
  static const Op op("batch_norm_backward");
  const VtValue* arg = args + 1;
  const int64_t needed = arg[6].as.i;
  if (needed & 7) {
    auto grads = op.results<3>(args[0], arg[0], arg[3], arg[4], arg[1], arg[2], false, needed & 7);
    hand_out(grads, result);
  }
  if (!(needed & ~int64_t{7})) return;
  const Seen seen = seen_by_batch(sizes_of(arg[0].as.tensor));
  const StatisticDims dims = seen.dims();
  Tensor grad = reshape(shared(args[0]), seen.input);
  if (is_tensor(arg[1])) grad = mul(grad, reshape(shared(arg[1]), seen.parameter));
  const Tensor mean = reshape(shared(arg[3]), seen.statistic);
  if (needed >> 3 & 1)
    result[3] = owned(
        Seen::as(mul(mul(dims.sum(grad), reshape(shared(arg[4]), seen.statistic)), -1.0), sizes_of(arg[3].as.tensor)));
  if (needed >> 4 & 1) {
    const Tensor centred = sub(reshape(shared(arg[0]), seen.input), mean);
    result[4] = owned(Seen::as(dims.sum(mul(grad, centred)), sizes_of(arg[3].as.tensor)));
  }
}

// native_group_norm(input, weight, bias, N, C, HxW, group, eps) -> (out, mean, rstd)
void group_backward(const VtValue* args, VtValue* result) {
  static const Op op("native_group_norm_backward");
  const VtValue* arg = args + 3;
  const VtValue* forward = arg + 8;
  const int64_t needed = forward[3].as.i;
  std::array<Tensor, 3> grads;
  if (is_tensor(args[0]))
    grads =
        op.results<3>(args[0], arg[0], forward[1], forward[2], arg[1], arg[2], arg[3], arg[4], arg[5], arg[6], needed);
  give_first(std::move(grads), seen_by_group(arg + 3), shared(arg[0]), shared(forward[1]), shared(forward[2]), args[1],
             args[2], needed, result);
}

// [U | V | Q | grad, input, mean, rstd, weight, bias, ... | results | needed] of an op with `num_args` arguments.
void give_second(const VtValue* args, int num_args, bool measured, const Seen& seen, VtValue* result) {
  const VtValue* arg = args + 3;
  const int64_t needed = arg[num_args + 3].as.i;
  const NormOperands operands{reshape(shared(arg[0]), seen.input),     reshape(shared(arg[1]), seen.input),
                              reshape(shared(arg[2]), seen.statistic), reshape(shared(arg[3]), seen.statistic),
                              reshape(shared(arg[4]), seen.parameter), measured};
  const NormSecond second =
      second_derivative(operands, seen.dims(), reshape(shared(args[0]), seen.input),
                        reshape(shared(args[1]), seen.parameter), reshape(shared(args[2]), seen.parameter));
  const auto give = [&](int k, const Tensor& t, const VtValue& like) {
    if (needed >> k & 1 && t) result[k] = owned(Seen::as(t, sizes_of(like.as.tensor)));
  };
  give(0, second.grad, arg[1]);
  give(1, second.input, arg[1]);
  give(2, second.mean, arg[2]);
  give(3, second.rstd, arg[3]);
  if (needed >> 4 & 1 && second.weight) give(4, seen.parameter_sum(second.weight), arg[4]);
}

// batch_norm_backward(grad, input, mean, rstd, weight, bias, train, needed)
void batch_backward_backward(const VtValue* args, VtValue* result) {
  give_second(args, 8, args[3 + 6].as.i != 0, seen_by_batch(sizes_of(args[3 + 1].as.tensor)), result);
}

// native_group_norm_backward(grad, input, mean, rstd, weight, bias, N, C, HxW, group, needed)
void group_backward_backward(const VtValue* args, VtValue* result) {
  give_second(args, 11, true, seen_by_group(args + 3 + 6), result);
}

}  // namespace

void register_channel_norm(VtPlugin* plugin) {
  const uint64_t statistics = bit(1) | bit(2);
  const uint64_t applied = bit(0) | bit(1) | bit(3) | bit(4);
  const uint64_t operands = bit(0) | bit(1) | bit(2) | bit(3) | bit(4);
  const DerivativeRow rows[] = {
      {"batch_norm_train",
       boxed<batch_train_backward>,
       {{0, 0, bit(0) | bit(1), 0, statistics},
        {1, 0, bit(0) | bit(1), 0, statistics},
        {2, 0, bit(0) | bit(1) | bit(2), 0, statistics}}},
      {"batch_norm_apply",
       boxed<batch_apply_backward>,
       {{0, 0, applied, 0, 0},
        {1, 0, applied, 0, 0},
        {2, 0, applied | bit(2), 0, 0},
        {3, 0, applied, 0, 0},
        {4, 0, applied, 0, 0}}},
      {"batch_norm_backward",
       boxed<batch_backward_backward>,
       {{0, 0, operands, 0, 0},
        {1, 0, operands, 0, 0},
        {2, 0, operands, 0, 0},
        {3, 0, operands, 0, 0},
        {4, 0, operands, 0, 0}}},
      {"native_group_norm",
       boxed<group_backward>,
       {{0, 0, bit(0) | bit(1), 0, statistics},
        {1, 0, bit(0) | bit(1), 0, statistics},
        {2, 0, bit(0) | bit(1) | bit(2), 0, statistics}}},
      {"native_group_norm_backward",
       boxed<group_backward_backward>,
       {{0, 0, operands, 0, 0},
        {1, 0, operands, 0, 0},
        {2, 0, operands, 0, 0},
        {3, 0, operands, 0, 0},
        {4, 0, operands, 0, 0}}},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
