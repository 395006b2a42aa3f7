/* SPDX-License-Identifier: Apache-2.0 */
/* vt.core.tensor: the tensor's public prefix, its making, sharing and ownership. */
#ifndef VT_ABI_TENSOR_H_
#define VT_ABI_TENSOR_H_

#include "value.h"

VT_EXTERN_C_BEGIN

#define VT_TENSOR_API_NAME "vt.core.tensor"
#define VT_TENSOR_API_MAJOR 1
#define VT_TENSOR_API_MINOR 0

/* A tensor handle is a pointer to this prefix; the private rest lies behind it. The fields are valid until a call that
 * resizes the tensor or replaces its storage. dl.data already includes the storage offset (dl.byte_offset is always 0);
 * dl.strides is never NULL and counts elements. Read freely, write never. */
struct VtTensor {
  DLTensor dl;
  uint32_t struct_size;
  uint32_t flags; /* VtTensorFlags; the low 16 bits are the tensor's layers (dispatch.h) */
  int64_t numel;
};

typedef enum VtTensorFlags {
  VT_TENSOR_LAYER_MASK = 0xffff,
  VT_TENSOR_CONTIGUOUS = 1 << 16,     /* row-major without gaps */
  VT_TENSOR_READ_ONLY = 1 << 17,      /* imported memory that must not be written */
  VT_TENSOR_REQUIRES_GRAD = 1 << 18,  /* a leaf that accumulates its gradient */
  VT_TENSOR_INFERENCE = 1 << 19,      /* made under inference_mode */
  VT_TENSOR_IS_VIEW = 1 << 20,        /* shares its storage with the tensor it was taken from */
  VT_TENSOR_NON_OVERLAPPING = 1 << 21 /* no two indices address one element (some permutation is contiguous) */
} VtTensorFlags;

/* Releases memory handed to from_blob; called once, from any thread, when the last user is gone. */
typedef void (*VtDeleter)(void* context);

/* Visitor of owned references, for a host language's cycle collector. A non-zero return stops the visit. */
typedef int (*VtVisitFn)(VtTensor* owned, void* arg);

/* Note [Rich wrappers]
 * A host wrapper owns one native count; the host slot points back, borrowed. While a tensor is rich and its native count
 * is above one, the native side owns one reference on the wrapper: hold is called when the count goes from one to two,
 * drop when it returns to one. Both may run host-language code, so no lock may be held across retain or release. */
typedef struct VtHostHooks {
  uint32_t struct_size;
  void (*hold)(void* wrapper);
  void (*drop)(void* wrapper);
} VtHostHooks;

typedef struct VtTensorApi {
  VtTableHeader header;

  /* Ownership. retain and release accept NULL. */
  void (*retain)(VtTensor* tensor);
  void (*release)(VtTensor* tensor);
  int64_t (*use_count)(const VtTensor* tensor);

  /* New tensors (new reference). Contents are uninitialised. `strides` in elements, NULL for row-major. Errors: VALUE for
   * a negative size or ndim above 64, OVERFLOW when the byte size does not fit, OUT_OF_MEMORY, DEVICE. */
  int (*empty)(const int64_t* sizes, int32_t ndim, DLDataType dtype, DLDevice device, VtTensor** out);
  int (*empty_strided)(const int64_t* sizes, const int64_t* strides, int32_t ndim, DLDataType dtype, DLDevice device,
                       VtTensor** out);
  /* Wraps foreign memory of `nbytes` bytes starting at `data`; the view described must lie inside it. deleter may be NULL. */
  int (*from_blob)(void* data, uint64_t nbytes, const int64_t* sizes, const int64_t* strides, int32_t ndim,
                   DLDataType dtype, DLDevice device, uint32_t flags, VtDeleter deleter, void* context, VtTensor** out);
  /* Shares storage and version counter; offset in elements from the start of the storage. SHAPE if it leaves the storage. */
  int (*as_strided)(VtTensor* base, const int64_t* sizes, const int64_t* strides, int32_t ndim, int64_t storage_offset,
                    VtTensor** out);
  /* A second handle on the same elements without autograd state. share_version = 0 gives it a counter of its own. */
  int (*alias)(VtTensor* tensor, int32_t share_version, VtTensor** out);
  /* Replaces storage, sizes, strides and dtype of `tensor` by those of `source` (Tensor.data = source). */
  int (*set_data)(VtTensor* tensor, VtTensor* source);

  /* Gives `tensor` row-major sizes `sizes`, growing its storage when it owns it (out= forms). RUNTIME when it cannot. */
  int (*resize)(VtTensor* tensor, const int64_t* sizes, int32_t ndim);

  /* Storage. */
  int64_t (*storage_offset)(const VtTensor* tensor);
  uint64_t (*storage_nbytes)(const VtTensor* tensor);
  void* (*storage_data)(const VtTensor* tensor);
  int32_t (*is_alias_of)(const VtTensor* a, const VtTensor* b);

  /* Version counter: bumped by every write through the dispatcher. */
  uint32_t (*version)(const VtTensor* tensor);
  void (*bump_version)(VtTensor* tensor);

  /* flags = (flags & ~clear) | set. Only layer bits, REQUIRES_GRAD and INFERENCE may be given. */
  void (*update_flags)(VtTensor* tensor, uint32_t set, uint32_t clear);

  /* Autograd slot: an owned pointer, which core gives to vt.autograd's release when the tensor dies, and the output number
   * on it. set_autograd_slot releases nothing: the caller has taken over what was there before. */
  void* (*autograd_slot)(const VtTensor* tensor, uint32_t* output_nr);
  void (*set_autograd_slot)(VtTensor* tensor, void* slot, uint32_t output_nr);

  /* Host wrapper (Note [Rich wrappers]). set_host_hooks takes effect once per process; a second, different set fails. */
  int (*set_host_hooks)(const VtHostHooks* hooks);
  void* (*host_wrapper)(const VtTensor* tensor);
  void (*set_host_wrapper)(VtTensor* tensor, void* wrapper);
  void (*set_rich)(VtTensor* tensor, int32_t rich);
  int32_t (*is_rich)(const VtTensor* tensor);

  /* How many tensors share the storage: 1 means that a write through `tensor` is seen by nobody else. */
  int64_t (*storage_use_count)(const VtTensor* tensor);
} VtTensorApi;

VT_EXTERN_C_END

#endif /* VT_ABI_TENSOR_H_ */
