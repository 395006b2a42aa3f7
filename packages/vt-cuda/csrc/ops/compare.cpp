// SPDX-License-Identifier: Apache-2.0
// Comparison, logical and bitwise operators on CUDA devices.
#include "binary_launch.hpp"

namespace vt::cuda {
namespace {

// The names of the kinds, from kEqual on.
constexpr const char* kNames[] = {"eq",          "ne",          "lt",          "le",
                                  "gt",          "ge",          "logical_and", "logical_or",
                                  "logical_xor", "bitwise_and", "bitwise_or",  "bitwise_xor"};

template <BinaryKind kKind>
void compare(const VtValue* args, VtValue* result) {
  constexpr auto kName = static_cast<size_t>(kKind) - static_cast<size_t>(BinaryKind::kEqual);
  launch_binary({kNames[kName], kKind, comparison_kernels}, args, result);
}

}  // namespace

void register_compare(VtPlugin* plugin) {
  const KernelRow rows[] = {{"eq", kernel<compare<BinaryKind::kEqual>>},
                            {"ne", kernel<compare<BinaryKind::kNotEqual>>},
                            {"lt", kernel<compare<BinaryKind::kLess>>},
                            {"le", kernel<compare<BinaryKind::kLessEqual>>},
                            {"gt", kernel<compare<BinaryKind::kGreater>>},
                            {"ge", kernel<compare<BinaryKind::kGreaterEqual>>},
                            {"logical_and", kernel<compare<BinaryKind::kLogicalAnd>>},
                            {"logical_or", kernel<compare<BinaryKind::kLogicalOr>>},
                            {"logical_xor", kernel<compare<BinaryKind::kLogicalXor>>},
                            {"bitwise_and", kernel<compare<BinaryKind::kBitwiseAnd>>},
                            {"bitwise_or", kernel<compare<BinaryKind::kBitwiseOr>>},
                            {"bitwise_xor", kernel<compare<BinaryKind::kBitwiseXor>>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
