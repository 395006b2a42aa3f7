/* SPDX-License-Identifier: Apache-2.0 */
/* vt.autograd: what an automatic differentiation plugin offers to core, to the host languages and to embedders. */
#ifndef VT_ABI_AUTOGRAD_H_
#define VT_ABI_AUTOGRAD_H_

#include "dispatch.h"

VT_EXTERN_C_BEGIN

#define VT_AUTOGRAD_API_NAME "vt.autograd"
#define VT_AUTOGRAD_API_MAJOR 1
#define VT_AUTOGRAD_API_MINOR 1

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

/* The wrapper layer of inference mode (1.1), outside VT_LAYER_AUTOGRAD: on tensors made in the mode, and on threads in it. */
#define VT_LAYER_INFERENCE 3
/* The wrapper layer of write hooks (1.1), inside VT_LAYER_AUTOGRAD: on threads that set one. */
#define VT_LAYER_WRITES 7

/* When a hook of a node runs (1.1). */
typedef enum VtNodeHookKind {
  VT_NODE_HOOK_BEFORE = 0,     /* grads: those of the node's results, which the hook may replace */
  VT_NODE_HOOK_AFTER = 1,      /* grads: those that the node returned, which the hook may replace */
  VT_NODE_HOOK_ACCUMULATED = 2 /* of a leaf's accumulator: its gradient has been added to; no grads */
} VtNodeHookKind;

/* grads: owned tensors or NULL, each of which the hook may replace by another owned tensor or NULL. outputs: borrowed
 * gradients of the node's results, with VT_NODE_HOOK_AFTER alone. */
typedef int (*VtNodeHookFn)(void* context, VtTensor** grads, int32_t num_grads, VtTensor* const* outputs,
                            int32_t num_outputs);

typedef struct VtNodeHookDef {
  uint32_t struct_size;
  int32_t kind; /* VtNodeHookKind */
  VtNodeHookFn call;
  void* context; /* taken over on success */
  void (*release)(void* context);
  int (*visit)(void* context, VtVisitFn visit, void* arg);
} VtNodeHookDef;

/* What replaces tensors that nodes save while it is pushed (1.1). Callbacks run on the thread that records or runs the
 * node; the host language's lock is theirs to take. */
typedef struct VtSavedHooks {
  uint32_t struct_size;
  uint32_t reserved;
  void* context; /* taken over on success */
  void (*retain)(void* context);
  void (*release)(void* context);
  int (*pack)(void* context, VtTensor* tensor, void** packed);   /* borrowed tensor; an owned packed object */
  int (*unpack)(void* context, void* packed, VtTensor** tensor); /* borrowed object; a new reference */
  void (*release_packed)(void* packed);
  int (*visit_packed)(void* packed, VtVisitFn visit, void* arg); /* also called with the context, per reference on it */
} VtSavedHooks;

/* Sees nodes as they are recorded and run, on every thread (1.1). Any function may be NULL. */
typedef struct VtGraphObserver {
  uint32_t struct_size;
  uint32_t reserved;
  void* context; /* taken over on success */
  void (*release)(void* context);
  int (*recorded)(void* context, VtNode* node);
  /* The node has run: gradients for its edges (borrowed, NULL where none) and how long it took. */
  int (*ran)(void* context, VtNode* node, VtTensor* const* grads, int32_t num_grads, uint64_t elapsed_ns);
  /* The node, or an observer's `ran`, failed: the thread's error is set and stays as it is. */
  void (*failed)(void* context, VtNode* node);
} VtGraphObserver;

/* Where a gradient is taken or enters: a tensor, or else one result of a node (1.1). */
typedef struct VtGradientEdge {
  VtTensor* tensor;
  VtNode* node;
  uint32_t output_nr;
  uint32_t reserved;
} VtGradientEdge;

/* A backward between edges (1.1). Without `out` it accumulates, as `backward`; else it is `compute_grad`. */
typedef struct VtBackwardRequest {
  uint32_t struct_size;
  uint32_t flags; /* VtBackwardFlags */
  const VtGradientEdge* roots;
  VtTensor* const* grads; /* NULL, or one per root, NULL for ones */
  size_t num_roots;
  const VtGradientEdge* inputs;
  size_t num_inputs;
  VtTensor** out;
} VtBackwardRequest;

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

  /* Since 1.1. */
  int (*add_node_hook)(VtNode* node, const VtNodeHookDef* def, uint64_t* handle);
  int (*remove_node_hook)(uint64_t handle); /* does nothing once the node is gone */
  /* One object that the host language keeps on a node. When there is one already, that one stays; either way *object is
   * the node's, borrowed. Pass NULL to ask. */
  int (*node_object)(VtNode* node, void** object, void (*release)(void* object),
                     int (*visit)(void* object, VtVisitFn visit, void* arg));
  /* The node that a tensor's gradient goes to, a leaf's accumulator included; new reference or NULL. */
  VtNode* (*gradient_node)(VtTensor* tensor, uint32_t* output_nr);
  /* What a node keeps of its call: arguments, then results. Tensors come as new references, other values borrowed from the
   * node; VT_NONE where nothing is kept. RUNTIME when the graph was freed. */
  int32_t (*num_saved)(const VtNode* node);
  int (*saved)(VtNode* node, int32_t index, const char** name, VtValue* out);
  /* Bytes of the tensors that a node saves as they are, each storage's part counted as often as it is saved. */
  uint64_t (*saved_bytes)(const VtNode* node);
  /* Saved-tensor hooks of the calling thread; the last pushed count. `disable` makes pushing fail with its message until it
   * is called with NULL. `current` retains the context of what it copies; zero when there are none. */
  int (*push_saved_hooks)(const VtSavedHooks* hooks);
  int (*pop_saved_hooks)(void);
  int (*disable_saved_hooks)(const char* message);
  const char* (*saved_hooks_disabled)(void);
  int32_t (*current_saved_hooks)(VtSavedHooks* out);
  int (*add_observer)(const VtGraphObserver* observer, uint64_t* handle);
  int (*remove_observer)(uint64_t handle);
  int (*run_backward)(const VtBackwardRequest* request);
  /* Within a backward of the calling thread: a number of its own (0 outside), whether it will run a node (-1 with an error set
   * when memory is short), and the node that runs now where an observer or a hook watches it (borrowed or NULL). */
  uint64_t (*current_backward)(void);
  int32_t (*backward_is_full)(void); /* it accumulates into every leaf: no inputs were named */
  int32_t (*will_run)(const VtNode* node);
  VtNode* (*current_node)(void);
  uint64_t (*node_sequence)(const VtNode* node);
  int32_t (*retains_grad)(const VtTensor* tensor);
  /* Inference mode of the calling thread; returns the former value. Grad mode is set to its opposite. */
  int32_t (*set_inference_mode)(int32_t enabled);
  int32_t (*inference_mode)(void);
  /* Called with each tensor that a dispatched call of this thread is about to write. NULL ends it; the context is borrowed. */
  int (*set_write_hook)(int (*before_write)(void* context, VtTensor* tensor), void* context);
  /* Nodes alive in the process, those of leaves included. */
  int64_t (*num_nodes)(void);
} VtAutogradApi;

VT_EXTERN_C_END

#endif /* VT_ABI_AUTOGRAD_H_ */
