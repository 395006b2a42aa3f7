// SPDX-License-Identifier: Apache-2.0
// Derivatives of padding: what was added is taken away, what was repeated is summed.
#include <vector>

#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// constant_pad_nd(self, pad, value)
void constant_pad_backward(const VtValue* args, VtValue* result) {
  static const Op pad("constant_pad_nd");
  const RowArguments row(args, 3);
  std::vector<int64_t> opposite;
  for (const int64_t n : ints_of(row.arg(1))) opposite.push_back(-n);
  result[0] = owned(pad(row.grad(), std::span<const int64_t>(opposite), int64_t{0}));
}

// native_pad(self, pad, mode)
void pad_backward(const VtValue* args, VtValue* result) {
  static const Op backward("native_pad_backward");
  const RowArguments row(args, 3);
  result[0] = owned(backward(row.grad(), row.sizes(0), row.arg(1), row.arg(2)));
}

// native_pad_backward(grad, input_size, pad, mode)
void pad_backward_backward(const VtValue* args, VtValue* result) {
  static const Op pad("native_pad");
  const RowArguments row(args, 4);
  result[0] = owned(pad(row.grad(), row.arg(2), row.arg(3)));
}

}  // namespace

void register_pad(VtPlugin* plugin) {
  const DerivativeRow rows[] = {
      {"constant_pad_nd", boxed<constant_pad_backward>, {reads_nothing(0)}},
      {"native_pad", boxed<pad_backward>, {reads_sizes(0, 0)}, kLinear},
      {"native_pad_backward", boxed<pad_backward_backward>, {reads_nothing(0)}, kLinear},
  };
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
