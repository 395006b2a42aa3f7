// SPDX-License-Identifier: Apache-2.0
// Recurrent layers under their public name, and composed of other ops: on devices without kernels of their own, and where
// derivatives of the gradient are asked for.
#include <vt/cpp/recurrent_rules.hpp>

#include "ops/calls.hpp"

namespace vt::core {

namespace {

using namespace calls;
using namespace recurrent;

Tensor tanh(const Tensor& x) { return call<"tanh">(x); }
Tensor sigmoid(const Tensor& x) { return call<"sigmoid">(x); }
Tensor join(const std::vector<Tensor>& parts) {
  std::vector<VtTensor*> tensors;
  for (const Tensor& part : parts) tensors.push_back(part.get());
  return call<"cat">(std::span<VtTensor* const>(tensors), int64_t{0});
}

struct State {
  Tensor hidden;
  Tensor cells;
};

// The state after a step from the sums of its gates and the state before it.
State step(const Layer& l, const Tensor& gates, const State& before, const Arguments& a) {
  const auto part = [&](const Tensor& t, int64_t k) { return slice(t, 1, k * l.width, (k + 1) * l.width); };
  const Tensor product = matmul(before.hidden, transpose(shared(a.weight)));
  switch (l.mode) {
    case Mode::kLstm: {
      const Tensor sums = add(gates, product);
      const Tensor kept = mul(sigmoid(part(sums, 1)), before.cells);
      const Tensor cells = add(kept, mul(sigmoid(part(sums, 0)), tanh(part(sums, 2))));
      const Tensor hidden = mul(sigmoid(part(sums, 3)), tanh(cells));
      return {is_tensor(a.projection) ? matmul(hidden, transpose(shared(a.projection))) : hidden, cells};
    }
    case Mode::kGru: {
      const Tensor beside = is_tensor(a.bias) ? add(product, shared(a.bias)) : product;
      const Tensor reset = sigmoid(add(part(gates, 0), part(beside, 0)));
      const Tensor update = sigmoid(add(part(gates, 1), part(beside, 1)));
      const Tensor fresh = tanh(add(part(gates, 2), mul(reset, part(beside, 2))));
      return {add(fresh, mul(update, sub(before.hidden, fresh))), Tensor()};
    }
    case Mode::kTanh: return {tanh(add(gates, product)), Tensor()};
    case Mode::kRelu: break;
  }
  return {call<"relu">(add(gates, product)), Tensor()};
}

// Sums a bias into the gates where it stands beside them only in the schema.
Tensor gates_with_bias(const Tensor& gates, const Arguments& a) {
  return is_tensor(a.bias) && a.mode != Mode::kGru ? add(gates, shared(a.bias)) : gates;
}

// composed_recurrent_layer(gates, h0, c0, weight, bias, projection, batch_sizes, mode, reverse)
void composed_recurrent_layer(const VtValue* args, VtValue* result) {
  const char* op = "recurrent_layer";
  const Arguments a = arguments_of(op, args + 1);
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  check_dtype(op, args[0].as.tensor);
  const Layer l(op, a, dtype);
  l.check_gates(op, args[0].as.tensor);
  const Tensor gates = gates_with_bias(shared(args[0]), a);
  State state{shared(a.h0), shared(a.c0)};
  std::vector<Tensor> outs(static_cast<size_t>(l.num_times()));
  for (int64_t i = 0; i < l.num_times(); ++i) {
    const int64_t t = l.time(i);
    const int64_t n = l.rows(t);
    const auto first = [&](const Tensor& x) { return x && n < l.batch ? slice(x, 0, 0, n) : x; };
    const auto replaced = [&](const Tensor& all, const Tensor& rows) {
      return all && n < l.batch ? join({rows, slice(all, 0, n, l.batch)}) : rows;
    };
    const State next =
        step(l, slice(gates, 0, l.start(t), l.start(t + 1)), {first(state.hidden), first(state.cells)}, a);
    outs[static_cast<size_t>(t)] = next.hidden;
    state = {replaced(state.hidden, next.hidden), replaced(state.cells, next.cells)};
  }
  result[0] = rows::owned(outs.empty() ? slice(gates, 1, 0, l.out_width) : join(outs));
  result[1] = rows::owned(outs.empty() ? call<"clone">(state.hidden) : std::move(state.hidden));
  if (state.cells) result[2] = rows::owned(outs.empty() ? call<"clone">(state.cells) : std::move(state.cells));
}

// recurrent_layer(gates, h0, c0, weight, bias, projection, batch_sizes, mode, reverse): half types go through float32.
void recurrent_layer(const VtValue* args, VtValue* result) {
  static const Op native("native_recurrent_layer");
  static const Op composed("composed_recurrent_layer");
  const char* op = "recurrent_layer";
  const VtTensor* given = args[0].as.tensor;
  rows::check_dtype(op, given);
  const DLDataType dtype = given->dl.dtype;
  const DLDataType compute = rows::compute_dtype(dtype);
  Tensor wide[6];
  for (size_t i = 0; i < 6; ++i) {
    if (!is_tensor(args[i])) continue;
    if (!same_dtype(args[i].as.tensor->dl.dtype, dtype))
      fail(VT_ERROR_DTYPE, std::string(op) + ": dtypes must agree: got " +
                               std::string(dtype_name(args[i].as.tensor->dl.dtype)) + " and " +
                               std::string(dtype_name(dtype)));
    wide[i] = rows::cast(args[i].as.tensor, compute);
  }
  const auto value = [&](size_t i) { return wide[i] ? value_of(wide[i].get()) : none(); };
  std::array<Tensor, 3> results;
  const bool has_native = is_cpu(given) || rows::is_meta(given) || given->dl.device.device_type == kDLCUDA;
  if (has_native) {
    Arguments a = arguments_of(op, args + 1);
    a.bias = value(4);
    const Tensor gates = gates_with_bias(wide[0], a);
    const VtValue bias = a.mode == Mode::kGru ? value(4) : none();
    auto all = native.results<4>(gates, value(1), value(2), value(3), bias, value(5), args[6], args[7], args[8]);
    std::move(all.begin(), all.begin() + 3, results.begin());
  } else {
    results =
        composed.results<3>(value(0), value(1), value(2), value(3), value(4), value(5), args[6], args[7], args[8]);
  }
  for (size_t i = 0; i < 3; ++i)
    if (results[i]) result[i] = rows::owned(rows::cast(results[i].get(), dtype));
}

constexpr char kDoc[] =
    R"(One direction of one layer of an LSTM, a GRU or a plain recurrent network, from the products of its input.

With a row's gates in blocks of H and p = h W^T + bias, element by element:
lstm: ``c' = s(f) c + s(i) tanh(g)``, ``h' = s(o) tanh(c')`` for the blocks i, f, g, o of gates + p; ``h'`` is then projected.
gru: ``h' = (1 - s(z)) n + s(z) h``, ``n = tanh(a_n + s(r) p_n)`` for the blocks r, z of gates + p.
rnn_tanh, rnn_relu: ``h' = tanh(gates + p)``, ``max(gates + p, 0)``.

Parameters
----------
gates : Tensor
    (N, 4 H), (N, 3 H) or (N, H): input rows times the input weight; the rows of all times one after the other.
h0 : Tensor
    (B, P) with P = H without a projection.
c0 : Tensor, optional
    (B, H); of an lstm.
weight : Tensor
    (4 H, P), (3 H, P) or (H, P).
bias : Tensor, optional
    One number for each row of weight.
projection : Tensor, optional
    (P, H); of an lstm.
batch_sizes : int[]
    How many rows each time has: the entries of the batch that are that long, B at first, never ascending.
mode : str
    'lstm', 'gru', 'rnn_tanh' or 'rnn_relu'.
reverse : bool
    From the last time to the first.

Returns
-------
out : Tensor
    (N, P): h' of every row.
h_n : Tensor
    (B, P): the last state of each entry.
c_n : Tensor or None
    (B, H)

Raises
------
RuntimeError
    If sizes do not fit together.
NotImplementedError
    For other dtypes than float16, bfloat16, float32 and float64; half types are computed in float32.)";

constexpr char kComposedDoc[] = "`recurrent_layer` composed of other ops, step by step.";

}  // namespace

void register_recurrent_forms(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"recurrent_layer(Tensor gates, Tensor h0, Tensor? c0, Tensor weight, Tensor? bias, Tensor? projection, int[] "
       "batch_sizes, str mode, bool reverse=False) -> (Tensor out, Tensor h_n, Tensor? c_n)",
       kFlags, kDoc},
      {"composed_recurrent_layer(Tensor gates, Tensor h0, Tensor? c0, Tensor weight, Tensor? bias, Tensor? projection, int[] "
       "batch_sizes, str mode, bool reverse=False) -> (Tensor out, Tensor h_n, Tensor? c_n)",
       kFlags, kComposedDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"recurrent_layer", boxed<recurrent_layer>},
                                      {"composed_recurrent_layer", boxed<composed_recurrent_layer>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
