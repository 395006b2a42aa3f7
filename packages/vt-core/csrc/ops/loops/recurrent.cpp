// SPDX-License-Identifier: Apache-2.0
// Loops of recurrent layers in float32 and float64.
#include "ops/loops/recurrent.hpp"

#include <vt/cpp/math.hpp>

#include "ops/loops/elements.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T>
void lstm(const LstmStep& p) {
  const int64_t n = p.width;
  for (int64_t row = 0; row < p.rows; ++row) {
    T* i = static_cast<T*>(p.gates) + row * 4 * n;
    T* f = i + n;
    T* g = f + n;
    T* o = g + n;
    const T* before = static_cast<const T*>(p.before) + row * n;
    T* cells = static_cast<T*>(p.cells) + row * n;
    T* hidden = static_cast<T*>(p.hidden) + row * n;
    VT_INDEPENDENT_LOOP
    for (int64_t j = 0; j < n; ++j) {
      i[j] = math::sigmoid(i[j]);
      f[j] = math::sigmoid(f[j]);
      g[j] = math::tanh(g[j]);
      o[j] = math::sigmoid(o[j]);
      const T cell = f[j] * before[j] + i[j] * g[j];
      cells[j] = cell;
      hidden[j] = o[j] * math::tanh(cell);
    }
  }
}

template <class T>
void lstm_backward(const LstmStepBackward& p) {
  const int64_t n = p.width;
  for (int64_t row = 0; row < p.rows; ++row) {
    const T* i = static_cast<const T*>(p.gates) + row * 4 * n;
    const T* f = i + n;
    const T* g = f + n;
    const T* o = g + n;
    const T* before = static_cast<const T*>(p.before) + row * n;
    const T* cells = static_cast<const T*>(p.cells) + row * n;
    const T* hidden = static_cast<const T*>(p.hidden) + row * n;
    T* cell_grad = static_cast<T*>(p.cell_grad) + row * n;
    T* i_grad = static_cast<T*>(p.grad) + row * 4 * n;
    T* f_grad = i_grad + n;
    T* g_grad = f_grad + n;
    T* o_grad = g_grad + n;
    VT_INDEPENDENT_LOOP
    for (int64_t j = 0; j < n; ++j) {
      const T t = math::tanh(cells[j]);
      const T c = cell_grad[j] + hidden[j] * o[j] * (T{1} - t * t);
      i_grad[j] = c * g[j] * i[j] * (T{1} - i[j]);
      f_grad[j] = c * before[j] * f[j] * (T{1} - f[j]);
      g_grad[j] = c * i[j] * (T{1} - g[j] * g[j]);
      o_grad[j] = hidden[j] * t * o[j] * (T{1} - o[j]);
      cell_grad[j] = c * f[j];
    }
  }
}

template <class T>
void gru(const GruStep& p) {
  const int64_t n = p.width;
  for (int64_t row = 0; row < p.rows; ++row) {
    const T* a = static_cast<const T*>(p.gates) + row * 3 * n;
    const T* b = static_cast<const T*>(p.hidden_gates) + row * 3 * n;
    const T* before = static_cast<const T*>(p.before) + row * n;
    T* r = static_cast<T*>(p.activations) + row * 4 * n;
    T* hidden = static_cast<T*>(p.hidden) + row * n;
    VT_INDEPENDENT_LOOP
    for (int64_t j = 0; j < n; ++j) {
      const T reset = math::sigmoid(a[j] + b[j]);
      const T update = math::sigmoid(a[n + j] + b[n + j]);
      const T fresh = math::tanh(a[2 * n + j] + reset * b[2 * n + j]);
      r[j] = reset;
      r[n + j] = update;
      r[2 * n + j] = fresh;
      r[3 * n + j] = b[2 * n + j];
      hidden[j] = fresh + update * (before[j] - fresh);
    }
  }
}

template <class T>
void gru_backward(const GruStepBackward& p) {
  const int64_t n = p.width;
  for (int64_t row = 0; row < p.rows; ++row) {
    const T* r = static_cast<const T*>(p.activations) + row * 4 * n;
    const T* z = r + n;
    const T* fresh = z + n;
    const T* b = fresh + n;
    const T* before = static_cast<const T*>(p.before) + row * n;
    const T* hidden = static_cast<const T*>(p.hidden) + row * n;
    T* carried = static_cast<T*>(p.carried) + row * n;
    T* grad = static_cast<T*>(p.grad) + row * 3 * n;
    T* hidden_grad = static_cast<T*>(p.hidden_grad) + row * 3 * n;
    VT_INDEPENDENT_LOOP
    for (int64_t j = 0; j < n; ++j) {
      const T h = hidden[j];
      const T of_fresh = h * (T{1} - z[j]) * (T{1} - fresh[j] * fresh[j]);
      const T of_reset = of_fresh * b[j] * r[j] * (T{1} - r[j]);
      const T of_update = h * (before[j] - fresh[j]) * z[j] * (T{1} - z[j]);
      grad[j] = of_reset;
      grad[n + j] = of_update;
      grad[2 * n + j] = of_fresh;
      hidden_grad[j] = of_reset;
      hidden_grad[n + j] = of_update;
      hidden_grad[2 * n + j] = of_fresh * r[j];
      carried[j] = h * z[j];
    }
  }
}

template <class T>
void activate(void* data, int64_t n, bool is_relu) {
  T* x = static_cast<T*>(data);
  if (is_relu) {
    VT_INDEPENDENT_LOOP
    for (int64_t j = 0; j < n; ++j) x[j] = x[j] < T{0} ? T{0} : x[j];
  } else {
    VT_INDEPENDENT_LOOP
    for (int64_t j = 0; j < n; ++j) x[j] = math::tanh(x[j]);
  }
}

template <class T>
void activate_backward(const void* out, const void* hidden, void* grad, int64_t n, bool is_relu) {
  const T* y = static_cast<const T*>(out);
  const T* h = static_cast<const T*>(hidden);
  T* to = static_cast<T*>(grad);
  if (is_relu) {
    VT_INDEPENDENT_LOOP
    for (int64_t j = 0; j < n; ++j) to[j] = y[j] > T{0} ? h[j] : T{0};
  } else {
    VT_INDEPENDENT_LOOP
    for (int64_t j = 0; j < n; ++j) to[j] = h[j] * (T{1} - y[j] * y[j]);
  }
}

template <class T>
void add(const void* first, const void* second, void* out, int64_t n) {
  const T* a = static_cast<const T*>(first);
  const T* b = static_cast<const T*>(second);
  T* to = static_cast<T*>(out);
  VT_INDEPENDENT_LOOP
  for (int64_t j = 0; j < n; ++j) to[j] = a[j] + b[j];
}

template <class T>
constexpr RecurrentDtype kLoops{&lstm<T>,     &lstm_backward<T>,     &gru<T>, &gru_backward<T>,
                                &activate<T>, &activate_backward<T>, &add<T>};

}  // namespace

void fill_recurrent() { chosen_loops<RecurrentLoops> = {kLoops<float>, kLoops<double>}; }

}  // namespace vt::core::VT_ISA
