// SPDX-License-Identifier: Apache-2.0
// One direction of one layer of an LSTM, a GRU or a plain recurrent network on CUDA devices: a matrix product and one kernel per step.
#include <vt/cpp/recurrent_rules.hpp>

#include "../kernels/recurrent.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

using recurrent::Backward;
using recurrent::Forward;
using recurrent::Layer;
using recurrent::Mode;

constexpr char kForward[] = "recurrent_layer";
constexpr char kBackward[] = "native_recurrent_layer_backward";

Tensor rows_of(const Tensor& t, int64_t first, int64_t num) {
  static const Op slice("slice");
  return slice(t, int64_t{0}, first, first + num, int64_t{1});
}
Tensor transposed(const Tensor& t) {
  static const Op transpose("transpose");
  return transpose(t, int64_t{-2}, int64_t{-1});
}
// out = a @ b, or added + a @ b.
void multiply(const Tensor& out, const Tensor& a, const Tensor& b, const Tensor& added = Tensor()) {
  static const Op mm("mm");
  static const Op addmm("addmm");
  Tensor result = added ? addmm.into(out, added, a, b) : mm.into(out, a, b);
}
Tensor matrix(int64_t num_rows, int64_t width, const Tensor& like) {
  const int64_t sizes[] = {num_rows, width};
  return Tensor::empty(sizes, like.dtype(), like.device());
}

// The block of Layer's saved numbers as matrices: activations of the gates, then cells.
struct Saved {
  Tensor activations;
  Tensor cells;

  Saved(const Layer& l, const Tensor& workspace, DLDataType dtype) {
    if (workspace.numel() == 0) return;
    static const Op view_dtype("view.dtype");
    static const Op view("view");
    const Tensor numbers = view_dtype(workspace, dtype);
    const int64_t end = l.num_rows * 4 * l.width;
    const int64_t wide[] = {l.num_rows, 4 * l.width};
    activations = view(rows_of(numbers, 0, end), std::span<const int64_t>(wide));
    if (l.mode != Mode::kLstm) return;
    const int64_t narrow[] = {l.num_rows, l.width};
    cells = view(rows_of(numbers, end, l.num_rows * l.width), std::span<const int64_t>(narrow));
  }
};

// Row `row` of a dense matrix; null for none.
void* row_of(const Tensor& t, int64_t row) noexcept {
  if (!t) return nullptr;
  return static_cast<char*>(t->dl.data) + row * t.sizes()[1] * itemsize_of(t.dtype());
}
int64_t bytes_of(const Tensor& t, int64_t num_rows) noexcept {
  return num_rows * t.sizes()[1] * itemsize_of(t.dtype());
}

template <class Params>
void launch(const Queue& queue, const char* op, const void* kernel, Params p) {
  if (p.num > 0) queue.launch(op, kernel, ceil_divide(p.num, kBlockThreads), 1, p);
}

void run_forward(const Layer& l, const Forward& f) {
  const Queue queue(f.out.device());
  const RecurrentKernels& kernels = recurrent_kernels(same_dtype(f.out.dtype(), kFloat64));
  const Tensor weight = transposed(f.weight);
  const Tensor projection = f.projection ? transposed(f.projection) : Tensor();
  const Saved saved(l, f.workspace, f.out.dtype());
  const Tensor hidden_gates = l.mode == Mode::kGru ? matrix(l.batch, l.gates_width, f.out) : Tensor();
  const Tensor unprojected = projection ? matrix(l.batch, l.width, f.out) : Tensor();
  for (int64_t i = 0; i < l.num_times(); ++i) {
    const int64_t t = l.time(i);
    const int64_t start = l.start(t);
    const int64_t n = l.rows(t);
    const Tensor state = rows_of(f.state, 0, n);
    const Tensor gates = rows_of(f.gates, start, n);
    const Tensor out = rows_of(f.out, start, n);
    switch (l.mode) {
      case Mode::kLstm: {
        const Tensor activations = rows_of(saved.activations, start, n);
        multiply(activations, state, weight, gates);
        launch(queue, kForward, kernels.lstm,
               LstmStep{n * l.width, l.width, activations->dl.data, f.cells->dl.data, row_of(saved.cells, start),
                        projection ? unprojected->dl.data : out->dl.data, projection ? nullptr : state->dl.data});
        if (!projection) break;
        multiply(out, rows_of(unprojected, 0, n), projection);
        if (out.numel() > 0) queue.copy_bytes(kForward, state->dl.data, out->dl.data, bytes_of(out, n));
        break;
      }
      case Mode::kGru: {
        const Tensor sums = rows_of(hidden_gates, 0, n);
        multiply(sums, state, weight, f.bias);
        launch(queue, kForward, kernels.gru,
               GruStep{n * l.width, l.width, gates->dl.data, sums->dl.data, row_of(saved.activations, start),
                       state->dl.data, out->dl.data});
        break;
      }
      case Mode::kTanh:
      case Mode::kRelu:
        multiply(out, state, weight, gates);
        launch(queue, kForward, kernels.plain,
               PlainStep{n * l.width, out->dl.data, state->dl.data, l.mode == Mode::kRelu});
        break;
    }
  }
}

// Copies of rows, those that follow one another in both places by one copy.
class Copies {
 public:
  explicit Copies(const Queue& queue) noexcept : queue_(queue) {}
  void add(void* to, const void* from, int64_t bytes) {
    if (static_cast<char*>(to) == to_ + bytes_ && static_cast<const char*>(from) == from_ + bytes_) {
      bytes_ += bytes;
      return;
    }
    flush();
    to_ = static_cast<char*>(to);
    from_ = static_cast<const char*>(from);
    bytes_ = bytes;
  }
  void flush() {
    if (bytes_ > 0) queue_.copy_bytes(kBackward, to_, from_, bytes_);
    bytes_ = 0;
  }

 private:
  const Queue& queue_;
  char* to_ = nullptr;
  const char* from_ = nullptr;
  int64_t bytes_ = 0;
};

// Of a matrix with the rows of all steps, what those of time t started from.
StepOrigin origin_at(const Layer& l, int64_t t, const Tensor& all, const Tensor& initial) noexcept {
  const int64_t continued = l.continued(t);
  return {continued > 0 ? row_of(all, l.start_before(t)) : nullptr, initial->dl.data, continued * all.sizes()[1]};
}

// The hidden states that the steps started from, row by row.
Tensor states_before(const Queue& queue, const Layer& l, const Backward& b) {
  Tensor all = matrix(l.num_rows, l.out_width, b.out);
  Copies copies(queue);
  for (int64_t t = 0; t < l.num_times(); ++t) {
    const int64_t continued = l.continued(t);
    if (continued > 0) copies.add(row_of(all, l.start(t)), row_of(b.out, l.start_before(t)), bytes_of(all, continued));
    copies.add(row_of(all, l.start(t) + continued), row_of(b.h0, continued), bytes_of(all, l.rows(t) - continued));
  }
  copies.flush();
  return all;
}

void run_backward(const Layer& l, const Backward& b) {
  const Queue queue(b.out.device());
  const RecurrentKernels& kernels = recurrent_kernels(same_dtype(b.out.dtype(), kFloat64));
  const Saved saved(l, b.workspace, b.out.dtype());
  // The gradient of the hidden state of every row, kept for that of the projection.
  const Tensor all_hidden = b.projection ? matrix(l.num_rows, l.out_width, b.out) : Tensor();
  const Tensor unprojected = b.projection ? matrix(l.batch, l.width, b.out) : Tensor();
  for (int64_t i = l.num_times(); i-- > 0;) {
    const int64_t t = l.time(i);
    const int64_t start = l.start(t);
    const int64_t n = l.rows(t);
    const Tensor state = rows_of(b.state, 0, n);
    const Tensor gates = rows_of(b.gates, start, n);
    HiddenGradient hidden{state->dl.data, row_of(b.out_grad, start)};
    switch (l.mode) {
      case Mode::kLstm: {
        if (b.projection) {
          const Tensor sums = rows_of(all_hidden, start, n);
          launch(queue, kBackward, kernels.hidden_sum, HiddenSum{n * l.out_width, hidden, sums->dl.data});
          multiply(rows_of(unprojected, 0, n), sums, b.projection);
          hidden = {unprojected->dl.data, nullptr};
        }
        launch(queue, kBackward, kernels.lstm_backward,
               LstmStepBackward{n * l.width, l.width, row_of(saved.activations, start), row_of(saved.cells, start),
                                origin_at(l, t, saved.cells, b.c0), hidden, b.cells->dl.data, gates->dl.data});
        multiply(state, gates, b.weight);
        break;
      }
      case Mode::kGru: {
        const Tensor hidden_gates = rows_of(b.hidden_gates, start, n);
        launch(queue, kBackward, kernels.gru_backward,
               GruStepBackward{n * l.width, l.width, row_of(saved.activations, start), origin_at(l, t, b.out, b.h0),
                               hidden, state->dl.data, gates->dl.data, hidden_gates->dl.data});
        multiply(state, hidden_gates, b.weight, state);
        break;
      }
      case Mode::kTanh:
      case Mode::kRelu:
        launch(queue, kBackward, kernels.plain_backward,
               PlainStepBackward{n * l.width, row_of(b.out, start), hidden, gates->dl.data, l.mode == Mode::kRelu});
        multiply(state, gates, b.weight);
        break;
    }
  }
  const Tensor& of_products = l.mode == Mode::kGru ? b.hidden_gates : b.gates;
  multiply(b.weight_grad, transposed(of_products), states_before(queue, l, b));
  if (!b.projection) return;
  const Tensor all = matrix(l.num_rows, l.width, b.out);
  if (saved.cells)
    launch(queue, kBackward, kernels.lstm_hidden,
           LstmHidden{all.numel(), l.width, saved.activations->dl.data, saved.cells->dl.data, all->dl.data});
  multiply(b.projection_grad, transposed(all_hidden), all);
}

void native_recurrent_layer(const VtValue* args, VtValue* result) { recurrent::forward(args, result, run_forward); }
void native_recurrent_layer_backward(const VtValue* args, VtValue* result) {
  recurrent::backward(args, result, run_backward);
}

}  // namespace

void register_recurrent(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"native_recurrent_layer", kernel<native_recurrent_layer>},
      {"native_recurrent_layer_backward", kernel<native_recurrent_layer_backward>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
