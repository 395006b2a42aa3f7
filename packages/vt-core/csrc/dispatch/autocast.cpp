// SPDX-License-Identifier: Apache-2.0
// The autocast layer: which ops change the dtype of their floating operands, and to what (Note [Autocast] in autocast.h).
#include "dispatch/autocast.hpp"

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/op.hpp>
#include <vt/cpp/registration.hpp>

#include <atomic>
#include <deque>
#include <vector>

#include "runtime/thread_state.hpp"

namespace vt::core {

namespace {

enum class Policy { kHalf, kSingle, kWidest };

struct Row {
  const char* name;
  Policy policy;
  bool on_cpu = true;
};

// After PyTorch's lists, of which the CPU's has fewer ops in float32.
constexpr Row kRows[] = {
    {"matmul", Policy::kHalf},
    {"mm", Policy::kHalf},
    {"bmm", Policy::kHalf},
    {"mv", Policy::kHalf},
    {"addmm", Policy::kHalf},
    {"_addmm_activation", Policy::kHalf},
    {"baddbmm", Policy::kHalf},
    {"linear", Policy::kHalf},
    {"_linear_relu", Policy::kHalf},
    {"convolution", Policy::kHalf},
    {"scaled_dot_product_attention", Policy::kHalf},
    {"exp", Policy::kSingle, false},
    {"expm1", Policy::kSingle, false},
    {"log", Policy::kSingle, false},
    {"log1p", Policy::kSingle, false},
    {"log2", Policy::kSingle, false},
    {"pow", Policy::kSingle, false},
    {"rpow", Policy::kSingle, false},
    {"reciprocal", Policy::kSingle, false},
    {"rsqrt", Policy::kSingle, false},
    {"softplus", Policy::kSingle, false},
    {"softmax", Policy::kSingle, false},
    {"log_softmax", Policy::kSingle, false},
    {"layer_norm", Policy::kSingle, false},
    {"grid_sampler", Policy::kSingle},
    {"cross_entropy", Policy::kSingle},
    {"nll_loss", Policy::kSingle},
    {"mse_loss", Policy::kSingle},
    {"l1_loss", Policy::kSingle},
    {"binary_cross_entropy_with_logits", Policy::kSingle},
    {"linalg_vector_norm", Policy::kSingle, false},
    {"norm", Policy::kSingle, false},
    {"sum", Policy::kSingle, false},
    {"sum.dims", Policy::kSingle, false},
    {"prod", Policy::kSingle},
    {"prod.dim", Policy::kSingle},
    {"cumsum", Policy::kSingle, false},
    {"logsumexp", Policy::kSingle, false},
    {"cat", Policy::kWidest},
    {"stack", Policy::kWidest},
    {"addcmul", Policy::kWidest},
    {"addcdiv", Policy::kWidest},
    {"dot", Policy::kWidest},
    {"index_put", Policy::kWidest},
    {"scatter_add", Policy::kWidest},
    {"atan2", Policy::kWidest},
};

// What a kernel of the layer is registered with. The op is looked up by the first call, since it exists only then.
struct Entry {
  explicit Entry(const Row& row) noexcept : policy(row.policy), on_cpu(row.on_cpu), name(row.name) {}
  const VtOp* op() {
    const VtOp* known = found.load(std::memory_order_relaxed);
    if (!known) found.store(known = tables().dispatch->find_op(name), std::memory_order_relaxed);
    return known;
  }

  Policy policy;
  bool on_cpu;
  const char* name;
  std::atomic<const VtOp*> found{nullptr};
};

int slot_of(int32_t device_type) noexcept { return device_type == kDLCPU ? 0 : device_type == kDLCUDA ? 1 : -1; }

int checked_slot(int32_t device_type) {
  const int slot = slot_of(device_type);
  if (slot < 0)
    fail(VT_ERROR_VALUE, "autocast: got device type " + std::to_string(device_type) + ", expected cpu or cuda");
  return slot;
}

// float16, bfloat16 and float32 take part; float64 and the others keep what they are.
bool takes_part(const VtTensor* t) noexcept {
  return t->dl.dtype.code == kDLBfloat ||
         (t->dl.dtype.code == kDLFloat && t->dl.dtype.bits <= 32 && t->dl.dtype.bits >= 16);
}

template <class Visit>
void for_each_operand(const VtValue* args, int32_t num_args, Visit&& visit) {
  for (int32_t i = 0; i < num_args; ++i) {
    if (args[i].tag == VT_TENSOR) visit(args[i].as.tensor);
    if (args[i].tag == VT_TENSOR_LIST)
      for (uint32_t k = 0; k < args[i].count; ++k)
        if (args[i].as.tensors[k]) visit(args[i].as.tensors[k]);
  }
}

// The arguments of one call with their floating tensors cast; owns the casts.
class CastArguments {
 public:
  CastArguments(const VtValue* args, int32_t num_args, DLDataType dtype) : values_(args, args + num_args) {
    for (VtValue& value : values_) {
      if (value.tag == VT_TENSOR) {
        value.as.tensor = cast(value.as.tensor, dtype);
      } else if (value.tag == VT_TENSOR_LIST) {
        auto& list = lists_.emplace_back(value.as.tensors, value.as.tensors + value.count);
        for (VtTensor*& t : list)
          if (t) t = cast(t, dtype);
        value.as.tensors = list.data();
      }
    }
  }
  const VtValue* data() const noexcept { return values_.data(); }

 private:
  VtTensor* cast(VtTensor* t, DLDataType dtype) {
    if (!takes_part(t) || same_dtype(t->dl.dtype, dtype)) return t;
    static const Op to("to.dtype");
    return owned_.emplace_back(to(value_of(t), dtype)).get();
  }

  std::vector<VtValue> values_;
  std::deque<std::vector<VtTensor*>> lists_;
  std::vector<Tensor> owned_;
};

// What the call's operands are to be cast to; kOpaqueHandle for nothing.
DLDataType wanted_dtype(const Entry& entry, const VtValue* args, int32_t num_args) {
  const Policy policy = entry.policy;
  constexpr DLDataType kNothing{kDLOpaqueHandle, 0, 0};
  DLDataType wanted = kNothing;
  bool single = false;
  bool mixed = false;
  bool enabled = false;
  for_each_operand(args, num_args, [&](const VtTensor* t) {
    const int slot = slot_of(t->dl.device.device_type);
    if (slot < (entry.on_cpu ? 0 : 1) || !takes_part(t)) return;
    const VtAutocastState& state = thread_state().autocast[static_cast<size_t>(slot)];
    if (!state.enabled) return;
    if (policy == Policy::kHalf && !enabled) wanted = state.dtype;
    if (policy == Policy::kWidest && !enabled) wanted = t->dl.dtype;
    mixed |= policy == Policy::kWidest && !same_dtype(wanted, t->dl.dtype);
    single |= t->dl.dtype.bits == 32;
    enabled = true;
  });
  if (!enabled) return kNothing;
  if (policy == Policy::kSingle) return kFloat32;
  return policy == Policy::kWidest && (single || mixed) ? kFloat32 : wanted;
}

int layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  Entry& entry = *static_cast<Entry*>(context);
  const VtDispatchApi& dispatch = *tables().dispatch;
  int status = 0;
  const int caught = guard([&] {
    const DLDataType wanted =
        result[0].tag == VT_TENSOR ? DLDataType{kDLOpaqueHandle, 0, 0} : wanted_dtype(entry, args, num_args);
    if (wanted.code == kDLOpaqueHandle) {
      status = dispatch.redispatch_boxed(entry.op(), VT_LAYER_AUTOCAST, args, num_args, result);
      return;
    }
    const CastArguments cast(args, num_args, wanted);
    status = dispatch.redispatch_boxed(entry.op(), VT_LAYER_AUTOCAST, cast.data(), num_args, result);
  });
  return caught != 0 ? caught : status;
}

}  // namespace

void register_autocast(VtPlugin* plugin) {
  static std::deque<Entry> entries;  // contexts of the kernels, for the life of the process
  std::vector<VtKernelDef> defs;
  for (const Row& row : kRows) {
    Entry& entry = entries.emplace_back(row);
    defs.push_back({sizeof(VtKernelDef), 0, row.name, VT_LAYER_AUTOCAST, 0, layer, nullptr, 0, &entry});
  }
  check(tables().dispatch->register_kernels(plugin, defs.data(), defs.size()));
}

VtAutocastState autocast_state(int32_t device_type) {
  return thread_state().autocast[static_cast<size_t>(checked_slot(device_type))];
}

void set_autocast_state(int32_t device_type, const VtAutocastState& state) {
  const auto slot = static_cast<size_t>(checked_slot(device_type));
  if (!same_dtype(state.dtype, kFloat16) && !same_dtype(state.dtype, kBFloat16))
    fail(VT_ERROR_DTYPE, "autocast: got " + std::string(dtype_name(state.dtype)) + ", expected float16 or bfloat16");
  ThreadState& thread = thread_state();
  thread.autocast[slot] = {state.enabled != 0, state.dtype};
  constexpr uint32_t kBit = 1u << VT_LAYER_AUTOCAST;
  const bool any = thread.autocast[0].enabled || thread.autocast[1].enabled;
  thread.layers.include = any ? thread.layers.include | kBit : thread.layers.include & ~kBit;
}

}  // namespace vt::core
