// SPDX-License-Identifier: Apache-2.0
// cuSOLVER, opened when it is first needed: the few functions and constants of it that factorisations use.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vt::cuda {

// Values of the library's enumerations, as its public interface fixes them.
namespace sv {

inline constexpr int kSuccess = 0;

enum DataType : int { kReal32 = 0, kReal64 = 1, kComplex32 = 4, kComplex64 = 5 };
enum Job : int { kNoVectors = 0, kVectors = 1 };
enum Triangle : int { kLower = 0, kUpper = 1 };

using Handle = struct HandleObject*;
using JacobiSettings = struct JacobiSettingsObject*;

// Functions with a name for each dtype: S, D, C and Z.
template <class Function>
using PerDtype = Function[4];

}  // namespace sv

// Matrices are column-major. A size function says how much memory the other one wants to work in: in bytes on the device and on the
// host, or in elements on the device. `info` lies on the device.
struct CuSolver {
  int (*create)(sv::Handle* handle);
  int (*destroy)(sv::Handle handle);
  int (*set_stream)(sv::Handle handle, void* stream);
  int (*create_jacobi)(sv::JacobiSettings* settings);
  int (*destroy_jacobi)(sv::JacobiSettings settings);

  int (*geqrf_size)(sv::Handle handle, void* params, int64_t m, int64_t n, int a_type, const void* a, int64_t lda,
                    int tau_type, const void* tau, int compute_type, std::size_t* device_bytes,
                    std::size_t* host_bytes);
  int (*geqrf)(sv::Handle handle, void* params, int64_t m, int64_t n, int a_type, void* a, int64_t lda, int tau_type,
               void* tau, int compute_type, void* device_work, std::size_t device_bytes, void* host_work,
               std::size_t host_bytes, int* info);

  sv::PerDtype<int (*)(sv::Handle handle, int m, int n, int k, const void* a, int lda, const void* tau, int* num)>
      orgqr_size;
  sv::PerDtype<int (*)(sv::Handle handle, int m, int n, int k, void* a, int lda, const void* tau, void* work, int num,
                       int* info)>
      orgqr;

  int (*syevd_size)(sv::Handle handle, void* params, int job, int triangle, int64_t n, int a_type, const void* a,
                    int64_t lda, int values_type, const void* values, int compute_type, std::size_t* device_bytes,
                    std::size_t* host_bytes);
  int (*syevd)(sv::Handle handle, void* params, int job, int triangle, int64_t n, int a_type, void* a, int64_t lda,
               int values_type, void* values, int compute_type, void* device_work, std::size_t device_bytes,
               void* host_work, std::size_t host_bytes, int* info);
  int (*syev_batched_size)(sv::Handle handle, void* params, int job, int triangle, int64_t n, int a_type, const void* a,
                           int64_t lda, int values_type, const void* values, int compute_type,
                           std::size_t* device_bytes, std::size_t* host_bytes, int64_t num);
  int (*syev_batched)(sv::Handle handle, void* params, int job, int triangle, int64_t n, int a_type, void* a,
                      int64_t lda, int values_type, void* values, int compute_type, void* device_work,
                      std::size_t device_bytes, void* host_work, std::size_t host_bytes, int* info, int64_t num);

  int (*geev_size)(sv::Handle handle, void* params, int left, int right, int64_t n, int a_type, const void* a,
                   int64_t lda, int values_type, const void* values, int left_type, const void* left_vectors,
                   int64_t ld_left, int right_type, const void* right_vectors, int64_t ld_right, int compute_type,
                   std::size_t* device_bytes, std::size_t* host_bytes);
  int (*geev)(sv::Handle handle, void* params, int left, int right, int64_t n, int a_type, void* a, int64_t lda,
              int values_type, void* values, int left_type, void* left_vectors, int64_t ld_left, int right_type,
              void* right_vectors, int64_t ld_right, int compute_type, void* device_work, std::size_t device_bytes,
              void* host_work, std::size_t host_bytes, int* info);

  int (*gesvd_size)(sv::Handle handle, void* params, signed char job_u, signed char job_vh, int64_t m, int64_t n,
                    int a_type, const void* a, int64_t lda, int values_type, const void* values, int u_type,
                    const void* u, int64_t ldu, int vh_type, const void* vh, int64_t ldvh, int compute_type,
                    std::size_t* device_bytes, std::size_t* host_bytes);
  int (*gesvd)(sv::Handle handle, void* params, signed char job_u, signed char job_vh, int64_t m, int64_t n, int a_type,
               void* a, int64_t lda, int values_type, void* values, int u_type, void* u, int64_t ldu, int vh_type,
               void* vh, int64_t ldvh, int compute_type, void* device_work, std::size_t device_bytes, void* host_work,
               std::size_t host_bytes, int* info);

  sv::PerDtype<int (*)(sv::Handle handle, int job, int reduced, int m, int n, const void* a, int lda,
                       const void* values, const void* u, int ldu, const void* v, int ldv, int* num,
                       sv::JacobiSettings settings)>
      gesvdj_size;
  sv::PerDtype<int (*)(sv::Handle handle, int job, int reduced, int m, int n, void* a, int lda, void* values, void* u,
                       int ldu, void* v, int ldv, void* work, int num, int* info, sv::JacobiSettings settings)>
      gesvdj;
  sv::PerDtype<int (*)(sv::Handle handle, int job, int m, int n, const void* a, int lda, const void* values,
                       const void* u, int ldu, const void* v, int ldv, int* num, sv::JacobiSettings settings,
                       int batch)>
      gesvdj_batched_size;
  sv::PerDtype<int (*)(sv::Handle handle, int job, int m, int n, void* a, int lda, void* values, void* u, int ldu,
                       void* v, int ldv, void* work, int num, int* info, sv::JacobiSettings settings, int batch)>
      gesvdj_batched;

  sv::PerDtype<int (*)(sv::Handle handle, int job, int rank, int m, int n, const void* a, int lda, long long a_stride,
                       const void* values, long long values_stride, const void* u, int ldu, long long u_stride,
                       const void* v, int ldv, long long v_stride, int* num, int batch)>
      gesvda_size;
  sv::PerDtype<int (*)(sv::Handle handle, int job, int rank, int m, int n, const void* a, int lda, long long a_stride,
                       void* values, long long values_stride, void* u, int ldu, long long u_stride, void* v, int ldv,
                       long long v_stride, void* work, int num, int* info, double* residuals, int batch)>
      gesvda;
};

// The library; throws NotImplementedError for `op`, naming the wheel, when there is none. Looked for once per process.
const CuSolver& cusolver(const char* op);

}  // namespace vt::cuda
