// SPDX-License-Identifier: Apache-2.0
// Safetensors files: opening, taking tensors, saving.
#pragma once

#include <vt/abi/file.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "interop/safetensors_header.hpp"

namespace vt::core {

// The bytes of an open file; tensors taken from it keep them.
class FileBytes {
 public:
  virtual ~FileBytes() = default;
  virtual std::span<std::byte> bytes() const = 0;
  // Throws when the bytes can no longer be touched.
  virtual void check_readable() const = 0;
};

void save_safetensors(const std::string& path, std::span<const VtNamedTensor> tensors,
                      std::span<const VtKeyValue> metadata);

}  // namespace vt::core

struct VtFile {
  static VtFile* open(const std::string& path);
  static VtFile* copy_of(std::span<const std::byte> bytes);

  const vt::core::SafetensorsHeader& header() const { return header_; }
  // Borrowed strings of header().metadata.
  const std::vector<VtKeyValue>& metadata() const { return metadata_; }
  // New reference. Shares the file's bytes where they are aligned for the dtype, else copies them.
  VtTensor* tensor(size_t index) const;

 private:
  VtFile(std::shared_ptr<vt::core::FileBytes> bytes, vt::core::SafetensorsHeader header);

  std::shared_ptr<vt::core::FileBytes> bytes_;
  vt::core::SafetensorsHeader header_;
  std::vector<VtKeyValue> metadata_;
};
