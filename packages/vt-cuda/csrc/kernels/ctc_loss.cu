// SPDX-License-Identifier: Apache-2.0
// Connectionist temporal classification: the states of an entry side by side, its times one after the other.
#include "ctc_loss.hpp"

#include <vt/cpp/math.hpp>

#include "index.cuh"

namespace vt::cuda {
namespace {

template <class T>
inline constexpr T kNever = -static_cast<T>(INFINITY);

// log(exp(a) + exp(b) + exp(c))
template <class T>
VT_DEVICE T log_sum(T a, T b, T c) {
  T most = b < c ? c : b;
  most = a < most ? most : a;
  if (most == kNever<T>) return most;
  return most + math::log(math::exp(a - most) + math::exp(b - most) + math::exp(c - most));
}

// The states of one entry of the batch.
template <class T>
struct States {
  const CtcParams& p;
  const CtcEntry& entry;
  int64_t number;

  VT_DEVICE States(const CtcParams& params, uint32_t n)
      : p(params), entry(params.entries[n]), number(params.first_entry + n) {}

  // What is no label counts as the blank; it has been reported.
  VT_DEVICE int64_t label(int64_t s) const {
    if (s % 2 == 0) return p.blank;
    const int64_t given = p.labels[entry.first + s / 2];
    return given >= 0 && given < p.num_classes ? given : p.blank;
  }
  // Whether a path may go from state s - 2 to s.
  VT_DEVICE bool skips(int64_t s) const { return s % 2 == 1 && s >= 3 && label(s) != label(s - 2); }
  VT_DEVICE const T* log_probs(int64_t t) const {
    return static_cast<const T*>(p.log_probs) + (t * p.batch + number) * p.num_classes;
  }
  VT_DEVICE T* alpha(int64_t t) const {
    return static_cast<T*>(p.alpha) + ((number - p.first_entry) * p.num_rows + t % p.num_rows) * p.width;
  }
  VT_DEVICE T* beta(int64_t t) const {
    return static_cast<T*>(p.beta) + ((number - p.first_entry) * 2 + t % 2) * p.width;
  }
};

template <class T>
__global__ void __launch_bounds__(kBlockThreads) ctc_alpha(const __grid_constant__ CtcParams p) {
  wait_for_previous_kernel();
  const States<T> states(p, blockIdx.x);
  const int count = states.entry.states;
  for (int s = 1 + 2 * static_cast<int>(threadIdx.x); s < count; s += 2 * kBlockThreads) {
    const int64_t given = p.labels[states.entry.first + s / 2];
    if (given < 0 || given >= p.num_classes) report(p.record, IndexOp::kCtcLoss, given, 2, p.num_classes);
  }
  for (int t = 0; t < states.entry.times; ++t) {
    T* alpha = states.alpha(t);
    const T* before = t > 0 ? states.alpha(t - 1) : nullptr;
    const T* log_probs = states.log_probs(t);
    for (int s = static_cast<int>(threadIdx.x); s < count; s += kBlockThreads) {
      const T own = log_probs[states.label(s)];
      if (t == 0) {
        alpha[s] = s < 2 ? own : kNever<T>;
      } else {
        alpha[s] =
            log_sum(before[s], s > 0 ? before[s - 1] : kNever<T>, states.skips(s) ? before[s - 2] : kNever<T>) + own;
      }
    }
    __syncthreads();
  }
  if (threadIdx.x != 0) return;
  T loss = count == 1 ? T{0} : -kNever<T>;
  if (states.entry.times > 0) {
    const T* last = states.alpha(states.entry.times - 1);
    loss = -log_sum(last[count - 1], count > 1 ? last[count - 2] : kNever<T>, kNever<T>);
  }
  static_cast<T*>(p.losses)[states.number] = loss;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) ctc_beta(const __grid_constant__ CtcParams p) {
  wait_for_previous_kernel();
  const States<T> states(p, blockIdx.x);
  const int count = states.entry.states;
  for (int t = states.entry.times - 1; t >= 0; --t) {
    T* beta = states.beta(t);
    const T* after = states.beta(t + 1);
    T* alpha = states.alpha(t);
    const T* log_probs = states.log_probs(t);
    for (int s = static_cast<int>(threadIdx.x); s < count; s += kBlockThreads) {
      const T own = log_probs[states.label(s)];
      T value;
      if (t == states.entry.times - 1) {
        value = s >= count - 2 ? own : kNever<T>;
      } else {
        value = log_sum(after[s], s + 1 < count ? after[s + 1] : kNever<T>,
                        s + 2 < count && states.skips(s + 2) ? after[s + 2] : kNever<T>) +
                own;
      }
      beta[s] = value;
      alpha[s] += value;
    }
    __syncthreads();
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) ctc_gradient(const __grid_constant__ CtcParams p) {
  wait_for_previous_kernel();
  const States<T> states(p, blockIdx.y);
  const auto t = static_cast<int64_t>(blockIdx.x);
  const T loss = static_cast<const T*>(p.losses)[states.number];
  if (t >= states.entry.times || (p.zero_infinity && loss == -kNever<T>)) return;
  const T grad = static_cast<const T*>(p.grad)[states.number];
  const T* log_probs = states.log_probs(t);
  T* out = static_cast<T*>(p.out) + (log_probs - static_cast<const T*>(p.log_probs));
  const auto write = [&](int64_t c, T total) {
    out[c] = (math::exp(log_probs[c]) - math::exp(total - log_probs[c] + loss)) * grad;
  };
  for (int64_t c = threadIdx.x; c < p.num_classes; c += kBlockThreads) write(c, kNever<T>);
  __syncthreads();
  // The first state of a class adds up all of them.
  const T* both = states.alpha(t);
  const int64_t count = states.entry.states;
  for (int64_t s = threadIdx.x; s < count; s += kBlockThreads) {
    const int64_t c = states.label(s);
    bool is_first = true;
    for (int64_t k = 0; k < s && is_first; ++k) is_first = states.label(k) != c;
    if (!is_first) continue;
    T total = kNever<T>;
    for (int64_t k = s; k < count; ++k)
      if (states.label(k) == c) total = log_sum(total, both[k], kNever<T>);
    write(c, total);
  }
}

template <class Kernel>
const void* symbol(Kernel* kernel) noexcept {
  return reinterpret_cast<const void*>(kernel);
}

}  // namespace

const void* ctc_alpha_kernel(bool is_double) noexcept {
  return is_double ? symbol(&ctc_alpha<double>) : symbol(&ctc_alpha<float>);
}
const void* ctc_beta_kernel(bool is_double) noexcept {
  return is_double ? symbol(&ctc_beta<double>) : symbol(&ctc_beta<float>);
}
const void* ctc_gradient_kernel(bool is_double) noexcept {
  return is_double ? symbol(&ctc_gradient<double>) : symbol(&ctc_gradient<float>);
}

}  // namespace vt::cuda
