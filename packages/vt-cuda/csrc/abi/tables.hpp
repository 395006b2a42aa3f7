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

// Memory that allocate_pinned gave out, which copies need not stage.
bool is_pinned(const void* data, uint64_t nbytes);

}  // namespace vt::cuda
