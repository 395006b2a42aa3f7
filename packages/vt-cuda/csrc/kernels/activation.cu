// SPDX-License-Identifier: Apache-2.0
// Kernels of the activation family.
#include "half_activations.cuh"

namespace vt::cuda {

using Ops = pointwise::ActivationOps;

const void* activation_dense_kernel(size_t op, DtypeIndex dtype) noexcept { return dense_kernel_of<Ops>(op, dtype); }

const void* activation_strided_kernel(DtypeIndex computed, bool wide) noexcept {
  switch (computed) {
    case DtypeIndex::kUInt8:
    case DtypeIndex::kUInt16:
    case DtypeIndex::kUInt32:
    case DtypeIndex::kUInt64: return strided_kernel_of<Ops, uint64_t>(wide);
    case DtypeIndex::kInt8:
    case DtypeIndex::kInt16:
    case DtypeIndex::kInt32:
    case DtypeIndex::kInt64: return strided_kernel_of<Ops, int64_t>(wide);
    case DtypeIndex::kFloat32: return strided_kernel_of<Ops, float>(wide);
    case DtypeIndex::kFloat64: return strided_kernel_of<Ops, double>(wide);
    case DtypeIndex::kComplex64: return strided_kernel_of<Ops, Complex<float>>(wide);
    case DtypeIndex::kComplex128: return strided_kernel_of<Ops, Complex<double>>(wide);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
