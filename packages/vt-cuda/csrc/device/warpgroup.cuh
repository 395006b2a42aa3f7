// SPDX-License-Identifier: Apache-2.0
// Products of a warpgroup on tensor cores of compute capability 9.0, an instruction a function. Found by the include path, as
// tensor_core.cuh.
#pragma once

#include "tensor_core.cuh"

// Note [Warpgroups]
// Four warps multiply 64 x 16 by 16 x 128 elements; each has 16 rows of the left side and of the sums, as fragments of
// tensor_core.cuh. Operands in shared memory lie in panels: rows of 64 elements, 128 bytes, whose chunks of 16 bytes are
// permuted by the row's number as in a tile of 64 elements, at addresses of multiples of 1024. A product runs on after the
// call: its registers are untouched between fence_products and the wait. What threads copied to shared memory is visible to
// it after publish_copies and a barrier. Reference: PTX ISA, wgmma.
namespace vt::cuda {

using PanelDescriptor = uint64_t;

// Rows of the matrix are the rows of a panel; groups of 8 of them follow each other.
VT_DEVICE PanelDescriptor describe_rows(SharedAddress at) {
  return uint64_t{(at & 0x3ffff) >> 4} | uint64_t{1} << 16 | uint64_t{1024 >> 4} << 32 | uint64_t{1} << 62;
}
// Columns of the matrix are the rows of panels that lie `panel_bytes` apart, 64 of its rows in each.
VT_DEVICE PanelDescriptor describe_as_it_lies(SharedAddress at, uint32_t panel_bytes) {
  return uint64_t{(at & 0x3ffff) >> 4} | uint64_t{panel_bytes >> 4} << 16 | uint64_t{1024 >> 4} << 32 |
         uint64_t{1} << 62;
}

VT_DEVICE void publish_copies() { asm volatile("fence.proxy.async.shared::cta;" ::: "memory"); }
VT_DEVICE void fence_products() { asm volatile("wgmma.fence.sync.aligned;" ::: "memory"); }
// Of two warpgroups the second waits until the first has come this far, so that their products do not share the tensor cores
// and one weighs while the other multiplies. A matter of speed; each calls its part once between barriers of the block.
VT_DEVICE void let_second_warpgroup_go() { asm volatile("bar.arrive 1, 256;" ::: "memory"); }
VT_DEVICE void wait_for_first_warpgroup() { asm volatile("bar.sync 1, 256;" ::: "memory"); }
VT_DEVICE void wait_for_products() {
  asm volatile("wgmma.commit_group.sync.aligned;\nwgmma.wait_group.sync.aligned 0;" ::: "memory");
}

// The 64 sums of a thread as the first operands of a product, and their names in it.
#define VT_SUM(sums, n) "+f"(sums[n][0]), "+f"(sums[n][1]), "+f"(sums[n][2]), "+f"(sums[n][3])
#define VT_SUMS(sums)                                                                                         \
  VT_SUM(sums, 0), VT_SUM(sums, 1), VT_SUM(sums, 2), VT_SUM(sums, 3), VT_SUM(sums, 4), VT_SUM(sums, 5),       \
      VT_SUM(sums, 6), VT_SUM(sums, 7), VT_SUM(sums, 8), VT_SUM(sums, 9), VT_SUM(sums, 10), VT_SUM(sums, 11), \
      VT_SUM(sums, 12), VT_SUM(sums, 13), VT_SUM(sums, 14), VT_SUM(sums, 15)
#define VT_SUMS_NAMES                                                                \
  "%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, "           \
  "%16, %17, %18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, " \
  "%32, %33, %34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, " \
  "%48, %49, %50, %51, %52, %53, %54, %55, %56, %57, %58, %59, %60, %61, %62, %63 "

// sums = rows of `left` times rows of `right`, added to what they were where `keep`.
template <class T>
VT_DEVICE void multiply_rows(PanelDescriptor left, PanelDescriptor right, int keep, float (&sums)[16][4]) {
  if constexpr (std::is_same_v<T, Half>) {
    asm volatile(
        "{\n.reg .pred kept;\nsetp.ne.b32 kept, %66, 0;\nwgmma.mma_async.sync.aligned.m64n128k16.f32.f16.f16 {" VT_SUMS_NAMES
        "}, %64, %65, kept, 1, 1, 0, 0;\n}"
        : VT_SUMS(sums)
        : "l"(left), "l"(right), "r"(keep));
  } else {
    asm volatile(
        "{\n.reg .pred kept;\nsetp.ne.b32 kept, %66, 0;\nwgmma.mma_async.sync.aligned.m64n128k16.f32.bf16.bf16 {" VT_SUMS_NAMES
        "}, %64, %65, kept, 1, 1, 0, 0;\n}"
        : VT_SUMS(sums)
        : "l"(left), "l"(right), "r"(keep));
  }
}

// sums += `left`, a fragment, times `right` as it lies.
template <class T>
VT_DEVICE void multiply_weighted(const uint32_t (&left)[4], PanelDescriptor right, float (&sums)[16][4]) {
  constexpr int keep = 1;
  if constexpr (std::is_same_v<T, Half>) {
    asm volatile(
        "{\n.reg .pred kept;\nsetp.ne.b32 kept, %69, 0;\nwgmma.mma_async.sync.aligned.m64n128k16.f32.f16.f16 {" VT_SUMS_NAMES
        "}, {%64, %65, %66, %67}, %68, kept, 1, 1, 1;\n}"
        : VT_SUMS(sums)
        : "r"(left[0]), "r"(left[1]), "r"(left[2]), "r"(left[3]), "l"(right), "r"(keep));
  } else {
    asm volatile(
        "{\n.reg .pred kept;\nsetp.ne.b32 kept, %69, 0;\nwgmma.mma_async.sync.aligned.m64n128k16.f32.bf16.bf16 {" VT_SUMS_NAMES
        "}, {%64, %65, %66, %67}, %68, kept, 1, 1, 1;\n}"
        : VT_SUMS(sums)
        : "r"(left[0]), "r"(left[1]), "r"(left[2]), "r"(left[3]), "l"(right), "r"(keep));
  }
}

#undef VT_SUMS_NAMES
#undef VT_SUMS
#undef VT_SUM

}  // namespace vt::cuda
