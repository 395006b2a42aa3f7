// SPDX-License-Identifier: Apache-2.0
// Files of the operating system: mapped for reading, replaced as a whole for writing. Failures throw IO with the path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace vt::core {

// The contents of a regular file, mapped privately: writes to the memory stay in the process.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::span<std::byte> bytes() const { return {static_cast<std::byte*>(data_), size_}; }
  // Throws when the file has become shorter since it was opened: touching the memory behind its end would be fatal.
  void check_not_truncated() const;

 private:
  std::string path_;
  int descriptor_ = -1;
  void* data_ = nullptr;
  size_t size_ = 0;
};

// A new file that takes the place of `path` when commit succeeds, and disappears otherwise. A reader sees the old contents
// or the new ones, whatever happens in between.
class AtomicFile {
 public:
  explicit AtomicFile(const std::string& path);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  void write(const void* data, uint64_t nbytes);
  // Syncs the file, renames it and syncs its folder.
  void commit();

 private:
  std::string target_;
  std::string temporary_;
  int descriptor_ = -1;
};

}  // namespace vt::core
