// SPDX-License-Identifier: Apache-2.0
// TensorImpl: what lies behind a VtTensor handle, and the inline making, sharing and freeing of tensors.
#pragma once

#include <vt/cpp/dtype.hpp>

#include <cstring>
#include <span>

#include "tensor/geometry.hpp"
#include "tensor/storage.hpp"

namespace vt::core {

inline constexpr int32_t kInlineDims = 4;
inline constexpr uint64_t kRichBit = uint64_t{1} << 63;

// Note [Version counters]
// `version` points into the storage, so views share it free of charge; only alias(share_version = 0), which Tensor.data
// gives, points it at the tensor's own counter.
struct TensorImpl : VtTensor {
  std::atomic<uint64_t> count;  // bit 63: rich (Note [Rich wrappers] in vt/abi/tensor.h)
  Storage* storage;
  std::atomic<uint32_t>* version;
  void* autograd;
  void* wrapper;
  uint32_t output_nr;
  std::atomic<uint32_t> own_version;
  int64_t
      inline_geometry[2 * kInlineDims];  // sizes, then strides right behind them, so that few dimensions take few lines
};
static_assert(sizeof(TensorImpl) <= kTensorHeaderBytes);

inline TensorImpl* impl(VtTensor* tensor) noexcept { return static_cast<TensorImpl*>(tensor); }
inline const TensorImpl* impl(const VtTensor* tensor) noexcept { return static_cast<const TensorImpl*>(tensor); }

inline bool is_contiguous(const VtTensor* t) noexcept { return t->flags & VT_TENSOR_CONTIGUOUS; }

// Out-of-line parts (tensor_impl.cpp).
void allocate_geometry(TensorImpl* t, int32_t ndim);  // ndim > kInlineDims
void destroy_tensor(TensorImpl* t) noexcept;
void retain_slow(TensorImpl* t) noexcept;
void release_slow(TensorImpl* t) noexcept;
void compute_layout_flags(TensorImpl* t) noexcept;

inline void set_ndim(TensorImpl* t, int32_t ndim) {
  t->dl.ndim = ndim;
  if (ndim <= kInlineDims) [[likely]] {
    t->dl.shape = t->inline_geometry;
    t->dl.strides = t->inline_geometry + ndim;
  } else {
    allocate_geometry(t, ndim);
  }
}

// A header without geometry, over `storage` whose count it takes over, and gives back when it fails.
inline TensorImpl* new_header(Storage* storage, void* data, DLDataType dtype, DLDevice device) {
  TensorImpl* t = nullptr;
  try {
    t = static_cast<TensorImpl*>(thread_state().take_small(kHeaderClass));
  } catch (...) {
    release(storage);
    throw;
  }
  t->dl.data = data;
  t->dl.device = device;
  t->dl.dtype = dtype;
  t->dl.byte_offset = 0;
  t->struct_size = sizeof(VtTensor);
  t->flags = 0;
  new (&t->count) std::atomic<uint64_t>(1);
  t->storage = storage;
  t->version = &storage->version;
  t->autograd = nullptr;
  t->wrapper = nullptr;
  t->output_nr = 0;
  return t;
}

// Gives a header without geometry back, and its count on the storage.
inline void drop_header(TensorImpl* t) noexcept {
  release(t->storage);
  thread_state().give_small(kHeaderClass, t);
}

// Row-major tensor of `nbytes` bytes; sizes are valid and nbytes is their product times the item size.
inline TensorImpl* make_contiguous(const int64_t* sizes, int32_t ndim, int64_t numel, uint64_t nbytes, DLDataType dtype,
                                   DLDevice device) {
  Storage* storage = make_storage(nbytes, device);
  TensorImpl* t = new_header(storage, storage->data, dtype, device);
  t->flags = VT_TENSOR_CONTIGUOUS | VT_TENSOR_NON_OVERLAPPING;
  t->numel = numel;
  try {
    set_ndim(t, ndim);
  } catch (...) {
    drop_header(t);
    throw;
  }
  int64_t stride = 1;
  for (int32_t i = ndim - 1; i >= 0; --i) {
    t->dl.shape[i] = sizes[i];
    t->dl.strides[i] = stride;
    stride *= sizes[i] > 1 ? sizes[i] : 1;
  }
  return t;
}

// An uninitialised row-major tensor. Throws VALUE, OVERFLOW or OUT_OF_MEMORY.
inline TensorImpl* empty(std::span<const int64_t> sizes, DLDataType dtype, DLDevice device) {
  int64_t numel = 0;
  const uint64_t nbytes = checked_nbytes(sizes, dtype, &numel);
  return make_contiguous(sizes.data(), static_cast<int32_t>(sizes.size()), numel, nbytes, dtype, device);
}

// An uninitialised row-major tensor like `t`; its sizes were checked when it was made.
inline TensorImpl* empty_like(const VtTensor* t) {
  const int64_t itemsize = t->dl.dtype.bits / 8;
  return make_contiguous(t->dl.shape, t->dl.ndim, t->numel, static_cast<uint64_t>(t->numel * itemsize), t->dl.dtype,
                         t->dl.device);
}

TensorImpl* empty_strided(std::span<const int64_t> sizes, std::span<const int64_t> strides, DLDataType dtype,
                          DLDevice device);
// A view on `base`'s storage; `storage_offset` in elements of `dtype`. Throws SHAPE when it leaves the storage.
TensorImpl* make_view(const TensorImpl* base, std::span<const int64_t> sizes, std::span<const int64_t> strides,
                      int64_t storage_offset, DLDataType dtype);
// The same without the bounds check, for geometry derived from a valid tensor.
TensorImpl* make_view_unchecked(const TensorImpl* base, std::span<const int64_t> sizes,
                                std::span<const int64_t> strides, void* data);
TensorImpl* make_alias(const TensorImpl* base, bool share_version);
// As make_view_unchecked, with a version of its own: ops that write through it are not counted as writes to `base`, whose
// kernel calls them.
TensorImpl* make_uncounted_view(const TensorImpl* base, std::span<const int64_t> sizes,
                                std::span<const int64_t> strides, void* data);
// Other sizes and strides over the storage that `t` has; `data` lies in it.
void set_geometry(TensorImpl* t, std::span<const int64_t> sizes, std::span<const int64_t> strides, void* data);
void set_data(TensorImpl* t, const TensorImpl* source);
// As set_data, but `t` goes on counting its writes by itself (Tensor.set_).
void set_storage(TensorImpl* t, const TensorImpl* source);
void resize(TensorImpl* t, std::span<const int64_t> sizes);

inline int64_t storage_offset(const TensorImpl* t) noexcept {
  const int64_t itemsize = t->dl.dtype.bits / 8;
  return t->dl.data ? (static_cast<char*>(t->dl.data) - static_cast<char*>(t->storage->data)) / itemsize : 0;
}

// Address `offset` elements behind the first one; NULL where there is no memory, as on meta.
inline void* element_address(const VtTensor* t, int64_t offset) noexcept {
  return t->dl.data ? static_cast<char*>(t->dl.data) + offset * (t->dl.dtype.bits / 8) : nullptr;
}

// Note [Counts]
// The common case, not rich, is one relaxed load and one atomic add. A rich tensor goes the slow way, which calls the
// host hooks when the count leaves or reaches one.
inline void retain(VtTensor* tensor) noexcept {
  TensorImpl* t = impl(tensor);
  if (t->count.load(std::memory_order_relaxed) & kRichBit) [[unlikely]]
    return retain_slow(t);
  t->count.fetch_add(1, std::memory_order_relaxed);
}

inline void release(VtTensor* tensor) noexcept {
  TensorImpl* t = impl(tensor);
  const uint64_t count = t->count.load(std::memory_order_acquire);
  if (count == 1) [[likely]]
    return destroy_tensor(t);
  if (count & kRichBit) [[unlikely]]
    return release_slow(t);
  if (t->count.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy_tensor(t);
}

}  // namespace vt::core
