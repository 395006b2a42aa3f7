// SPDX-License-Identifier: Apache-2.0
// Running sums on the CPU: lines side by side along one dimension.
#include <vt/cpp/iter/search_rules.hpp>

#include "ops/loops/reduction.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

// Both tensors are row-major. Lines that are not neighbours in memory are summed one at a time, neighbours as columns.
void sum_lines(const Lines& lines, ScanLoop loop, const char* src, char* out, int64_t itemsize) {
  const int64_t block = std::min(kReduceColumns, lines.inner);
  const int64_t per_row = block == 0 ? 0 : (lines.inner + block - 1) / block;
  const int64_t work = std::max<int64_t>(block * lines.length, 1);
  parallel_for(0, lines.outer * per_row, std::max<int64_t>(kGrain / work, 1), [&](int64_t begin, int64_t end) {
    for (int64_t job = begin; job < end; ++job) {
      const int64_t column = job % per_row * block;
      const int64_t first = (job / per_row * lines.length * lines.inner + column) * itemsize;
      const int64_t row = lines.inner * itemsize;
      loop(src + first, out + first,
           {lines.length, std::min(block, lines.inner - column), row, row, itemsize, itemsize});
    }
  });
}

// cumsum(self, dim, *, dtype)
void cumsum(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const int32_t dim = wrap_dim("cumsum", args[1].as.i, self->dl.ndim);
  const DLDataType dtype = cumsum_dtype(args, result);
  VtTensor* destination = is_tensor(result[0]) ? result[0].as.tensor : nullptr;
  if (destination) {
    check_writable("cumsum", destination);
    if (!same_sizes(sizes_of(destination), sizes_of(self))) resize(impl(destination), sizes_of(self));
  }
  if (is_meta(self->dl.device)) {
    if (destination) retain(destination);
    result[0] = value_of(destination ? destination : empty(sizes_of(self), dtype, self->dl.device));
    return;
  }
  const bool dense = same_dtype(self->dl.dtype, dtype) && (self->flags & VT_TENSOR_CONTIGUOUS);
  const Owned cast(dense ? nullptr : empty(sizes_of(self), dtype, self->dl.device));
  if (cast.get()) copy_tensor(cast.get(), self, false);
  const VtTensor* src = dense ? self : cast.get();
  Owned out(empty(sizes_of(self), dtype, self->dl.device));
  sum_lines(lines_of(sizes_of(self), dim), loops<ReductionLoops>().cumsum[static_cast<size_t>(dtype_index(dtype))],
            static_cast<const char*>(src->dl.data), static_cast<char*>(out.get()->dl.data), itemsize_of(dtype));
  if (destination) {
    copy_tensor(destination, out.get(), false);
    retain(destination);
    result[0] = value_of(destination);
  } else {
    result[0] = value_of(out.take());
  }
}

constexpr char kCumsumDoc[] = R"(The running sums of `self` along one dimension.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int
dtype : dtype, optional
    Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

Returns
-------
Tensor
    Row-major. Floating dtypes add in float64 and round each sum once.

Raises
------
IndexError
    If the dimension is out of range.)";

}  // namespace

void register_cumsum(VtPlugin* plugin) {
  const OpRow ops[] = {{"cumsum(Tensor self, int dim, *, dtype? dtype=None) -> Tensor",
                        VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod, kCumsumDoc}};
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"cumsum", boxed<cumsum>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
