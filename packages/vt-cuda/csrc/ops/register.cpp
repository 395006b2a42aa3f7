// SPDX-License-Identifier: Apache-2.0
// The families of CUDA rows, in the order they are registered.
#include "ops.hpp"

namespace vt::cuda {

void register_factory(VtPlugin* plugin);
void register_copy(VtPlugin* plugin);
void register_binary(VtPlugin* plugin);
void register_divide(VtPlugin* plugin);
void register_power(VtPlugin* plugin);
void register_pairs(VtPlugin* plugin);
void register_integers(VtPlugin* plugin);
void register_reduce(VtPlugin* plugin);
void register_view_backward(VtPlugin* plugin);
void register_unary(VtPlugin* plugin);
void register_special(VtPlugin* plugin);
void register_trigonometric(VtPlugin* plugin);
void register_activation(VtPlugin* plugin);
void register_nonlinear(VtPlugin* plugin);
void register_compare(VtPlugin* plugin);
void register_ternary(VtPlugin* plugin);
void register_linear_backward(VtPlugin* plugin);
void register_matmul(VtPlugin* plugin);
void register_softmax(VtPlugin* plugin);
void register_norm(VtPlugin* plugin);
void register_channel_norm(VtPlugin* plugin);
void register_convolution(VtPlugin* plugin);
void register_linalg(VtPlugin* plugin);
void register_loss(VtPlugin* plugin);
void register_ctc_loss(VtPlugin* plugin);
void register_rotary(VtPlugin* plugin);
void register_attention(VtPlugin* plugin);
void register_index(VtPlugin* plugin);
void register_scatter(VtPlugin* plugin);
void register_join(VtPlugin* plugin);
void register_embedding(VtPlugin* plugin);
void register_fft(VtPlugin* plugin);
void register_triangle(VtPlugin* plugin);
void register_random(VtPlugin* plugin);
void register_dropout(VtPlugin* plugin);
void register_optim(VtPlugin* plugin);
void register_pad(VtPlugin* plugin);
void register_pool(VtPlugin* plugin);
void register_recurrent(VtPlugin* plugin);
void register_resample(VtPlugin* plugin);
void register_search(VtPlugin* plugin);
void register_special_pairs(VtPlugin* plugin);
void register_special_scalar(VtPlugin* plugin);
void register_frexp(VtPlugin* plugin);
void register_variates(VtPlugin* plugin);
void register_bounds(VtPlugin* plugin);
void register_scan(VtPlugin* plugin);
void register_embedding_bag(VtPlugin* plugin);
void register_segment(VtPlugin* plugin);
void register_rank(VtPlugin* plugin);

void register_ops(VtPlugin* plugin) {
  register_factory(plugin);
  register_copy(plugin);
  register_binary(plugin);
  register_divide(plugin);
  register_power(plugin);
  register_pairs(plugin);
  register_integers(plugin);
  register_reduce(plugin);
  register_view_backward(plugin);
  register_unary(plugin);
  register_special(plugin);
  register_trigonometric(plugin);
  register_activation(plugin);
  register_nonlinear(plugin);
  register_compare(plugin);
  register_ternary(plugin);
  register_matmul(plugin);
  register_linear_backward(plugin);
  register_softmax(plugin);
  register_norm(plugin);
  register_channel_norm(plugin);
  register_convolution(plugin);
  register_linalg(plugin);
  register_loss(plugin);
  register_ctc_loss(plugin);
  register_rotary(plugin);
  register_attention(plugin);
  register_index(plugin);
  register_scatter(plugin);
  register_join(plugin);
  register_embedding(plugin);
  register_fft(plugin);
  register_triangle(plugin);
  register_random(plugin);
  register_dropout(plugin);
  register_optim(plugin);
  register_pad(plugin);
  register_pool(plugin);
  register_recurrent(plugin);
  register_resample(plugin);
  register_search(plugin);
  register_special_pairs(plugin);
  register_special_scalar(plugin);
  register_frexp(plugin);
  register_variates(plugin);
  register_bounds(plugin);
  register_scan(plugin);
  register_embedding_bag(plugin);
  register_segment(plugin);
  register_rank(plugin);
}

}  // namespace vt::cuda
