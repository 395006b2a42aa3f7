/* SPDX-License-Identifier: Apache-2.0 */
/* vt.simulated: stepping and inspecting the asynchronous test device that the plugin libvt_simulated provides. */
#ifndef VT_ABI_SIMULATED_H_
#define VT_ABI_SIMULATED_H_

#include "stream.h"

VT_EXTERN_C_BEGIN

#define VT_SIMULATED_API_NAME "vt.simulated"
#define VT_SIMULATED_API_MAJOR 1
#define VT_SIMULATED_API_MINOR 0

/* Note [Simulated device]
 * Two devices, sim:0 and sim:1, whose memory is host memory. Work enqueued on a stream takes effect only when it is
 * stepped, or when the host waits for it. Steps follow the order of each stream and the waits for events, and nothing
 * else: which stream runs next is drawn from a seeded generator that likes to let one stream run far ahead. Fresh memory
 * is filled with 0xFF bytes (NaN). Freed memory is reused at once where stream order allows it.
 *
 * Each access to memory is also checked when it is enqueued: two accesses of overlapping bytes, one of them a write, of
 * which neither is ordered before the other by streams, events and waits of the host, are a race. Races are recorded
 * whether or not the drawn order shows a wrong value. */
typedef struct VtSimulatedApi {
  VtTableHeader header;
  /* Restarts the generator of orders. Work that is pending stays pending. */
  void (*seed)(uint64_t seed);
  /* Runs one piece of work; *ran is 0 when none is pending. Fails with the error of the work. */
  int (*step)(int32_t* ran);
  /* Runs everything that is pending, as when the host waits for it: later work is ordered after it. */
  int (*step_all)(void);
  /* Pieces of work that have not run: kernels, copies and waits for events. */
  int64_t (*pending)(void);
  /* Races found since the last clear_races; the text names both accesses and is valid until the thread's next call. */
  int64_t (*num_races)(void);
  const char* (*race)(int64_t index); /* NULL when out of range */
  void (*clear_races)(void);
  /* A seeded fault: the nth wait_event from now (0 is the next one) does nothing. -1 takes the fault back. */
  void (*ignore_wait)(int64_t nth);
} VtSimulatedApi;

VT_EXTERN_C_END

#endif /* VT_ABI_SIMULATED_H_ */
