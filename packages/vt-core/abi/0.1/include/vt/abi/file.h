/* SPDX-License-Identifier: Apache-2.0 */
/* vt.core.file: safetensors files, written atomically and mapped on reading. */
#ifndef VT_ABI_FILE_H_
#define VT_ABI_FILE_H_

#include "tensor.h"

VT_EXTERN_C_BEGIN

#define VT_FILE_API_NAME "vt.core.file"
#define VT_FILE_API_MAJOR 1
#define VT_FILE_API_MINOR 0

typedef struct VtFile VtFile;

typedef struct VtNamedTensor {
  const char* name;
  VtTensor* tensor;
} VtNamedTensor;

typedef struct VtKeyValue {
  const char* key;
  const char* value;
} VtKeyValue;

typedef struct VtFileApi {
  VtTableHeader header;
  /* Writes to a temporary file in the same folder, syncs and renames. Tensors on a device are copied to the host first. */
  int (*save)(const char* path, const VtNamedTensor* tensors, size_t num_tensors, const VtKeyValue* metadata,
              size_t num_metadata);
  /* Checks the whole header before anything is returned. Errors: IO, FILE_FORMAT. */
  int (*open)(const char* path, VtFile** out);
  /* The same over bytes in memory, copied by the call. */
  int (*open_bytes)(const void* data, size_t nbytes, VtFile** out);
  void (*close)(VtFile* file); /* tensors taken from it stay valid */
  size_t (*num_tensors)(const VtFile* file);
  const char* (*tensor_name)(const VtFile* file, size_t index);
  int (*tensor)(VtFile* file, size_t index, VtTensor** out); /* new reference; shares the private mapping */
  size_t (*num_metadata)(const VtFile* file);
  const VtKeyValue* (*metadata)(const VtFile* file, size_t index);
} VtFileApi;

VT_EXTERN_C_END

#endif /* VT_ABI_FILE_H_ */
