// SPDX-License-Identifier: Apache-2.0
// The plans of each device, by what they compute.
//
// Note [Choice of an engine]
// The library's own order of engines counts, which depends on the problem and the device alone, so that every run of a program gets
// the same bits. The first engine is taken whose sums do not depend on the order of threads, keep the precision that is asked for,
// and work in a bounded piece of memory. A measurement at run time would be another choice on each run, and would wait.
//
// Note [Plans that are dear]
// A plan of attention takes 50 ms to make, and a second where it is the first of its head size; one of a convolution 2 ms. A program
// whose sequences have another length at each step must not wait for one at each step: only so many shapes are given a dear plan, the
// first that are met, and keep it. All others are refused, on each run of the program alike.
#include "plans.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "../libraries/key_hash.hpp"
#include "../ops/launch.hpp"

namespace vt::cuda {
namespace {

constexpr std::size_t kMostPlans = 2048;  // beyond, all are made anew: sizes that never repeat must not fill memory
constexpr std::size_t kMostDearPlans = 128;
constexpr int64_t kMostWorkspaceBytes = int64_t{2} << 30;

bool keeps_rules(std::span<const int32_t> notes, bool rounds_operands) noexcept {
  return std::none_of(notes.begin(), notes.end(), [&](int32_t note) {
    switch (note) {
      case dn::kNonDeterministic:
      case dn::kReducedPrecisionReduction: return true;
      case dn::kTensorCore:
      case dn::kDownConvertsInputs: return !rounds_operands;
      // Sums of transformed values are inexact where those of the values, rounded as they are, would not be.
      case dn::kFft:
      case dn::kWinograd: return rounds_operands;
      default: return false;
    }
  });
}

// A problem's graph and the plan of the engine that was chosen for it.
class Plan {
 public:
  Plan(const DnnCall& call, dn::Handle handle, const DnnProblem& problem) : graph_(call, handle) {
    try {
      problem.describe(graph_);
      described_.emplace(graph_.finish());
      choose(call, handle, problem.rounds_operands());
    } catch (const NotServed&) {}
  }

  bool is_served() const noexcept { return plan_.has_value(); }
  int64_t workspace_bytes() const noexcept { return workspace_bytes_; }

  void run(const DnnCall& call, dn::Handle handle, std::span<const DnnOperand> operands, void* workspace) const {
    constexpr std::size_t kMostOperands = 16;
    std::array<int64_t, kMostOperands> ids;
    std::array<const void*, kMostOperands> pointers;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      ids[i] = operands[i].id;
      pointers[i] = operands[i].data;
    }
    Descriptor pack(call, dn::kVariantPack);
    pack.set(dn::kPackIds, dn::kOfInt64, std::span<const int64_t>(ids).first(operands.size()))
        .set(dn::kPackPointers, dn::kOfPointer, std::span<const void* const>(pointers).first(operands.size()))
        .set(dn::kPackWorkspace, dn::kOfPointer, workspace);
    pack.finalize();
    check_status(call, "cudnnBackendExecute", call.library.execute(handle, plan_->raw(), pack.raw()));
  }

 private:
  void choose(const DnnCall& call, dn::Handle handle, bool rounds_operands) {
    heuristic_.emplace(call, dn::kEngineHeuristic);
    heuristic_->set(dn::kHeuristicGraph, *described_).set(dn::kHeuristicMode, dn::kOfHeuristicMode, dn::kHeuristicA);
    heuristic_->finalize();
    const int64_t num = heuristic_->get(dn::kHeuristicResults, dn::kOfDescriptor, std::span<dn::RawDescriptor>());
    std::vector<Descriptor> configs;
    std::vector<dn::RawDescriptor> raw;
    for (int64_t i = 0; i < num; ++i) raw.push_back(configs.emplace_back(call, dn::kEngineConfig).raw());
    const int64_t found = heuristic_->get(dn::kHeuristicResults, dn::kOfDescriptor, std::span(raw));
    int failure = dn::kSuccess;
    for (int64_t i = 0; i < found; ++i) {
      Descriptor& config = configs[static_cast<std::size_t>(i)];
      if (!is_allowed(call, config, rounds_operands)) continue;
      Descriptor plan(call, dn::kExecutionPlan);
      plan.set(dn::kPlanConfig, config).set(dn::kPlanHandle, dn::kOfHandle, handle);
      if (const int status = call.library.finalize(plan.raw()); status != dn::kSuccess) {
        if (status / dn::kStatusClass != dn::kNotSupported) failure = status;
        continue;
      }
      int64_t bytes = 0;
      plan.get(dn::kPlanWorkspaceBytes, dn::kOfInt64, std::span(&bytes, 1));
      if (bytes > kMostWorkspaceBytes) continue;
      workspace_bytes_ = bytes;
      config_.emplace(std::move(config));
      plan_.emplace(std::move(plan));
      return;
    }
    check_status(call, "cudnnBackendFinalize of a plan", failure);
  }

  static bool is_allowed(const DnnCall& call, const Descriptor& config, bool rounds_operands) {
    Descriptor engine(call, dn::kEngine);
    dn::RawDescriptor raw = engine.raw();
    config.get(dn::kConfigEngine, dn::kOfDescriptor, std::span(&raw, 1));
    std::array<int32_t, dn::kMostNotes> notes;
    const int64_t num = engine.get(dn::kEngineNumericalNotes, dn::kOfNumericalNote, std::span<int32_t>(notes));
    return keeps_rules(std::span<const int32_t>(notes).first(static_cast<std::size_t>(num)), rounds_operands);
  }

  // A plan may refer to all that it was made of.
  Graph graph_;
  std::optional<Descriptor> described_;
  std::optional<Descriptor> heuristic_;
  std::optional<Descriptor> config_;
  std::optional<Descriptor> plan_;
  int64_t workspace_bytes_ = 0;
};

class DevicePlans {
 public:
  bool run(const DnnCall& call, DLDevice device, const DnnProblem& problem, std::span<const DnnOperand> operands) {
    const Queue queue(device);
    const Device& of = Backend::instance().context(device.device_id).device;
    const DeviceGuard guard(of.driver(), of.ordinal());
    const DnnKey key = problem.key();
    const std::lock_guard lock(mutex_);
    if (handle_ == nullptr) create_handle(call, of);
    if (!has_stream_ || stream_ != queue.stream().raw()) {
      check_status(call, "cudnnSetStream", call.library.set_stream(handle_, queue.stream().raw()));
      stream_ = queue.stream().raw();
      has_stream_ = true;
    }
    const Plan* plan = plan_of(call, key, problem);
    if (plan == nullptr || !plan->is_served()) return false;
    const Queue::Scratch workspace(queue, plan->workspace_bytes());
    plan->run(call, handle_, operands, workspace.data());
    return true;
  }

 private:
  // By a thread of its own: it allocates, which a thread that captures must not.
  void create_handle(const DnnCall& call, const Device& device) {
    int status = dn::kSuccess;
    std::thread([&] {
      const DeviceGuard guard(device.driver(), device.ordinal());
      status = call.library.create(&handle_);
    }).join();
    check_status(call, "cudnnCreate", status);
  }

  using Plans = std::unordered_map<DnnKey, std::unique_ptr<Plan>, KeyHash>;

  // Null for a dear one that there is no more room for.
  const Plan* plan_of(const DnnCall& call, const DnnKey& key, const DnnProblem& problem) {
    const bool is_dear = problem.is_dear();
    Plans& plans = is_dear ? dear_plans_ : plans_;
    if (const auto found = plans.find(key); found != plans.end()) return found->second.get();
    if (is_dear && plans.size() >= kMostDearPlans) return nullptr;
    auto plan = std::make_unique<Plan>(call, handle_, problem);
    if (plans.size() >= kMostPlans) plans.clear();
    return (plans[key] = std::move(plan)).get();
  }

  std::mutex mutex_;  // guards the plans and their use; taken before the allocator's lock
  dn::Handle handle_ = nullptr;
  RawStream stream_{};
  bool has_stream_ = false;
  Plans plans_;
  Plans dear_plans_;
};

// Never destroyed, as the backend.
DevicePlans& plans_of(int ordinal) {
  static auto* devices = new std::array<DevicePlans, Backend::kMaxDevices>;
  return (*devices)[static_cast<std::size_t>(ordinal)];
}

}  // namespace

bool dnn_run(const char* op, DLDevice device, const DnnProblem& problem, std::span<const DnnOperand> operands) {
  const DnnCall call{*cudnn(), op};
  try {
    return plans_of(device.device_id).run(call, device, problem, operands);
  } catch (const NotServed& refusal) {  // not of a plan, but of the device or a call
    fail_status(call, refusal.function, refusal.status);
  }
}

}  // namespace vt::cuda
