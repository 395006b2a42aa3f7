// SPDX-License-Identifier: Apache-2.0
// Dense forms: kernels of pointwise operators that write into memory of which the caller is the sole owner.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "op.hpp"

// Note [Dense forms]
// A device kernel may have, as its typed function, a form for the commonest operands alone: row-major tensors of one shape and
// dtype, with the operator's other arguments at their defaults. It writes to memory that nobody but the caller sees, so it
// neither checks nor counts: the caller has made sure that `out` is one of the inputs, or apart from them all, and that no
// tensor asks for a layer. Neither the count nor the version of `out` changes.
namespace vt {

// Zero when it has written to `out`, anything else when it has done nothing and the operator has to be called.
using DenseFn = int32_t (*)(VtTensor* out, const VtTensor* const* inputs);

// What VtKernel.signature says of a kernel whose typed function is a DenseFn: FNV-1a of the text.
constexpr uint64_t signature_of(std::string_view text) noexcept {
  uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001B3u;
  return hash;
}
inline constexpr uint64_t kDenseSignature =
    signature_of("dense: int32_t(VtTensor* out, const VtTensor* const* inputs)");

struct DenseKernelRow {
  const char* op;
  VtBoxedFn kernel;
  DenseFn dense;
};

inline void register_dense_kernels(VtPlugin* plugin, int32_t device_type, std::span<const DenseKernelRow> rows) {
  std::vector<VtKernelDef> defs;
  for (const DenseKernelRow& row : rows)
    defs.push_back({sizeof(VtKernelDef), 0, row.op, VT_LAYER_DEVICE, device_type, row.kernel,
                    reinterpret_cast<void*>(row.dense), kDenseSignature, nullptr});
  check(tables().dispatch->register_kernels(plugin, defs.data(), defs.size()));
}

// Writes `op` of at most four inputs, its other arguments at their defaults, over `out`: by its dense form where it has one and no
// layer of the thread wants to see the call.
inline void write_dense(const Op& op, VtTensor* out, std::initializer_list<VtTensor*> inputs) {
  const VtKernel* kernel = tables().dispatch->resolve(op.get(), out->flags, out->dl.device.device_type);
  if (kernel && kernel->signature == kDenseSignature &&
      reinterpret_cast<DenseFn>(kernel->typed)(out, inputs.begin()) == 0) [[likely]]
    return;
  VtValue args[4];
  int32_t num_args = 0;
  for (VtTensor* input : inputs) args[num_args++] = value_of(input);
  VtValue result = value_of(out);
  check(tables().dispatch->call_boxed(op.get(), args, num_args, &result));
  tables().tensor->release(result.as.tensor);
}

}  // namespace vt
