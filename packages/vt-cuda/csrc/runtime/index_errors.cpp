// SPDX-License-Identifier: Apache-2.0
// Making, reading and clearing the record of an index out of range.
#include "index_errors.hpp"

#include <vt/cpp/error.hpp>

#include <algorithm>
#include <cstring>
#include <deque>
#include <iterator>
#include <string>

#include "../kernels/index.hpp"
#include "callers.hpp"
#include "status.hpp"

namespace vt::cuda {
namespace {

constexpr std::size_t kNumOps = std::size(kIndexOpNames);

// Names of operators composed of others, in the order in which they were first noted.
struct NotedNames {
  std::mutex mutex;
  std::deque<std::string> names;
};
NotedNames& noted() {
  static auto* const noted = new NotedNames;  // lives on, as graphs of other threads may
  return *noted;
}

std::string name_of(IndexOp op) {
  const auto number = static_cast<std::size_t>(op);
  if (number < kNumOps) return kIndexOpNames[number];
  const std::scoped_lock lock(noted().mutex);
  return noted().names[number - kNumOps];
}

[[noreturn]] void raise_found(const IndexErrorRecord& found) {
  constexpr const char* kReported = " (reported by the device after the call)";
  const std::string op = name_of(found.op);
  const std::string index = std::to_string(found.index);
  const std::string size = std::to_string(found.size);
  switch (found.fault) {
    case IndexFault::kNoClass:
      vt::fail(VT_ERROR_INDEX, op + ": Target " + index + " is out of bounds: expected a class from 0 to " +
                                   std::to_string(found.size - 1) + " or ignore_index " + std::to_string(found.dim) +
                                   kReported);
    case IndexFault::kWrongOffset:
      vt::fail(VT_ERROR_RUNTIME, op + ": offsets must start at 0, not fall, and not pass the " + size +
                                     " indices: got " + index + " at position " + std::to_string(found.dim) +
                                     kReported);
    case IndexFault::kOutOfBounds: break;
  }
  vt::fail(VT_ERROR_INDEX, op + ": index " + index + " is out of bounds for dimension " + std::to_string(found.dim) +
                               " with size " + size + kReported);
}

}  // namespace

IndexOp noted_as(IndexOp op) {
  const char* const caller = host_table().caller();
  if (caller == nullptr) [[likely]]
    return op;
  const auto is_it = [&](const auto& name) { return std::string_view(name) == caller; };
  if (const auto own = std::find_if(std::begin(kIndexOpNames), std::end(kIndexOpNames), is_it);
      own != std::end(kIndexOpNames))
    return static_cast<IndexOp>(own - std::begin(kIndexOpNames));
  const std::scoped_lock lock(noted().mutex);
  std::deque<std::string>& names = noted().names;
  const auto found = std::find_if(names.begin(), names.end(), is_it);
  const auto number = static_cast<std::size_t>(found - names.begin());
  if (found == names.end()) names.emplace_back(caller);
  return static_cast<IndexOp>(kNumOps + number);
}

IndexErrors::~IndexErrors() {
  if (record_ != nullptr) driver_.host_free(driver_.self, record_);
}

IndexErrorRecord* IndexErrors::record() {
  const std::scoped_lock lock(mutex_);
  if (record_ == nullptr) {
    void* memory = nullptr;
    check(driver_, driver_.host_alloc(driver_.self, sizeof(IndexErrorRecord), &memory), "index errors");
    std::memset(memory, 0, sizeof(IndexErrorRecord));
    record_ = static_cast<IndexErrorRecord*>(memory);
  }
  return record_;
}

void IndexErrors::raise() {
  IndexErrorRecord found{};
  {
    const std::scoped_lock lock(mutex_);
    if (record_ == nullptr || *static_cast<volatile uint32_t*>(&record_->is_set) == 0) return;
    found = *record_;
    std::memset(record_, 0, sizeof *record_);
  }
  raise_found(found);
}

}  // namespace vt::cuda
