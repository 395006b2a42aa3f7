// SPDX-License-Identifier: Apache-2.0
// Walks a plan on the CPU: cuts it into one-dimensional runs and spreads them over threads.
#pragma once

#include <vt/cpp/iter.hpp>

#include "runtime/thread_pool.hpp"

namespace vt::core {

// Elements per part of a parallel loop: some 10 us of work, several times the cost of waking a thread.
inline constexpr int64_t kGrain = 32768;

// Calls body(data, n) for runs of n elements along the innermost dimension that together cover [begin, end) of the plan's
// elements; data[k] points to the first element of operand k.
template <size_t NumOperands, class Body>
void for_each_run_in(const IterPlan& p, int64_t begin, int64_t end, Body&& body) {
  const auto ndim = static_cast<size_t>(p.ndim);
  InlineVector<int64_t, 4> index;
  index.resize(ndim);
  char* data[NumOperands];
  int64_t rest = begin;
  for (size_t d = 0; d < ndim; ++d) {
    index[d] = rest % p.sizes[d];
    rest /= p.sizes[d];
  }
  for (size_t k = 0; k < NumOperands; ++k) {
    data[k] = static_cast<char*>(p.data[k]);
    for (size_t d = 0; d < ndim; ++d) data[k] += index[d] * p.strides[k * ndim + d];
  }
  for (int64_t done = begin; done < end;) {
    const int64_t n = std::min(p.sizes[0] - index[0], end - done);
    body(data, n);
    done += n;
    if (done >= end) return;
    for (size_t k = 0; k < NumOperands; ++k) data[k] -= index[0] * p.strides[k * ndim];
    index[0] = 0;
    for (size_t d = 1; d < ndim; ++d) {
      for (size_t k = 0; k < NumOperands; ++k) data[k] += p.strides[k * ndim + d];
      if (++index[d] < p.sizes[d]) break;
      for (size_t k = 0; k < NumOperands; ++k) data[k] -= p.sizes[d] * p.strides[k * ndim + d];
      index[d] = 0;
    }
  }
}

// The same over all elements, in parallel. body must be safe to call from several threads.
template <size_t NumOperands, class Body>
void for_each_run(const IterPlan& p, Body&& body) {
  if (p.numel == 0) return;
  if (p.ndim == 1 && p.numel <= kGrain) {
    char* data[NumOperands];
    for (size_t k = 0; k < NumOperands; ++k) data[k] = static_cast<char*>(p.data[k]);
    body(data, p.numel);
    return;
  }
  parallel_for(0, p.numel, kGrain,
               [&](int64_t begin, int64_t end) { for_each_run_in<NumOperands>(p, begin, end, body); });
}

// Byte strides of the innermost dimension, one per operand.
template <size_t NumOperands>
struct InnerStrides {
  explicit InnerStrides(const IterPlan& p) noexcept {
    for (size_t k = 0; k < NumOperands; ++k) value[k] = p.strides[k * static_cast<size_t>(p.ndim)];
  }
  int64_t value[NumOperands];
};

}  // namespace vt::core
