// SPDX-License-Identifier: Apache-2.0
// cat and stack.
#include "ops/join.hpp"

#include <vt/cpp/iter/join_rules.hpp>

#include <cstring>

#include "ops/lists.hpp"
#include "ops/loops/convert.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

// Rows of this many bytes are worth a parallel loop each.
constexpr int64_t kLongRow = 4 * kGrain;
// Of rows of so few elements each call of memcpy would cost more than what it copies.
constexpr int64_t kShortRow = 4;
constexpr int64_t kCachedBytes = 16384;

// Row `r` of the result is row `r` of each part in turn.
void join_bytes(const JoinPlan& p, const VtTensor* out) {
  int64_t num_rows = 1;
  for (size_t d = 0; d < p.dim; ++d) num_rows *= p.sizes[d];
  const int64_t out_row = bytes_from(out, p.dim);
  auto* data = static_cast<char*>(out->dl.data);
  if (num_rows == 1 || out_row >= kLongRow * static_cast<int64_t>(p.parts.size())) {
    for (int64_t r = 0; r < num_rows; ++r) {
      char* at = data + r * out_row;
      for (const VtTensor* part : p.parts) {
        const int64_t row = bytes_from(part, p.dim);
        const char* from = static_cast<const char*>(part->dl.data) + r * row;
        parallel_for(0, row, kLongRow, [&](int64_t begin, int64_t end) {
          std::memcpy(at + begin, from + begin, static_cast<size_t>(end - begin));
        });
        at += row;
      }
    }
    return;
  }
  struct Part {
    const char* data;
    int64_t row;
  };
  std::vector<Part> parts;
  parts.reserve(p.parts.size());
  for (const VtTensor* t : p.parts) parts.push_back({static_cast<const char*>(t->dl.data), bytes_from(t, p.dim)});
  const int64_t itemsize = itemsize_of(out->dl.dtype);
  const bool short_rows = out_row <= kShortRow * itemsize * static_cast<int64_t>(parts.size());
  const auto index = static_cast<size_t>(dtype_index(out->dl.dtype));
  const ConvertLoop copy = loops<ConvertLoops>().from_to[index][index];
  parallel_for(0, num_rows, std::max<int64_t>(kLongRow / out_row, 1), [&](int64_t begin, int64_t end) {
    if (short_rows) {
      // Columns instead, of as many rows as stay cached.
      const int64_t step = std::max<int64_t>(kCachedBytes / out_row, 1);
      for (int64_t r = begin; r < end; r += step) {
        const int64_t num = std::min(step, end - r);
        char* to = data + r * out_row;
        for (const Part& part : parts)
          for (int64_t at = 0; at < part.row; at += itemsize, to += itemsize)
            copy(to, out_row, part.data + r * part.row + at, part.row, num);
      }
      return;
    }
    char* at = data + begin * out_row;
    for (int64_t r = begin; r < end; ++r)
      for (const Part& part : parts) {
        std::memcpy(at, part.data + r * part.row, static_cast<size_t>(part.row));
        at += part.row;
      }
  });
}

// Part by part, each into its window of the result: other dtypes and layouts.
void join_windows(const JoinPlan& p, VtTensor* out) {
  auto* at = static_cast<char*>(out->dl.data);
  for (VtTensor* part : p.parts) {
    const Owned window(make_view_unchecked(impl(out), sizes_of(part), strides_of(out), at));
    copy_tensor(window.get(), part, false);
    at += part->dl.shape[p.dim] * out->dl.strides[p.dim] * itemsize_of(out->dl.dtype);
  }
}

void cat(const VtValue* args, VtValue* result) {
  const auto tensors = tensors_of(args[0]);
  VtTensor* destination = result[0].tag == VT_TENSOR ? result[0].as.tensor : nullptr;
  JoinPlan p;
  plan_join(tensors, args[1].as.i, destination, p);
  if (destination && !same_sizes(sizes_of(destination), p.sizes)) resize(impl(destination), p.sizes);
  if (destination) retain(destination);
  Owned out(destination ? destination : empty(p.sizes, p.dtype, tensors[0]->dl.device));
  if (out.get()->numel > 0 && !is_meta(out.get()->dl.device)) {
    if (joins_bytes(p, out.get())) {
      join_bytes(p, out.get());
    } else {
      join_windows(p, out.get());
    }
  }
  result[0] = value_of(out.take());
}

// cat of the tensors seen with one more dimension.
void stack(const VtValue* args, VtValue* result) {
  const auto tensors = tensors_of(args[0]);
  if (tensors.empty()) fail(VT_ERROR_RUNTIME, "stack: expected a non-empty list of tensors");
  const auto dim = static_cast<size_t>(wrap_dim("stack", args[1].as.i, tensors[0]->dl.ndim + 1));
  std::vector<Tensor> owners;
  std::vector<VtTensor*> views;
  owners.reserve(tensors.size());
  views.reserve(tensors.size());
  Sizes sizes;
  Sizes strides;
  for (size_t i = 0; i < tensors.size(); ++i) {
    const VtTensor* t = tensors[i];
    if (!same_sizes(sizes_of(t), sizes_of(tensors[0])))
      fail(VT_ERROR_SHAPE, "stack: sizes must be equal: got " + format_sizes(sizes_of(t)) + " at position " +
                               std::to_string(i) + ", expected " + format_sizes(sizes_of(tensors[0])));
    const auto ndim = static_cast<size_t>(t->dl.ndim);
    sizes.resize(ndim + 1);
    strides.resize(ndim + 1);
    for (size_t d = 0; d < ndim; ++d) {
      sizes[d < dim ? d : d + 1] = t->dl.shape[d];
      strides[d < dim ? d : d + 1] = t->dl.strides[d];
    }
    sizes[dim] = 1;
    strides[dim] = dim < ndim ? t->dl.shape[dim] * t->dl.strides[dim] : 1;
    owners.push_back(Tensor::steal(make_view_unchecked(impl(t), sizes, strides, t->dl.data)));
    views.push_back(owners.back().get());
  }
  const std::initializer_list<VtValue> joined = {value_of(std::span<VtTensor* const>(views)),
                                                 value_of(static_cast<int64_t>(dim))};
  if (result[0].tag != VT_TENSOR) {
    result[0] = value_of(call_op("cat", joined));
    return;
  }
  // Written through an alias with a version of its own: the dispatcher counts one write, of stack.
  VtTensor* destination = result[0].as.tensor;
  JoinPlan plan;  // refuses what the destination cannot hold before it is resized
  plan_join(views, static_cast<int64_t>(dim), destination, plan);
  sizes[dim] = static_cast<int64_t>(tensors.size());
  if (!same_sizes(sizes_of(destination), sizes)) resize(impl(destination), sizes);
  const Owned alias(make_alias(impl(destination), false));
  release(call_op("cat", joined, alias.get()));
  result[0] = shared_value(destination);
}

constexpr char kCatDoc[] = R"(The tensors one after the other along a dimension.

Parameters
----------
tensors : sequence of Tensor
    Of equal sizes but in `dim`; of one device. One-dimensional tensors without elements are left out.
dim : int
    The dimension they are joined in; 0 by default.

Returns
-------
Tensor
    Row-major, of the common dtype.

Raises
------
ValueError
    If the list is empty.
ShapeError
    If the sizes do not fit together.
RuntimeError
    If a tensor has no dimensions, or `out` shares elements with an input.

Notes
-----
Enqueues on the current stream.)";
constexpr char kConcatDoc[] = "Another name of `cat`.";
constexpr char kStackDoc[] = R"(The tensors side by side in a new dimension.

Parameters
----------
tensors : sequence of Tensor
    All of the same sizes.
dim : int
    Where the new dimension stands in the result.

Raises
------
ValueError
    If the list is empty.
ShapeError
    If the sizes differ.)";

}  // namespace

void register_join(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"cat(Tensor[] tensors, int dim=0) -> Tensor", VT_OP_FUNCTION | VT_OP_OUT, kCatDoc},
      {"stack(Tensor[] tensors, int dim=0) -> Tensor", VT_OP_FUNCTION | VT_OP_OUT, kStackDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"cat", boxed<cat>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"stack", boxed<stack>}};
  register_kernels(plugin, kEveryDevice, everywhere);
  register_split(plugin);
  register_split_at(plugin);
  register_rearrange(plugin);
  register_repeat(plugin);
  register_rotation(plugin);
  register_stack_forms(plugin);
}

}  // namespace vt::core
