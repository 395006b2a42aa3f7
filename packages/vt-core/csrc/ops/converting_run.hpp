// SPDX-License-Identifier: Apache-2.0
// Runs a loop on operands that are not of the dtype it wants, or not dense: they pass through buffers in which they are, piece
// by piece.
#pragma once

#include <array>

#include "ops/loops/convert.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

// Operand 0 is the output. `Loop` is called with (char* const* data, int64_t n, const int64_t* strides).
template <size_t NumOperands, class Loop>
class ConvertingRun {
 public:
  // `wanted[k]` is what the loop reads, or for the output writes, as operand k.
  ConvertingRun(const IterPlan& p, const std::array<DLDataType, NumOperands>& wanted, const Loop& loop)
      : loop_(loop), strides_(p) {
    for (size_t k = 0; k < NumOperands; ++k) {
      itemsizes_[k] = itemsize_of(wanted[k]);
      const bool is_wanted = same_dtype(p.dtypes[k], wanted[k]);
      if (is_wanted && (strides_.value[k] == itemsizes_[k] || strides_.value[k] == 0)) continue;
      const DLDataType to = k == 0 ? p.dtypes[0] : wanted[k];
      const DLDataType from = k == 0 ? wanted[0] : p.dtypes[k];
      converts_[k] =
          loops<ConvertLoops>().from_to[static_cast<size_t>(dtype_index(to))][static_cast<size_t>(dtype_index(from))];
      is_wanted_ &= is_wanted;
      is_direct_ = false;
    }
  }

  void operator()(char* const* data, int64_t n) const {
    if (is_direct_ || (is_wanted_ && n < kFew)) return loop_(data, n, strides_.value);
    alignas(64) char buffers[NumOperands][kStep * 16];
    for (int64_t i = 0; i < n; i += kStep) {
      const int64_t step = std::min(kStep, n - i);
      char* at[NumOperands];
      int64_t strides[NumOperands];
      for (size_t k = 0; k < NumOperands; ++k) {
        at[k] = data[k] + i * strides_.value[k];
        strides[k] = strides_.value[k];
        if (!converts_[k]) continue;
        if (k > 0) converts_[k](buffers[k], itemsizes_[k], at[k], strides[k], step);
        at[k] = buffers[k];
        strides[k] = itemsizes_[k];
      }
      loop_(at, step, strides);
      if (converts_[0])
        converts_[0](data[0] + i * strides_.value[0], strides_.value[0], buffers[0], itemsizes_[0], step);
    }
  }

 private:
  // Elements per step: the buffers fit the first-level cache.
  static constexpr int64_t kStep = 256;
  // Elements for which a loop over strides takes no longer than making them dense.
  static constexpr int64_t kFew = 12;

  const Loop& loop_;
  InnerStrides<NumOperands> strides_;
  int64_t itemsizes_[NumOperands];
  ConvertLoop converts_[NumOperands] = {};
  bool is_wanted_ = true;  // all dtypes are
  bool is_direct_ = true;  // and all operands are dense, or one element
};

// Runs `loop` over the plan, each operand as the dtype `wanted` says.
template <size_t NumOperands, class Loop>
void run_converting(IterPlan& p, const std::array<DLDataType, NumOperands>& wanted, const Loop& loop) {
  lengthen_runs(p);
  for_each_run<NumOperands>(p, ConvertingRun<NumOperands, Loop>(p, wanted, loop));
}

// An operand of one element that is not of the dtype the loop wants is converted once, into `cell`.
inline void convert_single(IterPlan& p, size_t operand, DLDataType dtype, IterPlan::NumberCell& cell) {
  loops<ConvertLoops>()
      .from_to[static_cast<size_t>(dtype_index(dtype))][static_cast<size_t>(dtype_index(p.dtypes[operand]))](
          reinterpret_cast<char*>(cell.bytes), 0, static_cast<const char*>(p.data[operand]), 0, 1);
  p.data[operand] = cell.bytes;
  p.dtypes[operand] = dtype;
}

inline bool is_single(const IterPlan& p, size_t operand) noexcept {
  const int64_t* strides = p.strides_of_operand(static_cast<int32_t>(operand));
  return std::all_of(strides, strides + p.ndim, [](int64_t stride) { return stride == 0; });
}

[[noreturn]] inline void fail_unsupported(const char* op, DLDataType dtype) {
  fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) +
                                     " on cpu; convert the operands to another dtype first");
}

}  // namespace vt::core
