// SPDX-License-Identifier: Apache-2.0
// Graphs over several devices: logical CPU devices, and simulated ones whose work is done later.
#include "environment.hpp"

namespace vt::autograd::test {
namespace {

constexpr DLDevice kSecondHost{kDLCPU, 1};
constexpr DLDevice kThirdHost{kDLCPU, 2};
constexpr DLDevice kOtherSimulated{static_cast<DLDeviceType>(VT_DEVICE_TYPE_SIMULATED), 1};

Tensor moved(const Tensor& t, DLDevice device) {
  static const Op to("to");
  return to(t, none(), device);
}

bool is_on(const Tensor& t, DLDevice device) {
  return t.device().device_type == device.device_type && t.device().device_id == device.device_id;
}

// A leaf on a device of its own.
Tensor leaf_on(std::initializer_list<float> values, DLDevice device) {
  Tensor out = moved(tensor(values), device);
  check(api().set_requires_grad(out.get(), 1));
  return out;
}

struct Model {
  // ((x w0 on `first`) w1 on `second` + x) w0 back on `first`: w0 is used twice, x on both devices.
  Tensor forward(DLDevice first, DLDevice second) const {
    const Tensor there = mul(moved(mul(moved(x, first), w0), second), w1);
    return mul(moved(add(there, moved(x, second)), first), w0);
  }
  Tensor x, w0, w1;
};

void expect_gradients(const Model& model, float calls = 1) {
  // d/dw0 (x w0 w1 + x) w0 = x (2 w0 w1 + 1)
  EXPECT_EQ(values_of(grad_of(model.w0)), (std::vector<float>{13 * calls, 2 * 41 * calls}));
  EXPECT_EQ(values_of(grad_of(model.w1)), (std::vector<float>{4 * calls, 32 * calls}));
  EXPECT_EQ(values_of(grad_of(model.x)), (std::vector<float>{14 * calls, 84 * calls}));
}

Model model_on(DLDevice first, DLDevice second, DLDevice home = kHost) {
  return {leaf_on({1.0f, 2.0f}, home), leaf_on({2.0f, 4.0f}, first), leaf_on({3.0f, 5.0f}, second)};
}

TEST(Devices, GradientsComeBackToTheDevicesOfTheirLeaves) {
  const Model model = model_on(kSecondHost, kThirdHost);
  ASSERT_EQ(backward(model.forward(kSecondHost, kThirdHost)), 0) << take_error();
  expect_gradients(model);
  EXPECT_TRUE(is_on(grad_of(model.x), kHost));
  EXPECT_TRUE(is_on(grad_of(model.w0), kSecondHost));
  EXPECT_TRUE(is_on(grad_of(model.w1), kThirdHost));
}

TEST(Devices, GradientOfAnotherDeviceIsRefused) {
  const Tensor x = leaf_on({1.0f}, kSecondHost);
  const Tensor out = scaled(x, 2.0);
  const Tensor seed = tensor({1.0f});
  VtTensor* root = out.get();
  VtTensor* grad = seed.get();
  EXPECT_NE(api().backward(&root, &grad, 1, nullptr, 0, 0), 0);
  EXPECT_NE(take_error().find("on cpu, expected float32 [1] on cpu:1"), std::string::npos);
}

// Runs under drawn orders of the pending work; the simulated devices report every access that nothing orders.
class SimulatedDevices : public testing::TestWithParam<uint64_t> {
 protected:
  void SetUp() override {
    check(simulated().step_all());
    simulated().seed(GetParam());
    simulated().clear_races();
  }
  void TearDown() override {
    check(simulated().step_all());
    for (int64_t i = 0; i < simulated().num_races(); ++i) ADD_FAILURE() << simulated().race(i);
    simulated().clear_races();
  }
};

TEST_P(SimulatedDevices, TwoOfThemAndTheHostShareAGraph) {
  const Model model = model_on(kSimulated, kOtherSimulated);
  for (int i = 0; i < 3; ++i) ASSERT_EQ(backward(model.forward(kSimulated, kOtherSimulated)), 0) << take_error();
  expect_gradients(model, 3);
  EXPECT_TRUE(is_on(grad_of(model.w1), kOtherSimulated));
}

TEST_P(SimulatedDevices, AnswerWhenTheHostIsAnotherDevice) {
  const Model model = model_on(kOtherSimulated, kSecondHost, kSimulated);
  ASSERT_EQ(backward(model.forward(kOtherSimulated, kSecondHost)), 0) << take_error();
  expect_gradients(model);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SimulatedDevices, testing::Range<uint64_t>(0, 20));

}  // namespace
}  // namespace vt::autograd::test
