// SPDX-License-Identifier: Apache-2.0
// In-place forms that write no element: a tensor takes the sizes and strides of a view of itself, or the storage of another.
#include <vt/cpp/op.hpp>

#include "ops/ops.hpp"
#include "ops/view.hpp"

namespace vt::core {

namespace {

// `self` becomes what `view` gives for the arguments.
void become(const char* op, const Op& view, std::span<const VtValue> args, VtValue* result) {
  VtTensor* self = required_destination(op, result[0]);
  VtValue seen = none();
  check(tables().dispatch->call_boxed(view.get(), args.data(), static_cast<int32_t>(args.size()), &seen));
  const Owned owner(seen.as.tensor);
  if (owner.get() != self)
    set_geometry(impl(self), sizes_of(owner.get()), strides_of(owner.get()), owner.get()->dl.data);
  result[0] = shared_value(self);
}

void transpose(const VtValue* args, VtValue* result) {
  static const Op view("transpose");
  become("transpose_", view, {args, 3}, result);
}

void t(const VtValue* args, VtValue* result) {
  static const Op view("t");
  become("t_", view, {args, 1}, result);
}

void squeeze(const VtValue* args, VtValue* result) {
  static const Op view("squeeze");
  become("squeeze_", view, {args, 1}, result);
}

void squeeze_dim(const VtValue* args, VtValue* result) {
  static const Op view("squeeze.dim");
  become("squeeze_", view, {args, 2}, result);
}

void unsqueeze(const VtValue* args, VtValue* result) {
  static const Op view("unsqueeze");
  become("unsqueeze_", view, {args, 2}, result);
}

void as_strided(const VtValue* args, VtValue* result) {
  static const Op view("as_strided");
  become("as_strided_", view, {args, 4}, result);
}

// Row-major, or in the format asked for.
void resize_to(const char* op, VtTensor* self, std::span<const int64_t> sizes, MemoryFormat format) {
  Sizes strides;
  if (format == MemoryFormat::kPreserve)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": other sizes leave no format to preserve; ask for another one");
  for (const int64_t size : sizes)
    if (size < 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": sizes must not be negative: got " + format_sizes(sizes));
  if (format != MemoryFormat::kContiguous) strides_in(op, sizes, format, strides);
  core::resize(impl(self), sizes);
  if (format != MemoryFormat::kContiguous) set_geometry(impl(self), sizes_of(self), strides, self->dl.data);
}

void resize_in_place(const VtValue* args, VtValue* result) {
  VtTensor* self = required_destination("resize_", result[0]);
  resize_to("resize_", self, ints_of(args[1]), memory_format_of("resize_", args[2], MemoryFormat::kContiguous));
  result[0] = shared_value(self);
}

void resize_as(const VtValue* args, VtValue* result) {
  VtTensor* self = required_destination("resize_as_", result[0]);
  const VtTensor* like = args[1].as.tensor;
  MemoryFormat format = memory_format_of("resize_as_", args[2], MemoryFormat::kContiguous);
  if (format == MemoryFormat::kPreserve) format = format_suggested_by(like);
  resize_to("resize_as_", self, sizes_of(like), format);
  result[0] = shared_value(self);
}

void set_to(VtTensor* self, const TensorImpl* source, VtValue* result) {
  set_storage(impl(self), source);
  result[0] = shared_value(self);
}

void check_source(const VtTensor* self, const VtTensor* source) {
  if (!same_dtype(self->dl.dtype, source->dl.dtype))
    fail(VT_ERROR_DTYPE, "set_: a tensor of " + std::string(dtype_name(source->dl.dtype)) + " cannot become one of " +
                             std::string(dtype_name(self->dl.dtype)));
  if (!on_same_device(self, source)) fail(VT_ERROR_DEVICE_MISMATCH, "set_: both tensors must lie on one device");
}

void set_empty(const VtValue*, VtValue* result) {
  VtTensor* self = required_destination("set_", result[0]);
  const int64_t none_left = 0;
  const Owned nothing(empty({&none_left, 1}, self->dl.dtype, self->dl.device));
  set_to(self, impl(nothing.get()), result);
}

void set_source(const VtValue* args, VtValue* result) {
  VtTensor* self = required_destination("set_", result[0]);
  check_source(self, args[1].as.tensor);
  set_to(self, impl(args[1].as.tensor), result);
}

void set_part(const VtValue* args, VtValue* result) {
  VtTensor* self = required_destination("set_", result[0]);
  VtTensor* source = args[1].as.tensor;
  check_source(self, source);
  const auto sizes = ints_of(args[3]);
  Sizes strides;
  strides.assign(ints_of(args[4]));
  if (strides.size() == 0) {
    checked_numel("set_", sizes);
    strides.resize(sizes.size());
    contiguous_strides(sizes, strides.data());
  }
  const Owned part(make_view(impl(source), sizes, strides, args[2].as.i, source->dl.dtype));
  set_to(self, impl(part.get()), result);
}

constexpr char kViewDoc[] =
    "The tensor itself with other sizes and strides, as the view of this name without `_` has them.";
constexpr char kResizeDoc[] =
    R"(Gives the tensor other sizes in row-major layout, keeping the elements that fit, in storage order.

New elements are not initialised. Tensors that share the storage stay where they are if it has to grow.

Raises
------
RuntimeError
    If a size is negative, the tensor requires grad, or its memory belongs to somebody else and is too small.)";
constexpr char kSetDoc[] =
    R"(Makes the tensor share storage, sizes and strides of another: `source`, a part of its storage, or nothing.

Parameters
----------
source : Tensor, optional
    Of the same dtype and device. Without it the tensor becomes empty.
storage_offset : int
    First element, counted from the start of the storage.
size, stride : sequence of int
    Of the part; row-major by default.

Raises
------
RuntimeError
    If dtypes or devices differ, the part leaves the storage, or the tensor requires grad.)";

}  // namespace

void register_view_in_place(VtPlugin* plugin) {
  constexpr uint32_t kMethod = VT_OP_METHOD | VT_OP_INPLACE_ONLY;
  const OpRow ops[] = {
      {"transpose_(Tensor self, int dim0, int dim1) -> Tensor", kMethod, kViewDoc},
      {"t_(Tensor self) -> Tensor", kMethod, kViewDoc},
      {"squeeze_(Tensor self) -> Tensor", kMethod, kViewDoc},
      {"squeeze_.dim(Tensor self, int[] dim) -> Tensor", kMethod, kViewDoc},
      {"unsqueeze_(Tensor self, int dim) -> Tensor", kMethod, kViewDoc},
      {"as_strided_(Tensor self, int[] size, int[] stride, int? storage_offset=None) -> Tensor",
       kMethod | VT_OP_FUNCTION, kViewDoc},
      {"resize_(Tensor self, int[] size, *, memory_format? memory_format=None) -> Tensor",
       kMethod | VT_OP_NOT_DIFFERENTIABLE, kResizeDoc},
      {"resize_as_(Tensor self, Tensor the_template, *, memory_format? memory_format=None) -> Tensor",
       kMethod | VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE | VT_OP_ANY_DEVICE, kResizeDoc},
      {"set_(Tensor self) -> Tensor", kMethod | VT_OP_NOT_DIFFERENTIABLE, kSetDoc},
      {"set_.source(Tensor self, Tensor source) -> Tensor", kMethod | VT_OP_NOT_DIFFERENTIABLE, kSetDoc},
      {"set_.part(Tensor self, Tensor source, int storage_offset, int[] size, int[] stride=[]) -> Tensor",
       kMethod | VT_OP_NOT_DIFFERENTIABLE, kSetDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"transpose_", boxed<transpose>},    {"t_", boxed<t>},
      {"squeeze_", boxed<squeeze>},        {"squeeze_.dim", boxed<squeeze_dim>},
      {"unsqueeze_", boxed<unsqueeze>},    {"as_strided_", boxed<as_strided>},
      {"resize_", boxed<resize_in_place>}, {"resize_as_", boxed<resize_as>},
      {"set_", boxed<set_empty>},          {"set_.source", boxed<set_source>},
      {"set_.part", boxed<set_part>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
