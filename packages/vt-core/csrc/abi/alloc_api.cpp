// SPDX-License-Identifier: Apache-2.0
// The table vt.core.alloc.
#include <vt/cpp/error.hpp>

#include "abi/tables.hpp"
#include "runtime/host_allocator.hpp"
#include "runtime/thread_pool.hpp"

namespace vt::core {
namespace {

[[gnu::hot]] int allocate(uint64_t nbytes, void** out) {
  return guard([&] { *out = allocate_host(nbytes); });
}

void stats(VtAllocStats* out) { *out = host_stats(); }

int parallel_loop(int64_t begin, int64_t end, int64_t grain, VtParallelFn body, void* arg) {
  int status = 0;
  const int failed = guard([&] { status = run_parallel(begin, end, grain, body, arg); });
  return failed ? failed : status;
}

int set_threads(int32_t threads) {
  return guard([&] { set_num_threads(threads); });
}

}  // namespace

const VtAllocApi* alloc_api() {
  static constexpr VtAllocApi kTable = {table_header<VtAllocApi>(VT_ALLOC_API_MINOR),
                                        allocate,
                                        free_host,
                                        stats,
                                        trim_host,
                                        parallel_loop,
                                        num_threads,
                                        set_threads};
  return &kTable;
}

}  // namespace vt::core
