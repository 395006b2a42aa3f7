// SPDX-License-Identifier: Apache-2.0
// Copies of a tensor in which what a view shows is replaced by another tensor.
#include <vt/cpp/op.hpp>

#include <algorithm>
#include <array>

#include "ops/ops.hpp"
#include "ops/view.hpp"

namespace vt::core {

namespace {

// `args` are self and src, then the view's further arguments.
template <size_t kNumFurther>
void scatter(const char* name, const Op& view, const VtValue* args, VtValue* result) {
  static const Op clone("clone");
  static const Op copy("copy_");
  const Tensor out = clone(args[0]);
  std::array<VtValue, 1 + kNumFurther> seen_args{value_of(out.get())};
  std::copy_n(args + 2, kNumFurther, seen_args.begin() + 1);
  VtValue seen = none();
  check(tables().dispatch->call_boxed(view.get(), seen_args.data(), static_cast<int32_t>(seen_args.size()), &seen));
  const Tensor part = Tensor::steal(seen.as.tensor);
  const VtTensor* src = args[1].as.tensor;
  if (!same_sizes(part.sizes(), sizes_of(src)))
    fail(VT_ERROR_RUNTIME, std::string(name) + ": expected src to have the sizes of the view, " +
                               format_sizes(part.sizes()) + ": got " + format_sizes(sizes_of(src)));
  copy.into(part, part, args[1]);
  result[0] = value_of(Tensor(out).release());
}

void diagonal_scatter(const VtValue* args, VtValue* result) {
  static const Op view("diagonal");
  scatter<3>("diagonal_scatter", view, args, result);
}
void select_scatter(const VtValue* args, VtValue* result) {
  static const Op view("select");
  scatter<2>("select_scatter", view, args, result);
}
void slice_scatter(const VtValue* args, VtValue* result) {
  static const Op view("slice");
  scatter<4>("slice_scatter", view, args, result);
}

// One past the last element that `t` reaches, counted from the start of its storage.
int64_t reach_of(const VtTensor* t) noexcept {
  int64_t end = storage_offset(impl(t)) + (t->numel > 0);
  for (int32_t d = 0; t->numel > 0 && d < t->dl.ndim; ++d) end += (t->dl.shape[d] - 1) * t->dl.strides[d];
  return end;
}

// The window may show what `self` does not, so the storage is copied up to the end of `self`.
void as_strided_scatter(const VtValue* args, VtValue* result) {
  static const Op as_strided("as_strided");
  static const Op clone("clone");
  static const Op copy("copy_");
  const VtTensor* self = args[0].as.tensor;
  const int64_t start = storage_offset(impl(self));
  const int64_t length = reach_of(self);
  const int64_t one = 1;
  const Tensor storage = clone(as_strided(args[0], std::span(&length, 1), std::span(&one, 1), int64_t{0}));
  Tensor out = as_strided(storage, sizes_of(self), strides_of(self), start);
  const Tensor part = as_strided(out, args[2], args[3], is_none(args[4]) ? value_of(start) : args[4]);
  const VtTensor* src = args[1].as.tensor;
  if (!same_sizes(part.sizes(), sizes_of(src)))
    fail(VT_ERROR_RUNTIME, "as_strided_scatter: expected src to have the sizes of the view, " +
                               format_sizes(part.sizes()) + ": got " + format_sizes(sizes_of(src)));
  copy.into(part, part, args[1]);
  result[0] = value_of(out.release());
}

constexpr char kDoc[] = R"(A copy of `self` in which `src` stands where the view of this name without `_scatter` looks.

Parameters
----------
self : Tensor
src : Tensor
    Of the sizes of the view; its dtype is converted.

Raises
------
RuntimeError
    If the sizes of `src` are not those of the view.)";

}  // namespace

void register_view_scatter(VtPlugin* plugin) {
  constexpr uint32_t kFlags = kFunctionAndMethod | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"as_strided_scatter(Tensor self, Tensor src, int[] size, int[] stride, int? storage_offset=None) -> Tensor",
       kFlags, kDoc},
      {"diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor", kFlags, kDoc},
      {"select_scatter(Tensor self, Tensor src, int dim, int index) -> Tensor", kFlags, kDoc},
      {"slice_scatter(Tensor self, Tensor src, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor",
       kFlags, kDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"as_strided_scatter", boxed<as_strided_scatter>},
      {"diagonal_scatter", boxed<diagonal_scatter>},
      {"select_scatter", boxed<select_scatter>},
      {"slice_scatter", boxed<slice_scatter>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
