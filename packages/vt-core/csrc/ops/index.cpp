// SPDX-License-Identifier: Apache-2.0
// index, index_put, index_select and index_add on the CPU.
#include "ops/indexed.hpp"

namespace vt::core {

namespace {

// The integer indices of a call, and the plan of what they read or write.
struct Request {
  Request(const char* op, const VtTensor* self, std::span<VtTensor* const> given)
      : owners(expand_masks(op, self, given)) {
    for (const Tensor& t : owners) indices.push_back(t.get());
    plan_index(op, self, indices, true, plan);
  }
  std::vector<Tensor> owners;
  std::vector<VtTensor*> indices;
  IndexPlan plan;
};

void index(const VtValue* args, VtValue* result) {
  const VtTensor* self = args[0].as.tensor;
  const Request request("index", self, tensors_of(args[1]));
  Owned out(empty(request.plan.shape, self->dl.dtype, self->dl.device));
  if (!is_meta(self->dl.device)) take_rows("index", self, request.plan, out.get());
  result[0] = value_of(out.take());
}

void index_put(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  VtTensor* given = args[2].as.tensor;
  const bool accumulate = args[3].as.i != 0;
  if (!same_dtype(given->dl.dtype, self->dl.dtype))
    fail(VT_ERROR_RUNTIME, "index_put: values must have the dtype of self: got " +
                               std::string(dtype_name(given->dl.dtype)) + ", expected " +
                               std::string(dtype_name(self->dl.dtype)));
  if (accumulate) check_accumulates("index_put", self->dl.dtype, "cpu");
  if (is_filled_by_mask(args)) return fill_by_mask(args, result);
  const Request request("index_put", self, tensors_of(args[1]));
  Sizes shape;
  shape.assign(std::span<const int64_t>(request.plan.shape.data(), request.plan.shape.size()));
  if (!broadcast_into(shape, sizes_of(given)) || !same_sizes(shape, request.plan.shape))
    fail(VT_ERROR_SHAPE, "index_put: cannot broadcast values of sizes " + format_sizes(sizes_of(given)) + " to " +
                             format_sizes(request.plan.shape));
  if (result[0].tag == VT_TENSOR) check_writable("index_put", result[0].as.tensor);
  if (is_meta(self->dl.device)) {
    result[0] = value_of(written_copy("index_put", self, result[0]));
    return;
  }
  static const Op clone("clone");
  const bool in_place = result[0].tag == VT_TENSOR;
  const Tensor values = in_place && share_storage(self, given) ? clone(value_of(given)) : Tensor::share(given);
  Owned out(written_copy("index_put", self, result[0]));
  // A copy may lie in another order than self: its own plan.
  IndexPlan plan;
  plan_index("index_put", out.get(), request.indices, true, plan);
  put_rows("index_put", out.get(), plan, values.get(), accumulate);
  result[0] = value_of(out.take());
}

// One tensor of indices for one dimension.
void plan_one(const char* op, const VtTensor* self, int64_t dim, VtTensor* index, IndexPlan& plan) {
  if (index->dl.ndim > 1)
    fail(VT_ERROR_INDEX,
         std::string(op) + ": index must have one dimension: got sizes " + format_sizes(sizes_of(index)));
  std::vector<VtTensor*> indices(static_cast<size_t>(wrap_dim(op, dim, self->dl.ndim)) + 1, nullptr);
  indices.back() = index;
  plan_index(op, self, indices, false, plan);
}

void index_select(const VtValue* args, VtValue* result) {
  VtTensor* given = args[0].as.tensor;
  const Tensor self = at_least_1d(given);
  const Tensor index = at_least_1d(args[2].as.tensor);
  IndexPlan plan;
  plan_one("index_select", self.get(), args[1].as.i, index.get(), plan);
  const std::span<const int64_t> sizes = given->dl.ndim == 0 && index.numel() == 1
                                             ? std::span<const int64_t>()
                                             : std::span<const int64_t>(plan.shape.data(), plan.shape.size());
  VtTensor* destination = result[0].tag == VT_TENSOR ? result[0].as.tensor : nullptr;
  if (destination) {
    check_writable("index_select", destination);
    if (!same_dtype(destination->dl.dtype, given->dl.dtype))
      fail(VT_ERROR_DTYPE, "index_select: out must have the dtype of self: got " +
                               std::string(dtype_name(destination->dl.dtype)) + ", expected " +
                               std::string(dtype_name(given->dl.dtype)));
    if (!is_meta(given->dl.device)) const Offsets checked("index_select", plan);
    if (!same_sizes(sizes_of(destination), sizes)) resize(impl(destination), sizes);
    retain(destination);
  }
  Owned out(destination ? destination : empty(sizes, given->dl.dtype, given->dl.device));
  if (!is_meta(given->dl.device)) {
    if (destination && (share_storage(destination, given) || share_storage(destination, index.get()))) {
      Owned apart(empty(sizes, given->dl.dtype, given->dl.device));
      take_rows("index_select", self.get(), plan, apart.get());
      copy_tensor(destination, apart.get(), false);
    } else {
      take_rows("index_select", self.get(), plan, at_least_1d(out.get()).get());
    }
  }
  result[0] = value_of(out.take());
}

void index_add_in_place(const VtValue* args, VtValue* result) {
  static const Op mul("mul");
  static const Op clone("clone");
  VtTensor* self = args[0].as.tensor;
  VtTensor* given = args[3].as.tensor;
  check_accumulates("index_add", self->dl.dtype, "cpu");
  if (!same_dtype(given->dl.dtype, self->dl.dtype))
    fail(VT_ERROR_RUNTIME, "index_add: source must have the dtype of self: got " +
                               std::string(dtype_name(given->dl.dtype)) + ", expected " +
                               std::string(dtype_name(self->dl.dtype)));
  const Tensor index = at_least_1d(args[2].as.tensor);
  Tensor source = at_least_1d(given);
  {
    IndexPlan plan;
    plan_one("index_add", at_least_1d(self).get(), args[1].as.i, index.get(), plan);
    if (!same_sizes(plan.shape, source.sizes()) || (given->dl.ndim == 0) != (self->dl.ndim == 0))
      fail(VT_ERROR_SHAPE, "index_add: source must have the sizes " + format_sizes(plan.shape) + ": got " +
                               format_sizes(sizes_of(given)));
  }
  if (result[0].tag == VT_TENSOR) check_writable("index_add", result[0].as.tensor);
  const bool is_one = args[4].tag == VT_INT && args[4].as.i == 1;
  if (!is_one) source = mul(source, args[4]);
  if (!same_dtype(source.dtype(), self->dl.dtype))
    fail(VT_ERROR_RUNTIME, "index_add: alpha must not change the dtype " + std::string(dtype_name(self->dl.dtype)));
  if (is_one && result[0].tag == VT_TENSOR && !is_meta(self->dl.device) && share_storage(self, given))
    source = clone(source);
  Owned out(written_copy("index_add", self, result[0]));
  if (!is_meta(self->dl.device)) {
    const Tensor written = at_least_1d(out.get());
    IndexPlan plan;
    plan_one("index_add", written.get(), args[1].as.i, index.get(), plan);
    put_rows("index_add", written.get(), plan, source.get(), true);
  }
  result[0] = value_of(out.take());
}

void index_add(const VtValue* args, VtValue* result) {
  with_out<true>("index_add", args, result, index_add_in_place, store_apart);
}

constexpr char kIndexDoc[] = R"(The elements at tensors of indices, as ``x[i, j]`` reads them.

Parameters
----------
self : Tensor
indices : sequence of Tensor or None
    One entry per dimension, None for all of it; integers (int64 or int32), which broadcast with each other and may count
    from the end, or masks (bool), which cover as many dimensions as they have.

Returns
-------
Tensor
    A copy. The dimensions of the indices stand where the indexed ones stood, or first when those are not neighbours.

Raises
------
IndexError
    If an index is out of range. On CUDA that is reported when the device is next waited for.

Notes
-----
A mask on a CUDA device is turned into indices first, which waits for the device.)";
constexpr char kIndexPutDoc[] = R"(Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does.

Parameters
----------
self : Tensor
indices : sequence of Tensor or None
    As in `index`.
values : Tensor
    Of the dtype of `self`; broadcast to the sizes that `index` would give.
accumulate : bool
    Add the values to the elements. An element that is met several times receives the values in the order of the indices;
    without `accumulate` the last one stays.

Raises
------
IndexError
    If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for, and the
    other elements are written.)";
constexpr char kIndexSelectDoc[] = R"(The entries of one dimension at the given indices.

Parameters
----------
self : Tensor
dim : int
index : Tensor
    One-dimensional, int64 or int32; indices do not count from the end.

Raises
------
IndexError
    If an index is out of range. On CUDA that is reported when the device is next waited for.)";
constexpr char kIndexAddDoc[] = R"(Adds `alpha * source` to the entries of one dimension at the given indices.

Parameters
----------
self : Tensor
    Any dtype but float8.
dim : int
index : Tensor
    One-dimensional, int64 or int32.
source : Tensor
    Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.
alpha : Scalar

Notes
-----
Additions to one entry happen in the order of the indices, so that results do not depend on threads.)";

}  // namespace

void register_index(VtPlugin* plugin) {
  constexpr uint32_t kWriting = VT_OP_INPLACE | kFunctionAndMethod;
  const OpRow ops[] = {
      {"index(Tensor self, Tensor?[] indices) -> Tensor", VT_OP_FUNCTION, kIndexDoc},
      {"index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor", kWriting,
       kIndexPutDoc},
      {"index_select(Tensor self, int dim, Tensor index) -> Tensor", VT_OP_OUT | kFunctionAndMethod, kIndexSelectDoc},
      {"index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor",
       kWriting | VT_OP_OUT, kIndexAddDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"index", boxed<index>},
                                   {"index_put", boxed<index_put>},
                                   {"index_select", boxed<index_select>},
                                   {"index_add", boxed<index_add>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  register_gather(plugin);
  register_scatter_forms(plugin);
  register_masks(plugin);
  register_index_forms(plugin);
  register_index_rows(plugin);
}

}  // namespace vt::core
