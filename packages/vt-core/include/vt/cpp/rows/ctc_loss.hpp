// SPDX-License-Identifier: Apache-2.0
// The arguments and results of connectionist temporal classification, the same on every device.
#pragma once

#include <vt/cpp/rows.hpp>

#include <algorithm>
#include <string>
#include <vector>

// Note [Connectionist temporal classification]
// A target of S labels is spelled by the paths through its 2 S + 1 states: a blank, then each label followed by a blank. With p
// the log probability of a state's label at time t,
//   alpha(t, s) = p(t, s) + log(sum of exp(alpha(t - 1, s')) over s' in s, s - 1, and s - 2 where both are different labels)
// and beta the same from the end. The loss is -log of exp(alpha) at the last two states and the last time. The gradient of
// p(t, c) is exp(p(t, c)) - exp(log(sum of exp(alpha + beta) over states of c) - p(t, c) + loss): as in PyTorch, that of logits
// whose log_softmax p is. Reference: Graves et al., "Connectionist temporal classification", ICML 2006.
namespace vt::ctc {

// The checked arguments of `_ctc_loss`: log_probs, targets, input_lengths, target_lengths, blank.
struct Arguments {
  Arguments(const char* op, const VtValue* args) : blank(args[4].as.i) {
    const VtTensor* probabilities = args[0].as.tensor;
    const VtTensor* labels = args[1].as.tensor;
    const auto refuse = [op](VtErrorKind kind, const std::string& text) { fail(kind, std::string(op) + ": " + text); };
    if (!same_dtype(probabilities->dl.dtype, kFloat32) && !same_dtype(probabilities->dl.dtype, kFloat64))
      refuse(VT_ERROR_NOT_IMPLEMENTED, "not implemented for " + std::string(dtype_name(probabilities->dl.dtype)) +
                                           ", expected float32 or float64; convert to float32 first");
    if (probabilities->dl.ndim != 3)
      refuse(VT_ERROR_SHAPE, "log_probs must be (T, N, C): got " + format_sizes(sizes_of(probabilities)));
    num_times = probabilities->dl.shape[0];
    batch = probabilities->dl.shape[1];
    num_classes = probabilities->dl.shape[2];
    if (blank < 0 || blank >= num_classes)
      refuse(VT_ERROR_RUNTIME, "blank must be in label range: got " + std::to_string(blank) + ", expected 0 to " +
                                   std::to_string(num_classes - 1));
    if (!same_dtype(labels->dl.dtype, kInt64) && !same_dtype(labels->dl.dtype, kInt32))
      refuse(VT_ERROR_RUNTIME,
             "targets must be int32 or int64: got " + std::string(dtype_name(labels->dl.dtype)) + "; convert them");
    input_lengths = ints_of(args[2]);
    target_lengths = ints_of(args[3]);
    for (const auto* lengths : {&input_lengths, &target_lengths})
      if (static_cast<int64_t>(lengths->size()) != batch)
        refuse(VT_ERROR_RUNTIME, std::string(lengths == &input_lengths ? "input_lengths" : "target_lengths") +
                                     " must be of size batch_size: got " + std::to_string(lengths->size()) +
                                     ", expected " + std::to_string(batch));
    int64_t total = 0;
    for (int64_t n = 0; n < batch; ++n) {
      const int64_t input = input_lengths[static_cast<size_t>(n)];
      const int64_t target = target_lengths[static_cast<size_t>(n)];
      if (input < 0 || input > num_times)
        refuse(VT_ERROR_RUNTIME, "input_lengths must have values from 0 to " + std::to_string(num_times) + ": got " +
                                     std::to_string(input));
      if (target < 0) refuse(VT_ERROR_RUNTIME, "target_lengths must not be negative: got " + std::to_string(target));
      longest = std::max(longest, target);
      first.push_back(labels->dl.ndim == 1 ? total : n * (labels->dl.ndim == 2 ? labels->dl.shape[1] : 0));
      total += target;
    }
    const bool fits = labels->dl.ndim == 1   ? labels->dl.shape[0] == total
                      : labels->dl.ndim == 2 ? labels->dl.shape[0] == batch && labels->dl.shape[1] >= longest
                                             : false;
    if (!fits)
      refuse(VT_ERROR_RUNTIME,
             "targets must be (N, S) with S of at least the greatest of target_lengths, or one after the "
             "other: got " +
                 format_sizes(sizes_of(labels)) + " for a batch of " + std::to_string(batch) +
                 " with a longest target of " + std::to_string(longest) + " and " + std::to_string(total) + " labels");
    if (!rows::is_meta(probabilities)) targets = rows::dense(rows::cast(args[1].as.tensor, kInt64).get());
  }

  int64_t times_of(int64_t n) const noexcept { return input_lengths[static_cast<size_t>(n)]; }
  int64_t states_of(int64_t n) const noexcept { return 2 * target_lengths[static_cast<size_t>(n)] + 1; }

  int64_t blank;
  int64_t num_times = 0;
  int64_t batch = 0;
  int64_t num_classes = 0;
  int64_t longest = 0;
  std::span<const int64_t> input_lengths;
  std::span<const int64_t> target_lengths;
  std::vector<int64_t> first;  // where the labels of each entry start
  Tensor targets;              // dense int64; empty on meta
};

// _ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, zero_infinity): run(checked, log_probs, losses)
template <class Checked, class Run>
void forward(const VtValue* args, VtValue* result, Run&& run) {
  static const Op isinf("isinf");
  static const Op masked_fill("masked_fill");
  const Checked c("ctc_loss", args);
  const VtTensor* t = args[0].as.tensor;
  Tensor out = Tensor::empty({&c.batch, 1}, t->dl.dtype, t->dl.device);
  if (!rows::is_meta(t)) {
    run(c, rows::dense(args[0].as.tensor), out);
    if (args[5].as.i != 0) out = masked_fill(out, isinf(out), int64_t{0});
  }
  result[0] = rows::owned(std::move(out));
}

// _ctc_loss_backward(grad, log_probs, targets, input_lengths, target_lengths, blank, zero_infinity): run(checked, grad, log_probs,
// zero_infinity, out) with an `out` of zeros
template <class Checked, class Run>
void backward(const VtValue* args, VtValue* result, Run&& run) {
  static const Op zeros("zeros");
  const char* op = "_ctc_loss_backward";
  const Checked c(op, args + 1);
  VtTensor* grad = args[0].as.tensor;
  const VtTensor* t = args[1].as.tensor;
  if (!same_sizes(sizes_of(grad), {&c.batch, 1}) || !same_dtype(grad->dl.dtype, t->dl.dtype))
    fail(VT_ERROR_SHAPE, std::string(op) + ": grad must have one number for each entry of the batch: got " +
                             format_sizes(sizes_of(grad)) + " of " + std::string(dtype_name(grad->dl.dtype)) +
                             ", expected (" + std::to_string(c.batch) + ",) of " +
                             std::string(dtype_name(t->dl.dtype)));
  Tensor out = zeros(sizes_of(t), t->dl.dtype, t->dl.device);
  if (!rows::is_meta(t)) run(c, rows::dense(grad), rows::dense(args[1].as.tensor), args[6].as.i != 0, out);
  result[0] = rows::owned(std::move(out));
}

}  // namespace vt::ctc
