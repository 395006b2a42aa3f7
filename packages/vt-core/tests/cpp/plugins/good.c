/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin in plain C: defines example.twice(Tensor self) -> Tensor for the CPU and publishes an interface. */
#include <vt/abi/vt.h>

static const VtTensorApi* tensor_api;
static const VtDispatchApi* dispatch_api;
static const VtObjectApi* object_api;

static const VtTableHeader interface_table = {sizeof(VtTableHeader), 1, 2, 0, NULL};

static int twice(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)num_args;
  const VtTensor* self = args[0].as.tensor;
  if (self->dl.dtype.code != kDLFloat || self->dl.dtype.bits != 32 || !(self->flags & VT_TENSOR_CONTIGUOUS)) {
    object_api->set_error(VT_ERROR_DTYPE, "example_twice: expected a contiguous float32 tensor");
    return -1;
  }
  VtTensor* out = NULL;
  if (tensor_api->empty(self->dl.shape, self->dl.ndim, self->dl.dtype, self->dl.device, &out) != 0) return -1;
  for (int64_t i = 0; i < self->numel; ++i) ((float*)out->dl.data)[i] = 2.0f * ((const float*)self->dl.data)[i];
  result->tag = VT_TENSOR;
  result->count = 0;
  result->as.tensor = out;
  return 0;
}

VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  info->host_major = VT_PLUGIN_HOST_MAJOR;
  info->host_minor = VT_PLUGIN_HOST_MINOR;
  info->name = "good";
  info->version = "1.0";
  if (host->get_interface(VT_TENSOR_API_NAME, 1, 0, (const void**)&tensor_api) != 0) return -1;
  if (host->get_interface(VT_DISPATCH_API_NAME, 1, 0, (const void**)&dispatch_api) != 0) return -1;
  if (host->get_interface(VT_OBJECT_API_NAME, 1, 0, (const void**)&object_api) != 0) return -1;
  const VtOpDef def = {sizeof(VtOpDef), VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE,
                       "example_twice(Tensor self) -> Tensor", NULL};
  if (dispatch_api->define_op(host->plugin, &def, NULL) != 0) return -1;
  const VtKernelDef kernel = {sizeof(VtKernelDef), 0, "example_twice", VT_LAYER_DEVICE, kDLCPU, twice, NULL, 0, NULL};
  if (dispatch_api->register_kernels(host->plugin, &kernel, 1) != 0) return -1;
  return object_api->publish(host->plugin, "example.good", &interface_table);
}
