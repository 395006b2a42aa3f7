// SPDX-License-Identifier: Apache-2.0
// DLPack: round trips, ownership, flags, and structures that lie.
#include <gtest/gtest.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/tensor.hpp>

#include <cstring>
#include <functional>
#include <limits>
#include <vector>

#include "../error_text.hpp"

namespace vt {
namespace {

constexpr DLDevice kCpu = {kDLCPU, 0};
constexpr int64_t kHuge = int64_t{1} << 62;

class DlpackTest : public testing::Test {
 protected:
  DlpackTest() { test::start(); }
  static const VtDlpackApi& api() { return *tables().dlpack; }
};

// A foreign structure of 2 x 3 floats that counts how often it is deleted.
struct Foreign {
  alignas(64) float numbers[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  int64_t sizes[2] = {2, 3};
  int64_t strides[2] = {3, 1};
  int deleted = 0;
  DLManagedTensorVersioned managed{};

  Foreign() {
    managed.version = {1, 3};
    managed.manager_ctx = this;
    managed.deleter = [](DLManagedTensorVersioned* self) { ++static_cast<Foreign*>(self->manager_ctx)->deleted; };
    managed.dl_tensor = {numbers, kCpu, 2, kFloat32, sizes, strides, 0};
  }
};

TEST_F(DlpackTest, ForeignMemoryIsSharedAndDeletedOnce) {
  Foreign foreign;
  VtTensor* handle = nullptr;
  ASSERT_EQ(api().from_versioned(&foreign.managed, &handle), 0);
  {
    const Tensor tensor = Tensor::steal(handle);
    EXPECT_EQ(tensor->dl.data, foreign.numbers);
    EXPECT_EQ(tensor->dl.shape[1], 3);
    const int64_t row[] = {3};
    const int64_t step[] = {1};
    check(tables().tensor->as_strided(tensor.get(), row, step, 1, 3, &handle));
    EXPECT_EQ(foreign.deleted, 0);
  }
  EXPECT_EQ(static_cast<float*>(handle->dl.data)[0], 4);
  EXPECT_EQ(foreign.deleted, 0);  // the view still uses it
  tables().tensor->release(handle);
  EXPECT_EQ(foreign.deleted, 1);
}

TEST_F(DlpackTest, ReadOnlyIsKeptBothWays) {
  Foreign foreign;
  foreign.managed.flags = DLPACK_FLAG_BITMASK_READ_ONLY;
  VtTensor* handle = nullptr;
  ASSERT_EQ(api().from_versioned(&foreign.managed, &handle), 0);
  const Tensor tensor = Tensor::steal(handle);
  EXPECT_TRUE(tensor->flags & VT_TENSOR_READ_ONLY);
  DLManagedTensorVersioned* out = nullptr;
  ASSERT_EQ(api().to_versioned(tensor.get(), DLPACK_FLAG_BITMASK_IS_COPIED, &out), 0);
  EXPECT_EQ(out->flags, DLPACK_FLAG_BITMASK_READ_ONLY | DLPACK_FLAG_BITMASK_IS_COPIED);
  out->deleter(out);
  DLManagedTensor* unversioned = nullptr;
  EXPECT_NE(api().to_unversioned(tensor.get(), &unversioned), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_BUFFER);
}

TEST_F(DlpackTest, ExportHoldsACountUntilItsDeleterRuns) {
  const int64_t sizes[] = {2, 3};
  const Tensor tensor = Tensor::empty(sizes, kBFloat16, kCpu);
  DLManagedTensorVersioned* out = nullptr;
  ASSERT_EQ(api().to_versioned(tensor.get(), 0, &out), 0);
  EXPECT_EQ(tables().tensor->use_count(tensor.get()), 2);
  EXPECT_EQ(out->version.major, 1u);
  EXPECT_EQ(out->dl_tensor.data, tensor->dl.data);
  EXPECT_EQ(out->dl_tensor.strides[0], 3);
  EXPECT_EQ(out->dl_tensor.dtype.code, kDLBfloat);
  out->deleter(out);
  EXPECT_EQ(tables().tensor->use_count(tensor.get()), 1);
  DLManagedTensor* unversioned = nullptr;
  ASSERT_EQ(api().to_unversioned(tensor.get(), &unversioned), 0);
  EXPECT_EQ(tables().tensor->use_count(tensor.get()), 2);
  unversioned->deleter(unversioned);
  EXPECT_EQ(tables().tensor->use_count(tensor.get()), 1);
}

TEST_F(DlpackTest, EveryDtypeAndLayoutComesBack) {
  for (const DtypeInfo& info : kDtypeInfo) {
    for (const std::vector<int64_t>& sizes : {std::vector<int64_t>{}, {0, 4}, {3, 1, 2}}) {
      const Tensor tensor = Tensor::empty(sizes, info.dtype, kCpu);
      DLManagedTensorVersioned* out = nullptr;
      ASSERT_EQ(api().to_versioned(tensor.get(), 0, &out), 0);
      VtTensor* back = nullptr;
      ASSERT_EQ(api().from_versioned(out, &back), 0) << info.name;
      const Tensor same = Tensor::steal(back);
      EXPECT_TRUE(same_dtype(same.dtype(), info.dtype));
      EXPECT_TRUE(std::ranges::equal(same.sizes(), tensor.sizes()));
      if (tensor.numel() > 0) {
        EXPECT_EQ(same->dl.data, tensor->dl.data);
      }
    }
  }
}

TEST_F(DlpackTest, TensorsThatCannotBeExported) {
  const int64_t sizes[] = {2};
  const Tensor meta = Tensor::empty(sizes, kFloat32, {static_cast<DLDeviceType>(VT_DEVICE_TYPE_META), 0});
  const Tensor leaf = Tensor::empty(sizes, kFloat32, kCpu);
  tables().tensor->update_flags(leaf.get(), VT_TENSOR_REQUIRES_GRAD, 0);
  for (const Tensor& tensor : {meta, leaf}) {
    DLManagedTensorVersioned* out = nullptr;
    EXPECT_NE(api().to_versioned(tensor.get(), 0, &out), 0);
    EXPECT_EQ(test::take_error().kind, VT_ERROR_BUFFER);
    EXPECT_EQ(out, nullptr);
  }
  const Tensor plain = Tensor::empty(sizes, kFloat32, kCpu);
  DLManagedTensorVersioned* out = nullptr;
  EXPECT_NE(api().to_versioned(plain.get(), 1u << 9, &out), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
}

struct Lie {
  const char* name;
  std::function<void(Foreign&)> tell;
};

const Lie kLies[] = {
    {"major 2", [](Foreign& f) { f.managed.version.major = 2; }},
    {"major 0", [](Foreign& f) { f.managed.version.major = 0; }},
    {"no data", [](Foreign& f) { f.managed.dl_tensor.data = nullptr; }},
    {"no sizes", [](Foreign& f) { f.managed.dl_tensor.shape = nullptr; }},
    {"rank -1", [](Foreign& f) { f.managed.dl_tensor.ndim = -1; }},
    {"rank 65", [](Foreign& f) { f.managed.dl_tensor.ndim = 65; }},
    {"rank INT_MIN", [](Foreign& f) { f.managed.dl_tensor.ndim = std::numeric_limits<int32_t>::min(); }},
    {"negative size", [](Foreign& f) { f.sizes[0] = -2; }},
    {"size product overflows", [](Foreign& f) { f.sizes[0] = f.sizes[1] = kHuge; }},
    {"byte size overflows", [](Foreign& f) { f.sizes[0] = kHuge; }},
    {"zero elements whose sizes overflow",
     [](Foreign& f) {
       f.sizes[0] = 0, f.sizes[1] = kHuge, f.managed.dl_tensor.ndim = 2, f.managed.dl_tensor.dtype = {9, 8, 1};
     }},
    {"negative stride", [](Foreign& f) { f.strides[0] = -3; }},
    {"stride overflows", [](Foreign& f) { f.strides[0] = std::numeric_limits<int64_t>::max(); }},
    {"strides overflow in sum", [](Foreign& f) { f.strides[0] = kHuge, f.strides[1] = kHuge; }},
    {"offset overflows", [](Foreign& f) { f.managed.dl_tensor.byte_offset = ~uint64_t{0}; }},
    {"end overflows",
     [](Foreign& f) { f.managed.dl_tensor.byte_offset = ~reinterpret_cast<uintptr_t>(f.numbers) - 3; }},
    {"offset not aligned", [](Foreign& f) { f.managed.dl_tensor.byte_offset = 2; }},
    {"4 lanes", [](Foreign& f) { f.managed.dl_tensor.dtype.lanes = 4; }},
    {"0 lanes", [](Foreign& f) { f.managed.dl_tensor.dtype.lanes = 0; }},
    {"24 bits", [](Foreign& f) { f.managed.dl_tensor.dtype.bits = 24; }},
    {"0 bits", [](Foreign& f) { f.managed.dl_tensor.dtype.bits = 0; }},
    {"4 bits", [](Foreign& f) { f.managed.dl_tensor.dtype = {kDLFloat4_e2m1fn, 4, 1}; }},
    {"opaque", [](Foreign& f) { f.managed.dl_tensor.dtype = {kDLOpaqueHandle, 64, 1}; }},
    {"unknown dtype", [](Foreign& f) { f.managed.dl_tensor.dtype.code = 200; }},
    {"unknown device", [](Foreign& f) { f.managed.dl_tensor.device.device_type = static_cast<DLDeviceType>(999); }},
    {"negative device", [](Foreign& f) { f.managed.dl_tensor.device.device_type = static_cast<DLDeviceType>(-1); }},
    {"no backend", [](Foreign& f) { f.managed.dl_tensor.device = {kDLCUDA, 0}; }},
    {"device index", [](Foreign& f) { f.managed.dl_tensor.device.device_id = 7777; }},
    {"negative index", [](Foreign& f) { f.managed.dl_tensor.device.device_id = -1; }},
};

TEST_F(DlpackTest, LiesAreRefusedAndStayWithTheCaller) {
  for (const Lie& lie : kLies) {
    Foreign foreign;
    lie.tell(foreign);
    VtTensor* handle = nullptr;
    EXPECT_NE(api().from_versioned(&foreign.managed, &handle), 0) << lie.name;
    EXPECT_EQ(test::take_error().kind, VT_ERROR_BUFFER) << lie.name;
    EXPECT_EQ(handle, nullptr) << lie.name;
    EXPECT_EQ(foreign.deleted, 0) << lie.name;
  }
  VtTensor* handle = nullptr;
  EXPECT_NE(api().from_versioned(nullptr, &handle), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_BUFFER);
}

TEST_F(DlpackTest, OddButHonestStructuresAreTaken) {
  const Lie honest[] = {
      {"newer minor", [](Foreign& f) { f.managed.version.minor = 99; }},
      {"no strides", [](Foreign& f) { f.managed.dl_tensor.strides = nullptr; }},
      {"no sizes of a scalar",
       [](Foreign& f) {
         f.managed.dl_tensor.ndim = 0, f.managed.dl_tensor.shape = nullptr, f.managed.dl_tensor.strides = nullptr;
       }},
      {"offset", [](Foreign& f) { f.managed.dl_tensor.byte_offset = 8; }},
      {"stride 0", [](Foreign& f) { f.strides[0] = 0; }},
      {"negative stride of one row", [](Foreign& f) { f.sizes[0] = 1, f.strides[0] = -3; }},
      {"no data without elements", [](Foreign& f) { f.sizes[0] = 0, f.managed.dl_tensor.data = nullptr; }},
      {"pinned host memory", [](Foreign& f) { f.managed.dl_tensor.device = {kDLCUDAHost, 0}; }},
      {"complex aligned for its halves",
       [](Foreign& f) {
         f.sizes[0] = 1, f.sizes[1] = 1, f.managed.dl_tensor.dtype = kComplex64, f.managed.dl_tensor.byte_offset = 4;
       }},
  };
  for (const Lie& odd : honest) {
    Foreign foreign;
    odd.tell(foreign);
    VtTensor* handle = nullptr;
    ASSERT_EQ(api().from_versioned(&foreign.managed, &handle), 0) << odd.name << ": " << test::take_error().message;
    EXPECT_EQ(handle->dl.device.device_type, kDLCPU);
    tables().tensor->release(handle);
    EXPECT_EQ(foreign.deleted, 1) << odd.name;
  }
}

TEST_F(DlpackTest, MissingDeleterIsAllowed) {
  Foreign foreign;
  foreign.managed.deleter = nullptr;
  VtTensor* handle = nullptr;
  ASSERT_EQ(api().from_versioned(&foreign.managed, &handle), 0);
  tables().tensor->release(handle);
  EXPECT_EQ(foreign.deleted, 0);
}

TEST_F(DlpackTest, UnversionedStructuresAreTakenAndDeletedOnce) {
  float number = 3;
  int deleted = 0;
  DLManagedTensor managed{};
  managed.dl_tensor = {&number, kCpu, 0, kFloat32, nullptr, nullptr, 0};
  managed.manager_ctx = &deleted;
  managed.deleter = [](DLManagedTensor* self) { ++*static_cast<int*>(self->manager_ctx); };
  VtTensor* handle = nullptr;
  ASSERT_EQ(api().from_unversioned(&managed, &handle), 0);
  EXPECT_EQ(*static_cast<float*>(handle->dl.data), 3);
  tables().tensor->release(handle);
  EXPECT_EQ(deleted, 1);
  managed.dl_tensor.ndim = -5;
  EXPECT_NE(api().from_unversioned(&managed, &handle), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_BUFFER);
  EXPECT_EQ(deleted, 1);
}

}  // namespace
}  // namespace vt
