// SPDX-License-Identifier: Apache-2.0
// The table vt.core.fft.
#include "fft/api.hpp"

#include <vt/cpp/error.hpp>

#include <atomic>

namespace vt::core {

namespace {

using Loader = int (*)(void);

std::atomic<Loader>& loader() {
  static std::atomic<Loader> instance{nullptr};
  return instance;
}

void set_loader(Loader load) { loader().store(load, std::memory_order_release); }

}  // namespace

const FftApi* fft_api() noexcept {
  static constexpr FftApi kTable = {{sizeof(FftApi), kFftApiMajor, kFftApiMinor, 0, nullptr}, set_loader};
  return &kTable;
}

void load_transforms() {
  const Loader load = loader().load(std::memory_order_acquire);
  if (!load)
    fail(VT_ERROR_NOT_IMPLEMENTED,
         "_fft_transform: Fourier transforms on the CPU are NumPy's: use Python with pip install 'vt-core[fft]', or "
         "register a kernel");
  check(load());
}

}  // namespace vt::core
