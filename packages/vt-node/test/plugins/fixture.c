/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin for the tests of vt-node: operators that are slow, that fail, and that take and return every kind of value. */
#define _POSIX_C_SOURCE 200809L
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <vt/abi/vt.h>

static const VtTensorApi* tensor_api;
static const VtDispatchApi* dispatch_api;
static const VtObjectApi* object_api;
static const VtRngApi* rng_api;
static const VtAllocApi* alloc_api;

/* vt.core.live, a table that vt-core keeps for tests: the small blocks in use, by class. */
typedef struct LiveApi {
  VtTableHeader header;
  int32_t num_classes;
  uint64_t (*class_bytes)(int32_t block_class);
  void (*count_blocks)(int64_t* counts);
} LiveApi;
static const LiveApi* live_api;

static atomic_int num_runs;

static void give_tensor(VtValue* result, VtTensor* tensor) {
  result->tag = VT_TENSOR;
  result->count = 0;
  result->as.tensor = tensor;
}

static void give_int(VtValue* result, int64_t number) {
  result->tag = VT_INT;
  result->count = 0;
  result->as.i = number;
}

static int fixture_twice(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)num_args;
  const VtTensor* self = args[0].as.tensor;
  if (self->dl.dtype.code != kDLFloat || self->dl.dtype.bits != 32 || !(self->flags & VT_TENSOR_CONTIGUOUS)) {
    object_api->set_error(VT_ERROR_DTYPE, "fixture_twice: expected a contiguous float32 tensor");
    return -1;
  }
  VtTensor* out = NULL;
  if (tensor_api->empty(self->dl.shape, self->dl.ndim, self->dl.dtype, self->dl.device, &out) != 0) return -1;
  for (int64_t i = 0; i < self->numel; ++i) ((float*)out->dl.data)[i] = 2.0f * ((const float*)self->dl.data)[i];
  give_tensor(result, out);
  return 0;
}

/* Sleeps, counts the run, and returns how many there have been. */
static int fixture_sleep(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)num_args;
  const int64_t ms = args[1].as.i;
  const struct timespec pause = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000L};
  nanosleep(&pause, NULL);
  give_int(result, atomic_fetch_add(&num_runs, 1) + 1);
  return 0;
}

/* Fails with the error kind and the message that it is given. */
static int fixture_fail(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)num_args;
  (void)result;
  object_api->set_error((int32_t)args[1].as.i, args[2].as.string);
  return -1;
}

/* Says in digits which tag each argument arrived with, and gives its text back. */
static int fixture_tags(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  int64_t tags = 0;
  for (int32_t i = 1; i < num_args; ++i) tags = tags * 100 + args[i].tag;
  give_int(&result[0], tags);
  result[1].tag = VT_FLOAT;
  result[1].count = 0;
  result[1].as.f = args[1].tag == VT_FLOAT ? args[1].as.f : args[1].tag == VT_COMPLEX ? args[1].as.floats[1] : 0.5;
  result[2].tag = VT_BOOL;
  result[2].count = 0;
  result[2].as.i = args[4].count == 2 && args[4].as.bools[1];
  return 0;
}

/* The sum of a list of integers, by the same name with one overload for floats. */
static int fixture_total(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)num_args;
  int64_t total = 0;
  for (uint32_t i = 0; i < args[1].count; ++i) total += args[1].as.ints[i];
  give_int(result, total);
  return 0;
}

static int fixture_total_floats(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)num_args;
  double total = 0;
  for (uint32_t i = 0; i < args[1].count; ++i) total += args[1].as.floats[i];
  result->tag = VT_FLOAT;
  result->count = 0;
  result->as.f = total;
  return 0;
}

/* How many of the tensors in a list are there. */
static int fixture_present(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)num_args;
  int64_t present = 0;
  for (uint32_t i = 0; i < args[0].count; ++i) present += args[0].as.tensors[i] != NULL;
  give_int(result, present);
  return 0;
}

/* The first word of the next output of the generator that it is given, or of the CPU's. */
static int fixture_draw(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)num_args;
  const DLDevice cpu = {kDLCPU, 0};
  VtGenerator* generator = args[1].tag == VT_GENERATOR ? args[1].as.generator : rng_api->default_generator(cpu);
  VtGeneratorState state;
  uint32_t words[4];
  rng_api->reserve(generator, 1, &state);
  rng_api->philox(state.seed, state.offset, words);
  give_int(result, words[0]);
  return 0;
}

/* How many small blocks (of tensors, storages and graph nodes) are in use in the process, and how many blocks of data. */
static int fixture_live(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)args;
  (void)num_args;
  int64_t counts[64] = {0};
  int64_t num_blocks = 0;
  if (live_api->num_classes > (int32_t)(sizeof counts / sizeof *counts)) {
    object_api->set_error(VT_ERROR_RUNTIME, "fixture_live: vt-core has more classes of blocks than are counted here");
    return -1;
  }
  live_api->count_blocks(counts);
  for (int32_t i = 0; i < live_api->num_classes; ++i) num_blocks += counts[i];
  VtAllocStats stats = {.struct_size = sizeof stats};
  alloc_api->stats(&stats);
  give_int(&result[0], num_blocks);
  give_int(&result[1], (int64_t)(stats.num_allocations - stats.num_frees));
  return 0;
}

static int register_all(VtPlugin* plugin) {
  static const struct {
    const char* op;
    const char* schema;
    VtBoxedFn kernel;
  } rows[] = {
      {"fixture_twice", "fixture_twice(Tensor self) -> Tensor", fixture_twice},
      {"fixture_sleep", "fixture_sleep(Tensor self, int sleep_ms) -> int", fixture_sleep},
      {"fixture_fail", "fixture_fail(Tensor self, int kind, str message) -> Tensor", fixture_fail},
      {"fixture_tags",
       "fixture_tags(Tensor self, Scalar number, str? text=None, float ratio=0.5, *, bool[]? bits=None, dtype? dtype=None, "
       "device? device=None) -> (int, float, bool)",
       fixture_tags},
      {"fixture_total", "fixture_total(Tensor self, int[] items) -> int", fixture_total},
      {"fixture_total.floats", "fixture_total.floats(Tensor self, float[] items) -> float", fixture_total_floats},
      {"fixture_draw", "fixture_draw(Tensor self, *, Generator? generator=None) -> int", fixture_draw},
      {"fixture_live", "fixture_live(Tensor self) -> (int, int)", fixture_live},
      {"fixture_present", "fixture_present(Tensor?[] tensors) -> int", fixture_present},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    const VtOpDef def = {sizeof(VtOpDef), VT_OP_FUNCTION | VT_OP_METHOD | VT_OP_NOT_DIFFERENTIABLE, rows[i].schema,
                         NULL};
    const VtKernelDef kernel = {
        sizeof(VtKernelDef), 0, rows[i].op, VT_LAYER_DEVICE, kDLCPU, rows[i].kernel, NULL, 0, NULL};
    if (dispatch_api->define_op(plugin, &def, NULL) != 0) return -1;
    if (dispatch_api->register_kernels(plugin, &kernel, 1) != 0) return -1;
  }
  return 0;
}

VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  info->host_major = VT_PLUGIN_HOST_MAJOR;
  info->host_minor = VT_PLUGIN_HOST_MINOR;
  info->name = "fixture";
  info->version = "1.0";
  if (host->get_interface(VT_TENSOR_API_NAME, 1, 0, (const void**)&tensor_api) != 0) return -1;
  if (host->get_interface(VT_DISPATCH_API_NAME, 1, 0, (const void**)&dispatch_api) != 0) return -1;
  if (host->get_interface(VT_OBJECT_API_NAME, 1, 0, (const void**)&object_api) != 0) return -1;
  if (host->get_interface(VT_RNG_API_NAME, 1, 0, (const void**)&rng_api) != 0) return -1;
  if (host->get_interface(VT_ALLOC_API_NAME, 1, 0, (const void**)&alloc_api) != 0) return -1;
  if (host->get_interface("vt.core.live", 1, 0, (const void**)&live_api) != 0) return -1;
  return register_all(host->plugin);
}
