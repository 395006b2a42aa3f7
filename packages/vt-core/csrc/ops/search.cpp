// SPDX-License-Identifier: Apache-2.0
// sort and topk on the CPU, and the gradient of every op that selects elements along a dimension.
#include <vt/cpp/iter/search_rules.hpp>

#include <cstring>
#include <memory>

#include "ops/line_result.hpp"
#include "ops/loops/search.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

void sort_lines(const SortRequest& r, const VtTensor* self, char* values, char* indices) {
  const int64_t itemsize = itemsize_of(self->dl.dtype);
  const SortLoop loop = loops<SearchLoops>().sort[static_cast<size_t>(dtype_index(self->dl.dtype))];
  const Lines lines = lines_of(sizes_of(self), r.dim);
  const int64_t grain = std::max<int64_t>(kGrain / 8 / std::max<int64_t>(lines.length, 1), 1);
  parallel_for(0, lines.outer * lines.inner, grain, [&](int64_t begin, int64_t end) {
    const auto scratch =
        std::make_unique_for_overwrite<uint64_t[]>(sort_scratch_bytes(lines.length) / sizeof(uint64_t));
    for (int64_t i = begin; i < end; ++i) {
      const int64_t first = i / lines.inner * lines.inner * r.length + i % lines.inner;
      loop({static_cast<const char*>(self->dl.data) + line_offset(self, r.dim, i) * itemsize,
            line_stride(self, r.dim) * itemsize, lines.length, r.length, r.descending, values + first * itemsize,
            lines.inner * itemsize, indices + first * int64_t{sizeof(int64_t)}, lines.inner * int64_t{sizeof(int64_t)},
            scratch.get()});
    }
  });
}

void run_sort(const SortRequest& r, const VtValue* args, VtValue* results) {
  VtTensor* self = args[0].as.tensor;
  check_destination_dtype(r.op, results[0], self->dl.dtype);
  check_destination_dtype(r.op, results[1], kInt64);
  Sizes sizes;
  line_sizes(self, r.dim, r.length, sizes);
  LineResult values(r.op, self, results[0], sizes, self->dl.dtype);
  LineResult indices(r.op, self, results[1], sizes, kInt64);
  if (!is_meta(self->dl.device) && values.get()->numel > 0)
    sort_lines(r, self, static_cast<char*>(values.get()->dl.data), static_cast<char*>(indices.get()->dl.data));
  VtTensor* const first = values.finish();
  results[0] = value_of(first);
  results[1] = value_of(indices.finish());
}

template <SortRequest (*kRequest)(const VtValue*)>
void sort_op(const VtValue* args, VtValue* results) {
  run_sort(kRequest(args), args, results);
}

// argsort(self, dim, descending)
void argsort(const VtValue* args, VtValue* result) {
  static const VtOp* const sort = tables().dispatch->find_op("sort");
  VtValue sorted[2] = {none(), none()};
  check(tables().dispatch->call_boxed(sort, args, 3, sorted));
  release(sorted[0].as.tensor);
  result[0] = sorted[1];
}

// argsort.stable(self, *, stable, dim, descending): every sort is stable.
void argsort_stable(const VtValue* args, VtValue* result) {
  const VtValue plain[] = {args[0], args[2], args[3]};
  argsort(plain, result);
}

// Writes grad to the places that `indices` names along a dimension of `out`, which is zero elsewhere.
template <class Element>
void put_selected(const SelectingRequest& r, const char* grad, const int64_t* indices, char* out) {
  const int64_t work = r.from.length * r.from.inner;
  if (work == 0) return;
  parallel_for(0, r.from.outer, std::max<int64_t>(kGrain / work, 1), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin * work; i < end * work; ++i) {
      const int64_t line = i / work * r.to.inner * r.to.length + i % r.from.inner;
      std::memcpy(out + (line + indices[i] * r.to.inner) * int64_t{sizeof(Element)},
                  grad + i * int64_t{sizeof(Element)}, sizeof(Element));
    }
  });
}

void value_selecting_backward(const VtValue* args, VtValue* result) {
  const SelectingRequest r = selecting_request(args);
  VtTensor* grad = args[0].as.tensor;
  VtTensor* indices = args[2].as.tensor;
  Owned out(empty(ints_of(args[3]), grad->dl.dtype, grad->dl.device));
  if (!is_meta(grad->dl.device)) {
    const Owned dense(call_op("contiguous", {value_of(grad)}));
    const Owned places(call_op("contiguous", {value_of(indices)}));
    const auto* at = static_cast<const int64_t*>(places.get()->dl.data);
    for (int64_t i = 0; i < places.get()->numel; ++i)
      if (at[i] < 0 || at[i] >= r.to.length)
        fail(VT_ERROR_INDEX, "value_selecting_backward: index out of range: got " + std::to_string(at[i]) +
                                 ", expected 0 to " + std::to_string(r.to.length - 1));
    std::memset(out.get()->dl.data, 0, static_cast<size_t>(out.get()->numel * itemsize_of(grad->dl.dtype)));
    const auto* src = static_cast<const char*>(dense.get()->dl.data);
    auto* dst = static_cast<char*>(out.get()->dl.data);
    switch (itemsize_of(grad->dl.dtype)) {
      case 1: put_selected<uint8_t>(r, src, at, dst); break;
      case 2: put_selected<uint16_t>(r, src, at, dst); break;
      case 4: put_selected<uint32_t>(r, src, at, dst); break;
      case 8: put_selected<uint64_t>(r, src, at, dst); break;
      default: put_selected<uint64_t[2]>(r, src, at, dst); break;
    }
  }
  result[0] = value_of(out.take());
}

constexpr char kSortDoc[] = R"(The elements of `self` in order along one dimension, and where they were.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int
descending : bool
    The largest first.

Returns
-------
values : Tensor
    Of the sizes of `self`, row-major. NaN counts as the largest number.
indices : Tensor
    int64; equal elements keep their order on every device, whether `stable` is asked for or not.

Raises
------
IndexError
    If the dimension is out of range.

Notes
-----
On the CPU a radix sort of keys that order as the elements do; on CUDA a bitonic network over keys and positions.)";

constexpr char kArgsortDoc[] = R"(Where the elements of `self` were before `sort`: its indices.)";

constexpr char kTopkDoc[] = R"(The `k` largest or smallest elements of `self` along one dimension, and where they were.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
k : int
dim : int
largest : bool
    The largest, else the smallest.
sorted : bool
    The results are in order in either case.

Returns
-------
values : Tensor
    Of the sizes of `self` with `k` along `dim`, row-major. NaN counts as the largest number.
indices : Tensor
    int64; of equal elements the first ones are taken.

Raises
------
IndexError
    If the dimension is out of range.
RuntimeError
    If `k` is negative or larger than the dimension.)";

constexpr char kSelectingDoc[] = R"(The gradient of an op that selects elements along one dimension.

Parameters
----------
grad : Tensor
    Of the selected elements.
dim : int
indices : Tensor
    int64; where along `dim` each was taken from. No place twice.
sizes : sequence of int
    Of what was selected from.
keepdim : bool
    Whether `grad` and `indices` have the dimension.

Returns
-------
Tensor
    `grad` at the indices, zero elsewhere. On CUDA an index out of range writes nothing.

Raises
------
IndexError
    On the CPU, if an index is out of range.)";

}  // namespace

void register_search(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_OUT | kFunctionAndMethod;
  const OpRow ops[] = {
      {"sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)", kFlags, kSortDoc},
      {"sort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)",
       kFlags, kSortDoc},
      {"argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor",
       VT_OP_COMPOSITE | VT_OP_NOT_DIFFERENTIABLE | kFunctionAndMethod, kArgsortDoc},
      {"argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor",
       VT_OP_COMPOSITE | VT_OP_NOT_DIFFERENTIABLE | kFunctionAndMethod, kArgsortDoc},
      {"topk(Tensor self, int k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)",
       kFlags, kTopkDoc},
      {"value_selecting_backward(Tensor grad, int dim, Tensor indices, int[] sizes, bool keepdim) -> Tensor",
       VT_OP_FUNCTION, kSelectingDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"sort", boxed<sort_op<sort_request>>},
                                   {"sort.stable", boxed<sort_op<stable_sort_request>>},
                                   {"topk", boxed<sort_op<topk_request>>},
                                   {"value_selecting_backward", boxed<value_selecting_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"argsort", boxed<argsort>}, {"argsort.stable", boxed<argsort_stable>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
