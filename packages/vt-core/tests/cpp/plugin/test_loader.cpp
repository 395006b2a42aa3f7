// SPDX-License-Identifier: Apache-2.0
// Loading plugins: what works, and every way in which it fails without leaving a trace.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <vt/cpp/op.hpp>

#include <cstdio>
#include <fstream>
#include <thread>
#include <vector>

#include "../error_text.hpp"
#include "dispatch/registry.hpp"

namespace vt::core {
namespace {

std::string plugin_path(const char* name) { return std::string(VT_PLUGIN_DIR "/plugin_") + name + ".so"; }

test::TakenError load(const std::string& path) {
  test::start();
  return tables().object->load_plugin(path.c_str()) == 0 ? test::TakenError{} : test::take_error();
}

TEST(Loader, PluginInPlainCRegistersAnOpAndPublishes) {
  ASSERT_EQ(load(plugin_path("good")).kind, VT_ERROR_NONE);
  const int64_t sizes[] = {3};
  const Tensor x = Tensor::empty(sizes, DLDataType{kDLFloat, 32, 1}, DLDevice{kDLCPU, 0});
  for (int i = 0; i < 3; ++i) x.data<float>()[i] = static_cast<float>(i);
  const Tensor y = Op("example_twice")(x);
  EXPECT_EQ(y.data<float>()[2], 4.0f);
  const void* table = nullptr;
  EXPECT_EQ(vt_get_interface("example.good", 1, 2, &table), 0);
  EXPECT_NE(vt_get_interface("example.good", 1, 3, &table), 0);
  EXPECT_NE(test::take_error().message.find("1.2"), std::string::npos);
}

TEST(Loader, SecondLoadChangesNothing) {
  ASSERT_EQ(load(plugin_path("good")).kind, VT_ERROR_NONE);
  const size_t before = Registry::instance().plugins().size();
  ASSERT_EQ(load(plugin_path("good")).kind, VT_ERROR_NONE);
  EXPECT_EQ(Registry::instance().plugins().size(), before);
}

TEST(Loader, ConcurrentLoadsAreSerialised) {
  test::start();
  std::vector<std::thread> threads;
  std::atomic<int> failures{0};
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] { failures += load(plugin_path("good")).kind != VT_ERROR_NONE; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
}

TEST(Loader, WrongMajorNamesBothVersions) {
  const test::TakenError error = load(plugin_path("wrong_major"));
  EXPECT_EQ(error.kind, VT_ERROR_IMPORT);
  EXPECT_NE(error.message.find("2.0"), std::string::npos);
  EXPECT_NE(error.message.find("1.0"), std::string::npos);
  EXPECT_NE(error.message.find("install"), std::string::npos);
}

TEST(Loader, NewerMinorNamesBothVersions) {
  const test::TakenError error = load(plugin_path("newer_minor"));
  EXPECT_EQ(error.kind, VT_ERROR_IMPORT);
  EXPECT_NE(error.message.find("vt.core.tensor"), std::string::npos);
  EXPECT_NE(error.message.find("1.7"), std::string::npos);
  EXPECT_NE(error.message.find("install a newer vt-core"), std::string::npos);
}

TEST(Loader, MissingEntryPoint) {
  EXPECT_NE(load(plugin_path("no_entry")).message.find("vt_plugin_init"), std::string::npos);
}

TEST(Loader, FailureHalfWayLeavesNothing) {
  const test::TakenError error = load(plugin_path("half_way"));
  EXPECT_NE(error.message.find("gave up after one op"), std::string::npos);
  EXPECT_EQ(Registry::instance().find_op("example_half"), nullptr);
}

TEST(Loader, ExceptionOverTheBorderIsAnError) {
  EXPECT_NE(load(plugin_path("throws")).message.find("from inside the plugin"), std::string::npos);
}

TEST(Loader, FilesThatAreNoLibraries) {
  EXPECT_NE(load("/nonexistent/plugin.so").message.find("No such file"), std::string::npos);
  EXPECT_NE(load("/").message.find("not a regular file"), std::string::npos);
  const std::string path = testing::TempDir() + "vt_not_elf.so";
  std::ofstream(path) << "not an ELF file";
  EXPECT_EQ(load(path).kind, VT_ERROR_IMPORT);
  chmod(path.c_str(), 0666);
  EXPECT_NE(load(path).message.find("anyone may write"), std::string::npos);
  std::remove(path.c_str());
}

TEST(Loader, UnloadWithdrawsOps) {
  ASSERT_EQ(load(plugin_path("good")).kind, VT_ERROR_NONE);
  EXPECT_EQ(tables().object->unload_plugin("good"), 0);
  EXPECT_EQ(Registry::instance().find_op("example_twice"), nullptr);
  EXPECT_NE(tables().object->unload_plugin("good"), 0);
  test::take_error();
  EXPECT_NE(tables().object->unload_plugin("vt-core"), 0);
  EXPECT_NE(test::take_error().message.find("part of the core"), std::string::npos);
}

}  // namespace
}  // namespace vt::core
