// SPDX-License-Identifier: Apache-2.0
// Entry point of libvt_cuda: the device "cuda", its kernels, and the tables vt.cuda and vt.cuda.memory. Touches no driver.
#include <vt/cpp/plugin.hpp>

#include "abi/runtime_api.hpp"
#include "blas/api.hpp"
#include "ops/ops.hpp"
#include "runtime/settings.hpp"

extern "C" VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  return vt::init_plugin(host, info, "vt-cuda", VT_CUDA_VERSION, [](VtPlugin* plugin) {
    vt::check(vt::tables().stream->register_device(plugin, vt::cuda::device_api()));
    vt::check(vt::tables().object->publish(plugin, "vt.device.cuda", &vt::cuda::device_api()->header));
    vt::check(vt::tables().object->publish(plugin, VT_CUDA_API_NAME, &vt::cuda::cuda_api()->header));
    vt::check(vt::tables().object->publish(plugin, VT_CUDA_MEMORY_API_NAME, &vt::cuda::memory_api()->header));
    vt::check(vt::tables().object->publish(plugin, VT_CUDA_RUNTIME_API_NAME, &vt::cuda::runtime_api()->header));
    vt::check(vt::tables().object->publish(plugin, vt::cuda::kBlasApiName, &vt::cuda::blas_api()->header));
    vt::cuda::declare_settings();
    vt::cuda::register_ops(plugin);
  });
}
