// SPDX-License-Identifier: Apache-2.0
// Products of bfloat16 on processors that multiply pairs of it: compiled once, for AVX-512 with BF16.
#include "ops/loops/gemm.hpp"
#include "ops/loops/gemm_pairs.hpp"
#include "ops/loops/gemm_product.hpp"

namespace vt::core::VT_ISA {

void fill_convolution_bfloat();
void fill_bfloat();

namespace {

void tiles(const GemmProblem& p, char* scratch) { Product<BFloat, InPairs>(p, scratch).run(); }

}  // namespace

void fill_bfloat() {
  constexpr size_t kBFloat16 = 12;
  chosen_loops<GemmLoops>.by_dtype[kBFloat16].tiles = &tiles;
  fill_convolution_bfloat();
}

}  // namespace vt::core::VT_ISA
