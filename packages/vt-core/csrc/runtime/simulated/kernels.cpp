// SPDX-License-Identifier: Apache-2.0
// Kernels that work out their result's sizes at once and put off the computation: the CPU kernel runs when it is stepped.
#include "kernels.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <vt/cpp/op.hpp>
#include <vt/cpp/registration.hpp>

#include "device.hpp"
#include "simulation.hpp"

namespace vt::simulated {
namespace {

constexpr DLDevice kCpu = {kDLCPU, 0};
constexpr auto kType = static_cast<DLDeviceType>(VT_DEVICE_TYPE_SIMULATED);

bool is_simulated(const VtTensor* tensor) { return tensor->dl.device.device_type == kType; }

// Bytes from a tensor's first element to its last; strides are not negative.
uint64_t span_bytes(const VtTensor* tensor) {
  if (tensor->numel == 0) return 0;
  int64_t last = 0;
  for (int32_t d = 0; d < tensor->dl.ndim; ++d) last += (tensor->dl.shape[d] - 1) * tensor->dl.strides[d];
  return static_cast<uint64_t>((last + 1) * itemsize_of(tensor->dl.dtype));
}

// Where a tensor's elements lie, without a count on it: memory stays mapped, and its reuse follows stream order.
class Elements {
 public:
  explicit Elements(const VtTensor* tensor)
      : sizes_(sizes_of(tensor).begin(), sizes_of(tensor).end()),
        strides_(strides_of(tensor).begin(), strides_of(tensor).end()),
        dtype_(tensor->dl.dtype),
        data_(static_cast<char*>(tensor->dl.data)),
        nbytes_(span_bytes(tensor)) {
    if (is_simulated(tensor)) return;
    host_copy_ = std::make_shared<std::string>(data_, nbytes_);  // the host may change it before the step
    data_ = host_copy_->data();
  }

  Access access(bool is_write) const { return {data_, nbytes_, is_write}; }

  Tensor on_cpu() const {
    VtTensor* out = nullptr;
    check(tables().tensor->from_blob(data_, nbytes_, sizes_.data(), strides_.data(), static_cast<int32_t>(sizes_.size()),
                                     dtype_, kCpu, 0, nullptr, nullptr, &out));
    return Tensor::steal(out);
  }

 private:
  std::vector<int64_t> sizes_;
  std::vector<int64_t> strides_;
  DLDataType dtype_;
  std::shared_ptr<std::string> host_copy_;
  char* data_;
  uint64_t nbytes_;
};

// An argument kept until the step.
struct Argument {
  VtValue value;
  std::shared_ptr<Elements> elements;           // of a tensor
  std::shared_ptr<std::array<double, 2>> pair;  // of a complex scalar
};

Argument keep(const VtOp* op, const VtValue& value) {
  switch (value.tag) {
    case VT_NONE:
    case VT_INT:
    case VT_BOOL:
    case VT_FLOAT:
    case VT_UINT64:
    case VT_DTYPE:
    case VT_DEVICE:
      return {value, nullptr, nullptr};
    case VT_COMPLEX:
      return {value, nullptr,
              std::make_shared<std::array<double, 2>>(std::array<double, 2>{value.as.floats[0], value.as.floats[1]})};
    case VT_TENSOR:
      return {value, std::make_shared<Elements>(value.as.tensor), nullptr};
    default:
      fail(VT_ERROR_NOT_IMPLEMENTED, std::string(tables().dispatch->schema(op)->name) +
                                         ": the simulated device cannot put off an argument of tag " +
                                         std::to_string(value.tag));
  }
}

// Runs the op's CPU kernel on the kept arguments.
void run_on_cpu(const VtOp* op, const std::vector<Argument>& arguments, const Elements& destination) {
  std::vector<Tensor> tensors;
  std::vector<VtValue> values;
  for (const Argument& argument : arguments) {
    VtValue value = argument.value;
    if (argument.elements) value = value_of(tensors.emplace_back(argument.elements->on_cpu()).get());
    if (argument.pair) value.as.floats = argument.pair->data();
    values.push_back(value);
  }
  const Tensor out = destination.on_cpu();
  VtValue result = value_of(out.get());
  check(tables().dispatch->redispatch_boxed(op, VT_LAYER_TRACE, values.data(), static_cast<int32_t>(values.size()), &result));
  Tensor::steal(result.as.tensor);
}

// Enqueues `op` writing into `destination` and hands the destination out as the result.
void put_off(const VtOp* op, const VtValue* args, int32_t num_args, VtTensor* destination, VtValue* result) {
  std::vector<Argument> arguments;
  std::vector<Access> accesses;
  for (int32_t i = 0; i < num_args; ++i) {
    arguments.push_back(keep(op, args[i]));
    if (arguments.back().elements) accesses.push_back(arguments.back().elements->access(false));
  }
  const Elements elements(destination);
  accesses.push_back(elements.access(true));
  Simulation::instance().enqueue(
      current_stream_index(destination->dl.device.device_id), tables().dispatch->schema(op)->name, std::move(accesses),
      [op, elements, kept = std::move(arguments)] { run_on_cpu(op, kept, elements); });
  tables().tensor->retain(destination);
  *result = value_of(destination);
}

const VtOp* find(const char* name) {
  const VtOp* op = tables().dispatch->find_op(name);
  if (!op) fail(VT_ERROR_NOT_IMPLEMENTED, std::string(name) + ": no such operator is registered");
  return op;
}

// add, mul: broadcast and promoted as the iterator plans it.
int binary(void* name, const VtValue* args, int32_t num_args, VtValue* result) {
  return guard([&] {
    const VtOp* op = find(static_cast<const char*>(name));
    const std::array<VtValue, 3> operands = {*result, args[0], args[1]};
    const VtIterConfig config = {sizeof(VtIterConfig), VT_ITER_PROMOTE, static_cast<const char*>(name), operands.data(), 1, 3,
                                 {kDLOpaqueHandle, 0, 0}};
    VtIterPlan* made = nullptr;
    check(tables().iter->plan(&config, &made));
    const std::unique_ptr<VtIterPlan, void (*)(VtIterPlan*)> plan(made, tables().iter->free);
    put_off(op, args, num_args, plan->tensors[0], result);
  });
}

int fill(void* name, const VtValue* args, int32_t num_args, VtValue* result) {
  return guard([&] { put_off(find(static_cast<const char*>(name)), args, num_args, args[0].as.tensor, result); });
}

// The same elements, row-major, on the device of `destination`.
Tensor bring_over(const VtOp* copy, VtTensor* source, const VtTensor* destination) {
  Tensor dense = Tensor::share(source);
  if (!(source->flags & VT_TENSOR_CONTIGUOUS)) {
    dense = Tensor::empty(sizes_of(source), source->dl.dtype, source->dl.device);
    const std::array<VtValue, 2> args = {value_of(dense.get()), value_of(source)};
    VtValue result = args[0];
    check(tables().dispatch->call_boxed(copy, args.data(), 2, &result));
    Tensor::steal(result.as.tensor);
  }
  Tensor brought = Tensor::empty(sizes_of(source), source->dl.dtype, destination->dl.device);
  check(tables().stream->copy_bytes(brought.get(), dense.get(), 0));
  return brought;
}

// copy_(self, src): a source elsewhere is brought over as it is, then broadcast and cast on this device.
int copy(void* name, const VtValue* args, int32_t num_args, VtValue* result) {
  return guard([&] {
    const VtOp* op = find(static_cast<const char*>(name));
    VtTensor* destination = args[0].as.tensor;
    VtTensor* source = args[1].as.tensor;
    const bool is_here = is_simulated(source) && source->dl.device.device_id == destination->dl.device.device_id;
    const Tensor brought = is_here ? Tensor::share(source) : bring_over(op, source, destination);
    std::vector<VtValue> local(args, args + num_args);
    local[1] = value_of(brought.get());
    put_off(op, local.data(), num_args, destination, result);
  });
}

void* context_of(const char* name) { return const_cast<char*>(name); }

}  // namespace

void register_kernels(VtPlugin* plugin) {
  const auto row = [](const char* op, VtBoxedFn boxed) {
    return VtKernelDef{sizeof(VtKernelDef), 0, op, VT_LAYER_DEVICE, VT_DEVICE_TYPE_SIMULATED, boxed, nullptr, 0,
                       context_of(op)};
  };
  const std::array<VtKernelDef, 4> rows = {row("add", binary), row("mul", binary), row("fill_", fill), row("copy_", copy)};
  check(tables().dispatch->register_kernels(plugin, rows.data(), rows.size()));
}

}  // namespace vt::simulated
