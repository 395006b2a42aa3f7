// SPDX-License-Identifier: Apache-2.0
// add, sub and mul on CUDA devices.
//
// Note [Numbers]
// Numbers, and 0-dim tensors of the CPU, are read on the host and travel in the kernel's parameters: no copy, no wait. With
// a half or float8 common dtype elements are computed in float and rounded once, and a number, or a 0-dim tensor as second
// operand, enters in float as it is.
#include <vt/cpp/iter/binary_rules.hpp>

#include <array>
#include <cstring>

#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

[[noreturn]] void fail_unsupported(const char* op, DLDataType dtype) {
  vt::fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) +
                                         " on cuda; convert to float32 first");
}

template <class T>
T read(const void* data) noexcept {
  T value;
  std::memcpy(&value, data, sizeof value);
  return value;
}

// The one element of a tensor in host memory.
vt::Number host_element(const VtTensor* t) {
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

bool is_host(const VtTensor* t) noexcept { return t && t->dl.device.device_type == kDLCPU; }

// What the planner leaves open about one call.
struct Call {
  BinaryKind kind;
  ElementCell a_number{};
  ElementCell b_number{};
  ElementCell alpha{};
  const char* a = nullptr;
  const char* b = nullptr;
  bool b_unrounded = false;
};

// Operands of the host, and numbers, become cells.
Call prepare(const IterPlan& p, BinaryKind kind, const vt::Number* alpha) {
  const bool small = is_small_float(p.common_dtype);
  const DLDataType number_dtype = small ? kFloat32 : p.common_dtype;
  Call call{kind};
  if (alpha) store_number(*alpha, number_dtype, call.alpha.bytes);
  if (is_host(p.tensors[1])) {
    store_number(host_element(p.tensors[1]), p.common_dtype, call.a_number.bytes);
  } else {
    call.a = static_cast<const char*>(p.data[1]);
  }
  if (!p.tensors[2]) {
    std::memcpy(call.b_number.bytes, p.numbers[2].bytes, sizeof call.b_number.bytes);
  } else if (is_host(p.tensors[2])) {
    store_number(host_element(p.tensors[2]), number_dtype, call.b_number.bytes);
  } else {
    call.b = static_cast<const char*>(p.data[2]);
    call.b_unrounded = small && p.tensors[2]->dl.ndim == 0;
  }
  return call;
}

template <class Index>
void launch_strided(const char* op, const Queue& queue, const IterPlan& p, const Call& call) {
  BinaryStrided<Index> params{static_cast<char*>(p.data[0]),
                              call.a,
                              call.b,
                              p.numel,
                              walk_of<Index, 3>(p),
                              call.kind,
                              index_of(p.dtypes[0]),
                              index_of(p.dtypes[1]),
                              index_of(p.dtypes[2]),
                              call.b_unrounded,
                              call.a_number,
                              call.b_number,
                              call.alpha};
  queue.launch(op, binary_strided_kernel(index_of(p.common_dtype), sizeof(Index) == 8),
               ceil_divide(p.numel, int64_t{kBlockThreads} * kStridedElementsPerThread), 1, params);
}

// Whether every operand with memory is dense in one order, of the common dtype and aligned.
bool is_dense(const IterPlan& p, const Call& call) noexcept {
  if (p.ndim != 1 || !call.a) return false;
  const int64_t itemsize = itemsize_of(p.common_dtype);
  const auto dense = [&](size_t k) {
    return same_dtype(p.dtypes[k], p.common_dtype) && is_aligned(p.data[k]) &&
           (p.strides[k] == itemsize || p.sizes[0] <= 1);
  };
  return dense(0) && dense(1) && (!call.b || (dense(2) && !call.b_unrounded));
}

// alpha is NULL for kinds without; `negate` turns its sign once it has been checked.
void binary(const char* op, BinaryKind kind, const VtValue* args, VtValue* result, const VtValue* alpha,
            bool negate = false) {
  const VtValue operands[3] = {result[0], args[0], args[1]};
  IterPlan p;
  plan_iteration({sizeof(VtIterConfig), VT_ITER_PROMOTE, op, operands, 1, 3, kCommonDtype}, p, TableIterAllocator{});
  const DtypeIndex common = index_of(p.common_dtype);
  if (is_float8(common) && kind != BinaryKind::kMul) fail_unsupported(op, p.common_dtype);
  vt::Number factor;
  if (alpha) {
    factor = number_of(*alpha);
    check_alpha(op, factor, p.common_dtype);
    if (negate) factor = negated(factor);
  }
  if (p.numel > 0) {
    const Call call = prepare(p, kind, alpha ? &factor : nullptr);
    const Queue queue(p.device);
    const void* dense = is_dense(p, call) ? binary_dense_kernel(kind, common) : nullptr;
    if (dense) {
      BinaryDense params{p.data[0], call.a, call.b, p.numel, call.b_number, call.alpha};
      const int64_t per_block = 16 / itemsize_of(p.common_dtype) * kDenseVectorsPerThread * kBlockThreads;
      queue.launch(op, dense, ceil_divide(p.numel, per_block), 1, params);
    } else if (is_wide(p)) {
      launch_strided<int64_t>(op, queue, p, call);
    } else {
      launch_strided<int32_t>(op, queue, p, call);
    }
  }
  result[0] = value_of(p.take_output(0));
}

void add(const VtValue* args, VtValue* result) {
  const bool plain = args[2].tag == VT_INT && args[2].as.i == 1;
  binary("add", plain ? BinaryKind::kAdd : BinaryKind::kAddScaled, args, result, plain ? nullptr : &args[2]);
}

// self + (-alpha) * other
void sub(const VtValue* args, VtValue* result) {
  refuse_booleans("sub", args);
  binary("sub", BinaryKind::kAddScaled, args, result, &args[2], true);
}

void mul(const VtValue* args, VtValue* result) { binary("mul", BinaryKind::kMul, args, result, nullptr); }

}  // namespace

void register_binary(VtPlugin* plugin) {
  const KernelRow rows[] = {{"add", kernel<add>}, {"sub", kernel<sub>}, {"mul", kernel<mul>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
