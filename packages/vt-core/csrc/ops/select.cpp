// SPDX-License-Identifier: Apache-2.0
// where and masked_fill on the CPU.
#include <vt/cpp/iter/ternary_rules.hpp>

#include <bit>

#include "ops/converting_run.hpp"
#include "ops/loops/ternary.hpp"

namespace vt::core {

namespace {

// Row-major operands of one shape, one dtype and a mask of booleans, where numbers fit: no plan. `args` are the condition
// and the two choices, tensors or numbers; the first tensor among the choices gives the dtype.
bool dense_select(const char* op, const VtValue* args, VtValue* result) {
  VtTensor* mask = args[0].as.tensor;
  const VtValue& chosen = is_tensor(args[1]) ? args[1] : args[2];
  if (!is_tensor(chosen) || !is_cpu(mask) || !same_dtype(mask->dl.dtype, kBool)) return false;
  VtTensor* like = chosen.as.tensor;
  const auto is_dense = [&](const VtTensor* t) {
    return t->flags & VT_TENSOR_CONTIGUOUS && t->dl.ndim == mask->dl.ndim &&
           std::equal(t->dl.shape, t->dl.shape + t->dl.ndim, mask->dl.shape);
  };
  if (!is_dense(mask)) return false;
  const DtypeIndex index = dtype_index(like->dl.dtype);
  if (index == DtypeIndex::kCount) return false;
  const int64_t itemsize = itemsize_of(like->dl.dtype);
  IterPlan::NumberCell cells[2];
  const char* data[2];
  int64_t strides[4] = {itemsize, 1, 0, 0};
  for (size_t k = 0; k < 2; ++k) {
    const VtValue& v = args[k + 1];
    if (is_tensor(v)) {
      if (!is_dense(v.as.tensor) || !same_dtype(v.as.tensor->dl.dtype, like->dl.dtype) || !is_cpu(v.as.tensor))
        return false;
      data[k] = static_cast<const char*>(v.as.tensor->dl.data);
      strides[k + 2] = itemsize;
    } else {
      const Number number = number_of(v);
      if (number.category > dtype_info(index).category) return false;
      store_number(number, like->dl.dtype, cells[k].bytes);
      data[k] = reinterpret_cast<const char*>(cells[k].bytes);
    }
  }
  VtTensor* out;
  if (is_none(result[0])) {
    out = empty_like(like);
  } else if (result[0].as.tensor == like) {
    for (const VtValue& v : {args[0], args[2]})
      if (is_tensor(v)) check_no_partial_overlap(op, like, v.as.tensor);
    retain(like);
    out = like;
  } else {
    return false;
  }
  const TernaryLoop loop = loops<TernaryLoops>().select[std::countr_zero(static_cast<uint64_t>(itemsize))];
  auto* out_data = static_cast<char*>(out->dl.data);
  auto* mask_data = static_cast<const char*>(mask->dl.data);
  const auto run = [&](int64_t begin, int64_t end) {
    loop(out_data + begin * itemsize, mask_data + begin, data[0] + begin * strides[2], data[1] + begin * strides[3],
         end - begin, strides, nullptr);
  };
  if (out->numel <= kGrain) {
    run(0, out->numel);
  } else {
    parallel_for(0, out->numel, kGrain, run);
  }
  result[0] = value_of(out);
  return true;
}

// Any operands, cast to `dtype`.
void planned_select(const char* op, const VtValue* args, VtValue* result, DLDataType dtype) {
  const VtValue operands[4] = {result[0], args[0], args[1], args[2]};
  IterPlan p;
  plan_iteration({sizeof(VtIterConfig), kIterFixedDtype, op, operands, 1, 4, dtype}, p, CoreIterAllocator{});
  if (p.numel > 0 && !is_meta(p.device)) {
    IterPlan::NumberCell cells[2];
    for (const size_t k : {size_t{2}, size_t{3}})
      if (!same_dtype(p.dtypes[k], dtype) && is_single(p, k)) convert_single(p, k, dtype, cells[k - 2]);
    const TernaryLoop loop = loops<TernaryLoops>().select[std::countr_zero(static_cast<uint64_t>(itemsize_of(dtype)))];
    run_converting<4>(p, {dtype, p.dtypes[1], dtype, dtype},
                      [loop](char* const* data, int64_t n, const int64_t* strides) {
                        loop(data[0], data[1], data[2], data[3], n, strides, nullptr);
                      });
  }
  result[0] = value_of(p.take_output(0));
}

void where(const VtValue* args, VtValue* result) {
  check_mask("where", args[0].as.tensor->dl.dtype, true);
  if (!dense_select("where", args, result))
    planned_select("where", args, result, choice_dtype("where", args[1], args[2]));
}

void masked_fill(const VtValue* args, VtValue* result) {
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  check_mask("masked_fill", args[1].as.tensor->dl.dtype, false);
  check_fill_value("masked_fill", args[2], dtype);
  const VtValue operands[3] = {args[1], args[2], args[0]};
  if (is_tensor(args[2]) || !dense_select("masked_fill", operands, result))
    planned_select("masked_fill", operands, result, dtype);
}

constexpr char kWhereDoc[] =
    R"(`self` where `condition` holds and `other` elsewhere, with broadcasting and type promotion.

Parameters
----------
condition : Tensor
    Any shape; bool, or uint8 of which anything but zero holds.
self : Tensor or Scalar
    Broadcastable with `condition`.
other : Tensor or Scalar
    Broadcastable with `condition`; its dtype and that of `self` give the result's.

Returns
-------
Tensor
    Of the broadcast shape. No gradient flows to an element that was not chosen, even where its own would be NaN.

Raises
------
RuntimeError
    If `condition` is of another dtype.)";

constexpr char kMaskedFillDoc[] = R"(`self` with `value` where `mask` holds.

Parameters
----------
self : Tensor
    Any shape and dtype, which is also the result's.
mask : Tensor
    Broadcastable with `self`; bool.
value : Tensor or Scalar
    One number, or a 0-dim tensor; cast to the dtype of `self`.

Returns
-------
Tensor
    Of the broadcast shape.

Raises
------
RuntimeError
    If `mask` is not boolean, `value` has dimensions, or the dtype cannot hold it.)";

}  // namespace

void register_select(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"where(Tensor condition, Tensor|Scalar self, Tensor|Scalar other) -> Tensor",
       VT_OP_OUT | VT_OP_CPU_SCALARS | VT_OP_FUNCTION, kWhereDoc},
      {"masked_fill(Tensor self, Tensor mask, Tensor|Scalar value) -> Tensor",
       VT_OP_INPLACE | VT_OP_CPU_SCALARS | kFunctionAndMethod, kMaskedFillDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"where", boxed<where>}, {"masked_fill", boxed<masked_fill>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
