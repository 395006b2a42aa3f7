// SPDX-License-Identifier: Apache-2.0
// Kernels of the special functions that are computed in double: Bessel's and Airy's, and the derivatives of digamma.
#include <vt/cpp/pointwise/special_scalar.hpp>

#include "pointwise.cuh"

namespace vt::cuda {
namespace {

// The same function in double for every dtype. Not inlined: one copy serves all kernels.
template <class Op>
VT_HOST_DEVICE [[gnu::noinline]] double in_double(double x, pointwise::Parameters parameters) noexcept {
  return pointwise::element<Op>(x, x, parameters);
}

template <class Op>
struct InDouble : pointwise::OfFloats {
  template <class W>
  VT_POINTWISE W of(W x, const pointwise::Parameters& p) noexcept {
    return static_cast<W>(in_double<Op>(static_cast<double>(x), p));
  }
};

template <class List>
struct AllInDouble;
template <class... Ops>
struct AllInDouble<pointwise::OpList<Ops...>> {
  using Type = pointwise::OpList<InDouble<Ops>...>;
};
using Ops = AllInDouble<pointwise::SpecialScalarOps>::Type;

}  // namespace

const void* special_scalar_strided_kernel(DtypeIndex computed, bool wide) noexcept {
  switch (computed) {
    case DtypeIndex::kFloat32: return strided_kernel_of<Ops, float>(wide);
    case DtypeIndex::kFloat64: return strided_kernel_of<Ops, double>(wide);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
