/* SPDX-License-Identifier: Apache-2.0 */
/* vt.core.dispatch: schemas, operators, kernels, wrapper layers and derivative rows. */
#ifndef VT_ABI_DISPATCH_H_
#define VT_ABI_DISPATCH_H_

#include "tensor.h"

VT_EXTERN_C_BEGIN

#define VT_DISPATCH_API_NAME "vt.core.dispatch"
#define VT_DISPATCH_API_MAJOR 1
#define VT_DISPATCH_API_MINOR 0

typedef struct VtOp VtOp;

/* The one call shape of kernels, layers and backward callbacks; tvm-ffi's safe call.
 *
 * Note [Destinations]
 * `result` holds as many values as the schema has returns. On entry each is VT_NONE, or a borrowed VT_TENSOR into which
 * the kernel must write (the in-place form passes `self` there, the out form `out`). On success each holds an owned
 * value; a destination comes back as the same tensor with one count added. So one kernel serves all three forms. A
 * destination of the wrong size is resized where its storage allows, as PyTorch does for out=, and is an error for
 * in-place. The dispatcher bumps the version of every destination after the device kernel succeeded. */
typedef int (*VtBoxedFn)(void* context, const VtValue* args, int32_t num_args, VtValue* result);

typedef struct VtKernel {
  VtBoxedFn boxed;
  void* typed;        /* NULL, or a function of the C signature that `signature` names */
  uint64_t signature; /* hash of that signature, 0 if typed is NULL */
  void* context;
  uint32_t flags; /* VtKernelFlags */
  uint32_t reserved;
} VtKernel;

typedef enum VtKernelFlags {
  VT_KERNEL_TVM_FFI = 1 << 0 /* wants tensors as VT_DLTENSOR */
} VtKernelFlags;

/* Wrapper layers, outermost first: the lowest set bit runs first. Gaps are reserved. */
typedef enum VtLayer {
  VT_LAYER_PROFILER = 0,
  VT_LAYER_HOST_OVERRIDE = 2,
  VT_LAYER_AUTOCAST = 4,
  VT_LAYER_AUTOGRAD = 6,
  VT_LAYER_TRACKING = 8, /* views; runs whatever the tensors' flags are */
  VT_LAYER_TRACE = 10,
  VT_LAYER_DEVICE = 15 /* the device's kernel; not a bit in tensor flags */
} VtLayer;

/* Layers of the calling thread: active = (tensor flags | include | tracking) & layers of the op & ~exclude. */
typedef struct VtThreadLayers {
  uint32_t include;
  uint32_t exclude;
} VtThreadLayers;

/* Kinds an argument accepts, as a set. */
typedef enum VtKind {
  VT_KIND_TENSOR = 1 << 0,
  VT_KIND_SCALAR = 1 << 1, /* bool, int, float or complex */
  VT_KIND_INT = 1 << 2,
  VT_KIND_FLOAT = 1 << 3,
  VT_KIND_BOOL = 1 << 4,
  VT_KIND_STRING = 1 << 5,
  VT_KIND_DTYPE = 1 << 6,
  VT_KIND_DEVICE = 1 << 7,
  VT_KIND_INT_LIST = 1 << 8,
  VT_KIND_FLOAT_LIST = 1 << 9,
  VT_KIND_BOOL_LIST = 1 << 10,
  VT_KIND_TENSOR_LIST = 1 << 11,
  VT_KIND_GENERATOR = 1 << 12
} VtKind;

typedef enum VtArgumentFlags {
  VT_ARG_OPTIONAL = 1 << 0, /* None is accepted */
  VT_ARG_KEYWORD_ONLY = 1 << 1,
  VT_ARG_HAS_DEFAULT = 1 << 2,
  VT_ARG_ALIASED = 1 << 3,        /* a return shares its storage: (a) */
  VT_ARG_MUTATED = 1 << 4,        /* written: (a!) */
  VT_ARG_OPTIONAL_ITEMS = 1 << 5, /* Tensor?[] */
  VT_ARG_SPREAD = 1 << 6          /* Tensor[*]: host languages accept the tensors one by one as well */
} VtArgumentFlags;

typedef struct VtArgument {
  const char* name;
  uint32_t kinds;
  uint32_t flags;
  VtValue default_value;
} VtArgument;

typedef struct VtReturn {
  const char* name; /* may be empty */
  uint32_t kinds;
  uint32_t flags;
} VtReturn;

/* A parsed schema: "add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor". Borrowed from the op. */
typedef struct VtSchema {
  uint32_t struct_size;
  uint32_t flags; /* VtOpFlags */
  const char* name;
  const char* overload; /* "" for the first */
  const char* text;
  const char* doc;
  const VtArgument* args;
  const VtReturn* returns;
  int32_t num_args;
  int32_t num_returns;
} VtSchema;

typedef enum VtOpFlags {
  VT_OP_INPLACE = 1 << 0,            /* has the form name_(self, ...) -> self */
  VT_OP_OUT = 1 << 1,                /* has the form name(..., *, out) */
  VT_OP_NOT_DIFFERENTIABLE = 1 << 2, /* results never require grad */
  VT_OP_FUNCTION = 1 << 3,           /* offered as a function of a namespace */
  VT_OP_METHOD = 1 << 4,             /* offered as a method of Tensor */
  VT_OP_VIEW = 1 << 5,               /* set by the parser: a return aliases an argument */
  VT_OP_INPLACE_ONLY = 1 << 6,       /* only the in-place form is offered (fill_, copy_) */
  VT_OP_CPU_SCALARS = 1 << 7,        /* device policy: 0-dim CPU tensors may mix with one other device */
  VT_OP_ANY_DEVICE = 1 << 8,         /* device policy: operands may lie anywhere; the destination's device runs it */
  VT_OP_FACTORY = 1 << 9,            /* makes a fresh leaf: host languages offer requires_grad */
  /* The kernel only calls other ops: autograd and tracking see those instead of it. It hands a destination on to the op that
   * makes the result, which checks it and bumps its version. */
  VT_OP_COMPOSITE = 1 << 10,
  VT_OP_ALIAS = 1 << 11 /* set by core: another name of an op, whose kernels, layers and derivative it has */
} VtOpFlags;

typedef struct VtOpDef {
  uint32_t struct_size;
  uint32_t flags;
  const char* schema; /* may carry an overload: "sum.dims(Tensor self, ...)" */
  const char* doc;    /* NumPy-style body without the signature; may be NULL */
} VtOpDef;

typedef struct VtKernelDef {
  uint32_t struct_size;
  uint32_t flags; /* VtKernelFlags */
  const char* op; /* "add" or "sum.dims" */
  int32_t layer;  /* VT_LAYER_DEVICE for a device kernel */
  int32_t
      device_type; /* DLDeviceType; -1 serves every device that has no row of its own; ignored for a wrapper layer */
  VtBoxedFn boxed;
  void* typed;
  uint64_t signature;
  void* context;
} VtKernelDef;

/* Note [Derivative rows]
 * One row per differentiable op, plain data. gradients[k] describes the gradient of one tensor argument: what it reads of
 * the arguments' contents (bit i = argument i), of the results' contents, and of which arguments it only reads sizes, dtype
 * and device. Nothing else is saved, and only for gradients that are needed.
 *
 * backward is called as kernels are:
 *   args   = [grad of each return | each forward argument | each forward result | needed: VT_INT]
 *   result = one value per entry of `gradients`, VT_NONE on entry
 * A forward tensor that no needed gradient reads arrives as VT_NONE, one of which only sizes are read as VT_META, other
 * arguments as they were. Bit k of `needed` asks for gradients[k]; the callback leaves VT_NONE for a gradient that is zero.
 * A grad of a return that nobody used arrives as VT_NONE. Gradients may have any shape that broadcasting in the forward
 * direction explains: the engine sums them down to the argument's sizes and casts to its dtype. For a Tensor[] argument the
 * result arrives as VT_TENSOR_LIST over an array of NULLs that the callback fills. The callback uses only dispatched ops,
 * so with create_graph it records itself. */
typedef struct VtGradient {
  int32_t argument;
  uint32_t reserved;
  uint64_t reads_arguments;
  uint64_t reads_sizes;
  uint64_t reads_results;
} VtGradient;

typedef struct VtDerivativeDef {
  uint32_t struct_size;
  uint32_t flags;
  const char* op;
  VtBoxedFn backward;
  void* context;
  const VtGradient* gradients; /* copied */
  int32_t num_gradients;
  uint32_t reserved;
} VtDerivativeDef;

/* Borrowed from the op; valid until the row is withdrawn. */
typedef struct VtDerivative {
  VtBoxedFn backward;
  void* context;
  const VtGradient* gradients;
  int32_t num_gradients;
} VtDerivative;

typedef int (*VtVisitOpFn)(const VtOp* op, void* arg);

typedef struct VtDispatchApi {
  VtTableHeader header;

  /* Registration. `plugin` is the handle that the plugin's entry point received. Nothing is visible before the entry point
   * returns success; after a failure nothing remains. Rows for an op that does not exist are an error. */
  int (*define_op)(VtPlugin* plugin, const VtOpDef* def, const VtOp** out);
  int (*register_kernels)(VtPlugin* plugin, const VtKernelDef* rows, size_t num_rows);
  /* One kernel for every op of a layer, called with the const VtOp* as context. ops_mask narrows it to ops with any of the
   * given VtOpFlags, 0 for all. */
  int (*register_layer)(VtPlugin* plugin, int32_t layer, VtBoxedFn boxed, uint32_t ops_mask);
  int (*register_derivatives)(VtPlugin* plugin, const VtDerivativeDef* rows, size_t num_rows);

  /* Look-up. find_op takes "name" or "name.overload" and returns NULL without an error when there is none. */
  const VtOp* (*find_op)(const char* name);
  const VtSchema* (*schema)(const VtOp* op);
  const VtDerivative* (*derivative)(const VtOp* op);
  int (*visit_ops)(VtVisitOpFn visit, void* arg);
  /* The next overload of the same name in declared order, or NULL. */
  const VtOp* (*next_overload)(const VtOp* op);
  int32_t (*has_kernel)(const VtOp* op, int32_t device_type);

  /* Calls. `flags` is the OR of the tensors' flags. Errors: MISSING_KERNEL naming op and device. */
  const VtKernel* (*resolve)(const VtOp* op, uint32_t flags, int32_t device_type);
  const VtKernel* (*resolve_below)(const VtOp* op, int32_t layer, uint32_t flags, int32_t device_type);
  int (*call_boxed)(const VtOp* op, const VtValue* args, int32_t num_args, VtValue* result);
  int (*redispatch_boxed)(const VtOp* op, int32_t layer, const VtValue* args, int32_t num_args, VtValue* result);

  /* The calling thread's layers; the pointer stays valid for the thread's life. */
  VtThreadLayers* (*thread_layers)(void);
} VtDispatchApi;

VT_EXTERN_C_END

#endif /* VT_ABI_DISPATCH_H_ */
