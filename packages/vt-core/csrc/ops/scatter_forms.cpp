// SPDX-License-Identifier: Apache-2.0
// scatter_reduce on the CPU, and the forms of scatter by keyword.
#include <vt/cpp/iter/scatter_rules.hpp>

#include "ops/calls.hpp"
#include "ops/indexed.hpp"
#include "ops/loops/scatter.hpp"

namespace vt::core {

namespace {

constexpr const char kOp[] = "scatter_reduce";

AlongLoop loop_of(ScatterReduction reduction, DLDataType dtype) {
  const auto index = static_cast<size_t>(dtype_index(dtype));
  switch (reduction) {
    case ScatterReduction::kProd: return loops<ScatterLoops>().by_kind[kScatterProduct][index];
    case ScatterReduction::kAmax: return loops<ScatterLoops>().by_kind[kScatterLargest][index];
    case ScatterReduction::kAmin: return loops<ScatterLoops>().by_kind[kScatterSmallest][index];
    default: return loops<IndexLoops>().accumulate_along[1][index];
  }
}

Tensor copied(VtTensor* t, DLDataType dtype) {
  Tensor out = Tensor::steal(empty(sizes_of(t), dtype, t->dl.device));
  copy_tensor(out.get(), t, false);
  return out;
}

IterPlan::NumberCell cell_of(int64_t number, DLDataType dtype) {
  IterPlan::NumberCell cell;
  store_number(number_of(value_of(number)), dtype, cell.bytes);
  return cell;
}

// How many values each element is the mean of, at least one; in the dtype of `self`.
Tensor counts_of(const Tensor& self, int32_t dim, const Tensor& index, bool include_self) {
  const Tensor counts = Tensor::steal(empty(self.sizes(), kInt64, self.device()));
  fill_tensor(counts.get(), number_of(value_of(int64_t{include_self})));
  IterPlan::NumberCell one = cell_of(1, kInt64);
  put_elements(loops<IndexLoops>().accumulate_along[1][static_cast<size_t>(dtype_index(kInt64))], counts.get(), dim,
               index.get(), nullptr, one.bytes);
  auto* values = counts.data<int64_t>();
  for (int64_t i = 0; i < counts.numel(); ++i) values[i] = std::max<int64_t>(values[i], 1);
  return copied(counts.get(), self.dtype());
}

// Folds src into `written`. Half types are folded in float32 and rounded once. False when an index was out of range.
bool reduce_into(ScatterReduction reduction, VtTensor* written, int32_t dim, const Tensor& index, VtTensor* src,
                 bool include_self) {
  const DLDataType dtype = is_small_float(written->dl.dtype) ? kFloat32 : written->dl.dtype;
  const bool is_mean = reduction == ScatterReduction::kMean;
  const bool apart = is_mean || !same_dtype(dtype, written->dl.dtype);
  const Tensor target = apart ? copied(written, dtype) : Tensor::share(written);
  const Tensor self = at_least_1d(target.get());
  const bool copies = !same_dtype(dtype, src->dl.dtype) || share_storage(written, src);
  const Tensor source = copies ? copied(src, dtype) : Tensor::share(src);
  const Tensor values = at_least_1d(source.get());
  const bool is_wide = same_dtype(index.dtype(), kInt64);
  const Tensor indices = is_wide && !share_storage(written, index.get()) ? Tensor(index) : copied(index.get(), kInt64);
  if (!include_self) {
    const AlongLoop put = loops<IndexLoops>().put_along[1][log2_bytes(dtype)];
    IterPlan::NumberCell identity = cell_of(reduction == ScatterReduction::kProd, dtype);
    // One of the values is as good a start for an extreme as any other.
    const bool is_extreme = reduction == ScatterReduction::kAmax || reduction == ScatterReduction::kAmin;
    put_elements(put, self.get(), dim, indices.get(), is_extreme ? values.get() : nullptr, identity.bytes);
  }
  if (!put_elements(loop_of(reduction, dtype), self.get(), dim, indices.get(), values.get(), nullptr)) return false;
  if (is_mean) {
    static const Op div("div");
    const bool truncates = dtype_info(dtype).category == Category::kInteger;
    div.into(self, self, counts_of(self, dim, indices, include_self), truncates ? value_of("floor") : none());
  }
  if (apart) copy_tensor(written, target.get(), false);
  return true;
}

void reduce_in_place(const VtValue* args, VtValue* result) {
  VtTensor* given = args[0].as.tensor;
  VtTensor* src = args[3].as.tensor;
  const ScatterReduction reduction = scatter_reduction_of(kOp, args[4].as.string);
  const int32_t dim = check_gather(kOp, given, args[1].as.i, args[2].as.tensor, src);
  check_reduces(kOp, reduction, given->dl.dtype, "cpu");
  if (is_tensor(result[0])) check_writable(kOp, result[0].as.tensor);
  const Tensor index = at_least_1d(args[2].as.tensor);
  const bool runs = !is_meta(given->dl.device) && index.numel() > 0;
  const int64_t size = given->dl.ndim > 0 ? given->dl.shape[dim] : 1;
  if (runs && is_tensor(result[0])) check_range(kOp, index.get(), dim, size);
  Owned out(written_copy(kOp, given, result[0]));
  if (runs && !reduce_into(reduction, out.get(), dim, index, src, args[5].as.i != 0))
    fail_out_of_range(kOp, index.get(), dim, size, false);  // Note [Checked once]
  result[0] = value_of(out.take());
}

void scatter_reduce(const VtValue* args, VtValue* result) {
  with_out<true>(kOp, args, result, reduce_in_place, store_apart);
}

void scatter_value(const VtValue* args, VtValue* result) {
  static const Op scatter("scatter");
  result[0] = value_of(scatter.into(result[0], args[0], args[1], args[2], args[3]).release());
}

// add and multiply, PyTorch's first words for two of the reductions.
void reduce_by_word(const VtValue* args, const VtValue& src, const VtValue& word, VtValue* result) {
  static const Op add("scatter_add");
  static const Op reduce(kOp);
  const std::string_view name = word.as.string;
  if (name == "add") {
    result[0] = value_of(add.into(result[0], args[0], args[1], args[2], src).release());
  } else if (name == "multiply") {
    result[0] = value_of(reduce.into(result[0], args[0], args[1], args[2], src, "prod").release());
  } else {
    fail(VT_ERROR_RUNTIME, "scatter: reduce must be 'add' or 'multiply': got '" + std::string(name) + "'");
  }
}

void scatter_by_word(const VtValue* args, VtValue* result) { reduce_by_word(args, args[3], args[4], result); }

void scatter_value_by_word(const VtValue* args, VtValue* result) {
  static const Op full("full");
  static const Op expand("expand");
  const VtTensor* self = args[0].as.tensor;
  const Tensor number = full(std::span<const int64_t>(), args[3], self->dl.dtype, self->dl.device);
  const Tensor src = expand(number, sizes_of(args[2].as.tensor));
  reduce_by_word(args, value_of(src.get()), args[4], result);
}

constexpr char kScatterReduceDoc[] =
    R"(A copy of `self` with the elements of `src` folded into those at an index each along one dimension.

Parameters
----------
self : Tensor
    Any dtype but float8; complex has no "amax" and "amin", bool no "mean".
dim : int
index : Tensor
    int64 or int32, no larger than `self` in any dimension but `dim`, and no larger than `src`.
src : Tensor
    Of the dtype of `self`.
reduce : str
    "sum", "prod", "mean", "amax" or "amin". Means of integers are rounded down.
include_self : bool
    Whether the elements of `self` are folded too; otherwise those at an index are replaced.

Raises
------
IndexError
    If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
RuntimeError
    If the sizes, dtypes or the word do not fit.

Notes
-----
Values are folded in the order of the indices, half types in float32.)";
constexpr char kScatterValueDoc[] =
    R"(A copy of `self` with one number at an index each along one dimension: `scatter`.)";
constexpr char kScatterWordDoc[] =
    R"(A copy of `self` with values added or multiplied at an index each along one dimension.

Parameters
----------
reduce : str
    "add" or "multiply".

Notes
-----
`scatter_reduce` has more reductions.)";

}  // namespace

void register_scatter_forms(VtPlugin* plugin) {
  constexpr uint32_t kWriting = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod;
  const OpRow ops[] = {
      {"scatter_reduce(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor",
       kWriting, kScatterReduceDoc},
      {"scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor", kWriting | VT_OP_COMPOSITE,
       kScatterValueDoc},
      {"scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor",
       kWriting | VT_OP_COMPOSITE, kScatterWordDoc},
      {"scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor",
       kWriting | VT_OP_COMPOSITE, kScatterWordDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{kOp, boxed<scatter_reduce>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"scatter.value", boxed<scatter_value>},
                                      {"scatter.reduce", boxed<scatter_by_word>},
                                      {"scatter.value_reduce", boxed<scatter_value_by_word>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
