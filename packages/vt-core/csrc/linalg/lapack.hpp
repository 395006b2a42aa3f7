// SPDX-License-Identifier: Apache-2.0
// LAPACK's routines as C++ functions of the four dtypes, looked up at their first use. Matrices are column-major; each function
// returns LAPACK's info. Call lapack::require() first.
#pragma once

#include <vt/cpp/error.hpp>

#include <algorithm>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "linalg/library.hpp"
#include "linalg/small.hpp"

// Note [Calls of Fortran]
// Every argument is passed by address; the lengths of character arguments follow the last one by value.
namespace vt::core::lapack {

template <class T>
inline constexpr bool kIsComplex = false;
template <class R>
inline constexpr bool kIsComplex<std::complex<R>> = true;

template <class T>
struct RealPart {
  using Type = T;
};
template <class R>
struct RealPart<std::complex<R>> {
  using Type = R;
};
template <class T>
using Real = typename RealPart<T>::Type;

template <class T>
inline constexpr char kLetter = std::is_same_v<T, float>                 ? 's'
                                : std::is_same_v<T, double>              ? 'd'
                                : std::is_same_v<T, std::complex<float>> ? 'c'
                                                                         : 'z';

// A routine of T by its name without the letter; `complex_name` where complex dtypes have another one.
template <class T, class... Args>
class Routine {
 public:
  explicit Routine(const char* name, const char* complex_name = nullptr)
      : function_(reinterpret_cast<void (*)(Args...)>(
            routine(kLetter<T> + std::string(kIsComplex<T> && complex_name ? complex_name : name)))) {}
  void operator()(Args... args) const { function_(args...); }

 private:
  void (*function_)(Args...);
};

using Int = int;
using Length = std::size_t;

// Memory for a routine, of the size that it asked for: a number in the first element of a trial run's workspace.
template <class T>
class Workspace {
 public:
  explicit Workspace(T asked) : size_(checked(std::real(asked))), memory_(static_cast<std::size_t>(size_)) {}
  T* data() noexcept { return memory_.data(); }
  const Int* size() const noexcept { return &size_; }

 private:
  static Int checked(double asked) {
    // In single precision the number is rounded.
    const double size = std::max(asked * (1 + 1e-6), 1.0);
    if (!(size < 0x1p31))
      fail(VT_ERROR_OVERFLOW, "the matrix is too large: LAPACK's workspace does not fit in 31 bits");
    return static_cast<Int>(size);
  }
  Int size_;
  std::vector<T> memory_;
};

inline constexpr Int kAsk = -1;  // as the size of a workspace: say how much is needed

// A = L L^H or U^H U, in the triangle that `uplo` names.
template <class T>
Int potrf(char uplo, Int n, T* a, Int lda) {
  static const Routine<T, const char*, const Int*, T*, const Int*, Int*, Length> call("potrf");
  Int info = 0;
  call(&uplo, &n, a, &lda, &info, 1);
  return info;
}

// A = P L U.
template <class T>
Int getrf(Int m, Int n, T* a, Int lda, Int* pivots) {
  if constexpr (!kIsComplex<T>)
    if (m == n && n <= kSmall && lda == n)
      return with_size(n, [&]<int N>() { return factor_small<T, N>(n, a, pivots); });
  static const Routine<T, const Int*, const Int*, T*, const Int*, Int*, Int*> call("getrf");
  Int info = 0;
  call(&m, &n, a, &lda, pivots, &info);
  return info;
}

// op(A) X = B of factors of getrf.
template <class T>
void getrs(char trans, Int n, Int num_columns, const T* lu, Int ld_lu, const Int* pivots, T* b, Int ldb) {
  if constexpr (!kIsComplex<T>)
    if (trans == 'N' && n <= kSmall && num_columns <= kSmall && ld_lu == n && ldb == n)
      return with_size(n, [&]<int N>() { solve_small<T, N>(n, num_columns, lu, pivots, b); });
  static const Routine<T, const char*, const Int*, const Int*, const T*, const Int*, const Int*, T*, const Int*, Int*,
                       Length>
      call("getrs");
  Int info = 0;
  call(&trans, &n, &num_columns, lu, &ld_lu, pivots, b, &ldb, &info, 1);
}

// op(A) X = B or X op(A) = B of a triangular A.
template <class T>
void trsm(char side, char uplo, char trans, char diag, Int m, Int n, const T* a, Int lda, T* b, Int ldb) {
  static const Routine<T, const char*, const char*, const char*, const char*, const Int*, const Int*, const T*,
                       const T*, const Int*, T*, const Int*, Length, Length, Length, Length>
      call("trsm");
  const T one{1};
  call(&side, &uplo, &trans, &diag, &m, &n, &one, a, &lda, b, &ldb, 1, 1, 1, 1);
}

// A = Q R: R above, reflectors below the diagonal.
template <class T>
Int geqrf(Int m, Int n, T* a, Int lda, T* tau) {
  static const Routine<T, const Int*, const Int*, T*, const Int*, T*, T*, const Int*, Int*> call("geqrf");
  Int info = 0;
  T asked{};
  call(&m, &n, a, &lda, tau, &asked, &kAsk, &info);
  Workspace<T> work(asked);
  call(&m, &n, a, &lda, tau, work.data(), work.size(), &info);
  return info;
}

// The first n columns of the product of k reflectors.
template <class T>
Int orgqr(Int m, Int n, Int k, T* a, Int lda, const T* tau) {
  static const Routine<T, const Int*, const Int*, const Int*, T*, const Int*, const T*, T*, const Int*, Int*> call(
      "orgqr", "ungqr");
  Int info = 0;
  T asked{};
  call(&m, &n, &k, a, &lda, tau, &asked, &kAsk, &info);
  Workspace<T> work(asked);
  call(&m, &n, &k, a, &lda, tau, work.data(), work.size(), &info);
  return info;
}

// Eigenvalues, and with job 'V' eigenvectors in a, of a symmetric or Hermitian matrix.
template <class T>
Int syevd(char job, char uplo, Int n, T* a, Int lda, Real<T>* values) {
  Int info = 0;
  T asked{};
  Int asked_int = 0;
  if constexpr (kIsComplex<T>) {
    static const Routine<T, const char*, const char*, const Int*, T*, const Int*, Real<T>*, T*, const Int*, Real<T>*,
                         const Int*, Int*, const Int*, Int*, Length, Length>
        call("heevd");
    Real<T> asked_real{};
    call(&job, &uplo, &n, a, &lda, values, &asked, &kAsk, &asked_real, &kAsk, &asked_int, &kAsk, &info, 1, 1);
    Workspace<T> work(asked);
    Workspace<Real<T>> real_work(asked_real);
    std::vector<Int> int_work(static_cast<std::size_t>(std::max(asked_int, 1)));
    const auto num_ints = static_cast<Int>(int_work.size());
    call(&job, &uplo, &n, a, &lda, values, work.data(), work.size(), real_work.data(), real_work.size(),
         int_work.data(), &num_ints, &info, 1, 1);
  } else {
    static const Routine<T, const char*, const char*, const Int*, T*, const Int*, T*, T*, const Int*, Int*, const Int*,
                         Int*, Length, Length>
        call("syevd");
    call(&job, &uplo, &n, a, &lda, values, &asked, &kAsk, &asked_int, &kAsk, &info, 1, 1);
    Workspace<T> work(asked);
    std::vector<Int> int_work(static_cast<std::size_t>(std::max(asked_int, 1)));
    const auto num_ints = static_cast<Int>(int_work.size());
    call(&job, &uplo, &n, a, &lda, values, work.data(), work.size(), int_work.data(), &num_ints, &info, 1, 1);
  }
  return info;
}

// Eigenvalues and, unless `vectors` is null, right eigenvectors of a general matrix, which is overwritten. Of a real matrix they
// come packed as LAPACK has them: `values` holds n real parts, then n imaginary ones, and complex pairs of vectors take two columns.
template <class T>
Int geev(Int n, T* a, Int lda, T* values, T* vectors, Int ld_vectors) {
  const char left = 'N';
  const char right = vectors ? 'V' : 'N';
  const Int ld_left = 1;
  Int info = 0;
  T asked{};
  T unused{};
  T* out = vectors ? vectors : &unused;
  if constexpr (kIsComplex<T>) {
    static const Routine<T, const char*, const char*, const Int*, T*, const Int*, T*, T*, const Int*, T*, const Int*,
                         T*, const Int*, Real<T>*, Int*, Length, Length>
        call("geev");
    std::vector<Real<T>> real_work(2 * static_cast<std::size_t>(n));
    call(&left, &right, &n, a, &lda, values, &unused, &ld_left, out, &ld_vectors, &asked, &kAsk, real_work.data(),
         &info, 1, 1);
    Workspace<T> work(asked);
    call(&left, &right, &n, a, &lda, values, &unused, &ld_left, out, &ld_vectors, work.data(), work.size(),
         real_work.data(), &info, 1, 1);
  } else {
    static const Routine<T, const char*, const char*, const Int*, T*, const Int*, T*, T*, T*, const Int*, T*,
                         const Int*, T*, const Int*, Int*, Length, Length>
        call("geev");
    call(&left, &right, &n, a, &lda, values, values + n, &unused, &ld_left, out, &ld_vectors, &asked, &kAsk, &info, 1,
         1);
    Workspace<T> work(asked);
    call(&left, &right, &n, a, &lda, values, values + n, &unused, &ld_left, out, &ld_vectors, work.data(), work.size(),
         &info, 1, 1);
  }
  return info;
}

// Singular values and, by the job ('N', 'S' reduced, 'A' all), singular vectors. a is overwritten.
template <class T>
Int gesdd(char job, Int m, Int n, T* a, Int lda, Real<T>* s, T* u, Int ldu, T* vh, Int ldvh) {
  Int info = 0;
  T asked{};
  const auto least = static_cast<std::size_t>(std::min(m, n));
  const auto most = static_cast<std::size_t>(std::max(m, n));
  std::vector<Int> int_work(8 * least);
  if constexpr (kIsComplex<T>) {
    static const Routine<T, const char*, const Int*, const Int*, T*, const Int*, Real<T>*, T*, const Int*, T*,
                         const Int*, T*, const Int*, Real<T>*, Int*, Int*, Length>
        call("gesdd");
    // The larger of what the versions of LAPACK document.
    const std::size_t reals = job == 'N' ? 7 * least : least * std::max(5 * least + 7, 2 * most + 2 * least + 1);
    std::vector<Real<T>> real_work(std::max<std::size_t>(reals, 1));
    call(&job, &m, &n, a, &lda, s, u, &ldu, vh, &ldvh, &asked, &kAsk, real_work.data(), int_work.data(), &info, 1);
    Workspace<T> work(asked);
    call(&job, &m, &n, a, &lda, s, u, &ldu, vh, &ldvh, work.data(), work.size(), real_work.data(), int_work.data(),
         &info, 1);
  } else {
    static const Routine<T, const char*, const Int*, const Int*, T*, const Int*, T*, T*, const Int*, T*, const Int*, T*,
                         const Int*, Int*, Int*, Length>
        call("gesdd");
    call(&job, &m, &n, a, &lda, s, u, &ldu, vh, &ldvh, &asked, &kAsk, int_work.data(), &info, 1);
    Workspace<T> work(asked);
    call(&job, &m, &n, a, &lda, s, u, &ldu, vh, &ldvh, work.data(), work.size(), int_work.data(), &info, 1);
  }
  return info;
}

// Least squares of a matrix of full rank, by its QR factors. a and b are overwritten.
template <class T>
Int gels(Int m, Int n, Int num_columns, T* a, Int lda, T* b, Int ldb) {
  static const Routine<T, const char*, const Int*, const Int*, const Int*, T*, const Int*, T*, const Int*, T*,
                       const Int*, Int*, Length>
      call("gels");
  const char trans = 'N';
  Int info = 0;
  T asked{};
  call(&trans, &m, &n, &num_columns, a, &lda, b, &ldb, &asked, &kAsk, &info, 1);
  Workspace<T> work(asked);
  call(&trans, &m, &n, &num_columns, a, &lda, b, &ldb, work.data(), work.size(), &info, 1);
  return info;
}

// The same of any rank, by QR factors with column pivoting.
template <class T>
Int gelsy(Int m, Int n, Int num_columns, T* a, Int lda, T* b, Int ldb, Real<T> rcond, Int* rank) {
  std::vector<Int> column_pivots(static_cast<std::size_t>(n));
  Int info = 0;
  T asked{};
  if constexpr (kIsComplex<T>) {
    static const Routine<T, const Int*, const Int*, const Int*, T*, const Int*, T*, const Int*, Int*, const Real<T>*,
                         Int*, T*, const Int*, Real<T>*, Int*>
        call("gelsy");
    std::vector<Real<T>> real_work(2 * static_cast<std::size_t>(n) + 1);
    call(&m, &n, &num_columns, a, &lda, b, &ldb, column_pivots.data(), &rcond, rank, &asked, &kAsk, real_work.data(),
         &info);
    Workspace<T> work(asked);
    call(&m, &n, &num_columns, a, &lda, b, &ldb, column_pivots.data(), &rcond, rank, work.data(), work.size(),
         real_work.data(), &info);
  } else {
    static const Routine<T, const Int*, const Int*, const Int*, T*, const Int*, T*, const Int*, Int*, const T*, Int*,
                         T*, const Int*, Int*>
        call("gelsy");
    call(&m, &n, &num_columns, a, &lda, b, &ldb, column_pivots.data(), &rcond, rank, &asked, &kAsk, &info);
    Workspace<T> work(asked);
    call(&m, &n, &num_columns, a, &lda, b, &ldb, column_pivots.data(), &rcond, rank, work.data(), work.size(), &info);
  }
  return info;
}

// The same of any rank, by singular values.
template <class T>
Int gelss(Int m, Int n, Int num_columns, T* a, Int lda, T* b, Int ldb, Real<T>* s, Real<T> rcond, Int* rank) {
  Int info = 0;
  T asked{};
  if constexpr (kIsComplex<T>) {
    static const Routine<T, const Int*, const Int*, const Int*, T*, const Int*, T*, const Int*, Real<T>*,
                         const Real<T>*, Int*, T*, const Int*, Real<T>*, Int*>
        call("gelss");
    std::vector<Real<T>> real_work(5 * static_cast<std::size_t>(std::min(m, n)) + 1);
    call(&m, &n, &num_columns, a, &lda, b, &ldb, s, &rcond, rank, &asked, &kAsk, real_work.data(), &info);
    Workspace<T> work(asked);
    call(&m, &n, &num_columns, a, &lda, b, &ldb, s, &rcond, rank, work.data(), work.size(), real_work.data(), &info);
  } else {
    static const Routine<T, const Int*, const Int*, const Int*, T*, const Int*, T*, const Int*, T*, const T*, Int*, T*,
                         const Int*, Int*>
        call("gelss");
    call(&m, &n, &num_columns, a, &lda, b, &ldb, s, &rcond, rank, &asked, &kAsk, &info);
    Workspace<T> work(asked);
    call(&m, &n, &num_columns, a, &lda, b, &ldb, s, &rcond, rank, work.data(), work.size(), &info);
  }
  return info;
}

// The same by singular values, divide and conquer.
template <class T>
Int gelsd(Int m, Int n, Int num_columns, T* a, Int lda, T* b, Int ldb, Real<T>* s, Real<T> rcond, Int* rank) {
  Int info = 0;
  T asked{};
  Int asked_int = 0;
  if constexpr (kIsComplex<T>) {
    static const Routine<T, const Int*, const Int*, const Int*, T*, const Int*, T*, const Int*, Real<T>*,
                         const Real<T>*, Int*, T*, const Int*, Real<T>*, Int*, Int*>
        call("gelsd");
    Real<T> asked_real{};
    call(&m, &n, &num_columns, a, &lda, b, &ldb, s, &rcond, rank, &asked, &kAsk, &asked_real, &asked_int, &info);
    Workspace<T> work(asked);
    Workspace<Real<T>> real_work(asked_real);
    std::vector<Int> int_work(static_cast<std::size_t>(std::max(asked_int, 1)));
    call(&m, &n, &num_columns, a, &lda, b, &ldb, s, &rcond, rank, work.data(), work.size(), real_work.data(),
         int_work.data(), &info);
  } else {
    static const Routine<T, const Int*, const Int*, const Int*, T*, const Int*, T*, const Int*, T*, const T*, Int*, T*,
                         const Int*, Int*, Int*>
        call("gelsd");
    call(&m, &n, &num_columns, a, &lda, b, &ldb, s, &rcond, rank, &asked, &kAsk, &asked_int, &info);
    Workspace<T> work(asked);
    std::vector<Int> int_work(static_cast<std::size_t>(std::max(asked_int, 1)));
    call(&m, &n, &num_columns, a, &lda, b, &ldb, s, &rcond, rank, work.data(), work.size(), int_work.data(), &info);
  }
  return info;
}

// A = L D L^T, or L D L^H where `hermitian`, with blocks of one or two in D (Bunch and Kaufman, 1977).
template <class T>
Int sytrf(bool hermitian, Int n, T* a, Int lda, Int* pivots) {
  using Call = Routine<T, const char*, const Int*, T*, const Int*, Int*, T*, const Int*, Int*, Length>;
  static const Call symmetric("sytrf");
  const Call* call = &symmetric;
  if constexpr (kIsComplex<T>) {
    static const Call conjugate("hetrf");
    if (hermitian) call = &conjugate;
  }
  const char uplo = 'L';
  Int info = 0;
  T asked{};
  (*call)(&uplo, &n, a, &lda, pivots, &asked, &kAsk, &info, 1);
  Workspace<T> work(asked);
  (*call)(&uplo, &n, a, &lda, pivots, work.data(), work.size(), &info, 1);
  return info;
}

// A X = B of factors of sytrf.
template <class T>
void sytrs(bool hermitian, Int n, Int num_columns, const T* ld, Int ld_ld, const Int* pivots, T* b, Int ldb) {
  using Call =
      Routine<T, const char*, const Int*, const Int*, const T*, const Int*, const Int*, T*, const Int*, Int*, Length>;
  static const Call symmetric("sytrs");
  const Call* call = &symmetric;
  if constexpr (kIsComplex<T>) {
    static const Call conjugate("hetrs");
    if (hermitian) call = &conjugate;
  }
  const char uplo = 'L';
  Int info = 0;
  (*call)(&uplo, &n, &num_columns, ld, &ld_ld, pivots, b, &ldb, &info, 1);
}

}  // namespace vt::core::lapack
