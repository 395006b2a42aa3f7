// SPDX-License-Identifier: Apache-2.0
// add and mul on the CPU.
#include <vt/abi/stream.h>
#include <vt/cpp/iter/binary_rules.hpp>

#include "ops/loops/table.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

// Note [Small floats]
// With a half or float8 common dtype elements are computed in float and rounded once. A number, or a 0-dim tensor as second operand,
// enters in float as it is, not rounded to it first. PyTorch does the same.
namespace vt::core {

namespace {

[[noreturn]] void fail_unsupported(const char* op, DLDataType dtype) {
  fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) +
                                     " on cpu; convert to float32 first");
}

// Where a dense binary op writes: a new tensor like `a`, or `a` itself; NULL leaves any other destination to the plan.
[[gnu::always_inline]] inline VtTensor* dense_destination(VtTensor* a, const VtValue& destination) {
  if (destination.tag == VT_NONE) [[likely]]
    return empty_like(a);
  if (destination.as.tensor != a) return nullptr;
  retain(a);
  return a;
}

// Runs `loop` over dense `out` and `a`, and `b` of the given stride.
[[gnu::always_inline]] inline void run_dense(BinaryLoop loop, VtTensor* out, const VtTensor* a, const void* b,
                                             int64_t b_stride, const void* alpha) {
  const int64_t itemsize = a->dl.dtype.bits / 8;
  const int64_t strides[3] = {itemsize, itemsize, b_stride};
  auto* out_data = static_cast<char*>(out->dl.data);
  auto* a_data = static_cast<const char*>(a->dl.data);
  auto* b_data = static_cast<const char*>(b);
  if (a->numel <= kGrain) [[likely]] {
    loop(out_data, a_data, b_data, a->numel, strides, alpha);
  } else {
    parallel_for(0, a->numel, kGrain, [&](int64_t begin, int64_t end) {
      loop(out_data + begin * itemsize, a_data + begin * itemsize, b_data + begin * b_stride, end - begin, strides,
           alpha);
    });
  }
}

// Same-shape row-major operands of one dtype, the commonest call by far: no plan is needed. False leaves everything to it.
[[gnu::always_inline]] inline bool dense_binary(const char* op, BinaryKind kind, const VtValue* args, VtValue* result,
                                                const void* alpha = nullptr) {
  if (args[1].tag != VT_TENSOR) return false;
  VtTensor* a = args[0].as.tensor;
  VtTensor* b = args[1].as.tensor;
  if (!(a->flags & b->flags & VT_TENSOR_CONTIGUOUS) || a->dl.ndim != b->dl.ndim ||
      !same_dtype(a->dl.dtype, b->dl.dtype))
    return false;
  for (int32_t d = 0; d < a->dl.ndim; ++d)
    if (a->dl.shape[d] != b->dl.shape[d]) return false;
  const BinaryLoop loop = loops().binary[kind][static_cast<size_t>(dtype_index(a->dl.dtype))];
  if (!loop || !is_cpu(a)) return false;
  if (result[0].tag == VT_TENSOR) check_no_partial_overlap(op, result[0].as.tensor, b);
  VtTensor* out = dense_destination(a, result[0]);
  if (!out) return false;
  run_dense(loop, out, a, b->dl.data, a->dl.dtype.bits / 8, alpha);
  result[0] = value_of(out);
  return true;
}

// A row-major tensor and a number of no higher category: the result is like the tensor.
bool dense_number(BinaryKind kind, const VtValue* args, VtValue* result) {
  if (!is_number(args[1])) return false;
  VtTensor* a = args[0].as.tensor;
  const DtypeIndex index = dtype_index(a->dl.dtype);
  const BinaryLoop loop = loops().binary_number[kind][static_cast<size_t>(index)];
  if (!(a->flags & VT_TENSOR_CONTIGUOUS) || !loop || !is_cpu(a)) return false;
  const Number number = number_of(args[1]);
  if (number.category > dtype_info(index).category) return false;
  VtTensor* out = dense_destination(a, result[0]);
  if (!out) return false;
  IterPlan::NumberCell cell;
  store_number(number, is_small_float(a->dl.dtype) ? kFloat32 : a->dl.dtype, cell.bytes);
  run_dense(loop, out, a, cell.bytes, 0, nullptr);
  result[0] = value_of(out);
  return true;
}

// An operand of one element that is not of the dtype the loop wants: converted once, into `cell`.
void convert_single(IterPlan& p, size_t operand, DLDataType dtype, IterPlan::NumberCell& cell) {
  loops().convert[static_cast<size_t>(dtype_index(dtype))][static_cast<size_t>(dtype_index(p.dtypes[operand]))](
      reinterpret_cast<char*>(cell.bytes), 0, static_cast<const char*>(p.data[operand]), 0, 1);
  p.data[operand] = cell.bytes;
  p.dtypes[operand] = dtype;
}

bool is_single(const IterPlan& p, size_t operand) noexcept {
  const int64_t* strides = p.strides_of_operand(static_cast<int32_t>(operand));
  return std::all_of(strides, strides + p.ndim, [](int64_t stride) { return stride == 0; });
}

// Elements per step of a loop whose operands need conversion: three buffers fit the first-level cache.
constexpr int64_t kStep = 256;

// Runs `loop`, which works in the common dtype, on operands of other dtypes, through buffers.
struct ConvertingRun {
  ConvertingRun(const IterPlan& p, BinaryLoop loop, const void* alpha, bool b_is_number)
      : loop(loop), alpha(alpha), strides(p), itemsize(itemsize_of(p.common_dtype)) {
    const auto common = static_cast<size_t>(dtype_index(p.common_dtype));
    const auto index = [&](size_t k) { return static_cast<size_t>(dtype_index(p.dtypes[k])); };
    if (index(0) != common) store = loops().convert[index(0)][common];
    if (index(1) != common) load_a = loops().convert[common][index(1)];
    if (index(2) != common && !b_is_number) load_b = loops().convert[common][index(2)];
  }
  bool is_direct() const noexcept { return !store && !load_a && !load_b; }

  void operator()(char* const* data, int64_t n) const {
    if (is_direct()) return loop(data[0], data[1], data[2], n, strides.value, alpha);
    alignas(64) char buffers[3][kStep * 16];
    for (int64_t i = 0; i < n; i += kStep) {
      const int64_t step = std::min(kStep, n - i);
      char* at[3];
      int64_t step_strides[3];
      for (size_t k = 0; k < 3; ++k) {
        at[k] = data[k] + i * strides.value[k];
        step_strides[k] = strides.value[k];
      }
      auto load = [&](size_t k, ConvertLoop convert) {
        convert(buffers[k], itemsize, at[k], step_strides[k], step);
        at[k] = buffers[k];
        step_strides[k] = itemsize;
      };
      if (load_a) load(1, load_a);
      if (load_b) load(2, load_b);
      char* out = at[0];
      if (store) {
        at[0] = buffers[0];
        step_strides[0] = itemsize;
      }
      loop(at[0], at[1], at[2], step, step_strides, alpha);
      if (store) store(out, strides.value[0], buffers[0], itemsize, step);
    }
  }

  BinaryLoop loop;
  const void* alpha;
  InnerStrides<3> strides;
  int64_t itemsize;
  ConvertLoop load_a = nullptr;
  ConvertLoop load_b = nullptr;
  ConvertLoop store = nullptr;
};

// alpha is NULL for kinds without; `negate` turns its sign once it has been checked.
void planned_binary(const char* op, BinaryKind kind, const VtValue* args, VtValue* result, const VtValue* alpha,
                    bool negate = false) {
  const VtValue operands[3] = {result[0], args[0], args[1]};
  IterPlan p;
  plan_iteration({sizeof(VtIterConfig), VT_ITER_PROMOTE, op, operands, 1, 3, kCommonDtype}, p, CoreIterAllocator{});
  const auto common = static_cast<size_t>(known_dtype_index(p.common_dtype));
  if (!loops().binary[kind][common]) fail_unsupported(op, p.common_dtype);

  const bool small = is_small_float(p.common_dtype);
  IterPlan::NumberCell alpha_cell;
  if (alpha) {
    check_alpha(op, number_of(*alpha), p.common_dtype);
    const Number number = number_of(*alpha);
    store_number(negate ? negated(number) : number, small ? kFloat32 : p.common_dtype, alpha_cell.bytes);
  }
  if (p.numel > 0 && !is_meta(p.device)) {
    IterPlan::NumberCell cells[2];
    if (!same_dtype(p.dtypes[1], p.common_dtype) && is_single(p, 1)) convert_single(p, 1, p.common_dtype, cells[0]);
    bool b_is_number = !p.tensors[2];
    if (p.tensors[2] && is_single(p, 2) &&
        (small ? p.tensors[2]->dl.ndim == 0 : !same_dtype(p.dtypes[2], p.common_dtype))) {
      convert_single(p, 2, small ? kFloat32 : p.common_dtype, cells[1]);
      b_is_number = true;
    }
    const BinaryLoop loop = b_is_number ? loops().binary_number[kind][common] : loops().binary[kind][common];
    for_each_run<3>(p, ConvertingRun(p, loop, alpha_cell.bytes, b_is_number));
  }
  result[0] = value_of(p.take_output(0));
}

void add(const VtValue* args, VtValue* result) {
  if (args[2].tag == VT_INT && args[2].as.i == 1) [[likely]] {
    if (dense_binary("add", kAdd, args, result) || dense_number(kAdd, args, result)) [[likely]]
      return;
    return planned_binary("add", kAdd, args, result, nullptr);
  }
  planned_binary("add", kAddScaled, args, result, &args[2]);
}

// self + (-alpha) * other
void sub(const VtValue* args, VtValue* result) {
  refuse_booleans("sub", args);
  if (args[2].tag == VT_INT && args[2].as.i == 1) [[likely]] {
    const DLDataType dtype = args[0].as.tensor->dl.dtype;
    IterPlan::NumberCell minus_one;
    store_number(negated(number_of(args[2])), is_small_float(dtype) ? kFloat32 : dtype, minus_one.bytes);
    if (dense_binary("sub", kAddScaled, args, result, minus_one.bytes)) [[likely]]
      return;
  }
  planned_binary("sub", kAddScaled, args, result, &args[2], true);
}

// sub with its operands exchanged, through the dispatcher, so that it runs wherever sub does. A number becomes a tensor of
// the common dtype first.
void rsub(const VtValue* args, VtValue* result) {
  refuse_booleans("rsub", args);
  if (is_tensor(args[1])) {
    result[0] = value_of(call_op("sub", {args[1], args[0], args[2]}));
    return;
  }
  const VtTensor* self = args[0].as.tensor;
  Promotion promotion("rsub");
  promotion.add_tensor(self->dl.dtype, self->dl.ndim);
  promotion.add_number(number_of(args[1]).category);
  const DLDataType dtype = dtype_info(promotion.result()).dtype;
  const Owned other(call_op("full", {value_of(sizes_of(self)), args[1], value_of(dtype), value_of(self->dl.device)}));
  result[0] = value_of(call_op("sub", {value_of(other.get()), args[0], args[2]}));
}

void mul(const VtValue* args, VtValue* result) {
  if (dense_binary("mul", kMul, args, result) || dense_number(kMul, args, result)) [[likely]]
    return;
  planned_binary("mul", kMul, args, result, nullptr);
}

constexpr char kAddDoc[] = R"(Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape; any dtype but float8. Boolean tensors add as logical or.
other : Tensor or Scalar
    Broadcastable with `self`.
alpha : Scalar
    Multiplier of `other`; 1 by default.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype. Half types are computed in float32.

Raises
------
ShapeError
    If the shapes cannot be broadcast.
RuntimeError
    If the in-place or out destination cannot hold the result, or overlaps an input partially.

Notes
-----
Unlike PyTorch, uint16, uint32 and uint64 are supported.)";

constexpr char kSubDoc[] =
    R"(Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape; any dtype but bool and float8. Unsigned dtypes wrap.
other : Tensor or Scalar
    Broadcastable with `self`.
alpha : Scalar
    Multiplier of `other`; 1 by default.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype. Half types are computed in float32.

Raises
------
NotImplementedError
    If both operands are boolean.
ShapeError
    If the shapes cannot be broadcast.)";

constexpr char kRsubDoc[] =
    R"(Subtracts `alpha * self` from `other`: `sub` with its operands exchanged, as in ``2 - x``.)";

constexpr char kMulDoc[] = R"(Multiplies `self` by `other`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape and dtype. Boolean tensors multiply as logical and.
other : Tensor or Scalar
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype. Half types are computed in float32.

Notes
-----
Unlike PyTorch, uint16, uint32 and uint64 are supported.)";

}  // namespace

void register_binary(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | VT_OP_CPU_SCALARS | kFunctionAndMethod;
  const OpRow ops[] = {
      {"add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor", kFlags, kAddDoc},
      {"sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor", kFlags, kSubDoc},
      {"rsub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor", VT_OP_FUNCTION | VT_OP_CPU_SCALARS,
       kRsubDoc},
      {"mul(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kMulDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"add", boxed<add>}, {"sub", boxed<sub>}, {"mul", boxed<mul>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"rsub", boxed<rsub>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
