// SPDX-License-Identifier: Apache-2.0
// Writing safetensors files: largest dtypes first, then by name, so that data stays aligned and files are reproducible.
#include <algorithm>

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/op.hpp>

#include "interop/file_io.hpp"
#include "interop/json_reader.hpp"
#include "interop/safetensors.hpp"
#include "runtime/device.hpp"

namespace vt::core {
namespace {

constexpr DLDevice kCpu = {kDLCPU, 0};

void check_unique(std::vector<std::string> names, const char* what) {
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice != names.end()) fail(VT_ERROR_VALUE, std::string("save: ") + what + " '" + *twice + "' appears twice");
}

struct Item {
  VtTensor* tensor;
  SafetensorsEntry entry;
};

void check_text(const char* text, const char* what) {
  if (!text || !is_utf8(text)) fail(VT_ERROR_VALUE, std::string("save: a ") + what + " is not valid UTF-8 text");
}

Item make_item(const VtNamedTensor& named) {
  check_text(named.name, "tensor's name");
  const std::string name = named.name;
  if (name == "__metadata__")
    fail(VT_ERROR_VALUE, "save: a tensor cannot be named '__metadata__'; the format keeps it");
  if (!named.tensor) fail(VT_ERROR_VALUE, "save: '" + name + "' has no tensor");
  const DLTensor& dl = named.tensor->dl;
  if (safetensors_dtype_name(dl.dtype).empty())
    fail(VT_ERROR_DTYPE, "save: '" + name + "' has dtype " + std::string(dtype_name(dl.dtype)) +
                             ", which the format lacks; cast it first");
  if (dl.device.device_type == kMetaType)
    fail(VT_ERROR_VALUE, "save: '" + name + "' is a meta tensor without contents; materialise it first");
  const auto sizes = sizes_of(named.tensor);
  return {named.tensor, {name, dl.dtype, {sizes.begin(), sizes.end()}, 0, 0}};
}

// Sorted as the format's reference implementation sorts, with their offsets.
std::vector<Item> lay_out(std::span<const VtNamedTensor> tensors) {
  std::vector<Item> items;
  for (const VtNamedTensor& named : tensors) items.push_back(make_item(named));
  std::ranges::sort(items, {}, [](const Item& item) {
    return std::pair<int, const std::string&>(-safetensors_dtype_order(item.entry.dtype), item.entry.name);
  });
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.entry.name);
  check_unique(std::move(names), "tensor");

  uint64_t offset = 0;
  for (Item& item : items) {
    item.entry.begin = offset;
    offset += static_cast<uint64_t>(item.tensor->numel) * dtype_info(item.entry.dtype).itemsize;
    item.entry.end = offset;
  }
  return items;
}

// The elements row-major in host memory: the tensor itself where it is so already.
Tensor row_major_on_host(VtTensor* tensor) {
  VtTensor* detached = nullptr;
  check(tables().tensor->alias(tensor, 1, &detached));  // saving records nothing for autograd
  Tensor source = Tensor::steal(detached);
  if (!(tensor->flags & VT_TENSOR_CONTIGUOUS)) {
    const Tensor dense = Tensor::empty(source.sizes(), source.dtype(), source.device());
    static const Op copy("copy_");
    copy.into(dense, dense, source);
    source = dense;
  }
  if (source.device().device_type == kDLCPU) return source;
  Tensor host = Tensor::empty(source.sizes(), source.dtype(), kCpu);
  copy_bytes(host.get(), source.get(), false);
  return host;
}

void write_file(const std::string& path, const std::vector<Item>& items, const StringPairs& metadata) {
  std::vector<SafetensorsEntry> entries;
  for (const Item& item : items) entries.push_back(item.entry);
  const std::string header = format_safetensors_header(entries, metadata);
  if (header.size() > kMaxHeaderBytes)
    fail(VT_ERROR_VALUE, "the header is too long: got " + std::to_string(header.size()) + " bytes, expected at most " +
                             std::to_string(kMaxHeaderBytes) + "; save fewer tensors in one file");
  AtomicFile file(path);
  file.write(header.data(), header.size());
  for (const Item& item : items) {
    const Tensor data = row_major_on_host(item.tensor);
    file.write(data->dl.data, item.entry.end - item.entry.begin);
  }
  file.commit();
}

}  // namespace

void save_safetensors(const std::string& path, std::span<const VtNamedTensor> tensors,
                      std::span<const VtKeyValue> metadata) {
  StringPairs pairs;
  std::vector<std::string> keys;
  for (const VtKeyValue& pair : metadata) {
    check_text(pair.key, "metadata key");
    check_text(pair.value, "metadata value");
    pairs.emplace_back(pair.key, pair.value);
    keys.emplace_back(pair.key);
  }
  check_unique(std::move(keys), "metadata key");
  const std::vector<Item> items = lay_out(tensors);
  try {
    write_file(path, items, pairs);
  } catch (const Error& error) {
    fail(error.kind(), std::string("save: ") + error.what());
  }
}

}  // namespace vt::core
