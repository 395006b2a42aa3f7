// SPDX-License-Identifier: Apache-2.0
// The table vt.core.file.
#include <vt/cpp/error.hpp>

#include "abi/tables.hpp"
#include "interop/safetensors.hpp"

namespace vt::core {
namespace {

int save(const char* path, const VtNamedTensor* tensors, size_t num_tensors, const VtKeyValue* metadata,
         size_t num_metadata) {
  return guard([&] { save_safetensors(path, {tensors, num_tensors}, {metadata, num_metadata}); });
}

int open(const char* path, VtFile** out) {
  return guard([&] { *out = VtFile::open(path); });
}

int open_bytes(const void* data, size_t nbytes, VtFile** out) {
  return guard([&] { *out = VtFile::copy_of({static_cast<const std::byte*>(data), nbytes}); });
}

void close(VtFile* file) { delete file; }

size_t num_tensors(const VtFile* file) { return file->header().entries.size(); }

const char* tensor_name(const VtFile* file, size_t index) {
  return index < num_tensors(file) ? file->header().entries[index].name.c_str() : nullptr;
}

int tensor(VtFile* file, size_t index, VtTensor** out) {
  return guard([&] { *out = file->tensor(index); });
}

size_t num_metadata(const VtFile* file) { return file->metadata().size(); }

const VtKeyValue* metadata(const VtFile* file, size_t index) {
  return index < file->metadata().size() ? &file->metadata()[index] : nullptr;
}

}  // namespace

const VtFileApi* file_api() {
  static constexpr VtFileApi kTable = {table_header<VtFileApi>(VT_FILE_API_MINOR),
                                       save,
                                       open,
                                       open_bytes,
                                       close,
                                       num_tensors,
                                       tensor_name,
                                       tensor,
                                       num_metadata,
                                       metadata};
  return &kTable;
}

}  // namespace vt::core
