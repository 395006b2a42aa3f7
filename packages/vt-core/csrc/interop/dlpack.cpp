// SPDX-License-Identifier: Apache-2.0
// The two directions of DLPack, for both forms of its structure.
#include "dlpack.hpp"

#include <memory>
#include <vector>

#include <vt/abi/autograd.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/tensor.hpp>

#include "interop/dlpack_check.hpp"
#include "runtime/device.hpp"

namespace vt::core {
namespace {

constexpr uint64_t kExportFlags = DLPACK_FLAG_BITMASK_READ_ONLY | DLPACK_FLAG_BITMASK_IS_COPIED;
constexpr int32_t kLastDlpackType = kDLTrn;

// What an exported structure lives in. Sizes and strides are copied: the tensor's own may change with it.
template <class Managed>
struct Exported {
  Managed managed{};
  Tensor tensor;
  std::vector<int64_t> sizes;
  std::vector<int64_t> strides;

  explicit Exported(VtTensor* source)
      : tensor(Tensor::share(source)),
        sizes(tensor.sizes().begin(), tensor.sizes().end()),
        strides(tensor.strides().begin(), tensor.strides().end()) {
    managed.dl_tensor = source->dl;
    managed.dl_tensor.shape = sizes.data();
    managed.dl_tensor.strides = strides.data();
    if (source->numel == 0) managed.dl_tensor.data = nullptr;
    managed.manager_ctx = this;
    managed.deleter = [](Managed* self) {
      if (self) delete static_cast<Exported*>(self->manager_ctx);
    };
  }
};

// A view has the autograd bit whether its base requires grad or not, which only the backend knows.
bool requires_grad(const VtTensor* tensor) {
  if (!(tensor->flags & 1u << VT_LAYER_AUTOGRAD)) return tensor->flags & VT_TENSOR_REQUIRES_GRAD;
  const void* autograd = nullptr;
  check(tables().get_interface(VT_AUTOGRAD_API_NAME, VT_AUTOGRAD_API_MAJOR, 0, &autograd));
  return static_cast<const VtAutogradApi*>(autograd)->requires_grad(tensor);
}

void check_exportable(const VtTensor* tensor) {
  if (requires_grad(tensor))
    fail(VT_ERROR_BUFFER, "to_dlpack: the tensor requires grad, which DLPack cannot carry; export x.detach()");
  if (!is_known_dtype(tensor->dl.dtype)) fail(VT_ERROR_BUFFER, "to_dlpack: DLPack has no name for the tensor's dtype");
  if (tensor->dl.device.device_type > kLastDlpackType)
    fail(VT_ERROR_BUFFER, "to_dlpack: DLPack has no name for device " + device_text(tensor->dl.device) +
                              "; copy the tensor to a CPU or CUDA device first");
}

// Takes the structure over: its deleter runs when the last user of the memory is gone.
template <class Managed>
VtTensor* adopt(Managed* managed, uint32_t tensor_flags) {
  const CheckedDlpack checked = check_dlpack(managed->dl_tensor);
  const VtDeleter deleter = [](void* context) {
    auto* self = static_cast<Managed*>(context);
    if (self->deleter) self->deleter(self);
  };
  VtTensor* out = nullptr;
  check(tables().tensor->from_blob(checked.data, checked.nbytes, checked.sizes.data(), checked.strides.data(),
                                   static_cast<int32_t>(checked.sizes.size()), managed->dl_tensor.dtype, checked.device,
                                   tensor_flags, deleter, managed, &out));
  return out;
}

}  // namespace

DLManagedTensorVersioned* to_dlpack_versioned(VtTensor* tensor, uint64_t flags) {
  check_exportable(tensor);
  if (flags & ~kExportFlags)
    fail(VT_ERROR_VALUE,
         "to_dlpack: got flags " + std::to_string(flags) + ", expected READ_ONLY (1) and IS_COPIED (2) only");
  if (tensor->flags & VT_TENSOR_READ_ONLY) flags |= DLPACK_FLAG_BITMASK_READ_ONLY;
  auto exported = std::make_unique<Exported<DLManagedTensorVersioned>>(tensor);
  exported->managed.version = {DLPACK_MAJOR_VERSION, DLPACK_MINOR_VERSION};
  exported->managed.flags = flags;
  return &exported.release()->managed;
}

DLManagedTensor* to_dlpack_unversioned(VtTensor* tensor) {
  check_exportable(tensor);
  if (tensor->flags & VT_TENSOR_READ_ONLY)
    fail(VT_ERROR_BUFFER,
         "to_dlpack: a read-only tensor needs the versioned structure; ask with max_version=(1, 0) or export a copy");
  return &std::make_unique<Exported<DLManagedTensor>>(tensor).release()->managed;
}

VtTensor* from_dlpack_versioned(DLManagedTensorVersioned* managed) {
  if (!managed) fail(VT_ERROR_BUFFER, "from_dlpack: got a null structure");
  if (managed->version.major != DLPACK_MAJOR_VERSION)  // nothing behind `flags` may be read then
    fail(VT_ERROR_BUFFER, "from_dlpack: got DLPack version " + std::to_string(managed->version.major) + "." +
                              std::to_string(managed->version.minor) + ", expected " +
                              std::to_string(DLPACK_MAJOR_VERSION) + ".x; ask the producer for max_version=(1, 3)");
  const bool is_read_only = (managed->flags & DLPACK_FLAG_BITMASK_READ_ONLY) != 0;
  return adopt(managed, is_read_only ? VT_TENSOR_READ_ONLY : 0);
}

VtTensor* from_dlpack_unversioned(DLManagedTensor* managed) {
  if (!managed) fail(VT_ERROR_BUFFER, "from_dlpack: got a null structure");
  return adopt(managed, 0);
}

}  // namespace vt::core
