// SPDX-License-Identifier: Apache-2.0
// One descriptor of cuDNN: made, given attributes, finished, and freed at its end.
#pragma once

#include <span>
#include <utility>

#include "library.hpp"

namespace vt::cuda {

// The library and the operator that calls it, which errors name.
struct DnnCall {
  const CuDnn& library;
  const char* op;
};

// Thrown where the library says that it does not compute what is described.
struct NotServed {
  const char* function;
  int status;
};

// Throws CudaError.
[[noreturn]] void fail_status(const DnnCall& call, const char* function, int status);

// Throws NotServed for a status of that class, CudaError for all other failures.
inline void check_status(const DnnCall& call, const char* function, int status) {
  if (status == dn::kSuccess) [[likely]]
    return;
  if (status / dn::kStatusClass == dn::kNotSupported) throw NotServed{function, status};
  fail_status(call, function, status);
}

class Descriptor {
 public:
  Descriptor(const DnnCall& call, dn::DescriptorType type) : call_(call) {
    check_status(call_, "cudnnBackendCreateDescriptor", call_.library.create_descriptor(type, &raw_));
  }
  Descriptor(Descriptor&& other) noexcept : call_(other.call_), raw_(std::exchange(other.raw_, nullptr)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (raw_ != nullptr) call_.library.destroy_descriptor(raw_);
  }

  dn::RawDescriptor raw() const noexcept { return raw_; }

  template <class Value>
  Descriptor& set(dn::Attribute attribute, dn::ValueType type, const Value& value) {
    return set_all(attribute, type, 1, &value);
  }
  template <class Value>
  Descriptor& set(dn::Attribute attribute, dn::ValueType type, std::span<const Value> values) {
    return set_all(attribute, type, static_cast<int64_t>(values.size()), values.data());
  }
  Descriptor& set(dn::Attribute attribute, const Descriptor& value) {
    return set(attribute, dn::kOfDescriptor, value.raw_);
  }
  void finalize() { check_status(call_, "cudnnBackendFinalize", call_.library.finalize(raw_)); }

  // The number of values that there are; as many of them as fit are written.
  template <class Value>
  int64_t get(dn::Attribute attribute, dn::ValueType type, std::span<Value> values) const {
    int64_t count = 0;
    check_status(call_, "cudnnBackendGetAttribute",
                 call_.library.get_attribute(raw_, attribute, type, static_cast<int64_t>(values.size()), &count,
                                             values.empty() ? nullptr : values.data()));
    return count;
  }

 private:
  Descriptor& set_all(dn::Attribute attribute, dn::ValueType type, int64_t count, const void* values) {
    check_status(call_, "cudnnBackendSetAttribute", call_.library.set_attribute(raw_, attribute, type, count, values));
    return *this;
  }

  DnnCall call_;
  dn::RawDescriptor raw_ = nullptr;
};

}  // namespace vt::cuda
