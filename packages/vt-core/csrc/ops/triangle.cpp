// SPDX-License-Identifier: Apache-2.0
// tril and triu on the CPU.
#include <vt/cpp/iter/triangle_rules.hpp>

#include <cstring>

#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

// Which columns of a row stay: those in [begin, end).
struct Kept {
  int64_t begin;
  int64_t end;
};

Kept kept_of(int64_t row, int64_t columns, int64_t diagonal, bool upper) noexcept {
  // A diagonal so far out that its sum with a row does not fit keeps or drops everything all the same.
  int64_t edge;
  if (__builtin_add_overflow(row, diagonal, &edge)) edge = diagonal < 0 ? -1 : columns;
  if (upper) return {std::clamp<int64_t>(edge, 0, columns), columns};
  return {0, edge < 0 ? 0 : std::min(edge, columns - 1) + 1};
}

void zero(char* data, int64_t count, int64_t stride, int64_t itemsize) noexcept {
  if (stride == itemsize) {
    std::memset(data, 0, static_cast<size_t>(count * itemsize));
  } else {
    for (int64_t i = 0; i < count; ++i) std::memset(data + i * stride, 0, static_cast<size_t>(itemsize));
  }
}

// Writes the rows [begin, end) of all matrices. With `from`, row-major as `out` then is, what stays is copied first.
void write_rows(VtTensor* out, const char* from, int64_t diagonal, bool upper, int64_t begin, int64_t end) {
  const int32_t ndim = out->dl.ndim;
  const int64_t columns = out->dl.shape[ndim - 1];
  const int64_t rows = out->dl.shape[ndim - 2];
  const int64_t itemsize = itemsize_of(out->dl.dtype);
  const int64_t stride = out->dl.strides[ndim - 1] * itemsize;
  for (int64_t line = begin; line < end; ++line) {
    int64_t rest = line;
    int64_t offset = 0;
    for (int32_t d = ndim - 2; d >= 0; --d) {
      offset += rest % out->dl.shape[d] * out->dl.strides[d];
      rest /= out->dl.shape[d];
    }
    char* data = static_cast<char*>(out->dl.data) + offset * itemsize;
    const Kept kept = kept_of(line % rows, columns, diagonal, upper);
    if (from)
      std::memcpy(data + kept.begin * itemsize, from + (line * columns + kept.begin) * itemsize,
                  static_cast<size_t>((kept.end - kept.begin) * itemsize));
    zero(data, kept.begin, stride, itemsize);
    zero(data + kept.end * stride, columns - kept.end, stride, itemsize);
  }
}

void triangle(const char* op, const VtValue* args, VtValue* result, bool upper) {
  VtTensor* in = args[0].as.tensor;
  check_matrices(op, in);
  VtTensor* out = triangle_destination(op, in, result[0], CoreIterAllocator{});
  result[0] = value_of(out);
  if (in->numel == 0 || is_meta(in->dl.device)) return;
  const bool copies_rows = out != in && in->flags & out->flags & VT_TENSOR_CONTIGUOUS;
  if (out != in && !copies_rows) copy_tensor(out, in, false);
  const char* from = copies_rows ? static_cast<const char*>(in->dl.data) : nullptr;
  const int64_t columns = in->dl.shape[in->dl.ndim - 1];
  parallel_for(0, in->numel / columns, std::max<int64_t>(kGrain / columns, 1),
               [&](int64_t begin, int64_t end) { write_rows(out, from, args[1].as.i, upper, begin, end); });
}

void tril(const VtValue* args, VtValue* result) { triangle("tril", args, result, false); }
void triu(const VtValue* args, VtValue* result) { triangle("triu", args, result, true); }

constexpr char kTrilDoc[] = R"(The lower triangle of the matrices in `self`: what is above a diagonal becomes zero.

Parameters
----------
self : Tensor
    At least two dimensions, of which the last two are the matrices'; any dtype but float8.
diagonal : int
    The last diagonal that stays: 0 the main one, 1 the one above it, -1 the one below it.

Returns
-------
Tensor
    Of the same sizes and dtype, row-major.

Raises
------
RuntimeError
    If `self` has fewer than two dimensions.)";

constexpr char kTriuDoc[] =
    R"(The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else.)";

}  // namespace

void register_triangle(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod;
  const OpRow ops[] = {
      {"tril(Tensor self, int diagonal=0) -> Tensor", kFlags, kTrilDoc},
      {"triu(Tensor self, int diagonal=0) -> Tensor", kFlags, kTriuDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"tril", boxed<tril>}, {"triu", boxed<triu>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
