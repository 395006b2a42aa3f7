// SPDX-License-Identifier: Apache-2.0
// The table of causes and remedies by status number.
#include "status.hpp"

namespace vt::cuda {
namespace {

struct Row {
  Status status;
  StatusText text;
};

constexpr Row kRows[] = {
    {kInvalidValue, {"an argument is outside of what the driver accepts", "check sizes, grid and block extents"}},
    {kMemoryAllocation, {"the device or pinned memory is exhausted", "free tensors or release cached memory"}},
    {3, {"CUDA could not start in this process", "do not use CUDA before fork; check the driver with nvidia-smi"}},
    {4, {"the process is ending and the driver is unloaded", "release CUDA resources before exit"}},
    {9, {"grid, block or shared memory exceed what the device supports", "launch smaller blocks"}},
    {34, {"a stub of the driver library was loaded", "take the stubs folder off the library path"}},
    {kInsufficientDriver, {"the driver is missing or older than this build needs", "install a newer NVIDIA driver"}},
    {46, {"all devices are busy or in exclusive use", "end the process that holds the device"}},
    {98, {"the kernel is not part of this library", "rebuild the package for this compute capability"}},
    {kNoDevice, {"no CUDA device is visible", "check nvidia-smi and CUDA_VISIBLE_DEVICES"}},
    {kInvalidDevice, {"the device ordinal does not exist", "use an ordinal below the device count"}},
    {kInvalidImage, {"the kernel image is neither a valid cubin nor PTX", "rebuild it"}},
    {201, {"no context is current on this thread", "set the device before the call"}},
    {209, {"the image holds no code for this device", "rebuild for this compute capability"}},
    {214, {"an uncorrectable memory error occurred", "reset or replace the device"}},
    {218, {"PTX could not be compiled", "correct it, or install a driver at least as new as what wrote it"}},
    {kInvalidHandle,
     {"a stream, event or module is invalid or of another device, or an event was not recorded",
      "make it on the current device, and record events before they are compared"}},
    {kNotFound, {"the image has no function of this name", "use the mangled name that the manifest gives"}},
    {kNotReady, {"the work is not complete yet", "synchronise first"}},
    {kIllegalAddress,
     {"a kernel accessed memory outside of an allocation; this context is lost",
      "restart the process and run it under compute-sanitizer"}},
    {701, {"the kernel needs more registers or shared memory than a block has", "launch smaller blocks"}},
    {702, {"a kernel ran longer than the watchdog allows", "split the work or use a device without display"}},
    {710, {"a device-side assertion failed; this context is lost", "restart the process and check the inputs"}},
    {715, {"the kernel holds an instruction unknown to the device", "rebuild for this compute capability"}},
    {716, {"a kernel made a misaligned access; this context is lost", "restart the process and check alignments"}},
    {719, {"a kernel failed; this context is lost", "restart the process and run it under compute-sanitizer"}},
    {801, {"the device or driver does not support this call", "update the driver"}},
    {802, {"the system is not ready for CUDA", "start the fabric manager or wait for the driver"}},
    {803, {"the driver's libraries and kernel module differ in version", "reboot after the driver update"}},
    {804, {"forward compatibility is not supported on this device", "install a newer driver"}},
    {kCaptureUnsupported, {"the call is not allowed while a stream is captured", "move it out of the captured region"}},
    {kCaptureInvalidated,
     {"an earlier call that cannot be captured ended the capture", "move that call out of the captured region"}},
    {kCaptureMerge, {"two captures cannot become one", "keep the streams of the captures apart"}},
    {kCaptureUnmatched, {"the capture began on another stream", "end it on the stream it began on"}},
    {kCaptureUnjoined,
     {"a stream of the capture was not waited for", "let the first stream wait for the others before the end"}},
    {kCaptureIsolation,
     {"a captured stream cannot wait for work outside of the capture", "wait for it before the capture begins"}},
    {906, {"the legacy default stream cannot be used while a stream is captured", "use a stream of this package"}},
    {kCapturedEvent, {"an event recorded in a capture is never ready", "record and ask for it outside of the capture"}},
    {kCaptureWrongThread, {"another thread began the capture", "end it on the thread that began it"}},
    {kHostSyncRefused, {"a host wait was made while host waits are refused", "keep the value on the device"}},
};

}  // namespace

StatusText status_text(Status status) noexcept {
  for (const Row& row : kRows)
    if (row.status == status) return row.text;
  return {"the driver reported an error", "see this number in the CUDA runtime's error list"};
}

std::string status_message(const Driver& driver, Status status, const char* op) {
  const StatusText text = status_text(status);
  const char* name = status == kHostSyncRefused ? "host wait refused" : driver.status_name(driver.self, status);
  std::string message = std::string(op) + ": CUDA error " + std::to_string(status);
  if (name != nullptr) message += std::string(" (") + name + ")";
  return message + ": " + text.cause + "; " + text.remedy;
}

void throw_status(const Driver& driver, Status status, const char* op) {
  const ErrorKind kind = status == kMemoryAllocation ? ErrorKind::kOutOfMemory : ErrorKind::kCuda;
  throw Error(kind, status_message(driver, status, op));
}

}  // namespace vt::cuda
