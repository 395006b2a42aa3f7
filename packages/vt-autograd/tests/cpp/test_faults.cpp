// SPDX-License-Identifier: Apache-2.0
// A training step in which the nth allocation fails, for every n: an error, nothing lost, and the next step as if nothing was.
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "environment.hpp"
#include "failing_malloc.hpp"

namespace vt::autograd::test {
namespace {

using Floats = std::vector<float>;

constexpr int64_t kBatch = 8, kInputs = 4, kHidden = 16, kOutputs = 3;
constexpr size_t kNumParameters = 4;

Tensor numbers(std::initializer_list<int64_t> sizes, float phase) {
  Tensor out = Tensor::empty({sizes.begin(), sizes.size()}, kFloat32, kHost);
  for (int64_t i = 0; i < out.numel(); ++i) out.data<float>()[i] = std::sin(phase + static_cast<float>(i));
  return out;
}

// A multilayer perceptron of two layers, its data, and one step of gradient descent.
struct Perceptron {
  Perceptron() {
    parameters[0] = numbers({kHidden, kInputs}, 1);
    parameters[1] = numbers({kHidden}, 2);
    parameters[2] = numbers({kOutputs, kHidden}, 3);
    parameters[3] = numbers({kOutputs}, 4);
    for (const Tensor& p : parameters) check(api().set_requires_grad(p.get(), 1));
    input = numbers({kBatch, kInputs}, 5);
    target = numbers({kBatch, kOutputs}, 6);
  }

  // Fills the gradients.
  void differentiate() const {
    static const Op linear("linear"), relu("relu"), gelu("gelu"), mul("mul"), loss_of("mse_loss");
    const Tensor hidden = gelu(relu(linear(input, parameters[0], parameters[1])));
    // The node of the product saves two leaves, each by an alias that others may share.
    const Tensor loss = loss_of(linear(hidden, mul(parameters[2], parameters[1]), parameters[3]), target);
    VtTensor* root = loss.get();
    check(api().backward(&root, nullptr, 1, nullptr, 0, 0));
  }

  // Takes no memory: every parameter has been written or none.
  void update() const {
    static const Op add("add");
    const int32_t mode = api().set_grad_mode(0);
    const int status = guard([&] {
      for (const Tensor& p : parameters) add.into(p, p, grad_of(p), -0.1);
    });
    api().set_grad_mode(mode);
    check(status);
  }

  void forget_gradients() const {
    for (const Tensor& p : parameters) check(api().set_grad(p.get(), nullptr));
  }

  std::vector<Floats> contents() const {
    std::vector<Floats> out;
    for (const Tensor& p : parameters) out.emplace_back(p.data<float>(), p.data<float>() + p.numel());
    return out;
  }

  std::array<Tensor, kNumParameters> parameters;
  Tensor input, target;
};

// What a thread keeps is made at its first use: on one of its own that may fail, too.
template <class Body>
void on_own_thread(Body body) {
  std::thread(body).join();
}

// What two undisturbed steps make of the parameters.
std::vector<Floats> after_steps(int count) {
  std::vector<Floats> out;
  on_own_thread([&] {
    const Perceptron net;
    for (int i = 0; i < count; ++i) {
      net.differentiate();
      net.update();
      net.forget_gradients();
    }
    out = net.contents();
  });
  return out;
}

bool same_bits(const std::vector<Floats>& a, const std::vector<Floats>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if (a[i].size() != b[i].size() || std::memcmp(a[i].data(), b[i].data(), a[i].size() * sizeof(float)) != 0)
      return false;
  return true;
}

// Set before vt-core is loaded: filled memory is kept in no lists and cut from no slabs, so each block is asked of the system.
[[maybe_unused]] const int no_lists = setenv("VT_FILL_MEMORY", "1", 1);

class Faults : public testing::TestWithParam<Failing> {};

// Runs a step whose nth allocation fails; returns whether there was an nth.
bool step_with_fault(int64_t n, Failing failing, const std::vector<Floats>& first, const std::vector<Floats>& second) {
  bool reached = false;
  on_own_thread([&] {
    const Perceptron net;
    bool updating = false;
    fail_allocation(n, failing);
    int status = guard([&] { net.differentiate(); });
    if (status == 0) {
      updating = true;
      status = guard([&] { net.update(); });
    }
    reached = stop_failing();
    if (status != 0) {
      EXPECT_EQ(tables().object->error_kind(), VT_ERROR_OUT_OF_MEMORY) << "allocation " << n;
      take_error();
      EXPECT_FALSE(updating) << "allocation " << n;
      net.forget_gradients();
      net.differentiate();
      net.update();
    }
    EXPECT_TRUE(same_bits(net.contents(), first)) << "allocation " << n;
    net.forget_gradients();
    net.differentiate();
    net.update();
    EXPECT_TRUE(same_bits(net.contents(), second)) << "allocation " << n;
  });
  return reached;
}

TEST_P(Faults, EveryAllocationOfAStepMayFail) {
  const std::vector<Floats> first = after_steps(1);
  const std::vector<Floats> second = after_steps(2);
  step_with_fault(1, GetParam(), first, second);  // what is made once is made
  const int64_t blocks = live_blocks();
  const uint64_t bytes = live_bytes();
  int64_t n = 1;
  while (step_with_fault(n, GetParam(), first, second)) {
    ASSERT_EQ(live_blocks(), blocks) << "allocation " << n;
    ASSERT_EQ(live_bytes(), bytes) << "allocation " << n;
    ++n;
  }
  EXPECT_GT(n, 50);
  RecordProperty("allocations", static_cast<int>(n - 1));
}

INSTANTIATE_TEST_SUITE_P(OnceAndForEver, Faults, testing::Values(Failing::kOnce, Failing::kForEver));

}  // namespace
}  // namespace vt::autograd::test
