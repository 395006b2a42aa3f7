// SPDX-License-Identifier: Apache-2.0
// The arguments of recurrent layers, checked, the order in which a layer meets the rows of its input, and the results of the inner
// op and of its gradient: the same on every device.
#pragma once

#include <vt/cpp/rows.hpp>

#include <string>
#include <string_view>
#include <vector>

// Note [Packed rows]
// The input of a layer is a matrix with the rows of all times one after the other. Time t has batch_sizes[t] rows, not more than
// the time before: the entries of a batch whose sequences are that long, longest first. A step writes the first batch_sizes[t]
// rows of a state that starts as h0; what is left in it after the last step is h_n, in both directions: backwards, an entry joins
// at its last time with its row of h0 still untouched.
namespace vt::recurrent {

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

// (h0, c0, weight, bias, projection, batch_sizes, mode, reverse)
inline Arguments arguments_of(const char* op, const VtValue* args) {
  return {args[0],          args[1], args[2], args[3], args[4], ints_of(args[5]), mode_of(op, args[6].as.string),
          args[7].as.i != 0};
}

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

// What the gradient reads of the forward besides its result, in one block: activations of the gates (4 widths in a row), then
// cells; nothing for plain networks.
inline int64_t saved_bytes(const Layer& l, DLDataType dtype) noexcept {
  const int64_t per_row = l.mode == Mode::kLstm ? 5 * l.width : l.mode == Mode::kGru ? 4 * l.width : 0;
  return l.num_rows * per_row * itemsize_of(dtype);
}

struct Forward {
  Tensor gates, weight, bias, projection;  // gates and bias dense
  Tensor out, state, cells, workspace;     // results; state and cells start as copies of h0 and c0
};

// A dense copy that may be written.
inline Tensor state_of(const VtValue& v) {
  static const Op contiguous("contiguous");
  static const Op clone("clone");
  return clone(contiguous(v));
}
inline Tensor dense_or_none(const VtValue& v) { return is_tensor(v) ? rows::dense(v.as.tensor) : Tensor(); }
inline Tensor shared_or_none(const VtValue& v) noexcept { return is_tensor(v) ? Tensor::share(v.as.tensor) : Tensor(); }

// native_recurrent_layer(gates, h0, c0, weight, bias, projection, batch_sizes, mode, reverse): run(layer, forward)
template <class Run>
void forward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "recurrent_layer";
  VtTensor* gates = args[0].as.tensor;
  check_dtype(op, gates);
  const Arguments a = arguments_of(op, args + 1);
  const DLDataType dtype = gates->dl.dtype;
  const Layer l(op, a, dtype);
  l.check_gates(op, gates);
  if (is_tensor(a.bias) && l.mode != Mode::kGru)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": only a gru has a bias beside that of its gates");
  const DLDevice device = gates->dl.device;
  const int64_t bytes[] = {saved_bytes(l, dtype)};
  const int64_t sizes[] = {l.num_rows, l.out_width};
  Forward f;
  f.out = Tensor::empty(sizes, dtype, device);
  f.state = state_of(a.h0);
  if (is_tensor(a.c0)) f.cells = state_of(a.c0);
  f.workspace = Tensor::empty(bytes, kUInt8, device);
  if (!rows::is_meta(gates) && l.num_rows > 0) {
    f.gates = rows::dense(gates);
    f.weight = shared_or_none(a.weight);
    f.bias = dense_or_none(a.bias);
    f.projection = shared_or_none(a.projection);
    run(l, f);
  }
  result[0] = rows::owned(std::move(f.out));
  result[1] = rows::owned(std::move(f.state));
  if (f.cells) result[2] = rows::owned(std::move(f.cells));
  result[3] = rows::owned(std::move(f.workspace));
}

struct Backward {
  Tensor out_grad;                                    // of all rows, or empty
  Tensor h0, c0, weight, projection, out, workspace;  // dense
  Tensor gates, hidden_gates;                         // gradients of all rows; hidden_gates of a gru
  Tensor state, cells;                                // those of h_n and c_n on entry, of h0 and c0 on return
  Tensor weight_grad, bias_grad, projection_grad;
};

// native_recurrent_layer_backward(out_grad, h_grad, c_grad, out, workspace, h0, c0, weight, bias, projection, batch_sizes, mode,
// reverse) -> (gates, h0, c0, weight, bias, projection): run(layer, backward), which leaves the gradient of the bias alone
template <class Run>
void backward(const VtValue* args, VtValue* result, Run&& run) {
  static const Op zeros("zeros");
  static const Op sum("sum.dims");
  const char* op = "native_recurrent_layer_backward";
  VtTensor* out = args[3].as.tensor;
  check_dtype(op, out);
  const Arguments a = arguments_of(op, args + 5);
  const DLDataType dtype = out->dl.dtype;
  const Layer l(op, a, dtype);
  const int64_t sizes[] = {l.num_rows, l.out_width};
  const auto check = [&](const char* name, const VtValue& v, std::span<const int64_t> expected, DLDataType type) {
    if (is_tensor(v) && (!same_sizes(sizes_of(v.as.tensor), expected) || !same_dtype(v.as.tensor->dl.dtype, type)))
      fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " has the wrong sizes: got " +
                               format_sizes(sizes_of(v.as.tensor)) + ", expected " + format_sizes(expected));
  };
  const int64_t bytes[] = {saved_bytes(l, dtype)};
  check("out_grad", args[0], sizes, dtype);
  check("h_grad", args[1], sizes_of(a.h0.as.tensor), dtype);
  if (is_tensor(a.c0)) check("c_grad", args[2], sizes_of(a.c0.as.tensor), dtype);
  check("out", args[3], sizes, dtype);
  check("workspace", args[4], bytes, kUInt8);
  const DLDevice device = out->dl.device;
  const auto like = [&](const VtValue& v) {
    return is_tensor(v) ? Tensor::empty(sizes_of(v.as.tensor), dtype, device) : Tensor();
  };
  const auto start_as = [&](const VtValue& grad, const VtValue& of) {
    return is_tensor(grad) ? state_of(grad) : zeros(sizes_of(of.as.tensor), dtype, device);
  };
  const int64_t all_gates[] = {l.num_rows, l.gates_width};
  Backward b;
  b.gates = Tensor::empty(all_gates, dtype, device);
  b.state = start_as(args[1], a.h0);
  if (is_tensor(a.c0)) b.cells = start_as(args[2], a.c0);
  b.weight_grad = like(a.weight);
  b.projection_grad = like(a.projection);
  if (l.mode == Mode::kGru) b.hidden_gates = Tensor::empty(all_gates, dtype, device);
  if (rows::is_meta(out)) {
    b.bias_grad = like(a.bias);
  } else {
    b.out_grad = dense_or_none(args[0]);
    b.out = dense_or_none(args[3]);
    b.workspace = dense_or_none(args[4]);
    b.h0 = dense_or_none(a.h0), b.c0 = dense_or_none(a.c0);
    b.weight = dense_or_none(a.weight), b.projection = dense_or_none(a.projection);
    run(l, b);
    const int64_t over[] = {0};
    if (is_tensor(a.bias)) b.bias_grad = sum(b.hidden_gates, std::span<const int64_t>(over), false, dtype);
  }
  Tensor* const grads[] = {&b.gates, &b.state, &b.cells, &b.weight_grad, &b.bias_grad, &b.projection_grad};
  for (size_t i = 0; i < 6; ++i)
    if (*grads[i]) result[i] = rows::owned(std::move(*grads[i]));
}

}  // namespace vt::recurrent
