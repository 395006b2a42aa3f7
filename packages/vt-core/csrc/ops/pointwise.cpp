// SPDX-License-Identifier: Apache-2.0
// Dense operands go to the loop as they are; others pass through buffers in which they are.
#include "ops/loops/convert.hpp"
#include "ops/pointwise.hpp"

#include <vt/abi/stream.h>
#include <vt/cpp/op.hpp>

#include "ops/binary_runs.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

constexpr int32_t kMaxInputs = 2;
// Elements per step of a loop whose operands are not dense or of another dtype: three buffers fit the first-level cache.
constexpr int64_t kStep = 512;

// One call's loop with the conversions around it.
struct PointwiseRun {
  PointwiseRun(const PointwiseOp& op, int32_t num_inputs, const DLDataType* dtypes, const int64_t* byte_strides,
               DLDataType common, const pointwise::Parameters* parameters)
      : num_inputs(num_inputs), parameters(parameters) {
    const bool as_it_is = op.loops[static_cast<size_t>(dtype_index(common))] != nullptr;
    const DLDataType computed = as_it_is ? common : op.rule.computed_in(common);
    const auto dtype = static_cast<size_t>(dtype_index(computed));
    const auto produced = static_cast<size_t>(dtype_index(op.rule.result_dtype(computed)));
    loop = op.loops[dtype];
    itemsize = itemsize_of(computed);
    produced_itemsize = dtype_info(static_cast<DtypeIndex>(produced)).itemsize;
    for (int32_t k = 0; k <= num_inputs; ++k) {
      const auto index = static_cast<size_t>(dtype_index(dtypes[k]));
      strides[k] = byte_strides[k];
      const bool is_direct =
          k == 0 ? index == produced && strides[k] == produced_itemsize : index == dtype && strides[k] == itemsize;
      if (!is_direct)
        converts[k] =
            k == 0 ? loops<ConvertLoops>().from_to[index][produced] : loops<ConvertLoops>().from_to[dtype][index];
    }
    repeats = loops<ConvertLoops>().from_to[dtype][dtype];
  }

  void operator()(char* const* data, int64_t n) const {
    if (!converts[0] && !converts[1] && !converts[2])
      return loop(data[0], data[1], num_inputs > 1 ? data[2] : nullptr, n, parameters);
    alignas(64) char buffers[1 + kMaxInputs][kStep * 16];
    for (int64_t i = 0; i < n; i += kStep) {
      const int64_t step = std::min(kStep, n - i);
      char* at[1 + kMaxInputs] = {};
      for (int32_t k = 0; k <= num_inputs; ++k) at[k] = data[k] + i * strides[k];
      char* out = at[0];
      if (converts[0]) at[0] = buffers[0];
      for (int32_t k = 1; k <= num_inputs; ++k) {
        if (!converts[k]) continue;
        if (strides[k] != 0) {
          converts[k](buffers[k], itemsize, at[k], strides[k], step);
        } else if (i == 0) {  // one element for the whole run
          alignas(16) char element[16];
          converts[k](element, itemsize, at[k], 0, 1);
          repeats(buffers[k], itemsize, element, 0, step);
        }
        at[k] = buffers[k];
      }
      loop(at[0], at[1], at[2], step, parameters);
      if (converts[0]) converts[0](out, strides[0], buffers[0], produced_itemsize, step);
    }
  }

  int32_t num_inputs;
  const pointwise::Parameters* parameters;
  PointwiseLoop loop;
  int64_t itemsize;
  int64_t produced_itemsize;
  int64_t strides[1 + kMaxInputs] = {};
  ConvertLoop converts[1 + kMaxInputs] = {};
  ConvertLoop repeats;
};

// Row-major inputs of one shape and dtype on the host, and no destination or the first of them.
[[gnu::always_inline]] inline bool are_dense(VtTensor* a, VtTensor* b, const VtValue& destination) noexcept {
  if (!(a->flags & b->flags & VT_TENSOR_CONTIGUOUS) || !is_cpu(a)) return false;
  if (destination.tag == VT_TENSOR && destination.as.tensor != a) return false;
  return a == b || (is_cpu(b) && same_dtype(a->dl.dtype, b->dl.dtype) && same_sizes(sizes_of(a), sizes_of(b)));
}

// Makes the result of dense inputs.
[[gnu::always_inline]] inline VtTensor* dense_result(const char* op, VtTensor* a, VtTensor* b, VtValue* result) {
  if (result[0].tag == VT_TENSOR) {
    if (a->flags & VT_TENSOR_READ_ONLY) check_writable(op, a);
    check_dense_overlap(op, a, b);
    retain(a);
  } else {
    result[0] = value_of(empty_like(a));
  }
  return result[0].as.tensor;
}

// Dense inputs that are computed in what they are, the commonest call: their loop takes them, and no dtype is looked up.
[[gnu::always_inline]] inline bool run_direct(const PointwiseOp& op, const VtValue* inputs, int32_t num_inputs,
                                              VtValue* result, const pointwise::Parameters* parameters) {
  VtTensor* a = inputs[0].as.tensor;
  VtTensor* b = inputs[num_inputs - 1].as.tensor;
  const auto index = static_cast<size_t>(dtype_index(a->dl.dtype));
  if (!(op.direct_dtypes >> index & 1) || a->numel > kGrain || !are_dense(a, b, result[0])) return false;
  VtTensor* out = dense_result(op.rule.name, a, b, result);
  op.loops[index](static_cast<char*>(out->dl.data), static_cast<const char*>(a->dl.data),
                  num_inputs > 1 ? static_cast<const char*>(b->dl.data) : nullptr, a->numel, parameters);
  return true;
}

// Dense inputs and a result of their dtype: no plan is needed.
bool run_dense(const PointwiseOp& op, const VtValue* inputs, int32_t num_inputs, VtValue* result,
               const pointwise::Parameters* parameters) {
  VtTensor* a = inputs[0].as.tensor;
  VtTensor* b = inputs[num_inputs - 1].as.tensor;
  const DLDataType dtype = a->dl.dtype;
  if (op.rule.promotes(dtype) || !same_dtype(op.rule.result_dtype(dtype), dtype) || !are_dense(a, b, result[0]))
    return false;
  VtTensor* out = dense_result(op.rule.name, a, b, result);
  const int64_t itemsize = itemsize_of(dtype);
  const DLDataType dtypes[] = {dtype, dtype, dtype};
  const int64_t strides[] = {itemsize, itemsize, itemsize};
  const PointwiseRun run(op, num_inputs, dtypes, strides, dtype, parameters);
  auto part = [&](int64_t begin, int64_t end) {
    char* data[] = {static_cast<char*>(out->dl.data) + begin * itemsize,
                    static_cast<char*>(a->dl.data) + begin * itemsize,
                    static_cast<char*>(b->dl.data) + begin * itemsize};
    run(data, end - begin);
  };
  if (a->numel <= kGrain) {
    part(0, a->numel);
  } else {
    parallel_for(0, a->numel, kGrain, part);
  }
  return true;
}

}  // namespace

void run_pointwise(const PointwiseOp& op, const VtValue* inputs, int32_t num_inputs, VtValue* result,
                   const pointwise::Parameters* parameters) {
  if (run_direct(op, inputs, num_inputs, result, parameters)) [[likely]]
    return;
  for (int32_t k = 0; k < num_inputs; ++k) op.rule.check_takes(inputs[k].as.tensor->dl.dtype, "cpu");
  op.rule.check_in_place(result[0], inputs[0]);
  if (run_dense(op, inputs, num_inputs, result, parameters)) return;

  if (const DLDataType dtype = inputs[0].as.tensor->dl.dtype; num_inputs == 1 && op.rule.rounds_first(dtype)) {
    static const Op to("to.dtype");
    const Tensor rounded = to(inputs[0], floating_dtype(dtype));
    const VtValue input = value_of(rounded.get());
    return run_pointwise(op, &input, 1, result, parameters);
  }
  VtValue operands[1 + kMaxInputs] = {result[0]};
  for (int32_t k = 0; k < num_inputs; ++k) operands[1 + k] = inputs[k];
  const uint32_t to_float = op.rule.computes == pointwise::Computes::kInFloat ? VT_ITER_INT_TO_FLOAT : 0;
  IterPlan p;
  plan_iteration({sizeof(VtIterConfig), VT_ITER_PROMOTE | to_float, op.rule.name, operands, 1, 1 + num_inputs,
                  planned_dtype(op.rule, inputs[0].as.tensor->dl.dtype, kCommonDtype)},
                 p, CoreIterAllocator{});
  if (p.numel > 0 && !is_meta(p.device)) {
    lengthen_runs(p);
    int64_t strides[1 + kMaxInputs];
    for (int32_t k = 0; k <= num_inputs; ++k) strides[k] = p.strides_of_operand(k)[0];
    const PointwiseRun run(op, num_inputs, p.dtypes.data(), strides, p.common_dtype, parameters);
    if (num_inputs == 1) {
      for_each_run<2>(p, run);
    } else {
      for_each_run<3>(p, run);
    }
  }
  result[0] = value_of(p.take_output(0));
}

}  // namespace vt::core
