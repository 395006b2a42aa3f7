/* SPDX-License-Identifier: Apache-2.0 */
/* vt.core.autocast: mixed precision, a choice of each thread for each device type. */
#ifndef VT_ABI_AUTOCAST_H_
#define VT_ABI_AUTOCAST_H_

#include "base.h"

VT_EXTERN_C_BEGIN

#define VT_AUTOCAST_API_NAME "vt.core.autocast"
#define VT_AUTOCAST_API_MAJOR 1
#define VT_AUTOCAST_API_MINOR 0

/* Note [Autocast]
 * While it is on, matrix products take their floating operands in the chosen half dtype, operators that need the range or
 * the precision take theirs in float32, and those that join tensors take the widest dtype among them. Casts are dispatched
 * operators above the autograd layer, so gradients arrive in the dtype of what was cast. Calls with a destination are left
 * alone, and so are float64 operands. */
typedef struct VtAutocastState {
  int32_t enabled;
  DLDataType dtype; /* float16 or bfloat16 */
} VtAutocastState;

typedef struct VtAutocastApi {
  VtTableHeader header;
  /* The calling thread's state for a device type, CPU or CUDA; off with bfloat16 (CPU) or float16 (CUDA) at first. */
  int (*get)(int32_t device_type, VtAutocastState* out);
  /* Errors: VALUE for another device type, DTYPE for another dtype; nothing has changed then. */
  int (*set)(int32_t device_type, const VtAutocastState* state);
} VtAutocastApi;

VT_EXTERN_C_END

#endif /* VT_ABI_AUTOCAST_H_ */
