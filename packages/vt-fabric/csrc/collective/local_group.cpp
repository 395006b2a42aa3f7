// SPDX-License-Identifier: Apache-2.0
// Rendezvous with a deadline, and the collectives built on it.
#include "collective/local_group.hpp"

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/iter/shape.hpp>

#include <algorithm>
#include <cstring>

#include "collective/reduce.hpp"

namespace vt::fabric {

Meeting::Meeting(int32_t world, double timeout_s)
    : timeout_(timeout_s), present_(static_cast<size_t>(world)), offers_(static_cast<size_t>(world)) {}

void Meeting::offer(int32_t rank, Offer offer) { std::swap(offers_[static_cast<size_t>(rank)], offer); }

void Meeting::rendezvous(int32_t rank) {
  std::unique_lock lock(mutex_);
  if (failed_) fail(VT_ERROR_ABORTED, "group: unusable since " + reason_);
  present_[static_cast<size_t>(rank)] = true;
  if (++num_arrived_ == world()) {
    num_arrived_ = 0;
    std::fill(present_.begin(), present_.end(), false);
    ++generation_;
    arrived_.notify_all();
    return;
  }
  const uint64_t mine = generation_;
  const bool met = arrived_.wait_for(lock, timeout_, [&] { return generation_ != mine || failed_; });
  if (generation_ != mine) return;
  if (met) fail(VT_ERROR_ABORTED, "group: the call was given up: " + reason_);
  std::string missing;
  for (size_t i = 0; i < present_.size(); ++i)
    if (!present_[i]) missing += (missing.empty() ? "" : ", ") + std::to_string(i);
  reason_ = "rank " + std::to_string(rank) + " waited " + std::to_string(timeout_.count()) + " s for rank " + missing;
  failed_ = true;
  arrived_.notify_all();
  fail(VT_ERROR_TIMEOUT, "group: timed out: " + reason_);
}

void Meeting::abort(const std::string& reason) {
  std::lock_guard lock(mutex_);
  if (!failed_) reason_ = reason;
  failed_ = true;
  arrived_.notify_all();
}

namespace {

const char* name_of(Collective collective) {
  switch (collective) {
    case Collective::kAllReduce: return "all_reduce";
    case Collective::kBroadcast: return "broadcast";
    case Collective::kAllGather: return "all_gather";
    case Collective::kBarrier: return "barrier";
    case Collective::kNone: break;
  }
  return "nothing";
}

std::string describe(const Tensor& t) { return format_sizes(t.sizes()) + " " + std::string(dtype_name(t.dtype())); }

// Throws on every rank alike when the offers do not fit together.
void check_offers(const char* name, const Meeting& meeting) {
  const Offer& first = meeting.offer_of(0);
  for (int32_t rank = 1; rank < meeting.world(); ++rank) {
    const Offer& other = meeting.offer_of(rank);
    const std::string who = "rank " + std::to_string(rank);
    if (other.collective != first.collective)
      fail(VT_ERROR_RUNTIME, std::string(name) + ": ranks call different collectives: rank 0 calls " +
                                 name_of(first.collective) + ", " + who + " calls " + name_of(other.collective));
    if (other.parameter != first.parameter)
      fail(VT_ERROR_VALUE, std::string(name) + ": ranks give different reductions or roots: rank 0 gives " +
                               std::to_string(first.parameter) + ", " + who + " gives " +
                               std::to_string(other.parameter));
    if (first.tensor && (!std::ranges::equal(first.tensor.sizes(), other.tensor.sizes()) ||
                         !same_dtype(first.tensor.dtype(), other.tensor.dtype())))
      fail(VT_ERROR_SHAPE, std::string(name) + ": ranks give different tensors: rank 0 gives " +
                               describe(first.tensor) + ", " + who + " gives " + describe(other.tensor));
  }
}

void check_tensor(const char* name, const VtTensor* t, bool written) {
  if (!t) fail(VT_ERROR_TYPE, std::string(name) + ": the tensor is NULL");
  if (t->dl.device.device_type != kDLCPU)
    fail(VT_ERROR_DEVICE_MISMATCH,
         std::string(name) + ": a local group works on CPU tensors; copy the tensor to the CPU");
  if (!(t->flags & VT_TENSOR_CONTIGUOUS))
    fail(VT_ERROR_RUNTIME, std::string(name) + ": the tensor must be contiguous; call contiguous() first");
  if (written && (t->flags & VT_TENSOR_READ_ONLY))
    fail(VT_ERROR_RUNTIME, std::string(name) + ": the tensor is read-only; clone it first");
}

// This rank's part of `count` elements.
struct Part {
  Part(int64_t count, int32_t rank, int32_t world)
      : begin(count / world * rank + std::min<int64_t>(rank, count % world)),
        count(count / world + (rank < count % world ? 1 : 0)) {}
  int64_t begin;
  int64_t count;
};

}  // namespace

}  // namespace vt::fabric

using namespace vt;
using namespace vt::fabric;

// Ends with every rank's offer known to all and in agreement.
void VtGroup::meet(const char* name, Offer offer) {
  meeting_->offer(rank_, std::move(offer));
  meeting_->rendezvous(rank_);
  try {
    check_offers(name, *meeting_);
  } catch (const Error&) {
    meeting_->rendezvous(rank_);  // no rank may change its offer while another still compares
    throw;
  }
}

void VtGroup::all_reduce(VtTensor* tensor, int32_t op) {
  check_tensor("all_reduce", tensor, true);
  check_reducible(op, tensor->dl.dtype);
  meet("all_reduce", {Collective::kAllReduce, op, Tensor::share(tensor), {}});
  std::vector<const void*> sources;
  for (int32_t rank = 0; rank < world(); ++rank) sources.push_back(meeting_->offer_of(rank).tensor->dl.data);
  const Part part(tensor->numel, rank_, world());
  const size_t itemsize = static_cast<size_t>(itemsize_of(tensor->dl.dtype));
  std::vector<char> reduced(static_cast<size_t>(part.count) * itemsize);
  reduce_run(op, tensor->dl.dtype, sources, part.begin, part.count, reduced.data());
  meeting_->rendezvous(rank_);  // all have read before any writes
  for (int32_t rank = 0; rank < world(); ++rank)
    if (!reduced.empty())
      std::memcpy(
          static_cast<char*>(meeting_->offer_of(rank).tensor->dl.data) + static_cast<size_t>(part.begin) * itemsize,
          reduced.data(), reduced.size());
  meeting_->rendezvous(rank_);
  tables().tensor->bump_version(tensor);
}

void VtGroup::broadcast(VtTensor* tensor, int32_t root) {
  check_tensor("broadcast", tensor, rank_ != root);
  if (root < 0 || root >= world())
    fail(VT_ERROR_VALUE,
         "broadcast: got root " + std::to_string(root) + ", expected 0 to " + std::to_string(world() - 1));
  meet("broadcast", {Collective::kBroadcast, root, Tensor::share(tensor), {}});
  const VtTensor* source = meeting_->offer_of(root).tensor.get();
  if (rank_ != root && tensor->numel > 0)
    std::memmove(tensor->dl.data, source->dl.data, static_cast<size_t>(tensor->numel * itemsize_of(tensor->dl.dtype)));
  meeting_->rendezvous(rank_);
  if (rank_ != root) tables().tensor->bump_version(tensor);
}

void VtGroup::all_gather(VtTensor* tensor, VtTensor* out) {
  check_tensor("all_gather", tensor, false);
  check_tensor("all_gather", out, true);
  if (out->numel != tensor->numel * world() || !same_dtype(out->dl.dtype, tensor->dl.dtype))
    fail(VT_ERROR_SHAPE, "all_gather: the output must hold " + std::to_string(world()) + " times " +
                             std::to_string(tensor->numel) + " elements of " +
                             std::string(dtype_name(tensor->dl.dtype)) + ": got " + describe(Tensor::share(out)));
  if (tables().tensor->is_alias_of(tensor, out))
    fail(VT_ERROR_RUNTIME, "all_gather: the output shares the input's memory");
  meet("all_gather", {Collective::kAllGather, 0, Tensor::share(tensor), Tensor::share(out)});
  const size_t nbytes = static_cast<size_t>(tensor->numel * itemsize_of(tensor->dl.dtype));
  for (int32_t rank = 0; rank < world(); ++rank)
    if (nbytes > 0)
      std::memcpy(static_cast<char*>(out->dl.data) + static_cast<size_t>(rank) * nbytes,
                  meeting_->offer_of(rank).tensor->dl.data, nbytes);
  meeting_->rendezvous(rank_);
  tables().tensor->bump_version(out);
}

void VtGroup::barrier() {
  meet("barrier", {Collective::kBarrier, 0, {}, {}});
  meeting_->rendezvous(rank_);  // no rank may change its offer while another still compares
}
