// SPDX-License-Identifier: Apache-2.0
// The simulated device: deferred effects, adversarial orders, events, races and memory reuse.
#include <gtest/gtest.h>
#include <vt/abi/simulated.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/op.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>
#include <vector>

#include "../error_text.hpp"

namespace vt {
namespace {

constexpr auto kType = static_cast<DLDeviceType>(VT_DEVICE_TYPE_SIMULATED);
constexpr DLDevice kSim = {kType, 0};
constexpr DLDevice kSim1 = {kType, 1};
constexpr DLDevice kCpu = {kDLCPU, 0};

class SimulatedTest : public testing::Test {
 protected:
  SimulatedTest() {
    test::start();
    check(tables().object->load_plugin(VT_SIMULATED_PATH));
    const void* table = nullptr;
    check(tables().get_interface(VT_SIMULATED_API_NAME, 1, 0, &table));
    sim_ = static_cast<const VtSimulatedApi*>(table);
    device_ = tables().stream->device(kType);
    check(sim_->step_all());
    sim_->clear_races();
    sim_->seed(0);
  }
  ~SimulatedTest() override {
    use(0);
    sim_->step_all();
    sim_->ignore_wait(-1);
  }

  VtStream new_stream() {
    VtStream stream = 0;
    check(device_->create_stream(0, 0, &stream));
    return stream;
  }
  void use(VtStream stream) { check(device_->set_current_stream(0, stream)); }

  static Tensor host(std::vector<float> numbers) {
    const int64_t sizes[] = {static_cast<int64_t>(numbers.size())};
    Tensor t = Tensor::empty(sizes, kFloat32, kCpu);
    std::memcpy(t.data<float>(), numbers.data(), numbers.size() * sizeof(float));
    return t;
  }
  static Tensor empty(int64_t count, DLDevice device = kSim) {
    const int64_t sizes[] = {count};
    return Tensor::empty(sizes, kFloat32, device);
  }
  static Tensor on_sim(std::vector<float> numbers) {
    Tensor t = empty(static_cast<int64_t>(numbers.size()));
    check(tables().stream->copy_bytes(t.get(), host(std::move(numbers)).get(), 0));
    return t;
  }
  static std::vector<float> back(const Tensor& t) {
    const Tensor h = Tensor::empty(t.sizes(), t.dtype(), kCpu);
    check(tables().stream->copy_bytes(h.get(), t.get(), 0));
    return {h.data<float>(), h.data<float>() + h.numel()};
  }
  void order(VtStream before, VtStream after) {
    VtEvent event = 0;
    check(device_->create_event(0, &event));
    check(device_->record_event(0, event, before));
    check(device_->wait_event(0, after, event));
    device_->destroy_event(0, event);
  }

  const VtSimulatedApi* sim_ = nullptr;
  const VtDeviceApi* device_ = nullptr;
};

using Floats = std::vector<float>;

TEST_F(SimulatedTest, WorkTakesEffectOnlyWhenStepped) {
  static const Op add("add");
  const Tensor a = on_sim({1, 2, 3});
  const Tensor c = add(a, a);
  EXPECT_EQ(sim_->pending(), 2);
  EXPECT_TRUE(std::isnan(c.data<float>()[0]));
  int32_t ran = 0;
  ASSERT_EQ(sim_->step(&ran), 0);
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(a.data<float>()[2], 3);
  EXPECT_TRUE(std::isnan(c.data<float>()[0]));
  ASSERT_EQ(sim_->step_all(), 0);
  EXPECT_EQ(c.data<float>()[2], 6);
  ASSERT_EQ(sim_->step(&ran), 0);
  EXPECT_EQ(ran, 0);
}

TEST_F(SimulatedTest, ReadingBackWaits) {
  static const Op add("add");
  const Tensor a = on_sim({1, 2, 3});
  EXPECT_EQ(back(add(a, Tensor(a), VtValue{VT_INT, 0, {10}})), (Floats{11, 22, 33}));
  EXPECT_EQ(sim_->pending(), 0);
}

TEST_F(SimulatedTest, OpsBroadcastPromoteAndWriteInPlace) {
  static const Op add("add");
  static const Op mul("mul");
  static const Op fill("fill_");
  const int64_t column[] = {2, 1};
  const Tensor a = on_sim({1, 2, 3});
  const Tensor b = Tensor::empty(column, kInt32, kSim);
  fill.into(b, b, int64_t{2});
  const Tensor sum = add(b, a);
  EXPECT_EQ(sum.ndim(), 2);
  EXPECT_TRUE(same_dtype(sum.dtype(), kFloat32));
  EXPECT_EQ(back(sum), (Floats{3, 4, 5, 3, 4, 5}));
  mul.into(a, a, 3.0);
  EXPECT_EQ(back(a), (Floats{3, 6, 9}));
}

TEST_F(SimulatedTest, CastAndTransposeThroughCopy) {
  static const Op copy("copy_");
  const int64_t sizes[] = {2, 2};
  const int64_t column_major[] = {1, 2};
  VtTensor* made = nullptr;
  check(tables().tensor->empty_strided(sizes, column_major, 2, kFloat64, kSim, &made));
  const Tensor dst = Tensor::steal(made);
  const Tensor src = Tensor::empty(sizes, kFloat32, kSim);
  check(tables().stream->copy_bytes(
      src.get(),
      [] {
        Tensor h = Tensor::empty(std::vector<int64_t>{2, 2}, kFloat32, kCpu);
        const float numbers[] = {1, 2, 3, 4};
        std::memcpy(h.data<float>(), numbers, sizeof(numbers));
        return h;
      }()
          .get(),
      0));
  copy.into(dst, dst, src, false);
  ASSERT_EQ(sim_->step_all(), 0);
  EXPECT_EQ((std::vector<double>(dst.data<double>(), dst.data<double>() + 4)), (std::vector<double>{1, 3, 2, 4}));
}

TEST_F(SimulatedTest, BadArgumentsFailAtOnce) {
  static const Op add("add");
  const Tensor a = on_sim({1, 2, 3});
  const Tensor b = on_sim({1, 2});
  const int64_t pending = sim_->pending();
  EXPECT_THROW(add(a, b), ErrorIsSet);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_SHAPE);
  EXPECT_EQ(sim_->pending(), pending);
}

// Without an event the reader may run first: some seeds show it, and the race is found for every seed.
TEST_F(SimulatedTest, MissingEventIsFoundAndSometimesSeen) {
  static const Op add("add");
  const VtStream other = new_stream();
  std::set<bool> seen;
  for (uint64_t seed = 0; seed < 32; ++seed) {
    sim_->seed(seed);
    sim_->clear_races();
    use(0);
    const auto number = static_cast<float>(seed);  // memory is reused: what was there before must differ
    const Tensor a = on_sim({number});
    use(other);
    const Tensor c = add(a, a);
    check(sim_->step_all());
    EXPECT_EQ(sim_->num_races(), 1);
    EXPECT_NE(std::string(sim_->race(0)).find("add (reads on stream"), std::string::npos) << sim_->race(0);
    seen.insert(c.data<float>()[0] == 2 * number);
  }
  EXPECT_EQ(seen, (std::set<bool>{false, true}));
}

TEST_F(SimulatedTest, EventOrdersStreamsForEverySeed) {
  static const Op add("add");
  const VtStream other = new_stream();
  for (uint64_t seed = 0; seed < 64; ++seed) {
    sim_->seed(seed);
    use(0);
    const Tensor a = on_sim({1, 2, 3});
    order(0, other);
    use(other);
    const Tensor c = add(a, a);
    order(other, 0);
    use(0);
    const Tensor d = add(c, a);
    check(sim_->step_all());
    EXPECT_EQ(d.data<float>()[2], 9);
  }
  EXPECT_EQ(sim_->num_races(), 0);
}

TEST_F(SimulatedTest, SeededFaultDropsOneWait) {
  static const Op add("add");
  const VtStream other = new_stream();
  const Tensor a = on_sim({1, 2, 3});
  sim_->ignore_wait(0);
  order(0, other);
  use(other);
  const Tensor c = add(a, a);
  EXPECT_EQ(sim_->num_races(), 1);
  sim_->clear_races();
  order(0, other);  // only one wait was dropped
  const Tensor d = add(a, a);
  EXPECT_EQ(sim_->num_races(), 0);
}

TEST_F(SimulatedTest, WriteAfterUnorderedReadIsARace) {
  static const Op add("add");
  static const Op fill("fill_");
  const VtStream other = new_stream();
  const Tensor a = on_sim({1, 2, 3});
  order(0, other);
  use(other);
  const Tensor c = add(a, a);
  use(0);
  fill.into(a, a, 0.0);
  ASSERT_EQ(sim_->num_races(), 1);
  EXPECT_NE(std::string(sim_->race(0)).find("fill_ (writes"), std::string::npos) << sim_->race(0);
  EXPECT_EQ(sim_->race(1), nullptr);
}

TEST_F(SimulatedTest, HostWaitOrdersLaterWork) {
  static const Op add("add");
  const VtStream other = new_stream();
  const Tensor a = on_sim({1, 2, 3});
  check(device_->synchronize_stream(0, 0));
  use(other);
  EXPECT_EQ(back(add(a, a)), (Floats{2, 4, 6}));
  EXPECT_EQ(sim_->num_races(), 0);
}

TEST_F(SimulatedTest, EventIsDoneWhenItsStreamReachedIt) {
  const Tensor a = on_sim({1});
  VtEvent event = 0;
  check(device_->create_event(0, &event));
  check(device_->record_event(0, event, 0));
  int32_t done = -1;
  check(device_->query_event(0, event, &done));
  EXPECT_EQ(done, 0);
  check(sim_->step_all());
  check(device_->query_event(0, event, &done));
  EXPECT_EQ(done, 1);
  device_->destroy_event(0, event);
  EXPECT_NE(device_->query_event(0, event, &done), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
}

TEST_F(SimulatedTest, DevicesCopyToEachOtherInOrder) {
  static const Op add("add");
  for (uint64_t seed = 0; seed < 32; ++seed) {
    sim_->seed(seed);
    const Tensor a = on_sim({1, 2, 3});
    const Tensor b = empty(3, kSim1);
    check(tables().stream->copy_bytes(b.get(), add(a, a).get(), 0));
    EXPECT_EQ(back(add(b, b)), (Floats{4, 8, 12}));
  }
  EXPECT_EQ(sim_->num_races(), 0);
}

// Freed while work is pending: the same stream may have the memory at once, another only after it.
TEST_F(SimulatedTest, MemoryIsReusedInStreamOrder) {
  static const Op add("add");
  constexpr int64_t kCount = 12345;
  const VtStream other = new_stream();
  void* first = nullptr;
  {
    const Tensor a = empty(kCount);
    first = a->dl.data;
    add(a, a);
  }
  use(other);
  EXPECT_NE(empty(kCount)->dl.data, first);
  use(0);
  EXPECT_EQ(empty(kCount)->dl.data, first);
}

TEST_F(SimulatedTest, RecordedUseKeepsMemoryBack) {
  static const Op add("add");
  constexpr int64_t kCount = 54321;
  const VtStream other = new_stream();
  void* first = nullptr;
  {
    const Tensor a = empty(kCount);
    first = a->dl.data;
    order(0, other);
    use(other);
    add(a, a);
    check(tables().stream->record_use(a.get(), other));
    use(0);
  }
  const Tensor meanwhile = empty(kCount);
  EXPECT_NE(meanwhile->dl.data, first);
  check(sim_->step_all());
  const Tensor again = empty(kCount);
  EXPECT_EQ(again->dl.data, first);
  static const Op fill("fill_");
  fill.into(again, again, 1.0);
  EXPECT_EQ(sim_->num_races(), 0);
}

TEST_F(SimulatedTest, UseOnAnotherStreamWithoutRecordIsARace) {
  static const Op add("add");
  static const Op fill("fill_");
  constexpr int64_t kCount = 33333;
  const VtStream other = new_stream();
  {
    const Tensor a = empty(kCount);
    order(0, other);
    use(other);
    add(a, a);
    use(0);
  }
  const Tensor reused = empty(kCount);
  fill.into(reused, reused, 1.0);
  EXPECT_EQ(sim_->num_races(), 1);
}

TEST_F(SimulatedTest, HostMemoryMayChangeAfterABlockingCopy) {
  const Tensor h = host({1, 2, 3});
  const Tensor a = empty(3);
  check(tables().stream->copy_bytes(a.get(), h.get(), 0));
  h.data<float>()[0] = 100;
  EXPECT_EQ(back(a)[0], 1);
  check(tables().stream->copy_bytes(a.get(), h.get(), 1));
  h.data<float>()[0] = 200;  // breaks the promise of a copy that does not block
  EXPECT_EQ(back(a)[0], 200);
}

TEST_F(SimulatedTest, UnknownStreamsAndDevicesAreRefused) {
  EXPECT_NE(device_->set_current_stream(0, 999999), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
  EXPECT_NE(device_->set_current_stream(0, 1), 0);  // the number of sim:1's default stream is no handle
  EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
  EXPECT_NE(device_->synchronize(2), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
}

}  // namespace
}  // namespace vt
