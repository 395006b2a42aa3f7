// SPDX-License-Identifier: Apache-2.0
// sort, topk and running sums on CUDA devices, and the gradient of what selects elements along a dimension.
#include <vt/cpp/iter/search_rules.hpp>

#include <algorithm>
#include <bit>

#include "../kernels/search.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

// A result that the kernels write: new and row-major, though a destination may have any layout.
class LineResult {
 public:
  LineResult(const char* op, const VtTensor* self, const VtValue& destination, std::span<const int64_t> sizes,
             DLDataType dtype)
      : fresh_(Tensor::empty(sizes, dtype, self->dl.device)) {
    if (!is_tensor(destination)) return;
    check_writable(op, destination.as.tensor);
    if (!same_sizes(sizes_of(destination.as.tensor), sizes))
      vt::check(tables().tensor->resize(destination.as.tensor, sizes.data(), static_cast<int32_t>(sizes.size())));
    destination_ = Tensor::share(destination.as.tensor);
  }
  VtTensor* get() const noexcept { return fresh_.get(); }
  char* data() const noexcept { return fresh_.data<char>(); }
  VtTensor* finish() {
    if (!destination_) return fresh_.release();
    copy_within(destination_.get(), fresh_.get());
    return destination_.release();
  }

 private:
  Tensor fresh_;
  Tensor destination_;
};

// From the number of a line to its first byte: every dimension but `dim`.
Walk<int64_t, 1> walk_lines(const VtTensor* t, int32_t dim) noexcept {
  Walk<int64_t, 1> walk{};
  for (int32_t d = t->dl.ndim; d-- > 0;) {
    if (d == dim) continue;
    walk.sizes[walk.ndim] = Extent<int64_t>::make(t->dl.shape[d]);
    walk.strides[walk.ndim][0] = t->dl.strides[d] * itemsize_of(t->dl.dtype);
    ++walk.ndim;
  }
  return walk;
}

void launch_sort(const SortRequest& r, const VtTensor* self, char* values, char* indices) {
  const Lines lines = lines_of(sizes_of(self), r.dim);
  const int64_t num_lines = lines.outer * lines.inner;
  const auto padded = static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(lines.length)));
  const int64_t num_entries = num_lines * padded;
  const int64_t stride = self->dl.ndim == 0 ? 0 : self->dl.strides[r.dim] * itemsize_of(self->dl.dtype);
  const auto* in = static_cast<const char*>(self->dl.data);
  const Queue queue(self->dl.device);
  const Queue::Scratch scratch(queue, num_entries * int64_t{sizeof(SortEntry)});
  auto* const entries = static_cast<SortEntry*>(scratch.data());

  SortFill fill{entries,
                in,
                padded,
                num_entries,
                lines.length,
                stride,
                r.descending,
                index_of(self->dl.dtype),
                walk_lines(self, r.dim)};
  queue.launch(r.op, sort_fill_kernel(), ceil_divide(num_entries, kBlockThreads), 1, fill);
  SortParams p{entries, padded, num_entries, 0, 0};
  queue.launch(r.op, sort_tiles_kernel(), num_entries / std::min<int64_t>(padded, kSortTile), 1, p);
  for (p.span = 2 * kSortTile; p.span <= padded; p.span *= 2) {
    for (p.distance = p.span / 2; p.distance >= kSortTile; p.distance /= 2)
      queue.launch(r.op, sort_step_kernel(), ceil_divide(num_entries / 2, kBlockThreads), 1, p);
    queue.launch(r.op, sort_merge_kernel(), num_entries / kSortTile, 1, p);
  }
  SortWrite write{entries,     in,
                  values,      reinterpret_cast<int64_t*>(indices),
                  padded,      r.length,
                  lines.inner, num_lines * r.length,
                  stride,      static_cast<int32_t>(itemsize_of(self->dl.dtype)),
                  fill.lines};
  queue.launch(r.op, sort_write_kernel(), ceil_divide(write.num, kBlockThreads), 1, write);
}

template <SortRequest (*kRequest)(const VtValue*)>
void sort_op(const VtValue* args, VtValue* results) {
  const SortRequest r = kRequest(args);
  VtTensor* self = args[0].as.tensor;
  check_destination_dtype(r.op, results[0], self->dl.dtype);
  check_destination_dtype(r.op, results[1], kInt64);
  Sizes sizes;
  line_sizes(self, r.dim, r.length, sizes);
  LineResult values(r.op, self, results[0], sizes, self->dl.dtype);
  LineResult indices(r.op, self, results[1], sizes, kInt64);
  if (values.get()->numel > 0) launch_sort(r, self, values.data(), indices.data());
  VtTensor* const first = values.finish();
  results[0] = value_of(first);
  results[1] = value_of(indices.finish());
}

// The tensor itself, or a row-major copy.
Tensor dense(VtTensor* t) {
  if (t->flags & VT_TENSOR_CONTIGUOUS) return Tensor::share(t);
  Tensor copy = Tensor::empty(sizes_of(t), t->dl.dtype, t->dl.device);
  copy_within(copy.get(), t);
  return copy;
}

void value_selecting_backward(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "value_selecting_backward";
  const SelectingRequest r = selecting_request(args);
  const Tensor grad = dense(args[0].as.tensor);
  const Tensor indices = dense(args[2].as.tensor);
  Tensor out = Tensor::empty(ints_of(args[3]), grad.dtype(), grad.device());
  const Queue queue(grad.device());
  const int64_t itemsize = itemsize_of(grad.dtype());
  if (out.numel() > 0) queue.set_bytes(kOp, out.data<void>(), 0, out.numel() * itemsize);
  if (grad.numel() > 0) {
    SelectBackward p{
        grad.data<char>(), indices.data<int64_t>(),       out.data<char>(), grad.numel(), r.from.length, r.to.length,
        r.to.inner,        static_cast<int32_t>(itemsize)};
    queue.launch(kOp, select_backward_kernel(), ceil_divide(p.num, kBlockThreads), 1, p);
  }
  result[0] = value_of(out.release());
}

// cumsum(self, dim, *, dtype)
void cumsum(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const int32_t dim = wrap_dim("cumsum", args[1].as.i, self->dl.ndim);
  const DLDataType dtype = cumsum_dtype(args, result);
  LineResult out("cumsum", self, result[0], sizes_of(self), dtype);
  if (self->numel > 0) {
    const Tensor in = dense(self);
    const Lines lines = lines_of(sizes_of(self), dim);
    CumsumParams p{in.data<char>(),
                   out.data(),
                   lines.length,
                   lines.inner,
                   static_cast<int32_t>(itemsize_of(self->dl.dtype)),
                   static_cast<int32_t>(itemsize_of(dtype)),
                   index_of(self->dl.dtype),
                   index_of(dtype)};
    const Queue queue(self->dl.device);
    const bool integral = dtype_info(dtype).category <= Category::kInteger;
    queue.launch("cumsum", cumsum_kernel(integral), lines.outer * lines.inner, 1, p);
  }
  result[0] = value_of(out.finish());
}

}  // namespace

void register_search(VtPlugin* plugin) {
  const KernelRow rows[] = {{"sort", kernel<sort_op<sort_request>>},
                            {"sort.stable", kernel<sort_op<stable_sort_request>>},
                            {"topk", kernel<sort_op<topk_request>>},
                            {"value_selecting_backward", kernel<value_selecting_backward>},
                            {"cumsum", kernel<cumsum>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
