// SPDX-License-Identifier: Apache-2.0
// The families of derivative rows.
#include "ops/rows.hpp"

namespace vt::autograd {

void register_derivatives(VtPlugin* plugin, std::span<const DerivativeRow> rows) {
  std::vector<VtDerivativeDef> defs;
  for (const DerivativeRow& row : rows) {
    defs.push_back({sizeof(VtDerivativeDef), 0, row.op, row.backward, context_of(row.mark), row.gradients.begin(),
                    static_cast<int32_t>(row.gradients.size()), 0});
    set_jvp(Op(row.op).get(), row.jvp);
  }
  check(tables().dispatch->register_derivatives(plugin, defs.data(), defs.size()));
}

void register_binary(VtPlugin* plugin);
void register_divide(VtPlugin* plugin);
void register_power(VtPlugin* plugin);
void register_pairs(VtPlugin* plugin);
void register_complex(VtPlugin* plugin);
void register_copy(VtPlugin* plugin);
void register_diagonal(VtPlugin* plugin);
void register_factory(VtPlugin* plugin);
void register_reduce(VtPlugin* plugin);
void register_view(VtPlugin* plugin);
void register_view_backward(VtPlugin* plugin);
void register_unary(VtPlugin* plugin);
void register_special(VtPlugin* plugin);
void register_trigonometric(VtPlugin* plugin);
void register_activation(VtPlugin* plugin);
void register_nonlinear(VtPlugin* plugin);
void register_fft(VtPlugin* plugin);
void register_gates(VtPlugin* plugin);
void register_ternary(VtPlugin* plugin);
void register_matmul(VtPlugin* plugin);
void register_softmax(VtPlugin* plugin);
void register_norm(VtPlugin* plugin);
void register_channel_norm(VtPlugin* plugin);
void register_pad(VtPlugin* plugin);
void register_convolution(VtPlugin* plugin);
void register_recurrent(VtPlugin* plugin);
void register_resample(VtPlugin* plugin);
void register_pool(VtPlugin* plugin);
void register_linalg_factors(VtPlugin* plugin);
void register_linalg_lu(VtPlugin* plugin);
void register_loss(VtPlugin* plugin);
void register_rotary(VtPlugin* plugin);
void register_attention(VtPlugin* plugin);
void register_index(VtPlugin* plugin);
void register_scatter(VtPlugin* plugin);
void register_join(VtPlugin* plugin);
void register_split(VtPlugin* plugin);
void register_embedding(VtPlugin* plugin);
void register_triangle(VtPlugin* plugin);
void register_dropout(VtPlugin* plugin);
void register_scan(VtPlugin* plugin);
void register_search(VtPlugin* plugin);
void register_segment(VtPlugin* plugin);

void register_ops(VtPlugin* plugin) {
  register_binary(plugin);
  register_divide(plugin);
  register_power(plugin);
  register_pairs(plugin);
  register_complex(plugin);
  register_copy(plugin);
  register_diagonal(plugin);
  register_factory(plugin);
  register_reduce(plugin);
  register_view(plugin);
  register_view_backward(plugin);
  register_unary(plugin);
  register_special(plugin);
  register_trigonometric(plugin);
  register_activation(plugin);
  register_nonlinear(plugin);
  register_fft(plugin);
  register_gates(plugin);
  register_ternary(plugin);
  register_matmul(plugin);
  register_softmax(plugin);
  register_norm(plugin);
  register_channel_norm(plugin);
  register_pad(plugin);
  register_convolution(plugin);
  register_recurrent(plugin);
  register_resample(plugin);
  register_pool(plugin);
  register_linalg_factors(plugin);
  register_linalg_lu(plugin);
  register_loss(plugin);
  register_rotary(plugin);
  register_attention(plugin);
  register_index(plugin);
  register_scatter(plugin);
  register_join(plugin);
  register_split(plugin);
  register_embedding(plugin);
  register_triangle(plugin);
  register_dropout(plugin);
  register_scan(plugin);
  register_search(plugin);
  register_segment(plugin);
}

}  // namespace vt::autograd
