// SPDX-License-Identifier: Apache-2.0
// Dispatcher: the thread on which an environment's calls run in the order they were made, and the way back to JavaScript.
#include "dispatcher.hpp"

#include <algorithm>

#include "autograd.hpp"

namespace vt::node {

Dispatcher::Dispatcher(napi_env env) : env_(env) {
  auto call_js = [](napi_env live, napi_value, void* context, void*) {
    if (live) static_cast<Dispatcher*>(context)->complete();
  };
  js(env, napi_create_threadsafe_function(env, nullptr, nullptr, make_string(env, "vt-node"), 0, 1, nullptr, nullptr,
                                          this, call_js, &notify_));
  js(env, napi_unref_threadsafe_function(env, notify_));
  thread_ = std::thread([this] { work(); });
}

Dispatcher::~Dispatcher() { stop(); }

napi_value Dispatcher::submit(std::unique_ptr<Job> job) {
  if (in_flight_ >= limit_)
    throw CodedError(CodedError::Class::kError, "ERR_VT_QUEUE_FULL",
                     "call: " + std::to_string(in_flight_) + " calls are in flight, expected at most " +
                         std::to_string(limit_) + "; await ready() before calling");
  napi_value promise = nullptr;
  js(env_, napi_create_promise(env_, &job->deferred, &promise));
  {
    std::lock_guard lock(mutex_);
    queue_.push_back(std::move(job));
  }
  wake_.notify_one();
  ++in_flight_;
  if (num_granted_ > 0) --num_granted_;
  update_keep_alive();
  return promise;
}

bool Dispatcher::cancel(uint32_t ticket) {
  std::unique_ptr<Job> dropped;
  {
    std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(queue_.begin(), queue_.end(), [&](const auto& job) { return job->ticket == ticket; });
    if (found == queue_.end()) return false;
    dropped = std::move(*found);
    queue_.erase(found);
  }
  --in_flight_;
  wake_waiters();
  update_keep_alive();
  dropped->failure = {CodedError::Class::kError, "ABORT_ERR", "The operation was aborted"};
  settle(*dropped);
  return true;
}

napi_value Dispatcher::ready() {
  napi_deferred deferred = nullptr;
  napi_value promise = nullptr;
  js(env_, napi_create_promise(env_, &deferred, &promise));
  waiters_.push_back(deferred);
  wake_waiters();
  update_keep_alive();
  return promise;
}

void Dispatcher::discard(VtTensor* tensor) noexcept {
  {
    std::lock_guard lock(mutex_);
    if (!stopping_) {
      try {
        discarded_.push_back(tensor);
        tensor = nullptr;
      } catch (const std::bad_alloc&) {
        // Freed below, on this thread.
      }
    }
  }
  if (tensor) {
    tables().tensor->release(tensor);
  } else {
    wake_.notify_one();
  }
}

void Dispatcher::stop() noexcept {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  queue_.clear();
  completed_.clear();
  if (notify_) napi_release_threadsafe_function(std::exchange(notify_, nullptr), napi_tsfn_abort);
}

void Dispatcher::work() noexcept {
  std::vector<VtTensor*> garbage;
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty() || !discarded_.empty(); });
    if (!discarded_.empty()) {
      garbage.swap(discarded_);
      lock.unlock();
      release_all(garbage);
      lock.lock();
      continue;
    }
    if (stopping_) return;
    std::unique_ptr<Job> job = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    run_job(*job);
    lock.lock();
    completed_.push_back(std::move(job));
    // One wake-up serves every job that is complete when it arrives.
    if (completed_.size() == 1) napi_call_threadsafe_function(notify_, nullptr, napi_tsfn_nonblocking);
  }
}

void Dispatcher::run_job(Job& job) noexcept {
  set_grad_mode(job.grad);
  job.failure = attempt([&] { job.run(); });
}

void Dispatcher::complete() {
  std::vector<std::unique_ptr<Job>> done;
  {
    std::lock_guard lock(mutex_);
    done.swap(completed_);
  }
  in_flight_ -= done.size();
  num_granted_ = 0;
  turn_asked_ = false;
  try {
    for (const auto& job : done) {
      const HandleScope scope(env_);
      settle(*job);
    }
    wake_waiters();
    update_keep_alive();
  } catch (...) {
    // Settling fails only while the environment closes, when nobody waits any more.
  }
}

void Dispatcher::settle(Job& job) {
  Failure failure = std::move(job.failure);
  napi_value value = nullptr;
  if (!failure) failure = attempt([&] { value = job.settle(env_); });
  if (failure) {
    js(env_, napi_reject_deferred(env_, job.deferred, make_error(env_, failure)));
  } else {
    js(env_, napi_resolve_deferred(env_, job.deferred, value));
  }
}

// Note [Grants]
// A resolved waiter makes its call in a later microtask, so its place counts as taken from the moment it is granted until
// it calls or the event loop has gone round once. Otherwise waiters that ask in the same turn would all get the same place.
void Dispatcher::wake_waiters() {
  const size_t taken = in_flight_ + num_granted_;
  for (size_t places = limit_ - std::min(limit_, taken); places > 0 && !waiters_.empty(); --places) {
    js(env_, napi_resolve_deferred(env_, waiters_.front(), make_undefined(env_)));
    waiters_.pop_front();
    ++num_granted_;
  }
  if (num_granted_ > 0 && !turn_asked_)
    turn_asked_ = napi_call_threadsafe_function(notify_, nullptr, napi_tsfn_nonblocking) == napi_ok;
}

// The process stays alive while a promise is unsettled.
void Dispatcher::update_keep_alive() {
  const bool busy = in_flight_ > 0 || !waiters_.empty();
  if (busy == keeps_alive_) return;
  js(env_, busy ? napi_ref_threadsafe_function(env_, notify_) : napi_unref_threadsafe_function(env_, notify_));
  keeps_alive_ = busy;
}

void Dispatcher::release_all(std::vector<VtTensor*>& tensors) noexcept {
  for (VtTensor* tensor : tensors) tables().tensor->release(tensor);
  tensors.clear();
}

}  // namespace vt::node
