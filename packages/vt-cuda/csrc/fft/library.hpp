// SPDX-License-Identifier: Apache-2.0
// cuFFT, opened when it is first needed: the few functions and constants of it that Fourier transforms use.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::cuda {

// Values of the library's enumerations, as its public interface fixes them.
namespace ft {

inline constexpr int kSuccess = 0;

enum Type : int {
  kRealToComplex = 0x2a,
  kComplexToReal = 0x2c,
  kComplex = 0x29,
  kDoubleToComplex = 0x6a,
  kComplexToDouble = 0x6c,
  kDoubleComplex = 0x69
};
enum Direction : int { kForward = -1, kInverse = 1 };

using Plan = int;

}  // namespace ft

struct CuFft {
  int (*create)(ft::Plan* plan);
  int (*destroy)(ft::Plan plan);
  int (*set_auto_allocation)(ft::Plan plan, int on);
  int (*make_plan_many)(ft::Plan plan, int rank, long long* sizes, long long* in_embed, long long in_stride,
                        long long in_distance, long long* out_embed, long long out_stride, long long out_distance,
                        int type, long long batch, std::size_t* work_bytes);
  int (*set_stream)(ft::Plan plan, void* stream);
  int (*set_work_area)(ft::Plan plan, void* work);
  int (*complex)(ft::Plan plan, void* in, void* out, int direction);
  int (*double_complex)(ft::Plan plan, void* in, void* out, int direction);
  int (*real_to_complex)(ft::Plan plan, void* in, void* out);
  int (*double_to_complex)(ft::Plan plan, void* in, void* out);
  int (*complex_to_real)(ft::Plan plan, void* in, void* out);
  int (*complex_to_double)(ft::Plan plan, void* in, void* out);
};

// The library; throws NotImplementedError for `op`, naming the wheel, when there is none. Looked for once per process.
const CuFft& cufft(const char* op);

}  // namespace vt::cuda
