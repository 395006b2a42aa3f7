// SPDX-License-Identifier: Apache-2.0
// cuSOLVER's functions over LAPACK, with the limits of the library: what it refuses, and that memory to work in is what it asked for.
#include "solver.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <type_traits>

#include "solver/library.hpp"

namespace vt::cuda::emulated {
namespace {

constexpr int kSuccess = 0;
constexpr int kInvalidValue = 3;
constexpr int kDeviceWork = 96;  // bytes, or elements
constexpr int kHostWork = 48;
constexpr int kMostBatchedRows = 32;

void* lapack = nullptr;

template <class T>
inline constexpr bool kIsComplex = !std::is_arithmetic_v<T>;
template <class T>
using Real = decltype(std::real(T{}));
template <class T>
inline constexpr char kLetter = std::is_same_v<T, float>                 ? 's'
                                : std::is_same_v<T, double>              ? 'd'
                                : std::is_same_v<T, std::complex<float>> ? 'c'
                                                                         : 'z';

// Calls a routine of Fortran's: all arguments but the lengths of characters are addresses.
template <class T, class... Args>
void call(const char* name, Args... args) {
  const std::string symbol = std::string("scipy_") + kLetter<T> + name + "_";
  reinterpret_cast<void (*)(Args...)>(dlsym(lapack, symbol.c_str()))(args...);
}
// The same of a routine with work memory, which is asked how much it wants: run(work, size) twice.
template <class T, class Run>
void with_work(Run&& run) {
  T asked{};
  int size = -1;
  run(&asked, &size);
  size = static_cast<int>(std::real(asked)) + 1;
  std::vector<T> work(static_cast<std::size_t>(size));
  run(work.data(), &size);
}

template <class Visit>
int visit_type(int type, Visit&& visit) {
  switch (type) {
    case sv::kReal32: return visit.template operator()<float>();
    case sv::kReal64: return visit.template operator()<double>();
    case sv::kComplex32: return visit.template operator()<std::complex<float>>();
    case sv::kComplex64: return visit.template operator()<std::complex<double>>();
    default: return kInvalidValue;
  }
}
template <class T>
inline constexpr int kType = std::is_same_v<T, float>                 ? sv::kReal32
                             : std::is_same_v<T, double>              ? sv::kReal64
                             : std::is_same_v<T, std::complex<float>> ? sv::kComplex32
                                                                      : sv::kComplex64;

struct State {
  bool has_stream = false;
};
bool is_ready(sv::Handle handle) { return handle != nullptr && reinterpret_cast<State*>(handle)->has_stream; }
// Writes all of the memory, so that whoever else uses it notices.
bool takes(void* memory, std::size_t bytes, std::size_t wanted) {
  if (memory == nullptr || bytes < wanted) return false;
  std::memset(memory, 0xff, bytes);
  return true;
}
bool takes_work(void* device, std::size_t bytes) { return takes(device, bytes, kDeviceWork); }
bool takes_work(void* device, std::size_t device_bytes, void* host, std::size_t host_bytes) {
  return takes_work(device, device_bytes) && takes(host, host_bytes, kHostWork);
}
int ask(std::size_t* device_bytes, std::size_t* host_bytes) {
  *device_bytes = kDeviceWork;
  *host_bytes = kHostWork;
  return kSuccess;
}

int create(sv::Handle* handle) {
  *handle = reinterpret_cast<sv::Handle>(new State);
  return kSuccess;
}
int destroy(sv::Handle handle) {
  delete reinterpret_cast<State*>(handle);
  return kSuccess;
}
int set_stream(sv::Handle handle, void* stream) {
  reinterpret_cast<State*>(handle)->has_stream = stream != nullptr;
  return kSuccess;
}
int create_jacobi(sv::JacobiSettings* settings) {
  *settings = reinterpret_cast<sv::JacobiSettings>(new char);
  return kSuccess;
}
int destroy_jacobi(sv::JacobiSettings settings) {
  delete reinterpret_cast<char*>(settings);
  return kSuccess;
}

// QR factors.
int geqrf_size(sv::Handle, void*, int64_t, int64_t, int, const void*, int64_t, int, const void*, int,
               std::size_t* device_bytes, std::size_t* host_bytes) {
  return ask(device_bytes, host_bytes);
}
int geqrf(sv::Handle handle, void*, int64_t rows, int64_t columns, int type, void* a, int64_t lda, int tau_type,
          void* tau, int compute_type, void* device, std::size_t device_bytes, void* host, std::size_t host_bytes,
          int* info) {
  if (!is_ready(handle) || !takes_work(device, device_bytes, host, host_bytes) || type != tau_type ||
      type != compute_type || rows < 1 || columns < 1 || lda < rows)
    return kInvalidValue;
  return visit_type(type, [&]<class T>() {
    const int m = static_cast<int>(rows);
    const int n = static_cast<int>(columns);
    const int ld = static_cast<int>(lda);
    with_work<T>([&](T* work, int* size) {
      call<T>("geqrf", &m, &n, static_cast<T*>(a), &ld, static_cast<T*>(tau), work, size, info);
    });
    return kSuccess;
  });
}

template <class T>
int orgqr_size(sv::Handle, int, int, int, const void*, int, const void*, int* num) {
  *num = kDeviceWork;
  return kSuccess;
}
template <class T>
int orgqr(sv::Handle handle, int m, int n, int k, void* a, int lda, const void* tau, void* work, int num, int* info) {
  if (!is_ready(handle) || num < kDeviceWork || !takes_work(work, num * sizeof(T)) || m < n || n < k || k < 1 ||
      lda < m)
    return kInvalidValue;
  with_work<T>([&](T* own, int* size) {
    call<T>(kIsComplex<T> ? "ungqr" : "orgqr", &m, &n, &k, static_cast<T*>(a), &lda, static_cast<const T*>(tau), own,
            size, info);
  });
  return kSuccess;
}

// Eigenvalues.
template <class T>
void syev(int job, int triangle, int n, T* a, int lda, Real<T>* values, int* info) {
  const char vectors = job == sv::kVectors ? 'V' : 'N';
  const char uplo = triangle == sv::kUpper ? 'U' : 'L';
  const std::size_t length = 1;
  std::vector<Real<T>> real_work(static_cast<std::size_t>(3 * n + 1));
  with_work<T>([&](T* work, int* size) {
    if constexpr (kIsComplex<T>) {
      call<T>("heev", &vectors, &uplo, &n, a, &lda, values, work, size, real_work.data(), info, length, length);
    } else {
      call<T>("syev", &vectors, &uplo, &n, a, &lda, values, work, size, info, length, length);
    }
  });
}
int syev_batched_size(sv::Handle, void*, int, int, int64_t, int, const void*, int64_t, int, const void*, int,
                      std::size_t* device_bytes, std::size_t* host_bytes, int64_t) {
  return ask(device_bytes, host_bytes);
}
int syev_batched(sv::Handle handle, void*, int job, int triangle, int64_t n, int type, void* a, int64_t lda,
                 int values_type, void* values, int compute_type, void* device, std::size_t device_bytes, void* host,
                 std::size_t host_bytes, int* info, int64_t num) {
  if (!is_ready(handle) || !takes_work(device, device_bytes, host, host_bytes) || type != compute_type || n < 1 ||
      lda != n)
    return kInvalidValue;
  return visit_type(type, [&]<class T>() {
    if (values_type != kType<Real<T>>) return kInvalidValue;
    for (int64_t i = 0; i < num; ++i)
      syev<T>(job, triangle, static_cast<int>(n), static_cast<T*>(a) + i * n * n, static_cast<int>(n),
              static_cast<Real<T>*>(values) + i * n, info + i);
    return kSuccess;
  });
}
int syevd_size(sv::Handle, void*, int, int, int64_t, int, const void*, int64_t, int, const void*, int,
               std::size_t* device_bytes, std::size_t* host_bytes) {
  return ask(device_bytes, host_bytes);
}
int syevd(sv::Handle handle, void* params, int job, int triangle, int64_t n, int type, void* a, int64_t lda,
          int values_type, void* values, int compute_type, void* device, std::size_t device_bytes, void* host,
          std::size_t host_bytes, int* info) {
  return syev_batched(handle, params, job, triangle, n, type, a, lda, values_type, values, compute_type, device,
                      device_bytes, host, host_bytes, info, 1);
}

int geev_size(sv::Handle, void*, int, int, int64_t, int, const void*, int64_t, int, const void*, int, const void*,
              int64_t, int, const void*, int64_t, int, std::size_t* device_bytes, std::size_t* host_bytes) {
  return ask(device_bytes, host_bytes);
}
int geev(sv::Handle handle, void*, int left, int right, int64_t order, int type, void* a, int64_t lda, int values_type,
         void* values, int, void*, int64_t, int right_type, void* right_vectors, int64_t ld_right, int compute_type,
         void* device, std::size_t device_bytes, void* host, std::size_t host_bytes, int* info) {
  // The library has no left vectors.
  if (!is_ready(handle) || !takes_work(device, device_bytes, host, host_bytes) || left != sv::kNoVectors ||
      type != compute_type || type != right_type || order < 1 || lda < order || ld_right < order)
    return kInvalidValue;
  return visit_type(type, [&]<class T>() {
    using C = std::complex<Real<T>>;
    if (values_type != kType<C>) return kInvalidValue;
    const int n = static_cast<int>(order);
    const char no = 'N';
    const char job = right == sv::kVectors ? 'V' : 'N';
    const int one = 1;
    T unused{};
    const std::size_t length = 1;
    T* out = right == sv::kVectors ? static_cast<T*>(right_vectors) : &unused;
    std::vector<Real<T>> reals(static_cast<std::size_t>(2 * n));
    with_work<T>([&](T* work, int* size) {
      if constexpr (kIsComplex<T>) {
        call<T>("geev", &no, &job, &n, static_cast<T*>(a), &n, static_cast<T*>(values), &unused, &one, out, &n, work,
                size, reals.data(), info, length, length);
      } else {
        call<T>("geev", &no, &job, &n, static_cast<T*>(a), &n, reals.data(), reals.data() + n, &unused, &one, out, &n,
                work, size, info, length, length);
      }
    });
    if constexpr (!kIsComplex<T>)
      for (std::size_t i = 0; i < reals.size() / 2; ++i)
        static_cast<C*>(values)[i] = {reals[i], reals[i + reals.size() / 2]};
    return kSuccess;
  });
}

// Singular values.
template <class T>
void factor(char job, int m, int n, T* a, int lda, Real<T>* values, T* u, int ldu, T* vh, int ldvh, int* info) {
  const std::size_t length = 1;
  std::vector<Real<T>> reals(static_cast<std::size_t>(5 * std::min(m, n)));
  with_work<T>([&](T* work, int* size) {
    if constexpr (kIsComplex<T>) {
      call<T>("gesvd", &job, &job, &m, &n, a, &lda, values, u, &ldu, vh, &ldvh, work, size, reals.data(), info, length,
              length);
    } else {
      call<T>("gesvd", &job, &job, &m, &n, a, &lda, values, u, &ldu, vh, &ldvh, work, size, info, length, length);
    }
  });
}
int gesvd_size(sv::Handle, void*, signed char, signed char, int64_t, int64_t, int, const void*, int64_t, int,
               const void*, int, const void*, int64_t, int, const void*, int64_t, int, std::size_t* device_bytes,
               std::size_t* host_bytes) {
  return ask(device_bytes, host_bytes);
}
int gesvd(sv::Handle handle, void*, signed char job_u, signed char job_vh, int64_t m, int64_t n, int type, void* a,
          int64_t lda, int values_type, void* values, int u_type, void* u, int64_t ldu, int vh_type, void* vh,
          int64_t ldvh, int compute_type, void* device, std::size_t device_bytes, void* host, std::size_t host_bytes,
          int* info) {
  // The library takes no more columns than rows.
  if (!is_ready(handle) || !takes_work(device, device_bytes, host, host_bytes) || m < n || n < 1 || lda < m ||
      job_u != job_vh || type != u_type || type != vh_type || type != compute_type ||
      (job_u != 'N' && (u == nullptr || vh == nullptr || ldu < m || ldvh < n)))
    return kInvalidValue;
  return visit_type(type, [&]<class T>() {
    if (values_type != kType<Real<T>>) return kInvalidValue;
    factor<T>(static_cast<char>(job_u), static_cast<int>(m), static_cast<int>(n), static_cast<T*>(a),
              static_cast<int>(lda), static_cast<Real<T>*>(values), static_cast<T*>(u), static_cast<int>(ldu),
              static_cast<T*>(vh), static_cast<int>(ldvh), info);
    return kSuccess;
  });
}

template <class T>
int gesvdj_size(sv::Handle, int, int, int, int, const void*, int, const void*, const void*, int, const void*, int,
                int* num, sv::JacobiSettings) {
  *num = kDeviceWork;
  return kSuccess;
}
template <class T>
int gesvdj(sv::Handle handle, int job, int reduced, int m, int n, void* a, int lda, void* values, void* u, int ldu,
           void* v, int ldv, void* work, int num, int* info, sv::JacobiSettings settings) {
  if (!is_ready(handle) || settings == nullptr || num < kDeviceWork || !takes_work(work, num * sizeof(T)) || m < 1 ||
      n < 1 || lda < m || u == nullptr || v == nullptr || ldu < m || ldv < n)
    return kInvalidValue;
  const int k = std::min(m, n);
  if (std::real(*static_cast<const T*>(a)) == kNeverConverges) {
    *info = k + 1;
    return kSuccess;
  }
  const int rows = reduced ? k : n;
  std::vector<T> vh(static_cast<std::size_t>(rows * n));
  std::vector<T> unwanted(static_cast<std::size_t>(m * m));
  const bool vectors = job == sv::kVectors;
  factor<T>(!vectors  ? 'N'
            : reduced ? 'S'
                      : 'A',
            m, n, static_cast<T*>(a), lda, static_cast<Real<T>*>(values),
            vectors ? static_cast<T*>(u) : unwanted.data(), ldu, vh.data(), rows, info);
  if (!vectors) return kSuccess;
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < n; ++j) {
      const T element = vh[static_cast<std::size_t>(j * rows + i)];
      if constexpr (kIsComplex<T>) {
        static_cast<T*>(v)[i * ldv + j] = std::conj(element);
      } else {
        static_cast<T*>(v)[i * ldv + j] = element;
      }
    }
  return kSuccess;
}
template <class T>
int gesvdj_batched_size(sv::Handle, int, int, int, const void*, int, const void*, const void*, int, const void*, int,
                        int* num, sv::JacobiSettings, int) {
  *num = kDeviceWork;
  return kSuccess;
}
template <class T>
int gesvdj_batched(sv::Handle handle, int job, int m, int n, void* a, int lda, void* values, void* u, int ldu, void* v,
                   int ldv, void* work, int num, int* info, sv::JacobiSettings settings, int batch) {
  if (m > kMostBatchedRows || n > kMostBatchedRows) return kInvalidValue;
  int status = kSuccess;
  for (int i = 0; i < batch && status == kSuccess; ++i)
    status = gesvdj<T>(handle, job, 0, m, n, static_cast<T*>(a) + i * m * n, lda,
                       static_cast<Real<T>*>(values) + i * std::min(m, n), static_cast<T*>(u) + i * m * m, ldu,
                       static_cast<T*>(v) + i * n * n, ldv, work, num, info + i, settings);
  return status;
}

template <class T>
int gesvda_size(sv::Handle, int, int, int, int, const void*, int, long long, const void*, long long, const void*, int,
                long long, const void*, int, long long, int* num, int) {
  *num = kDeviceWork;
  return kSuccess;
}
template <class T>
int gesvda(sv::Handle handle, int job, int rank, int m, int n, const void* a, int lda, long long a_stride, void* values,
           long long values_stride, void* u, int ldu, long long u_stride, void* v, int ldv, long long v_stride,
           void* work, int num, int* info, double* residuals, int batch) {
  // Of the library's ranks this stands in for the full one.
  if (m < n || rank != n || residuals == nullptr) return kInvalidValue;
  char settings = 0;
  int status = kSuccess;
  for (int i = 0; i < batch && status == kSuccess; ++i) {
    const T* from = static_cast<const T*>(a) + i * a_stride;
    std::vector<T> copy(from, from + static_cast<std::ptrdiff_t>(lda) * n);
    status = gesvdj<T>(handle, job, 1, m, n, copy.data(), lda, static_cast<Real<T>*>(values) + i * values_stride,
                       static_cast<T*>(u) + i * u_stride, ldu, static_cast<T*>(v) + i * v_stride, ldv, work, num,
                       info + i, reinterpret_cast<sv::JacobiSettings>(&settings));
  }
  return status;
}

using Names = std::map<std::string, void*>;

template <class Function>
void add(Names& names, const std::string& name, Function* function) {
  names["cusolverDn" + name] = reinterpret_cast<void*>(function);
}

template <class T>
void add_of_dtype(Names& names, const std::string& letter) {
  const std::string of_reflectors = kIsComplex<T> ? "ungqr" : "orgqr";
  add(names, letter + of_reflectors + "_bufferSize", orgqr_size<T>);
  add(names, letter + of_reflectors, orgqr<T>);
  add(names, letter + "gesvdj_bufferSize", gesvdj_size<T>);
  add(names, letter + "gesvdj", gesvdj<T>);
  add(names, letter + "gesvdjBatched_bufferSize", gesvdj_batched_size<T>);
  add(names, letter + "gesvdjBatched", gesvdj_batched<T>);
  add(names, letter + "gesvdaStridedBatched_bufferSize", gesvda_size<T>);
  add(names, letter + "gesvdaStridedBatched", gesvda<T>);
}

Names make_names() {
  Names names;
  add(names, "Create", create);
  add(names, "Destroy", destroy);
  add(names, "SetStream", set_stream);
  add(names, "CreateGesvdjInfo", create_jacobi);
  add(names, "DestroyGesvdjInfo", destroy_jacobi);
  add(names, "Xgeqrf_bufferSize", geqrf_size);
  add(names, "Xgeqrf", geqrf);
  add(names, "Xsyevd_bufferSize", syevd_size);
  add(names, "Xsyevd", syevd);
  add(names, "XsyevBatched_bufferSize", syev_batched_size);
  add(names, "XsyevBatched", syev_batched);
  add(names, "Xgeev_bufferSize", geev_size);
  add(names, "Xgeev", geev);
  add(names, "Xgesvd_bufferSize", gesvd_size);
  add(names, "Xgesvd", gesvd);
  add_of_dtype<float>(names, "S");
  add_of_dtype<double>(names, "D");
  add_of_dtype<std::complex<float>>(names, "C");
  add_of_dtype<std::complex<double>>(names, "Z");
  return names;
}

}  // namespace

bool open_lapack(const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) {
    lapack = dlopen((folder + "/scipy_openblas32/lib/libscipy_openblas.so").c_str(), RTLD_NOW | RTLD_LOCAL);
    if (lapack != nullptr) return true;
  }
  return false;
}

void* solver_function(const std::string& name) {
  static const Names names = make_names();
  const auto found = names.find(name);
  return found == names.end() ? nullptr : found->second;
}

}  // namespace vt::cuda::emulated
