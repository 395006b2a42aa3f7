// SPDX-License-Identifier: Apache-2.0
// Ranks that are threads of one process: they meet, look at each other's tensors, and leave together or fail together.
#pragma once

#include <vt/abi/fabric.h>
#include <vt/cpp/tensor.hpp>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace vt::fabric {

inline constexpr int32_t kMaxRanks = 1024;

enum class Collective : uint8_t { kNone, kAllReduce, kBroadcast, kAllGather, kBarrier };

// What one rank brings to a collective. The tensors are shared, so a rank that gives up early cannot pull the memory away
// from under one that is still reading it.
struct Offer {
  Collective collective = Collective::kNone;
  int32_t parameter = 0;  // reduction or root
  Tensor tensor;
  Tensor out;
};

// Note [Meeting]
// Every collective is a fixed number of rendezvous. Between two of them a rank reads what the others offered; offers change
// only before the first. A rank that waits longer than the timeout marks the meeting failed and every other rank, now
// or later, gets the reason: a meeting never recovers, since the ranks no longer agree on where they are.
class Meeting {
 public:
  Meeting(int32_t world, double timeout_s);

  int32_t world() const noexcept { return static_cast<int32_t>(offers_.size()); }
  void offer(int32_t rank, Offer offer);
  const Offer& offer_of(int32_t rank) const noexcept { return offers_[static_cast<size_t>(rank)]; }
  // Returns when every rank has arrived. Throws TIMEOUT or ABORTED.
  void rendezvous(int32_t rank);
  void abort(const std::string& reason);

 private:
  std::mutex mutex_;  // guards all below but offers_, which the rendezvous order
  std::condition_variable arrived_;
  std::chrono::duration<double> timeout_;
  int32_t num_arrived_ = 0;
  uint64_t generation_ = 0;
  bool failed_ = false;
  std::string reason_;
  std::vector<bool> present_;
  std::vector<Offer> offers_;
};

}  // namespace vt::fabric

// One rank's handle on a meeting. Used by one thread at a time.
struct VtGroup {
 public:
  VtGroup(std::shared_ptr<vt::fabric::Meeting> meeting, int32_t rank) : meeting_(std::move(meeting)), rank_(rank) {}

  int32_t rank() const noexcept { return rank_; }
  int32_t world() const noexcept { return meeting_->world(); }

  void all_reduce(VtTensor* tensor, int32_t op);
  void broadcast(VtTensor* tensor, int32_t root);
  void all_gather(VtTensor* tensor, VtTensor* out);
  void barrier();
  void abort(const std::string& reason) { meeting_->abort("rank " + std::to_string(rank_) + " aborted: " + reason); }

 private:
  void meet(const char* name, vt::fabric::Offer offer);

  std::shared_ptr<vt::fabric::Meeting> meeting_;
  int32_t rank_;
};
