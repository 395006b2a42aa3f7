// SPDX-License-Identifier: Apache-2.0
// Streams of the forward carry over to the backward, ordered by events alone; the simulated device reports every race.
#include "environment.hpp"

namespace vt::autograd::test {
namespace {

const VtDeviceApi& device() { return *tables().stream->device(VT_DEVICE_TYPE_SIMULATED); }

VtStream current() {
  VtStream stream = 0;
  check(device().current_stream(0, &stream));
  return stream;
}

VtStream new_stream() {
  VtStream stream = 0;
  check(device().create_stream(0, 0, &stream));
  return stream;
}

void wait_for(VtStream producer, VtStream consumer) {
  VtEvent event = 0;
  check(device().create_event(0, &event));
  check(device().record_event(0, event, producer));
  check(device().wait_event(0, consumer, event));
  device().destroy_event(0, event);
}

class Streams : public testing::TestWithParam<uint64_t> {
 protected:
  void SetUp() override {
    check(simulated().step_all());
    simulated().seed(GetParam());
    simulated().clear_races();
    home_ = current();
  }
  void TearDown() override {
    EXPECT_EQ(current(), home_);
    check(simulated().step_all());
    simulated().clear_races();
  }
  void expect_no_race() {
    for (int64_t i = 0; i < simulated().num_races(); ++i) ADD_FAILURE() << simulated().race(i);
  }

  // Forward of 2 x * (3 x) with its two factors on streams of their own; x is used before and after.
  Tensor forward(const Tensor& x) {
    const VtStream a = new_stream(), b = new_stream();
    wait_for(home_, a);
    wait_for(home_, b);
    check(device().set_current_stream(0, a));
    const Tensor left = scaled(x, 2.0);
    check(device().set_current_stream(0, b));
    const Tensor right = scaled(x, 3.0);
    wait_for(a, b);
    check(tables().stream->record_use(left.get(), b));
    const Tensor out = mul(left, right);
    wait_for(b, home_);
    check(device().set_current_stream(0, home_));
    check(tables().stream->record_use(out.get(), home_));
    return out;
  }

  VtStream home_ = 0;
};

TEST_P(Streams, BackwardFollowsTheForwardsStreams) {
  const Tensor x = leaf({1.0f, 2.0f}, kSimulated);
  {
    const Tensor out = forward(x);
    ASSERT_EQ(backward(out), 0) << take_error();
    EXPECT_GT(simulated().pending(), 0);
  }
  EXPECT_EQ(values_of(grad_of(x)), (std::vector<float>{12.0f, 24.0f}));
  expect_no_race();
}

TEST_P(Streams, CapturedGradientsAreReadyForTheCaller) {
  const Tensor x = leaf({1.0f, 2.0f}, kSimulated);
  const Tensor out = forward(x);
  const Tensor one = tensor({1.0f, 1.0f}, kSimulated);
  VtTensor* root = out.get();
  VtTensor* seed = one.get();
  VtTensor* input = x.get();
  VtTensor* grad = nullptr;
  ASSERT_EQ(api().compute_grad(&root, &seed, 1, &input, 1, 0, &grad), 0) << take_error();
  EXPECT_EQ(values_of(Tensor::steal(grad)), (std::vector<float>{12.0f, 24.0f}));
  expect_no_race();
}

// One gradient flows into three products, two of them on another stream: the last of them has it alone, but the first may still
// read it.
TEST_P(Streams, GradientsOfTwoStreamsAreNotReused) {
  const Tensor x = leaf({1.0f, 2.0f}, kSimulated);
  const Tensor factor = tensor({2.0f, 2.0f}, kSimulated);
  const VtStream other = new_stream();
  wait_for(home_, other);
  Tensor products[3];
  for (size_t k = 0; k < 3; ++k) {
    check(device().set_current_stream(0, k < 2 ? other : home_));
    products[k] = mul(x, factor);
  }
  check(device().set_current_stream(0, home_));
  wait_for(other, home_);
  for (size_t k = 0; k < 2; ++k) check(tables().stream->record_use(products[k].get(), home_));
  const Op add("add");
  const Tensor out = mul(add(add(products[0], products[1]), products[2]), factor);
  ASSERT_EQ(backward(out), 0) << take_error();
  EXPECT_EQ(values_of(grad_of(x)), (std::vector<float>{12.0f, 12.0f}));
  expect_no_race();
}

TEST_P(Streams, MissingWaitIsNoticed) {
  const Tensor x = leaf({1.0f, 2.0f}, kSimulated);
  const Tensor out = forward(x);
  simulated().ignore_wait(0);
  ASSERT_EQ(backward(out), 0) << take_error();
  simulated().ignore_wait(-1);
  check(simulated().step_all());
  EXPECT_GT(simulated().num_races(), 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Streams, testing::Range<uint64_t>(0, 20));

}  // namespace
}  // namespace vt::autograd::test
