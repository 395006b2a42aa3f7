// SPDX-License-Identifier: Apache-2.0
// sum on the CPU: over all elements or some dimensions.
#include <vt/abi/stream.h>

#include <memory>

#include "ops/loops/table.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

// Note [Reductions]
// Dimensions are sorted by stride, merged and parted into kept and reduced ones. When the innermost is reduced, each
// output element is a sum of runs; when it is kept, up to kSumColumns neighbouring outputs are summed row by row. A job
// is one output element or one block of columns, over one slice of the reduced elements. There is one slice unless the
// outputs are few and the elements many. How work is cut depends on sizes and strides alone, and slices are added in order, so the result
// does not depend on the number of threads.
namespace vt::core {

namespace {

constexpr int64_t kSliceElements = 4 * kGrain;
constexpr int64_t kMaxSlices = 256;
constexpr int64_t kShortRun = 16;

// Some of the dimensions of an input, innermost first, strides in bytes.
struct Dims {
  Sizes sizes;
  Sizes strides;
  Sizes out_strides;  // of the kept ones
  int64_t numel = 1;

  void add(int64_t size, int64_t stride, int64_t out_stride) {
    numel *= size;
    if (size == 1) return;
    const size_t n = sizes.size();
    if (n > 0 && sizes[n - 1] * strides[n - 1] == stride && sizes[n - 1] * out_strides[n - 1] == out_stride) {
      sizes[n - 1] *= size;
      return;
    }
    push(sizes, size);
    push(strides, stride);
    push(out_strides, out_stride);
  }
  int64_t offset(int64_t index, const Sizes& by) const noexcept {
    int64_t bytes = 0;
    for (size_t d = 0; d < sizes.size(); ++d) {
      bytes += index % sizes[d] * by[d];
      index /= sizes[d];
    }
    return bytes;
  }

 private:
  static void push(Sizes& list, int64_t value) {
    const size_t n = list.size();
    Sizes kept;
    kept.assign(std::span<const int64_t>(list));
    list.resize(n + 1);
    std::copy(kept.begin(), kept.end(), list.begin());
    list[n] = value;
  }
};

struct SumPlan {
  const char* src = nullptr;
  char* out = nullptr;
  Dims kept;
  Dims reduced;
  bool columns = false;  // the innermost dimension is kept
  int64_t block = 1;     // outputs per job
  int64_t num_blocks = 1;
  int64_t num_slices = 1;
  SumRunLoop run = nullptr;
  SumRowsLoop rows = nullptr;
  SumStoreLoop store = nullptr;
};

void add_cells(SumCell& into, const SumCell& from) noexcept {
  for (int part = 0; part < 2; ++part) {
    // Two-sum, as in the loops.
    const double sum = into.total[part] + from.total[part];
    const double shadow = sum - into.total[part];
    into.lost[part] += (into.total[part] - (sum - shadow)) + (from.total[part] - shadow) + from.lost[part];
    into.total[part] = sum;
  }
  into.integer += from.integer;
}

// Rows that follow each other without gaps and are narrow: several of them are summed as one wide row, whose columns are
// then added up. Returns the number of rows done.
int64_t sum_narrow_rows(const SumPlan& p, const char* src, int64_t rows, int64_t columns, SumCell* cells) {
  const int64_t joined = kSumColumns / columns;
  const int64_t wide_rows = rows / joined;
  const int64_t itemsize = p.kept.strides[0];
  if (joined < 32 || wide_rows < 4 || p.reduced.strides[0] != columns * itemsize) return 0;
  SumCell wide[kSumColumns];
  std::fill_n(wide, joined * columns, SumCell{});
  p.rows(src, joined * columns * itemsize, wide_rows, itemsize, joined * columns, wide);
  for (int64_t k = 0; k < joined * columns; ++k) add_cells(cells[k % columns], wide[k]);
  return wide_rows * joined;
}

// Adds reduced elements [begin, end) of the outputs of one block to `cells`.
void sum_job(const SumPlan& p, int64_t first_output, int64_t outputs, int64_t begin, int64_t end, SumCell* cells) {
  const char* src = p.src + p.kept.offset(first_output, p.kept.strides);
  if (p.reduced.sizes.size() == 0) {
    if (begin < end) p.rows(src, 0, 1, p.columns ? p.kept.strides[0] : 0, outputs, cells);
    return;
  }
  const int64_t inner = p.reduced.sizes[0];
  const int64_t stride = p.reduced.strides[0];
  for (int64_t i = begin; i < end;) {
    const int64_t n = std::min(inner - i % inner, end - i);
    const char* at = src + p.reduced.offset(i, p.reduced.strides);
    if (p.columns) {
      const int64_t done = sum_narrow_rows(p, at, n, outputs, cells);
      p.rows(at + done * stride, stride, n - done, p.kept.strides[0], outputs, cells);
    } else {
      p.run(at, stride, n, cells);
    }
    i += n;
  }
}

// Blocks never straddle a row of the innermost kept dimension.
struct Block {
  Block(const SumPlan& p, int64_t index) noexcept {
    if (!p.columns) {
      first = index;
      outputs = 1;
      return;
    }
    const int64_t row = p.kept.sizes[0];
    const int64_t per_row = (row + p.block - 1) / p.block;
    const int64_t column = index % per_row * p.block;
    first = index / per_row * row + column;
    outputs = std::min(p.block, row - column);
  }
  int64_t first;
  int64_t outputs;
};

void store_block(const SumPlan& p, const Block& block, const SumCell* cells) {
  char* out = p.out + p.kept.offset(block.first, p.kept.out_strides);
  for (int64_t k = 0; k < block.outputs; ++k) p.store(&cells[k], out + (p.columns ? k * p.kept.out_strides[0] : 0));
}

void run_unsliced(const SumPlan& p) {
  const int64_t work = std::max<int64_t>(p.block * p.reduced.numel, 1);
  parallel_for(0, p.num_blocks, std::max<int64_t>(kGrain / work, 1), [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; ++b) {
      SumCell cells[kSumColumns];
      const Block block(p, b);
      std::fill_n(cells, block.outputs, SumCell{});
      sum_job(p, block.first, block.outputs, 0, p.reduced.numel, cells);
      store_block(p, block, cells);
    }
  });
}

void run_sliced(const SumPlan& p) {
  const int64_t jobs = p.num_blocks * p.num_slices;
  const int64_t slice = (p.reduced.numel + p.num_slices - 1) / p.num_slices;
  const auto cells = std::make_unique<SumCell[]>(static_cast<size_t>(jobs * p.block));
  parallel_for(0, jobs, 1, [&](int64_t begin, int64_t end) {
    for (int64_t job = begin; job < end; ++job) {
      const Block block(p, job / p.num_slices);
      const int64_t first = job % p.num_slices * slice;
      sum_job(p, block.first, block.outputs, std::min(first, p.reduced.numel), std::min(first + slice, p.reduced.numel),
              &cells[static_cast<size_t>(job * p.block)]);
    }
  });
  for (int64_t b = 0; b < p.num_blocks; ++b) {
    const Block block(p, b);
    SumCell* totals = &cells[static_cast<size_t>(b * p.num_slices * p.block)];
    for (int64_t s = 1; s < p.num_slices; ++s)
      for (int64_t k = 0; k < block.outputs; ++k) add_cells(totals[k], totals[s * p.block + k]);
    store_block(p, block, totals);
  }
}

// `out` has the sizes of `t` with 1 in the reduced dimensions.
void sum_on_cpu(const VtTensor* t, std::span<const bool> is_reduced, const VtTensor* out) {
  const auto ndim = static_cast<size_t>(t->dl.ndim);
  const auto index = static_cast<size_t>(dtype_index(t->dl.dtype));
  SumPlan p;
  p.src = static_cast<const char*>(t->dl.data);
  p.out = static_cast<char*>(out->dl.data);
  p.run = loops().sum_run[index];
  p.rows = loops().sum_rows[index];
  p.store = loops().sum_store[index];

  IterPlan order;
  order.num_operands = 1;
  order.tensors.assign(1, const_cast<VtTensor*>(t));
  InlineVector<size_t, 4> permutation;
  permutation.resize(ndim);
  sort_dims(order, sizes_of(t), t->dl.strides, permutation.data());
  order.tensors.resize(0);
  const int64_t itemsize = itemsize_of(t->dl.dtype);
  const int64_t out_itemsize = itemsize_of(out->dl.dtype);
  bool innermost = true;
  for (const size_t d : permutation) {
    const int64_t stride = t->dl.strides[d] * itemsize;
    if (t->dl.shape[d] != 1 && innermost) {
      p.columns = !is_reduced[d];
      innermost = false;
    }
    if (is_reduced[d]) {
      p.reduced.add(t->dl.shape[d], stride, 0);
    } else {
      p.kept.add(t->dl.shape[d], stride, out->dl.strides[d] * out_itemsize);
    }
  }
  if (p.kept.numel == 0) return;
  // Short runs are summed side by side, though their elements are not neighbours.
  p.columns |= p.reduced.numel <= kShortRun && p.kept.sizes.size() > 0;
  if (p.columns) {
    p.block = std::min(kSumColumns, p.kept.sizes[0]);
    p.num_blocks = p.kept.numel / p.kept.sizes[0] * ((p.kept.sizes[0] + p.block - 1) / p.block);
  } else {
    p.num_blocks = p.kept.numel;
  }
  if (p.num_blocks < 16 && p.reduced.numel * p.block >= 2 * kSliceElements)
    p.num_slices = std::min(p.reduced.numel * p.block / kSliceElements, kMaxSlices);
  if (p.num_slices > 1) {
    run_sliced(p);
  } else {
    run_unsliced(p);
  }
}

// What the loops add up to: integers in int64.
DLDataType sum_dtype(DLDataType to) noexcept { return dtype_info(to).category <= Category::kInteger ? kInt64 : to; }

// The dtype that elements are cast to before they are added. Integers of all widths are added as they are, since their sum
// wraps alike; a sum in bool asks whether any element is not zero.
DLDataType element_dtype(DLDataType from, DLDataType to) noexcept {
  if (same_dtype(to, kBool)) return kBool;
  const bool both_integral = std::max(dtype_info(from).category, dtype_info(to).category) <= Category::kInteger;
  return both_integral ? from : sum_dtype(to);
}

}  // namespace

VtTensor* sum_tensor(const char* op, VtTensor* t, std::span<const bool> dims, bool keepdim, DLDataType dtype,
                     VtTensor* destination) {
  known_dtype_index(dtype);
  const DLDataType sum_type = sum_dtype(dtype);
  const auto ndim = static_cast<size_t>(t->dl.ndim);
  Sizes kept_sizes;  // with ones
  Sizes result_sizes;
  kept_sizes.resize(ndim);
  result_sizes.resize(ndim);
  size_t result_ndim = 0;
  for (size_t d = 0; d < ndim; ++d) {
    kept_sizes[d] = dims[d] ? 1 : t->dl.shape[d];
    if (keepdim || !dims[d]) result_sizes[result_ndim++] = kept_sizes[d];
  }
  result_sizes.resize(result_ndim);

  if (destination) {
    check_writable(op, destination);
    if (!same_sizes(sizes_of(destination), result_sizes)) resize(impl(destination), result_sizes);
    retain(destination);
  }
  Owned out(destination ? destination : empty(result_sizes, dtype, t->dl.device));
  if (is_meta(out.get()->dl.device)) return out.take();

  // The loops write the sum dtype; anything else, or a destination that may overlap, goes through a temporary.
  const bool direct = same_dtype(sum_type, out.get()->dl.dtype) && !destination;
  Owned landing(direct ? nullptr : empty(result_sizes, sum_type, t->dl.device));
  VtTensor* target = direct ? out.get() : landing.get();
  const DLDataType element = element_dtype(t->dl.dtype, dtype);
  Owned cast(same_dtype(t->dl.dtype, element) ? nullptr : empty_following(t, element, t->dl.device));
  if (cast.get()) copy_tensor(cast.get(), t, false);
  Sizes strides;
  strides.resize(ndim);
  contiguous_strides(kept_sizes, strides.data());
  VtTensor seen = *target;
  seen.dl.ndim = t->dl.ndim;
  seen.dl.shape = kept_sizes.data();
  seen.dl.strides = strides.data();
  sum_on_cpu(cast.get() ? cast.get() : t, dims, &seen);
  if (!direct) copy_tensor(out.get(), landing.get(), false);
  return out.take();
}

namespace {

DLDataType result_dtype(const VtTensor* self, const VtValue& dtype, const VtValue& result) {
  if (!is_none(dtype)) return dtype.as.dtype;
  if (result.tag == VT_TENSOR) return result.as.tensor->dl.dtype;
  return dtype_info(self->dl.dtype).category <= Category::kInteger ? kInt64 : self->dl.dtype;
}

void sum_over(VtTensor* self, std::span<const bool> dims, bool keepdim, const VtValue& dtype, VtValue* result) {
  const DLDataType type = result_dtype(self, dtype, result[0]);
  VtTensor* destination = result[0].tag == VT_TENSOR ? result[0].as.tensor : nullptr;
  if (destination && !same_dtype(type, destination->dl.dtype))
    fail(VT_ERROR_DTYPE, "sum: dtype and out disagree: got " + std::string(dtype_name(type)) + " and " +
                             std::string(dtype_name(destination->dl.dtype)));
  result[0] = value_of(sum_tensor("sum", self, dims, keepdim, type, destination));
}

void sum(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  bool all[kMaxDims];
  std::fill_n(all, kMaxDims, true);
  sum_over(self, {all, static_cast<size_t>(self->dl.ndim)}, false, args[1], result);
}

void sum_dims(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const auto given = is_none(args[1]) ? std::span<const int64_t>() : ints_of(args[1]);
  bool dims[kMaxDims + 1] = {};
  if (given.empty()) std::fill_n(dims, kMaxDims, true);
  for (const int64_t dim : given) {
    bool& entry = dims[wrap_dim("sum", dim, self->dl.ndim)];
    if (entry) fail(VT_ERROR_RUNTIME, "sum: dimension " + std::to_string(dim) + " appears twice in dim");
    entry = true;
  }
  sum_over(self, {dims, static_cast<size_t>(self->dl.ndim)}, args[2].as.i != 0, args[3], result);
}

void sum_to_size(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const auto size = ints_of(args[1]);
  const auto ndim = static_cast<size_t>(self->dl.ndim);
  if (same_sizes(sizes_of(self), size)) {
    result[0] = value_of(make_alias(impl(self), true));
    return;
  }
  bool dims[kMaxDims] = {};
  bool fits = size.size() <= ndim;
  for (size_t d = 0; fits && d < ndim; ++d) {
    const size_t lead = ndim - size.size();
    dims[d] = d < lead || (size[d - lead] == 1 && self->dl.shape[d] != 1);
    fits = d < lead || size[d - lead] == 1 || size[d - lead] == self->dl.shape[d];
  }
  if (!fits)
    fail(VT_ERROR_SHAPE, "sum_to_size: got " + format_sizes(size) + ", expected sizes that broadcast to " +
                             format_sizes(sizes_of(self)));
  Owned summed(sum_tensor("sum_to_size", self, {dims, ndim}, true, self->dl.dtype, nullptr));
  Sizes strides;
  strides.resize(size.size());
  contiguous_strides(size, strides.data());
  result[0] = value_of(make_view_unchecked(impl(summed.get()), size, strides, summed.get()->dl.data));
}

constexpr char kSumDoc[] = R"(The sum of the elements of `self`, over all or some dimensions.

Parameters
----------
self : Tensor
dim : int or sequence of int, optional
    The dimensions to sum over; all when absent or empty.
keepdim : bool
    Keep the summed dimensions with size one.
dtype : dtype, optional
    Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

Returns
-------
Tensor
    Half types and float32 accumulate in float32 blocks that are gathered in float64; the result does not depend on the
    number of threads.

Raises
------
IndexError
    If a dimension is out of range.
RuntimeError
    If a dimension is given twice.)";
constexpr char kSumToSizeDoc[] = R"(Sums `self` over the dimensions along which `size` would be broadcast to it.

The inverse of broadcasting, as gradients need it. Integers keep their dtype.)";

}  // namespace

void register_reduce(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"sum(Tensor self, *, dtype? dtype=None) -> Tensor", VT_OP_OUT | kFunctionAndMethod, kSumDoc},
      {"sum.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor",
       VT_OP_OUT | kFunctionAndMethod, kSumDoc},
      {"sum_to_size(Tensor self, int[] size) -> Tensor", VT_OP_METHOD, kSumToSizeDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"sum", boxed<sum>}, {"sum.dims", boxed<sum_dims>}, {"sum_to_size", boxed<sum_to_size>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
