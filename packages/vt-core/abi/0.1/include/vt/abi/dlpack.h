/* SPDX-License-Identifier: Apache-2.0 */
/* vt.core.dlpack: exchange of tensors as DLPack structures, versioned (1.x) and unversioned. */
#ifndef VT_ABI_DLPACK_H_
#define VT_ABI_DLPACK_H_

#include "tensor.h"

VT_EXTERN_C_BEGIN

#define VT_DLPACK_API_NAME "vt.core.dlpack"
#define VT_DLPACK_API_MAJOR 1
#define VT_DLPACK_API_MINOR 0

typedef struct VtDlpackApi {
  VtTableHeader header;
  /* Export: the structure holds one count on the tensor until its deleter runs. Errors: BUFFER for a tensor that requires
   * grad or a dtype DLPack cannot name; read-only tensors export only as versioned. */
  int (*to_versioned)(VtTensor* tensor, uint64_t flags, DLManagedTensorVersioned** out);
  int (*to_unversioned)(VtTensor* tensor, DLManagedTensor** out);
  /* Import: on success the tensor owns the structure and runs its deleter once; on failure the caller still owns it. All
   * fields that can be checked are checked. Errors: BUFFER. */
  int (*from_versioned)(DLManagedTensorVersioned* managed, VtTensor** out);
  int (*from_unversioned)(DLManagedTensor* managed, VtTensor** out);
} VtDlpackApi;

VT_EXTERN_C_END

#endif /* VT_ABI_DLPACK_H_ */
