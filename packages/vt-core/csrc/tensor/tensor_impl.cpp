// SPDX-License-Identifier: Apache-2.0
// Making views, resizing, and the slow paths of ownership.
#include "tensor/tensor_impl.hpp"

#include <algorithm>
#include <cstdlib>

#include "runtime/device.hpp"
#include "tensor/autograd_slot.hpp"
#include "tensor/host_hooks.hpp"

namespace vt::core {

namespace {

constexpr uint32_t kLayoutFlags = VT_TENSOR_CONTIGUOUS | VT_TENSOR_NON_OVERLAPPING;
// What a view keeps of its base.
constexpr uint32_t kInheritedFlags = VT_TENSOR_READ_ONLY | VT_TENSOR_INFERENCE | 1u << VT_LAYER_INFERENCE;

int64_t product(std::span<const int64_t> sizes) noexcept {
  // Unsigned: the product of the sizes before a zero may overflow.
  uint64_t numel = 1;
  for (const int64_t size : sizes) numel *= static_cast<uint64_t>(size);
  return static_cast<int64_t>(numel);
}

void free_geometry(TensorImpl* t) noexcept {
  if (t->dl.shape != t->inline_geometry) std::free(t->dl.shape);
  t->dl.shape = t->inline_geometry;
  t->dl.ndim = 0;
}

void copy_geometry(TensorImpl* t, std::span<const int64_t> sizes, std::span<const int64_t> strides) {
  set_ndim(t, static_cast<int32_t>(sizes.size()));
  std::copy(sizes.begin(), sizes.end(), t->dl.shape);
  std::copy(strides.begin(), strides.end(), t->dl.strides);
  t->numel = product(sizes);
  compute_layout_flags(t);
}

// Fills geometry into a fresh header; a failure gives the header and its storage back.
TensorImpl* with_geometry(TensorImpl* t, std::span<const int64_t> sizes, std::span<const int64_t> strides) {
  try {
    copy_geometry(t, sizes, strides);
  } catch (...) {
    drop_header(t);
    throw;
  }
  return t;
}

}  // namespace

void allocate_geometry(TensorImpl* t, int32_t ndim) {
  t->dl.shape = static_cast<int64_t*>(std::malloc(2 * static_cast<size_t>(ndim) * sizeof(int64_t)));
  if (!t->dl.shape) throw std::bad_alloc();
  t->dl.strides = t->dl.shape + ndim;
}

void compute_layout_flags(TensorImpl* t) noexcept {
  const std::span<const int64_t> sizes(t->dl.shape, static_cast<size_t>(t->dl.ndim));
  const std::span<const int64_t> strides(t->dl.strides, static_cast<size_t>(t->dl.ndim));
  t->flags &= ~kLayoutFlags;
  if (is_row_major(sizes, strides))
    t->flags |= kLayoutFlags;
  else if (is_non_overlapping_and_dense(sizes, strides))
    t->flags |= VT_TENSOR_NON_OVERLAPPING;
}

TensorImpl* empty_strided(std::span<const int64_t> sizes, std::span<const int64_t> strides, DLDataType dtype,
                          DLDevice device) {
  if (sizes.size() != strides.size())
    fail(VT_ERROR_VALUE, "empty_strided: got " + std::to_string(sizes.size()) + " sizes and " +
                             std::to_string(strides.size()) + " strides");
  int64_t numel = 0;
  checked_nbytes(sizes, dtype, &numel);
  for (const int64_t stride : strides)
    if (stride < 0) fail(VT_ERROR_RUNTIME, "empty_strided: negative stride: got " + format_sizes(strides));
  Extent extent;
  if (!strided_extent(sizes, strides, dtype.bits / 8, &extent))
    fail(VT_ERROR_OVERFLOW, "empty_strided: the byte size of sizes " + format_sizes(sizes) + " with strides " +
                                format_sizes(strides) + " does not fit in 63 bits");
  Storage* storage = make_storage(static_cast<uint64_t>(extent.high_bytes), device);
  return with_geometry(new_header(storage, storage->data, dtype, device), sizes, strides);
}

TensorImpl* make_view(const TensorImpl* base, std::span<const int64_t> sizes, std::span<const int64_t> strides,
                      int64_t storage_offset, DLDataType dtype) {
  if (sizes.size() != strides.size())
    fail(VT_ERROR_RUNTIME, "as_strided: mismatch in length of strides and shape: got " + std::to_string(sizes.size()) +
                               " sizes and " + std::to_string(strides.size()) + " strides");
  int64_t numel = 0;
  checked_nbytes(sizes, dtype, &numel);
  for (const int64_t stride : strides)
    if (stride < 0) fail(VT_ERROR_RUNTIME, "as_strided: negative stride: got " + format_sizes(strides));
  const int64_t itemsize = dtype.bits / 8;
  Extent extent;
  int64_t begin = 0;
  int64_t end = 0;
  if (storage_offset < 0 || !strided_extent(sizes, strides, itemsize, &extent) ||
      __builtin_mul_overflow(storage_offset, itemsize, &begin) ||
      __builtin_add_overflow(begin, extent.high_bytes, &end) ||
      (numel > 0 && static_cast<uint64_t>(end) > base->storage->nbytes))
    fail(VT_ERROR_RUNTIME, "as_strided: sizes " + format_sizes(sizes) + ", strides " + format_sizes(strides) +
                               " and storage offset " + std::to_string(storage_offset) + " leave the storage of " +
                               std::to_string(base->storage->nbytes) + " bytes");
  // An empty view may begin anywhere; keep its pointer inside the storage.
  if (numel == 0) begin = std::min(begin, static_cast<int64_t>(base->storage->nbytes));
  retain(base->storage);
  TensorImpl* t = new_header(base->storage, static_cast<char*>(base->storage->data) + begin, dtype, base->dl.device);
  t->flags = (base->flags & kInheritedFlags) | VT_TENSOR_IS_VIEW;
  return with_geometry(t, sizes, strides);
}

TensorImpl* make_view_unchecked(const TensorImpl* base, std::span<const int64_t> sizes,
                                std::span<const int64_t> strides, void* data) {
  if (sizes.size() > static_cast<size_t>(kMaxDims)) [[unlikely]]
    fail(VT_ERROR_VALUE, "view: too many dimensions: got " + std::to_string(sizes.size()) + ", expected at most " +
                             std::to_string(kMaxDims));
  retain(base->storage);
  TensorImpl* t = new_header(base->storage, data, base->dl.dtype, base->dl.device);
  t->flags = (base->flags & kInheritedFlags) | VT_TENSOR_IS_VIEW;
  return with_geometry(t, sizes, strides);
}

TensorImpl* make_uncounted_view(const TensorImpl* base, std::span<const int64_t> sizes,
                                std::span<const int64_t> strides, void* data) {
  TensorImpl* t = make_view_unchecked(base, sizes, strides, data);
  new (&t->own_version) std::atomic<uint32_t>(0);
  t->version = &t->own_version;
  return t;
}

[[gnu::hot]] TensorImpl* make_alias(const TensorImpl* base, bool share_version) {
  retain(base->storage);
  TensorImpl* t = new_header(base->storage, base->dl.data, base->dl.dtype, base->dl.device);
  t->flags = (base->flags & (kInheritedFlags | kLayoutFlags)) | VT_TENSOR_IS_VIEW;
  t->numel = base->numel;
  try {
    set_ndim(t, base->dl.ndim);
  } catch (...) {
    drop_header(t);
    throw;
  }
  const auto ndim = static_cast<size_t>(base->dl.ndim);
  std::copy_n(base->dl.shape, ndim, t->dl.shape);
  std::copy_n(base->dl.strides, ndim, t->dl.strides);
  if (!share_version) {
    new (&t->own_version) std::atomic<uint32_t>(0);
    t->version = &t->own_version;
  }
  return t;
}

void set_data(TensorImpl* t, const TensorImpl* source) {
  if (t == source) return;
  const size_t ndim = static_cast<size_t>(source->dl.ndim);
  TensorImpl* fresh = make_alias(source, true);  // whatever can fail fails here
  Storage* old = t->storage;
  free_geometry(t);
  if (source->dl.ndim <= kInlineDims) {
    t->dl.shape = t->inline_geometry;
    t->dl.strides = t->inline_geometry + ndim;
    std::copy_n(fresh->dl.shape, ndim, t->dl.shape);
    std::copy_n(fresh->dl.strides, ndim, t->dl.strides);
  } else {
    t->dl.shape = std::exchange(fresh->dl.shape, fresh->inline_geometry);
    t->dl.strides = fresh->dl.strides;
  }
  t->dl.ndim = source->dl.ndim;
  t->dl.data = source->dl.data;
  t->dl.dtype = source->dl.dtype;
  t->dl.device = source->dl.device;
  t->numel = source->numel;
  t->flags =
      (t->flags & ~(kLayoutFlags | VT_TENSOR_READ_ONLY)) | (source->flags & (kLayoutFlags | VT_TENSOR_READ_ONLY));
  t->storage = std::exchange(fresh->storage, old);
  t->version = &t->storage->version;
  fresh->version = &fresh->storage->version;
  release(fresh);
}

namespace {

// A storage of `nbytes` bytes that begins with the bytes of `old`.
Storage* grown_storage(const Storage* old, uint64_t nbytes) {
  Storage* fresh = make_storage(nbytes, old->device);
  if (old->nbytes == 0 || !old->data) return fresh;
  if (old->device.device_type == kDLCPU) {
    std::memcpy(fresh->data, old->data, old->nbytes);
    return fresh;
  }
  try {
    const VtDeviceApi& backend = device_backend(old->device.device_type);
    const int32_t index = old->device.device_id;
    VtStream stream = 0;
    check(backend.current_stream(index, &stream));
    check(backend.copy(index, fresh->data, old->device, old->data, old->device, old->nbytes, stream, 0));
  } catch (...) {
    release(fresh);
    throw;
  }
  return fresh;
}

// A view that leaves the storage of its base is none any more, for autograd either. A leaf keeps its accumulator.
void leave_base(TensorImpl* t) noexcept {
  if (!(t->flags & VT_TENSOR_IS_VIEW) || (t->flags & VT_TENSOR_REQUIRES_GRAD)) return;
  t->flags &= ~(VT_TENSOR_IS_VIEW | 1u << VT_LAYER_AUTOGRAD);
  if (t->autograd) release_autograd_slot(std::exchange(t->autograd, nullptr));
}

// Puts `t` on another storage, whose count it takes over, with the number of writes it had.
void replace_storage(TensorImpl* t, Storage* fresh) noexcept {
  leave_base(t);
  fresh->version.store(t->storage->version.load(std::memory_order_relaxed), std::memory_order_relaxed);
  if (t->version == &t->storage->version) t->version = &fresh->version;
  release(std::exchange(t->storage, fresh));
}

}  // namespace

void set_storage(TensorImpl* t, const TensorImpl* source) {
  if (t == source) return;
  const uint32_t version = t->version->load(std::memory_order_relaxed);
  set_data(t, source);
  leave_base(t);
  new (&t->own_version) std::atomic<uint32_t>(version);
  t->version = &t->own_version;
}

// Note [Growing]
// A tensor that outgrows its storage gets another one. Tensors it shared the old one with stay there: they point into it, so
// unlike in PyTorch they do not see what is written afterwards.
void resize(TensorImpl* t, std::span<const int64_t> sizes) {
  int64_t numel = 0;
  const uint64_t nbytes = checked_nbytes(sizes, t->dl.dtype, &numel);
  const uint64_t offset = static_cast<uint64_t>(storage_offset(t)) * (t->dl.dtype.bits / 8u);
  if (offset + nbytes > t->storage->nbytes) {
    if (t->storage->origin == Origin::kForeign || (t->flags & VT_TENSOR_READ_ONLY))
      fail(VT_ERROR_RUNTIME, "resize: the storage of " + std::to_string(t->storage->nbytes) +
                                 " bytes is not resizable, and sizes " + format_sizes(sizes) + " need " +
                                 std::to_string(offset + nbytes));
    replace_storage(t, grown_storage(t->storage, offset + nbytes));
    t->dl.data = static_cast<char*>(t->storage->data) + offset;
  }
  int64_t strides[kMaxDims];
  contiguous_strides(sizes, strides);
  set_geometry(t, sizes, {strides, sizes.size()}, t->dl.data);
}

void set_geometry(TensorImpl* t, std::span<const int64_t> sizes, std::span<const int64_t> strides, void* data) {
  int64_t kept[2 * kMaxDims];  // `sizes` and `strides` may point into this tensor
  const size_t ndim = sizes.size();
  std::copy(sizes.begin(), sizes.end(), kept);
  std::copy(strides.begin(), strides.end(), kept + ndim);
  auto* block = t->inline_geometry;
  if (ndim > static_cast<size_t>(kInlineDims)) {
    block = static_cast<int64_t*>(std::malloc(2 * ndim * sizeof(int64_t)));
    if (!block) throw std::bad_alloc();
  }
  free_geometry(t);
  t->dl.ndim = static_cast<int32_t>(ndim);
  t->dl.shape = block;
  t->dl.strides = block + ndim;
  std::copy_n(kept, ndim, t->dl.shape);
  std::copy_n(kept + ndim, ndim, t->dl.strides);
  t->dl.data = data;
  t->numel = product({kept, ndim});
  compute_layout_flags(t);
}

[[gnu::hot]] void destroy_tensor(TensorImpl* t) noexcept {
  if (t->autograd) [[unlikely]] {
    // Not counted while its slot goes: the slot holds no count on its own tensor.
    release_autograd_slot(std::exchange(t->autograd, nullptr));
  }
  if (t->dl.ndim > kInlineDims) [[unlikely]]
    free_geometry(t);
  release(t->storage);
  thread_state().give_small(kHeaderClass, t);
}

void retain_slow(TensorImpl* t) noexcept {
  if (t->count.fetch_add(1, std::memory_order_relaxed) == (kRichBit | 1)) host_hooks().hold(t->wrapper);
}

void release_slow(TensorImpl* t) noexcept {
  // Read before the count falls: afterwards the wrapper, and the tensor with it, may go at any time.
  void* wrapper = t->wrapper;
  const uint64_t before = t->count.fetch_sub(1, std::memory_order_acq_rel);
  if (before == (kRichBit | 2))
    host_hooks().drop(wrapper);
  else if (before == (kRichBit | 1))
    destroy_tensor(t);
}

}  // namespace vt::core
