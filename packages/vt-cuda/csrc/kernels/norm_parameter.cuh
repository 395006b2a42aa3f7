// SPDX-License-Identifier: Apache-2.0
// How kernels of norms read weight and bias.
#pragma once

#include "norm.hpp"
#include "row.cuh"

namespace vt::cuda {

// The elements of a parameter that belong to the pack of a row of T at element `at`.
template <class T>
VT_DEVICE Array<Wide<T>, kPack<T>> load_parameter(const NormParameter& parameter, int64_t at, int64_t size,
                                                  bool vectors) {
  using W = Wide<T>;
  if (parameter.like_rows) return load_pack<T, kPack<T>>(static_cast<const T*>(parameter.data), at, size, vectors);
  return load_pack<W, kPack<T>>(static_cast<const W*>(parameter.data), at, size, vectors);
}

}  // namespace vt::cuda
