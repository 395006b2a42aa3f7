// SPDX-License-Identifier: Apache-2.0
// Rows by which a library registers ops, kernels and derivatives.
#pragma once

#include <initializer_list>
#include <span>
#include <vector>

#include "error.hpp"

namespace vt {

struct OpRow {
  const char* schema;
  uint32_t flags;
  const char* doc = nullptr;
};

struct KernelRow {
  const char* op;
  VtBoxedFn kernel;
};

struct DerivativeRow {
  const char* op;
  VtBoxedFn backward;
  std::initializer_list<VtGradient> gradients;
};

constexpr uint64_t bit(int index) noexcept { return uint64_t{1} << index; }

inline void define_ops(VtPlugin* plugin, std::span<const OpRow> rows) {
  for (const OpRow& row : rows) {
    const VtOpDef def{sizeof(VtOpDef), row.flags, row.schema, row.doc};
    const VtOp* op = nullptr;
    check(tables().dispatch->define_op(plugin, &def, &op));
  }
}

inline void register_kernels(VtPlugin* plugin, int32_t device_type, std::span<const KernelRow> rows) {
  std::vector<VtKernelDef> defs;
  for (const KernelRow& row : rows)
    defs.push_back({sizeof(VtKernelDef), 0, row.op, VT_LAYER_DEVICE, device_type, row.kernel, nullptr, 0, nullptr});
  check(tables().dispatch->register_kernels(plugin, defs.data(), defs.size()));
}

inline void register_derivatives(VtPlugin* plugin, std::span<const DerivativeRow> rows) {
  std::vector<VtDerivativeDef> defs;
  for (const DerivativeRow& row : rows)
    defs.push_back({sizeof(VtDerivativeDef), 0, row.op, row.backward, nullptr, row.gradients.begin(),
                    static_cast<int32_t>(row.gradients.size()), 0});
  check(tables().dispatch->register_derivatives(plugin, defs.data(), defs.size()));
}

}  // namespace vt
