// SPDX-License-Identifier: Apache-2.0
// A C++20 program without Python: loads plugins, adds, runs backward, saves safetensors.
//
//   embed OUT.safetensors PLUGIN...      one of the plugins must publish vt.autograd
#include <array>
#include <cstdio>
#include <numeric>
#include <string>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/op.hpp>

namespace {

template <class Table>
const Table& interface(const char* name, uint16_t major) {
  const void* table = nullptr;
  vt::check(vt_get_interface(name, major, 0, &table));
  return *static_cast<const Table*>(table);
}

vt::Tensor ramp(std::span<const int64_t> sizes, float first) {
  vt::Tensor out = vt::Tensor::empty(sizes, vt::kFloat32, DLDevice{kDLCPU, 0});
  std::iota(out.data<float>(), out.data<float>() + out.numel(), first);
  return out;
}

vt::Tensor grad_of(const VtAutogradApi& autograd, const vt::Tensor& x) {
  VtTensor* grad = nullptr;
  vt::check(autograd.grad(x.get(), &grad));
  return vt::Tensor::steal(grad);
}

void run(const char* path, std::span<char*> plugins) {
  for (const char* plugin : plugins) vt::check(vt::tables().object->load_plugin(plugin));
  const auto& autograd = interface<VtAutogradApi>(VT_AUTOGRAD_API_NAME, VT_AUTOGRAD_API_MAJOR);
  const std::array<int64_t, 2> matrix{2, 3};
  const vt::Tensor a = ramp(matrix, 0.0F);
  const vt::Tensor b = ramp(std::span(matrix).subspan(1), 10.0F);
  vt::check(autograd.set_requires_grad(a.get(), 1));
  vt::check(autograd.set_requires_grad(b.get(), 1));

  const vt::Tensor c = vt::Op("add")(a, b, int64_t{2});
  const vt::Tensor total = vt::Op("sum")(c);
  VtTensor* root = total.get();
  vt::check(autograd.backward(&root, nullptr, 1, nullptr, 0, 0));

  const vt::Tensor grad_a = grad_of(autograd, a);
  const vt::Tensor grad_b = grad_of(autograd, b);
  vt::check(autograd.detach_in_place(c.get()));
  const std::array<VtNamedTensor, 3> named{{{"c", c.get()}, {"grad_a", grad_a.get()}, {"grad_b", grad_b.get()}}};
  const VtKeyValue metadata{"written_by", "a C++ program"};
  vt::check(vt::tables().file->save(path, named.data(), named.size(), &metadata, 1));
  std::printf("total %g\n", static_cast<double>(*total.data<float>()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: embed OUT.safetensors PLUGIN...\n");
    return 2;
  }
  if (vt::load_tables(vt_get_interface) != 0) {
    std::fprintf(stderr, "vt-core is not what this program was built for\n");
    return 1;
  }
  const int status = vt::guard([&] { run(argv[1], std::span(argv + 2, static_cast<size_t>(argc - 2))); });
  VtError error{};
  error.struct_size = sizeof(VtError);
  if (status != 0 && vt::tables().object->take_error(&error) != 0) std::fprintf(stderr, "%s\n", error.message);
  return status == 0 ? 0 : 1;
}
