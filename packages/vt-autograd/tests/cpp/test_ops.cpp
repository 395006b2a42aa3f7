// SPDX-License-Identifier: Apache-2.0
// A plugin with ops whose forward or backward fails on request, and one without a derivative.
#include "test_ops.hpp"

#include <vt/cpp/op.hpp>
#include <vt/cpp/registration.hpp>

#include <atomic>

namespace {

std::atomic<bool> forward_fails{false};
std::atomic<bool> backward_fails{false};

void twice(const VtValue* args, VtValue* result) {
  if (forward_fails) vt::fail(VT_ERROR_VALUE, "test_twice: the forward fails on purpose");
  static const vt::Op mul("mul");
  result[0] = vt::value_of(mul(args[0], 2.0).release());
}

void twice_backward(const VtValue* args, VtValue* result) {
  static const vt::Op mul("mul");
  result[0] = vt::value_of(mul(args[0], 2.0).release());
  // Fails with its result in hand, which must not leak.
  if (backward_fails) vt::fail(VT_ERROR_VALUE, "test_twice: the backward fails on purpose");
}

// test_sum_list(Tensor[] tensors): gradients of a list.
void sum_list(const VtValue* args, VtValue* result) {
  static const vt::Op add("add");
  vt::Tensor total = vt::Tensor::share(args[0].as.tensors[0]);
  for (uint32_t i = 1; i < args[0].count; ++i) total = add(total, vt::Tensor::share(args[0].as.tensors[i]));
  result[0] = vt::value_of(total.release());
}

void sum_list_backward(const VtValue* args, VtValue* result) {
  for (uint32_t i = 0; i < result[0].count; ++i)
    const_cast<VtTensor**>(result[0].as.tensors)[i] = vt::Tensor::share(args[0].as.tensor).release();
}

void register_ops(VtPlugin* plugin) {
  const vt::OpRow ops[] = {
      {"test_twice(Tensor self) -> Tensor", 0},
      {"test_no_derivative(Tensor self) -> Tensor", 0},
      {"test_sum_list(Tensor[] tensors) -> Tensor", 0},
  };
  vt::define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"test_twice", vt::boxed<twice>},
                                   {"test_no_derivative", vt::boxed<twice>},
                                   {"test_sum_list", vt::boxed<sum_list>}};
  vt::register_kernels(plugin, -1, kernels);
  const vt::DerivativeRow rows[] = {
      {"test_twice", vt::boxed<twice_backward>, {VtGradient{0, 0, vt::bit(0), 0, vt::bit(0)}}},
      {"test_sum_list", vt::boxed<sum_list_backward>, {VtGradient{0, 0, 0, 0, 0}}}};
  vt::register_derivatives(plugin, rows);
}

const TestOpsApi kApi = {{sizeof(TestOpsApi), 1, 0, 0, nullptr},
                         [](int32_t fail) { forward_fails = fail != 0; },
                         [](int32_t fail) { backward_fails = fail != 0; }};

}  // namespace

extern "C" VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  *info = {sizeof(VtPluginInfo), VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR, "autograd-test-ops", "0.1.0"};
  if (vt::load_tables(host->get_interface) != 0) return -1;
  return vt::guard([&] {
    register_ops(host->plugin);
    vt::check(vt::tables().object->publish(host->plugin, "vt.autograd.test", &kApi.header));
  });
}
