// SPDX-License-Identifier: Apache-2.0
// Optimiser steps and operations on the gradients of a model, on the CPU: one pass over the elements of many tensors.
#include <vt/cpp/optim_rules.hpp>

#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "ops/loops/convert.hpp"
#include "ops/loops/optim.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

constexpr size_t kMaxRoles = 5;

bool is_on_meta(std::span<VtTensor* const> tensors) noexcept {
  return !tensors.empty() && is_meta(tensors[0]->dl.device);
}

// The tensors of one place in each list, walked by one offset.
struct Segment {
  std::array<char*, kMaxRoles> data{};
  size_t dtype;
  int64_t itemsize;
};

// Lists that have been checked, laid end to end. Tensors that no common offset walks are copied, and what was written comes
// back by `finish`.
class Segments {
 public:
  explicit Segments(std::span<const ListRole> roles) {
    const size_t count = roles[0].tensors.size();
    segments_.reserve(count);
    ends_.reserve(count);
    int64_t end = 0;
    for (size_t i = 0; i < count; ++i) {
      const VtTensor* first = roles[0].tensors[i];
      bool alike = true;
      for (const ListRole& role : roles) alike &= walk_alike(first, role.tensors[i]);
      Segment segment{{}, static_cast<size_t>(dtype_index(first->dl.dtype)), itemsize_of(first->dl.dtype)};
      for (size_t r = 0; r < roles.size(); ++r)
        segment.data[r] = static_cast<char*>((alike ? roles[r].tensors[i] : copied(roles[r], i))->dl.data);
      segments_.push_back(segment);
      ends_.push_back(end += first->numel);
    }
  }

  // body(segment, offset in bytes, elements) over all elements, in parallel.
  template <class Body>
  void for_each_run(Body&& body) const {
    if (ends_.empty()) return;
    parallel_for(0, ends_.back(), kGrain, [&](int64_t begin, int64_t end) {
      auto i = static_cast<size_t>(std::upper_bound(ends_.begin(), ends_.end(), begin) - ends_.begin());
      for (; begin < end; ++i) {
        const int64_t start = i == 0 ? 0 : ends_[i - 1];
        const int64_t stop = std::min(end, ends_[i]);
        if (begin < stop) body(segments_[i], (begin - start) * segments_[i].itemsize, stop - begin);
        begin = stop;
      }
    });
  }

  void finish() {
    for (const Copy& copy : copies_)
      if (copy.written) copy_tensor(copy.original, copy.dense->get(), false);
  }

 private:
  struct Copy {
    VtTensor* original;
    std::unique_ptr<Owned> dense;
    bool written;
  };

  VtTensor* copied(const ListRole& role, size_t i) {
    VtTensor* original = role.tensors[i];
    auto dense = std::make_unique<Owned>(empty(sizes_of(original), original->dl.dtype, original->dl.device));
    copy_tensor(dense->get(), original, false);
    copies_.push_back({original, std::move(dense), role.written});
    return copies_.back().dense->get();
  }

  std::vector<Segment> segments_;
  std::vector<int64_t> ends_;
  std::vector<Copy> copies_;
};

void sgd_step_(const VtValue* args, VtValue*) {
  const bool has_buffers = args[2].count > 0 || (args[0].count == 0 && number_of(args[4]).real != 0);
  const SgdStep step = sgd_step(args + 3, has_buffers);
  const ListRole roles[] = {{"params", tensors_of(args[0]), true},
                            {"grads", tensors_of(args[1]), false},
                            {"momentum_buffers", tensors_of(args[2]), true}};
  const std::span<const ListRole> used(roles, has_buffers ? 3 : 2);
  check_lists("sgd_step_", used);
  if (is_on_meta(roles[0].tensors)) return;
  optim::SgdScalars scalars = step.scalars;
  scalars.lr = host_number(step.lr);
  Segments segments(used);
  const auto& kinds = loops<OptimLoops>().sgd[static_cast<size_t>(step.momentum)][step.decay];
  segments.for_each_run([&](const Segment& s, int64_t at, int64_t n) {
    kinds[s.dtype](s.data[0] + at, s.data[1] + at, has_buffers ? s.data[2] + at : nullptr, n, scalars);
  });
  segments.finish();
}

void adamw_step_(const VtValue* args, VtValue*) {
  const bool maximum = args[4].count > 0;
  const AdamStep step = adam_step(args + 5, maximum);
  const ListRole roles[] = {{"params", tensors_of(args[0]), true},
                            {"grads", tensors_of(args[1]), false},
                            {"exp_avgs", tensors_of(args[2]), true},
                            {"exp_avg_sqs", tensors_of(args[3]), true},
                            {"max_exp_avg_sqs", tensors_of(args[4]), true}};
  const std::span<const ListRole> used(roles, maximum ? 5 : 4);
  check_lists("adamw_step_", used);
  if (is_on_meta(roles[0].tensors)) return;
  const optim::AdamScalars scalars = optim::adam_scalars(step.rule, host_number(step.lr), host_number(step.step));
  Segments segments(used);
  const auto& kinds = loops<OptimLoops>().adam[step.decay][maximum];
  segments.for_each_run([&](const Segment& s, int64_t at, int64_t n) {
    kinds[s.dtype](s.data[0] + at, s.data[1] + at, s.data[2] + at, s.data[3] + at, maximum ? s.data[4] + at : nullptr,
                   n, scalars);
  });
  segments.finish();
}

// Elements per partial result of a norm; a matter of sizes alone, so that the norm is the same on any number of threads.
constexpr int64_t kNormBlock = kGrain;

struct NormBlock {
  const char* data;
  size_t dtype;
  int64_t n;
};

double combine(NormKind kind, std::span<const double> parts, double p) {
  double total = kind == NormKind::kSmallest && !parts.empty() ? parts[0] : 0;
  for (const double part : parts) {
    if (kind == NormKind::kLargest) {
      total = part > total || part != part ? part : total;
    } else if (kind == NormKind::kSmallest) {
      total = part < total || part != part ? part : total;
    } else {
      total += part;
    }
  }
  if (kind == NormKind::kSquares) return std::sqrt(total);
  return kind == NormKind::kPowers ? std::pow(total, 1 / p) : total;
}

void total_norm(const VtValue* args, VtValue* result) {
  const auto tensors = tensors_of(args[0]);
  const double p = number_of(args[1]).real;
  const NormKind kind = norm_kind(p);
  const DLDataType dtype = norm_dtype(tensors);
  const DLDevice device = tensors.empty() ? DLDevice{kDLCPU, 0} : tensors[0]->dl.device;
  Owned out(empty({}, dtype, device));
  if (!is_meta(device)) {
    std::vector<NormBlock> blocks;
    std::vector<std::unique_ptr<Owned>> copies;
    for (VtTensor* t : tensors) {
      const int64_t itemsize = itemsize_of(t->dl.dtype);
      if (!(t->flags & VT_TENSOR_NON_OVERLAPPING)) {
        copies.push_back(std::make_unique<Owned>(empty(sizes_of(t), t->dl.dtype, device)));
        copy_tensor(copies.back()->get(), t, false);
        t = copies.back()->get();
      }
      for (int64_t at = 0; at < t->numel; at += kNormBlock)
        blocks.push_back({static_cast<const char*>(t->dl.data) + at * itemsize,
                          static_cast<size_t>(dtype_index(t->dl.dtype)), std::min(kNormBlock, t->numel - at)});
    }
    std::vector<double> parts(blocks.size());
    const auto& norms = loops<OptimLoops>().norm[static_cast<size_t>(kind)];
    parallel_for(0, static_cast<int64_t>(blocks.size()), 1, [&](int64_t begin, int64_t end) {
      for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i)
        parts[i] = norms[blocks[i].dtype](blocks[i].data, blocks[i].n, p);
    });
    store_number({Category::kFloating, false, 0, combine(kind, parts, p), 0}, dtype, out.get()->dl.data);
  }
  result[0] = value_of(out.take());
}

// The one number of a tensor, rounded to T.
template <class T>
T single(const VtTensor* t) {
  const auto to = static_cast<size_t>(dtype_index(sizeof(T) == 4 ? kFloat32 : kFloat64));
  const auto from = static_cast<size_t>(dtype_index(t->dl.dtype));
  T value{};
  loops<ConvertLoops>().from_to[to][from](reinterpret_cast<char*>(&value), 0, static_cast<const char*>(t->dl.data), 0,
                                          1);
  return value;
}

void scale_all(const ListRole& role, double factor) {
  Segments segments({&role, 1});
  segments.for_each_run(
      [&](const Segment& s, int64_t at, int64_t n) { loops<OptimLoops>().scale[s.dtype](s.data[0] + at, n, factor); });
  segments.finish();
}

void clip_by_total_norm_(const VtValue* args, VtValue*) {
  const ListRole role{"tensors", tensors_of(args[0]), true};
  check_lists("clip_by_total_norm_", {&role, 1});
  const VtTensor* norm = args[1].as.tensor;
  check_total_norm(norm);
  if (is_meta(norm->dl.device)) return;
  const double max_norm = number_of(args[2]).real;
  const double factor = same_dtype(norm->dl.dtype, kFloat64)
                            ? optim::clip_factor(single<double>(norm), max_norm)
                            : optim::clip_factor(single<float>(norm), static_cast<float>(max_norm));
  if (factor != 1) scale_all(role, factor);
}

void scale_each_(const VtValue* args, VtValue*) {
  const ListRole role{"tensors", tensors_of(args[0]), true};
  check_lists("scale_each_", {&role, 1});
  check_scale_factor(args[1]);
  if (is_on_meta(role.tensors)) return;
  scale_all(role, is_tensor(args[1]) ? single<double>(args[1].as.tensor) : number_of(args[1]).real);
}

void clamp_each_(const VtValue* args, VtValue*) {
  const ListRole role{"tensors", tensors_of(args[0]), true};
  check_lists("clamp_each_", {&role, 1});
  check_clamp_bounds(args[1], args[2]);
  if (is_on_meta(role.tensors)) return;
  const double low = number_of(args[1]).real, high = number_of(args[2]).real;
  Segments segments({&role, 1});
  segments.for_each_run([&](const Segment& s, int64_t at, int64_t n) {
    loops<OptimLoops>().clamp[s.dtype](s.data[0] + at, n, is_none(args[1]) ? nullptr : &low,
                                       is_none(args[2]) ? nullptr : &high);
  });
  segments.finish();
}

void zero_each_(const VtValue* args, VtValue*) {
  for (const VtTensor* t : tensors_of(args[0])) check_writable("zero_each_", t);
  for (VtTensor* t : tensors_of(args[0])) {
    if (is_meta(t->dl.device) || t->numel == 0) continue;
    if ((t->flags & VT_TENSOR_NON_OVERLAPPING) && t->numel <= kGrain) {
      std::memset(t->dl.data, 0, static_cast<size_t>(t->numel * itemsize_of(t->dl.dtype)));
    } else {
      fill_tensor(t, Number{});
    }
  }
}

constexpr char kSgdDoc[] = R"(One step of stochastic gradient descent for many parameters, in place.

With g the gradient, negated to maximise, plus `weight_decay` times the parameter: the momentum buffer b becomes
`momentum * b + (1 - dampening) * g`, in the first step g; the parameter loses `lr * b`, by Nesterov's method
`lr * (g + momentum * b)`, without momentum `lr * g`.

Parameters
----------
params : sequence of Tensor
    float32, float64, float16 or bfloat16; the half types are computed in float32.
grads : sequence of Tensor
    Of the sizes and dtypes of `params`, in any memory order.
momentum_buffers : sequence of Tensor
    Likewise; empty without momentum.
lr : Scalar or Tensor
    A tensor holds one number of float32 or float64, and is read on its device, which is that of `params`.
momentum, dampening, weight_decay : float
nesterov, maximize, is_first_step : bool

Raises
------
ValueError
    If the lists differ in length, or momentum, dampening and nesterov do not fit together. Nothing is written then, as in
    all cases below.
RuntimeError
    If sizes, dtypes or devices differ.
NotImplementedError
    For other dtypes.

Notes
-----
Enqueues on the current stream of a CUDA device; does not synchronise. The formulas are PyTorch's.)";
constexpr char kAdamDoc[] = R"(One step of AdamW or Adam for many parameters, in place.

With g the gradient, negated to maximise: `exp_avg` moves to g by 1 - beta1 and `exp_avg_sq` to g * g by 1 - beta2; the
parameter, first multiplied by 1 - lr * weight_decay, loses `lr / (1 - beta1**step) * exp_avg` over
`sqrt(exp_avg_sq) / sqrt(1 - beta2**step) + eps`. With `max_exp_avg_sqs` their largest values so far take the place of
`exp_avg_sqs`.

Parameters
----------
params : sequence of Tensor
    float32, float64, float16 or bfloat16; the half types are computed in float32.
grads, exp_avgs, exp_avg_sqs : sequence of Tensor
    Of the sizes and dtypes of `params`; gradients in any memory order.
max_exp_avg_sqs : sequence of Tensor
    Likewise for AMSGrad; else empty.
lr : Scalar or Tensor
    A tensor holds one number of float32 or float64, and is read on its device, which is that of `params`.
beta1, beta2, eps, weight_decay : float
step : Scalar or Tensor
    The number of this step, from 1 on.
decoupled : bool
    False adds `weight_decay` times the parameter to the gradient instead, which is Adam.
maximize : bool

Raises
------
ValueError
    If the lists differ in length, a beta is outside [0, 1) or `step` is below 1. Nothing is written then, as in all cases
    below.
RuntimeError
    If sizes, dtypes or devices differ.
NotImplementedError
    For other dtypes.

Notes
-----
Enqueues on the current stream of a CUDA device; does not synchronise. Reference: Kingma and Ba, ICLR 2015; Loshchilov and
Hutter, ICLR 2019; Reddi et al., ICLR 2018.)";
constexpr char kTotalNormDoc[] = R"(The norm of all elements of `tensors` together.

Parameters
----------
tensors : sequence of Tensor
    float32, float64, float16 or bfloat16, of any sizes; on one device. None at all have norm 0.
norm_type : float
    The order: 2 by default, infinities for the largest and smallest magnitude, 0 for the number of elements that are not 0.

Returns
-------
Tensor
    0-dim; float64 when one of `tensors` is, else float32. Computed in float64.

Raises
------
ValueError
    If `norm_type` is NaN.
NotImplementedError
    For other dtypes.)";
constexpr char kClipDoc[] = R"(Multiplies `tensors` in place by min(1, max_norm / (total_norm + 1e-6)).

Parameters
----------
tensors : sequence of Tensor
    float32, float64, float16 or bfloat16.
total_norm : Tensor
    One number of float32 or float64, as `total_norm` computes it; it stays on its device. NaN makes all elements NaN.
max_norm : float

Raises
------
ValueError
    If `total_norm` is not one number.
NotImplementedError
    For other dtypes.)";
constexpr char kClampEachDoc[] =
    R"(Raises the elements of `tensors` to `min` and lowers them to `max`, in place; NaN stays.

Parameters
----------
tensors : sequence of Tensor
    float32, float64, float16 or bfloat16.
min, max : Scalar, optional
    At least one of them.

Raises
------
ValueError
    If neither bound is given, or one is complex.
NotImplementedError
    For other dtypes.)";
constexpr char kZeroEachDoc[] = "Sets every element of `tensors` to zero.";
constexpr char kScaleEachDoc[] = R"(Multiplies `tensors` in place by one number.

Parameters
----------
tensors : sequence of Tensor
    float32, float64, float16 or bfloat16.
factor : Scalar or Tensor
    A tensor of one element of a floating dtype is read on its device, which is that of `tensors`.

Raises
------
ValueError
    If `factor` is not one real number.
NotImplementedError
    For other dtypes.)";

}  // namespace

void register_optim(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"sgd_step_(Tensor(a!)[] params, Tensor[] grads, Tensor(b!)[] momentum_buffers, *, Scalar|Tensor lr, float momentum=0, "
       "float dampening=0, float weight_decay=0, bool nesterov=False, bool maximize=False, bool is_first_step=False) "
       "-> ()",
       kFlags, kSgdDoc},
      {"adamw_step_(Tensor(a!)[] params, Tensor[] grads, Tensor(b!)[] exp_avgs, Tensor(c!)[] exp_avg_sqs, "
       "Tensor(d!)[] max_exp_avg_sqs, *, Scalar|Tensor lr, float beta1, float beta2, float eps, float weight_decay, "
       "Scalar|Tensor step, bool decoupled=True, bool maximize=False) -> ()",
       kFlags, kAdamDoc},
      {"total_norm(Tensor[] tensors, float norm_type=2.0) -> Tensor", kFlags, kTotalNormDoc},
      {"clip_by_total_norm_(Tensor(a!)[] tensors, Tensor total_norm, float max_norm) -> ()", kFlags, kClipDoc},
      {"clamp_each_(Tensor(a!)[] tensors, Scalar? min=None, Scalar? max=None) -> ()", kFlags, kClampEachDoc},
      {"zero_each_(Tensor(a!)[] tensors) -> ()", kFlags, kZeroEachDoc},
      {"scale_each_(Tensor(a!)[] tensors, Scalar|Tensor factor) -> ()", kFlags, kScaleEachDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"sgd_step_", boxed<sgd_step_>},     {"adamw_step_", boxed<adamw_step_>},
      {"total_norm", boxed<total_norm>},   {"clip_by_total_norm_", boxed<clip_by_total_norm_>},
      {"clamp_each_", boxed<clamp_each_>}, {"zero_each_", boxed<zero_each_>},
      {"scale_each_", boxed<scale_each_>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
