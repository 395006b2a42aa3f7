// SPDX-License-Identifier: Apache-2.0
// The tables that this plugin implements.
#pragma once

#include <vt/abi/cuda.h>
#include <vt/abi/cuda_memory.h>

namespace vt::cuda {

const VtDeviceApi* device_api() noexcept;
const VtCudaApi* cuda_api() noexcept;
const VtCudaMemoryApi* memory_api() noexcept;

// The entries of vt.cuda for graphs (graph_api.cpp).
uint64_t new_graph_pool();
int create_graph(int32_t device, VtCudaGraph** out);
void destroy_graph(VtCudaGraph* graph);
int begin_capture(VtCudaGraph* graph, VtStream stream, uint64_t pool);
int end_capture(VtCudaGraph* graph);
int replay_graph(VtCudaGraph* graph, VtStream stream);
int reset_graph(VtCudaGraph* graph);
int graph_info(const VtCudaGraph* graph, VtCudaGraphInfo* out);
int idle_stream(int32_t device, VtStream* out);

// Those for code (module_api.cpp), time (event_api.cpp) and pinned memory (pinned_api.cpp).
int load_module(int32_t device, const void* image, size_t nbytes, VtCudaModule** out);
void unload_module(VtCudaModule* module);
int get_function(VtCudaModule* module, const char* name, VtCudaFunction** out);
int launch(VtCudaFunction* function, const VtCudaLaunch* launch);
int elapsed_ms(int32_t device, VtEvent start, VtEvent end, float* out);
int allocate_pinned(uint64_t nbytes, void** out);
void free_pinned(void* data);

}  // namespace vt::cuda
