// SPDX-License-Identifier: Apache-2.0
// Connectionist temporal classification on the CPU, and its public forms on any device.
#include <vt/cpp/rows/ctc_loss.hpp>
#include <vt/cpp/rows/loss.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include "ops/losses.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

using namespace losses;

// log(exp(a) + exp(b) + exp(c))
template <class T>
T log_sum(T a, T b, T c) noexcept {
  const T most = std::max(a, std::max(b, c));
  if (most == -std::numeric_limits<T>::infinity()) return most;
  return most + std::log(std::exp(a - most) + std::exp(b - most) + std::exp(c - most));
}

// The arguments with the labels of each entry, which are checked.
struct Ctc : ctc::Arguments {
  Ctc(const char* op, const VtValue* args) : Arguments(op, args) {
    if (!targets) return;
    for (int64_t n = 0; n < batch; ++n)
      for (int64_t i = 0; i < target_lengths[static_cast<size_t>(n)]; ++i)
        if (const int64_t label = labels_of(n)[i]; label < 0 || label >= num_classes)
          fail(VT_ERROR_RUNTIME, std::string(op) + ": a target is no label: got " + std::to_string(label) +
                                     ", expected 0 to " + std::to_string(num_classes - 1));
  }

  const int64_t* labels_of(int64_t n) const noexcept {
    return targets.data<const int64_t>() + first[static_cast<size_t>(n)];
  }
};

// The states of one entry of a batch; `p` holds its log probabilities, `step` elements from one time to the next.
template <class T>
struct States {
  States(const Ctc& c, int64_t n, const T* all) noexcept
      : p(all + n * c.num_classes),
        step(c.batch * c.num_classes),
        times(c.times_of(n)),
        count(c.states_of(n)),
        labels(c.labels_of(n)),
        blank(c.blank) {}

  int64_t label(int64_t s) const noexcept { return s % 2 == 0 ? blank : labels[s / 2]; }
  // Whether a path may go from state s - 2 to s.
  bool skips(int64_t s) const noexcept { return s % 2 == 1 && s >= 3 && labels[s / 2] != labels[s / 2 - 1]; }

  // (times, count), row by row.
  std::vector<T> alphas() const {
    constexpr T kNever = -std::numeric_limits<T>::infinity();
    std::vector<T> alpha(static_cast<size_t>(times * count), kNever);
    for (int64_t s = 0; times > 0 && s < std::min<int64_t>(count, 2); ++s) alpha[static_cast<size_t>(s)] = p[label(s)];
    for (int64_t t = 1; t < times; ++t) {
      const T* before = alpha.data() + (t - 1) * count;
      for (int64_t s = 0; s < count; ++s)
        alpha[static_cast<size_t>(t * count + s)] =
            log_sum(before[s], s > 0 ? before[s - 1] : kNever, skips(s) ? before[s - 2] : kNever) +
            p[t * step + label(s)];
    }
    return alpha;
  }

  T loss(const std::vector<T>& alpha) const noexcept {
    constexpr T kNever = -std::numeric_limits<T>::infinity();
    if (times == 0) return count == 1 ? T{0} : -kNever;
    const T* last = alpha.data() + (times - 1) * count;
    return -log_sum(last[count - 1], count > 1 ? last[count - 2] : kNever, kNever);
  }

  const T* p;
  int64_t step;
  int64_t times;
  int64_t count;
  const int64_t* labels;
  int64_t blank;
};

// The gradient of one entry, into `out` of the layout of the log probabilities, which holds zeros.
template <class T>
void write_gradient(const States<T>& states, T grad, int64_t num_classes, T* out) {
  constexpr T kNever = -std::numeric_limits<T>::infinity();
  const std::vector<T> alpha = states.alphas();
  const T loss = states.loss(alpha);
  const auto count = static_cast<size_t>(states.count);
  std::vector<T> beta(count, kNever);
  std::vector<T> next(count, kNever);
  std::vector<T> of_class(static_cast<size_t>(num_classes));
  for (int64_t t = states.times - 1; t >= 0; --t) {
    const T* p = states.p + t * states.step;
    for (int64_t s = states.count - 1; s >= 0; --s) {
      const auto at = static_cast<size_t>(s);
      if (t == states.times - 1) {
        beta[at] = s >= states.count - 2 ? p[states.label(s)] : kNever;
      } else {
        beta[at] = log_sum(next[at], at + 1 < count ? next[at + 1] : kNever,
                           at + 2 < count && states.skips(s + 2) ? next[at + 2] : kNever) +
                   p[states.label(s)];
      }
    }
    std::fill(of_class.begin(), of_class.end(), kNever);
    for (int64_t s = 0; s < states.count; ++s) {
      T& total = of_class[static_cast<size_t>(states.label(s))];
      total = log_sum(total, alpha[static_cast<size_t>(t * states.count + s)] + beta[static_cast<size_t>(s)], kNever);
    }
    T* to = out + t * states.step;
    for (int64_t c = 0; c < num_classes; ++c)
      to[c] = (std::exp(p[c]) - std::exp(of_class[static_cast<size_t>(c)] - p[c] + loss)) * grad;
    std::swap(beta, next);
  }
}

template <class T>
void write_losses(const Ctc& c, const Tensor& p, const Tensor& out) {
  parallel_for(0, c.batch, 1, [&](int64_t begin, int64_t end) {
    for (int64_t n = begin; n < end; ++n) {
      const States<T> states(c, n, p.data<const T>());
      out.data<T>()[n] = states.loss(states.alphas());
    }
  });
}

template <class T>
void write_gradients(const Ctc& c, const Tensor& grad, const Tensor& p, bool zero_infinity, const Tensor& out) {
  parallel_for(0, c.batch, 1, [&](int64_t begin, int64_t end) {
    for (int64_t n = begin; n < end; ++n) {
      const States<T> states(c, n, p.data<const T>());
      if (zero_infinity && std::isinf(states.loss(states.alphas()))) continue;
      write_gradient(states, grad.data<const T>()[n], c.num_classes, out.data<T>() + n * c.num_classes);
    }
  });
}

void native_ctc_loss(const VtValue* args, VtValue* result) {
  ctc::forward<Ctc>(args, result, [](const Ctc& c, const Tensor& p, const Tensor& out) {
    same_dtype(p.dtype(), kFloat64) ? write_losses<double>(c, p, out) : write_losses<float>(c, p, out);
  });
}
void native_ctc_loss_backward(const VtValue* args, VtValue* result) {
  ctc::backward<Ctc>(args, result,
                     [](const Ctc& c, const Tensor& grad, const Tensor& p, bool zero_infinity, const Tensor& out) {
                       same_dtype(p.dtype(), kFloat64) ? write_gradients<double>(c, grad, p, zero_infinity, out)
                                                       : write_gradients<float>(c, grad, p, zero_infinity, out);
                     });
}

// The public forms, with lengths on the host: ..., blank, reduction, zero_infinity.
void reduced_ctc_loss(const VtValue* args, std::span<const int64_t> input_lengths,
                      std::span<const int64_t> target_lengths, VtValue* result) {
  const char* op = "ctc_loss";
  const VtTensor* t = args[0].as.tensor;
  rows::check_dtype(op, t);
  const rows::Reduction reduction = rows::reduction_of(op, args[5].as.string);
  const bool is_single = t->dl.ndim == 2;
  const Tensor log_probs = is_single ? unsqueeze(widened(args[0]), 1) : widened(args[0]);
  const Tensor targets = is_single && args[1].as.tensor->dl.ndim == 1 ? unsqueeze(shared(args[1]), 0) : shared(args[1]);
  Tensor losses = call<"_ctc_loss">(log_probs, targets, input_lengths, target_lengths, args[4], args[6]);
  if (is_single) losses = squeeze(losses, 0);
  if (reduction == rows::Reduction::kMean) {
    Tensor lengths = Tensor::empty(sizes_of(losses.get()), losses.dtype(), {kDLCPU, 0});
    for (size_t n = 0; n < target_lengths.size(); ++n) {
      const auto length = static_cast<double>(std::max<int64_t>(target_lengths[n], 1));
      if (same_dtype(losses.dtype(), kFloat64)) {
        lengths.data<double>()[n] = length;
      } else {
        lengths.data<float>()[n] = static_cast<float>(length);
      }
    }
    losses = call<"div">(losses, call<"to.device">(lengths, losses->dl.device));
  }
  give_reduced(op, losses, args[5], t->dl.dtype, result[0]);
}

void ctc_loss_lists(const VtValue* args, VtValue* result) {
  reduced_ctc_loss(args, ints_of(args[2]), ints_of(args[3]), result);
}

// Lengths as numbers of the host; waits for their device.
Ints lengths_of(const char* name, const VtValue& v) {
  if (!is_integral(shared(v)) || v.as.tensor->dl.ndim > 1)
    fail(VT_ERROR_RUNTIME, std::string("ctc_loss: ") + name + " must be integers, (N,): got " +
                               format_sizes(sizes_of(v.as.tensor)) + " of " +
                               std::string(dtype_name(v.as.tensor->dl.dtype)));
  const Tensor host = rows::dense(call<"to.device">(rows::cast(v.as.tensor, kInt64), DLDevice{kDLCPU, 0}).get());
  return {host.data<const int64_t>(), host.data<const int64_t>() + host.numel()};
}

void ctc_loss(const VtValue* args, VtValue* result) {
  const Ints input_lengths = lengths_of("input_lengths", args[2]);
  const Ints target_lengths = lengths_of("target_lengths", args[3]);
  reduced_ctc_loss(args, input_lengths, target_lengths, result);
}

constexpr char kDoc[] =
    R"(The negative log likelihood of labels that any alignment with the times of `log_probs` may spell.

Parameters
----------
log_probs : Tensor
    (T, N, C) or (T, C): log probabilities of labels at each time.
targets : Tensor
    int32 or int64: (N, S), or (S,) with the labels of all entries one after the other; none of them `blank`.
input_lengths, target_lengths : Tensor
    Integers (N,): the times and the labels of each entry that count.
blank : int
    The label that stands for none.
reduction : str
    'none', 'sum', or 'mean': the mean over entries of the loss divided by the number of labels.
zero_infinity : bool
    Gives zero, and no gradient, where the labels are too many for the times.

Returns
-------
Tensor
    (N,), () for (T, C); 0-dim unless `reduction` is 'none'.

Raises
------
RuntimeError
    If lengths, targets or `blank` do not fit.

Notes
-----
The gradient is that of logits whose log_softmax `log_probs` is. Its derivative is not implemented. Reference: Graves et al.,
"Connectionist temporal classification", ICML 2006.)";

constexpr char kNativeDoc[] = "The losses of `ctc_loss`, one for each entry of (T, N, C) log probabilities.";
constexpr char kBackwardDoc[] = "The gradient of `_ctc_loss`, that of logits whose log_softmax `log_probs` is.";

}  // namespace

void register_ctc_loss(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"ctc_loss(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int blank=0, str "
       "reduction='mean', bool zero_infinity=False) -> Tensor",
       kComposite, kDoc},
      {"ctc_loss.lists(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, str "
       "reduction='mean', bool zero_infinity=False) -> Tensor",
       kComposite, kDoc},
      {"_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank, bool "
       "zero_infinity) -> Tensor",
       VT_OP_FUNCTION, kNativeDoc},
      {"_ctc_loss_backward(Tensor grad, Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int "
       "blank, bool zero_infinity) -> Tensor",
       VT_OP_FUNCTION, kBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"_ctc_loss", boxed<native_ctc_loss>},
                                   {"_ctc_loss_backward", boxed<native_ctc_loss_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"ctc_loss", boxed<ctc_loss>}, {"ctc_loss.lists", boxed<ctc_loss_lists>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
