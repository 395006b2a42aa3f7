/* SPDX-License-Identifier: Apache-2.0 */
/* vt.core.rng: Philox 4x32-10 generators, indexed by element. */
#ifndef VT_ABI_RNG_H_
#define VT_ABI_RNG_H_

#include "value.h"

VT_EXTERN_C_BEGIN

#define VT_RNG_API_NAME "vt.core.rng"
#define VT_RNG_API_MAJOR 1
#define VT_RNG_API_MINOR 1

typedef struct VtGeneratorState {
  uint64_t seed;
  uint64_t offset; /* counts 128-bit Philox outputs */
} VtGeneratorState;

typedef struct VtRngApi {
  VtTableHeader header;
  int (*create)(DLDevice device, uint64_t seed, VtGenerator** out); /* new reference */
  void (*retain)(VtGenerator* generator);
  void (*release)(VtGenerator* generator);
  /* The default generator of a device (borrowed). */
  VtGenerator* (*default_generator)(DLDevice device);
  void (*seed)(VtGenerator* generator, uint64_t seed);
  void (*get_state)(const VtGenerator* generator, VtGeneratorState* out);
  void (*set_state)(VtGenerator* generator, const VtGeneratorState* state);
  /* Takes `count` outputs: *out is the state before; the generator's offset advances. */
  void (*reserve)(VtGenerator* generator, uint64_t count, VtGeneratorState* out);
  /* The four words of output number `index` of (seed, offset). */
  void (*philox)(uint64_t seed, uint64_t index, uint32_t out[4]);
  /* Since 1.1. Starts the sequence `seed` in the default generator of every device, also of those first used later. */
  int (*seed_all)(uint64_t seed);
} VtRngApi;

VT_EXTERN_C_END

#endif /* VT_ABI_RNG_H_ */
