// SPDX-License-Identifier: Apache-2.0
// Copies: with cast and layout on one device, between devices, clone, contiguous and to.
#include <vt/abi/stream.h>
#include <vt/cpp/op.hpp>

#include <bit>
#include <cstring>

#include "ops/loops/convert.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"
#include "runtime/device.hpp"
#include "runtime/pinned.hpp"

// Note [Copies]
// copy_ runs on every device. On one device it calls _copy_within_, the row a device brings for casts and layouts. Between
// devices the source is first brought into the destination's dtype and a dense layout where it is not, on its own device;
// then the bytes go over; then, if the destination is not dense, they are laid out on its device.
namespace vt::core {

namespace {

// `src` seen with the sizes of the destination: strides 0 where it is broadcast, and without leading dimensions of size one
// that the destination lacks. The header is not a full tensor: only planning and loops may read it.
struct Broadcast {
  Broadcast(const VtTensor* src, std::span<const int64_t> sizes) : header(*src) {
    const auto ndim = static_cast<size_t>(src->dl.ndim);
    size_t skipped = 0;
    while (ndim - skipped > sizes.size() && src->dl.shape[skipped] == 1) ++skipped;
    bool fits = ndim - skipped <= sizes.size();
    strides.assign(sizes.size(), 0);
    for (size_t d = skipped; fits && d < ndim; ++d) {
      const size_t target = sizes.size() - ndim + d;
      if (src->dl.shape[d] == sizes[target]) {
        strides[target] = src->dl.strides[d];
      } else {
        fits = src->dl.shape[d] == 1;
      }
    }
    if (!fits)
      fail(VT_ERROR_SHAPE, "copy_: cannot broadcast " + format_sizes(sizes_of(src)) + " to " + format_sizes(sizes));
    shape.assign(sizes);
    if (!same_sizes(sizes, sizes_of(src))) header.flags &= ~uint32_t{VT_TENSOR_CONTIGUOUS | VT_TENSOR_NON_OVERLAPPING};
    header.dl.ndim = static_cast<int32_t>(sizes.size());
    header.dl.shape = shape.data();
    header.dl.strides = strides.data();
    header.numel = 1;
    for (const int64_t size : shape) header.numel *= size;
  }
  Broadcast(const Broadcast&) = delete;

  VtTensor header;
  Sizes shape;
  Sizes strides;
};

void copy_dense(VtTensor* dst, const VtTensor* src) {
  const int64_t itemsize = itemsize_of(dst->dl.dtype);
  auto* to = static_cast<char*>(dst->dl.data);
  const auto* from = static_cast<const char*>(src->dl.data);
  parallel_for(0, dst->numel, 4 * kGrain, [&](int64_t begin, int64_t end) {
    std::memcpy(to + begin * itemsize, from + begin * itemsize, static_cast<size_t>((end - begin) * itemsize));
  });
}

// Rows and columns of a tile of a transposed copy: at least a cache line's worth of each column, as long as rows of it stay
// cached.
constexpr int64_t tile_rows(int64_t itemsize) { return itemsize < 4 ? 32 : 16; }
constexpr int64_t kTileColumns = 256;

// Whether neighbours of the source lie along the second dimension of a plan whose destination is dense along the first.
TransposeLoop transpose_loop(const IterPlan& p) {
  if (p.ndim < 2 || !same_dtype(p.dtypes[0], p.dtypes[1])) return nullptr;
  const int64_t itemsize = itemsize_of(p.dtypes[0]);
  const auto ndim = static_cast<size_t>(p.ndim);
  if (itemsize > 8 || p.strides[0] != itemsize || p.strides[ndim + 1] != itemsize || p.sizes[0] < 8 || p.sizes[1] < 8)
    return nullptr;
  return loops<ConvertLoops>().transpose[std::bit_width(static_cast<uint64_t>(itemsize)) - 1];
}

void copy_transposed(const IterPlan& p, TransposeLoop loop) {
  const auto ndim = static_cast<size_t>(p.ndim);
  const int64_t rows = tile_rows(p.strides[0]);
  const int64_t across = (p.sizes[0] + kTileColumns - 1) / kTileColumns;
  const int64_t down = (p.sizes[1] + rows - 1) / rows;
  const int64_t outer = p.numel / (p.sizes[0] * p.sizes[1]);
  parallel_for(0, across * down * outer, kGrain / (rows * kTileColumns), [&](int64_t begin, int64_t end) {
    for (int64_t tile = begin; tile < end; ++tile) {
      const int64_t row = tile % down * rows;
      const int64_t column = tile / down % across * kTileColumns;
      const auto at = [&](size_t k) {
        const int64_t* strides = &p.strides[k * ndim];
        int64_t offset = column * strides[0] + row * strides[1];
        int64_t rest = tile / (across * down);
        for (size_t d = 2; d < ndim; ++d) {
          offset += rest % p.sizes[d] * strides[d];
          rest /= p.sizes[d];
        }
        return static_cast<char*>(p.data[k]) + offset;
      };
      loop(at(0), p.strides[1], at(1), p.strides[ndim], std::min(rows, p.sizes[1] - row),
           std::min(kTileColumns, p.sizes[0] - column));
    }
  });
}

// Both on the CPU.
void copy_on_cpu(VtTensor* dst, VtTensor* src) {
  const bool dense = (dst->flags & src->flags & VT_TENSOR_CONTIGUOUS) && same_dtype(dst->dl.dtype, src->dl.dtype) &&
                     same_sizes(sizes_of(dst), sizes_of(src));
  if (dense && overlap_between(dst, src) == Overlap::kNone) {
    check_writable("copy_", dst);
    if (dst->numel > 0) copy_dense(dst, src);
    return;
  }
  Broadcast seen(src, sizes_of(dst));
  const VtValue operands[2] = {value_of(dst), value_of(&seen.header)};
  IterPlan p;
  plan_iteration({sizeof(VtIterConfig), 0, "copy_", operands, 1, 2, dst->dl.dtype}, p, CoreIterAllocator{});
  if (const TransposeLoop turned = transpose_loop(p)) return copy_transposed(p, turned);
  lengthen_runs(p);
  const ConvertLoop loop =
      loops<ConvertLoops>()
          .from_to[static_cast<size_t>(dtype_index(p.dtypes[0]))][static_cast<size_t>(known_dtype_index(p.dtypes[1]))];
  const InnerStrides<2> strides(p);
  for_each_run<2>(p,
                  [&](char* const* data, int64_t n) { loop(data[0], strides.value[0], data[1], strides.value[1], n); });
}

void copy_within(VtTensor* dst, VtTensor* src) {
  if (is_meta(dst->dl.device)) {
    const Broadcast fits(src, sizes_of(dst));
  } else if (is_cpu(dst)) {
    copy_on_cpu(dst, src);
  } else {
    release(call_op("_copy_within_", {value_of(dst), value_of(src)}, dst));
  }
}

bool same_dense_layout(const VtTensor* a, const VtTensor* b) noexcept {
  if (!same_dtype(a->dl.dtype, b->dl.dtype) || !same_sizes(sizes_of(a), sizes_of(b))) return false;
  if (a->flags & b->flags & VT_TENSOR_CONTIGUOUS) return true;
  return (a->flags & b->flags & VT_TENSOR_NON_OVERLAPPING) && same_sizes(strides_of(a), strides_of(b));
}

void copy_across(VtTensor* dst, VtTensor* src, bool non_blocking) {
  if (is_meta(dst->dl.device)) {
    const Broadcast fits(src, sizes_of(dst));
    return;
  }
  if (is_meta(src->dl.device)) fail(VT_ERROR_NOT_IMPLEMENTED, "copy_: a meta tensor has no elements to copy");
  check_writable("copy_", dst);
  if (dst->numel == 0) {
    const Broadcast fits(src, sizes_of(dst));
    return;
  }
  if (same_dense_layout(dst, src)) return copy_bytes(dst, src, non_blocking);
  // Temporaries die before a copy that was left running ends, so the rest waits for host memory.
  const bool dense_dst = dst->flags & VT_TENSOR_NON_OVERLAPPING;
  auto dense_like_dst = [&](DLDevice device) {
    return dense_dst ? empty_strided(sizes_of(dst), strides_of(dst), dst->dl.dtype, device)
                     : empty(sizes_of(dst), dst->dl.dtype, device);
  };
  Owned staged(dense_like_dst(src->dl.device));
  copy_within(staged.get(), src);
  if (dense_dst) return copy_bytes(dst, staged.get(), false);
  Owned landed(dense_like_dst(dst->dl.device));
  copy_bytes(landed.get(), staged.get(), false);
  copy_within(dst, landed.get());
}

}  // namespace

void copy_tensor(VtTensor* dst, VtTensor* src, bool non_blocking) {
  if (dst == src) return;
  const bool host = is_cpu(dst) && is_cpu(src);
  if (host || on_same_device(dst, src)) {
    copy_within(dst, src);
  } else {
    copy_across(dst, src, non_blocking);
  }
}

TensorImpl* empty_following(const VtTensor* t, DLDataType dtype, DLDevice device) {
  if (t->flags & VT_TENSOR_CONTIGUOUS) return empty(sizes_of(t), dtype, device);
  if (t->flags & VT_TENSOR_NON_OVERLAPPING) return empty_strided(sizes_of(t), strides_of(t), dtype, device);
  // As the result of an elementwise op on `t`: dimensions in the order of its strides.
  const size_t ndim = static_cast<size_t>(t->dl.ndim);
  IterPlan order;
  order.num_operands = 1;
  order.tensors.assign(1, const_cast<VtTensor*>(t));
  InlineVector<size_t, 4> permutation;
  permutation.resize(ndim);
  sort_dims(order, sizes_of(t), t->dl.strides, permutation.data());
  order.tensors.resize(0);
  Sizes strides;
  strides.resize(ndim);
  int64_t stride = 1;
  for (const size_t d : permutation) {
    strides[d] = stride;
    stride *= std::max<int64_t>(t->dl.shape[d], 1);
  }
  return empty_strided(sizes_of(t), strides, dtype, device);
}

TensorImpl* empty_in_format(const char* op, const VtTensor* t, DLDataType dtype, DLDevice device, MemoryFormat format) {
  if (format == MemoryFormat::kPreserve) return empty_following(t, dtype, device);
  if (format == MemoryFormat::kContiguous) return empty(sizes_of(t), dtype, device);
  Sizes strides;
  strides_in(op, sizes_of(t), format, strides);
  return empty_strided(sizes_of(t), strides, dtype, device);
}

namespace {

void copy(const VtValue* args, VtValue* result) {
  VtTensor* dst = required_destination("copy_", result[0]);
  copy_tensor(dst, args[1].as.tensor, args[2].as.i != 0);
  result[0] = shared_value(dst);
}

void copy_within_kernel(const VtValue* args, VtValue* result) {
  VtTensor* dst = required_destination("_copy_within_", result[0]);
  copy_on_cpu(dst, args[1].as.tensor);
  result[0] = shared_value(dst);
}

void clone(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const MemoryFormat format = memory_format_of("clone", args[1], MemoryFormat::kPreserve);
  if (result[0].tag == VT_TENSOR) {
    VtTensor* out = result[0].as.tensor;
    if (!can_cast(self->dl.dtype, out->dl.dtype))
      fail(VT_ERROR_DTYPE, "clone: result type " + std::string(dtype_name(self->dl.dtype)) +
                               " can't be cast to the desired output type " + std::string(dtype_name(out->dl.dtype)));
    if (!same_sizes(sizes_of(out), sizes_of(self))) resize(impl(out), sizes_of(self));
    copy_tensor(out, self, false);
    result[0] = shared_value(out);
    return;
  }
  Owned out(empty_in_format("clone", self, self->dl.dtype, self->dl.device, format));
  copy_tensor(out.get(), self, false);
  result[0] = value_of(out.take());
}

void contiguous(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const MemoryFormat format = memory_format_of("contiguous", args[1], MemoryFormat::kContiguous);
  if (format == MemoryFormat::kPreserve)
    fail(VT_ERROR_RUNTIME, "contiguous: preserve_format names no layout; ask for another memory format");
  if (is_in_format(self, format)) {
    result[0] = shared_value(self);
    return;
  }
  Owned out(empty_in_format("contiguous", self, self->dl.dtype, self->dl.device, format));
  copy_tensor(out.get(), self, false);
  result[0] = value_of(out.take());
}

struct Target {
  DLDataType dtype;
  DLDevice device;
  bool non_blocking;
  bool copy;
  MemoryFormat format;
};

// Where a copy lands. One to the host that is not waited for lands in pinned memory, as elsewhere the driver would wait.
VtTensor* landing(const VtTensor* self, const Target& target) {
  if (!target.non_blocking || self->dl.device.device_type != kDLCUDA || target.device.device_type != kDLCPU)
    return empty_in_format("to", self, target.dtype, target.device, target.format);
  const Owned shape(empty_in_format("to", self, target.dtype, DLDevice{kMetaType, 0}, target.format));
  return empty_pinned(sizes_of(shape.get()), strides_of(shape.get()), target.dtype);
}

// The tensor itself when nothing is to be done.
void convert_to(VtTensor* self, const Target& target, VtValue* result) {
  const DLDevice here = self->dl.device;
  const bool same_place = target.device.device_type == here.device_type && target.device.device_id == here.device_id;
  const bool same_layout = target.format == MemoryFormat::kPreserve || is_in_format(self, target.format);
  if (same_place && same_layout && same_dtype(target.dtype, self->dl.dtype) && !target.copy) {
    result[0] = shared_value(self);
    return;
  }
  check_device(target.device);
  known_dtype_index(target.dtype);
  Owned out(landing(self, target));
  copy_tensor(out.get(), self, target.non_blocking);
  result[0] = value_of(out.take());
}

DLDataType dtype_or(const VtValue& v, const VtTensor* self) { return is_none(v) ? self->dl.dtype : v.as.dtype; }
DLDevice device_or(const VtValue& v, const VtTensor* self) { return is_none(v) ? self->dl.device : v.as.device; }

// non_blocking, copy and memory_format, which end the arguments of each form.
Target target_of(DLDataType dtype, DLDevice device, const VtValue* last) {
  return {dtype, device, last[0].as.i != 0, last[1].as.i != 0,
          memory_format_of("to", last[2], MemoryFormat::kPreserve)};
}

void to(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  convert_to(self, target_of(dtype_or(args[1], self), device_or(args[2], self), args + 3), result);
}

void to_device(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  convert_to(self, target_of(dtype_or(args[2], self), device_or(args[1], self), args + 3), result);
}

void to_dtype(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  convert_to(self, target_of(args[1].as.dtype, self->dl.device, args + 2), result);
}

void to_other(const VtValue* args, VtValue* result) {
  const VtTensor* other = args[1].as.tensor;
  convert_to(args[0].as.tensor, target_of(other->dl.dtype, other->dl.device, args + 2), result);
}

void type_as(const VtValue* args, VtValue* result) {
  static const Op to("to.other");
  result[0] = value_of(to(args[0], args[1]).release());
}

constexpr char kCopyDoc[] = R"(Copies `src` into `self`, broadcasting it and converting its dtype.

Floats become integers by truncation, complex numbers lose their imaginary part, anything but zero becomes True.

Parameters
----------
self : Tensor
src : Tensor
    Broadcastable to the sizes of `self`; on any device.
non_blocking : bool
    Do not wait for a copy from or to host memory; that memory must then stay untouched until the stream has passed it.

Notes
-----
Enqueues on the current streams of both devices. Bumps the version of `self`.)";
constexpr char kCloneDoc[] =
    R"(A copy of `self` with elements of its own; dense, in the order of the dimensions' strides.

Parameters
----------
memory_format : memory_format, optional
    Another layout for the copy.)";
constexpr char kContiguousDoc[] = R"(`self` in row-major layout: the tensor itself when it has it already, else a copy.

Parameters
----------
memory_format : memory_format
    Another layout: channels_last of four dimensions, channels_last_3d of five.

Raises
------
RuntimeError
    If the format is for another number of dimensions.)";
constexpr char kToDoc[] = R"(`self` with another dtype or on another device.

Parameters
----------
dtype : dtype, optional
device : device, optional
non_blocking : bool
    As in `copy_`.
copy : bool
    Copy even when nothing changes; otherwise the result is then `self` itself.
memory_format : memory_format, optional
    The layout of the result; that of `self` by default.

Notes
-----
Also ``to(device, dtype=None)``, ``to(dtype)`` and ``to(other)``, which takes both from another tensor.)";
constexpr char kTypeAsDoc[] = "`self` in the dtype and on the device of `other`, as ``to(other)``.";
constexpr char kCopyWithinDoc[] = "copy_ between tensors of one device: what a device implements of it.";

}  // namespace

void register_copy(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"copy_(Tensor self, Tensor src, bool non_blocking=False) -> Tensor",
       VT_OP_INPLACE_ONLY | VT_OP_ANY_DEVICE | VT_OP_METHOD, kCopyDoc},
      {"_copy_within_(Tensor self, Tensor src) -> Tensor", VT_OP_INPLACE_ONLY | VT_OP_NOT_DIFFERENTIABLE,
       kCopyWithinDoc},
      {"clone(Tensor self, *, memory_format? memory_format=None) -> Tensor", kFunctionAndMethod | VT_OP_OUT, kCloneDoc},
      {"contiguous(Tensor(a) self, *, memory_format? memory_format=None) -> Tensor(a)", VT_OP_METHOD, kContiguousDoc},
      {"to(Tensor(a) self, *, dtype? dtype=None, device? device=None, bool non_blocking=False, bool copy=False, "
       "memory_format? memory_format=None) -> Tensor(a)",
       VT_OP_METHOD, kToDoc},
      {"to.device(Tensor(a) self, device? device, dtype? dtype=None, bool non_blocking=False, bool copy=False, *, "
       "memory_format? memory_format=None) -> Tensor(a)",
       VT_OP_METHOD, kToDoc},
      {"to.dtype(Tensor(a) self, dtype dtype, bool non_blocking=False, bool copy=False, *, "
       "memory_format? memory_format=None) -> Tensor(a)",
       VT_OP_METHOD, kToDoc},
      {"to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False, *, "
       "memory_format? memory_format=None) -> Tensor(a)",
       VT_OP_METHOD | VT_OP_ANY_DEVICE, kToDoc},
      {"type_as(Tensor self, Tensor other) -> Tensor", VT_OP_METHOD | VT_OP_COMPOSITE | VT_OP_ANY_DEVICE, kTypeAsDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"copy_", boxed<copy>},
                                      {"clone", boxed<clone>},
                                      {"contiguous", boxed<contiguous>},
                                      {"to", boxed<to>},
                                      {"to.device", boxed<to_device>},
                                      {"to.dtype", boxed<to_dtype>},
                                      {"to.other", boxed<to_other>},
                                      {"type_as", boxed<type_as>}};
  register_kernels(plugin, kEveryDevice, everywhere);
  const vt::KernelRow kernels[] = {{"_copy_within_", boxed<copy_within_kernel>}};
  register_kernels(plugin, kDLCPU, kernels);
}

}  // namespace vt::core
