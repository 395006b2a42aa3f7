// SPDX-License-Identifier: Apache-2.0
// Tensor cores and what feeds them, an instruction a function. Found by the include path: the emulated device of the tests
// has a file of the same name.
#pragma once

#include <cstdint>

#include "kernels/elements.cuh"

// Note [Fragments]
// A warp multiplies 16 x 16 by 16 x 8 elements. Of a lane, let g = lane / 4 and t = lane % 4. It holds, two elements a word:
// - of the left matrix, rows g and g + 8 of columns 2t and 2t + 1, then of columns 2t + 8 and 2t + 9: four words;
// - of the right matrix, column g of rows 2t and 2t + 1, then of rows 2t + 8 and 2t + 9: two words;
// - of the sums, row g of columns 2t and 2t + 1, then row g + 8 of these: four floats. So sums of two products side by side,
//   made half, are a left matrix again.
// load_matrices reads four matrices of 8 x 8 elements, of which each lane names one row of 16 bytes (lanes 8 i .. 8 i + 7
// those of matrix i), and gives word i = row g, columns 2t and 2t + 1 of matrix i; load_transposed column g, rows 2t and 2t + 1.
// Reference: PTX ISA, mma.m16n8k16 and ldmatrix.
namespace vt::cuda {

using SharedAddress = uint32_t;

// The dynamic shared memory of the block, aligned to 1024 bytes.
VT_DEVICE void* dynamic_shared_memory() {
  extern __shared__ __align__(1024) unsigned char dynamic_shared_bytes[];
  return dynamic_shared_bytes;
}
VT_DEVICE SharedAddress dynamic_shared() {
  return static_cast<SharedAddress>(__cvta_generic_to_shared(dynamic_shared_memory()));
}

template <class T>
VT_DEVICE void multiply_accumulate(const uint32_t (&left)[4], uint32_t right0, uint32_t right1, float (&sums)[4]) {
  if constexpr (std::is_same_v<T, Half>) {
    asm volatile(
        "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+f"(sums[0]), "+f"(sums[1]), "+f"(sums[2]), "+f"(sums[3])
        : "r"(left[0]), "r"(left[1]), "r"(left[2]), "r"(left[3]), "r"(right0), "r"(right1));
  } else {
    asm volatile(
        "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+f"(sums[0]), "+f"(sums[1]), "+f"(sums[2]), "+f"(sums[3])
        : "r"(left[0]), "r"(left[1]), "r"(left[2]), "r"(left[3]), "r"(right0), "r"(right1));
  }
}

VT_DEVICE void load_matrices(uint32_t (&words)[4], SharedAddress row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(words[0]), "=r"(words[1]), "=r"(words[2]), "=r"(words[3])
               : "r"(row));
}
VT_DEVICE void load_transposed(uint32_t (&words)[4], SharedAddress row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(words[0]), "=r"(words[1]), "=r"(words[2]), "=r"(words[3])
               : "r"(row));
}

// Copies to shared memory that run on. A group is what a thread asked for since the last end_copies; wait_for_copies returns
// when all but its last kPending groups are there, for this thread. Of kBytes bytes the first `taken` are read, the rest is 0.
template <int kBytes>
VT_DEVICE void copy_async(SharedAddress to, const void* from, int taken) {
  static_assert(kBytes == 4 || kBytes == 16);
  if constexpr (kBytes == 16) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(to), "l"(from), "r"(taken) : "memory");
  } else {
    asm volatile("cp.async.ca.shared.global [%0], [%1], 4, %2;" ::"r"(to), "l"(from), "r"(taken) : "memory");
  }
}
VT_DEVICE void end_copies() { asm volatile("cp.async.commit_group;" ::: "memory"); }
template <int kPending>
VT_DEVICE void wait_for_copies() {
  asm volatile("cp.async.wait_group %0;" ::"n"(kPending) : "memory");
}

VT_DEVICE void store_shared(SharedAddress at, uint32_t word) {
  asm volatile("st.shared.b32 [%0], %1;" ::"r"(at), "r"(word) : "memory");
}
VT_DEVICE void store_shared(SharedAddress at, uint4 words) {
  asm volatile("st.shared.v4.b32 [%0], {%1, %2, %3, %4};" ::"r"(at), "r"(words.x), "r"(words.y), "r"(words.z),
               "r"(words.w)
               : "memory");
}
VT_DEVICE void store_shared(SharedAddress at, float value) {
  asm volatile("st.shared.f32 [%0], %1;" ::"r"(at), "f"(value) : "memory");
}
VT_DEVICE float2 load_shared_pair(SharedAddress at) {
  float2 pair;
  asm volatile("ld.shared.v2.f32 {%0, %1}, [%2];" : "=f"(pair.x), "=f"(pair.y) : "r"(at) : "memory");
  return pair;
}

// 2^x, within 2 ulp; 0 where the result would be subnormal.
VT_DEVICE float fast_exp2(float x) {
  float result;
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(result) : "f"(x));
  return result;
}

}  // namespace vt::cuda
