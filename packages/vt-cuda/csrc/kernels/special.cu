// SPDX-License-Identifier: Apache-2.0
// Kernels of the special functions.
#include <vt/cpp/pointwise/special.hpp>

#include "pointwise.cuh"

namespace vt::cuda {

using Ops = pointwise::SpecialOps;

const void* special_dense_kernel(size_t op, DtypeIndex dtype) noexcept { return dense_kernel_of<Ops>(op, dtype); }

const void* special_strided_kernel(DtypeIndex computed, bool wide) noexcept {
  switch (computed) {
    case DtypeIndex::kFloat32: return strided_kernel_of<Ops, float>(wide);
    case DtypeIndex::kFloat64: return strided_kernel_of<Ops, double>(wide);
    case DtypeIndex::kComplex64: return strided_kernel_of<Ops, Complex<float>>(wide);
    case DtypeIndex::kComplex128: return strided_kernel_of<Ops, Complex<double>>(wide);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
