// SPDX-License-Identifier: Apache-2.0
// index_copy, index_fill and index_reduce: entries of one dimension written at indices, composed of index_put and scatter.
#include <vt/cpp/iter/index_rules.hpp>
#include <vt/cpp/iter/scatter_rules.hpp>
#include <vt/cpp/iter/ternary_rules.hpp>

#include "dispatch/callers.hpp"
#include "ops/calls.hpp"
#include "ops/indexed.hpp"

namespace vt::core {

namespace {

using calls::give;
using calls::Ints;
using calls::reshape;

// The operands of one call: numbers count as vectors of one element.
struct Rows {
  Tensor self;
  Tensor index;
  int64_t dim;
  bool has_dims;

  Rows(const char* op, const VtValue* args)
      : self(at_least_one(args[0])),
        index(at_least_one(args[2])),
        dim(wrap_dim(op, args[1].as.i, self.ndim())),
        has_dims(args[0].as.tensor->dl.ndim > 0) {
    check_index_dtype(op, index.get());
    if (index.ndim() != 1)
      fail(VT_ERROR_INDEX,
           std::string(op) + ": index must have one dimension: got sizes " + format_sizes(index.sizes()));
  }

  static Tensor at_least_one(const VtValue& v) {
    const Tensor t = Tensor::share(v.as.tensor);
    return t.ndim() == 0 ? reshape(t, {1}) : Tensor(t);
  }
  int64_t size() const noexcept { return self->dl.shape[dim]; }
  // The sizes that values for the indices have.
  Ints sizes() const {
    Ints out = calls::ints(self.sizes());
    out[static_cast<size_t>(dim)] = index.numel();
    return out;
  }
  // Indices on the CPU are looked at before anything is written; here they do not count from the end.
  void check_not_negative(const char* op) const {
    if (!is_cpu(index.get())) return;
    Owned dense(empty(index.sizes(), kInt64, index.device()));
    copy_tensor(dense.get(), index.get(), false);
    const auto* values = static_cast<const int64_t*>(dense.get()->dl.data);
    for (int64_t i = 0; i < index.numel(); ++i)
      if (values[i] < 0 || values[i] >= size()) fail_out_of_range(op, index.get(), dim, size(), false);
  }
};

Tensor checked_source(const char* op, const Rows& rows, const VtValue& given) {
  // A number can stand for one entry of a vector, not where reductions meet it.
  if (std::string_view(op) == "index_reduce" && given.as.tensor->dl.ndim == 0 && rows.has_dims)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": source must have the sizes " + format_sizes(rows.sizes()) + ": got ()");
  Tensor source = Rows::at_least_one(given);
  if (!same_dtype(source.dtype(), rows.self.dtype()))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": source must have the dtype of self: got " +
                               std::string(dtype_name(source.dtype())) + ", expected " +
                               std::string(dtype_name(rows.self.dtype())));
  const Ints sizes = rows.sizes();
  const bool counts = source.ndim() == rows.self.ndim() && source->dl.shape[rows.dim] == rows.index.numel();
  if (!same_sizes(source.sizes(), sizes))
    fail(counts ? VT_ERROR_SHAPE : VT_ERROR_INDEX, std::string(op) + ": source must have the sizes " +
                                                       format_sizes(sizes) + ": got " + format_sizes(source.sizes()));
  return source;
}

// A result for `rows.self` handed to the caller in the sizes of the first argument.
void finish(const char* op, const VtValue* args, Tensor value, VtValue* result) {
  VtTensor* given = args[0].as.tensor;
  give(op, given->dl.ndim == 0 ? reshape(value, {}) : std::move(value), result[0], given);
}

// Writes values at the indices: in place where the call has self for its destination.
void put_at(const char* op, const VtValue* args, const Rows& rows, const Tensor& values, VtValue* result) {
  static const Op put("index_put");
  std::vector<VtTensor*> indices(static_cast<size_t>(rows.dim) + 1, nullptr);
  indices.back() = rows.index.get();
  const std::span<VtTensor* const> at(indices);
  if (is_tensor(result[0]) && result[0].as.tensor == args[0].as.tensor) {
    put.into(rows.self, rows.self, at, values, false);
    result[0] = shared_value(args[0].as.tensor);
  } else {
    finish(op, args, put(rows.self, at, values, false), result);
  }
}

// The same for indices on a device, which only its kernels look at: those of scatter do not count from the end, and note one
// that is out of range for whoever waits.
void scatter_at(const char* op, const VtValue* args, const Rows& rows, const Tensor& values, VtValue* result) {
  static const Op scatter("scatter");
  Ints sizes(static_cast<size_t>(rows.self.ndim()), 1);
  sizes[static_cast<size_t>(rows.dim)] = rows.index.numel();
  const Tensor index = calls::expand(reshape(rows.index, sizes), rows.sizes());
  if (is_tensor(result[0]) && result[0].as.tensor == args[0].as.tensor) {
    scatter.into(rows.self, rows.self, rows.dim, index, values);
    result[0] = shared_value(args[0].as.tensor);
  } else {
    finish(op, args, scatter(rows.self, rows.dim, index, values), result);
  }
}

void index_copy(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "index_copy";
  const CalledAs named(kOp);
  const Rows rows(kOp, args);
  const Tensor source = checked_source(kOp, rows, args[3]);
  if (!is_cpu(rows.index.get())) return scatter_at(kOp, args, rows, source, result);
  rows.check_not_negative(kOp);
  put_at(kOp, args, rows, source, result);
}

// Which entries of the dimension an index meets, in the sizes of a mask for self.
Tensor met(const Rows& rows) {
  static const Op zeros("zeros");
  static const Op full("full");
  static const Op put("index_put");
  const int64_t size[] = {rows.size()};
  const Tensor mask = zeros(std::span<const int64_t>(size), kBool, rows.self.device());
  VtTensor* const at[] = {rows.index.get()};
  const Tensor yes = full(std::span<const int64_t>(), true, kBool, rows.self.device());
  put.into(mask, mask, std::span<VtTensor* const>(at), yes, false);
  Ints sizes(static_cast<size_t>(rows.self.ndim()), 1);
  sizes[static_cast<size_t>(rows.dim)] = rows.size();
  return reshape(mask, sizes);
}

void index_fill(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "index_fill";
  const CalledAs named(kOp);
  const Rows rows(kOp, args);
  check_fill_value(kOp, args[3], rows.self.dtype());
  if (is_tensor(args[3]) && calls::is_recorded(args[3].as.tensor)) {
    // An index that stands twice counts once for the gradient of the value.
    static const Op masked_fill("masked_fill");
    static const Op clone("clone");
    const Tensor mask = met(rows);
    const Tensor value = clone(args[3]);  // which may be one of the elements that are written
    if (is_tensor(result[0]) && result[0].as.tensor == args[0].as.tensor) {
      masked_fill.into(rows.self, rows.self, mask, value);
      result[0] = shared_value(args[0].as.tensor);
    } else {
      finish(kOp, args, masked_fill(rows.self, mask, value), result);
    }
    return;
  }
  static const Op full("full");
  static const Op to("to");
  const DLDevice device = rows.self.device();
  const Tensor value = is_tensor(args[3]) ? to(args[3], rows.self.dtype(), device)
                                          : full(std::span<const int64_t>(), args[3], rows.self.dtype(), device);
  put_at(kOp, args, rows, value, result);
}

void index_reduce(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "index_reduce";
  const CalledAs named(kOp);
  static const Op reduce("scatter_reduce");
  const Rows rows(kOp, args);
  if (scatter_reduction_of(kOp, args[4].as.string) == ScatterReduction::kSum)
    fail(VT_ERROR_RUNTIME, "index_reduce: reduce must be 'prod', 'mean', 'amax' or 'amin': got 'sum'; use index_add");
  const Tensor source = checked_source(kOp, rows, args[3]);
  Ints alone(static_cast<size_t>(rows.self.ndim()), 1);
  alone[static_cast<size_t>(rows.dim)] = rows.index.numel();
  const Tensor index = calls::expand(reshape(rows.index, alone), rows.sizes());
  if (is_tensor(result[0]) && result[0].as.tensor == args[0].as.tensor) {
    reduce.into(rows.self, rows.self, rows.dim, index, source, args[4], args[5]);
    result[0] = shared_value(args[0].as.tensor);
  } else {
    finish(kOp, args, reduce(rows.self, rows.dim, index, source, args[4], args[5]), result);
  }
}

constexpr char kIndexCopyDoc[] = R"(A copy of `self` with entries of one dimension replaced by those of `source`.

Parameters
----------
self : Tensor
dim : int
index : Tensor
    One-dimensional, int64 or int32. Where an index stands twice the last entry stays.
source : Tensor
    Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.

Raises
------
IndexError
    If an index is out of range, and nothing is written then; or if the numbers of entries and indices differ. On CUDA an index
    out of range is reported when the device is next waited for.
RuntimeError
    If the sizes or dtypes do not fit.)";
constexpr char kIndexFillDoc[] = R"(A copy of `self` with a number in the entries of one dimension at the given indices.

Parameters
----------
self : Tensor
dim : int
index : Tensor
    One-dimensional, int64 or int32; negative indices count from the end.
value : Tensor or Scalar
    One number, or a 0-dim tensor; cast to the dtype of `self`.

Raises
------
IndexError
    If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
RuntimeError
    If `value` has dimensions, or the dtype cannot hold it.)";
constexpr char kIndexReduceDoc[] =
    R"(A copy of `self` with entries of `source` folded into those of one dimension at the indices.

Parameters
----------
self : Tensor
    Any dtype but float8; complex has no "amax" and "amin", bool no "mean".
dim : int
index : Tensor
    One-dimensional, int64 or int32.
source : Tensor
    Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.
reduce : str
    "prod", "mean", "amax" or "amin". Means of integers are rounded down.
include_self : bool
    Whether the entries of `self` are folded too; otherwise those at an index are replaced.

Raises
------
IndexError
    If an index is out of range, and nothing is written then; or if the numbers of entries and indices differ. On CUDA an index
    out of range is reported when the device is next waited for.
RuntimeError
    If the sizes, dtypes or the word do not fit.)";

}  // namespace

void register_index_rows(VtPlugin* plugin) {
  constexpr uint32_t kWriting = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor", kWriting, kIndexCopyDoc},
      {"index_fill(Tensor self, int dim, Tensor index, Tensor|Scalar value) -> Tensor",
       (kWriting & ~uint32_t{VT_OP_OUT}) | VT_OP_CPU_SCALARS, kIndexFillDoc},
      {"index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor",
       kWriting, kIndexReduceDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"index_copy", boxed<index_copy>}, {"index_fill", boxed<index_fill>}, {"index_reduce", boxed<index_reduce>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
