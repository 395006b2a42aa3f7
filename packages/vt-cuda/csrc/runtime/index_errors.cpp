// SPDX-License-Identifier: Apache-2.0
// Making, reading and clearing the record of an index out of range.
#include "index_errors.hpp"

#include <vt/cpp/error.hpp>

#include <cstring>
#include <string>

#include "../kernels/index.hpp"
#include "status.hpp"

namespace vt::cuda {

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
  vt::fail(VT_ERROR_INDEX, std::string(kIndexOpNames[static_cast<int>(found.op)]) + ": index " +
                               std::to_string(found.index) + " is out of bounds for dimension " +
                               std::to_string(found.dim) + " with size " + std::to_string(found.size) +
                               " (reported by the device after the call)");
}

}  // namespace vt::cuda
