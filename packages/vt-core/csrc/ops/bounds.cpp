// SPDX-License-Identifier: Apache-2.0
// searchsorted and bucketize on the CPU: where values belong in sorted sequences.
#include <vt/cpp/iter/bound_rules.hpp>
#include <vt/cpp/op.hpp>

#include "ops/calls.hpp"
#include "ops/loops/bounds.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

Tensor dense(VtTensor* t, DLDataType dtype) {
  if (same_dtype(t->dl.dtype, dtype) && (t->flags & VT_TENSOR_CONTIGUOUS)) return Tensor::share(t);
  Tensor out = Tensor::steal(empty(sizes_of(t), dtype, t->dl.device));
  copy_tensor(out.get(), t, false);
  return out;
}

void find_bounds(const BoundRequest& r, VtValue* result) {
  const DLDataType dtype = r.dtype;
  const BoundLoop loop = loops<BoundLoops>().find[static_cast<size_t>(dtype_index(dtype))];
  const DLDataType out_dtype = r.result_dtype();
  VtTensor* destination = is_tensor(result[0]) ? result[0].as.tensor : nullptr;
  if (destination) check_writable(r.op, destination);
  const int64_t length = r.length();
  const DLDevice device = r.values->dl.device;
  const bool is_direct = !destination && !r.out_int32;
  Tensor places = Tensor::steal(empty(sizes_of(r.values), kInt64, device));
  if (!is_meta(device)) {
    const Tensor sequence = dense(r.sequence, dtype);
    const Tensor values = dense(r.values, dtype);
    const Tensor sorter = r.sorter ? dense(r.sorter, kInt64) : Tensor();
    if (sorter)
      for (int64_t i = 0; i < sorter.numel(); ++i)
        if (sorter.data<int64_t>()[i] < 0 || sorter.data<int64_t>()[i] >= length)
          fail(VT_ERROR_RUNTIME, std::string(r.op) + ": sorter index out of range: got " +
                                     std::to_string(sorter.data<int64_t>()[i]) + ", expected 0 to " +
                                     std::to_string(length - 1));
    const int64_t itemsize = itemsize_of(dtype);
    const bool is_shared = r.is_shared();
    const int64_t num = is_shared ? values.numel() : values.sizes().back();
    const int64_t num_lines = num == 0 ? 0 : values.numel() / num;
    parallel_for(0, num_lines * num, kGrain / 16, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end;) {
        const int64_t line = i / num;
        const int64_t n = std::min(end, (line + 1) * num) - i;
        const int64_t first = is_shared ? 0 : line * length;
        loop({sequence.data<char>() + first * itemsize, sorter ? sorter.data<int64_t>() + first : nullptr, length,
              r.right, values.data<char>() + i * itemsize, n, places.data<int64_t>() + i});
        i += n;
      }
    });
  }
  if (is_direct) {
    result[0] = value_of(places.release());
    return;
  }
  Owned out(destination ? destination : empty(sizes_of(r.values), out_dtype, device));
  if (destination) retain(destination);
  if (destination && !same_sizes(sizes_of(destination), places.sizes())) resize(impl(destination), places.sizes());
  if (!is_meta(device)) copy_tensor(out.get(), places.get(), false);
  result[0] = value_of(out.take());
}

void searchsorted(const VtValue* args, VtValue* result) { find_bounds(searchsorted_request(args, result[0]), result); }
void bucketize(const VtValue* args, VtValue* result) { find_bounds(bucketize_request(args, result[0]), result); }

// A number as a tensor without dimensions. It has the kind of its own, so that it promotes as a number does.
Tensor scalar(const VtValue& number, const VtTensor* beside) {
  static const Op full("full");
  const DLDataType dtype = dtype_info(number_dtype_index(number_of(number).category)).dtype;
  const bool is_double = same_dtype(beside->dl.dtype, kFloat64);
  return full(std::span<const int64_t>(), number, is_double ? kFloat64 : dtype, beside->dl.device);
}

// searchsorted.scalar(sorted_sequence, self, ...)
void searchsorted_scalar(const VtValue* args, VtValue* result) {
  static const Op op("searchsorted");
  const VtTensor* sequence = args[0].as.tensor;
  if (sequence->dl.ndim != 1)
    fail(VT_ERROR_RUNTIME,
         "searchsorted: input value can be a scalar only when boundaries tensor dimension is 1: got "
         "boundaries " +
             format_sizes(sizes_of(sequence)));
  const Tensor value = scalar(args[1], sequence);
  result[0] = value_of(op.into(result[0], args[0], value, args[2], args[3], args[4], args[5]).release());
}

// bucketize.scalar(self, boundaries, ...)
void bucketize_scalar(const VtValue* args, VtValue* result) {
  static const Op op("bucketize");
  const Tensor value = scalar(args[0], args[1].as.tensor);
  result[0] = value_of(op.into(result[0], value, args[1], args[2], args[3]).release());
}

constexpr char kSearchsortedDoc[] = R"(Where values would be inserted in sorted sequences so that these stay sorted.

Parameters
----------
sorted_sequence : Tensor
    Of one dimension, or like `self` in all dimensions but the last; sorted along the last. Any dtype but bool, float8 and
    complex.
self : Tensor or Scalar
    The values.
out_int32 : bool
    Give int32 instead of int64.
right : bool
    Behind equal elements instead of before them.
side : str, optional
    "left" or "right": the same as `right`.
sorter : Tensor, optional
    int64, like `sorted_sequence`: the places of its elements in order, which it need not be in then.

Returns
-------
Tensor
    Of the sizes of `self`.

Raises
------
RuntimeError
    If sizes or dtypes do not fit together, or `sorter` names no place of the sequence. On CUDA a search that meets such an
    entry is reported as an IndexError when the device is next waited for.)";

constexpr char kBucketizeDoc[] = R"(The numbers of the buckets, between sorted boundaries, that values belong to.

Parameters
----------
self : Tensor or Scalar
    The values.
boundaries : Tensor
    Of one dimension; sorted.
out_int32 : bool
    Give int32 instead of int64.
right : bool
    A value that equals a boundary belongs to the bucket behind it.

Returns
-------
Tensor
    Of the sizes of `self`.

Raises
------
RuntimeError
    If `boundaries` has not one dimension.)";

}  // namespace

void register_bounds(VtPlugin* plugin) {
  constexpr uint32_t kConstant = VT_OP_OUT | VT_OP_NOT_DIFFERENTIABLE;
  const OpRow ops[] = {
      {"searchsorted(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, "
       "Tensor? sorter=None) -> Tensor",
       kConstant | VT_OP_FUNCTION, kSearchsortedDoc},
      {"searchsorted.scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? "
       "side=None, Tensor? sorter=None) -> Tensor",
       kConstant | VT_OP_COMPOSITE | VT_OP_FUNCTION, kSearchsortedDoc},
      {"bucketize(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor",
       kConstant | VT_OP_FUNCTION, kBucketizeDoc},
      {"bucketize.scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor",
       kConstant | VT_OP_COMPOSITE | VT_OP_FUNCTION, kBucketizeDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"searchsorted", boxed<searchsorted>}, {"bucketize", boxed<bucketize>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"searchsorted.scalar", boxed<searchsorted_scalar>},
                                      {"bucketize.scalar", boxed<bucketize_scalar>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
