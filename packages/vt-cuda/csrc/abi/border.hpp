// SPDX-License-Identifier: Apache-2.0
// The border of every function that the plugin hands out: exceptions become the thread's VtError.
#pragma once

#include <vt/cpp/error.hpp>

#include <algorithm>
#include <cstring>

#include "../runtime/error.hpp"

namespace vt::cuda {

constexpr VtErrorKind abi_kind(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::kValue: return VT_ERROR_VALUE;
    case ErrorKind::kType: return VT_ERROR_TYPE;
    case ErrorKind::kOutOfMemory: return VT_ERROR_OUT_OF_MEMORY;
    case ErrorKind::kCuda: return VT_ERROR_DEVICE;
    case ErrorKind::kUnavailable: return VT_ERROR_IMPORT;
    case ErrorKind::kNotImplemented: return VT_ERROR_NOT_IMPLEMENTED;
    case ErrorKind::kRuntime: break;
  }
  return VT_ERROR_RUNTIME;
}

// As vt::guard, and knows the errors of this package.
template <class Body>
int border(Body&& body) noexcept {
  return guard([&] {
    try {
      body();
    } catch (const Error& error) {
      fail(abi_kind(error.kind()), error.message());
    }
  });
}

// Fills a struct of which the caller may know a beginning only.
template <class Struct>
void write_known(Struct* out, const Struct& filled) noexcept {
  std::memcpy(static_cast<void*>(out), &filled, std::min(sizeof filled, std::size_t{out->struct_size}));
}

// Wraps `void fn(const VtValue* args, VtValue* result)` as a boxed kernel.
template <void (*Fn)(const VtValue* args, VtValue* result)>
int kernel(void*, const VtValue* args, int32_t, VtValue* result) noexcept {
  return border([&] { Fn(args, result); });
}

}  // namespace vt::cuda
