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

namespace {

// Whether `t` shows what `leaf` does, and all that is kept of that.
bool is_alias_as_made(const VtTensor* t, const VtTensor* leaf) noexcept {
  constexpr uint32_t kInherited = VT_TENSOR_CONTIGUOUS | VT_TENSOR_READ_ONLY | VT_TENSOR_INFERENCE;
  if (t->dl.data != leaf->dl.data || t->dl.ndim != leaf->dl.ndim || ((t->flags ^ leaf->flags) & kInherited) ||
      !same_dtype(t->dl.dtype, leaf->dl.dtype) || !tables().tensor->is_alias_of(t, leaf))
    return false;
  for (int32_t i = 0; i < t->dl.ndim; ++i)
    if (t->dl.shape[i] != leaf->dl.shape[i] || t->dl.strides[i] != leaf->dl.strides[i]) return false;
  return true;
}

}  // namespace

VtTensor* Accumulator::share_alias(VtTensor* leaf) {
  const bool may_share = !tangent;  // what saves a dual number gives its alias a tangent
  if (may_share) {
    const std::lock_guard lock(alias_lock_);
    VtTensor* alias = alias_.load(std::memory_order_relaxed);
    if (alias && is_alias_as_made(alias, leaf)) {
      ++num_sharing_;
      return alias;
    }
  }
  VtTensor* alias = nullptr;
  check(tables().tensor->alias(leaf, 1, &alias));
  if (may_share) {
    const std::lock_guard lock(alias_lock_);
    if (!alias_.load(std::memory_order_relaxed)) {
      alias_.store(alias, std::memory_order_relaxed);
      num_sharing_ = 1;
    }
  }
  return alias;
}

bool Accumulator::give_alias_back(VtTensor* t) noexcept {
  if (alias_.load(std::memory_order_relaxed) != t) return false;  // nor will it be `t`, which is alive
  {
    const std::lock_guard lock(alias_lock_);
    if (--num_sharing_ != 0) return true;
    alias_.store(nullptr, std::memory_order_relaxed);
  }
  tables().tensor->release(t);
  return true;
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

[[gnu::hot]] void Accumulator::follow(const VtTensor* leaf) {
  const bool is_permuted =
      (leaf->flags & (VT_TENSOR_CONTIGUOUS | VT_TENSOR_NON_OVERLAPPING)) == VT_TENSOR_NON_OVERLAPPING;
  if (meta_.sizes && fits(leaf, meta_) && !is_permuted && strides_.empty()) [[likely]]
    return;
  const std::span<const int64_t> sizes = vt::sizes_of(leaf);
  sizes_.assign(sizes.begin(), sizes.end());
  sizes_.push_back(0);  // so that data() is never NULL
  const std::span<const int64_t> strides = vt::strides_of(leaf);
  strides_.assign(strides.begin(), is_permuted ? strides.end() : strides.begin());
  meta_ = {sizes_.data(), leaf->dl.ndim, leaf->dl.dtype, leaf->dl.device};
  device = leaf->dl.device;
}

}  // namespace vt::autograd
