// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels that find the bags of indices, and the largest elements of bags.
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

// Threads are for offsets, which are checked, and for indices, whose bag is how many bags but the first have begun.
struct BagNumbers {
  const char* offsets;
  int64_t* bag_of;  // of each index
  int64_t num_offsets;
  int64_t num_indices;
  int64_t num_bags;
  bool is_int64;
  IndexErrorRecord* record;
};

const void* bag_places_kernel() noexcept;
const void* bag_numbers_kernel() noexcept;

}  // namespace vt::cuda
