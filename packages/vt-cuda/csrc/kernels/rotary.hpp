// SPDX-License-Identifier: Apache-2.0
// Parameters of the kernel of rotary_embedding.
#pragma once

#include "row.hpp"

namespace vt::cuda {

// A thread turns a pack of pairs. Walked are rows, in elements: x, out, cos, sin.
template <class Index>
struct RotaryKernel {
  const void* x;
  void* out;
  const void* cos;  // in the compute dtype
  const void* sin;
  int64_t num;  // packs of all rows
  int64_t half;
  Extent<Index> packs;  // of a row
  Walk<Index, 4> rows;
  bool interleaved;
  bool inverse;
  bool vectors;  // every pack is aligned to 16 bytes and whole
};

// NULL for dtypes without rows.
const void* rotary_kernel(DtypeIndex dtype, bool wide) noexcept;

}  // namespace vt::cuda
