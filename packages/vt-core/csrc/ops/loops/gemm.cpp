// SPDX-License-Identifier: Apache-2.0
// Matrix products of every dtype; the complex ones are made of products of parts.
#include "ops/loops/gemm.hpp"
#include "ops/loops/gemm_product.hpp"

namespace vt::core::VT_ISA {

namespace {

template <class T>
void tiles(const GemmProblem& p, char* scratch) {
  Product<T>(p, scratch).run();
}

// Runs the product of the parts of complex matrices that `a`, `b` and `c` (0 real, 1 imaginary) name, times `alpha`, adding it to
// the part of c unless it is the first.
template <class T>
void multiply_parts(const GemmProblem& p, int a, int b, int c, double alpha, bool first, char* scratch) {
  GemmProblem q = p;
  q.a = static_cast<const T*>(p.a) + a;
  q.b = static_cast<const T*>(p.b) + b;
  q.c = static_cast<T*>(p.c) + c;
  int64_t* const strides[] = {&q.a_row, &q.a_col, &q.b_row, &q.b_col, &q.c_row, &q.c_col};
  for (int64_t* stride : strides) *stride *= 2;
  if (q.n == 1) q.b_col = q.c_col = 1;
  q.d = first ? nullptr : q.c;
  q.d_row = q.c_row;
  q.d_col = q.c_col;
  q.alpha = {alpha};
  q.beta = {};
  Product<T>(q, scratch).run();
}

// c = beta * d on complex numbers; d may be c.
template <class T>
void scale_addend(const GemmProblem& p) noexcept {
  const auto real = static_cast<T>(p.beta.real);
  const auto imag = static_cast<T>(p.beta.imag);
  for (int64_t i = 0; i < p.m; ++i)
    for (int64_t j = 0; j < p.n; ++j) {
      const Complex<T> d = static_cast<const Complex<T>*>(p.d)[i * p.d_row + j * p.d_col];
      static_cast<Complex<T>*>(p.c)[i * p.c_row + j * p.c_col] = {real * d.real - imag * d.imag,
                                                                  real * d.imag + imag * d.real};
    }
}

// A complex product is four products of its parts, which are matrices of twice the strides; eight where alpha is complex.
template <class T>
void complex_tiles(const GemmProblem& p, char* scratch) {
  if (p.d) scale_addend<T>(p);
  bool first[2] = {!p.d, !p.d};
  const auto add = [&](int a, int b, int c, double alpha) {
    if (alpha == 0) return;
    multiply_parts<T>(p, a, b, c, alpha, first[c], scratch);
    first[c] = false;
  };
  const double re = p.alpha.real;
  const double im = p.alpha.imag;
  add(0, 0, 0, re);
  add(0, 0, 1, im);
  add(1, 1, 0, -re);
  add(1, 1, 1, -im);
  for (int part = 0; part < 2; ++part) {
    add(part, 1 - part, 0, -im);
    add(part, 1 - part, 1, re);
  }
  for (int c = 0; c < 2; ++c)
    if (first[c]) multiply_parts<T>(p, 0, 0, c, 0, true, scratch);
}

}  // namespace

void fill_gemm() {
  GemmLoops& table = chosen_loops<GemmLoops>;
  for_each_product_dtype([&]<class T>(size_t index) { table.by_dtype[index].tiles = &tiles<T>; });
  table.by_dtype[15].tiles = &complex_tiles<float>;
  table.by_dtype[16].tiles = &complex_tiles<double>;
  fill_gemm_few_rows(table);
  fill_gemm_small(table);
}

}  // namespace vt::core::VT_ISA
