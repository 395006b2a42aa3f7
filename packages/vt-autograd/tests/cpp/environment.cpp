// SPDX-License-Identifier: Apache-2.0
// Opens libvt_core, loads the plugins and runs the tests.
#include "environment.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

namespace vt::autograd::test {

namespace {

const VtAutogradApi* loaded_api = nullptr;
const TestOpsApi* loaded_test_ops = nullptr;
const VtSimulatedApi* loaded_simulated = nullptr;

[[noreturn]] void stop(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

template <class Table>
void fetch(VtGetInterfaceFn get_interface, const char* name, const Table*& out) {
  const void* table = nullptr;
  if (get_interface(name, 1, 0, &table) != 0) stop(take_error());
  out = static_cast<const Table*>(table);
}

void load() {
  void* core = dlopen(VT_CORE_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (!core) stop(dlerror());
  const auto get_interface = reinterpret_cast<VtGetInterfaceFn>(dlsym(core, "vt_get_interface"));
  if (!get_interface || load_tables(get_interface) != 0) stop("libvt_core offers no interfaces");
  for (const char* path : {VT_AUTOGRAD_LIBRARY, VT_SIMULATED_LIBRARY, VT_TEST_OPS_LIBRARY})
    if (tables().object->load_plugin(path) != 0) stop(take_error());
  fetch(get_interface, VT_AUTOGRAD_API_NAME, loaded_api);
  fetch(get_interface, VT_SIMULATED_API_NAME, loaded_simulated);
  fetch(get_interface, "vt.autograd.test", loaded_test_ops);
}

}  // namespace

const VtAutogradApi& api() { return *loaded_api; }
const TestOpsApi& test_ops() { return *loaded_test_ops; }
const VtSimulatedApi& simulated() { return *loaded_simulated; }

std::string take_error() {
  VtError error{};
  error.struct_size = sizeof error;
  if (!tables().object->take_error(&error)) return "";
  std::string message = error.message;
  if (error.cause && error.release_cause) error.release_cause(error.cause);
  return message;
}

Tensor tensor(std::initializer_list<float> values, DLDevice device) {
  const int64_t size = static_cast<int64_t>(values.size());
  Tensor out = Tensor::empty({&size, 1}, kFloat32, kHost);
  std::copy(values.begin(), values.end(), out.data<float>());
  if (device.device_type == kDLCPU) return out;
  static const Op to("to");
  return to(out, none(), device);
}

Tensor leaf(std::initializer_list<float> values, DLDevice device) {
  Tensor out = tensor(values, device);
  check(api().set_requires_grad(out.get(), 1));
  return out;
}

std::vector<float> values_of(const Tensor& t) {
  if (!t) return {};
  static const Op to("to");
  static const Op contiguous("contiguous");
  Tensor host = t;
  const int32_t mode = api().set_grad_mode(0);
  if (t.device().device_type != kDLCPU) {
    host = to(t, none(), kHost);
    check(tables().stream->synchronize(t.device()));
  }
  host = contiguous(host);
  api().set_grad_mode(mode);
  return {host.data<float>(), host.data<float>() + host.numel()};
}

Tensor grad_of(const Tensor& t) {
  VtTensor* out = nullptr;
  check(api().grad(t.get(), &out));
  return Tensor::steal(out);
}

Tensor add(const Tensor& a, const Tensor& b) {
  static const Op op("add");
  return op(a, b);
}
Tensor mul(const Tensor& a, const Tensor& b) {
  static const Op op("mul");
  return op(a, b);
}
Tensor scaled(const Tensor& a, double factor) {
  static const Op op("mul");
  return op(a, factor);
}

int backward(const Tensor& root, uint32_t flags) {
  static const Op ones_like("ones_like");
  const Tensor ones = ones_like(root);
  VtTensor* r = root.get();
  VtTensor* g = ones.get();
  return api().backward(&r, &g, 1, nullptr, 0, flags);
}

uint64_t live_bytes() {
  VtAllocStats stats{};
  stats.struct_size = sizeof stats;
  tables().alloc->stats(&stats);
  return stats.current_bytes;
}

}  // namespace vt::autograd::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  setenv("VT_CPU_DEVICES", "3", 1);
  vt::autograd::test::load();
  return RUN_ALL_TESTS();
}
