/* SPDX-License-Identifier: Apache-2.0 */
/* vt.core.iter: plans elementwise and reducing loops over any number of operands. */
#ifndef VT_ABI_ITER_H_
#define VT_ABI_ITER_H_

#include "tensor.h"

VT_EXTERN_C_BEGIN

#define VT_ITER_API_NAME "vt.core.iter"
#define VT_ITER_API_MAJOR 1
#define VT_ITER_API_MINOR 1

typedef enum VtIterFlags {
  VT_ITER_PROMOTE = 1 << 0,       /* common dtype by promotion; else inputs must agree */
  VT_ITER_REDUCE = 1 << 1,        /* outputs may have stride 0 along reduced dims */
  VT_ITER_ALLOW_OVERLAP = 1 << 2, /* skip the check that outputs do not partially overlap inputs */
  VT_ITER_INT_TO_FLOAT = 1 << 3   /* integral common dtype becomes the default floating dtype */
} VtIterFlags;

/* What to plan. operands: outputs first. An output that is VT_NONE is to be allocated; inputs are tensors or scalars. */
typedef struct VtIterConfig {
  uint32_t struct_size;
  uint32_t flags;
  const char* op; /* for messages */
  const VtValue* operands;
  int32_t num_outputs;
  int32_t num_operands;
  DLDataType output_dtype; /* code kDLOpaqueHandle: the common dtype */
} VtIterConfig;

/* A plan. Dimensions are coalesced and sorted innermost first; strides are in bytes, laid out operand by operand:
 * strides[operand * ndim + dim]. Scalars have tensors[i] NULL and stride 0. */
typedef struct VtIterPlan {
  uint32_t struct_size;
  int32_t ndim;
  int64_t numel;
  const int64_t* sizes;
  const int64_t* strides;
  void* const* data;
  VtTensor* const* tensors; /* owned by the plan */
  const DLDataType* dtypes; /* of each operand as stored */
  DLDataType common_dtype;
  DLDataType result_dtype;
  int32_t num_operands;
  int32_t num_outputs;
  int32_t fits_32_bit; /* every byte offset fits in int32 */
  int32_t contiguous;  /* every operand is dense in the same order: one dimension of numel elements */
} VtIterPlan;

typedef struct VtIterApi {
  VtTableHeader header;
  /* Broadcasts, promotes, checks overlap, allocates missing outputs and coalesces. Free the plan with free. */
  int (*plan)(const VtIterConfig* config, VtIterPlan** out);
  void (*free)(VtIterPlan* plan);
  int (*promote_types)(DLDataType a, DLDataType b, DLDataType* out);
  int (*broadcast_shapes)(const int64_t* a, int32_t a_ndim, const int64_t* b, int32_t b_ndim, int64_t* out,
                          int32_t* out_ndim);
  /* Since 1.1. The default floating dtype: what a floating number stands for in promotion, and what integral operands become
   * under VT_ITER_INT_TO_FLOAT. */
  DLDataType (*default_dtype)(void);
} VtIterApi;

VT_EXTERN_C_END

#endif /* VT_ABI_ITER_H_ */
