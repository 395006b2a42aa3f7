// SPDX-License-Identifier: Apache-2.0
// The loops of the attention family.
#pragma once

#include <vt/cpp/dtype.hpp>

#include <cstddef>
#include <cstdint>

namespace vt::core {

// A matrix per head; strides in bytes, the data those of head 0.
struct AttentionMatrix {
  char* data = nullptr;
  int64_t head = 0;
  int64_t row = 0;
  int64_t column = 0;
};

// The query heads of one batch entry that share a key and value head. Numbers of the softmax are of the compute type:
// double for float64, else float.
struct AttentionJob {
  int64_t num_heads;
  int64_t queries;
  int64_t keys;
  int64_t width;
  int64_t value_width;
  AttentionMatrix query;
  AttentionMatrix key;  // one head
  AttentionMatrix value;
  AttentionMatrix mask;  // none without data
  DtypeIndex mask_dtype;
  AttentionMatrix out;
  AttentionMatrix lse;  // one column
  AttentionMatrix grad;
  AttentionMatrix lse_grad;  // none without data
  AttentionMatrix query_grad;
  AttentionMatrix key_grad;
  AttentionMatrix value_grad;
  double scale;
  bool is_causal;
  // Dropout: writes factors, 0 or 1 / (1 - p), of n elements of the probabilities from number `first` on; NULL without.
  void (*drop)(const AttentionJob& job, int64_t first, int64_t n, float* factors);
  double dropout_p;
  uint64_t seed;
  uint64_t offset;
  int64_t first_element;  // of head 0
};

// Rows of a query block, the unit of the forward's parallelism.
inline constexpr int64_t kQueryBlock = 64;

// Scratch is aligned to 64 bytes.
struct AttentionLoop {
  int64_t (*forward_scratch)(const AttentionJob& job);
  int64_t (*backward_scratch)(const AttentionJob& job);
  // Queries [begin, end) of one head, at most kQueryBlock of them.
  void (*forward)(const AttentionJob& job, int64_t head, int64_t begin, int64_t end, char* scratch);
  void (*backward)(const AttentionJob& job, char* scratch);
};

struct AttentionLoops {
  AttentionLoop half;
  AttentionLoop bfloat;
  AttentionLoop single;
  AttentionLoop wide;
};

}  // namespace vt::core
