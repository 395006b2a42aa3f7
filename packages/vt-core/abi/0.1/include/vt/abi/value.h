/* SPDX-License-Identifier: Apache-2.0 */
/* The 16-byte tagged value in which every operator argument and result travels. */
#ifndef VT_ABI_VALUE_H_
#define VT_ABI_VALUE_H_

#include "base.h"

VT_EXTERN_C_BEGIN

typedef struct VtTensor VtTensor;
typedef struct VtGenerator VtGenerator;

/* Note [Value tags]
 * Tags 0..8 have the layout and meaning of tvm-ffi's, so a kernel built for tvm-ffi reads them as they are. tvm-ffi
 * treats every tag of 64 and above as a counted object and keeps 9..13 for itself: ours lie in 32..63. Arguments are
 * borrowed for the length of the call, results are owned by the receiver. The array of a list result comes from
 * vt.core.alloc and goes back there, count * 8 bytes, once the receiver has taken its tensors. */
typedef enum VtTag {
  VT_NONE = 0,
  VT_INT = 1,
  VT_BOOL = 2,
  VT_FLOAT = 3,
  VT_POINTER = 4,
  VT_DTYPE = 5,
  VT_DEVICE = 6,
  VT_DLTENSOR = 7,     /* DLTensor*, for kernels flagged VT_KERNEL_TVM_FFI */
  VT_STRING = 8,       /* const char*, NUL-terminated */
  VT_TENSOR = 32,      /* VtTensor* */
  VT_UINT64 = 33,      /* an integer above INT64_MAX */
  VT_COMPLEX = 34,     /* const double[2]: real, imaginary; valid for the call */
  VT_INT_LIST = 35,    /* const int64_t*, `count` entries */
  VT_FLOAT_LIST = 36,  /* const double*, `count` entries */
  VT_BOOL_LIST = 37,   /* const uint8_t*, `count` entries */
  VT_TENSOR_LIST = 38, /* VtTensor* const*, `count` entries; an entry may be NULL where the schema says Tensor?[] */
  VT_GENERATOR = 39,   /* VtGenerator* */
  VT_META = 40         /* const VtTensorMeta*: a tensor that was not saved; of a list, `count` of them */
} VtTag;

typedef struct VtValue {
  int32_t tag;
  uint32_t count; /* list length; 0 for every other tag */
  union {
    int64_t i;
    uint64_t u;
    double f;
    void* pointer;
    const char* string;
    DLDataType dtype;
    DLDevice device;
    VtTensor* tensor;
    DLTensor* dltensor;
    VtGenerator* generator;
    const int64_t* ints;
    const double* floats; /* also the two doubles of VT_COMPLEX */
    const uint8_t* bools;
    VtTensor* const* tensors;
    const struct VtTensorMeta* meta;
  } as;
} VtValue;

/* What autograd keeps of an input whose contents a derivative does not read. */
typedef struct VtTensorMeta {
  const int64_t* sizes;
  const int64_t* strides; /* NULL where only sizes are known */
  int64_t storage_offset;
  int32_t ndim;
  DLDataType dtype;
  DLDevice device;
} VtTensorMeta;

VT_EXTERN_C_END

#endif /* VT_ABI_VALUE_H_ */
