// SPDX-License-Identifier: Apache-2.0
// Fills the tables of all families with the loops of one instruction set.

namespace vt::core::VT_ISA {

void fill_convert();
void fill_binary();
void fill_sum();
void fill_unary();
void fill_trigonometric();
void fill_activation();
void fill_nonlinear();
void fill_compare();
void fill_ternary();
void fill_gemm();
void fill_convolution();
void fill_softmax();
void fill_norm();
void fill_channel_norm();
void fill_loss();
void fill_rotary();
void fill_attention();
void fill_index();
void fill_scatter();
void fill_reduction();
void fill_random();
void fill_optim();
void fill_pad();
void fill_max_pool();
void fill_avg_pool();
void fill_rank();
void fill_bounds();
void fill_scan();
void fill_search();
void fill_recurrent();
void fill_resample();
void fill_special();
void fill_special_pairs();
void fill_special_scalar();
void fill_variates();

void fill_tables() {
  fill_convert();
  fill_binary();
  fill_sum();
  fill_unary();
  fill_trigonometric();
  fill_activation();
  fill_nonlinear();
  fill_compare();
  fill_ternary();
  fill_gemm();
  fill_convolution();
  fill_softmax();
  fill_norm();
  fill_channel_norm();
  fill_loss();
  fill_rotary();
  fill_attention();
  fill_index();
  fill_scatter();
  fill_reduction();
  fill_random();
  fill_optim();
  fill_pad();
  fill_max_pool();
  fill_avg_pool();
  fill_rank();
  fill_bounds();
  fill_scan();
  fill_search();
  fill_recurrent();
  fill_resample();
  fill_special();
  fill_special_pairs();
  fill_special_scalar();
  fill_variates();
}

}  // namespace vt::core::VT_ISA
