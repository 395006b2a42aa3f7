// SPDX-License-Identifier: Apache-2.0
// cuBLASLt, opened when it is first needed: the few functions and constants of it that matrix products use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace vt::cuda {

// Values of the library's enumerations, as its public interface fixes them.
namespace lt {

inline constexpr int kSuccess = 0;
inline constexpr int kNotSupported = 15;

enum DataType : int { kReal32 = 0, kReal64 = 1, kReal16 = 2, kRealBrain16 = 14 };
enum ComputeType : int { kCompute32 = 68, kCompute64 = 70, kCompute32FastBrain16 = 75, kCompute32FastTensor = 77 };
enum Operation : int32_t { kAsIs = 0, kTransposed = 1 };
enum DescAttribute : int { kOperationA = 3, kOperationB = 4, kEpilogue = 7, kBiasPointer = 8 };
enum LayoutAttribute : int { kBatchCount = 5, kBatchStride = 6 };
enum PreferenceAttribute : int {
  kMaxWorkspaceBytes = 1,
  kMinAlignmentA = 5,
  kMinAlignmentB = 6,
  kMinAlignmentC = 7,
  kMinAlignmentD = 8
};
enum Epilogue : uint32_t {
  kNoEpilogue = 1,
  kReluEpilogue = 2,
  kBiasEpilogue = 4,
  kReluBiasEpilogue = 6,
  kGeluEpilogue = 32,  // by tanh
  kGeluBiasEpilogue = 36
};

using Handle = struct HandleObject*;
using Desc = struct DescObject*;
using Layout = struct LayoutObject*;
using Preference = struct PreferenceObject*;
struct Algorithm {
  uint64_t data[8];
};
struct Heuristic {
  Algorithm algorithm;
  std::size_t workspace_bytes;
  int state;
  float waves;
  int reserved[4];
};
static_assert(sizeof(Heuristic) == 96);

}  // namespace lt

struct CublasLt {
  std::size_t version;  // as 130000

  int (*create)(lt::Handle* handle);
  int (*destroy)(lt::Handle handle);
  int (*desc_create)(lt::Desc* desc, int compute_type, int scale_type);
  int (*desc_destroy)(lt::Desc desc);
  int (*desc_set)(lt::Desc desc, int attribute, const void* value, std::size_t bytes);
  int (*layout_create)(lt::Layout* layout, int data_type, uint64_t rows, uint64_t cols, int64_t ld);
  int (*layout_destroy)(lt::Layout layout);
  int (*layout_set)(lt::Layout layout, int attribute, const void* value, std::size_t bytes);
  int (*preference_create)(lt::Preference* preference);
  int (*preference_destroy)(lt::Preference preference);
  int (*preference_set)(lt::Preference preference, int attribute, const void* value, std::size_t bytes);
  int (*heuristic)(lt::Handle handle, lt::Desc desc, lt::Layout a, lt::Layout b, lt::Layout c, lt::Layout d,
                   lt::Preference preference, int wanted, lt::Heuristic* results, int* found);
  int (*matmul)(lt::Handle handle, lt::Desc desc, const void* alpha, const void* a, lt::Layout a_layout, const void* b,
                lt::Layout b_layout, const void* beta, const void* c, lt::Layout c_layout, void* d, lt::Layout d_layout,
                const lt::Algorithm* algorithm, void* workspace, std::size_t workspace_bytes, void* stream);
};

// The library, or null when there is none; looked for once per process. Safe to call from any thread.
const CublasLt* cublas_lt();

// What computes products of floating dtypes, in words: the library's version and path, or why there is none. Looks for it.
std::string blas_description();

}  // namespace vt::cuda
