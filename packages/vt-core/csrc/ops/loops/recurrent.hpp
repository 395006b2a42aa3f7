// SPDX-License-Identifier: Apache-2.0
// The loops of recurrent layers: the gates of one step, element by element, and their gradients.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// Rows of one step of a layer with `width` hidden elements; every matrix is dense. With a row's gates in blocks of `width`:
//   LSTM  c' = s(f) c + s(i) tanh(g), h' = s(o) tanh(c')                  blocks i, f, g, o
//   GRU   h' = (1 - s(z)) n + s(z) h, n = tanh(a_n + s(r) b_n)            blocks r, z, n; b = h W^T + bias beside them
struct LstmStep {
  int64_t rows;
  int64_t width;
  void* gates;         // (rows, 4 width): before the step sums, then their activations
  const void* before;  // the cells c
  void* cells;         // c'
  void* hidden;        // h'
};
struct LstmStepBackward {
  int64_t rows;
  int64_t width;
  const void* gates;   // activations
  const void* before;  // c
  const void* cells;   // c'
  const void* hidden;  // gradient of h'
  void* cell_grad;     // that of c' from later steps, then that of c
  void* grad;          // that of the sums, (rows, 4 width)
};
struct GruStep {
  int64_t rows;
  int64_t width;
  const void* gates;         // a, (rows, 3 width)
  const void* hidden_gates;  // b
  const void* before;        // h
  void* activations;         // (rows, 4 width): s(r), s(z), n, b_n
  void* hidden;              // h'
};
struct GruStepBackward {
  int64_t rows;
  int64_t width;
  const void* activations;
  const void* before;
  const void* hidden;  // gradient of h'
  void* carried;       // its part that goes to h directly
  void* grad;          // that of a, (rows, 3 width)
  void* hidden_grad;   // that of b
};

// h' = tanh(a) or max(a, 0) in place, for n elements; grad = hidden * its slope, from h'.
struct RecurrentDtype {
  void (*lstm)(const LstmStep&);
  void (*lstm_backward)(const LstmStepBackward&);
  void (*gru)(const GruStep&);
  void (*gru_backward)(const GruStepBackward&);
  void (*activate)(void* x, int64_t n, bool is_relu);
  void (*activate_backward)(const void* out, const void* hidden, void* grad, int64_t n, bool is_relu);
  void (*add)(const void* a, const void* b, void* out, int64_t n);
};

struct RecurrentLoops {
  RecurrentDtype single;
  RecurrentDtype wide;
};

}  // namespace vt::core
