// SPDX-License-Identifier: Apache-2.0
// Making accumulators and keeping their meta true.
#include "variable/accumulator.hpp"

#include <new>

#include "engine/gradient.hpp"
#include "engine/memory.hpp"

namespace vt::autograd {

Accumulator::Accumulator(const VtTensor* leaf) {
  kind = ObjectKind::kAccumulate;
  sequence = UINT64_MAX;  // runs as soon as it can, so that its gradient is not held longer
  num_outputs = 1;
  arrays_at = static_cast<uint8_t>((reinterpret_cast<char*>(&meta_) - reinterpret_cast<char*>(this)) / kStep);
  follow(leaf);
  count_node(1);
}

Accumulator* Accumulator::make(const VtTensor* leaf) {
  void* block = take_block(sizeof(Accumulator));
  try {
    return new (block) Accumulator(leaf);
  } catch (...) {
    give_block(block, sizeof(Accumulator));
    throw;
  }
}

void Accumulator::free(Accumulator* accumulator) noexcept {
  accumulator->~Accumulator();
  give_block(accumulator, sizeof(Accumulator));
}

void Accumulator::follow(const VtTensor* leaf) {
  if (meta_.sizes && fits(leaf, meta_)) [[likely]]
    return;
  const std::span<const int64_t> sizes = vt::sizes_of(leaf);
  sizes_.assign(sizes.begin(), sizes.end());
  sizes_.push_back(0);  // so that data() is never NULL
  meta_ = {sizes_.data(), leaf->dl.ndim, leaf->dl.dtype, leaf->dl.device};
  device = leaf->dl.device;
}

}  // namespace vt::autograd
