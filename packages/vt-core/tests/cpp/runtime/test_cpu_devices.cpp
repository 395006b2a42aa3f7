// SPDX-License-Identifier: Apache-2.0
// Logical CPU devices and the settings of the runtime, in a program of their own: settings are read once.
#include <gtest/gtest.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/tensor.hpp>

#include <cstdlib>
#include <cstring>

#include "../error_text.hpp"

namespace vt {
namespace {

class CpuDevicesTest : public testing::Test {
 protected:
  CpuDevicesTest() {
    setenv("VT_CPU_DEVICES", "3", 1);
    setenv("VT_NUM_THREADS", "2", 1);
    test::start();
  }
};

TEST_F(CpuDevicesTest, SettingGivesTheirNumber) {
  EXPECT_EQ(tables().stream->device_count(kDLCPU), 3);
  EXPECT_EQ(tables().alloc->num_threads(), 2);
}

TEST_F(CpuDevicesTest, TensorsLiveOnTheDeviceAskedFor) {
  const int64_t sizes[] = {4};
  const Tensor t = Tensor::empty(sizes, kFloat32, {kDLCPU, 2});
  EXPECT_EQ(t.device().device_id, 2);
  EXPECT_THROW(Tensor::empty(sizes, kFloat32, {kDLCPU, 3}), ErrorIsSet);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
}

TEST_F(CpuDevicesTest, BytesGoFromOneToAnother) {
  const int64_t sizes[] = {3};
  const Tensor a = Tensor::empty(sizes, kInt32, {kDLCPU, 1});
  const Tensor b = Tensor::empty(sizes, kInt32, {kDLCPU, 2});
  const int32_t numbers[] = {3, 1, 4};
  std::memcpy(a.data<int32_t>(), numbers, sizeof(numbers));
  ASSERT_EQ(tables().stream->copy_bytes(b.get(), a.get(), 0), 0);
  EXPECT_EQ(std::memcmp(b.data<int32_t>(), numbers, sizeof(numbers)), 0);
}

TEST_F(CpuDevicesTest, SettingsAreListed) {
  int found = 0;
  const VtVisitSettingFn visit = [](const VtSetting* setting, void* arg) {
    const std::string name = setting->name;
    if ((name == "VT_CPU_DEVICES" || name == "VT_NUM_THREADS") && setting->value && setting->doc)
      ++*static_cast<int*>(arg);
    return 0;
  };
  EXPECT_EQ(tables().object->visit_settings(visit, &found), 0);
  EXPECT_EQ(found, 2);
}

}  // namespace
}  // namespace vt
