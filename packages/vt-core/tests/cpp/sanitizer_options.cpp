// SPDX-License-Identifier: Apache-2.0
// Options of the sanitizers: refused allocations and forks with threads are what some tests are about.

extern "C" {

__attribute__((visibility("default"))) const char* __asan_default_options() { return "allocator_may_return_null=1"; }

__attribute__((visibility("default"))) const char* __tsan_default_options() {
  return "allocator_may_return_null=1:die_after_fork=0";
}

}  // extern "C"
