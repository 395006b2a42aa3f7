// SPDX-License-Identifier: Apache-2.0
// Device names, missing backends, the checks of a new backend, and copies of bytes.
#include "runtime/device.hpp"

#include <gtest/gtest.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/tensor.hpp>

#include <numeric>

#include "../error_text.hpp"

namespace vt::core {
namespace {

constexpr DLDevice kCpu = {kDLCPU, 0};
constexpr DLDevice kMeta = {kMetaType, 0};

class DeviceTest : public testing::Test {
 protected:
  DeviceTest() { test::start(); }
  static const VtStreamApi& api() { return *tables().stream; }
};

TEST_F(DeviceTest, TextsAreReadAndWritten) {
  struct Case {
    const char* text;
    int type;
    int index;
    const char* written;
  };
  for (const Case& c :
       {Case{"cpu", kDLCPU, 0, "cpu"}, Case{"cpu:0", kDLCPU, 0, "cpu"}, Case{"cpu:2", kDLCPU, 2, "cpu:2"},
        Case{"cuda", kDLCUDA, 0, "cuda:0"}, Case{"cuda:11", kDLCUDA, 11, "cuda:11"},
        Case{"meta", VT_DEVICE_TYPE_META, 0, "meta"}, Case{"sim:1", VT_DEVICE_TYPE_SIMULATED, 1, "sim:1"}}) {
    DLDevice device{};
    ASSERT_EQ(api().parse_device(c.text, &device), 0) << c.text;
    EXPECT_EQ(device.device_type, c.type) << c.text;
    EXPECT_EQ(device.device_id, c.index) << c.text;
    EXPECT_EQ(device_text(device), c.written);
  }
}

TEST_F(DeviceTest, BadTextsAreRefused) {
  for (const char* text :
       {"", ":", "cpu:", "cpu:-1", "cpu: 1", "cpu:1x", "cpu:0x1", "cpu:99999999999", "gpu", "CPU", "cpu "}) {
    DLDevice device{};
    EXPECT_NE(api().parse_device(text, &device), 0) << text;
    const test::TakenError error = test::take_error();
    EXPECT_EQ(error.kind, VT_ERROR_RUNTIME) << text;
    EXPECT_NE(error.message.find(std::string("'") + text + "'"), std::string::npos) << error.message;
  }
}

TEST_F(DeviceTest, MissingBackendNamesTheWheel) {
  EXPECT_EQ(api().device(kDLCUDA), nullptr);
  const test::TakenError error = test::take_error();
  EXPECT_EQ(error.kind, VT_ERROR_IMPORT);
  EXPECT_NE(error.message.find("vt-cuda"), std::string::npos) << error.message;
  EXPECT_EQ(api().device_count(kDLCUDA), 0);
  EXPECT_EQ(api().device(-3), nullptr);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_IMPORT);
}

TEST_F(DeviceTest, IndexOutOfRangeIsRefused) {
  EXPECT_THROW(check_device({kDLCPU, 64}), Error);
  EXPECT_THROW(check_device({kDLCPU, -1}), Error);
  EXPECT_THROW(check_device({kMetaType, 1}), Error);
  EXPECT_NO_THROW(check_device(kCpu));
}

TEST_F(DeviceTest, IncompleteBackendsAreRefused) {
  EXPECT_THROW(check_device_backend(nullptr), Error);
  VtDeviceApi backend = kCpuDevice;
  EXPECT_THROW(check_device_backend(&backend), Error);  // its type is taken
  backend.device_type = 100;
  backend.name = "other";
  EXPECT_NO_THROW(check_device_backend(&backend));
  backend.header.major = 2;
  EXPECT_THROW(check_device_backend(&backend), Error);
  backend.header.major = 1;
  backend.wait_event = nullptr;
  EXPECT_THROW(check_device_backend(&backend), Error);
  backend = kCpuDevice;
  backend.device_type = 1000;
  EXPECT_THROW(check_device_backend(&backend), Error);
  backend.device_type = 100;
  backend.header.struct_size = sizeof(VtTableHeader);
  EXPECT_THROW(check_device_backend(&backend), Error);
}

TEST_F(DeviceTest, BytesAreCopiedWhereLayoutsAgree) {
  const int64_t sizes[] = {1000, 1000};
  const Tensor a = Tensor::empty(sizes, kFloat32, kCpu);
  const Tensor b = Tensor::empty(sizes, kFloat32, kCpu);
  std::iota(a.data<float>(), a.data<float>() + a.numel(), 0.0f);
  ASSERT_EQ(api().copy_bytes(b.get(), a.get(), 0), 0);
  EXPECT_TRUE(std::equal(a.data<float>(), a.data<float>() + a.numel(), b.data<float>()));
}

TEST_F(DeviceTest, DifferentLayoutsAreNotCopied) {
  const int64_t sizes[] = {2, 3};
  const int64_t other_sizes[] = {3, 2};
  const int64_t column_major[] = {1, 2};
  const Tensor a = Tensor::empty(sizes, kFloat32, kCpu);
  VtTensor* transposed = nullptr;
  ASSERT_EQ(tables().tensor->empty_strided(sizes, column_major, 2, kFloat32, kCpu, &transposed), 0);
  const Tensor b = Tensor::steal(transposed);
  for (const Tensor& other : {b, Tensor::empty(other_sizes, kFloat32, kCpu), Tensor::empty(sizes, kInt32, kCpu)}) {
    EXPECT_NE(api().copy_bytes(other.get(), a.get(), 0), 0);
    EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
  }
}

TEST_F(DeviceTest, MetaTensorsHaveNothingToCopy) {
  const int64_t sizes[] = {2};
  const Tensor host = Tensor::empty(sizes, kFloat32, kCpu);
  const Tensor meta = Tensor::empty(sizes, kFloat32, kMeta);
  EXPECT_EQ(meta->dl.data, nullptr);
  EXPECT_EQ(api().copy_bytes(meta.get(), host.get(), 0), 0);
  EXPECT_NE(api().copy_bytes(host.get(), meta.get(), 0), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_NOT_IMPLEMENTED);
}

TEST_F(DeviceTest, CpuStreamsAreTheirOneStream) {
  EXPECT_EQ(kCpuDevice.set_current_stream(0, 7), -1);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
  EXPECT_EQ(kCpuDevice.set_current_stream(0, 0), 0);
  EXPECT_EQ(api().synchronize(kCpu), 0);
}

}  // namespace
}  // namespace vt::core
