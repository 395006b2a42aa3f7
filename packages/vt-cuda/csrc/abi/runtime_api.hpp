// SPDX-License-Identifier: Apache-2.0
// The entries of vt.cuda.runtime, by the files that they are in.
#pragma once

#include <vt/abi/cuda_runtime.h>

#include "tables.hpp"

namespace vt::cuda {

struct NumberedEvent;

const VtCudaRuntimeApi* runtime_api() noexcept;

// properties_api.cpp
int properties(int32_t device, VtCudaProperties* out);
int native_device(int32_t device, int32_t* out);
int can_access_peer(int32_t device, int32_t peer, int32_t* out);

// event_api.cpp
NumberedEvent& event_of(VtEvent event);
int create_event(int32_t device, uint32_t flags, VtEvent* out);
int synchronize_event(VtEvent event);
int export_event(VtEvent event, VtCudaEventHandle* out);
int import_event(int32_t device, const VtCudaEventHandle* handle, VtEvent* out);
int query_stream(int32_t device, VtStream stream, int32_t* done);
int stream_priority(int32_t device, VtStream stream, int32_t* out);

// pinned_api.cpp
int32_t is_pinned(const void* data, uint64_t nbytes);
int pinned_stats(VtCudaPinnedStats* out);
int empty_pinned_cache();

// random_api.cpp
int draw(const char* op, int32_t device, VtStream stream, VtGenerator* generator, uint64_t count, VtCudaRandom* out);

// module_api.cpp
int function_attributes(VtCudaFunction* function, VtCudaFunctionAttributes* out);

}  // namespace vt::cuda
