// SPDX-License-Identifier: Apache-2.0
// Opening safetensors files and taking tensors from them.
#include "safetensors.hpp"

#include <cstring>

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/tensor.hpp>

#include "interop/file_io.hpp"
#include "runtime/host_allocator.hpp"

namespace vt::core {
namespace {

constexpr DLDevice kCpu = {kDLCPU, 0};

class MappedBytes : public FileBytes {
 public:
  explicit MappedBytes(const std::string& path) : file_(path) {}
  std::span<std::byte> bytes() const override { return file_.bytes(); }
  void check_readable() const override { file_.check_not_truncated(); }

 private:
  MappedFile file_;
};

// Placed so that the data, not the header, starts at an aligned address.
class OwnedBytes : public FileBytes {
 public:
  OwnedBytes(std::span<const std::byte> source, uint64_t data_offset)
      : padding_((kBlockAlignment - data_offset % kBlockAlignment) % kBlockAlignment),
        size_(source.size()),
        block_(static_cast<std::byte*>(allocate_host(padding_ + size_))) {
    std::memcpy(block_ + padding_, source.data(), size_);
  }
  OwnedBytes(const OwnedBytes&) = delete;
  OwnedBytes& operator=(const OwnedBytes&) = delete;
  ~OwnedBytes() override { free_host(block_, padding_ + size_); }
  std::span<std::byte> bytes() const override { return {block_ + padding_, size_}; }
  void check_readable() const override {}

 private:
  uint64_t padding_;
  uint64_t size_;
  std::byte* block_;
};

SafetensorsHeader parse(std::span<const std::byte> bytes, const std::string& source) {
  try {
    return parse_safetensors_header(bytes);
  } catch (const Error& error) {
    fail(error.kind(), "load: " + source + ": " + error.what());
  }
}

bool is_aligned(const std::byte* data, DLDataType dtype) {
  return reinterpret_cast<uintptr_t>(data) % dtype_info(dtype).itemsize == 0;
}

}  // namespace
}  // namespace vt::core

using namespace vt;
using namespace vt::core;

VtFile::VtFile(std::shared_ptr<FileBytes> bytes, SafetensorsHeader header)
    : bytes_(std::move(bytes)), header_(std::move(header)) {
  for (const auto& [key, value] : header_.metadata) metadata_.push_back({key.c_str(), value.c_str()});
}

VtFile* VtFile::open(const std::string& path) {
  std::shared_ptr<FileBytes> bytes;
  try {
    bytes = std::make_shared<MappedBytes>(path);
  } catch (const Error& error) {
    fail(error.kind(), std::string("load: ") + error.what());
  }
  SafetensorsHeader header = parse(bytes->bytes(), "'" + path + "'");
  return new VtFile(std::move(bytes), std::move(header));
}

VtFile* VtFile::copy_of(std::span<const std::byte> bytes) {
  SafetensorsHeader header = parse(bytes, "the given bytes");
  auto copy = std::make_shared<OwnedBytes>(bytes, header.data_offset);
  return new VtFile(std::move(copy), std::move(header));
}

VtTensor* VtFile::tensor(size_t index) const {
  if (index >= header_.entries.size())
    fail(VT_ERROR_INDEX, "load: no such tensor: got index " + std::to_string(index) + ", expected below " +
                             std::to_string(header_.entries.size()));
  const SafetensorsEntry& entry = header_.entries[index];
  bytes_->check_readable();
  std::byte* data = bytes_->bytes().data() + header_.data_offset + entry.begin;
  const uint64_t nbytes = entry.end - entry.begin;
  if (nbytes == 0 || !is_aligned(data, entry.dtype)) {
    Tensor copy = Tensor::empty(entry.sizes, entry.dtype, kCpu);
    if (nbytes > 0) std::memcpy(copy->dl.data, data, nbytes);
    return copy.release();
  }
  auto keep = std::make_unique<std::shared_ptr<FileBytes>>(bytes_);
  const VtDeleter drop = [](void* kept) { delete static_cast<std::shared_ptr<FileBytes>*>(kept); };
  VtTensor* out = nullptr;
  check(tables().tensor->from_blob(data, nbytes, entry.sizes.data(), nullptr, static_cast<int32_t>(entry.sizes.size()),
                                   entry.dtype, kCpu, 0, drop, keep.get(), &out));
  keep.release();
  return out;
}
