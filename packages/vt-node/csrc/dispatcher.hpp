// SPDX-License-Identifier: Apache-2.0
// Dispatcher: the thread on which an environment's calls run in the order they were made, and the way back to JavaScript.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "errors.hpp"

namespace vt::node {

// One queued piece of work and the promise that it settles.
class Job {
 public:
  virtual ~Job() = default;
  // On the dispatcher's thread: does the work and drops what it needed, so that no tensor dies on the event loop.
  virtual void run() = 0;
  // On the JavaScript thread, after run succeeded: the value of the promise.
  virtual napi_value settle(napi_env env) = 0;

  napi_deferred deferred = nullptr;
  uint32_t ticket = 0;  // names the job to cancel(); 0 for one that cannot be cancelled
  bool grad = true;     // grad mode to run in
  Failure failure;
};

// Note [Threads]
// submit, cancel, ready, limit and stop are called on the environment's JavaScript thread, discard from any thread. The
// dispatcher's thread runs jobs and frees discarded tensors between them: freeing a long graph must not block the event
// loop, and memory freed there is reused by the next job. Completed jobs are handed back through a thread-safe function,
// one wake-up for as many as are waiting.
//
// stop() is the environment's cleanup hook. It drops what is queued, waits for the job that runs, and frees everything
// discarded. Hooks run last registered first, so it runs before the thread-safe function is torn down.
class Dispatcher : public std::enable_shared_from_this<Dispatcher> {
 public:
  explicit Dispatcher(napi_env env);
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;
  ~Dispatcher();

  // Queues a job; returns its promise. Throws ERR_VT_QUEUE_FULL when as many as the limit are in flight.
  napi_value submit(std::unique_ptr<Job> job);
  // Drops the queued job of this ticket and returns true; false when it runs or has run. Its promise stays unsettled.
  bool cancel(uint32_t ticket);
  // A promise that resolves when a job may be submitted.
  napi_value ready();

  size_t in_flight() const noexcept { return in_flight_; }
  size_t limit() const noexcept { return limit_; }
  void set_limit(size_t limit) noexcept { limit_ = limit; }

  // Frees a tensor on the dispatcher's thread.
  void discard(VtTensor* tensor) noexcept;
  void stop() noexcept;

 private:
  void work() noexcept;
  void run_job(Job& job) noexcept;
  void complete();
  void settle(Job& job);
  void wake_waiters();
  void update_keep_alive();
  void release_all(std::vector<VtTensor*>& tensors) noexcept;

  const napi_env env_;
  napi_threadsafe_function notify_ = nullptr;
  std::thread thread_;

  // Of the JavaScript thread.
  size_t in_flight_ = 0;
  size_t limit_ = 1024;
  size_t num_granted_ = 0;   // see Note [Grants]
  bool turn_asked_ = false;  // of the event loop, to take grants back
  bool keeps_alive_ = false;
  std::deque<napi_deferred> waiters_;

  // Guards everything below. Never held while a job runs, a tensor is freed or JavaScript is called.
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Job>> queue_;
  std::vector<std::unique_ptr<Job>> completed_;
  std::vector<VtTensor*> discarded_;
  bool stopping_ = false;
};

}  // namespace vt::node
