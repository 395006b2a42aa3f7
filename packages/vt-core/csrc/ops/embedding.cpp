// SPDX-License-Identifier: Apache-2.0
// embedding, its gradient and one_hot on the CPU.
#include <algorithm>
#include <cstring>
#include <vector>

#include "dispatch/callers.hpp"
#include "ops/calls.hpp"
#include "ops/embedding.hpp"
#include "ops/indexed.hpp"
#include "ops/loops/binary.hpp"

namespace vt::core {

namespace {

void check_weight(const VtTensor* weight) {
  if (weight->dl.ndim != 2)
    fail(VT_ERROR_RUNTIME, "embedding: weight must have two dimensions: got sizes " + format_sizes(sizes_of(weight)));
}

void embedding(const VtValue* args, VtValue* result) {
  const VtTensor* weight = args[0].as.tensor;
  VtTensor* const indices[] = {args[1].as.tensor};
  check_weight(weight);
  embedding_padding("embedding", args[2], weight->dl.shape[0]);
  if (args[4].as.i != 0) fail(VT_ERROR_NOT_IMPLEMENTED, "embedding: sparse is not implemented: gradients are dense");
  IndexPlan plan;
  plan_index("embedding", weight, indices, false, plan);
  Owned out(empty(plan.shape, weight->dl.dtype, weight->dl.device));
  if (!is_meta(weight->dl.device)) take_rows("embedding", weight, plan, out.get());
  result[0] = value_of(out.take());
}

// Row r of the result is the sum of the rows of `grad` whose index is r, in their order: each thread clears and fills a range
// of rows by itself. `sums` holds rows of the dtype the loop adds in.
void add_rows(const int64_t* offsets, int64_t num_indices, const char* grad, int64_t row_bytes, int64_t columns,
              int64_t padding, char* sums, int64_t num_rows, BinaryLoop add) {
  const int64_t itemsize = row_bytes / columns;
  const int64_t strides[3] = {itemsize, itemsize, itemsize};
  const int64_t grain = (num_rows + num_threads() - 1) / num_threads();
  parallel_for(0, num_rows, num_indices * columns <= kGrain ? num_rows : grain, [&](int64_t begin, int64_t end) {
    std::memset(sums + begin * row_bytes, 0, static_cast<size_t>((end - begin) * row_bytes));
    for (int64_t i = 0; i < num_indices; ++i) {
      const int64_t row = offsets[i];
      if (row < begin || row >= end || row == padding) continue;
      char* to = sums + row * row_bytes;
      add(to, to, grad + i * row_bytes, columns, strides, nullptr);
    }
  });
}

void embedding_backward(const VtValue* args, VtValue* result) {
  static const Op contiguous("contiguous");
  VtTensor* given = args[0].as.tensor;
  VtTensor* indices = args[1].as.tensor;
  const int64_t num_rows = args[2].as.i;
  const DLDataType dtype = given->dl.dtype;
  check_index_dtype("embedding_backward", indices);
  if (dtype_info(dtype).category != Category::kFloating || dtype.bits == 8)
    fail(VT_ERROR_NOT_IMPLEMENTED, "embedding_backward: not implemented for " + std::string(dtype_name(dtype)) +
                                       " on cpu; convert to float32 first");
  if (num_rows < 0)
    fail(VT_ERROR_VALUE, "embedding_backward: num_weights must not be negative: got " + std::to_string(num_rows));
  const int64_t padding = embedding_padding("embedding", args[3], num_rows);
  const auto index_ndim = static_cast<size_t>(indices->dl.ndim);
  const bool fits = static_cast<size_t>(given->dl.ndim) == index_ndim + 1 &&
                    same_sizes(sizes_of(given).first(index_ndim), sizes_of(indices));
  if (!fits)
    fail(VT_ERROR_SHAPE, "embedding_backward: the gradient must have the sizes of the indices and one more: got " +
                             format_sizes(sizes_of(given)) + " and " + format_sizes(sizes_of(indices)));
  const int64_t columns = given->dl.shape[index_ndim];
  const int64_t sizes[2] = {num_rows, columns};
  Owned out(empty(sizes, dtype, given->dl.device));
  if (!is_meta(given->dl.device) && out.get()->numel > 0) {
    IndexPlan plan;
    plan.indexed.push_back({indices, 0, num_rows, 1, false});
    plan.index_shape.assign(sizes_of(indices));
    const Offsets rows("embedding_backward", plan);
    // Half types are added in float32 and rounded once.
    const bool widens = is_small_float(dtype);
    Owned wide(widens ? empty(sizes_of(given), kFloat32, given->dl.device) : nullptr);
    if (widens) copy_tensor(wide.get(), given, false);
    Owned wide_out(widens ? empty(sizes, kFloat32, given->dl.device) : nullptr);
    const Tensor grad = widens ? Tensor::share(wide.get()) : contiguous(value_of(given));
    VtTensor* sums = widens ? wide_out.get() : out.get();
    const BinaryLoop add = loops<BinaryLoops>().by_kind[kAdd][static_cast<size_t>(dtype_index(grad.dtype()))];
    add_rows(rows.data(), indices->numel, grad.data<const char>(), columns * itemsize_of(grad.dtype()), columns,
             padding, static_cast<char*>(sums->dl.data), num_rows, add);
    if (widens) copy_tensor(out.get(), sums, false);
  }
  result[0] = value_of(out.take());
}

// Rows that stand twice are scaled to the same values twice.
void embedding_renorm(const VtValue* args, VtValue* result) {
  static const Op norm("linalg_vector_norm");
  static const Op where("where");
  static const Op gt("gt");
  static const Op add("add");
  static const Op rdiv("rdiv");
  static const Op put("index_put");
  const CalledAs named("embedding_renorm_");
  const Tensor self = Tensor::share(required_destination("embedding_renorm_", result[0]));
  const Tensor indices = Tensor::share(args[1].as.tensor);
  check_writable("embedding_renorm_", self.get());
  check_weight(self.get());
  check_index_dtype("embedding_renorm_", indices.get());
  if (calls::is_recorded(self.get()))
    fail(VT_ERROR_RUNTIME, "embedding_renorm_: there is no derivative; call it under no_grad");
  const Tensor flat = calls::reshape(indices, {indices.numel()});
  VtTensor* const at[] = {flat.get()};
  static const Op embedding("embedding");
  const Tensor rows = embedding(self, flat);
  const int64_t columns[] = {1};
  const Tensor norms = norm(rows, args[3], std::span<const int64_t>(columns), true);
  const Tensor scale = rdiv(add(norms, 1e-7), args[2]);
  const Tensor scaled = where(gt(norms, args[2]), calls::mul(rows, scale), rows);
  put.into(self, self, std::span<VtTensor* const>(at), scaled, false);
  result[0] = shared_value(self.get());
}

// One class more than the largest, when the number is not given.
int64_t num_classes_of(const VtTensor* self, const VtTensor* dense, int64_t given) {
  if (given != -1) {
    if (given <= 0) fail(VT_ERROR_RUNTIME, "one_hot: num_classes must be positive: got " + std::to_string(given));
    return given;
  }
  if (self->numel == 0)
    fail(VT_ERROR_RUNTIME, "one_hot: the number of classes of a tensor without elements must be given");
  const auto* values = static_cast<const int64_t*>(dense->dl.data);
  return *std::max_element(values, values + self->numel) + 1;
}

void one_hot(const VtValue* args, VtValue* result) {
  static const Op to("to.dtype");
  static const Op contiguous("contiguous");
  VtTensor* self = args[0].as.tensor;
  if (!same_dtype(self->dl.dtype, kInt64) && !same_dtype(self->dl.dtype, kInt32))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         "one_hot: not implemented for " + std::string(dtype_name(self->dl.dtype)) + " on cpu; convert to int64 first");
  const Tensor dense = contiguous(to(value_of(self), kInt64));
  const int64_t num_classes = num_classes_of(self, dense.get(), args[1].as.i);
  const auto* values = dense.data<const int64_t>();
  const int64_t* bad = std::find_if(values, values + self->numel, [&](int64_t v) { return v < 0 || v >= num_classes; });
  if (bad != values + self->numel)
    fail(VT_ERROR_RUNTIME,
         "one_hot: class values must be in [0, " + std::to_string(num_classes) + "): got " + std::to_string(*bad));
  Sizes sizes;
  const auto ndim = static_cast<size_t>(self->dl.ndim);
  sizes.resize(ndim + 1);
  std::copy_n(self->dl.shape, ndim, sizes.begin());
  sizes[ndim] = num_classes;
  Owned out(empty(sizes, kInt64, self->dl.device));
  auto* data = static_cast<int64_t*>(out.get()->dl.data);
  std::fill_n(data, out.get()->numel, 0);
  for (int64_t i = 0; i < self->numel; ++i) data[i * num_classes + values[i]] = 1;
  result[0] = value_of(out.take());
}

constexpr char kEmbeddingDoc[] = R"(Rows of a table at indices.

Parameters
----------
weight : Tensor
    The table, of sizes (rows, columns).
indices : Tensor
    int64 or int32, of any sizes.
padding_idx : int, optional
    A row whose gradient is zero; it may count from the end.
scale_grad_by_freq : bool
    Divide the gradient of a row by the number of times it is taken.
sparse : bool
    Must be False: gradients are dense.

Returns
-------
Tensor
    Of the sizes of `indices` and one more dimension for the columns.

Raises
------
IndexError
    If an index is out of range. On CUDA that is reported when the device is next waited for.
NotImplementedError
    For `sparse`.)";
constexpr char kRenormDoc[] = R"(Scales down those of the rows at indices whose norm is larger than `max_norm`.

Parameters
----------
self : Tensor
    The table, of sizes (rows, columns).
indices : Tensor
    int64 or int32, of any sizes.
max_norm, norm_type : float
    The largest norm, and which norm.

Raises
------
IndexError
    If an index is out of range; nothing is written.
RuntimeError
    If `self` requires grad and gradients are recorded: there is no derivative.)";
constexpr char kEmbeddingBackwardDoc[] =
    R"(The gradient of embedding by its table: row r is the sum of the rows of `grad` whose index is r.

The rows are added in the order of the indices, half types in float32, so that the result is the same on each run.)";
constexpr char kOneHotDoc[] = R"(A new last dimension that is 1 at the index of each element and 0 elsewhere.

Parameters
----------
self : Tensor
    int64 or int32.
num_classes : int
    The size of the new dimension; by default one more than the largest element.

Returns
-------
Tensor
    int64.

Raises
------
RuntimeError
    If an element is negative or not below `num_classes`.

Notes
-----
On CUDA `num_classes` has to be given, and an element out of range is reported when the device is next waited for.)";

}  // namespace

void register_embedding(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"embedding(Tensor weight, Tensor indices, int? padding_idx=None, bool scale_grad_by_freq=False, "
       "bool sparse=False) -> Tensor",
       VT_OP_FUNCTION, kEmbeddingDoc},
      {"embedding_renorm_(Tensor self, Tensor indices, float max_norm, float norm_type) -> Tensor",
       VT_OP_INPLACE_ONLY | VT_OP_FUNCTION | VT_OP_COMPOSITE | VT_OP_NOT_DIFFERENTIABLE, kRenormDoc},
      {"embedding_backward(Tensor grad, Tensor indices, int num_weights, int? padding_idx=None) -> Tensor",
       VT_OP_FUNCTION, kEmbeddingBackwardDoc},
      {"one_hot(Tensor self, int num_classes=-1) -> Tensor", VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE, kOneHotDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"embedding", boxed<embedding>}, {"embedding_backward", boxed<embedding_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow on_cpu[] = {{"one_hot", boxed<one_hot>}};
  register_kernels(plugin, kDLCPU, on_cpu);
  const vt::KernelRow everywhere[] = {{"embedding_renorm_", boxed<embedding_renorm>}};
  register_kernels(plugin, kEveryDevice, everywhere);
  register_embedding_bag(plugin);
}

}  // namespace vt::core
