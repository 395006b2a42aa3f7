// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels of recurrent layers: the gates of one step and their gradients, a thread per hidden element.
#pragma once

#include "params.hpp"

namespace vt::cuda {

// Rows of one step with `width` hidden elements, `num` in all; every matrix is dense, in float32 or float64. With a row's gates in
// blocks of `width`:
//   LSTM  c' = s(f) c + s(i) tanh(g), h' = s(o) tanh(c')                  blocks i, f, g, o
//   GRU   h' = (1 - s(z)) n + s(z) h, n = tanh(a_n + s(r) b_n)            blocks r, z, n; b = h W^T + bias beside them
struct LstmStep {
  int64_t num;
  int64_t width;
  void* gates;   // before the step sums, then their activations
  void* cells;   // c, then c'
  void* kept;    // c' once more, for the gradient
  void* hidden;  // h'
  void* state;   // h' once more; may be null
};
struct GruStep {
  int64_t num;
  int64_t width;
  const void* gates;         // a, (rows, 3 width)
  const void* hidden_gates;  // b
  void* activations;         // (rows, 4 width): s(r), s(z), n, b_n
  void* state;               // h, then h'
  void* hidden;              // h' once more
};
struct PlainStep {
  int64_t num;
  void* hidden;  // a sum, then its activation h'
  void* state;   // h' once more
  bool is_relu;
};

// What a step started from: rows of the step before, and behind `continued` elements those of the initial state.
struct StepOrigin {
  const void* before;
  const void* initial;
  int64_t continued;
};
// The gradient of h': one or the sum of two.
struct HiddenGradient {
  const void* first;
  const void* second;  // may be null
};
struct LstmStepBackward {
  int64_t num;
  int64_t width;
  const void* gates;  // activations
  const void* cells;  // c'
  StepOrigin origin;  // c
  HiddenGradient hidden;
  void* cell_grad;  // that of c' from later steps, then that of c
  void* grad;       // that of the sums
};
struct GruStepBackward {
  int64_t num;
  int64_t width;
  const void* activations;
  StepOrigin origin;  // h
  HiddenGradient hidden;
  void* carried;      // its part that goes to h directly
  void* grad;         // that of a
  void* hidden_grad;  // that of b
};
struct PlainStepBackward {
  int64_t num;
  const void* out;  // h'
  HiddenGradient hidden;
  void* grad;
  bool is_relu;
};

// to = first + second, or the LSTM's h' before its projection, from cells and gates.
struct HiddenSum {
  int64_t num;
  HiddenGradient hidden;
  void* to;
};
struct LstmHidden {
  int64_t num;
  int64_t width;
  const void* gates;
  const void* cells;
  void* to;
};

struct RecurrentKernels {
  const void* lstm;
  const void* gru;
  const void* plain;
  const void* lstm_backward;
  const void* gru_backward;
  const void* plain_backward;
  const void* hidden_sum;
  const void* lstm_hidden;
};
const RecurrentKernels& recurrent_kernels(bool is_double) noexcept;

}  // namespace vt::cuda
