// SPDX-License-Identifier: Apache-2.0
// The reductions on CUDA devices: sums, products, extremes, moments and norms over all elements or some dimensions.
#include <vt/cpp/iter/reduce_requests.hpp>

#include "ops.hpp"
#include "reduce_layout.hpp"

namespace vt::cuda {
namespace {

template <class Index>
void launch(const ReduceRequest& r, const Queue& queue, const VtTensor* t, const VtTensor* const* out,
            const ReduceLayout& layout) {
  const DtypeIndex in = index_of(t->dl.dtype);
  const DtypeIndex element = index_of(r.element);
  const ReduceKernels kernels = reduce_kernels(r.kind, in, element, sizeof(Index) == 8);
  ReduceParams<Index> p{};
  p.in = static_cast<const char*>(t->dl.data);
  for (int slot = 0; slot < kReduceSlots; ++slot) {
    if (out[slot] == nullptr) continue;
    p.out[slot] = static_cast<char*>(out[slot]->dl.data);
    p.out_dtypes[slot] = index_of(out[slot]->dl.dtype);
  }
  p.num_outputs = layout.kept.numel;
  p.num_reduced = layout.reduced.numel;
  p.columns = layout.columns;
  p.vectors =
      in == element && (kernels.columns && layout.columns ? has_column_vectors(t, layout) : has_vectors(t, layout));
  p.in_dtype = in;
  p.element_dtype = element;
  p.settings = r.settings;
  p.settings.count = static_cast<double>(p.num_reduced);
  p.kept = layout.kept.walk<Index, 1 + kReduceSlots>();
  p.reduced = layout.reduced.walk<Index, 1>();
  cut(p, p.vectors ? 16 / itemsize_of(t->dl.dtype) : 1);

  const int64_t outputs = int64_t{1} << p.outputs_log2;
  const Queue::Scratch scratch(queue, p.num_slices > 1 ? p.num_slices * p.num_outputs * kernels.cell_bytes : 0);
  p.partials = scratch.data();
  queue.launch(r.op, p.columns && p.vectors ? kernels.columns : kernels.slices, ceil_divide(p.num_outputs, outputs),
               p.num_slices, p);
  if (p.num_slices == 1) return;
  ReduceFinish finish{};
  finish.partials = p.partials;
  finish.num_outputs = p.num_outputs;
  finish.num_slices = p.num_slices;
  finish.settings = p.settings;
  for (int slot = 0; slot < kReduceSlots; ++slot) {
    finish.out[slot] = p.out[slot];
    finish.out_dtypes[slot] = p.out_dtypes[slot];
  }
  finish.kept = layout.kept.walk<int64_t, 1 + kReduceSlots>();
  queue.launch(r.op, kernels.finish, ceil_divide(p.num_outputs, kBlockThreads / kFinishLanes), 1, finish);
}

// A result's tensor: new, or the destination resized.
Tensor result_tensor(const ReduceRequest& r, const VtTensor* self, const VtValue& destination, const Sizes& sizes,
                     DLDataType dtype) {
  if (!is_tensor(destination)) return Tensor::empty(sizes, dtype, self->dl.device);
  VtTensor* out = destination.as.tensor;
  check_writable(r.op, out);
  if (!same_sizes(sizes_of(out), sizes))
    vt::check(tables().tensor->resize(out, sizes.data(), static_cast<int32_t>(sizes.size())));
  return Tensor::share(out);
}

void reduce(const ReduceRequest& r, VtTensor* self, VtValue* results) {
  // A destination that is the input itself may be resized before it is read.
  VtTensor* alias = nullptr;
  for (int32_t i = 0; i < r.num_results && !alias; ++i)
    if (is_tensor(results[i]) && results[i].as.tensor == self) vt::check(tables().tensor->alias(self, 1, &alias));
  const Tensor before = Tensor::steal(alias);
  if (alias) self = alias;
  Sizes sizes;
  reduced_sizes(sizes_of(self), r.dims, r.keepdim, sizes);
  for (int32_t i = 0; i < r.num_results; ++i) check_destination_dtype(r.op, results[i], r.results[i]);
  Tensor out[kReduceSlots];
  Tensor targets[kReduceSlots];
  const VtTensor* slots[kReduceSlots] = {};
  for (int32_t i = 0; i < r.num_results; ++i) out[i] = result_tensor(r, self, results[i], sizes, r.results[i]);
  for (int32_t i = 0; i < r.num_results; ++i) {
    // Slices of the input are read while results are written.
    const bool overlaps = is_tensor(results[i]) && tables().tensor->is_alias_of(out[i].get(), self) != 0;
    targets[i] = overlaps ? Tensor::empty(sizes, r.results[i], self->dl.device) : out[i];
    slots[r.first_slot + i] = targets[i].get();
  }
  Tensor input = Tensor::share(self);
  if (r.needs_row_major && !(self->flags & VT_TENSOR_CONTIGUOUS)) {
    input = Tensor::empty(sizes_of(self), self->dl.dtype, self->dl.device);
    copy_within(input.get(), self);
  }
  const ReduceLayout layout = lay_out(input.get(), r.dims, slots);
  if (layout.kept.numel > 0) {
    const Queue queue(self->dl.device);
    if (layout.wide) {
      launch<int64_t>(r, queue, input.get(), slots, layout);
    } else {
      launch<int32_t>(r, queue, input.get(), slots, layout);
    }
  }
  for (int32_t i = 0; i < r.num_results; ++i) {
    if (targets[i].get() != out[i].get()) copy_within(out[i].get(), targets[i].get());
    results[i] = value_of(out[i].release());
  }
}

template <ReduceRequest (*kRequest)(const VtValue*, const VtValue*)>
void reduce_op(const VtValue* args, VtValue* results) {
  reduce(kRequest(args, results), args[0].as.tensor, results);
}

void sum_to_size(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const auto size = ints_of(args[1]);
  VtTensor* out = nullptr;
  if (same_sizes(sizes_of(self), size)) {
    vt::check(tables().tensor->alias(self, 1, &out));
    result[0] = value_of(out);
    return;
  }
  VtValue summed = none();
  reduce(sum_to_size_request(self, size), self, &summed);
  const Tensor owner = Tensor::steal(summed.as.tensor);
  Sizes strides;
  strides.resize(size.size());
  contiguous_strides(size, strides.data());
  vt::check(tables().tensor->as_strided(owner.get(), size.data(), strides.data(), static_cast<int32_t>(size.size()),
                                        tables().tensor->storage_offset(owner.get()), &out));
  result[0] = value_of(out);
}

}  // namespace

void register_reduce(VtPlugin* plugin) {
  std::vector<KernelRow> rows = {{"sum_to_size", kernel<sum_to_size>}};
  for_each_reduction([&]<ReduceRequest (*kRequest)(const VtValue*, const VtValue*)>(const char* name) {
    rows.push_back({name, kernel<reduce_op<kRequest>>});
  });
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
