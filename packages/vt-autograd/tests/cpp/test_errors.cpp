// SPDX-License-Identifier: Apache-2.0
// Failures in the forward and in the middle of a backward: the error arrives, nothing leaks, everything stays usable.
#include "environment.hpp"

namespace vt::autograd::test {
namespace {

const Op& twice() {
  static const Op op("test_twice");
  return op;
}

TEST(Errors, FailingForwardRecordsNothing) {
  const Tensor x = leaf({1.0f});
  const uint64_t before = live_bytes();
  test_ops().fail_forward(1);
  EXPECT_THROW(twice()(x), ErrorIsSet);
  test_ops().fail_forward(0);
  EXPECT_NE(take_error().find("the forward fails on purpose"), std::string::npos);
  EXPECT_EQ(live_bytes(), before);
  EXPECT_EQ(api().grad_mode(), 1);
}

TEST(Errors, FailingBackwardLeaksNothingAndRunsAgain) {
  const Tensor x = leaf({1.0f, 2.0f});
  const Tensor w = leaf({3.0f, 4.0f});
  {
    const Tensor warm = add(scaled(twice()(mul(x, w)), 1.0), mul(x, x));
    ASSERT_EQ(backward(warm), 0) << take_error();
  }
  const uint64_t before = live_bytes();
  {
    const Tensor out = add(scaled(twice()(mul(x, w)), 1.0), mul(x, x));
    test_ops().fail_backward(1);
    EXPECT_NE(backward(out), 0);
    test_ops().fail_backward(0);
    EXPECT_NE(take_error().find("the backward fails on purpose"), std::string::npos);
    EXPECT_EQ(api().grad_mode(), 1);
    // What the failing node saved is still there, what earlier nodes saved is not needed again.
    const Tensor again = twice()(x);
    ASSERT_EQ(backward(again), 0) << take_error();
  }
  EXPECT_EQ(live_bytes(), before);
}

TEST(Errors, FailureInsideANestedBackwardComesOut) {
  struct Outer {
    static int hook(void*, VtTensor**) {
      return guard([] {
        const Tensor inner = leaf({1.0f});
        api().set_grad_mode(1);
        const Tensor out = twice()(inner);
        api().set_grad_mode(0);
        test_ops().fail_backward(1);
        const int status = backward(out);
        test_ops().fail_backward(0);
        check(status);
      });
    }
  };
  const Tensor x = leaf({1.0f});
  uint64_t handle = 0;
  ASSERT_EQ(api().add_hook(x.get(), Outer::hook, nullptr, nullptr, &handle), 0);
  EXPECT_NE(backward(scaled(x, 2.0)), 0);
  EXPECT_NE(take_error().find("the backward fails on purpose"), std::string::npos);
  ASSERT_EQ(api().remove_hook(x.get(), handle), 0);
  EXPECT_EQ(backward(scaled(x, 2.0)), 0);
}

TEST(Errors, OperatorWithoutADerivativeIsNamed) {
  const Op op("test_no_derivative");
  const Tensor x = leaf({1.0f});
  EXPECT_THROW(op(x), ErrorIsSet);
  EXPECT_EQ(tables().object->error_kind(), VT_ERROR_NOT_IMPLEMENTED);
  EXPECT_NE(take_error().find("test_no_derivative"), std::string::npos);
  api().set_grad_mode(0);
  EXPECT_NO_THROW(op(x));
  api().set_grad_mode(1);
  EXPECT_NO_THROW(op(tensor({1.0f})));
}

TEST(Errors, SecondBackwardIsRefused) {
  const Tensor x = leaf({2.0f});
  const Tensor out = mul(x, x);
  ASSERT_EQ(backward(out, VT_BACKWARD_RETAIN_GRAPH), 0);
  ASSERT_EQ(backward(out), 0);
  EXPECT_NE(backward(out), 0);
  EXPECT_NE(take_error().find("second time"), std::string::npos);
}

TEST(Errors, NullArgumentsAreRefused) {
  VtTensor* missing = nullptr;
  EXPECT_NE(api().backward(&missing, nullptr, 1, nullptr, 0, 0), 0);
  take_error();
  EXPECT_NE(api().backward(nullptr, nullptr, 0, nullptr, 0, 0), 0);
  take_error();
  EXPECT_NE(api().record(nullptr, nullptr, nullptr, nullptr), 0);
  take_error();
}

}  // namespace
}  // namespace vt::autograd::test
