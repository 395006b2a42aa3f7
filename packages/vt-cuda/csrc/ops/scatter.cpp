// SPDX-License-Identifier: Apache-2.0
// scatter, scatter_add and scatter_reduce on CUDA devices: each element of an index names where a value goes along one
// dimension.
#include <vt/cpp/iter/scatter_rules.hpp>
#include <vt/cpp/op.hpp>

#include "indexed.hpp"
#include "launch.hpp"
#include "ops.hpp"

// Note [Scattered values]
// A value's row is what a plan of indices names: the index along its dimension, and where it stands along the others. Then
// rows are sorted and written once each (Note [Sorted rows]). An index that repeats along all other dimensions, as one
// that was expanded does, names whole rows, and only one of each is sorted. Where columns are many or short, a thread goes
// along each instead.
namespace vt::cuda {
namespace {

constexpr int64_t kShortColumn = 32;
constexpr int64_t kManyColumns = 32768;

Tensor narrowed(const Tensor& t, std::span<const int64_t> sizes, int32_t but_dim = -1) {
  static const Op slice("slice");
  Tensor out = t;
  for (int32_t d = 0; d < t.ndim(); ++d) {
    const int64_t size = sizes[static_cast<size_t>(d)];
    if (d != but_dim && t->dl.shape[d] != size) out = slice(out, int64_t{d}, int64_t{0}, size, int64_t{1});
  }
  return out;
}

// Whether the index is the same all along each dimension but `dim`.
bool repeats(const Tensor& index, int32_t dim) {
  for (int32_t d = 0; d < index.ndim(); ++d)
    if (d != dim && index->dl.shape[d] > 1 && index->dl.strides[d] != 0) return false;
  return true;
}

// Where the values of a scatter go: `self` is the part of it that they can reach.
struct Scattering {
  Tensor self;
  std::vector<Tensor> owners;
  IndexPlan plan;

  Scattering(const char* op, const Tensor& whole, int32_t dim, const Tensor& index)
      : self(narrowed(whole, index.sizes(), dim)) {
    if (repeats(index, dim)) {
      plan_rows(op, dim, index);
    } else {
      plan_elements(dim, index);
    }
  }

 private:
  void plan_rows(const char* op, int32_t dim, const Tensor& index) {
    static const Op slice("slice");
    static const Op reshape("reshape");
    Tensor line = index;
    for (int32_t d = 0; d < index.ndim(); ++d)
      if (d != dim) line = slice(line, int64_t{d}, int64_t{0}, int64_t{1}, int64_t{1});
    const int64_t flat[] = {index->dl.shape[dim]};
    owners.push_back(reshape(line, std::span<const int64_t>(flat)));
    plan_one(op, self.get(), dim, owners.back().get(), plan);
  }
  void plan_elements(int32_t dim, const Tensor& index) {
    owners.push_back(index);
    plan.index_shape.assign(index.sizes());
    plan.shape.assign(index.sizes());
    const int64_t itemsize = itemsize_of(self.dtype());
    for (int32_t d = 0; d < index.ndim(); ++d)
      plan.indexed.push_back(
          {d == dim ? index.get() : nullptr, d, self->dl.shape[d], self->dl.strides[d] * itemsize, false});
  }
};

// The operands of a call: vectors of one element for numbers, and apart from what is written.
struct Operands {
  int32_t dim;
  Tensor out;
  Tensor self;
  Tensor index;
  Tensor values;  // of the sizes of the index; empty where a number stands for them

  Operands(const char* op, const VtValue* args, const VtValue& result, int32_t checked_dim)
      : dim(checked_dim),
        out(written_copy(op, args[0].as.tensor, result)),
        self(at_least_1d(out.get())),
        index(apart_from(self, at_least_1d(args[2].as.tensor))) {
    if (!is_tensor(args[3])) return;
    const Tensor given = apart_from(self, at_least_1d(args[3].as.tensor));
    values = narrowed(given, index.sizes());
  }
  bool is_serial() const noexcept {
    const int64_t length = index->dl.shape[dim];
    return length <= kShortColumn || index.numel() / length >= kManyColumns;
  }
};

// One thread goes along each column.
void scatter_columns(IndexOp op, const Operands& o, ScatterParams& params, bool accumulates) {
  const Queue queue(o.self.device());
  const auto d = static_cast<size_t>(o.dim);
  Sizes shape;
  shape.assign(o.index.sizes());
  params.length = shape[d];
  shape[d] = 1;
  VtTensor seen = *o.index.get();
  seen.dl.shape = shape.data();
  IterPlan p;
  plan_gather_loops(o.self.get(), o.dim, &seen, o.values.get(), params.number.bytes, p);
  const int64_t itemsize = itemsize_of(o.self.dtype());
  params.self = o.self.data<char>();
  params.values = o.values ? o.values.data<const char>() : nullptr;
  params.index = o.index.data<const char>();
  params.num_columns = p.numel;
  params.walk = walk_of<int64_t, 3>(p);
  params.value_stride = o.values ? o.values->dl.strides[d] * itemsize : 0;
  params.index_stride = o.index->dl.strides[d] * itemsize_of(o.index.dtype());
  params.self_stride = o.self->dl.strides[d] * itemsize;
  params.size = o.self->dl.shape[d];
  params.dim = o.dim;
  params.op = noted_as(op);
  params.is_int64 = o.index.dtype().bits == 64;
  params.accumulates = accumulates;
  params.record = queue.index_errors();
  queue.launch(name_of(op), scatter_kernel(index_of(o.self.dtype())), ceil_divide(params.num_columns, kBlockThreads), 1,
               params);
}

void scatter_with(IndexOp op, const VtValue* args, VtValue* result, bool accumulates) {
  static const Op full("full");
  const VtTensor* given = args[0].as.tensor;
  const VtTensor* src = is_tensor(args[3]) ? args[3].as.tensor : nullptr;
  const int32_t dim = check_gather(name_of(op), given, args[1].as.i, args[2].as.tensor, src);
  if (accumulates) check_accumulates(name_of(op), given->dl.dtype, "cuda");
  ScatterParams params{};
  if (!src) {
    if (!number_fits(number_of(args[3]), given->dl.dtype)) fail_number_fit(name_of(op), given->dl.dtype);
    store_number(number_of(args[3]), given->dl.dtype, params.number.bytes);
    params.has_number = true;
  }
  Operands o(name_of(op), args, result[0], dim);
  if (o.index.numel() > 0) {
    if (o.is_serial()) {
      scatter_columns(op, o, params, accumulates);
    } else {
      const Scattering to(name_of(op), o.self, dim, o.index);
      if (!src) o.values = full(std::span<const int64_t>(), args[3], given->dl.dtype, given->dl.device);
      if (accumulates) {
        fold_rows(op, to.self.get(), to.plan, o.values.get());
      } else {
        put_rows(op, to.self.get(), to.plan, o.values.get());
      }
    }
  }
  result[0] = value_of(o.out.release());
}

void scatter(const VtValue* args, VtValue* result) {
  const auto kernel = [](const VtValue* a, VtValue* r) { scatter_with(IndexOp::kScatter, a, r, false); };
  with_out<true>("scatter", args, result, kernel, store_apart);
}
void scatter_add(const VtValue* args, VtValue* result) {
  const auto kernel = [](const VtValue* a, VtValue* r) { scatter_with(IndexOp::kScatterAdd, a, r, true); };
  with_out<true>("scatter_add", args, result, kernel, store_apart);
}

RowFold fold_of(ScatterReduction reduction) noexcept {
  switch (reduction) {
    case ScatterReduction::kSum: return RowFold::kSum;
    case ScatterReduction::kProd: return RowFold::kProduct;
    case ScatterReduction::kMean: return RowFold::kMean;
    case ScatterReduction::kAmax: return RowFold::kLargest;
    default: return RowFold::kSmallest;
  }
}

void reduce_in_place(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "scatter_reduce";
  const VtTensor* given = args[0].as.tensor;
  const ScatterReduction reduction = scatter_reduction_of(kOp, args[4].as.string);
  const int32_t dim = check_gather(kOp, given, args[1].as.i, args[2].as.tensor, args[3].as.tensor);
  check_reduces(kOp, reduction, given->dl.dtype, "cuda");
  Operands o(kOp, args, result[0], dim);
  if (o.index.numel() > 0) {
    const Scattering to(kOp, o.self, dim, o.index);
    fold_rows(IndexOp::kScatterReduce, to.self.get(), to.plan, o.values.get(), fold_of(reduction), args[5].as.i != 0);
  }
  result[0] = value_of(o.out.release());
}
// scatter_reduce(self, dim, index, src, reduce, *, include_self)
void scatter_reduce(const VtValue* args, VtValue* result) {
  with_out<true>("scatter_reduce", args, result, reduce_in_place, store_apart);
}

}  // namespace

void register_scatter(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"scatter", kernel<scatter>}, {"scatter_add", kernel<scatter_add>}, {"scatter_reduce", kernel<scatter_reduce>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
