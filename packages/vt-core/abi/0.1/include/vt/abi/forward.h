/* SPDX-License-Identifier: Apache-2.0 */
/* vt.forward: dual numbers, which an automatic differentiation plugin offers to the host languages and to embedders. */
#ifndef VT_ABI_FORWARD_H_
#define VT_ABI_FORWARD_H_

#include "dispatch.h"

VT_EXTERN_C_BEGIN

#define VT_FORWARD_API_NAME "vt.forward"
#define VT_FORWARD_API_MAJOR 1
#define VT_FORWARD_API_MINOR 0

/* The layer of forward mode, in a gap of VtLayer just outside of autograd's: the bit that dual numbers have in their flags. A
 * thread that excludes it computes without tangents. */
#define VT_LAYER_FORWARD (VT_LAYER_AUTOGRAD - 1)

/* Note [Dual numbers]
 * A dual number is a tensor with a tangent. Operators give their results the derivative in the direction of their arguments'
 * tangents. A tangent belongs to a level: a thread has at most one open, and closing it takes every tangent of it away. */
typedef struct VtForwardApi {
  VtTableHeader header;
  /* The calling thread's level. RUNTIME where one is open already, or none is. */
  int (*enter_level)(void);
  int (*exit_level)(void);
  int32_t (*has_level)(void);
  /* New reference: a view of `primal`, recorded as one, with `tangent`, which has its sizes, dtype and device. */
  int (*make_dual)(VtTensor* primal, VtTensor* tangent, VtTensor** out);
  /* New references: a view of `dual`, recorded as one, without a tangent; and the tangent, NULL where there is none. */
  int (*unpack_dual)(VtTensor* dual, VtTensor** primal, VtTensor** tangent);
  /* Gives a tensor itself a tangent in the thread's level, as the result of a host-written function. */
  int (*set_tangent)(VtTensor* tensor, VtTensor* tangent);
} VtForwardApi;

VT_EXTERN_C_END

#endif /* VT_ABI_FORWARD_H_ */
