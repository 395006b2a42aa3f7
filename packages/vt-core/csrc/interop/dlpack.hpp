// SPDX-License-Identifier: Apache-2.0
// Exchange of tensors as DLPack structures.
#pragma once

#include <vt/abi/dlpack.h>

namespace vt::core {

// Export: the structure holds one count on the tensor until its deleter runs. `flags` may hold IS_COPIED and READ_ONLY.
DLManagedTensorVersioned* to_dlpack_versioned(VtTensor* tensor, uint64_t flags);
DLManagedTensor* to_dlpack_unversioned(VtTensor* tensor);

// Import (new reference). After an exception the caller still owns the structure.
VtTensor* from_dlpack_versioned(DLManagedTensorVersioned* managed);
VtTensor* from_dlpack_unversioned(DLManagedTensor* managed);

}  // namespace vt::core
