// SPDX-License-Identifier: Apache-2.0
// Shared by the tests: a simulated driver with two kernels, and the check that nothing was misused or left over.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "runtime/sim_driver.hpp"
#include "runtime/stream.hpp"

namespace vt::cuda::testing {

// Addresses of these name the kernels, as those of host symbols do on CUDA.
inline constexpr char kFillSymbol = 0;   // (uint64_t* data, size_t count, uint64_t value)
inline constexpr char kCheckSymbol = 0;  // (const uint64_t* data, size_t count, uint64_t value, size_t* num_wrong)

inline void register_kernels(SimDriver& sim) {
  sim.register_kernel(&kFillSymbol, {"fill", {8, 8, 8}, [](SimLaunch& launch) {
                                       auto* data = launch.param<std::uint64_t*>(0);
                                       const auto count = launch.param<std::size_t>(1);
                                       if (!launch.writes(data, count * 8)) return;
                                       for (std::size_t i = 0; i < count; ++i) data[i] = launch.param<std::uint64_t>(2);
                                     }});
  sim.register_kernel(&kCheckSymbol, {"check", {8, 8, 8, 8}, [](SimLaunch& launch) {
                                        const auto* data = launch.param<const std::uint64_t*>(0);
                                        const auto count = launch.param<std::size_t>(1);
                                        auto* num_wrong = launch.param<std::size_t*>(3);
                                        if (!launch.reads(data, count * 8)) return;
                                        for (std::size_t i = 0; i < count; ++i)
                                          *num_wrong += data[i] != launch.param<std::uint64_t>(2) ? 1 : 0;
                                      }});
}

inline Status launch(const Driver& driver, const void* symbol, StreamView stream, void** params) {
  const LaunchConfig config{{1, 1, 1}, {32, 1, 1}, 0, 0, stream.raw()};
  return driver.launch_host_function(driver.self, symbol, &config, params);
}

inline void fill(StreamView stream, void* data, std::size_t count, std::uint64_t value) {
  void* params[] = {&data, &count, &value};
  ASSERT_EQ(launch(stream.driver(), &kFillSymbol, stream, params), kSuccess);
}

// Adds to `num_wrong`, when it runs, the number of values that differ.
inline void check_filled(StreamView stream, const void* data, std::size_t count, std::uint64_t value,
                         std::size_t* num_wrong) {
  void* params[] = {&data, &count, &value, &num_wrong};
  ASSERT_EQ(launch(stream.driver(), &kCheckSymbol, stream, params), kSuccess);
}

inline std::string text(const std::vector<SimReport>& reports) {
  std::string text;
  for (std::size_t i = 0; i < reports.size() && i < 8; ++i) text += reports[i].message + "\n";
  return text;
}

inline bool holds(const std::vector<SimReport>& reports, SimReportKind kind) {
  for (const SimReport& report : reports)
    if (report.kind == kind) return true;
  return false;
}

}  // namespace vt::cuda::testing
