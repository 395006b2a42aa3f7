// SPDX-License-Identifier: Apache-2.0
// The one place from which the operators launch kernels.
#include "launch.hpp"

namespace vt::cuda {

void Queue::enqueue(const char* op, const void* kernel, int64_t blocks, int64_t rows, BlockShape block,
                    void** arguments) const {
  if (blocks > std::numeric_limits<int32_t>::max())
    throw Error(ErrorKind::kValue, std::string(op) + ": too many elements for one launch: got " +
                                       std::to_string(blocks) +
                                       " blocks, expected at most 2147483647; split the tensor");
  std::optional<DeviceGuard> guard;
  if (Backend::instance().count() > 1) guard.emplace(driver(), context_.device.ordinal());
  const LaunchConfig config{{static_cast<uint32_t>(blocks), static_cast<uint32_t>(rows), 1},
                            {block.threads, 1, 1},
                            block.shared_bytes,
                            context_.device.has_dependent_launches() ? 1u : 0u,
                            stream_.raw()};
  check(driver(), driver().launch_host_function(driver().self, kernel, &config, arguments), op);
}

}  // namespace vt::cuda
