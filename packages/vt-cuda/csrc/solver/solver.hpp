// SPDX-License-Identifier: Apache-2.0
// Factorises matrices of a batch by cuSOLVER.
//
// Note [cuSOLVER]
// A handle belongs to a device and a stream, and to one call at a time: it keeps memory in which its own work goes on after a call
// has returned. Nothing is captured: calls wait for the device inside, or may. Numbers that are not finite are kept from routines that
// iterate (Note [Screening] in kernels/linalg.hpp).
#pragma once

#include <mutex>

#include "../ops/launch.hpp"
#include "library.hpp"

namespace vt::cuda {

// (num) column-major matrices of m rows and n columns, one after the other.
struct Matrices {
  void* data;
  int64_t num;
  int64_t m;
  int64_t n;
};

// Singular vectors, dense and column-major.
struct SingularVectors {
  void* left;
  void* right;
};

// The library for calls on the calling thread's current stream. All functions overwrite `a`; `info` has a number for each matrix, as
// LAPACK's.
class Solver {
 public:
  // Throws for `op` when there is no library, or the stream is being captured.
  Solver(const char* op, DLDevice device, DLDataType dtype);
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  // R and reflectors, their min(m, n) scales in tau.
  void geqrf(const Matrices& a, void* tau) const;
  // The first n columns of the product of k >= 1 reflectors.
  void orgqr(const Matrices& q, int64_t k, const void* tau) const;
  // Eigenvalues, and in place of a symmetric matrix its vectors.
  void syevd(bool vectors, bool upper, const Matrices& a, void* values, int32_t* info) const;
  // Complex eigenvalues and, unless null, right vectors: of real matrices packed as LAPACK has them.
  void geev(const Matrices& a, void* values, void* vectors, int32_t* info) const;
  // By QR iteration, for m >= n: U of m or, reduced, n columns, and V^H. No vectors where null.
  void gesvd(bool reduced, const Matrices& a, void* values, SingularVectors u_vh, int32_t* info) const;
  // By Jacobi's method: U and V, which are scratch memory of the same sizes without `vectors`. Where it does not converge `info` is
  // min(m, n) + 1.
  void gesvdj(bool vectors, bool reduced, const Matrices& a, void* values, SingularVectors u_v, int32_t* info) const;
  // The same of many small matrices at once, with all m and n vectors.
  static constexpr int64_t kMostBatchedRows = 32;
  void gesvdj_batched(bool vectors, const Matrices& a, void* values, SingularVectors u_v, int32_t* info) const;
  // By eigenvalues of A^H A, for m >= n, of all matrices at once: U and V of n columns, which are scratch memory without `vectors`. Exact
  // where the singular values are not far apart.
  void gesvda(bool vectors, const Matrices& a, void* values, SingularVectors u_v, int32_t* info) const;

 private:
  struct Work;

  int narrow(int64_t size) const;
  void check(const char* function, int status) const;
  char* matrix(const Matrices& a, int64_t i) const noexcept;

  const char* op_;
  const CuSolver& library_;
  Queue queue_;
  DeviceGuard device_;
  std::unique_lock<std::mutex> lock_;  // of the device's handles
  sv::Handle handle_;
  sv::JacobiSettings jacobi_;
  int dtype_index_;  // of PerDtype
  sv::DataType type_;
  sv::DataType real_type_;
  sv::DataType complex_type_;
  int64_t itemsize_;
  int64_t real_itemsize_;
};

}  // namespace vt::cuda
