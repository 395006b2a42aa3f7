/* SPDX-License-Identifier: Apache-2.0 */
/* vt.core.host: what the host has to do with devices: pinned memory to copy from and to, and who is named when it waits. */
#ifndef VT_ABI_HOST_H_
#define VT_ABI_HOST_H_

#include "tensor.h"

VT_EXTERN_C_BEGIN

#define VT_HOST_API_NAME "vt.core.host"
#define VT_HOST_API_MAJOR 1
#define VT_HOST_API_MINOR 0

typedef struct VtHostApi {
  VtTableHeader header;

  /* An uninitialised CPU tensor (new reference) in pinned memory, from and to which a device copies while the host goes on;
   * strides as in empty_strided. IMPORT when no loaded backend has such memory. */
  int (*empty_pinned)(const int64_t* sizes, const int64_t* strides, int32_t ndim, DLDataType dtype, VtTensor** out);
  int32_t (*is_pinned)(const VtTensor* tensor);

  /* The name of the outermost operator or host call that a thread is in, which is what its user knows: "nonzero", "item".
   * Kept while there are more calls with 1 than with 0; otherwise `caller` is NULL, but in operators that take indices and are
   * composed of others, and it is NULL outside of calls. */
  void (*keep_callers)(int32_t keep);
  const char* (*caller)(void);
  /* For host languages, around what waits outside of operators: names the call, and returns what to put back. */
  const char* (*set_caller)(const char* name);
} VtHostApi;

VT_EXTERN_C_END

#endif /* VT_ABI_HOST_H_ */
