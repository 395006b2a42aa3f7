// SPDX-License-Identifier: Apache-2.0
// Entries of vt.autograd since 1.1 that need more than a line: nodes, what they keep, and backward between edges.
#pragma once

#include <vt/abi/autograd.h>

namespace vt::autograd::entries {

int add_node_hook(VtNode* node, const VtNodeHookDef* def, uint64_t* handle);
int node_object(VtNode* node, void** object, void (*release)(void* object),
                int (*visit)(void* object, VtVisitFn visit, void* arg));
VtNode* gradient_node(VtTensor* tensor, uint32_t* output_nr);
int32_t num_saved(const VtNode* node);
int saved(VtNode* node, int32_t index, const char** name, VtValue* out);
uint64_t saved_bytes(const VtNode* node);
int32_t current_saved_hooks(VtSavedHooks* out);
int run_backward(const VtBackwardRequest* request);
uint64_t node_sequence(const VtNode* node);

}  // namespace vt::autograd::entries
