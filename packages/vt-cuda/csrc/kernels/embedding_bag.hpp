// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernel that finds the largest elements of bags.
#pragma once

#include "index.hpp"

namespace vt::cuda {

// Dense operands; the indices of a bag are neighbours.
struct BagPlaces {
  const char* weight;  // [rows][columns]
  const char* indices;
  const int64_t* bag_of;  // of each index
  int64_t* places;        // [bags][columns]
  int64_t num_rows;
  int64_t num_columns;
  int64_t num_indices;
  int64_t num_bags;
  int64_t padding;  // an index that does not count, or one that is none
  DtypeIndex dtype;
  int32_t itemsize;
  bool is_int64;
  IndexErrorRecord* record;
};

const void* bag_places_kernel() noexcept;

}  // namespace vt::cuda
