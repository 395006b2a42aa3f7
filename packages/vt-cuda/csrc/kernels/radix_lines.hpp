// SPDX-License-Identifier: Apache-2.0
// The parameters of the kernels that sort a long line by the digits of its elements (Note [Radix sort]).
#pragma once

#include "radix_sort.hpp"
#include "search.hpp"

namespace vt::cuda {

// How the bits of an element become a key that orders as it does: a NaN above all, the zeros alike. Of a key the element can
// be told again, unless it is one of several.
enum class KeyKind : uint8_t { kBool, kUnsigned, kSigned, kReal };
struct KeyForm {
  KeyKind kind;
  bool descending;
  uint64_t infinity;  // of real numbers: magnitudes above it are NaN
};

struct LineKeys {
  RadixKeys out;
  const char* in;
  int64_t stride;  // bytes
  KeyForm form;
};
// The first `num` elements of the line in order, and where they were; `step` elements from one to the next.
struct LineWrite {
  const void* keys;
  const uint32_t* places;
  const char* in;
  int64_t stride;
  char* values;
  int64_t* indices;
  int64_t num;
  int64_t step;
  KeyForm form;
};
// The same as entries, of which those with `nan_key` have that of a NaN.
struct LineEntries {
  const void* keys;
  const uint32_t* places;
  SortEntry* entries;
  int64_t num;
  uint64_t nan_key;
};

const void* line_keys_kernel(int64_t itemsize) noexcept;
const void* line_write_kernel(int64_t itemsize) noexcept;
const void* line_entries_kernel(bool wide) noexcept;

}  // namespace vt::cuda
