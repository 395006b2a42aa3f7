// SPDX-License-Identifier: Apache-2.0
// Safetensors files on disk: round trips, sharing, atomic replacement, and everything that can be wrong with a path.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/op.hpp>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "../error_text.hpp"
#include "../runtime/child.hpp"
#include "safetensors_bytes.hpp"

namespace vt {
namespace {

constexpr DLDevice kCpu = {kDLCPU, 0};

namespace fs = std::filesystem;

class SafetensorsTest : public testing::Test {
 protected:
  SafetensorsTest() {
    test::start();
    char name[] = "/tmp/vt-safetensors-XXXXXX";
    if (!mkdtemp(name)) std::terminate();
    folder_ = name;
  }
  ~SafetensorsTest() override { fs::remove_all(folder_); }

  static const VtFileApi& api() { return *tables().file; }
  std::string path(const char* name = "x.safetensors") const { return folder_ / name; }

  static Tensor numbered(std::vector<int64_t> sizes, DLDataType dtype) {
    Tensor t = Tensor::empty(sizes, dtype, kCpu);
    auto* bytes = t.data<unsigned char>();
    const int64_t count = t.numel() * itemsize_of(dtype);
    for (int64_t i = 0; i < count; ++i)
      bytes[i] = static_cast<unsigned char>(same_dtype(dtype, kBool) ? i % 2 : 7 * i + 1);
    return t;
  }
  static std::string bytes_of(const Tensor& t) {
    return {t.data<char>(), static_cast<size_t>(t.numel() * itemsize_of(t.dtype()))};
  }
  void write(const std::string& bytes) const { std::ofstream(path(), std::ios::binary) << bytes; }
  static std::string read(const std::string& from) {
    std::ifstream file(from, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  int save(const std::map<std::string, Tensor>& tensors, const std::string& to) const {
    std::vector<VtNamedTensor> named;
    for (const auto& [name, tensor] : tensors) named.push_back({name.c_str(), tensor.get()});
    return api().save(to.c_str(), named.data(), named.size(), nullptr, 0);
  }
  static std::map<std::string, Tensor> load(const std::string& from) {
    VtFile* file = nullptr;
    check(api().open(from.c_str(), &file));
    std::map<std::string, Tensor> out;
    for (size_t i = 0; i < api().num_tensors(file); ++i) {
      VtTensor* tensor = nullptr;
      check(api().tensor(file, i, &tensor));
      out[api().tensor_name(file, i)] = Tensor::steal(tensor);
    }
    api().close(file);
    return out;
  }
  size_t num_files() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

TEST_F(SafetensorsTest, EveryDtypeComesBack) {
  std::map<std::string, Tensor> tensors;
  for (const DtypeInfo& info : kDtypeInfo)
    if (!same_dtype(info.dtype, kComplex128)) tensors[std::string(info.name)] = numbered({2, 3}, info.dtype);
  tensors["empty"] = numbered({0, 5}, kFloat32);
  tensors["scalar"] = numbered({}, kInt64);
  ASSERT_EQ(save(tensors, path()), 0);
  const auto loaded = load(path());
  ASSERT_EQ(loaded.size(), tensors.size());
  for (const auto& [name, tensor] : tensors) {
    const Tensor& back = loaded.at(name);
    EXPECT_TRUE(same_dtype(back.dtype(), tensor.dtype())) << name;
    EXPECT_TRUE(std::ranges::equal(back.sizes(), tensor.sizes())) << name;
    EXPECT_EQ(bytes_of(back), bytes_of(tensor)) << name;
  }
}

TEST_F(SafetensorsTest, ComplexDoubleHasNoNameInTheFormat) {
  EXPECT_NE(save({{"z", numbered({1}, kComplex128)}}, path()), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_DTYPE);
  EXPECT_EQ(num_files(), 0u);
}

TEST_F(SafetensorsTest, MetadataComesBack) {
  const VtKeyValue metadata[] = {{"format", "vt"}, {"note", "a \"b\""}};
  ASSERT_EQ(api().save(path().c_str(), nullptr, 0, metadata, 2), 0);
  VtFile* file = nullptr;
  ASSERT_EQ(api().open(path().c_str(), &file), 0);
  ASSERT_EQ(api().num_metadata(file), 2u);
  EXPECT_STREQ(api().metadata(file, 0)->key, "format");
  EXPECT_STREQ(api().metadata(file, 1)->value, "a \"b\"");
  EXPECT_EQ(api().metadata(file, 2), nullptr);
  EXPECT_EQ(api().num_tensors(file), 0u);
  EXPECT_EQ(api().tensor_name(file, 0), nullptr);
  VtTensor* tensor = nullptr;
  EXPECT_NE(api().tensor(file, 0, &tensor), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_INDEX);
  api().close(file);
}

TEST_F(SafetensorsTest, StridedTensorsAreWrittenRowMajor) {
  const Tensor base = numbered({2, 3}, kInt16);
  const int64_t sizes[] = {3, 2};
  const int64_t strides[] = {1, 3};
  VtTensor* handle = nullptr;
  check(tables().tensor->as_strided(base.get(), sizes, strides, 2, 0, &handle));
  ASSERT_EQ(save({{"t", Tensor::steal(handle)}}, path()), 0);
  const auto loaded = load(path());
  const auto* in = base.data<int16_t>();
  const auto* out = loaded.at("t").data<int16_t>();
  EXPECT_EQ((std::vector<int16_t>(out, out + 6)), (std::vector<int16_t>{in[0], in[3], in[1], in[4], in[2], in[5]}));
}

TEST_F(SafetensorsTest, TensorsShareThePrivateMappingAndOutliveTheFile) {
  ASSERT_EQ(save({{"a", numbered({4}, kFloat32)}, {"b", numbered({4}, kFloat32)}}, path()), 0);
  const std::string before = read(path());
  const auto loaded = load(path());
  const auto distance =
      reinterpret_cast<intptr_t>(loaded.at("b")->dl.data) - reinterpret_cast<intptr_t>(loaded.at("a")->dl.data);
  EXPECT_EQ(distance, 16);
  loaded.at("a").data<float>()[0] = 12345;
  EXPECT_EQ(read(path()), before);
}

TEST_F(SafetensorsTest, DataThatIsNotAlignedIsCopied) {
  const std::string header =
      "{" + test::entry("a", "U8", "[1]", "[0,1]") + "," + test::entry("b", "F64", "[2]", "[1,17]") + "}";
  std::string bytes = test::safetensors_bytes(header, 17);
  const double numbers[] = {1.5, -2.25};
  std::memcpy(bytes.data() + bytes.size() - 16, numbers, 16);
  write(bytes);
  const auto loaded = load(path());
  EXPECT_EQ(reinterpret_cast<uintptr_t>(loaded.at("b")->dl.data) % 8, 0u);
  EXPECT_EQ(loaded.at("b").data<double>()[1], -2.25);
}

TEST_F(SafetensorsTest, BytesInMemoryAreCopied) {
  std::string bytes = test::safetensors_bytes("{" + test::entry("a", "I32", "[2]", "[0,8]") + "}", 8);
  bytes[bytes.size() - 4] = 5;
  VtFile* file = nullptr;
  ASSERT_EQ(api().open_bytes(bytes.data(), bytes.size(), &file), 0);
  std::ranges::fill(bytes, 'x');
  VtTensor* handle = nullptr;
  ASSERT_EQ(api().tensor(file, 0, &handle), 0);
  api().close(file);
  const Tensor tensor = Tensor::steal(handle);
  EXPECT_EQ(tensor.data<int32_t>()[1], 5);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(tensor->dl.data) % 64, 0u);
  EXPECT_NE(api().open_bytes("junk", 4, &file), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_FILE_FORMAT);
}

TEST_F(SafetensorsTest, LayoutDoesNotDependOnTheOrderGiven) {
  const Tensor a = numbered({3}, kUInt8);
  const Tensor b = numbered({2}, kFloat64);
  const VtNamedTensor one[] = {{"a", a.get()}, {"b", b.get()}};
  const VtNamedTensor other[] = {{"b", b.get()}, {"a", a.get()}};
  ASSERT_EQ(api().save(path("1").c_str(), one, 2, nullptr, 0), 0);
  ASSERT_EQ(api().save(path("2").c_str(), other, 2, nullptr, 0), 0);
  EXPECT_EQ(read(path("1")), read(path("2")));
}

TEST_F(SafetensorsTest, BadNamesAreRefusedBeforeAnythingIsWritten) {
  const Tensor t = numbered({1}, kUInt8);
  const std::vector<std::vector<VtNamedTensor>> cases = {{{"a", t.get()}, {"a", t.get()}},
                                                         {{"__metadata__", t.get()}},
                                                         {{"\xff", t.get()}},
                                                         {{nullptr, t.get()}},
                                                         {{"a", nullptr}}};
  for (const auto& named : cases) {
    EXPECT_NE(api().save(path().c_str(), named.data(), named.size(), nullptr, 0), 0);
    EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
  }
  const VtKeyValue twice[] = {{"k", "1"}, {"k", "2"}};
  EXPECT_NE(api().save(path().c_str(), nullptr, 0, twice, 2), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_VALUE);
  EXPECT_EQ(num_files(), 0u);
}

TEST_F(SafetensorsTest, BadFilesNameThePathAndTheFault) {
  write(test::safetensors_bytes("{" + test::entry("a", "U8", "[4]", "[0,4]") + "}", 3));
  VtFile* file = nullptr;
  EXPECT_NE(api().open(path().c_str(), &file), 0);
  const test::TakenError error = test::take_error();
  EXPECT_EQ(error.kind, VT_ERROR_FILE_FORMAT);
  EXPECT_NE(error.message.find(path()), std::string::npos) << error.message;
  EXPECT_NE(error.message.find("tensor 'a'"), std::string::npos) << error.message;
}

TEST_F(SafetensorsTest, PathsThatAreNoFilesAreIoErrors) {
  ASSERT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
  for (const std::string& bad :
       {path("missing"), folder_.string(), path("pipe"), std::string("/dev/zero"), std::string("")}) {
    VtFile* file = nullptr;
    EXPECT_NE(api().open(bad.c_str(), &file), 0) << bad;
    EXPECT_EQ(test::take_error().kind, VT_ERROR_IO) << bad;
  }
  for (const std::string& bad : {folder_.string(), path("pipe"), path("no/such/folder"), std::string("/dev/full")}) {
    EXPECT_NE(save({{"a", numbered({1}, kUInt8)}}, bad), 0) << bad;
    EXPECT_EQ(test::take_error().kind, VT_ERROR_IO) << bad;
  }
}

TEST_F(SafetensorsTest, FileCutShortWhileOpenIsAnErrorNotADeath) {
  ASSERT_EQ(save({{"a", numbered({100000}, kUInt8)}}, path()), 0);
  VtFile* file = nullptr;
  ASSERT_EQ(api().open(path().c_str(), &file), 0);
  ASSERT_EQ(truncate(path().c_str(), 200), 0);
  VtTensor* tensor = nullptr;
  EXPECT_NE(api().tensor(file, 0, &tensor), 0);
  EXPECT_EQ(test::take_error().kind, VT_ERROR_IO);
  api().close(file);
}

// A file-size limit stands in for a full disk: the write fails half-way.
TEST_F(SafetensorsTest, FailedSaveLeavesTheOldFileAndNothingElse) {
  ASSERT_EQ(save({{"a", numbered({10}, kUInt8)}}, path()), 0);
  const std::string before = read(path());
  EXPECT_STREQ(test::run_in_child([&] {
                 signal(SIGXFSZ, SIG_IGN);
                 const rlimit limit{100000, 100000};
                 if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return false;
                 const bool failed = save({{"a", numbered({1000000}, kUInt8)}}, path()) != 0;
                 return failed && test::take_error().kind == VT_ERROR_IO;
               }),
               "passed");
  EXPECT_EQ(read(path()), before);
  EXPECT_EQ(num_files(), 1u);
}

TEST_F(SafetensorsTest, SaveGoesThroughLinksAndKeepsRights) {
  ASSERT_EQ(save({{"a", numbered({10}, kUInt8)}}, path("real")), 0);
  ASSERT_EQ(chmod(path("real").c_str(), 0640), 0);
  fs::create_symlink(path("real"), path("link"));
  ASSERT_EQ(save({{"b", numbered({20}, kUInt8)}}, path("link")), 0);
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(load(path("real")).count("b"), 1u);
  struct stat status{};
  ASSERT_EQ(stat(path("real").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640u);
  EXPECT_EQ(num_files(), 2u);
}

TEST_F(SafetensorsTest, LoadedTensorsSurviveSavingOverTheirFile) {
  ASSERT_EQ(save({{"a", numbered({1000}, kInt32)}}, path()), 0);
  const auto loaded = load(path());
  const std::string before = bytes_of(loaded.at("a"));
  ASSERT_EQ(save({{"a", numbered({3}, kInt32)}}, path()), 0);
  EXPECT_EQ(bytes_of(loaded.at("a")), before);
}

}  // namespace
}  // namespace vt
