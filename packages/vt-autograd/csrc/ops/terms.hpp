// SPDX-License-Identifier: Apache-2.0
// The arithmetic that derivative rows are written in. Operands are tensors, values or numbers.
#pragma once

#include <algorithm>
#include <cstddef>

#include "ops/rows.hpp"

namespace vt::autograd {

// The name of an operator as an argument of a template.
template <size_t kSize>
struct OpName {
  consteval OpName(const char (&name)[kSize]) { std::copy_n(name, kSize, text); }
  char text[kSize];
};
// The operator of that name on one operand.
template <OpName kName, class A>
Tensor apply(const A& a) {
  static const Op op(kName.text);
  return op(a);
}

template <class A, class B>
Tensor add(const A& a, const B& b) {
  static const Op op("add");
  return op(a, b);
}
template <class A, class B>
Tensor sub(const A& a, const B& b) {
  static const Op op("sub");
  return op(a, b);
}
template <class A, class B>
Tensor mul(const A& a, const B& b) {
  static const Op op("mul");
  return op(a, b);
}
template <class A, class B>
Tensor div(const A& a, const B& b) {
  static const Op op("div");
  return op(a, b);
}
template <class A>
Tensor neg(const A& a) {
  return apply<"neg">(a);
}
template <class A>
Tensor conj(const A& a) {
  return apply<"conj">(a);
}
template <class A>
Tensor square(const A& a) {
  return apply<"square">(a);
}
template <class A>
Tensor exp(const A& a) {
  return apply<"exp">(a);
}
template <class A>
Tensor sigmoid(const A& a) {
  return apply<"sigmoid">(a);
}
// number + factor a
inline Tensor affine(const Tensor& a, double factor, double number) { return add(mul(a, factor), number); }

// With `number` where the mask is true.
inline Tensor masked(const Tensor& a, const Tensor& mask, double number = 0.0) {
  static const Op op("masked_fill");
  return op(a, mask, number);
}

// Adds a term to a sum, either of which may be empty.
inline void accumulate(Tensor& sum, Tensor term) {
  if (term) sum = sum ? add(sum, term) : std::move(term);
}

}  // namespace vt::autograd
