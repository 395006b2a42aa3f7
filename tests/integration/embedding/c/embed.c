/* SPDX-License-Identifier: Apache-2.0 */
/* A C11 program without Python: loads plugins, adds, runs backward, saves safetensors.
 *
 *   embed OUT.safetensors PLUGIN...      one of the plugins must publish vt.autograd */
#include <stdio.h>
#include <stdlib.h>
#include <vt/abi/vt.h>

static const VtObjectApi* object;
static const VtTensorApi* tensors;
static const VtDispatchApi* dispatch;

static void check(int status, const char* what) {
  if (status == 0) return;
  VtError error = {sizeof(VtError), VT_ERROR_NONE, NULL, NULL, NULL};
  if (object != NULL && object->take_error(&error))
    fprintf(stderr, "%s: %s\n", what, error.message);
  else
    fprintf(stderr, "%s failed\n", what);
  exit(1);
}

static const void* interface(const char* name, uint16_t major) {
  const void* table = NULL;
  check(vt_get_interface(name, major, 0, &table), name);
  return table;
}

static VtTensor* ramp(const int64_t* sizes, int32_t ndim, float first) {
  const DLDataType float32 = {kDLFloat, 32, 1};
  const DLDevice cpu = {kDLCPU, 0};
  VtTensor* out = NULL;
  check(tensors->empty(sizes, ndim, float32, cpu, &out), "empty");
  for (int64_t i = 0; i < out->numel; ++i) ((float*)out->dl.data)[i] = first + (float)i;
  return out;
}

static VtTensor* call(const char* op, const VtValue* args, int32_t num_args) {
  VtValue result = {VT_NONE, 0, {0}};
  const VtOp* found = dispatch->find_op(op);
  if (found == NULL) {
    fprintf(stderr, "no op %s\n", op);
    exit(1);
  }
  check(dispatch->call_boxed(found, args, num_args, &result), op);
  return result.as.tensor;
}

static VtValue tensor_value(VtTensor* tensor) {
  VtValue value = {VT_TENSOR, 0, {0}};
  value.as.tensor = tensor;
  return value;
}

int main(int argc, char** argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: embed OUT.safetensors PLUGIN...\n");
    return 2;
  }
  object = (const VtObjectApi*)interface(VT_OBJECT_API_NAME, VT_OBJECT_API_MAJOR);
  tensors = (const VtTensorApi*)interface(VT_TENSOR_API_NAME, VT_TENSOR_API_MAJOR);
  dispatch = (const VtDispatchApi*)interface(VT_DISPATCH_API_NAME, VT_DISPATCH_API_MAJOR);
  const VtFileApi* files = (const VtFileApi*)interface(VT_FILE_API_NAME, VT_FILE_API_MAJOR);
  for (int i = 2; i < argc; ++i) check(object->load_plugin(argv[i]), argv[i]);
  const VtAutogradApi* autograd = (const VtAutogradApi*)interface(VT_AUTOGRAD_API_NAME, VT_AUTOGRAD_API_MAJOR);

  const int64_t matrix[2] = {2, 3};
  VtTensor* a = ramp(matrix, 2, 0.0F);
  VtTensor* b = ramp(matrix + 1, 1, 10.0F);
  check(autograd->set_requires_grad(a, 1), "set_requires_grad");
  check(autograd->set_requires_grad(b, 1), "set_requires_grad");

  VtValue alpha = {VT_INT, 0, {2}};
  const VtValue add_args[3] = {tensor_value(a), tensor_value(b), alpha};
  VtTensor* c = call("add", add_args, 3);
  const VtValue sum_args[1] = {tensor_value(c)};
  VtTensor* total = call("sum", sum_args, 1);
  check(autograd->backward(&total, NULL, 1, NULL, 0, 0), "backward");

  VtTensor* grad_a = NULL;
  VtTensor* grad_b = NULL;
  check(autograd->grad(a, &grad_a), "grad");
  check(autograd->grad(b, &grad_b), "grad");
  check(autograd->detach_in_place(c), "detach_in_place");
  const VtNamedTensor named[3] = {{"c", c}, {"grad_a", grad_a}, {"grad_b", grad_b}};
  const VtKeyValue metadata[1] = {{"written_by", "a C program"}};
  check(files->save(argv[1], named, 3, metadata, 1), "save");

  const void* cuda = NULL;
  if (vt_get_interface(VT_CUDA_API_NAME, VT_CUDA_API_MAJOR, 0, &cuda) == 0)
    printf("cuda devices: %d\n", (int)((const VtCudaApi*)cuda)->device->device_count());
  printf("total %g\n", (double)*(const float*)total->dl.data);

  VtTensor* all[] = {a, b, c, total, grad_a, grad_b};
  for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); ++i) tensors->release(all[i]);
  return 0;
}
