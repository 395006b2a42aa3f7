// SPDX-License-Identifier: Apache-2.0
// Derivatives of complex numbers made of real ones.
#include "ops/rows.hpp"

namespace vt::autograd {

namespace {

// complex(real, imag)
void complex_backward(const VtValue* args, VtValue* result) {
  static const Op real("real");
  static const Op imag("imag");
  const RowArguments row(args, 2);
  if (row.needs(0)) result[0] = owned(real(row.grad()));
  if (row.needs(1)) result[1] = owned(imag(row.grad()));
}

}  // namespace

void register_complex(VtPlugin* plugin) {
  const DerivativeRow rows[] = {{"complex", boxed<complex_backward>, {reads_nothing(0), reads_nothing(1)}, kLinear}};
  register_derivatives(plugin, rows);
}

}  // namespace vt::autograd
