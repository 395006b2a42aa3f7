/* SPDX-License-Identifier: Apache-2.0 */
/* vt.fabric: groups of ranks and the collectives between them. */
#ifndef VT_ABI_FABRIC_H_
#define VT_ABI_FABRIC_H_

#include "stream.h"

VT_EXTERN_C_BEGIN

#define VT_FABRIC_API_NAME "vt.fabric"
#define VT_FABRIC_API_MAJOR 1
#define VT_FABRIC_API_MINOR 0

typedef struct VtGroup VtGroup;

typedef enum VtReduceOp {
  VT_REDUCE_SUM = 0,
  VT_REDUCE_PRODUCT = 1,
  VT_REDUCE_MIN = 2,
  VT_REDUCE_MAX = 3,
  VT_REDUCE_MEAN = 4
} VtReduceOp;

/* All ranks of a group must make the same calls in the same order. A rank that is late by more than the group's timeout,
 * that failed or that aborted makes the call fail on the others with TIMEOUT or ABORTED; the group is unusable after it. */
typedef struct VtFabricApi {
  VtTableHeader header;
  /* Makes a group of `world` ranks inside this process; out receives one handle per rank. */
  int (*create_local)(int32_t world, double timeout_s, VtGroup** out);
  void (*release)(VtGroup* group);
  int32_t (*rank)(const VtGroup* group);
  int32_t (*world)(const VtGroup* group);
  int (*all_reduce)(VtGroup* group, VtTensor* tensor, int32_t op);
  int (*broadcast)(VtGroup* group, VtTensor* tensor, int32_t root);
  /* out: `world` times the elements of `tensor`, in rank order. */
  int (*all_gather)(VtGroup* group, VtTensor* tensor, VtTensor* out);
  int (*barrier)(VtGroup* group);
  /* Tells the others that this rank will make no further call. */
  void (*abort)(VtGroup* group, const char* reason);
} VtFabricApi;

VT_EXTERN_C_END

#endif /* VT_ABI_FABRIC_H_ */
