// SPDX-License-Identifier: Apache-2.0
// Matrix products on raw memory, for kernels that are made of them.
#pragma once

#include <vt/cpp/dtype.hpp>

#include <span>

#include "ops/loops/gemm.hpp"

namespace vt::core {

// Whether there are products of a dtype: of integers, half types, float32, float64 and complex dtypes.
bool has_gemm(DLDataType dtype) noexcept;

// c = alpha * a @ b + beta * d on the calling thread, in memory of that thread: may be used inside a parallel loop, calls nothing
// else and allocates nothing after the thread's first call. Half types are summed in float32 and rounded once. Operands of any
// strides are read in place or packed; the fastest small products have dense rows in b and c (b_col == 1, c_col == 1).
// d == c accumulates.
void gemm_on_this_thread(DLDataType dtype, const GemmProblem& problem);

// The same product on all threads. The elements do not depend on their number.
void gemm(DLDataType dtype, const GemmProblem& problem);

// Strides in elements of the dimensions before the matrices', outermost first; zero repeats a matrix.
struct GemmBatch {
  std::span<const int64_t> sizes;
  const int64_t* a = nullptr;
  const int64_t* b = nullptr;
  const int64_t* c = nullptr;
  const int64_t* d = nullptr;  // used when the problem has a d
};

// A product per index of the batch, on all threads.
void gemm_batched(DLDataType dtype, const GemmProblem& problem, const GemmBatch& batch);

}  // namespace vt::core
