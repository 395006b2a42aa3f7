// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels of connectionist temporal classification (its Note in vt/cpp/rows/ctc_loss.hpp).
#pragma once

#include "params.hpp"

namespace vt::cuda {

struct CtcEntry {
  int64_t first;  // of its labels
  int32_t times;
  int32_t states;
};
inline constexpr int kCtcEntries = 128;  // in one launch

struct CtcParams {
  const void* log_probs;  // (T, N, C)
  const int64_t* labels;
  void* losses;  // of all entries
  void* alpha;   // (entries, rows, width); in the gradient's last step alpha + beta
  void* beta;    // (entries, 2, width)
  const void* grad;
  void* out;
  int64_t batch;
  int64_t num_classes;
  int64_t blank;
  int64_t num_rows;  // 2, which times use by turns, or one for each time
  int64_t width;     // at least the states of any entry
  bool zero_infinity;
  struct IndexErrorRecord* record;
  int64_t first_entry;
  CtcEntry entries[kCtcEntries];
};

// A block per entry: alpha and the losses; beta, added to alpha.
const void* ctc_alpha_kernel(bool is_double) noexcept;
const void* ctc_beta_kernel(bool is_double) noexcept;
// A block per time, in row n those of entry n.
const void* ctc_gradient_kernel(bool is_double) noexcept;

}  // namespace vt::cuda
