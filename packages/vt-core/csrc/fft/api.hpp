// SPDX-License-Identifier: Apache-2.0
// The table vt.core.fft: who brings a Fourier transform for the CPU, for this package's own Python module.
#pragma once

#include <vt/abi/base.h>

// Note [Transforms on the CPU]
// libvt_core contains no Fourier transform. Its ops check, pad and allocate; the one op that computes, _fft_transform, has a CPU
// kernel that asks the loader to register a better one above it and then calls the op again. Python's loader (vt_core._fft)
// registers NumPy's transforms, and raises NotImplementedError, which names the remedy, where there is no NumPy. Where there
// is no loader, in programs without Python, the kernel raises NotImplementedError itself; a plugin may register one as well.
namespace vt::core {

inline constexpr char kFftApiName[] = "vt.core.fft";
inline constexpr uint16_t kFftApiMajor = 1;
inline constexpr uint16_t kFftApiMinor = 0;

struct FftApi {
  VtTableHeader header;

  // Called when a transform is first needed, on any thread, and again as long as no kernel has been registered. Nonzero with
  // the thread's error set where there is none.
  void (*set_loader)(int (*load)(void));
};

const FftApi* fft_api() noexcept;

// Runs the loader; throws NOT_IMPLEMENTED when there is none.
void load_transforms();

}  // namespace vt::core
