// SPDX-License-Identifier: Apache-2.0
// The beginning of every kernel. Found by the include path, as tensor_core.cuh.
//
// Note [Dependent launches]
// On devices of compute capability 9.0 kernels are launched as dependents of the one before them in the stream: their blocks take
// their places while that one's last blocks still run, which saves most of the time from one kernel to the next. Nothing of the
// work before may be assumed to be done then, so a kernel waits first, in every thread and before it touches memory: for the end
// of the kernel before it, whose writes it sees from there on. As that one has waited too before it could end, all earlier work is
// done, and memory that was freed and is used again is safe as without dependents.
// - A kernel that does not wait must never be launched so: kernels of libraries and images are launched as they are, unless
//   their caller says that they wait.
// - None lets its dependents come before its own blocks end: among many blocks, those of the next kernel would keep a part of
//   the device from being used.
// - Copies, events and graphs keep their order; in a captured graph the edge between two such kernels is a programmatic one.
// Reference: CUDA C++ Programming Guide, programmatic dependent launch.
#pragma once

namespace vt::cuda {

__device__ __forceinline__ void wait_for_previous_kernel() {
#if __CUDA_ARCH__ >= 900
  asm volatile("griddepcontrol.wait;" ::: "memory");
#endif
}

}  // namespace vt::cuda
