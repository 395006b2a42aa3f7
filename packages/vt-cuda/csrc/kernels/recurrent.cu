// SPDX-License-Identifier: Apache-2.0
// Steps of recurrent layers, with the bits of the CPU's loops.
#include "recurrent.hpp"

#include <vt/cpp/math.hpp>

#include "elements.cuh"

namespace vt::cuda {
namespace {

VT_DEVICE int64_t thread_number() { return static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x; }

// An element's place in a row of `blocks` blocks of `width`.
VT_DEVICE int64_t gate_of(int64_t i, int64_t width, int blocks) {
  const int64_t row = i / width;
  return row * blocks * width + (i - row * width);
}

template <class T>
VT_DEVICE T origin_of(const StepOrigin& origin, int64_t i) {
  return static_cast<const T*>(i < origin.continued ? origin.before : origin.initial)[i];
}
template <class T>
VT_DEVICE T gradient_of(const HiddenGradient& hidden, int64_t i) {
  const T first = static_cast<const T*>(hidden.first)[i];
  return hidden.second != nullptr ? first + static_cast<const T*>(hidden.second)[i] : first;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) lstm(const __grid_constant__ LstmStep p) {
  wait_for_previous_kernel();
  const int64_t k = thread_number();
  if (k >= p.num) return;
  T* gates = static_cast<T*>(p.gates) + gate_of(k, p.width, 4);
  const T i = math::sigmoid(gates[0]);
  const T f = math::sigmoid(gates[p.width]);
  const T g = math::tanh(gates[2 * p.width]);
  const T o = math::sigmoid(gates[3 * p.width]);
  const T cell = f * static_cast<T*>(p.cells)[k] + i * g;
  const T hidden = o * math::tanh(cell);
  gates[0] = i;
  gates[p.width] = f;
  gates[2 * p.width] = g;
  gates[3 * p.width] = o;
  static_cast<T*>(p.cells)[k] = cell;
  static_cast<T*>(p.kept)[k] = cell;
  static_cast<T*>(p.hidden)[k] = hidden;
  if (p.state != nullptr) static_cast<T*>(p.state)[k] = hidden;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) lstm_backward(const __grid_constant__ LstmStepBackward p) {
  wait_for_previous_kernel();
  const int64_t k = thread_number();
  if (k >= p.num) return;
  const int64_t at = gate_of(k, p.width, 4);
  const T* gates = static_cast<const T*>(p.gates) + at;
  T* grad = static_cast<T*>(p.grad) + at;
  const T i = gates[0];
  const T f = gates[p.width];
  const T g = gates[2 * p.width];
  const T o = gates[3 * p.width];
  const T h = gradient_of<T>(p.hidden, k);
  const T t = math::tanh(static_cast<const T*>(p.cells)[k]);
  const T c = static_cast<T*>(p.cell_grad)[k] + h * o * (T{1} - t * t);
  grad[0] = c * g * i * (T{1} - i);
  grad[p.width] = c * origin_of<T>(p.origin, k) * f * (T{1} - f);
  grad[2 * p.width] = c * i * (T{1} - g * g);
  grad[3 * p.width] = h * t * o * (T{1} - o);
  static_cast<T*>(p.cell_grad)[k] = c * f;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) gru(const __grid_constant__ GruStep p) {
  wait_for_previous_kernel();
  const int64_t k = thread_number();
  if (k >= p.num) return;
  const T* a = static_cast<const T*>(p.gates) + gate_of(k, p.width, 3);
  const T* b = static_cast<const T*>(p.hidden_gates) + gate_of(k, p.width, 3);
  T* activations = static_cast<T*>(p.activations) + gate_of(k, p.width, 4);
  const T reset = math::sigmoid(a[0] + b[0]);
  const T update = math::sigmoid(a[p.width] + b[p.width]);
  const T beside = b[2 * p.width];
  const T fresh = math::tanh(a[2 * p.width] + reset * beside);
  const T hidden = fresh + update * (static_cast<T*>(p.state)[k] - fresh);
  activations[0] = reset;
  activations[p.width] = update;
  activations[2 * p.width] = fresh;
  activations[3 * p.width] = beside;
  static_cast<T*>(p.state)[k] = hidden;
  static_cast<T*>(p.hidden)[k] = hidden;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) gru_backward(const __grid_constant__ GruStepBackward p) {
  wait_for_previous_kernel();
  const int64_t k = thread_number();
  if (k >= p.num) return;
  const T* activations = static_cast<const T*>(p.activations) + gate_of(k, p.width, 4);
  const T r = activations[0];
  const T z = activations[p.width];
  const T fresh = activations[2 * p.width];
  const T beside = activations[3 * p.width];
  const T h = gradient_of<T>(p.hidden, k);
  const T of_fresh = h * (T{1} - z) * (T{1} - fresh * fresh);
  const T of_reset = of_fresh * beside * r * (T{1} - r);
  const T of_update = h * (origin_of<T>(p.origin, k) - fresh) * z * (T{1} - z);
  const int64_t at = gate_of(k, p.width, 3);
  T* grad = static_cast<T*>(p.grad) + at;
  T* hidden_grad = static_cast<T*>(p.hidden_grad) + at;
  grad[0] = of_reset;
  grad[p.width] = of_update;
  grad[2 * p.width] = of_fresh;
  hidden_grad[0] = of_reset;
  hidden_grad[p.width] = of_update;
  hidden_grad[2 * p.width] = of_fresh * r;
  static_cast<T*>(p.carried)[k] = h * z;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) plain(const __grid_constant__ PlainStep p) {
  wait_for_previous_kernel();
  const int64_t k = thread_number();
  if (k >= p.num) return;
  const T x = static_cast<T*>(p.hidden)[k];
  const T hidden = !p.is_relu ? math::tanh(x) : x < T{0} ? T{0} : x;
  static_cast<T*>(p.hidden)[k] = hidden;
  static_cast<T*>(p.state)[k] = hidden;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) plain_backward(const __grid_constant__ PlainStepBackward p) {
  wait_for_previous_kernel();
  const int64_t k = thread_number();
  if (k >= p.num) return;
  const T y = static_cast<const T*>(p.out)[k];
  const T h = gradient_of<T>(p.hidden, k);
  static_cast<T*>(p.grad)[k] = !p.is_relu ? h * (T{1} - y * y) : y > T{0} ? h : T{0};
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) hidden_sum(const __grid_constant__ HiddenSum p) {
  wait_for_previous_kernel();
  const int64_t k = thread_number();
  if (k < p.num) static_cast<T*>(p.to)[k] = gradient_of<T>(p.hidden, k);
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) lstm_hidden(const __grid_constant__ LstmHidden p) {
  wait_for_previous_kernel();
  const int64_t k = thread_number();
  if (k >= p.num) return;
  const T o = static_cast<const T*>(p.gates)[gate_of(k, p.width, 4) + 3 * p.width];
  static_cast<T*>(p.to)[k] = o * math::tanh(static_cast<const T*>(p.cells)[k]);
}

template <class Kernel>
const void* symbol(Kernel* kernel) noexcept {
  return reinterpret_cast<const void*>(kernel);
}

template <class T>
RecurrentKernels kernels_of() noexcept {
  return {symbol(&lstm<T>),          symbol(&gru<T>),          symbol(&plain<T>),
          symbol(&lstm_backward<T>), symbol(&gru_backward<T>), symbol(&plain_backward<T>),
          symbol(&hidden_sum<T>),    symbol(&lstm_hidden<T>)};
}

}  // namespace

const RecurrentKernels& recurrent_kernels(bool is_double) noexcept {
  static const RecurrentKernels kernels[] = {kernels_of<float>(), kernels_of<double>()};
  return kernels[is_double];
}

}  // namespace vt::cuda
