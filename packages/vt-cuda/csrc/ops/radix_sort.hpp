// SPDX-License-Identifier: Apache-2.0
// The launches of the radix sort.
#pragma once

#include <utility>

#include "../kernels/radix_sort.hpp"
#include "launch.hpp"

namespace vt::cuda {

// Keys of up to `num_bits` bits with their positions (Note [Radix sort]), in memory that lives as long as the object. First a
// kernel makes the keys, then `sort` puts them in order.
class RadixSort {
 public:
  RadixSort(const Queue& queue, const char* op, int64_t num, int num_bits)
      : queue_(queue),
        op_(op),
        num_(num),
        num_passes_((num_bits + kDigitBits - 1) / kDigitBits),
        is_wide_(num_bits > 32),
        num_tiles_(ceil_divide(num, kRadixTile)),
        scratch_(queue, 2 * (keys_bytes() + places_bytes()) + shared_bytes()) {
    char* next = static_cast<char*>(scratch_.data());
    const auto take = [&next](int64_t bytes) { return std::exchange(next, next + bytes); };
    counts_ = reinterpret_cast<RadixCounts*>(take(int64_t{sizeof(RadixCounts)}));
    states_ = reinterpret_cast<uint64_t*>(take(states_bytes()));
    for (Side* side : {&from_, &to_}) {
      side->keys = take(keys_bytes());
      side->places = reinterpret_cast<uint32_t*>(take(places_bytes()));
    }
    queue.set_bytes(op, counts_, 0, shared_bytes());
  }

  bool is_wide() const noexcept { return is_wide_; }
  // For a launch of as many blocks.
  RadixKeys unsorted() const noexcept { return {from_.keys, counts_, num_, keys_per_counter(num_), num_passes_}; }
  int64_t key_blocks() const noexcept { return ceil_divide(num_, keys_per_counter(num_)); }

  // `rows` has the parameters of the last pass where keys are rows. What is `carried` with the keys stands for positions.
  void sort(const RadixPass& rows = {}, const uint32_t* carried = nullptr) {
    for (int32_t pass = 0; pass < num_passes_; ++pass) {
      RadixPass params{};
      if (pass == num_passes_ - 1) params = rows;
      params.keys = from_.keys;
      params.places = pass == 0 ? carried : from_.places;
      params.keys_out = to_.keys;
      params.places_out = to_.places;
      params.counts = counts_;
      params.states = states_;
      params.num = num_;
      params.pass = pass;
      queue_.launch(op_, radix_pass_kernel(is_wide_), num_tiles_, 1, params);
      std::swap(from_, to_);
    }
  }
  const void* keys() const noexcept { return from_.keys; }
  const uint32_t* places() const noexcept { return from_.places; }

 private:
  struct Side {
    void* keys;
    uint32_t* places;
  };
  static constexpr int64_t aligned(int64_t bytes) noexcept { return ceil_divide(bytes, 16) * 16; }
  int64_t keys_bytes() const noexcept { return aligned(num_ * (is_wide_ ? 8 : 4)); }
  int64_t places_bytes() const noexcept { return aligned(num_ * 4); }
  int64_t states_bytes() const noexcept { return num_tiles_ * kDigits * 8; }
  int64_t shared_bytes() const noexcept { return int64_t{sizeof(RadixCounts)} + states_bytes(); }

  const Queue& queue_;
  const char* op_;
  int64_t num_;
  int32_t num_passes_;
  bool is_wide_;
  int64_t num_tiles_;
  Queue::Scratch scratch_;
  RadixCounts* counts_;
  uint64_t* states_;
  Side from_;
  Side to_;
};

}  // namespace vt::cuda
