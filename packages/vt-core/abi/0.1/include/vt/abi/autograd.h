/* SPDX-License-Identifier: Apache-2.0 */
/* vt.autograd: what an automatic differentiation plugin offers to core, to the host languages and to embedders. */
#ifndef VT_ABI_AUTOGRAD_H_
#define VT_ABI_AUTOGRAD_H_

#include "dispatch.h"

VT_EXTERN_C_BEGIN

#define VT_AUTOGRAD_API_NAME "vt.autograd"
#define VT_AUTOGRAD_API_MAJOR 1
#define VT_AUTOGRAD_API_MINOR 0

/* A node of the recorded graph: what an autograd slot points to. */
typedef struct VtNode VtNode;

typedef enum VtBackwardFlags {
  VT_BACKWARD_RETAIN_GRAPH = 1 << 0,
  VT_BACKWARD_CREATE_GRAPH = 1 << 1,
  VT_BACKWARD_ALLOW_UNUSED = 1 << 2
} VtBackwardFlags;

/* A gradient hook: may replace *grad (owned) by another owned tensor. */
typedef int (*VtTensorHookFn)(void* context, VtTensor** grad);

/* A node written by the host language (Function) or by a plugin. */
typedef struct VtNodeDef {
  uint32_t struct_size;
  int32_t num_inputs;  /* gradients that apply returns */
  int32_t num_outputs; /* results of the forward */
  const char* name;
  void* context;
  /* grads: num_outputs borrowed tensors, NULL for zero; out: num_inputs owned tensors or NULL. */
  int (*apply)(void* context, VtTensor* const* grads, VtTensor** out);
  void (*release)(void* context); /* the node dies */
  int (*visit)(void* context, VtVisitFn visit, void* arg);
  void (*free_saved)(void* context); /* the graph is freed after backward */
} VtNodeDef;

typedef struct VtAutogradApi {
  VtTableHeader header;

  /* Called by core. release frees a slot; visit walks the tensors that only the slot keeps alive. */
  void (*release)(void* slot);
  int (*visit)(void* slot, VtVisitFn visit, void* arg);

  /* State of tensors. */
  int (*set_requires_grad)(VtTensor* tensor, int32_t requires_grad);
  int32_t (*requires_grad)(const VtTensor* tensor);
  int32_t (*is_leaf)(const VtTensor* tensor);
  int (*grad)(VtTensor* tensor, VtTensor** out);     /* new reference or NULL */
  int (*set_grad)(VtTensor* tensor, VtTensor* grad); /* NULL clears it */
  int (*retain_grad)(VtTensor* tensor);
  int (*detach_in_place)(VtTensor* tensor);

  /* Grad mode of the calling thread; returns the former value. */
  int32_t (*set_grad_mode)(int32_t enabled);
  int32_t (*grad_mode)(void);

  /* grads may be NULL (every root a scalar) or hold NULLs. backward accumulates into leaves; with inputs given only into
   * those. compute_grad returns new references, NULL where unused and allowed. */
  int (*backward)(VtTensor* const* roots, VtTensor* const* grads, size_t num_roots, VtTensor* const* inputs,
                  size_t num_inputs, uint32_t flags);
  int (*compute_grad)(VtTensor* const* roots, VtTensor* const* grads, size_t num_roots, VtTensor* const* inputs,
                      size_t num_inputs, uint32_t flags, VtTensor** out);

  /* Graph inspection. Nodes are counted. */
  VtNode* (*grad_fn)(const VtTensor* tensor); /* new reference or NULL for a leaf */
  void (*retain_node)(VtNode* node);
  void (*release_node)(VtNode* node);
  const char* (*node_name)(const VtNode* node);
  int32_t (*num_next)(const VtNode* node);
  VtNode* (*next)(const VtNode* node, int32_t index, uint32_t* output_nr); /* borrowed or NULL */

  /* Hooks and host-written nodes. A handle of 0 is never given. */
  int (*add_hook)(VtTensor* tensor, VtTensorHookFn hook, void* context, void (*release_context)(void* context),
                  uint64_t* handle);
  int (*remove_hook)(VtTensor* tensor, uint64_t handle);
  /* Records a node: its edges go to `inputs`, `outputs` become its results (NULL entries allowed in both; an output that
   * is also an input was written in place). `out`, if not NULL, receives a new reference. */
  int (*record)(const VtNodeDef* def, VtTensor* const* inputs, VtTensor* const* outputs, VtNode** out);

  /* The context of a host-written node whose `release` is the given function, else NULL. */
  void* (*node_context)(const VtNode* node, void (*release)(void* context));
  /* Lets a cycle collector see what a hook's context owns. */
  int (*set_hook_visit)(VtTensor* tensor, uint64_t handle, int (*visit)(void* context, VtVisitFn visit, void* arg));
  /* Visits the tensors that one count on `node` alone keeps alive, as `visit` does for a slot. */
  int (*visit_node)(VtNode* node, VtVisitFn visit, void* arg);
  /* Sizes, dtype and device of one result of a node, valid while the node lives; non-zero when there is no such result. */
  int (*node_output)(const VtNode* node, int32_t index, VtTensorMeta* out);
  /* Makes a tensor without history a result of `node`, as for a saved output that is handed back in backward. */
  int (*set_grad_fn)(VtTensor* tensor, VtNode* node, uint32_t output_nr);
} VtAutogradApi;

VT_EXTERN_C_END

#endif /* VT_ABI_AUTOGRAD_H_ */
