// SPDX-License-Identifier: Apache-2.0
// Kernels of the simulated devices: the result is made at once, the CPU kernel fills it when the work is stepped.
#include "kernels.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include <vt/cpp/tensor.hpp>

#include "device.hpp"
#include "simulation.hpp"

// Note [Kernels put off]
// Every core op of one tensor result that has a CPU and a meta kernel, and none that serves every device, gets one kernel
// here. It calls the op on meta tensors of the same geometry, which checks the arguments and gives the result's sizes,
// makes the result on the device, and enqueues the CPU kernel over the same memory.
namespace vt::simulated {
namespace {

constexpr DLDevice kCpu = {kDLCPU, 0};
constexpr DLDevice kMeta = {static_cast<DLDeviceType>(VT_DEVICE_TYPE_META), 0};
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
    check(tables().tensor->from_blob(data_, nbytes_, sizes_.data(), strides_.data(),
                                     static_cast<int32_t>(sizes_.size()), dtype_, kCpu, 0, nullptr, nullptr, &out));
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
  VtValue value{};
  bool is_destination = false;         // the in-place form reads what it writes
  std::shared_ptr<Elements> elements;  // of a tensor
  std::vector<double> doubles;         // of a list or a complex scalar
  std::vector<int64_t> ints;
  std::vector<uint8_t> bools;
};

Argument keep(const VtOp* op, const VtValue& value, const VtTensor* destination) {
  Argument kept;
  kept.value = value;
  switch (value.tag) {
    case VT_NONE:
    case VT_INT:
    case VT_BOOL:
    case VT_FLOAT:
    case VT_UINT64:
    case VT_DTYPE:
    case VT_DEVICE: break;
    case VT_COMPLEX: kept.doubles.assign(value.as.floats, value.as.floats + 2); break;
    case VT_FLOAT_LIST: kept.doubles.assign(value.as.floats, value.as.floats + value.count); break;
    case VT_INT_LIST: kept.ints.assign(value.as.ints, value.as.ints + value.count); break;
    case VT_BOOL_LIST: kept.bools.assign(value.as.bools, value.as.bools + value.count); break;
    case VT_TENSOR:
      kept.is_destination = value.as.tensor == destination;
      kept.elements = std::make_shared<Elements>(value.as.tensor);
      break;
    default:
      fail(VT_ERROR_NOT_IMPLEMENTED, std::string(tables().dispatch->schema(op)->name) +
                                         ": the simulated device cannot put off an argument of tag " +
                                         std::to_string(value.tag));
  }
  return kept;
}

// The argument over memory that lives as long as `kept`; tensors are held by `tensors`.
VtValue revive(const Argument& kept, const Tensor& destination, std::vector<Tensor>& tensors) {
  VtValue value = kept.value;
  if (kept.is_destination) return value_of(destination.get());
  if (kept.elements) return value_of(tensors.emplace_back(kept.elements->on_cpu()).get());
  if (!kept.doubles.empty()) value.as.floats = kept.doubles.data();
  if (!kept.ints.empty()) value.as.ints = kept.ints.data();
  if (!kept.bools.empty()) value.as.bools = kept.bools.data();
  return value;
}

// Below every wrapper layer: the layers of the thread that steps are none of the op's business.
Tensor run_kernel(const VtOp* op, const std::vector<VtValue>& args, VtValue result) {
  check(
      tables().dispatch->redispatch_boxed(op, VT_LAYER_TRACE, args.data(), static_cast<int32_t>(args.size()), &result));
  return Tensor::steal(result.as.tensor);
}

void run_on_cpu(const VtOp* op, const std::vector<Argument>& arguments, const Elements& elements) {
  const Tensor destination = elements.on_cpu();
  std::vector<Tensor> tensors;
  std::vector<VtValue> values;
  for (const Argument& argument : arguments) values.push_back(revive(argument, destination, tensors));
  run_kernel(op, values, value_of(destination.get()));
}

// Enqueues `op` writing into `destination`, which becomes the result.
void put_off(const VtOp* op, const VtValue* args, int32_t num_args, const Tensor& destination, VtValue* result) {
  std::vector<Argument> arguments;
  std::vector<Access> accesses;
  for (int32_t i = 0; i < num_args; ++i) {
    const Argument& kept = arguments.emplace_back(keep(op, args[i], destination.get()));
    if (kept.elements && !kept.is_destination) accesses.push_back(kept.elements->access(false));
  }
  const Elements elements(destination.get());
  accesses.push_back(elements.access(true));
  Simulation::instance().enqueue(current_stream_index(destination.device().device_id),
                                 tables().dispatch->schema(op)->name, std::move(accesses),
                                 [op, elements, kept = std::move(arguments)] { run_on_cpu(op, kept, elements); });
  *result = value_of(Tensor(destination).release());
}

Tensor empty_strided_like(const VtTensor* tensor, DLDevice device) {
  VtTensor* out = nullptr;
  check(tables().tensor->empty_strided(tensor->dl.shape, tensor->dl.strides, tensor->dl.ndim, tensor->dl.dtype, device,
                                       &out));
  return Tensor::steal(out);
}

// Tensors without contents in place of others, the same one for the same tensor.
class MetaTwins {
 public:
  VtValue operator()(const VtValue& value) {
    if (!is_tensor(value)) return value;
    Tensor& twin = twins_[value.as.tensor];
    if (!twin) twin = empty_strided_like(value.as.tensor, kMeta);
    return value_of(twin.get());
  }

 private:
  std::map<const VtTensor*, Tensor> twins_;
};

Tensor infer(const VtOp* op, const VtValue* args, int32_t num_args, const VtValue& destination) {
  MetaTwins twin;
  std::vector<VtValue> values;
  for (int32_t i = 0; i < num_args; ++i) values.push_back(twin(args[i]));
  return run_kernel(op, values, twin(destination));
}

DLDevice device_of(const VtValue* args, int32_t num_args) {
  for (int32_t i = 0; i < num_args; ++i)
    if (is_tensor(args[i]) && is_simulated(args[i].as.tensor)) return args[i].as.tensor->dl.device;
  return {kType, 0};
}

int put_off_any(void* op_pointer, const VtValue* args, int32_t num_args, VtValue* result) {
  return guard([&] {
    const auto* op = static_cast<const VtOp*>(op_pointer);
    const Tensor inferred = infer(op, args, num_args, *result);
    if (!is_tensor(*result))
      return put_off(op, args, num_args, empty_strided_like(inferred.get(), device_of(args, num_args)), result);
    const Tensor destination = Tensor::share(result->as.tensor);
    if (!std::ranges::equal(destination.sizes(), inferred.sizes()))
      check(tables().tensor->resize(destination.get(), inferred->dl.shape, inferred.ndim()));
    put_off(op, args, num_args, destination, result);
  });
}

// Casts and layouts on one device, under copy_, which has checked the sizes.
int copy_within(void* op_pointer, const VtValue* args, int32_t num_args, VtValue* result) {
  return guard(
      [&] { put_off(static_cast<const VtOp*>(op_pointer), args, num_args, Tensor::share(result->as.tensor), result); });
}

struct Rows {
  std::vector<VtKernelDef> kernels;
  std::vector<std::string> names;
};

int add_row(const VtOp* op, void* rows_pointer) {
  const VtDispatchApi& dispatch = *tables().dispatch;
  const VtSchema* schema = dispatch.schema(op);
  const bool is_copy = std::string_view(schema->name) == "_copy_within_";
  const bool is_needed = dispatch.has_kernel(op, kDLCPU) && !dispatch.has_kernel(op, VT_DEVICE_TYPE_SIMULATED);
  const bool can_infer = dispatch.has_kernel(op, VT_DEVICE_TYPE_META) && schema->num_returns == 1 &&
                         schema->returns[0].kinds == VT_KIND_TENSOR;
  if (!is_needed || !(is_copy || can_infer)) return 0;
  return guard([&] {
    auto& rows = *static_cast<Rows*>(rows_pointer);
    rows.names.push_back(*schema->overload ? std::string(schema->name) + "." + schema->overload : schema->name);
    rows.kernels.push_back({sizeof(VtKernelDef), 0, nullptr, VT_LAYER_DEVICE, VT_DEVICE_TYPE_SIMULATED,
                            is_copy ? copy_within : put_off_any, nullptr, 0, const_cast<VtOp*>(op)});
  });
}

}  // namespace

void register_kernels(VtPlugin* plugin) {
  Rows rows;
  check(tables().dispatch->visit_ops(add_row, &rows));
  for (size_t i = 0; i < rows.kernels.size(); ++i) rows.kernels[i].op = rows.names[i].c_str();
  check(tables().dispatch->register_kernels(plugin, rows.kernels.data(), rows.kernels.size()));
}

}  // namespace vt::simulated
