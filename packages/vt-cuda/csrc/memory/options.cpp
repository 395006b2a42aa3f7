// SPDX-License-Identifier: Apache-2.0
// Which options make sense.
#include "options.hpp"

#include <string>

namespace vt::cuda {

void check_options(const AllocatorOptions& options) {
  if (options.max_split_bytes <= kSharedLargeSegment)
    throw Error(ErrorKind::kValue, "set allocator options: largest size to split is too small: got " +
                                       std::to_string(options.max_split_bytes) + " bytes, expected more than " +
                                       std::to_string(kSharedLargeSegment));
  if (!(options.collect_above >= 0.0 && options.collect_above < 1.0))
    throw Error(ErrorKind::kValue,
                "set allocator options: share of memory above which idle segments go is out of range: "
                "got " +
                    std::to_string(options.collect_above) + ", expected 0 for never, or a share below 1");
}

}  // namespace vt::cuda
