// SPDX-License-Identifier: Apache-2.0
// The one element of a tensor in host memory, which kernels get by value.
#pragma once

#include <vt/cpp/iter.hpp>

#include <array>
#include <cstring>

#include "launch.hpp"

namespace vt::cuda {

template <class T>
T read(const void* data) noexcept {
  T value;
  std::memcpy(&value, data, sizeof value);
  return value;
}

// The one element of a tensor in host memory.
inline vt::Number host_element(const VtTensor* t) {
  const void* data = t->dl.data;
  const auto whole = [](int64_t v) {
    return vt::Number{Category::kInteger, false, static_cast<uint64_t>(v), static_cast<double>(v), 0};
  };
  const auto real = [](double v) { return vt::Number{Category::kFloating, false, 0, v, 0}; };
  switch (index_of(t->dl.dtype)) {
    case DtypeIndex::kBool: {
      const bool set = read<uint8_t>(data) != 0;
      return {Category::kBool, false, set, set ? 1.0 : 0.0, 0};
    }
    case DtypeIndex::kUInt8: return whole(read<uint8_t>(data));
    case DtypeIndex::kUInt16: return whole(read<uint16_t>(data));
    case DtypeIndex::kUInt32: return whole(read<uint32_t>(data));
    case DtypeIndex::kUInt64: {
      const auto v = read<uint64_t>(data);
      return {Category::kInteger, v >> 63 != 0, v, static_cast<double>(v), 0};
    }
    case DtypeIndex::kInt8: return whole(read<int8_t>(data));
    case DtypeIndex::kInt16: return whole(read<int16_t>(data));
    case DtypeIndex::kInt32: return whole(read<int32_t>(data));
    case DtypeIndex::kInt64: return whole(read<int64_t>(data));
    case DtypeIndex::kFloat8E4M3: return real(e4m3_to_float(read<uint8_t>(data)));
    case DtypeIndex::kFloat8E5M2: return real(e5m2_to_float(read<uint8_t>(data)));
    case DtypeIndex::kFloat16: return real(half_to_float(read<uint16_t>(data)));
    case DtypeIndex::kBFloat16: return real(bfloat_to_float(read<uint16_t>(data)));
    case DtypeIndex::kFloat32: return real(read<float>(data));
    case DtypeIndex::kFloat64: return real(read<double>(data));
    case DtypeIndex::kComplex64: {
      const auto pair = read<std::array<float, 2>>(data);
      return {Category::kComplex, false, 0, pair[0], pair[1]};
    }
    default: {
      const auto pair = read<std::array<double, 2>>(data);
      return {Category::kComplex, false, 0, pair[0], pair[1]};
    }
  }
}

inline bool is_host(const VtTensor* t) noexcept { return t && t->dl.device.device_type == kDLCPU; }

[[noreturn]] inline void fail_unsupported(const char* op, DLDataType dtype) {
  vt::fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) +
                                         " on cuda; convert the operands to another dtype first");
}

}  // namespace vt::cuda
