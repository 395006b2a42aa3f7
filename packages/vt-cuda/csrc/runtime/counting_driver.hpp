// SPDX-License-Identifier: Apache-2.0
// A driver layer that counts launches, host waits and raw allocations, and can refuse host waits.
#pragma once

#include <atomic>
#include <cstdint>

#include "driver.hpp"

namespace vt::cuda {

struct DriverCounters {
  std::uint64_t launches;
  std::uint64_t copies;  // memcpy and memset
  std::uint64_t host_waits;
  std::uint64_t raw_allocs;
  std::uint64_t raw_frees;
  std::uint64_t event_records;
  std::uint64_t event_queries;
};

// Wraps `upstream`, which must outlive it; not movable, as its table points back at it. A copy to or from pageable
// host memory may wait inside the driver without being counted: copy through pinned memory.
class CountingDriver {
 public:
  explicit CountingDriver(const Driver& upstream) noexcept;
  CountingDriver(const CountingDriver&) = delete;
  CountingDriver& operator=(const CountingDriver&) = delete;

  const Driver& table() const noexcept { return table_; }
  DriverCounters counters() const noexcept;

  // While set, every entry that would wait returns kHostSyncRefused instead, and is still counted.
  void refuse_host_waits(bool refuse) noexcept { refuse_host_waits_.store(refuse, std::memory_order_relaxed); }

 private:
  friend struct CountingEntries;

  const Driver& upstream_;
  std::atomic<bool> refuse_host_waits_{false};
  std::atomic<std::uint64_t> launches_{0};
  std::atomic<std::uint64_t> copies_{0};
  std::atomic<std::uint64_t> host_waits_{0};
  std::atomic<std::uint64_t> raw_allocs_{0};
  std::atomic<std::uint64_t> raw_frees_{0};
  std::atomic<std::uint64_t> event_records_{0};
  std::atomic<std::uint64_t> event_queries_{0};
  Driver table_;
};

}  // namespace vt::cuda
