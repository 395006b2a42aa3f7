// SPDX-License-Identifier: Apache-2.0
// The layer that calls write hooks.
#include "engine/write_hook.hpp"

#include <vt/cpp/tensor.hpp>

#include <utility>

#include "engine/results.hpp"

namespace vt::autograd {

namespace {

constexpr uint32_t kWritesBit = 1u << VT_LAYER_WRITES;

struct WriteHook {
  WriteHookFn call;
  void* context;
};
thread_local WriteHook write_hook{nullptr, nullptr};

// The hook's own calls do not come back to it.
void call_hook(VtTensor* t) {
  VtThreadLayers* layers = tables().dispatch->thread_layers();
  layers->include &= ~kWritesBit;
  const int status = write_hook.call(write_hook.context, t);
  if (write_hook.call) layers->include |= kWritesBit;
  check(status);
}

void tell(const VtOp* op, const VtValue* args, const VtValue* result) {
  const VtSchema& schema = *tables().dispatch->schema(op);
  if (schema.flags & VT_OP_COMPOSITE) return;  // what it calls is told of
  for (int32_t r = 0; r < schema.num_returns; ++r)
    for (VtTensor* t : tensors_of(result[r])) call_hook(t);
  for (int32_t i = 0; i < schema.num_args; ++i)
    if (schema.args[i].flags & VT_ARG_MUTATED)
      for (VtTensor* t : tensors_of(args[i]))
        if (t) call_hook(t);
}

}  // namespace

void set_write_hook(WriteHookFn hook, void* context) noexcept {
  write_hook = {hook, context};
  VtThreadLayers* layers = tables().dispatch->thread_layers();
  layers->include = hook ? layers->include | kWritesBit : layers->include & ~kWritesBit;
}

int write_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  const auto* op = static_cast<const VtOp*>(context);
  if (write_hook.call)
    if (const int status = guard([&] { tell(op, args, result); })) return status;
  return tables().dispatch->redispatch_boxed(op, VT_LAYER_WRITES, args, num_args, result);
}

}  // namespace vt::autograd
