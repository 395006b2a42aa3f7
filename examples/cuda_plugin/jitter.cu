// SPDX-License-Identifier: Apache-2.0
// A plugin with CUDA kernels of its own: jitter(x, amount) = x + amount * noise, and its derivative.
//
// The noise is uniform in [-1, 1) less its mean over the tensor, so that it takes two kernels and scratch memory between them.
// Planning, memory, stream and random numbers come from the tables, so the op broadcasts, takes any layout, runs on the current
// stream and can be captured in a graph, in which every replay draws new numbers.
#include <vt/abi/iter.h>
#include <vt/cpp/cuda.hpp>
#include <vt/cpp/cuda_random.hpp>
#include <vt/cpp/op.hpp>
#include <vt/cpp/plugin.hpp>
#include <vt/cpp/registration.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

namespace {

constexpr int kThreads = 256;
constexpr int64_t kMaxBlocks = 1024;
constexpr int kMaxDims = 8;
enum Operand { kOut, kNoise, kX, kAmount, kNumOperands };

struct Params {
  char* data[kNumOperands];
  int64_t numel;
  int32_t ndim;
  int64_t sizes[kMaxDims];                  // innermost first
  int64_t strides[kNumOperands][kMaxDims];  // bytes
  float* sums;                              // of the noise, one for each block
  VtCudaRandom random;
};

__device__ float& element(const Params& p, Operand operand, int64_t i) {
  int64_t offset = 0;
  for (int d = 0; d < p.ndim; ++d) {
    offset += i % p.sizes[d] * p.strides[operand][d];
    i /= p.sizes[d];
  }
  return *reinterpret_cast<float*>(p.data[operand] + offset);
}

// The sum over the block, in every thread of it.
__device__ float block_sum(float value) {
  __shared__ float values[kThreads];
  values[threadIdx.x] = value;
  __syncthreads();
  for (int half = kThreads / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) values[threadIdx.x] += values[threadIdx.x + half];
    __syncthreads();
  }
  return values[0];
}

__global__ void draw(Params p) {
  float sum = 0;
  for (int64_t i = int64_t{blockIdx.x} * kThreads + threadIdx.x; i < p.numel; i += int64_t{gridDim.x} * kThreads) {
    const uint32_t word = vt::cuda_philox(p.random, static_cast<uint64_t>(i) / 4).word[i % 4];
    const float noise = static_cast<float>(word >> 8) * 0x1p-23F - 1.0F;
    element(p, kNoise, i) = noise;
    sum += noise;
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) p.sums[blockIdx.x] = sum;
}

__global__ void add(Params p) {
  float sum = 0;
  for (int b = threadIdx.x; b < gridDim.x; b += kThreads) sum += p.sums[b];
  const float mean = block_sum(sum) / static_cast<float>(p.numel);
  for (int64_t i = int64_t{blockIdx.x} * kThreads + threadIdx.x; i < p.numel; i += int64_t{gridDim.x} * kThreads) {
    const float noise = element(p, kNoise, i) - mean;
    element(p, kNoise, i) = noise;
    element(p, kOut, i) = element(p, kX, i) + element(p, kAmount, i) * noise;
  }
}

void check_launch() {
  const cudaError_t error = cudaGetLastError();
  if (error != cudaSuccess) vt::fail(VT_ERROR_DEVICE, std::string("jitter: ") + cudaGetErrorString(error));
}

// Makes a device current for the calling thread, and puts the former back.
class DeviceGuard {
 public:
  explicit DeviceGuard(int device) {
    cudaGetDevice(&before_);
    cudaSetDevice(device);
  }
  DeviceGuard(const DeviceGuard&) = delete;
  DeviceGuard& operator=(const DeviceGuard&) = delete;
  ~DeviceGuard() { cudaSetDevice(before_); }

 private:
  int before_ = 0;
};

Params params_of(const VtIterPlan& plan) {
  if (plan.ndim > kMaxDims)
    vt::fail(VT_ERROR_NOT_IMPLEMENTED, "jitter: got " + std::to_string(plan.ndim) + " dimensions, expected at most " +
                                           std::to_string(kMaxDims) + " after merging");
  Params p{};
  p.numel = plan.numel;
  p.ndim = plan.ndim;
  std::copy_n(plan.sizes, plan.ndim, p.sizes);
  for (int k = 0; k < kNumOperands; ++k) {
    p.data[k] = static_cast<char*>(plan.data[k]);
    std::copy_n(plan.strides + k * plan.ndim, plan.ndim, p.strides[k]);
  }
  return p;
}

void jitter(const VtValue* args, VtValue* result) {
  constexpr DLDataType kFloat32{kDLFloat, 32, 1};
  for (int i = 0; i < 2; ++i) {
    const DLDataType dtype = args[i].as.tensor->dl.dtype;
    if (dtype.code != kDLFloat || dtype.bits != 32)
      vt::fail(VT_ERROR_DTYPE, "jitter: got a tensor that is not of float32; convert it");
  }
  const VtValue operands[] = {result[0], result[1], args[0], args[1]};
  VtIterPlan* planned = nullptr;
  const VtIterConfig config{sizeof config, 0, "jitter", operands, 2, kNumOperands, kFloat32};
  vt::check(vt::tables().iter->plan(&config, &planned));
  const std::unique_ptr<VtIterPlan, void (*)(VtIterPlan*)> plan(planned, vt::tables().iter->free);

  if (plan->numel > 0) {
    Params p = params_of(*plan);
    const DLDevice device = plan->tensors[kOut]->dl.device;
    const vt::CudaStreamView stream = vt::CudaStreamView::current(device.device_id);
    const auto blocks = static_cast<unsigned>(std::min((p.numel + kThreads - 1) / kThreads, kMaxBlocks));
    const vt::CudaScratch sums(stream, blocks * sizeof(float));
    p.sums = sums.data<float>();
    VtGenerator* const generator =
        args[2].tag == VT_GENERATOR ? args[2].as.generator : vt::tables().rng->default_generator(device);
    p.random = vt::cuda_draw("jitter", stream, generator, (static_cast<uint64_t>(p.numel) + 3) / 4);
    const DeviceGuard guard(vt::cuda_native_device(device.device_id));
    const auto native = static_cast<cudaStream_t>(stream.native());
    draw<<<blocks, kThreads, 0, native>>>(p);
    check_launch();
    add<<<blocks, kThreads, 0, native>>>(p);
    check_launch();
  }
  for (int i = 0; i < 2; ++i) {
    vt::tables().tensor->retain(plan->tensors[i]);
    result[i] = vt::value_of(plan->tensors[i]);
  }
}

// args: the gradients of out and noise, x, amount, generator, out, noise, and which gradients are needed. The noise depends on
// neither argument; the engine sums what was broadcast.
void jitter_backward(const VtValue* args, VtValue* result) {
  static const vt::Op mul("mul");
  enum { kGradOut, kGradNoise, kArgX, kArgAmount, kArgGenerator, kResultOut, kResultNoise, kNeeded };
  if (args[kGradOut].tag == VT_NONE) return;
  if (args[kNeeded].as.i & 1) result[0] = vt::value_of(vt::Tensor::share(args[kGradOut].as.tensor).release());
  if (args[kNeeded].as.i & 2) result[1] = vt::value_of(mul(args[kGradOut], args[kResultNoise]).release());
}

void register_all(VtPlugin* plugin) {
  const vt::OpRow ops[] = {
      {"jitter(Tensor self, Tensor amount, *, Generator? generator=None) -> (Tensor out, Tensor noise)", VT_OP_FUNCTION,
       "Adds noise of mean 0, between -amount and amount, to each element."}};
  vt::define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"jitter", vt::boxed<jitter>}};
  vt::register_kernels(plugin, kDLCUDA, kernels);
  const vt::DerivativeRow derivatives[] = {
      {"jitter", vt::boxed<jitter_backward>, {{0, 0, 0, 0, 0}, {1, 0, 0, 0, vt::bit(1)}}}};
  vt::register_derivatives(plugin, derivatives);
}

}  // namespace

extern "C" VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  return vt::init_plugin(host, info, "jitter", "0.1.0", register_all);
}
