// SPDX-License-Identifier: Apache-2.0
// Calls: layers, destinations, devices, defaults, and kernels of other call conventions.
#include <gtest/gtest.h>
#include <vt/cpp/op.hpp>
#include <vt/cpp/registration.hpp>

#include <vector>

#include "../error_text.hpp"
#include "abi/tables.hpp"
#include "dispatch/call.hpp"
#include "dispatch/registry.hpp"
#include "runtime/thread_state.hpp"
#include "tensor/tensor_impl.hpp"

namespace vt::core {
namespace {

constexpr DLDevice kCpu{kDLCPU, 0};

std::vector<const char*>& trace() {
  static std::vector<const char*> names;
  return names;
}

// Returns its tensor argument, or the destination.
int touch(void*, const VtValue* args, int32_t, VtValue* result) {
  trace().push_back("device");
  VtTensor* out = result[0].tag == VT_TENSOR ? result[0].as.tensor : args[0].as.tensor;
  retain(out);
  result[0] = value_of(out);
  return 0;
}

template <int Layer>
int pass_through(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  trace().push_back(Layer == VT_LAYER_PROFILER ? "profiler" : "trace");
  return redispatch(static_cast<const VtOp*>(context), Layer, args, num_args, result);
}

int tvm_kernel(void*, const VtValue* args, int32_t num_args, VtValue* result) {
  if (num_args != 1 || args[0].tag != VT_DLTENSOR) return 7;
  *result = value_of(args[0].as.dltensor->shape[0]);
  return 0;
}

int silent_failure(void*, const VtValue*, int32_t, VtValue*) { return 3; }

void register_once() {
  static const bool done = [] {
    test::start();
    auto plugin = std::make_unique<VtPlugin>();
    plugin->name = "calls";
    plugin->version = "1";
    const OpRow rows[] = {{"touch(Tensor self, int n=4) -> Tensor", VT_OP_INPLACE | VT_OP_OUT},
                          {"touch_all(Tensor[] xs, Tensor y) -> Tensor", 0},
                          {"rows_of(Tensor self) -> int", 0},
                          {"silent(Tensor self) -> Tensor", 0},
                          {"cpu_only(Tensor self) -> Tensor", 0}};
    define_ops(plugin.get(), rows);
    const vt::KernelRow kernels[] = {{"touch", touch}, {"silent", silent_failure}, {"cpu_only", touch}};
    register_kernels(plugin.get(), kDLCPU, kernels);
    const VtKernelDef tvm{sizeof(VtKernelDef), VT_KERNEL_TVM_FFI, "rows_of", VT_LAYER_DEVICE, kDLCPU,
                          tvm_kernel,          nullptr,           0,         nullptr};
    Registry::instance().add_kernels(plugin.get(), &tvm, 1);
    const VtKernelDef layers[] = {{sizeof(VtKernelDef), 0, "touch", VT_LAYER_PROFILER, 0,
                                   pass_through<VT_LAYER_PROFILER>, nullptr, 0, plugin->ops[0].get()},
                                  {sizeof(VtKernelDef), 0, "touch", VT_LAYER_TRACE, 0, pass_through<VT_LAYER_TRACE>,
                                   nullptr, 0, plugin->ops[0].get()}};
    Registry::instance().add_kernels(plugin.get(), layers, 2);
    Registry::instance().commit(std::move(plugin));
    return true;
  }();
  ASSERT_TRUE(done);
  trace().clear();
}

Tensor make() {
  const int64_t sizes[] = {2};
  return Tensor::empty(sizes, kFloat32, kCpu);
}

TEST(Call, AbsentLayersAreNotRun) {
  register_once();
  const Tensor x = make();
  const Tensor y = Op("touch")(x);
  EXPECT_EQ(y.get(), x.get());
  EXPECT_EQ(trace(), std::vector<const char*>({"device"}));
}

TEST(Call, IncludedLayersRunOutermostFirstAndExcludedOnesDoNot) {
  register_once();
  const Tensor x = make();
  VtThreadLayers& layers = *dispatch_api()->thread_layers();
  layers.include = 1u << VT_LAYER_PROFILER | 1u << VT_LAYER_TRACE;
  Op("touch")(x);
  EXPECT_EQ(trace(), std::vector<const char*>({"profiler", "trace", "device"}));
  trace().clear();
  layers.exclude = 1u << VT_LAYER_PROFILER;
  Op("touch")(x);
  EXPECT_EQ(trace(), std::vector<const char*>({"trace", "device"}));
  layers = {0, 0};
}

TEST(Call, TensorFlagsSwitchALayerOn) {
  register_once();
  const Tensor x = make();
  tensor_api()->update_flags(x.get(), 1u << VT_LAYER_TRACE, 0);
  Op("touch")(x);
  EXPECT_EQ(trace(), std::vector<const char*>({"trace", "device"}));
}

TEST(Call, DestinationIsReturnedAndItsVersionBumped) {
  register_once();
  const Tensor x = make();
  const Tensor out = make();
  const uint32_t before = tensor_api()->version(out.get());
  const Tensor result = Op("touch").into(out, x);
  EXPECT_EQ(result.get(), out.get());
  EXPECT_EQ(tensor_api()->version(out.get()), before + 1);
  EXPECT_EQ(tensor_api()->use_count(out.get()), 2);
}

TEST(Call, ReadOnlyDestinationIsRefusedBeforeTheKernelRuns) {
  register_once();
  float memory[2] = {1, 2};
  const int64_t sizes[] = {2};
  VtTensor* handle = nullptr;
  check(tensor_api()->from_blob(memory, sizeof(memory), sizes, nullptr, 1, kFloat32, kCpu, VT_TENSOR_READ_ONLY, nullptr,
                                nullptr, &handle));
  const Tensor out = Tensor::steal(handle);
  EXPECT_THROW(Op("touch").into(out, make()), ErrorIsSet);
  EXPECT_NE(test::take_error().message.find("read-only"), std::string::npos);
  EXPECT_TRUE(trace().empty());
}

TEST(Call, MissingAndSurplusArgumentsAreNamed) {
  register_once();
  VtValue result = none();
  const VtOp* op = Registry::instance().find_op("touch");
  EXPECT_NE(call(op, nullptr, 0, &result), 0);
  EXPECT_NE(test::take_error().message.find("'self'"), std::string::npos);
  const VtValue many[3] = {value_of(int64_t{1}), value_of(int64_t{1}), value_of(int64_t{1})};
  EXPECT_NE(call(op, many, 3, &result), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_TYPE);
}

TEST(Call, TvmFfiKernelGetsDLTensor) {
  register_once();
  const Tensor x = make();
  VtValue args[1] = {value_of(x.get())};
  VtValue result = none();
  check(call(Registry::instance().find_op("rows_of"), args, 1, &result));
  EXPECT_EQ(result.as.i, 2);
}

TEST(Call, KernelThatFailsWithoutAnErrorGetsOne) {
  register_once();
  EXPECT_THROW(Op("silent")(make()), ErrorIsSet);
  EXPECT_NE(test::take_error().message.find("status 3"), std::string::npos);
}

TEST(Call, MissingKernelNamesOpAndDevice) {
  register_once();
  EXPECT_EQ(resolve(Registry::instance().find_op("cpu_only"), -1, 0, VT_DEVICE_TYPE_META), nullptr);
  const test::TakenError error = test::take_error();
  EXPECT_EQ(error.kind, VT_ERROR_MISSING_KERNEL);
  EXPECT_NE(error.message.find("cpu_only"), std::string::npos);
  EXPECT_NE(error.message.find("meta"), std::string::npos);
}

TEST(Call, DevicesMayNotBeMixed) {
  register_once();
  const int64_t sizes[] = {2};
  const Tensor x = make();
  const Tensor meta = Tensor::empty(sizes, kFloat32, DLDevice{static_cast<DLDeviceType>(VT_DEVICE_TYPE_META), 0});
  EXPECT_THROW(Op("add")(x, meta), ErrorIsSet);
  const test::TakenError error = test::take_error();
  EXPECT_EQ(error.kind, VT_ERROR_DEVICE_MISMATCH);
  EXPECT_NE(error.message.find("meta"), std::string::npos);
}

}  // namespace
}  // namespace vt::core
