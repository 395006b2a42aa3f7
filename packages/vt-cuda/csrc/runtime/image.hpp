// SPDX-License-Identifier: Apache-2.0
// Tells whether bytes are a whole cubin or PTX, before a driver that trusts its input reads them.
#pragma once

#include <cstddef>
#include <span>

namespace vt::cuda {

// True for a 64-bit ELF file for CUDA whose section table and sections lie inside of `image`.
bool is_cubin(std::span<const std::byte> image) noexcept;

// True for a text whose first directive is .version, as PTX's must be, and that names a .target; NULs may follow it.
bool is_ptx(std::span<const std::byte> image) noexcept;

}  // namespace vt::cuda
