// SPDX-License-Identifier: Apache-2.0
// One direction of one layer of an LSTM, a GRU or a plain recurrent network on the CPU, and its gradient.
#include <vt/cpp/recurrent_rules.hpp>

#include <cstring>

#include "ops/calls.hpp"
#include "ops/gemm.hpp"
#include "ops/loops/recurrent.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

using namespace recurrent;

// c = a @ b + d; columns lie side by side but for a transposed a.
template <class T>
struct Product {
  int64_t m, n, k;
  const T* a;
  const T* b;
  T* c;
  const T* d = nullptr;
  int64_t d_row = 0;
  bool transpose_a = false;

  void run() const {
    GemmProblem p;
    p.m = m, p.n = n, p.k = k;
    p.a = a, p.a_row = transpose_a ? 1 : k, p.a_col = transpose_a ? m : 1;
    p.b = b, p.b_row = n, p.b_col = 1;
    p.c = c, p.c_row = n, p.c_col = 1;
    if (d) p.d = d, p.d_row = d_row, p.d_col = 1;
    gemm(sizeof(T) == 8 ? kFloat64 : kFloat32, p);
  }
};

template <class T>
const RecurrentDtype& loops_of() noexcept {
  if constexpr (sizeof(T) == 8) return loops<RecurrentLoops>().wide;
  return loops<RecurrentLoops>().single;
}

// Calls body(first, count) for parts of the rows, on all threads.
template <class Body>
void for_rows(int64_t rows, int64_t width, Body&& body) {
  parallel_for(0, rows, rows_per_grain(4 * width), [&](int64_t begin, int64_t end) { body(begin, end - begin); });
}

template <class T>
void copy_rows(T* to, const T* from, int64_t rows, int64_t width) {
  if (rows > 0) std::memcpy(to, from, static_cast<size_t>(rows * width) * sizeof(T));
}

template <class T>
Tensor empty_of(std::initializer_list<int64_t> sizes) {
  return Tensor::empty({sizes.begin(), sizes.size()}, sizeof(T) == 8 ? kFloat64 : kFloat32, {kDLCPU, 0});
}

// The parts of what is saved.
template <class T>
struct Saved {
  Saved(const Layer& l, const Tensor& workspace) noexcept
      : activations(static_cast<T*>(static_cast<void*>(workspace->dl.data))),
        cells(activations + l.num_rows * 4 * l.width) {}
  T* activations;
  T* cells;
};

template <class T>
void run_forward(const Layer& l, const Forward& f) {
  const RecurrentDtype& loop = loops_of<T>();
  const Tensor by_rows = rows::dense(calls::transpose(f.weight).get());  // (out_width, gates_width)
  const Tensor projection = f.projection ? rows::dense(calls::transpose(f.projection).get()) : Tensor();
  const Tensor scratch = empty_of<T>({l.batch, l.mode == Mode::kGru ? l.gates_width : l.width});
  const Saved<T> saved(l, f.workspace);
  const T* weight = by_rows.data<const T>();
  T* state = f.state.data<T>();
  for (int64_t i = 0; i < l.num_times(); ++i) {
    const int64_t t = l.time(i);
    const int64_t start = l.start(t);
    const int64_t n = l.rows(t);
    const T* gates = f.gates.data<const T>() + start * l.gates_width;
    T* out = f.out.data<T>() + start * l.out_width;
    T* activations = saved.activations + start * 4 * l.width;
    switch (l.mode) {
      case Mode::kLstm: {
        Product<T>{n, l.gates_width, l.out_width, state, weight, activations, gates, l.gates_width}.run();
        T* hidden = projection ? scratch.data<T>() : out;
        T* cells = f.cells.data<T>();
        T* kept = saved.cells + start * l.width;
        for_rows(n, l.width, [&](int64_t first, int64_t count) {
          const int64_t at = first * l.width;
          loop.lstm({count, l.width, activations + 4 * at, cells + at, kept + at, hidden + at});
        });
        copy_rows(cells, kept, n, l.width);
        if (projection) Product<T>{n, l.out_width, l.width, hidden, projection.data<const T>(), out}.run();
        break;
      }
      case Mode::kGru: {
        const T* bias = f.bias ? f.bias.data<const T>() : nullptr;
        T* hidden_gates = scratch.data<T>();
        Product<T>{n, l.gates_width, l.out_width, state, weight, hidden_gates, bias, 0}.run();
        for_rows(n, l.width, [&](int64_t first, int64_t count) {
          const int64_t at = first * l.width;
          loop.gru({count, l.width, gates + 3 * at, hidden_gates + 3 * at, state + at, activations + 4 * at, out + at});
        });
        break;
      }
      case Mode::kTanh:
      case Mode::kRelu:
        Product<T>{n, l.width, l.width, state, weight, out, gates, l.width}.run();
        for_rows(n, l.width, [&](int64_t first, int64_t count) {
          loop.activate(out + first * l.width, count * l.width, l.mode == Mode::kRelu);
        });
        break;
    }
    copy_rows(state, out, n, l.out_width);
  }
}

// Calls body(first, count, before) for rows of time t and what their step started from: rows of `all` or of `initial`.
template <class T, class Body>
void for_origins(const Layer& l, int64_t t, const T* all, const T* initial, int64_t width, Body&& body) {
  const int64_t continued = l.continued(t);
  const int64_t n = l.rows(t);
  if (continued > 0) body(int64_t{0}, continued, all + l.start_before(t) * width);
  if (continued < n) body(continued, n - continued, initial + continued * width);
}

// The hidden states that the steps started from, row by row.
template <class T>
Tensor states_before(const Layer& l, const Backward& b) {
  Tensor all = empty_of<T>({l.num_rows, l.out_width});
  for (int64_t t = 0; t < l.num_times(); ++t)
    for_origins<T>(l, t, b.out.data<const T>(), b.h0.data<const T>(), l.out_width,
                   [&](int64_t first, int64_t count, const T* before) {
                     copy_rows(all.data<T>() + (l.start(t) + first) * l.out_width, before, count, l.out_width);
                   });
  return all;
}

// The hidden states before their projection.
template <class T>
Tensor unprojected(const Layer& l, const Saved<T>& saved) {
  Tensor all = empty_of<T>({l.num_rows, l.width});
  const T* activations = saved.activations;
  const T* cells = saved.cells;
  T* to = all.data<T>();
  std::copy_n(cells, l.num_rows * l.width, to);
  loops_of<T>().activate(to, l.num_rows * l.width, false);
  for (int64_t row = 0; row < l.num_rows; ++row)
    for (int64_t j = 0; j < l.width; ++j) to[row * l.width + j] *= activations[(row * 4 + 3) * l.width + j];
  return all;
}

template <class T>
void run_backward(const Layer& l, const Backward& b) {
  const RecurrentDtype& loop = loops_of<T>();
  const Saved<T> saved(l, b.workspace);
  const T* weight = b.weight.data<const T>();
  T* state = b.state.data<T>();
  // The gradient of the hidden state of every row, kept for that of the projection.
  const Tensor all_hidden = empty_of<T>({b.projection ? l.num_rows : l.batch, l.out_width});
  const Tensor scratch = empty_of<T>({l.batch, l.width});
  for (int64_t i = l.num_times(); i-- > 0;) {
    const int64_t t = l.time(i);
    const int64_t start = l.start(t);
    const int64_t n = l.rows(t);
    T* hidden = all_hidden.data<T>() + (b.projection ? start * l.out_width : 0);
    T* gates = b.gates.data<T>() + start * l.gates_width;
    if (b.out_grad) {
      loop.add(b.out_grad.data<const T>() + start * l.out_width, state, hidden, n * l.out_width);
    } else {
      copy_rows(hidden, state, n, l.out_width);
    }
    switch (l.mode) {
      case Mode::kLstm: {
        const T* of_cells = hidden;
        if (b.projection) {
          Product<T>{n, l.width, l.out_width, hidden, b.projection.data<const T>(), scratch.data<T>()}.run();
          of_cells = scratch.data<const T>();
        }
        const T* activations = saved.activations + start * 4 * l.width;
        const T* cells = saved.cells + start * l.width;
        T* cell_grad = b.cells.data<T>();
        for_origins<T>(l, t, saved.cells, b.c0.data<const T>(), l.width,
                       [&](int64_t from, int64_t rows, const T* before) {
                         for_rows(rows, l.width, [&](int64_t first, int64_t count) {
                           const int64_t at = (from + first) * l.width;
                           loop.lstm_backward({count, l.width, activations + 4 * at, before + first * l.width,
                                               cells + at, of_cells + at, cell_grad + at, gates + 4 * at});
                         });
                       });
        Product<T>{n, l.out_width, l.gates_width, gates, weight, state}.run();
        break;
      }
      case Mode::kGru: {
        const T* activations = saved.activations + start * 4 * l.width;
        T* hidden_gates = b.hidden_gates.data<T>() + start * l.gates_width;
        for_origins<T>(l, t, b.out.data<const T>(), b.h0.data<const T>(), l.width,
                       [&](int64_t from, int64_t rows, const T* before) {
                         for_rows(rows, l.width, [&](int64_t first, int64_t count) {
                           const int64_t at = (from + first) * l.width;
                           loop.gru_backward({count, l.width, activations + 4 * at, before + first * l.width,
                                              hidden + at, state + at, gates + 3 * at, hidden_gates + 3 * at});
                         });
                       });
        Product<T>{n, l.width, l.gates_width, hidden_gates, weight, state, state, l.width}.run();
        break;
      }
      case Mode::kTanh:
      case Mode::kRelu: {
        const T* out = b.out.data<const T>() + start * l.width;
        for_rows(n, l.width, [&](int64_t first, int64_t count) {
          const int64_t at = first * l.width;
          loop.activate_backward(out + at, hidden + at, gates + at, count * l.width, l.mode == Mode::kRelu);
        });
        Product<T>{n, l.width, l.width, gates, weight, state}.run();
        break;
      }
    }
  }
  const T* of_products = l.mode == Mode::kGru ? b.hidden_gates.data<const T>() : b.gates.data<const T>();
  const Tensor before = states_before<T>(l, b);
  Product<T>{.m = l.gates_width,
             .n = l.out_width,
             .k = l.num_rows,
             .a = of_products,
             .b = before.data<const T>(),
             .c = b.weight_grad.data<T>(),
             .transpose_a = true}
      .run();
  if (b.projection) {
    const Tensor full = unprojected<T>(l, saved);
    Product<T>{.m = l.out_width,
               .n = l.width,
               .k = l.num_rows,
               .a = all_hidden.data<const T>(),
               .b = full.data<const T>(),
               .c = b.projection_grad.data<T>(),
               .transpose_a = true}
        .run();
  }
}

void native_recurrent_layer(const VtValue* args, VtValue* result) {
  forward(args, result, [](const Layer& l, const Forward& f) {
    same_dtype(f.out.dtype(), kFloat64) ? run_forward<double>(l, f) : run_forward<float>(l, f);
  });
}
void native_recurrent_layer_backward(const VtValue* args, VtValue* result) {
  backward(args, result, [](const Layer& l, const Backward& b) {
    same_dtype(b.out.dtype(), kFloat64) ? run_backward<double>(l, b) : run_backward<float>(l, b);
  });
}

constexpr char kNativeDoc[] = R"(`recurrent_layer` with what its gradient reads; `bias` is that of a gru.

Parameters
----------
gates, h0, c0, weight, bias, projection, batch_sizes, mode, reverse
    As in `recurrent_layer`; float32 or float64.

Returns
-------
out, h_n : Tensor
c_n : Tensor or None
workspace : Tensor
    Bytes.)";

constexpr char kBackwardDoc[] = R"(The gradients of `native_recurrent_layer`.

Parameters
----------
out_grad, h_grad, c_grad : Tensor, optional
    Of the results; zero when absent.
out, workspace : Tensor
    Results of the forward.
h0, c0, weight, bias, projection, batch_sizes, mode, reverse
    Its arguments.

Returns
-------
gates, h0, c0, weight, bias, projection : Tensor or None
    The gradients; None for what was not given.)";

}  // namespace

void register_recurrent(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"native_recurrent_layer(Tensor gates, Tensor h0, Tensor? c0, Tensor weight, Tensor? bias, Tensor? projection, int[] "
       "batch_sizes, str mode, bool reverse) -> (Tensor out, Tensor h_n, Tensor? c_n, Tensor workspace)",
       VT_OP_FUNCTION, kNativeDoc},
      {"native_recurrent_layer_backward(Tensor? out_grad, Tensor? h_grad, Tensor? c_grad, Tensor out, Tensor workspace, "
       "Tensor h0, Tensor? c0, Tensor weight, Tensor? bias, Tensor? projection, int[] batch_sizes, str mode, bool reverse) "
       "-> (Tensor gates, Tensor h0, Tensor? c0, Tensor weight, Tensor? bias, Tensor? projection)",
       VT_OP_FUNCTION, kBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"native_recurrent_layer", boxed<native_recurrent_layer>},
                                   {"native_recurrent_layer_backward", boxed<native_recurrent_layer_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
