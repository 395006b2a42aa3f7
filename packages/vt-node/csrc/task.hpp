// SPDX-License-Identifier: Apache-2.0
// Task: a job made of two functions, for work that is no operator.
#pragma once

#include "dispatcher.hpp"

namespace vt::node {

// `run(state)` on the dispatcher's thread, then `settle(env, state)` on the JavaScript thread. The state owns what both
// need; its tensors are dropped with the job.
template <class State, class Run, class Settle>
class Task final : public Job {
 public:
  Task(State state, Run run, Settle settle)
      : state_(std::move(state)), run_(std::move(run)), settle_(std::move(settle)) {}
  void run() override { run_(state_); }
  napi_value settle(napi_env env) override { return settle_(env, state_); }

 private:
  State state_;
  Run run_;
  Settle settle_;
};

template <class State, class Run, class Settle>
std::unique_ptr<Job> make_task(State state, Run run, Settle settle) {
  return std::make_unique<Task<State, Run, Settle>>(std::move(state), std::move(run), std::move(settle));
}

}  // namespace vt::node
