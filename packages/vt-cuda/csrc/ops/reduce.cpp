// SPDX-License-Identifier: Apache-2.0
// sum on CUDA devices: over all elements or some dimensions.
#include <algorithm>
#include <bit>
#include <vector>

#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

// Enough blocks to fill a device, and what makes a slice worth a block of its own.
constexpr int64_t kFullBlocks = 1024;
constexpr int64_t kMinElementsPerLane = 8;

struct Dim {
  int64_t size;
  int64_t in_stride;  // bytes
  int64_t out_stride;
};

// Some dimensions of the input, innermost first, merged where one stride walks both.
struct Dims {
  std::vector<Dim> list;
  int64_t numel = 1;

  void add(const Dim& dim) {
    numel *= dim.size;
    if (dim.size == 1) return;
    if (!list.empty()) {
      Dim& last = list.back();
      if (last.size * last.in_stride == dim.in_stride && last.size * last.out_stride == dim.out_stride) {
        last.size *= dim.size;
        return;
      }
    }
    list.push_back(dim);
  }
  template <class Index, int kOperands>
  Walk<Index, kOperands> walk() const noexcept {
    Walk<Index, kOperands> walk;
    walk.ndim = static_cast<int32_t>(numel == 0 ? 0 : list.size());
    for (int32_t d = 0; d < walk.ndim; ++d) {
      const Dim& dim = list[static_cast<size_t>(d)];
      walk.sizes[d] = Extent<Index>::make(dim.size);
      walk.strides[d][0] = static_cast<Index>(dim.in_stride);
      if constexpr (kOperands == 2) walk.strides[d][1] = static_cast<Index>(dim.out_stride);
    }
    return walk;
  }
};

struct Layout {
  Dims kept;
  Dims reduced;
  bool columns = false;  // the innermost dimension is kept
  bool wide = false;
};

// `out_strides` has an entry in elements for each dimension of `t`.
Layout lay_out(const VtTensor* t, std::span<const bool> is_reduced, const int64_t* out_strides, int64_t out_itemsize) {
  const auto ndim = static_cast<size_t>(t->dl.ndim);
  IterPlan order;
  order.num_operands = 1;
  order.tensors.assign(1, const_cast<VtTensor*>(t));
  InlineVector<size_t, 4> permutation;
  permutation.resize(ndim);
  sort_dims(order, sizes_of(t), t->dl.strides, permutation.data());
  order.tensors.resize(0);

  Layout layout;
  const int64_t itemsize = itemsize_of(t->dl.dtype);
  bool innermost = true;
  int64_t in_reach = itemsize;
  int64_t out_reach = out_itemsize;
  for (const size_t d : permutation) {
    const Dim dim{t->dl.shape[d], t->dl.strides[d] * itemsize, is_reduced[d] ? 0 : out_strides[d] * out_itemsize};
    if (dim.size != 1 && innermost) {
      layout.columns = !is_reduced[d];
      innermost = false;
    }
    (is_reduced[d] ? layout.reduced : layout.kept).add(dim);
    in_reach += std::max<int64_t>(dim.size - 1, 0) * std::abs(dim.in_stride);
    out_reach += std::max<int64_t>(dim.size - 1, 0) * std::abs(dim.out_stride);
  }
  constexpr int64_t kLimit = std::numeric_limits<int32_t>::max();
  layout.wide = in_reach > kLimit || out_reach > kLimit || t->numel > kLimit || layout.kept.list.size() > kNarrowDims ||
                layout.reduced.list.size() > kNarrowDims;
  return layout;
}

bool has_vectors(const VtTensor* t, const Layout& layout) noexcept {
  if (layout.columns || !is_aligned(t->dl.data) || layout.reduced.list.size() != 1 ||
      layout.reduced.list[0].in_stride != itemsize_of(t->dl.dtype))
    return false;
  return std::all_of(layout.kept.list.begin(), layout.kept.list.end(),
                     [](const Dim& dim) { return dim.in_stride % 16 == 0; });
}

int64_t power_of_two(int64_t n) noexcept {
  return static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(std::max<int64_t>(n, 1))));
}

// Fills in how the work is cut: by sizes alone, so that a sum is the same on each run.
template <class Index>
void cut(SumParams<Index>& p, int64_t unit) noexcept {
  const int64_t units = ceil_divide(p.num_reduced, unit);
  int64_t lanes = 0;
  if (p.columns) {
    lanes = std::min(kBlockThreads / std::min<int64_t>(32, power_of_two(p.num_outputs)), power_of_two(units));
  } else {
    lanes =
        std::min<int64_t>(kBlockThreads, std::max(power_of_two(units / 4), std::min<int64_t>(32, power_of_two(units))));
  }
  const int64_t outputs = kBlockThreads / lanes;
  p.outputs_log2 = std::countr_zero(static_cast<uint64_t>(outputs));
  const int64_t blocks = ceil_divide(p.num_outputs, outputs);
  const int64_t worthwhile = p.num_reduced / (lanes * unit * kMinElementsPerLane);
  const int64_t slices = std::clamp<int64_t>(std::min(kFullBlocks / blocks, worthwhile), 1, kFullBlocks);
  const int64_t grain = lanes * std::max<int64_t>(unit, 1);
  p.slice = std::max<int64_t>(ceil_divide(ceil_divide(p.num_reduced, slices), grain) * grain, 1);
  p.num_slices = static_cast<int32_t>(std::max<int64_t>(ceil_divide(p.num_reduced, p.slice), 1));
}

template <class Index>
void launch_sum(const char* op, const Queue& queue, const VtTensor* t, VtTensor* out, const Layout& layout,
                DtypeIndex element) {
  const DtypeIndex in = index_of(t->dl.dtype);
  SumParams<Index> p{};
  p.in = static_cast<const char*>(t->dl.data);
  p.out = static_cast<char*>(out->dl.data);
  p.num_outputs = layout.kept.numel;
  p.num_reduced = layout.reduced.numel;
  p.columns = layout.columns;
  p.vectors = in == element && has_vectors(t, layout);
  p.in_dtype = in;
  p.element_dtype = element;
  p.out_dtype = index_of(out->dl.dtype);
  p.kept = layout.kept.walk<Index, 2>();
  p.reduced = layout.reduced.walk<Index, 1>();
  cut(p, p.vectors ? 16 / itemsize_of(t->dl.dtype) : 1);

  const int64_t outputs = int64_t{1} << p.outputs_log2;
  const int64_t partials = p.num_slices > 1 ? p.num_slices * p.num_outputs * sum_partial_bytes(element) : 0;
  const Queue::Scratch scratch(queue, partials);
  p.partials = scratch.data();
  queue.launch(op, sum_kernel(in, element, sizeof(Index) == 8), ceil_divide(p.num_outputs, outputs), p.num_slices, p);
  if (p.num_slices == 1) return;
  SumFinish finish{p.partials, p.out, p.num_outputs, p.num_slices, p.out_dtype, layout.kept.walk<int64_t, 2>()};
  queue.launch(op, sum_finish_kernel(element), ceil_divide(p.num_outputs, kBlockThreads / kFinishLanes), 1, finish);
}

// The dtype that elements are cast to before they are added. Integers of all widths are added as they are, since their sum
// wraps alike; a sum in bool asks whether any element is not zero.
DLDataType element_dtype(DLDataType from, DLDataType to) noexcept {
  if (same_dtype(to, kBool)) return kBool;
  const bool integral_to = dtype_info(to).category <= Category::kInteger;
  if (integral_to && dtype_info(from).category <= Category::kInteger) return from;
  return integral_to ? kInt64 : to;
}

// Sum over `dims` into a new tensor or `destination`.
Tensor sum_tensor(const char* op, VtTensor* t, std::span<const bool> dims, bool keepdim, DLDataType dtype,
                  VtTensor* destination) {
  index_of(dtype);
  const auto ndim = static_cast<size_t>(t->dl.ndim);
  Sizes sizes;
  sizes.resize(ndim);
  size_t result_ndim = 0;
  for (size_t d = 0; d < ndim; ++d)
    if (keepdim || !dims[d]) sizes[result_ndim++] = dims[d] ? 1 : t->dl.shape[d];
  sizes.resize(result_ndim);

  Tensor out;
  if (destination) {
    check_writable(op, destination);
    if (!same_sizes(sizes_of(destination), sizes))
      vt::check(tables().tensor->resize(destination, sizes.data(), static_cast<int32_t>(sizes.size())));
    out = Tensor::share(destination);
  } else {
    out = Tensor::empty(sizes, dtype, t->dl.device);
  }
  // Slices of the input are read while results are written.
  const bool overlaps = destination && tables().tensor->is_alias_of(destination, t) != 0;
  const Tensor target = overlaps ? Tensor::empty(sizes, dtype, t->dl.device) : out;

  Sizes out_strides;
  out_strides.assign(ndim, 0);
  size_t at = 0;
  for (size_t d = 0; d < ndim; ++d)
    if (keepdim || !dims[d]) out_strides[d] = target->dl.strides[at++];
  const Layout layout = lay_out(t, dims, out_strides.data(), itemsize_of(dtype));
  if (layout.kept.numel > 0) {
    const Queue queue(t->dl.device);
    const DtypeIndex element = index_of(element_dtype(t->dl.dtype, dtype));
    if (layout.wide) {
      launch_sum<int64_t>(op, queue, t, target.get(), layout, element);
    } else {
      launch_sum<int32_t>(op, queue, t, target.get(), layout, element);
    }
  }
  if (overlaps) copy_within(out.get(), target.get());
  return out;
}

DLDataType result_dtype(const VtTensor* self, const VtValue& dtype, const VtValue& result) {
  if (!is_none(dtype)) return dtype.as.dtype;
  if (result.tag == VT_TENSOR) return result.as.tensor->dl.dtype;
  return dtype_info(index_of(self->dl.dtype)).category <= Category::kInteger ? kInt64 : self->dl.dtype;
}

void sum_over(VtTensor* self, std::span<const bool> dims, bool keepdim, const VtValue& dtype, VtValue* result) {
  const DLDataType type = result_dtype(self, dtype, result[0]);
  VtTensor* destination = result[0].tag == VT_TENSOR ? result[0].as.tensor : nullptr;
  if (destination && !same_dtype(type, destination->dl.dtype))
    vt::fail(VT_ERROR_DTYPE, "sum: dtype and out disagree: got " + std::string(dtype_name(type)) + " and " +
                                 std::string(dtype_name(destination->dl.dtype)));
  result[0] = value_of(sum_tensor("sum", self, dims, keepdim, type, destination).release());
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
    if (entry) vt::fail(VT_ERROR_RUNTIME, "sum: dimension " + std::to_string(dim) + " appears twice in dim");
    entry = true;
  }
  sum_over(self, {dims, static_cast<size_t>(self->dl.ndim)}, args[2].as.i != 0, args[3], result);
}

void sum_to_size(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const auto size = ints_of(args[1]);
  const auto ndim = static_cast<size_t>(self->dl.ndim);
  VtTensor* out = nullptr;
  if (same_sizes(sizes_of(self), size)) {
    vt::check(tables().tensor->alias(self, 1, &out));
    result[0] = value_of(out);
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
    vt::fail(VT_ERROR_SHAPE, "sum_to_size: got " + format_sizes(size) + ", expected sizes that broadcast to " +
                                 format_sizes(sizes_of(self)));
  const Tensor summed = sum_tensor("sum_to_size", self, {dims, ndim}, true, self->dl.dtype, nullptr);
  Sizes strides;
  strides.resize(size.size());
  contiguous_strides(size, strides.data());
  vt::check(tables().tensor->as_strided(summed.get(), size.data(), strides.data(), static_cast<int32_t>(size.size()),
                                        tables().tensor->storage_offset(summed.get()), &out));
  result[0] = value_of(out);
}

}  // namespace

void register_reduce(VtPlugin* plugin) {
  const KernelRow rows[] = {{"sum", kernel<sum>}, {"sum.dims", kernel<sum_dims>}, {"sum_to_size", kernel<sum_to_size>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
