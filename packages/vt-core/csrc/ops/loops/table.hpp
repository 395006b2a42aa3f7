// SPDX-License-Identifier: Apache-2.0
// LoopTable: the inner loops of the elementwise and reducing kernels, one table per instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ops/loops/activation.hpp"
#include "ops/loops/attention.hpp"
#include "ops/loops/binary.hpp"
#include "ops/loops/compare.hpp"
#include "ops/loops/gemm.hpp"
#include "ops/loops/index.hpp"
#include "ops/loops/loss.hpp"
#include "ops/loops/norm.hpp"
#include "ops/loops/optim.hpp"
#include "ops/loops/random.hpp"
#include "ops/loops/reduction.hpp"
#include "ops/loops/rotary.hpp"
#include "ops/loops/search.hpp"
#include "ops/loops/softmax.hpp"
#include "ops/loops/ternary.hpp"
#include "ops/loops/unary.hpp"

namespace vt::core {

// Note [Instruction sets]
// The sources in this folder other than select.cpp are compiled once per instruction set, into namespace
// vt::core::VT_ISA, and only the table leaves a copy. They include no header that defines inline functions outside that
// namespace, save those marked always-inline: the linker could otherwise keep a copy with instructions the machine lacks.
// No loop contracts a*b+c into one rounding, so results are the same on every instruction set.

// dst[i] = src[i] converted; strides in bytes, 0 to repeat one element.
using ConvertLoop = void (*)(char* dst, int64_t dst_stride, const char* src, int64_t src_stride, int64_t n);

// Entries are NULL where a dtype does not have the operation.
struct LoopTable {
  ConvertLoop convert[kNumLoopDtypes][kNumLoopDtypes];  // [dst][src]
  BinaryLoop binary[kNumBinaryKinds][kNumLoopDtypes];
  // As `binary`, with b one number: an element of the dtype, float for the small floating dtypes.
  BinaryLoop binary_number[kNumBinaryKinds][kNumLoopDtypes];
  HasZeroLoop has_zero[kNumLoopDtypes];  // of integers
  UnaryLoops unary;
  ActivationLoops activation;
  CompareLoops compare;
  TernaryLoops ternary;
  GemmLoops gemm;
  SoftmaxLoops softmax;
  NormLoops norm;
  LossLoops loss;
  RotaryLoops rotary;
  AttentionLoops attention;
  IndexLoops index;
  ReductionLoops reduction;
  RandomLoops random;
  OptimLoops optim;
  SearchLoops search;
};

// The table for this machine, or for the instruction set that the setting VT_CPU_ISA names. Chosen when ops are registered.
extern LoopTable chosen_loops;
inline const LoopTable& loops() noexcept { return chosen_loops; }
void choose_loops();

}  // namespace vt::core
