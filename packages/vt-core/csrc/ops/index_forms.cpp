// SPDX-License-Identifier: Apache-2.0
// Forms of reading and writing at indices and masks that are composed of index, index_put, gather and nonzero.
#include <vt/cpp/iter/index_rules.hpp>

#include "dispatch/callers.hpp"
#include "ops/calls.hpp"
#include "ops/indexed.hpp"

namespace vt::core {

namespace {

using calls::give;
using calls::Ints;
using calls::reshape;
using calls::span_of;

Tensor flat(const Tensor& t) { return reshape(t, {t.numel()}); }

void check_source_dtype(const char* op, const Tensor& self, const Tensor& source) {
  if (!same_dtype(self.dtype(), source.dtype()))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": source must have the dtype of self: got " +
                               std::string(dtype_name(source.dtype())) + ", expected " +
                               std::string(dtype_name(self.dtype())));
}

// `values` written to, or added at, positions among all elements of `self`; in place where the call has a destination.
void put_flat(const char* op, const Tensor& self, const Tensor& positions, const Tensor& values, bool accumulate,
              VtValue& result) {
  static const Op put("index_put");
  VtTensor* const at[] = {positions.get()};
  const std::span<VtTensor* const> indices(at);
  if (is_tensor(result) && self->flags & VT_TENSOR_CONTIGUOUS) {
    const Tensor seen = flat(self);
    put.into(seen, seen, indices, values, accumulate);
    result = shared_value(self.get());
    return;
  }
  const Tensor written = put(flat(self), indices, values, accumulate);
  give(op, reshape(written, calls::ints(self.sizes())), result, self.get());
}

void take(const VtValue* args, VtValue* result) {
  static const Op index("index");
  const CalledAs named("take");
  const Tensor self = Tensor::share(args[0].as.tensor);
  check_index_dtype("take", args[1].as.tensor);
  VtTensor* const at[] = {args[1].as.tensor};
  give("take", index(flat(self), std::span<VtTensor* const>(at)), result[0]);
}

void put(const VtValue* args, VtValue* result) {
  const CalledAs named("put");
  const Tensor self = Tensor::share(args[0].as.tensor);
  const Tensor index = Tensor::share(args[1].as.tensor);
  const Tensor source = Tensor::share(args[2].as.tensor);
  check_index_dtype("put", index.get());
  check_source_dtype("put", self, source);
  if (source.numel() != index.numel())
    fail(VT_ERROR_INDEX, "put: source must have as many elements as index: got " + std::to_string(source.numel()) +
                             ", expected " + std::to_string(index.numel()));
  put_flat("put", self, index, reshape(source, calls::ints(index.sizes())), args[3].as.i != 0, result[0]);
}

// Indices that count from the end made to count from the start; others stay as they are, out of range or not.
Tensor wrapped(const Tensor& indices, int64_t size) {
  static const Op where("where");
  static const Op lt("lt");
  static const Op add("add");
  return where(lt(indices, int64_t{0}), add(indices, size), indices);
}

// Along a dimension indices may count from the end, among all elements not.
void take_along_dim(const VtValue* args, VtValue* result) {
  static const Op gather("gather");
  const CalledAs named("take_along_dim");
  const Tensor self = Tensor::share(args[0].as.tensor);
  const Tensor indices = Tensor::share(args[1].as.tensor);
  check_index_dtype("take_along_dim", indices.get());
  if (is_none(args[2])) {
    give("take_along_dim", gather(flat(self), int64_t{0}, flat(indices)), result[0]);
    return;
  }
  if (self.ndim() != indices.ndim())
    fail(VT_ERROR_RUNTIME, "take_along_dim: self and indices must have as many dimensions: got " +
                               format_sizes(self.sizes()) + " and " + format_sizes(indices.sizes()));
  const int32_t dim = wrap_dim("take_along_dim", args[2].as.i, self.ndim());
  const auto d = static_cast<size_t>(dim);
  if (self.ndim() == 0) {
    give("take_along_dim", gather(self, int64_t{0}, wrapped(indices, 1)), result[0]);
    return;
  }
  Ints kept = calls::ints(self.sizes());
  kept[d] = 1;
  Ints others = calls::ints(indices.sizes());
  others[d] = 1;
  Sizes shape;
  shape.assign(kept);
  if (!broadcast_into(shape, others)) fail_broadcast("take_along_dim", self.sizes(), indices.sizes());
  Ints sizes(shape.begin(), shape.end());
  sizes[d] = self->dl.shape[dim];
  const Tensor seen = calls::expand(self, sizes);
  sizes[d] = indices->dl.shape[dim];
  give("take_along_dim", gather(seen, int64_t{dim}, wrapped(calls::expand(indices, sizes), self->dl.shape[dim])),
       result[0]);
}

void masked_scatter(const VtValue* args, VtValue* result) {
  static const Op nonzero("nonzero");
  const Tensor self = Tensor::share(args[0].as.tensor);
  const Tensor mask = Tensor::share(args[1].as.tensor);
  const Tensor source = Tensor::share(args[2].as.tensor);
  check_source_dtype("masked_scatter", self, source);
  if (!same_dtype(mask.dtype(), kBool))
    fail(VT_ERROR_RUNTIME,
         "masked_scatter: the mask must be bool: got " + std::string(dtype_name(mask.dtype())) + "; compare it with 0");
  Sizes shape;
  shape.assign(self.sizes());
  if (!broadcast_into(shape, mask.sizes()) || (is_tensor(result[0]) && !same_sizes(shape, self.sizes())))
    fail_broadcast("masked_scatter", self.sizes(), mask.sizes());
  const Ints sizes(shape.begin(), shape.end());
  const bool grows = !same_sizes(shape, self.sizes());
  const Tensor seen = grows ? calls::expand(self, sizes) : self;
  if (is_meta(self.device())) {
    static const Op clone("clone");
    result[0] = is_tensor(result[0]) ? shared_value(self.get()) : value_of(clone(seen).release());
    return;
  }
  const Tensor positions = flat(nonzero(flat(calls::expand(mask, sizes))));
  const int64_t count = positions.numel();
  if (source.numel() < count)
    fail(VT_ERROR_RUNTIME, "masked_scatter: source has fewer elements than the mask has true ones: got " +
                               std::to_string(source.numel()) + ", expected at least " + std::to_string(count));
  put_flat("masked_scatter", seen, positions, calls::slice(flat(source), 0, 0, count), false, result[0]);
}

// The columns of nonzero; a number counts as a vector of one element.
VtValue positions_by_dimension(VtTensor* self) {
  static const Op nonzero("nonzero");
  static const Op unbind("unbind");
  const Tensor t = at_least_1d(self);
  const Tensor found = nonzero(t);
  const VtValue unbound[] = {value_of(found.get()), value_of(int64_t{1})};
  VtValue columns = none();
  check(tables().dispatch->call_boxed(unbind.get(), unbound, 2, &columns));
  return columns;
}

void where(const VtValue* args, VtValue* result) { result[0] = positions_by_dimension(args[0].as.tensor); }

void nonzero_as_tuple(const VtValue* args, VtValue* result) {
  static const Op nonzero("nonzero");
  result[0] = args[1].as.i != 0 ? positions_by_dimension(args[0].as.tensor) : value_of(nonzero(args[0]).release());
}

void argwhere(const VtValue* args, VtValue* result) {
  static const Op nonzero("nonzero");
  result[0] = value_of(nonzero(args[0]).release());
}

void nonzero_static(const VtValue* args, VtValue* result) {
  static const Op nonzero("nonzero");
  static const Op full("full");
  static const Op cat("cat");
  const int64_t size = args[1].as.i;
  if (size < 0) fail(VT_ERROR_RUNTIME, "nonzero_static: size must not be negative: got " + std::to_string(size));
  Tensor found = nonzero(args[0]);
  const int64_t count = found->dl.shape[0];
  if (count < size) {
    const int64_t sizes[] = {size - count, found->dl.shape[1]};
    const Tensor rest = full(std::span<const int64_t>(sizes), args[2], kInt64, found.device());
    VtTensor* const parts[] = {found.get(), rest.get()};
    found = cat(std::span<VtTensor* const>(parts), int64_t{0});
  } else if (count > size) {
    static const Op clone("clone");
    found = clone(calls::slice(found, 0, 0, size));
  }
  give("nonzero_static", std::move(found), result[0]);
}

constexpr char kTakeDoc[] = R"(The elements of `self`, taken as one dimension, at indices.

Parameters
----------
self : Tensor
index : Tensor
    int64 or int32 of any sizes, which are the result's; negative indices count from the end.

Raises
------
IndexError
    If an index is out of range. On CUDA that is reported when the device is next waited for.)";
constexpr char kPutDoc[] = R"(A copy of `self`, taken as one dimension, with elements replaced at indices.

Parameters
----------
self : Tensor
index : Tensor
    int64 or int32 of any sizes; negative indices count from the end.
source : Tensor
    Of the dtype of `self`, with as many elements as `index`.
accumulate : bool
    Add to the elements instead of replacing them. Otherwise, of several values for one element, the last stays.

Raises
------
IndexError
    If an index is out of range, and nothing is written then; or if the numbers of elements differ.
RuntimeError
    If the dtypes differ.)";
constexpr char kTakeAlongDimDoc[] =
    R"(The elements of `self` at indices along one dimension, with broadcasting in the others.

Parameters
----------
self : Tensor
indices : Tensor
    int64 or int32, with as many dimensions as `self`; negative indices count from the end.
dim : int, optional
    Without it both are taken as one dimension.

Raises
------
IndexError
    If an index is out of range. On CUDA that is reported when the device is next waited for.
RuntimeError
    If the numbers of dimensions differ or the sizes cannot be broadcast.)";
constexpr char kMaskedScatterDoc[] =
    R"(A copy of `self` in which the elements where `mask` is true become those of `source`, in order.

Parameters
----------
self : Tensor
mask : Tensor
    bool; broadcast with `self`.
source : Tensor
    Of the dtype of `self`, with at least as many elements as the mask has true ones.

Raises
------
RuntimeError
    If there are too few elements, or a dtype or the sizes do not fit; nothing is written then.

Notes
-----
Waits for the device, since what is written depends on the mask.)";
constexpr char kWhereDoc[] = R"(The indices of all elements that are not zero: one tensor per dimension.

The columns of `nonzero`; a 0-dim tensor counts as one of size 1.)";
constexpr char kNonzeroTupleDoc[] =
    R"(As `nonzero`; with `as_tuple` one tensor of indices per dimension, which can index `self`.)";
constexpr char kArgwhereDoc[] = "The indices of all elements that are not zero, one row each: as `nonzero`.";
constexpr char kNonzeroStaticDoc[] =
    R"(The indices of the first `size` elements that are not zero, with rows of `fill_value` behind them.

Raises
------
RuntimeError
    If `size` is negative.)";

}  // namespace

void register_index_forms(VtPlugin* plugin) {
  constexpr uint32_t kFlags = kFunctionAndMethod | VT_OP_COMPOSITE;
  constexpr uint32_t kPositions = kFlags | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"take(Tensor self, Tensor index) -> Tensor", kFlags | VT_OP_OUT, kTakeDoc},
      {"put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor", kFlags | VT_OP_INPLACE,
       kPutDoc},
      {"take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor", kFlags | VT_OP_OUT, kTakeAlongDimDoc},
      {"masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor", kFlags | VT_OP_INPLACE, kMaskedScatterDoc},
      {"where.condition(Tensor condition) -> Tensor[]", VT_OP_FUNCTION | VT_OP_COMPOSITE | VT_OP_NOT_DIFFERENTIABLE,
       kWhereDoc},
      {"nonzero.as_tuple(Tensor self, *, bool as_tuple) -> Tensor|Tensor[]", kPositions, kNonzeroTupleDoc},
      {"argwhere(Tensor self) -> Tensor", kPositions, kArgwhereDoc},
      {"nonzero_static(Tensor self, *, int size, int fill_value=-1) -> Tensor", kPositions | VT_OP_OUT,
       kNonzeroStaticDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"take", boxed<take>},
      {"put", boxed<put>},
      {"take_along_dim", boxed<take_along_dim>},
      {"masked_scatter", boxed<masked_scatter>},
      {"where.condition", boxed<where>},
      {"nonzero.as_tuple", boxed<nonzero_as_tuple>},
      {"argwhere", boxed<argwhere>},
      {"nonzero_static", boxed<nonzero_static>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
