// SPDX-License-Identifier: Apache-2.0
// Products through cuBLASLt: chosen algorithms are kept, work goes to the current stream, nothing waits.
#pragma once

#include <vt/cpp/dtype.hpp>

#include "../backend.hpp"
#include "layout.hpp"

namespace vt::cuda {

// How precisely float32 operands enter products: as they are, rounded to TF32 (10 bits of mantissa) or to bfloat16 (7 bits).
enum class Float32Precision : int32_t { kHighest, kHigh, kMedium };

// Float16, bfloat16, float32 and float64 are served when the library is there.
bool blas_serves(DtypeIndex dtype);

// Enqueues a product of positive sizes. False when the library has no algorithm for it; nothing is enqueued then.
bool blas_matmul(const char* op, DLDevice device, DtypeIndex dtype, const BlasProduct& product, double alpha,
                 double beta);

// For all later products of the process.
void set_float32_precision(Float32Precision precision) noexcept;
Float32Precision float32_precision() noexcept;

}  // namespace vt::cuda
