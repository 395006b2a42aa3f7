// SPDX-License-Identifier: Apache-2.0
// Every differentiable operator of core has a derivative row, but for composite ones and the few named here.
#include <algorithm>

#include "environment.hpp"

namespace vt::autograd::test {
namespace {

bool takes_tensors(const VtSchema& schema) {
  for (int32_t i = 0; i < schema.num_args; ++i)
    if (schema.args[i].kinds & (VT_KIND_TENSOR | VT_KIND_TENSOR_LIST)) return true;
  return false;
}

// Gradients that have none of their own: asking for a second derivative through them raises NOT_IMPLEMENTED.
constexpr const char* kLastDerivatives[] = {"native_attention_backward", "native_recurrent_layer_backward",
                                            "_ctc_loss_backward"};

TEST(Registry, DifferentiableOperatorsHaveRows) {
  std::vector<std::string> missing;
  auto visit = [](const VtOp* op, void* arg) {
    const VtSchema& schema = *tables().dispatch->schema(op);
    const std::string name = schema.name;
    constexpr uint32_t kWithoutRow = VT_OP_NOT_DIFFERENTIABLE | VT_OP_COMPOSITE;
    if ((schema.flags & kWithoutRow) || !takes_tensors(schema) || name.starts_with("test_")) return 0;
    if (std::ranges::find(kLastDerivatives, name) != std::end(kLastDerivatives)) return 0;
    if (!tables().dispatch->derivative(op)) static_cast<std::vector<std::string>*>(arg)->push_back(schema.text);
    return 0;
  };
  ASSERT_EQ(tables().dispatch->visit_ops(visit, &missing), 0);
  EXPECT_EQ(missing, std::vector<std::string>{});
}

TEST(Registry, InterfaceIsVersioned) {
  const void* table = nullptr;
  EXPECT_NE(tables().get_interface(VT_AUTOGRAD_API_NAME, VT_AUTOGRAD_API_MAJOR + 1, 0, &table), 0);
  EXPECT_NE(take_error().find("vt.autograd"), std::string::npos);
  EXPECT_EQ(api().header.struct_size, sizeof(VtAutogradApi));
}

}  // namespace
}  // namespace vt::autograd::test
