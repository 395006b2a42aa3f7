// SPDX-License-Identifier: Apache-2.0
// Streams, events, devices, the counting layer and error texts.
#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <type_traits>

#include "runtime/counting_driver.hpp"
#include "runtime/device.hpp"
#include "runtime/status.hpp"
#include "sim_fixture.hpp"

namespace vt::cuda {
namespace {

using namespace testing;

static_assert(!std::is_default_constructible_v<StreamView>);
static_assert(!std::is_constructible_v<StreamView, const Driver&, int, std::nullptr_t>);
static_assert(!std::is_constructible_v<StreamView, const Driver&, int, int>);
static_assert(!std::is_copy_constructible_v<Stream> && std::is_nothrow_move_constructible_v<Stream>);
static_assert(!std::is_copy_constructible_v<Event> && std::is_nothrow_move_constructible_v<Event>);

template <class Call>
Error error_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "expected an error";
  return Error(ErrorKind::kRuntime, "");
}

TEST(StreamView, RejectsNullHandle) {
  SimDriver sim;
  const Error error = error_of([&] { StreamView(sim.table(), 0, RawStream{}); });
  EXPECT_EQ(error.kind(), ErrorKind::kValue);
  EXPECT_EQ(error.message(),
            "stream view: got a null handle, expected a stream; pass handle 1 for the legacy default stream");
}

TEST(Stream, MoveLeavesOneOwner) {
  SimDriver sim;
  {
    Stream first(sim.table(), 0);
    const RawStream raw = first.view().raw();
    Stream second = std::move(first);
    EXPECT_EQ(second.view().raw(), raw);
    Stream third(sim.table(), 0);
    third = std::move(second);
    EXPECT_EQ(third.view().raw(), raw);
  }
  EXPECT_EQ(text(sim.leaks()), "");
  EXPECT_EQ(text(sim.reports()), "");
}

TEST(StreamPool, DealsThirtyTwoStreamsInTurnPerPriority) {
  SimDriver sim;
  StreamPool pool(sim.table(), 0);
  std::set<RawStream> distinct;
  const RawStream first = pool.next().raw();
  distinct.insert(first);
  for (int i = 1; i < 32; ++i) distinct.insert(pool.next().raw());
  EXPECT_EQ(distinct.size(), 32u);
  EXPECT_EQ(pool.next().raw(), first);
  EXPECT_FALSE(distinct.contains(pool.next(StreamPriority::kHigh).raw()));
}

TEST(EventPool, ReusesWhatIsGivenBack) {
  SimDriver sim;
  EventPool pool(sim.table(), 0);
  RawEvent raw = nullptr;
  {
    PooledEvent first = pool.acquire();
    PooledEvent second = pool.acquire();
    raw = second->raw();
    EXPECT_NE(first->raw(), raw);
    EXPECT_EQ(pool.num_on_loan(), 2u);
    const PooledEvent moved = std::move(first);
  }
  EXPECT_EQ(pool.num_on_loan(), 0u);
  pool.release_idle();
  EXPECT_EQ(text(sim.leaks()), "");
}

TEST(EventPool, FailedCreationCountsNothing) {
  SimDriver sim;
  EventPool pool(sim.table(), 0);
  sim.fail_nth_call(1);
  EXPECT_EQ(error_of([&] { (void)pool.acquire(); }).kind(), ErrorKind::kOutOfMemory);
  EXPECT_EQ(pool.num_on_loan(), 0u);
}

TEST(Device, CountIsZeroWithoutDevices) {
  SimDriver sim({.num_devices = 0});
  EXPECT_EQ(device_count(sim.table()), 0);
  const Error error = error_of([&] { Device(sim.table(), 0); });
  EXPECT_EQ(error.kind(), ErrorKind::kValue);
  EXPECT_NE(error.message().find("got ordinal 0"), std::string::npos);
}

TEST(Device, HasPropertiesAndOwnDefaultStream) {
  SimDriver sim({.num_devices = 2});
  const Device device(sim.table(), 1);
  EXPECT_STREQ(device.properties().name, "Simulated device 1");
  EXPECT_EQ(device.properties().compute_major, 9);
  EXPECT_EQ(device.default_stream().device(), 1);
  EXPECT_EQ(device.current_stream(), device.default_stream());
}

TEST(Device, CurrentStreamIsPerThreadAndPerDevice) {
  SimDriver sim({.num_devices = 2});
  Device first(sim.table(), 0);
  Device second(sim.table(), 1);
  const StreamView side = first.stream_from_pool();
  {
    const StreamGuard guard(first, side);
    EXPECT_EQ(first.current_stream(), side);
    EXPECT_EQ(second.current_stream(), second.default_stream());
    std::thread([&] { EXPECT_EQ(first.current_stream(), first.default_stream()); }).join();
    const StreamGuard inner(first, first.stream_from_pool(StreamPriority::kHigh));
    EXPECT_FALSE(first.current_stream() == side);
  }
  EXPECT_EQ(first.current_stream(), first.default_stream());
  EXPECT_EQ(error_of([&] { (void)second.set_current_stream(side); }).kind(), ErrorKind::kValue);
}

TEST(Device, CurrentStreamOfAnEarlierDeviceObjectIsForgotten) {
  SimDriver sim;
  {
    Device gone(sim.table(), 0);
    gone.set_current_stream(gone.stream_from_pool());
  }
  const Device device(sim.table(), 0);
  EXPECT_EQ(device.current_stream(), device.default_stream());
}

TEST(DeviceGuard, PutsTheFormerDeviceBack) {
  SimDriver sim({.num_devices = 2});
  const Driver& driver = sim.table();
  int current = -1;
  {
    const DeviceGuard guard(driver, 1);
    ASSERT_EQ(driver.get_device(driver.self, &current), kSuccess);
    EXPECT_EQ(current, 1);
  }
  ASSERT_EQ(driver.get_device(driver.self, &current), kSuccess);
  EXPECT_EQ(current, 0);
  EXPECT_EQ(error_of([&] { DeviceGuard(driver, 2); }).kind(), ErrorKind::kCuda);
}

TEST(CountingDriver, CountsLaunchesWaitsAndRawAllocations) {
  SimDriver sim;
  register_kernels(sim);
  CountingDriver counting(sim.table());
  const Driver& driver = counting.table();
  {
    const Stream stream(driver, 0);
    Event event(driver, 0);
    void* data = nullptr;
    ASSERT_EQ(driver.mem_alloc(driver.self, 0, 512, &data), kSuccess);
    fill(stream.view(), data, 64, 1);
    event.record(stream.view());
    (void)event.ready();
    ASSERT_EQ(driver.memset_async(driver.self, data, 0, 8, stream.view().raw()), kSuccess);
    stream.view().synchronize();
    event.synchronize();
    ASSERT_EQ(driver.device_synchronize(driver.self, 0), kSuccess);
    ASSERT_EQ(driver.mem_free(driver.self, 0, data), kSuccess);
  }
  const DriverCounters counters = counting.counters();
  EXPECT_EQ(counters.launches, 1u);
  EXPECT_EQ(counters.copies, 1u);
  EXPECT_EQ(counters.host_waits, 3u);
  EXPECT_EQ(counters.raw_allocs, 1u);
  EXPECT_EQ(counters.raw_frees, 1u);
  EXPECT_EQ(counters.event_records, 1u);
  EXPECT_EQ(counters.event_queries, 1u);
  EXPECT_EQ(text(sim.leaks()), "");
}

TEST(CountingDriver, RefusesHostWaitsWhenAsked) {
  SimDriver sim;
  CountingDriver counting(sim.table());
  const Stream stream(counting.table(), 0);
  counting.refuse_host_waits(true);
  const Error error = error_of([&] { stream.view().synchronize(); });
  EXPECT_EQ(error.kind(), ErrorKind::kCuda);
  EXPECT_EQ(
      error.message(),
      "synchronize stream: CUDA error 10000 (host wait refused): a host wait was made while host waits are refused; "
      "keep the value on the device");
  EXPECT_TRUE(stream.view().ready());
  counting.refuse_host_waits(false);
  stream.view().synchronize();
  EXPECT_EQ(counting.counters().host_waits, 2u);
}

TEST(CountingDriver, FillsEveryEntry) {
  SimDriver sim;
  const CountingDriver counting(sim.table());
  const auto* entries = reinterpret_cast<const void* const*>(&counting.table().status_name);
  const std::size_t num_entries = (sizeof(Driver) - offsetof(Driver, status_name)) / sizeof(void*);
  for (std::size_t i = 0; i < num_entries; ++i) EXPECT_NE(entries[i], nullptr) << "entry " << i;
}

TEST(Status, MessageNamesCodeCauseAndRemedy) {
  SimDriver sim;
  EXPECT_EQ(
      status_message(sim.table(), kIllegalAddress, "add"),
      "add: CUDA error 700 (cudaErrorIllegalAddress): a kernel accessed memory outside of an allocation; this context "
      "is lost; restart the process and run it under compute-sanitizer");
  EXPECT_EQ(status_message(sim.table(), 12345, "add"),
            "add: CUDA error 12345: the driver reported an error; see this number in the CUDA runtime's error list");
}

TEST(Status, FailedAllocationIsOutOfMemoryAndTheRestIsCuda) {
  SimDriver sim;
  EXPECT_NO_THROW(check(sim.table(), kSuccess, "op"));
  EXPECT_EQ(error_of([&] { check(sim.table(), kMemoryAllocation, "op"); }).kind(), ErrorKind::kOutOfMemory);
  EXPECT_EQ(error_of([&] { check(sim.table(), kInvalidHandle, "op"); }).kind(), ErrorKind::kCuda);
}

}  // namespace
}  // namespace vt::cuda
