// SPDX-License-Identifier: Apache-2.0
// The loops of the index family: offsets from indices, and elements read and written at offsets.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::core {

// offsets[i] = (or +=, with `adds`) the index at i, wrapped when `wraps`, times `stride`. False when an index is not below
// `size`.
using OffsetLoop = bool (*)(int64_t* offsets, const char* index, int64_t index_stride, int64_t n, int64_t size,
                            int64_t stride, bool wraps, bool adds);
// out[i] = self[i] moved by offsets[i]; strides and offsets in bytes.
using TakeLoop = void (*)(char* out, int64_t out_stride, const char* self, int64_t self_stride, const char* offsets,
                          int64_t offset_stride, int64_t n);
// Row i of `out`, which are `step` bytes apart, is that of `self` moved by offsets[i]; `bytes` to a row.
using TakeRowsLoop = void (*)(char* out, int64_t step, const char* self, const int64_t* offsets, int64_t n,
                              int64_t bytes);
// self[i] moved by offsets[i] = values[i], or += values[i], one after the other.
using PutLoop = void (*)(char* self, int64_t self_stride, const char* offsets, int64_t offset_stride,
                         const char* values, int64_t value_stride, int64_t n);
// Elements at an index each along one dimension: index i stands for an element `stride` bytes times it away from self[i]. One
// that is not below `size` is left out, and then false is given.
struct AlongLine {
  char* self;
  int64_t self_stride;
  const char* index;
  int64_t index_stride;
  char* values;
  int64_t values_stride;
  int64_t n;
  int64_t size;
  int64_t stride;
};
using AlongLoop = bool (*)(const AlongLine& line);
// out[j] = the sum over i of element j of the row at offsets[i], times factors[i] unless that is NULL; rows at `skipped` are left
// out. Half types are summed in float, which `out` and `factors` are then of.
using AddRowsLoop = void (*)(char* out, const char* rows, const int64_t* offsets, const char* factors, int64_t n,
                             int64_t columns, int64_t skipped);
// Writes the positions of the bytes that are not zero, `first` added, to out[0], out[stride], ... up to `num` of them.
using PositionLoop = void (*)(const uint8_t* mask, int64_t n, int64_t first, int64_t* out, int64_t stride, int64_t num);
// Moves the elements whose byte of the mask is not zero together, `num` of them.
using CompressLoop = void (*)(const char* values, const uint8_t* mask, int64_t n, char* out, int64_t num);
using CountLoop = int64_t (*)(const uint8_t* mask, int64_t n);

struct IndexLoops {
  OffsetLoop offsets[2];     // of int32, int64
  TakeLoop take[5];          // by log2 of the element's bytes
  PutLoop put[5];            // likewise
  CompressLoop compress[5];  // likewise
  PutLoop accumulate[18];    // by DtypeIndex
  // By whether indices have 64 bits, then as those above: values[i] = the element, and the element = or += values[i].
  AlongLoop take_along[2][5];
  AlongLoop put_along[2][5];
  AlongLoop accumulate_along[2][18];
  TakeRowsLoop take_rows;
  AddRowsLoop add_rows[18];  // by DtypeIndex, of real floating dtypes
  PositionLoop positions;
  CountLoop count;
};

}  // namespace vt::core
