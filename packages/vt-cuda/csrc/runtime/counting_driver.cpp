// SPDX-License-Identifier: Apache-2.0
// One forwarding function per entry, made by a template from the type of the entry.
#include "counting_driver.hpp"

#include <type_traits>

namespace vt::cuda {

struct CountingEntries {
  template <auto Entry, class Result, class... Args>
  static Result upstream(const CountingDriver& layer, Args... args) {
    return (layer.upstream_.*Entry)(layer.upstream_.self, args...);
  }

  template <auto Entry, auto Counter, bool kWaits, class Result, class... Args>
  static Result forward(void* self, Args... args) {
    auto& layer = *static_cast<CountingDriver*>(self);
    if constexpr (!std::is_null_pointer_v<decltype(Counter)>) (layer.*Counter).fetch_add(1, std::memory_order_relaxed);
    if constexpr (kWaits)
      if (layer.refuse_host_waits_.load(std::memory_order_relaxed)) return kHostSyncRefused;
    return upstream<Entry, Result, Args...>(layer, args...);
  }

  template <auto Entry, auto Counter, bool kWaits, class Result, class... Args>
  static void install(Driver& table, Result (*Driver::*)(void*, Args...)) {
    table.*Entry = &forward<Entry, Counter, kWaits, Result, Args...>;
  }

  template <auto Entry>
  static void pass(Driver& table) {
    install<Entry, nullptr, false>(table, Entry);
  }

  template <auto Entry, auto Counter>
  static void count(Driver& table) {
    install<Entry, Counter, false>(table, Entry);
  }

  template <auto Entry>
  static void count_wait(Driver& table) {
    install<Entry, &CountingDriver::host_waits_, true>(table, Entry);
  }

  static void fill(Driver& table) {
    pass<&Driver::status_name>(table);
    pass<&Driver::device_count>(table);
    pass<&Driver::device_properties>(table);
    pass<&Driver::set_device>(table);
    pass<&Driver::get_device>(table);
    count_wait<&Driver::device_synchronize>(table);
    count<&Driver::mem_alloc, &CountingDriver::raw_allocs_>(table);
    count<&Driver::mem_free, &CountingDriver::raw_frees_>(table);
    pass<&Driver::mem_info>(table);
    pass<&Driver::host_alloc>(table);
    pass<&Driver::host_free>(table);
    count<&Driver::memcpy_async, &CountingDriver::copies_>(table);
    count<&Driver::memset_async, &CountingDriver::copies_>(table);
    pass<&Driver::stream_priority_range>(table);
    pass<&Driver::stream_create>(table);
    pass<&Driver::stream_destroy>(table);
    pass<&Driver::stream_query>(table);
    count_wait<&Driver::stream_synchronize>(table);
    pass<&Driver::stream_wait_event>(table);
    pass<&Driver::event_create>(table);
    pass<&Driver::event_destroy>(table);
    count<&Driver::event_record, &CountingDriver::event_records_>(table);
    count<&Driver::event_query, &CountingDriver::event_queries_>(table);
    count_wait<&Driver::event_synchronize>(table);
    pass<&Driver::event_elapsed>(table);
    pass<&Driver::module_load>(table);
    pass<&Driver::module_unload>(table);
    pass<&Driver::module_get_function>(table);
    pass<&Driver::function_set_shared_limit>(table);
    count<&Driver::launch_function, &CountingDriver::launches_>(table);
    count<&Driver::launch_host_function, &CountingDriver::launches_>(table);
    pass<&Driver::driver_version>(table);
    pass<&Driver::stream_capture_state>(table);
    pass<&Driver::stream_begin_capture>(table);
    pass<&Driver::stream_end_capture>(table);
    pass<&Driver::stream_capture_info>(table);
    pass<&Driver::graph_node_count>(table);
    pass<&Driver::graph_destroy>(table);
    pass<&Driver::graph_instantiate>(table);
    count<&Driver::graph_launch, &CountingDriver::launches_>(table);
    pass<&Driver::graph_exec_destroy>(table);
    count<&Driver::mem_alloc_async, &CountingDriver::raw_allocs_>(table);
    count<&Driver::mem_free_async, &CountingDriver::raw_frees_>(table);
    pass<&Driver::device_can_access_peer>(table);
    pass<&Driver::device_enable_peer_access>(table);
    pass<&Driver::device_native>(table);
    pass<&Driver::stream_priority>(table);
    pass<&Driver::event_export>(table);
    pass<&Driver::event_import>(table);
    pass<&Driver::function_attributes>(table);
    pass<&Driver::runtime_version>(table);
    pass<&Driver::mem_granularity>(table);
    pass<&Driver::mem_address_reserve>(table);
    pass<&Driver::mem_address_free>(table);
    count<&Driver::mem_create, &CountingDriver::raw_allocs_>(table);
    pass<&Driver::mem_release>(table);
    pass<&Driver::mem_map>(table);
    pass<&Driver::mem_set_access>(table);
    count<&Driver::mem_unmap, &CountingDriver::raw_frees_>(table);
    count<&Driver::memcpy_peer_async, &CountingDriver::copies_>(table);
  }
};

CountingDriver::CountingDriver(const Driver& upstream) noexcept : upstream_(upstream), table_{} {
  table_.struct_size = sizeof(Driver);
  table_.self = this;
  CountingEntries::fill(table_);
}

DriverCounters CountingDriver::counters() const noexcept {
  return {.launches = launches_.load(std::memory_order_relaxed),
          .copies = copies_.load(std::memory_order_relaxed),
          .host_waits = host_waits_.load(std::memory_order_relaxed),
          .raw_allocs = raw_allocs_.load(std::memory_order_relaxed),
          .raw_frees = raw_frees_.load(std::memory_order_relaxed),
          .event_records = event_records_.load(std::memory_order_relaxed),
          .event_queries = event_queries_.load(std::memory_order_relaxed)};
}

}  // namespace vt::cuda
