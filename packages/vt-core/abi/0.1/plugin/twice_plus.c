/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin in plain C: the op twice_plus(x, plus) = 2x + plus for contiguous float32 on the CPU, with its derivative. */
#include <vt/abi/vt.h>

static const VtObjectApi* object;
static const VtTensorApi* tensors;
static const VtDispatchApi* dispatch;

static int is_plain_float32(const VtTensor* x) {
  return x->dl.dtype.code == kDLFloat && x->dl.dtype.bits == 32 && (x->flags & VT_TENSOR_CONTIGUOUS) != 0;
}

/* Note [Destinations] of dispatch.h: the result may arrive as a tensor to write into. */
static int destination(const VtTensor* like, VtValue* result, VtTensor** out) {
  if (result->tag != VT_TENSOR)
    return tensors->empty(like->dl.shape, like->dl.ndim, like->dl.dtype, like->dl.device, out);
  *out = result->as.tensor;
  if ((*out)->numel != like->numel || !is_plain_float32(*out)) {
    object->set_error(VT_ERROR_SHAPE, "twice_plus: out must be a contiguous float32 tensor of the input's size");
    return -1;
  }
  tensors->retain(*out);
  return 0;
}

static int twice_plus(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)num_args;
  const VtTensor* x = args[0].as.tensor;
  if (!is_plain_float32(x)) {
    object->set_error(VT_ERROR_DTYPE,
                      "twice_plus: self must be a contiguous float32 tensor; call .contiguous() or .to()");
    return -1;
  }
  VtTensor* out = NULL;
  if (destination(x, result, &out) != 0) return -1;
  const float* from = (const float*)x->dl.data;
  float* to = (float*)out->dl.data;
  const float plus = (float)args[1].as.i;
  for (int64_t i = 0; i < x->numel; ++i) to[i] = 2.0F * from[i] + plus;
  result->tag = VT_TENSOR;
  result->count = 0;
  result->as.tensor = out;
  return 0;
}

/* args: grad of the return, self, plus, the return, the needed mask. The gradient of self is grad + grad. */
static int twice_plus_backward(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context;
  (void)num_args;
  const VtValue both[2] = {args[0], args[0]};
  if (args[0].tag == VT_NONE) return 0;
  return dispatch->call_boxed(dispatch->find_op("add"), both, 2, &result[0]);
}

static const void* interface(const VtPluginHost* host, const char* name, uint16_t major) {
  const void* table = NULL;
  return host->get_interface(name, major, 0, &table) == 0 ? table : NULL;
}

VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  info->host_major = VT_PLUGIN_HOST_MAJOR;
  info->host_minor = VT_PLUGIN_HOST_MINOR;
  info->name = "twice_plus";
  info->version = "0.1.0";
  object = interface(host, VT_OBJECT_API_NAME, VT_OBJECT_API_MAJOR);
  tensors = interface(host, VT_TENSOR_API_NAME, VT_TENSOR_API_MAJOR);
  dispatch = interface(host, VT_DISPATCH_API_NAME, VT_DISPATCH_API_MAJOR);
  if (object == NULL || tensors == NULL || dispatch == NULL) return -1;

  const VtOpDef def = {sizeof(VtOpDef), VT_OP_FUNCTION | VT_OP_OUT, "twice_plus(Tensor self, *, int plus=1) -> Tensor",
                       "Return 2 * self + plus."};
  const VtOp* op = NULL;
  if (dispatch->define_op(host->plugin, &def, &op) != 0) return -1;

  VtKernelDef kernel = {0};
  kernel.struct_size = sizeof(VtKernelDef);
  kernel.op = "twice_plus";
  kernel.layer = VT_LAYER_DEVICE;
  kernel.device_type = kDLCPU;
  kernel.boxed = twice_plus;
  if (dispatch->register_kernels(host->plugin, &kernel, 1) != 0) return -1;

  const VtGradient gradient = {0, 0, 0, 0, 0};
  VtDerivativeDef derivative = {0};
  derivative.struct_size = sizeof(VtDerivativeDef);
  derivative.op = "twice_plus";
  derivative.backward = twice_plus_backward;
  derivative.gradients = &gradient;
  derivative.num_gradients = 1;
  return dispatch->register_derivatives(host->plugin, &derivative, 1);
}
