// SPDX-License-Identifier: Apache-2.0
// Dense forms of kernels, and writing through them.
#include <vt/cpp/dense.hpp>

#include <cstring>

#include "op_test.hpp"

namespace vt::test {
namespace {

using DenseTest = OpTest;

const VtKernel& kernel_of(const char* op, int32_t device_type) {
  return *tables().dispatch->resolve(Op(op).get(), 0, device_type);
}

int32_t call_form(const char* op, const Tensor& out, std::vector<const VtTensor*> inputs) {
  const VtKernel& kernel = kernel_of(op, kDLCPU);
  EXPECT_EQ(kernel.signature, kDenseSignature);
  return reinterpret_cast<DenseFn>(kernel.typed)(out.get(), inputs.data());
}

TEST_F(DenseTest, WhatIsWrittenIsWhatTheOperatorMakes) {
  const Tensor factor = of({-1, 2, 0.5, 3}, {4});
  for (const DLDataType dtype : {kFloat32, kFloat64, kBFloat16, kFloat16, kInt64, kComplex64}) {
    const Tensor a = Op("to")(iota({4}), dtype);
    const Tensor b = Op("to")(factor, dtype);
    for (const char* op : {"add", "mul"}) {
      const Tensor expected = Op(op)(a, b);
      const Tensor out = Op("clone")(a);
      write_dense(Op(op), out.get(), {out.get(), b.get()});
      EXPECT_EQ(std::memcmp(out.data<char>(), expected.data<char>(), static_cast<size_t>(4 * itemsize_of(dtype))), 0)
          << op << " of " << dtype_name(dtype);
    }
    if (dtype_info(dtype).category != Category::kFloating) continue;
    const Tensor expected = Op("relu_backward")(a, b);
    const Tensor out = Op("clone")(a);
    write_dense(Op("relu_backward"), out.get(), {out.get(), b.get()});
    EXPECT_EQ(values(out), values(expected)) << dtype_name(dtype);
    const Tensor sum = Op("clone")(a);
    write_dense(Op("addcmul"), sum.get(), {sum.get(), a.get(), b.get()});
    EXPECT_EQ(values(sum), values(Op("addcmul")(a, a, b))) << dtype_name(dtype);
  }
}

TEST_F(DenseTest, FormCountsNothing) {
  const Tensor a = iota({8});
  const Tensor b = iota({8});
  EXPECT_EQ(call_form("mul", a, {a.get(), b.get()}), 0);
  EXPECT_EQ(values(a)[3], 9);
  EXPECT_EQ(tables().tensor->version(a.get()), 0u);
  EXPECT_EQ(tables().tensor->use_count(a.get()), 1);
}

TEST_F(DenseTest, FormLeavesToTheOperatorWhatItDoesNotServe) {
  const Tensor many = iota({100'000});
  EXPECT_NE(call_form("add", many, {many.get(), many.get()}), 0);
  EXPECT_EQ(many.data<float>()[7], 7);
  const Tensor half = Op("to")(iota({4}), kFloat16);
  EXPECT_NE(call_form("addcmul", half, {half.get(), half.get(), half.get()}), 0);
  write_dense(Op("add"), many.get(), {many.get(), many.get()});
  EXPECT_EQ(many.data<float>()[99'999], 2 * 99'999);
  EXPECT_EQ(tables().tensor->use_count(many.get()), 1);
}

TEST_F(DenseTest, TensorsWithoutMemoryHaveNoForm) {
  EXPECT_EQ(kernel_of("mul", VT_DEVICE_TYPE_META).signature, 0u);
  EXPECT_EQ(kernel_of("mul", VT_DEVICE_TYPE_META).typed, nullptr);
}

}  // namespace
}  // namespace vt::test
