// SPDX-License-Identifier: Apache-2.0
// The plans of each device, by what they transform.
#include "plans.hpp"

#include <map>
#include <mutex>
#include <string>

#include "../ops/launch.hpp"

namespace vt::cuda {
namespace {

constexpr std::size_t kMostPlans = 1024;  // beyond, all are made anew: sizes that never repeat must not fill memory

void check_status(const char* op, const char* call, int status) {
  if (status != ft::kSuccess) [[unlikely]]
    throw Error(ErrorKind::kCuda,
                std::string(op) + ": " + call + " failed: got cuFFT status " + std::to_string(status) + ", expected 0");
}

using Key = std::array<int64_t, 6>;

class Plan {
 public:
  Plan(const char* op, const CuFft& library, const Transform& t) : library_(library) {
    check_status(op, "cufftCreate", library_.create(&plan_));
    try {
      make(op, t);
    } catch (...) {
      library_.destroy(plan_);
      throw;
    }
  }
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
  ~Plan() { library_.destroy(plan_); }

  std::size_t work_bytes() const noexcept { return work_bytes_; }

  void run(const char* op, ft::Type type, void* in, void* out, bool forward, void* work, RawStream stream) const {
    check_status(op, "cufftSetStream", library_.set_stream(plan_, stream));
    if (work != nullptr) check_status(op, "cufftSetWorkArea", library_.set_work_area(plan_, work));
    check_status(op, "cufftExec", execute(type, in, out, forward ? ft::kForward : ft::kInverse));
  }

 private:
  void make(const char* op, const Transform& t) {
    check_status(op, "cufftSetAutoAllocation", library_.set_auto_allocation(plan_, 0));
    long long sizes[] = {t.sizes[0], t.sizes[1], t.sizes[2]};
    check_status(
        op, "cufftMakePlanMany64",
        library_.make_plan_many(plan_, t.rank, sizes, nullptr, 1, 0, nullptr, 1, 0, t.type, t.batch, &work_bytes_));
  }

  int execute(ft::Type type, void* in, void* out, int direction) const {
    switch (type) {
      case ft::kComplex: return library_.complex(plan_, in, out, direction);
      case ft::kDoubleComplex: return library_.double_complex(plan_, in, out, direction);
      case ft::kRealToComplex: return library_.real_to_complex(plan_, in, out);
      case ft::kDoubleToComplex: return library_.double_to_complex(plan_, in, out);
      case ft::kComplexToReal: return library_.complex_to_real(plan_, in, out);
      case ft::kComplexToDouble: break;
    }
    return library_.complex_to_double(plan_, in, out);
  }

  const CuFft& library_;
  ft::Plan plan_ = 0;
  std::size_t work_bytes_ = 0;
};

class DevicePlans {
 public:
  void run(const char* op, DLDevice device, const Transform& t, void* in, void* out, bool forward) {
    const CuFft& library = cufft(op);
    DeviceContext& context = Backend::instance().context(device.device_id);
    const DeviceGuard guard(context.device.driver(), context.device.ordinal());
    const Queue queue(device);
    const std::lock_guard lock(mutex_);
    const Plan& plan = plan_of(op, library, context, queue.stream(), t);
    const Queue::Scratch work(queue, static_cast<int64_t>(plan.work_bytes()));
    plan.run(op, t.type, in, out, forward, work.data(), queue.stream().raw());
  }

 private:
  const Plan& plan_of(const char* op, const CuFft& library, DeviceContext& context, StreamView stream,
                      const Transform& t) {
    const Key key{t.type, t.rank, t.sizes[0], t.sizes[1], t.sizes[2], t.batch};
    if (const auto found = plans_.find(key); found != plans_.end()) return found->second;
    if (context.allocator.capture_of(op, stream) != 0)
      throw Error(ErrorKind::kRuntime, std::string(op) +
                                           ": the plan of a Fourier transform is made at its first use, which cannot "
                                           "be captured; make the same transform once before the capture");
    if (plans_.size() >= kMostPlans) plans_.clear();
    return plans_.try_emplace(key, op, library, t).first->second;
  }

  std::mutex mutex_;  // guards the plans and their use; taken before the allocator's lock
  std::map<Key, Plan> plans_;
};

// Never destroyed, as the backend.
DevicePlans& plans_of(int ordinal) {
  static auto* devices = new std::array<DevicePlans, Backend::kMaxDevices>;
  return (*devices)[static_cast<std::size_t>(ordinal)];
}

}  // namespace

void run_transform(const char* op, DLDevice device, const Transform& transform, void* in, void* out, bool forward) {
  plans_of(device.device_id).run(op, device, transform, in, out, forward);
}

}  // namespace vt::cuda
