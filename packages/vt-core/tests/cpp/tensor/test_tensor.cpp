// SPDX-License-Identifier: Apache-2.0
// Tensors through their table: making, viewing, sharing, resizing, ownership and host hooks.
#include <gtest/gtest.h>
#include <vt/cpp/tensor.hpp>

#include <thread>
#include <vector>

#include "../error_text.hpp"
#include "tensor/tensor_impl.hpp"
#include "vt/cpp/dtype.hpp"

namespace vt::core {
namespace {

constexpr DLDevice kCpu{kDLCPU, 0};

class TensorTest : public testing::Test {
 protected:
  TensorTest() { test::start(); }
  static const VtTensorApi& api() { return *tables().tensor; }
  static Tensor make(std::vector<int64_t> sizes) { return Tensor::empty(sizes, kFloat32, kCpu); }
};

TEST_F(TensorTest, PrefixDescribesTheTensor) {
  const Tensor t = make({2, 3});
  EXPECT_EQ(t->struct_size, sizeof(VtTensor));
  EXPECT_EQ(t->numel, 6);
  EXPECT_EQ(t->dl.strides[0], 3);
  EXPECT_TRUE(t->flags & VT_TENSOR_CONTIGUOUS);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(t->dl.data) % 64, 0u);
}

TEST_F(TensorTest, RankAboveInlineAndZeroDim) {
  const Tensor deep = make({1, 2, 1, 2, 1, 2});
  EXPECT_EQ(deep->dl.ndim, 6);
  EXPECT_EQ(deep->dl.strides[1], 4);
  const Tensor scalar = make({});
  EXPECT_EQ(scalar->numel, 1);
  EXPECT_EQ(make({3, 0})->numel, 0);
}

TEST_F(TensorTest, BadSizesAreErrorsNotDeaths) {
  EXPECT_THROW(make({-1}), ErrorIsSet);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_RUNTIME);
  EXPECT_THROW(make({int64_t{1} << 62}), ErrorIsSet);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_OVERFLOW);
  EXPECT_THROW(make({int64_t{1} << 50}), ErrorIsSet);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_OUT_OF_MEMORY);
}

TEST_F(TensorTest, ViewsShareStorageAndVersion) {
  const Tensor base = make({4, 4});
  const int64_t sizes[] = {2, 2};
  const int64_t strides[] = {4, 1};
  VtTensor* handle = nullptr;
  check(api().as_strided(base.get(), sizes, strides, 2, 5, &handle));
  const Tensor view = Tensor::steal(handle);
  EXPECT_EQ(view.data<float>(), base.data<float>() + 5);
  EXPECT_EQ(api().storage_offset(view.get()), 5);
  EXPECT_TRUE(api().is_alias_of(base.get(), view.get()));
  EXPECT_TRUE(view->flags & VT_TENSOR_IS_VIEW);
  api().bump_version(view.get());
  EXPECT_EQ(api().version(base.get()), api().version(view.get()));
}

TEST_F(TensorTest, ViewsOutsideTheStorageAreRefused) {
  const Tensor base = make({4});
  const int64_t sizes[] = {2};
  VtTensor* handle = nullptr;
  for (const auto& [stride, offset] :
       std::vector<std::pair<int64_t, int64_t>>{{1, 3}, {4, 0}, {-1, 2}, {1, -1}, {INT64_MAX, 0}}) {
    EXPECT_NE(api().as_strided(base.get(), sizes, &stride, 1, offset, &handle), 0) << stride << " " << offset;
    EXPECT_EQ(test::take_error().kind, VT_ERROR_RUNTIME);
  }
}

TEST_F(TensorTest, AliasMayHaveItsOwnVersion) {
  const Tensor base = make({2});
  VtTensor* handle = nullptr;
  check(api().alias(base.get(), 0, &handle));
  const Tensor data = Tensor::steal(handle);
  api().bump_version(data.get());
  EXPECT_EQ(api().version(base.get()), 0u);
  EXPECT_EQ(api().version(data.get()), 1u);
}

TEST_F(TensorTest, SetDataReplacesEverythingButIdentity) {
  const Tensor t = make({2, 3});
  const Tensor source = make({1, 2, 3, 4, 5});
  check(api().set_data(t.get(), source.get()));
  EXPECT_EQ(t->dl.ndim, 5);
  EXPECT_EQ(t->dl.data, source->dl.data);
  EXPECT_EQ(t->numel, source->numel);
  check(api().set_data(t.get(), make({7}).get()));
  EXPECT_EQ(t->dl.ndim, 1);
  EXPECT_EQ(t->dl.shape[0], 7);
}

TEST_F(TensorTest, ResizeGrowsAndKeepsContents) {
  const Tensor t = make({2});
  t.data<float>()[1] = 5;
  const int64_t bigger[] = {10, 1000};
  check(api().resize(t.get(), bigger, 2));
  EXPECT_EQ(t->numel, 10000);
  EXPECT_EQ(t.data<float>()[1], 5);
  float memory[1] = {0};
  const int64_t one[] = {1};
  VtTensor* handle = nullptr;
  check(api().from_blob(memory, sizeof(memory), one, nullptr, 1, kFloat32, kCpu, 0, nullptr, nullptr, &handle));
  const Tensor foreign = Tensor::steal(handle);
  EXPECT_NE(api().resize(foreign.get(), bigger, 2), 0);
  EXPECT_NE(test::take_error().message.find("not resizable"), std::string::npos);
  EXPECT_EQ(foreign->numel, 1);
}

TEST_F(TensorTest, ForeignMemoryIsReleasedOnceAndOnlyAfterSuccess) {
  float memory[4] = {1, 2, 3, 4};
  int released = 0;
  const auto deleter = [](void* context) { ++*static_cast<int*>(context); };
  const int64_t too_many[] = {5};
  const int64_t sizes[] = {2, 2};
  const int64_t strides[] = {1, 2};
  VtTensor* handle = nullptr;
  EXPECT_NE(
      api().from_blob(memory, sizeof(memory), too_many, nullptr, 1, kFloat32, kCpu, 0, deleter, &released, &handle), 0);
  test::take_error();
  EXPECT_EQ(released, 0);
  check(api().from_blob(memory, sizeof(memory), sizes, strides, 2, kFloat32, kCpu, 0, deleter, &released, &handle));
  {
    const Tensor t = Tensor::steal(handle);
    const Tensor second = t;
    EXPECT_EQ(t.data<float>()[t->dl.strides[0]], 2);
    EXPECT_FALSE(t->flags & VT_TENSOR_IS_VIEW);
  }
  EXPECT_EQ(released, 1);
}

TEST_F(TensorTest, CountsSurviveManyThreads) {
  const Tensor t = make({8});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&t] {
      for (int k = 0; k < 20000; ++k) const Tensor copy = t;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(api().use_count(t.get()), 1);
}

// Whoever is told to be alone may write: what others read, they have read. ThreadSanitizer reports a count that does not say so.
TEST_F(TensorTest, ALastUserSeesOthersToBeDone) {
  for (int round = 0; round < 20; ++round) {
    const Tensor t = make({1});
    *t.data<float>() = 1;
    std::thread reader([copy = t]() mutable {
      EXPECT_EQ(*copy.data<float>(), 1);
      copy = Tensor();
    });
    while (api().use_count(t.get()) != 1) std::this_thread::yield();
    *t.data<float>() = 2;
    reader.join();
  }
}

struct Wrapper {
  int references = 1;
};
const VtHostHooks kHooks{sizeof(VtHostHooks), [](void* w) { ++static_cast<Wrapper*>(w)->references; },
                         [](void* w) { --static_cast<Wrapper*>(w)->references; }};

TEST_F(TensorTest, HeadersFreedAmongBlocksOfTheirSizeAreTakenSideBySide) {
  if (!kCacheBlocks) GTEST_SKIP() << "caches are off under AddressSanitizer";
  constexpr size_t kCount = 5000;
  const Tensor base = make({2});
  std::vector<VtTensor*> headers(kCount);
  std::vector<void*> blocks(kCount);
  const auto make_header = [&](size_t i) { check(api().alias(base.get(), 1, &headers[i])); };
  for (size_t i = 0; i < kCount; ++i) {
    make_header(i);
    blocks[i] = allocate_host(sizeof(TensorImpl));
  }
  for (VtTensor* header : headers) api().release(header);
  for (size_t i = 0; i < kCount; ++i) make_header(i);
  size_t num_beside = 0;
  for (size_t i = 1; i < kCount; ++i)
    num_beside +=
        reinterpret_cast<std::byte*>(headers[i]) == reinterpret_cast<std::byte*>(headers[i - 1]) + kTensorHeaderBytes;
  EXPECT_GT(num_beside, kCount * 90 / 100);
  for (VtTensor* header : headers) api().release(header);
  for (void* block : blocks) free_host(block, sizeof(TensorImpl));
}

TEST_F(TensorTest, RichTensorsHoldTheirWrapperWhileNativeCodeHoldsThem) {
  check(api().set_host_hooks(&kHooks));
  Wrapper wrapper;
  const Tensor t = make({1});
  api().set_host_wrapper(t.get(), &wrapper);
  {
    const Tensor light = t;
    EXPECT_EQ(wrapper.references, 1);
  }
  api().set_rich(t.get(), 1);
  {
    const Tensor second = t;
    EXPECT_EQ(wrapper.references, 2);
    const Tensor third = t;
    EXPECT_EQ(wrapper.references, 2);
  }
  EXPECT_EQ(wrapper.references, 1);
  EXPECT_EQ(api().use_count(t.get()), 1);
  api().set_rich(t.get(), 0);
  const VtHostHooks other = kHooks;
  EXPECT_NE(api().set_host_hooks(&other), 0);
  test::take_error();
}

}  // namespace
}  // namespace vt::core
