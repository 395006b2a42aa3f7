// SPDX-License-Identifier: Apache-2.0
// where, masked_fill, clamp, lerp, addcmul and addcdiv on CUDA devices.
#include <vt/cpp/iter/ternary_rules.hpp>

#include "../kernels/ternary.hpp"
#include "binary_launch.hpp"

namespace vt::cuda {
namespace {

// One ternary call: `dtype` fixes the common dtype, or with kCommonDtype operands are promoted.
struct TernaryOp {
  const char* name;
  TernaryKind kind;
  DLDataType dtype = kCommonDtype;
  bool keeps_weight = false;       // a number as third operand is not rounded to a small floating dtype
  const VtValue* value = nullptr;  // the multiplier of addcmul and addcdiv
};

// Operands of the host, and numbers, become cells; a mask is read by its bytes.
TernaryOperand operand_of(const TernaryOp& op, const IterPlan& p, size_t k, const VtValue& given) {
  const VtTensor* t = p.tensors[k];
  TernaryOperand in{};
  in.dtype = index_of(p.dtypes[k]);
  in.unrounded = op.keeps_weight && k == 3 && is_small_float(p.common_dtype) && (!t || t->dl.ndim == 0);
  if (t && !is_host(t)) {
    in.data = static_cast<const char*>(p.data[k]);
    return in;
  }
  const bool is_mask = op.kind == TernaryKind::kSelect && k == 1;
  const DLDataType dtype = is_mask ? kBool : in.unrounded ? kFloat32 : p.common_dtype;
  store_number(t ? host_element(t) : number_of(given), dtype, in.number.bytes);
  return in;
}

bool is_dense(const TernaryOp& op, const IterPlan& p, const TernaryOperand* in) noexcept {
  if (p.ndim != 1 || !in[0].data) return false;
  const bool is_select = op.kind == TernaryKind::kSelect;
  for (size_t k = 0; k < 4; ++k) {
    if (k > 0 && !in[k - 1].data) continue;
    const bool is_mask = is_select && k == 1;
    if (!is_mask && !same_dtype(p.dtypes[k], p.common_dtype)) return false;
    if (k > 0 && in[k - 1].unrounded) return false;
    if (!is_aligned(p.data[k]) || (p.strides[k] != itemsize_of(p.dtypes[k]) && p.sizes[0] > 1)) return false;
  }
  return true;
}

template <class Index>
void launch_strided(const TernaryOp& op, const Queue& queue, const IterPlan& p, const TernaryOperand* in,
                    const ElementCell& value, const void* kernel) {
  TernaryStrided<Index> params{static_cast<char*>(p.data[0]), p.numel, index_of(p.dtypes[0]), op.kind,
                               {in[0], in[1], in[2]},         value,   walk_of<Index, 4>(p)};
  queue.launch(op.name, kernel, ceil_divide(p.numel, int64_t{kBlockThreads} * kTernaryElementsPerThread), 1, params);
}

void launch_ternary(const TernaryOp& op, const VtValue* args, VtValue* result) {
  const VtValue operands[4] = {result[0], args[0], args[1], args[2]};
  const bool is_fixed = op.dtype.code != kDLOpaqueHandle;
  IterPlan p;
  plan_quickly(
      {sizeof(VtIterConfig), is_fixed ? kIterFixedDtype : uint32_t{VT_ITER_PROMOTE}, op.name, operands, 1, 4, op.dtype},
      p, TableIterAllocator{});
  const TernaryKernels kernels = ternary_kernels(op.kind, index_of(p.common_dtype));
  if (!kernels.strided) fail_unsupported(op.name, p.common_dtype);
  ElementCell value{};
  if (op.value) {
    const vt::Number number = number_of(*op.value);
    if (!number_fits(number, p.common_dtype)) fail_number_fit(op.name, p.common_dtype);
    store_number(number, is_small_float(p.common_dtype) ? kFloat32 : p.common_dtype, value.bytes);
  }
  if (p.numel > 0) {
    TernaryOperand in[3];
    for (size_t k = 0; k < 3; ++k) in[k] = operand_of(op, p, k + 1, args[k]);
    const Queue queue(p.device);
    if (kernels.dense && is_dense(op, p, in)) {
      TernaryDense params{static_cast<char*>(p.data[0]), p.numel, {in[0], in[1], in[2]}, value};
      const int64_t per_block = 16 / itemsize_of(p.common_dtype) * kBlockThreads;
      queue.launch(op.name, kernels.dense, ceil_divide(p.numel, per_block), 1, params);
    } else if (is_wide(p)) {
      launch_strided<int64_t>(op, queue, p, in, value, kernels.wide);
    } else {
      launch_strided<int32_t>(op, queue, p, in, value, kernels.strided);
    }
  }
  result[0] = value_of(p.take_output(0));
}

void where(const VtValue* args, VtValue* result) {
  check_mask("where", args[0].as.tensor->dl.dtype, true);
  launch_ternary({"where", TernaryKind::kSelect, choice_dtype("where", args[1], args[2])}, args, result);
}

void masked_fill(const VtValue* args, VtValue* result) {
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  check_mask("masked_fill", args[1].as.tensor->dl.dtype, false);
  check_fill_value("masked_fill", args[2], dtype);
  const VtValue operands[3] = {args[1], args[2], args[0]};
  launch_ternary({"masked_fill", TernaryKind::kSelect, dtype}, operands, result);
}

// One bound makes it a maximum or a minimum.
void clamp(const VtValue* args, VtValue* result) {
  const DLDataType dtype = clamp_dtype("clamp", args);
  if (is_none(args[1]) || is_none(args[2])) {
    const VtValue operands[2] = {args[0], is_none(args[2]) ? args[1] : args[2]};
    const BinaryKind kind = is_none(args[2]) ? BinaryKind::kMaximum : BinaryKind::kMinimum;
    return launch_binary({"clamp", kind, division_kernels}, operands, result);
  }
  launch_ternary({"clamp", TernaryKind::kClamp, dtype}, args, result);
}

void lerp(const VtValue* args, VtValue* result) {
  launch_ternary({"lerp", TernaryKind::kLerp, lerp_dtype("lerp", args), true}, args, result);
}

void addcmul(const VtValue* args, VtValue* result) {
  launch_ternary({"addcmul", TernaryKind::kAddcmul, kCommonDtype, false, &args[3]}, args, result);
}

void addcdiv(const VtValue* args, VtValue* result) {
  refuse_integer_quotient("addcdiv", args);
  launch_ternary({"addcdiv", TernaryKind::kAddcdiv, kCommonDtype, false, &args[3]}, args, result);
}

}  // namespace

void register_ternary(VtPlugin* plugin) {
  const KernelRow rows[] = {{"where", kernel<where>},    {"masked_fill", kernel<masked_fill>},
                            {"clamp", kernel<clamp>},    {"clamp.tensors", kernel<clamp>},
                            {"lerp", kernel<lerp>},      {"addcmul", kernel<addcmul>},
                            {"addcdiv", kernel<addcdiv>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
