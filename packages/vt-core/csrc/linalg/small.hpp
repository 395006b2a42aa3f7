// SPDX-License-Identifier: Apache-2.0
// LU factors of real matrices so small that a call of a library takes longer than their arithmetic.
#pragma once

#include <cmath>
#include <cstdint>
#include <utility>

// Note [Small matrices]
// As LAPACK's unblocked routines: column by column, the first of the largest elements of a column becomes its pivot. Sizes up to
// kUnrolled are known to the compiler.
namespace vt::core::lapack {

inline constexpr int kSmall = 8;
inline constexpr int kUnrolled = 4;

// Calls body.operator()<N>() with the size as a constant where it is one of those unrolled, 0 elsewhere.
template <class Body>
[[gnu::always_inline]] inline auto with_size(int n, Body&& body) {
  switch (n) {
    case 2: return body.template operator()<2>();
    case 3: return body.template operator()<3>();
    case kUnrolled: return body.template operator()<kUnrolled>();
    default: return body.template operator()<0>();
  }
}

// getrf of a square matrix whose columns lie one after the other; returns its info.
template <class T, int N>
int factor_small(int given, T* a, int* pivots) noexcept {
  const int n = N ? N : given;
  int info = 0;
  for (int k = 0; k < n; ++k) {
    T* const column = a + k * n;
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (std::fabs(column[i]) > std::fabs(column[pivot])) pivot = i;
    pivots[k] = pivot + 1;
    if (column[pivot] == T{0}) {
      if (info == 0) info = k + 1;
      continue;
    }
    if (pivot != k)
      for (int j = 0; j < n; ++j) std::swap(a[j * n + k], a[j * n + pivot]);
    for (int i = k + 1; i < n; ++i) column[i] /= column[k];
    for (int j = k + 1; j < n; ++j) {
      const T factor = a[j * n + k];
      for (int i = k + 1; i < n; ++i) a[j * n + i] -= column[i] * factor;
    }
  }
  return info;
}

// getrs of such factors, not transposed, for columns that lie one after the other.
template <class T, int N>
void solve_small(int given, int num_columns, const T* lu, const int* pivots, T* b) noexcept {
  const int n = N ? N : given;
  for (int c = 0; c < num_columns; ++c, b += n) {
    for (int k = 0; k < n; ++k)
      if (pivots[k] != k + 1) std::swap(b[k], b[pivots[k] - 1]);
    for (int k = 0; k < n; ++k)
      for (int i = k + 1; i < n; ++i) b[i] -= lu[k * n + i] * b[k];
    for (int k = n - 1; k >= 0; --k) {
      b[k] /= lu[k * n + k];
      for (int i = 0; i < k; ++i) b[i] -= lu[k * n + i] * b[k];
    }
  }
}

}  // namespace vt::core::lapack
