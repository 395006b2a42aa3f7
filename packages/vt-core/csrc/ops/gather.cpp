// SPDX-License-Identifier: Apache-2.0
// gather, scatter and scatter_add on the CPU: an index for each element.
#include "ops/indexed.hpp"
#include "ops/loops/index.hpp"

namespace vt::core {

namespace {

bool has_64_bits(const VtTensor* index) noexcept { return index->dl.dtype.bits == 64; }

// Indices that are turned into offsets at a time.
constexpr int64_t kOffsets = 512;

// Note [Checked once]
// Where a new tensor is written, indices are checked as they are used: one that is out of range is left out, and the call
// fails at its end. Where a tensor of the caller's is written, all are checked before.

// Runs of elements at an index each: operand 0 has the values, 1 self, 2 the indices. False when an index was out of range.
struct AlongRun {
  AlongRun(const IterPlan& p, AlongLoop along, const VtTensor* self, int32_t dim)
      : loop(along),
        strides(p),
        size(self->dl.shape[dim]),
        stride(self->dl.strides[dim] * itemsize_of(self->dl.dtype)) {}

  bool operator()(char* const* data, int64_t n) const {
    return loop({data[1], strides.value[1], data[2], strides.value[2], data[0], strides.value[0], n, size, stride});
  }

  AlongLoop loop;
  InnerStrides<3> strides;
  int64_t size;
  int64_t stride;
};

void gather(const VtValue* args, VtValue* result) {
  VtTensor* given = args[0].as.tensor;
  const VtTensor* given_index = args[2].as.tensor;
  if (args[3].as.i != 0) fail(VT_ERROR_NOT_IMPLEMENTED, "gather: sparse_grad is not implemented: gradients are dense");
  const int32_t dim = check_gather("gather", given, args[1].as.i, given_index, nullptr);
  const Tensor self = at_least_1d(given);
  const Tensor index = at_least_1d(args[2].as.tensor);
  VtTensor* destination = result[0].tag == VT_TENSOR ? result[0].as.tensor : nullptr;
  if (destination) {
    check_writable("gather", destination);
    if (!same_dtype(destination->dl.dtype, given->dl.dtype))
      fail(VT_ERROR_DTYPE, "gather: out must have the dtype of self: got " +
                               std::string(dtype_name(destination->dl.dtype)) + ", expected " +
                               std::string(dtype_name(given->dl.dtype)));
  }
  const bool runs = !is_meta(given->dl.device) && index.numel() > 0;
  if (destination) {
    if (runs) check_range("gather", index.get(), dim, self->dl.shape[dim]);
    if (!same_sizes(sizes_of(destination), sizes_of(given_index))) resize(impl(destination), sizes_of(given_index));
    retain(destination);
  }
  Owned out(destination ? destination : empty(sizes_of(given_index), given->dl.dtype, given->dl.device));
  if (runs) {
    const bool shares = destination && (share_storage(destination, given) || share_storage(destination, given_index));
    Owned apart(shares ? empty(sizes_of(given_index), given->dl.dtype, given->dl.device) : nullptr);
    const Tensor written = at_least_1d(shares ? apart.get() : out.get());
    IterPlan p;
    plan_gather_loops(self.get(), dim, index.get(), written.get(), nullptr, p);
    const AlongRun run(p, loops<IndexLoops>().take_along[has_64_bits(index.get())][log2_bytes(given->dl.dtype)],
                       self.get(), dim);
    std::atomic<bool> inside = true;
    for_each_run<3>(p, [&](char* const* data, int64_t n) {
      if (!run(data, n)) inside.store(false, std::memory_order_relaxed);
    });
    if (!inside) fail_out_of_range("gather", index.get(), dim, self->dl.shape[dim], false);
    if (shares) copy_tensor(out.get(), apart.get(), false);
  }
  result[0] = value_of(out.take());
}

// scatter and scatter_add. `src` is a tensor or a number.
void scatter_with(const char* op, const VtValue* args, VtValue* result, bool accumulate) {
  static const Op clone("clone");
  VtTensor* given = args[0].as.tensor;
  const VtTensor* src = is_tensor(args[3]) ? args[3].as.tensor : nullptr;
  const int32_t dim = check_gather(op, given, args[1].as.i, args[2].as.tensor, src);
  if (accumulate) check_accumulates(op, given->dl.dtype, "cpu");
  IterPlan::NumberCell cell;
  if (!src) {
    if (!number_fits(number_of(args[3]), given->dl.dtype)) fail_number_fit(op, given->dl.dtype);
    store_number(number_of(args[3]), given->dl.dtype, cell.bytes);
  }
  if (result[0].tag == VT_TENSOR) check_writable(op, result[0].as.tensor);
  const Tensor index = at_least_1d(args[2].as.tensor);
  const bool runs = !is_meta(given->dl.device) && index.numel() > 0;
  const bool in_place = result[0].tag == VT_TENSOR;
  const int64_t size = given->dl.ndim > 0 ? given->dl.shape[dim] : 1;
  if (runs && in_place) check_range(op, index.get(), dim, size);
  Owned out(written_copy(op, given, result[0]));
  if (runs) {
    const Tensor self = at_least_1d(out.get());
    Tensor values = src ? at_least_1d(args[3].as.tensor) : Tensor();
    Tensor indices = index;
    if (in_place && src && share_storage(given, src)) values = clone(values);
    if (in_place && share_storage(given, index.get())) indices = clone(indices);
    const IndexLoops& table = loops<IndexLoops>();
    const bool wide = has_64_bits(indices.get());
    const AlongLoop loop = accumulate ? table.accumulate_along[wide][static_cast<size_t>(dtype_index(given->dl.dtype))]
                                      : table.put_along[wide][log2_bytes(given->dl.dtype)];
    if (!put_elements(loop, self.get(), dim, indices.get(), values.get(), cell.bytes))
      fail_out_of_range(op, index.get(), dim, size, false);
  }
  result[0] = value_of(out.take());
}

void scatter(const VtValue* args, VtValue* result) {
  const auto kernel = [](const VtValue* a, VtValue* r) { scatter_with("scatter", a, r, false); };
  with_out<true>("scatter", args, result, kernel, store_apart);
}
void scatter_add(const VtValue* args, VtValue* result) {
  const auto kernel = [](const VtValue* a, VtValue* r) { scatter_with("scatter_add", a, r, true); };
  with_out<true>("scatter_add", args, result, kernel, store_apart);
}

constexpr char kGatherDoc[] = R"(Elements of `self` at an index each along one dimension.

``out[i][j] = self[index[i][j]][j]`` for `dim` 0 of two dimensions.

Parameters
----------
self : Tensor
dim : int
index : Tensor
    int64 or int32, with as many dimensions as `self` and no larger in any but `dim`.
sparse_grad : bool
    Must be False: gradients are dense.

Returns
-------
Tensor
    Of the sizes of `index`.

Raises
------
IndexError
    If an index is out of range. On CUDA that is reported when the device is next waited for.
RuntimeError
    If the sizes do not fit together.
NotImplementedError
    For `sparse_grad`.)";
constexpr char kScatterDoc[] =
    R"(A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`.

Parameters
----------
self : Tensor
dim : int
index : Tensor
    int64 or int32, no larger than `self` in any dimension but `dim`, and no larger than `src`.
src : Tensor or Scalar
    Of the dtype of `self`.

Raises
------
IndexError
    If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
RuntimeError
    If the sizes or dtypes do not fit together.

Notes
-----
Of several values for one element the last one along `dim` stays, on every device.)";
constexpr char kScatterAddDoc[] =
    R"(A copy of `self` with the elements of `src` added at an index each along one dimension.

Parameters, errors and order are those of `scatter`; `self` may have any dtype but float8.)";

}  // namespace

void check_range(const char* op, const VtTensor* index, int32_t dim, int64_t size) {
  const VtValue operand = value_of(const_cast<VtTensor*>(index));
  IterPlan p;
  plan_iteration({sizeof(VtIterConfig), 0, op, &operand, 0, 1, index->dl.dtype}, p, CoreIterAllocator{});
  const OffsetLoop loop = offset_loop(index);
  const int64_t stride = p.strides[0];
  std::atomic<bool> inside = true;
  for_each_run<1>(p, [&](char* const* data, int64_t n) {
    if (stride == 0) n = 1;
    int64_t offsets[kOffsets];
    for (int64_t i = 0; i < n; i += kOffsets)
      if (!loop(offsets, data[0] + i * stride, stride, std::min(kOffsets, n - i), size, 0, false, false))
        inside.store(false, std::memory_order_relaxed);
  });
  if (!inside) fail_out_of_range(op, index, dim, size, false);
}

bool put_elements(AlongLoop loop, const VtTensor* self, int32_t dim, const VtTensor* index, const VtTensor* values,
                  void* number) {
  IterPlan p;
  plan_gather_loops(self, dim, index, values, number, p);
  const AlongRun run(p, loop, self, dim);
  std::atomic<bool> inside = true;
  for_each_ordered_run(p, [&](char* const* data, int64_t n) {
    if (!run(data, n)) inside.store(false, std::memory_order_relaxed);
  });
  return inside;
}

void register_gather(VtPlugin* plugin) {
  constexpr uint32_t kWriting = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod;
  const OpRow ops[] = {
      {"gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor",
       VT_OP_OUT | kFunctionAndMethod, kGatherDoc},
      {"scatter(Tensor self, int dim, Tensor index, Tensor|Scalar src) -> Tensor", kWriting, kScatterDoc},
      {"scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor", kWriting, kScatterAddDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"gather", boxed<gather>}, {"scatter", boxed<scatter>}, {"scatter_add", boxed<scatter_add>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
