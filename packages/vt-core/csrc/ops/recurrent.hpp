// SPDX-License-Identifier: Apache-2.0
// The arguments of recurrent layers, checked, and the order in which a layer meets the rows of its input.
#pragma once

#include <vt/cpp/rows.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "ops/calls.hpp"

// Note [Packed rows]
// The input of a layer is a matrix with the rows of all times one after the other. Time t has batch_sizes[t] rows, not more than
// the time before: the entries of a batch whose sequences are that long, longest first. A step writes the first batch_sizes[t]
// rows of a state that starts as h0; what is left in it after the last step is h_n, in both directions: backwards, an entry joins
// at its last time with its row of h0 still untouched.
namespace vt::core::recurrent {

enum class Mode : uint8_t { kLstm, kGru, kTanh, kRelu };

inline Mode mode_of(const char* op, const char* text) {
  const std::string_view given(text);
  if (given == "lstm") return Mode::kLstm;
  if (given == "gru") return Mode::kGru;
  if (given == "rnn_tanh") return Mode::kTanh;
  if (given == "rnn_relu") return Mode::kRelu;
  fail(VT_ERROR_VALUE,
       std::string(op) + ": mode must be 'lstm', 'gru', 'rnn_tanh' or 'rnn_relu': got '" + std::string(given) + "'");
}

inline int64_t num_gates(Mode mode) noexcept { return mode == Mode::kLstm ? 4 : mode == Mode::kGru ? 3 : 1; }

inline void check_dtype(const char* op, const VtTensor* t) {
  if (!same_dtype(t->dl.dtype, kFloat32) && !same_dtype(t->dl.dtype, kFloat64))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(t->dl.dtype)) +
                                       ", expected float32 or float64; convert to float32 first");
}

// Optional tensors are None where a mode has none.
struct Arguments {
  VtValue h0;
  VtValue c0;
  VtValue weight;
  VtValue bias;
  VtValue projection;
  std::span<const int64_t> batch_sizes;
  Mode mode;
  bool reverse;
};

// Sizes and order of steps.
struct Layer {
  Layer(const char* op, const Arguments& a, DLDataType dtype) : mode(a.mode), reverse(a.reverse) {
    const auto check = [&](const char* name, const VtValue& v, std::initializer_list<int64_t> sizes) {
      const VtTensor* t = v.as.tensor;
      if (!same_sizes(sizes_of(t), {sizes.begin(), sizes.size()}) || !same_dtype(t->dl.dtype, dtype))
        fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " does not fit: got " + format_sizes(sizes_of(t)) +
                                 " of " + std::string(dtype_name(t->dl.dtype)) + ", expected " +
                                 format_sizes({sizes.begin(), sizes.size()}) + " of " + std::string(dtype_name(dtype)));
    };
    const VtTensor* w = a.weight.as.tensor;
    if (w->dl.ndim != 2 || w->dl.shape[0] % num_gates(mode) != 0)
      fail(VT_ERROR_SHAPE, std::string(op) + ": weight must be (" + std::to_string(num_gates(mode)) +
                               " H, H) or that with a projection: got " + format_sizes(sizes_of(w)));
    width = w->dl.shape[0] / num_gates(mode);
    out_width = w->dl.shape[1];
    gates_width = w->dl.shape[0];
    if (is_tensor(a.projection) ? mode != Mode::kLstm : out_width != width)
      fail(VT_ERROR_SHAPE, std::string(op) + ": weight does not fit: got " + format_sizes(sizes_of(w)) +
                               (is_tensor(a.projection) ? "; only an lstm has a projection" : ""));
    if (is_tensor(a.c0) != (mode == Mode::kLstm))
      fail(VT_ERROR_RUNTIME, std::string(op) + ": an lstm, and nothing else, starts with cells c0");
    check("weight", a.weight, {gates_width, out_width});
    if (is_tensor(a.projection)) check("projection", a.projection, {out_width, width});
    if (is_tensor(a.bias)) check("bias", a.bias, {gates_width});
    batch = a.batch_sizes.empty() && a.h0.as.tensor->dl.ndim > 0 ? a.h0.as.tensor->dl.shape[0]
            : a.batch_sizes.empty()                              ? 0
                                                                 : a.batch_sizes[0];
    check("h0", a.h0, {batch, out_width});
    if (mode == Mode::kLstm) check("c0", a.c0, {batch, width});
    int64_t most = batch;
    for (const int64_t size : a.batch_sizes) {
      if (size <= 0 || size > most)
        fail(VT_ERROR_RUNTIME, std::string(op) + ": batch_sizes must be positive and not ascend: got " +
                                   std::to_string(size) + " after " + std::to_string(most));
      starts.push_back(num_rows);
      num_rows += size;
      most = size;
    }
    starts.push_back(num_rows);
  }

  void check_gates(const char* op, const VtTensor* gates) const {
    const int64_t sizes[] = {num_rows, gates_width};
    if (!same_sizes(sizes_of(gates), sizes))
      fail(VT_ERROR_SHAPE, std::string(op) + ": gates must have a row for each of batch_sizes: got " +
                               format_sizes(sizes_of(gates)) + ", expected " + format_sizes(sizes));
  }

  int64_t num_times() const noexcept { return static_cast<int64_t>(starts.size()) - 1; }
  // The time of the i-th step.
  int64_t time(int64_t i) const noexcept { return reverse ? num_times() - 1 - i : i; }
  int64_t start(int64_t t) const noexcept { return starts[static_cast<size_t>(t)]; }
  int64_t rows(int64_t t) const noexcept { return start(t + 1) - start(t); }
  // How many rows of time t have a step before it; the others start.
  int64_t continued(int64_t t) const noexcept {
    if (reverse) return t + 1 < num_times() ? rows(t + 1) : 0;
    return t > 0 ? rows(t) : 0;
  }
  // Where the rows of the step before start.
  int64_t start_before(int64_t t) const noexcept { return reverse ? start(t + 1) : start(t - 1); }

  Mode mode;
  bool reverse;
  int64_t width = 0;        // of the hidden state before the projection
  int64_t out_width = 0;    // of the hidden state
  int64_t gates_width = 0;  // of all gates
  int64_t batch = 0;
  int64_t num_rows = 0;
  std::vector<int64_t> starts;
};

}  // namespace vt::core::recurrent
