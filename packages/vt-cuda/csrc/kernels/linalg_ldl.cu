// SPDX-License-Identifier: Apache-2.0
// LDL factors of symmetric and Hermitian matrices with the pivots of Bunch and Kaufman (1977), and what is solved with them: Note
// [Factorisations on CUDA]. Pivots are chosen as LAPACK's sytf2 and hetf2 choose them.
#include "index.cuh"
#include "linalg.cuh"

namespace vt::cuda {
namespace {

template <class T>
VT_DEVICE T conjugate_if(bool conjugates, T v) {
  return conjugates ? conjugate_of(v) : v;
}
// A diagonal element: of a Hermitian matrix the real part.
template <class T>
VT_DEVICE T diagonal_of(bool hermitian, T v) {
  return hermitian ? from_real<T>(real_part(v)) : v;
}
template <class T>
VT_DEVICE Part<T> magnitude_of(T v) {
  if constexpr (kIsComplex<T>) {
    return length_of(v.real, v.imag);
  } else {
    return v < 0 ? -v : v;
  }
}
template <class T>
VT_DEVICE T one() {
  return from_real<T>(Part<T>{1});
}

template <class Part>
struct Largest {
  Part size;
  int64_t row;
};

// The first of the largest of size(i) for begin <= i < end, -1 for none; for all threads of the block.
template <class Part, class Size>
VT_DEVICE Largest<Part> largest_of(int64_t begin, int64_t end, Size&& size) {
  __shared__ Part sizes[kBlockThreads];
  __shared__ int64_t rows[kBlockThreads];
  const auto thread = static_cast<int>(threadIdx.x);
  Part most = -1;
  int64_t row = begin;
  for (int64_t i = begin + thread; i < end; i += kBlockThreads)
    if (const Part own = size(i); own > most) {
      most = own;
      row = i;
    }
  sizes[thread] = most;
  rows[thread] = row;
  __syncthreads();
  for (int half = kBlockThreads / 2; half > 0; half /= 2) {
    if (thread < half) {
      const int other = thread + half;
      if (sizes[other] > sizes[thread] || (sizes[other] == sizes[thread] && rows[other] < rows[thread])) {
        sizes[thread] = sizes[other];
        rows[thread] = rows[other];
      }
    }
    __syncthreads();
  }
  const Largest<Part> found{sizes[0], rows[0]};
  __syncthreads();
  return found;
}

// The lower triangle of one matrix, column-major.
template <class T>
struct Lower {
  T* a;
  int64_t n;
  bool hermitian;
  VT_DEVICE T& operator()(int64_t i, int64_t j) const { return a[j * n + i]; }
};

// The pivot of step k: the row to exchange with the last of the block, and whether that has two rows.
struct Pivot {
  int64_t row;
  bool is_pair;
};

template <class T>
VT_DEVICE Pivot pivot_of(const Lower<T>& a, int64_t k, Part<T> own, const Largest<Part<T>>& below) {
  const Part<T> alpha = static_cast<Part<T>>(0.64038820320220757);  // (1 + sqrt(17)) / 8
  if (own >= alpha * below.size) return {k, false};
  const int64_t row = below.row;
  const Part<T> left = largest_of<Part<T>>(k, row, [&](int64_t j) { return size_of(a(row, j)); }).size;
  const Part<T> under = largest_of<Part<T>>(row + 1, a.n, [&](int64_t i) { return size_of(a(i, row)); }).size;
  const Part<T> most = left > under ? left : under;
  if (own >= alpha * below.size * (below.size / most)) return {k, false};
  if (size_of(diagonal_of(a.hermitian, a(row, row))) >= alpha * most) return {row, false};
  return {row, true};
}

// Exchanges rows and columns `from` and `to` of what is left, from step k on; from < to.
template <class T>
VT_DEVICE void exchange(const Lower<T>& a, int64_t k, int64_t from, int64_t to) {
  for (int64_t i = to + 1 + threadIdx.x; i < a.n; i += kBlockThreads) {
    const T kept = a(i, from);
    a(i, from) = a(i, to);
    a(i, to) = kept;
  }
  for (int64_t i = from + 1 + threadIdx.x; i < to; i += kBlockThreads) {
    const T kept = conjugate_if(a.hermitian, a(i, from));
    a(i, from) = conjugate_if(a.hermitian, a(to, i));
    a(to, i) = kept;
  }
  if (threadIdx.x == 0) {
    a(to, from) = conjugate_if(a.hermitian, a(to, from));
    const T kept = a(from, from);
    a(from, from) = diagonal_of(a.hermitian, a(to, to));
    a(to, to) = diagonal_of(a.hermitian, kept);
    if (from > k) {
      const T beside = a(from, k);
      a(from, k) = a(to, k);
      a(to, k) = beside;
    }
  }
  __syncthreads();
}

// For the elements (i, j) with first <= j <= i < n.
template <class Body>
VT_DEVICE void for_each_below(int64_t first, int64_t n, Body&& body) {
  const int64_t rest = n - first;
  for (int64_t e = threadIdx.x; e < rest * rest; e += kBlockThreads)
    if (e % rest >= e / rest) body(first + e % rest, first + e / rest);
}

template <class T>
VT_DEVICE void eliminate_one(const Lower<T>& a, int64_t k) {
  const T inverse = quotient_of(one<T>(), a(k, k));
  for_each_below(k + 1, a.n, [&](int64_t i, int64_t j) {
    const T factor = product_of(inverse, conjugate_if(a.hermitian, a(j, k)));
    a(i, j) = without_product(a(i, k), factor, a(i, j));
    if (i == j) a(i, j) = diagonal_of(a.hermitian, a(i, j));
  });
  __syncthreads();
  for (int64_t i = k + 1 + threadIdx.x; i < a.n; i += kBlockThreads) a(i, k) = product_of(a(i, k), inverse);
  __syncthreads();
}

// Rows of L beside a block of two, scaled as LAPACK scales them: by its element below the diagonal, or that one's magnitude.
template <class T>
struct PairOfRows {
  VT_DEVICE PairOfRows(const Lower<T>& a, int64_t k) {
    const T off = a(k + 1, k);
    if (a.hermitian) {
      const Part<T> size = magnitude_of(off);
      first = divided(a(k + 1, k + 1), size);
      second = divided(a(k, k), size);
      turn = divided(off, size);
      const Part<T> scale = 1 / (real_part(first) * real_part(second) - 1);
      factor = from_real<T>(scale / size);
    } else {
      first = quotient_of(a(k + 1, k + 1), off);
      second = quotient_of(a(k, k), off);
      turn = one<T>();
      factor = quotient_of(quotient_of(one<T>(), without_product(negative(first), second, negative(one<T>()))), off);
    }
  }
  // What x and y, a row's elements in the two columns, become.
  VT_DEVICE T left(T x, T y) const { return product_of(factor, without_product(turn, y, product_of(first, x))); }
  VT_DEVICE T right(T x, T y) const {
    return product_of(factor, without_product(conjugate_of(turn), x, product_of(second, y)));
  }
  T first, second, turn, factor;
};

template <class T>
VT_DEVICE void eliminate_pair(const Lower<T>& a, int64_t k) {
  const PairOfRows<T> pair(a, k);
  for_each_below(k + 2, a.n, [&](int64_t i, int64_t j) {
    const T left = conjugate_if(a.hermitian, pair.left(a(j, k), a(j, k + 1)));
    const T right = conjugate_if(a.hermitian, pair.right(a(j, k), a(j, k + 1)));
    a(i, j) = without_product(a(i, k + 1), right, without_product(a(i, k), left, a(i, j)));
    if (i == j) a(i, j) = diagonal_of(a.hermitian, a(i, j));
  });
  __syncthreads();
  for (int64_t i = k + 2 + threadIdx.x; i < a.n; i += kBlockThreads) {
    const T x = a(i, k);
    const T y = a(i, k + 1);
    a(i, k) = pair.left(x, y);
    a(i, k + 1) = pair.right(x, y);
  }
  __syncthreads();
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) ldl(const __grid_constant__ LdlParams p) {
  wait_for_previous_kernel();
  const Lower<T> a{static_cast<T*>(p.matrices) + static_cast<int64_t>(blockIdx.x) * p.n * p.n, p.n, p.hermitian};
  int32_t* pivots = p.pivots + static_cast<int64_t>(blockIdx.x) * p.n;
  int32_t info = 0;
  for (int64_t k = 0; k < p.n;) {
    const Part<T> own = size_of(diagonal_of(p.hermitian, a(k, k)));
    const auto below = largest_of<Part<T>>(k + 1, p.n, [&](int64_t i) { return size_of(a(i, k)); });
    // NaN counts as a zero.
    if (!(own > 0 || below.size > 0) || own != own) {
      if (info == 0) info = static_cast<int32_t>(k) + 1;
      if (threadIdx.x == 0) {
        a(k, k) = diagonal_of(p.hermitian, a(k, k));
        pivots[k] = static_cast<int32_t>(k) + 1;
      }
      __syncthreads();
      ++k;
      continue;
    }
    const Pivot pivot = pivot_of(a, k, own, below);
    const int64_t last = pivot.is_pair ? k + 1 : k;
    __syncthreads();  // all have chosen before elements move
    if (pivot.row != last) exchange(a, k, last, pivot.row);
    if (threadIdx.x == 0) {
      a(k, k) = diagonal_of(p.hermitian, a(k, k));
      a(last, last) = diagonal_of(p.hermitian, a(last, last));
      const auto number = static_cast<int32_t>(pivot.row) + 1;
      for (int64_t i = k; i <= last; ++i) pivots[i] = pivot.is_pair ? -number : number;
    }
    __syncthreads();
    if (pivot.is_pair) {
      eliminate_pair(a, k);
    } else {
      eliminate_one(a, k);
    }
    k = last + 1;
  }
  if (threadIdx.x == 0) p.info[blockIdx.x] = info;
}

// A strip of right hand sides that is solved with the matrix's factors.
template <class T>
class LdlStrip : Strip<T> {
 public:
  VT_DEVICE explicit LdlStrip(const LdlSolveParams& p)
      : Strip<T>(p.system), p_(p), pivots_(p.pivots + matrix() * n()) {}

  VT_DEVICE void solve() {
    for (int64_t k = 0; k < n();) k += forward(k);
    for (int64_t k = n() - 1; k >= 0;) k -= backward(k);
  }

 private:
  using Strip<T>::at;
  using Strip<T>::factor;
  using Strip<T>::matrix;
  using Strip<T>::n;
  using Strip<T>::num;

  // The row that a pivot names, of which one out of range is reported, and names none to exchange: `own`.
  VT_DEVICE int64_t row_of(int32_t pivot, int64_t own) const {
    const int64_t row = (pivot < 0 ? -static_cast<int64_t>(pivot) : pivot) - 1;
    if (row >= 0 && row < n()) return row;
    report(p_.record, IndexOp::kPivots, pivot, 0, n());
    return own;
  }
  VT_DEVICE void exchange(int64_t i, int64_t j) const {
    if (i != j && threadIdx.x < num()) {
      const T kept = at(i, threadIdx.x);
      at(i, threadIdx.x) = at(j, threadIdx.x);
      at(j, threadIdx.x) = kept;
    }
    __syncthreads();
  }
  // Row k + i of X for i < size is final: the rows below lose their part of it.
  VT_DEVICE void clear_below(int64_t k, int size) const {
    const int64_t rows = n() - k - size;
    for (int64_t e = threadIdx.x; e < rows * num(); e += kBlockThreads) {
      const int64_t c = e / rows;
      const int64_t i = e % rows + k + size;
      for (int step = 0; step < size; ++step)
        at(i, c) = without_product(factor(i, k + step), at(k + step, c), at(i, c));
    }
    __syncthreads();
  }

  // L and D of the block that begins at k; how many rows it has.
  VT_DEVICE int forward(int64_t k) {
    const int32_t pivot = pivots_[k];
    const bool is_pair = pivot < 0 && k + 1 < n();
    const int size = is_pair ? 2 : 1;
    exchange(k + size - 1, row_of(pivot, k + size - 1));
    clear_below(k, size);
    if (threadIdx.x < num()) {
      const int64_t c = threadIdx.x;
      if (is_pair) {
        const T off = factor(k + 1, k);
        const T above = conjugate_if(p_.hermitian, off);
        const T first = quotient_of(factor(k, k), above);
        const T second = quotient_of(factor(k + 1, k + 1), off);
        const T determinant = without_product(negative(first), second, negative(one<T>()));
        const T x = quotient_of(at(k, c), above);
        const T y = quotient_of(at(k + 1, c), off);
        at(k, c) = quotient_of(without_product(negative(second), x, negative(y)), determinant);
        at(k + 1, c) = quotient_of(without_product(negative(first), y, negative(x)), determinant);
      } else {
        at(k, c) = quotient_of(at(k, c), diagonal_of(p_.hermitian, factor(k, k)));
      }
    }
    __syncthreads();
    return size;
  }

  // The transpose of L's columns of the block that ends at k.
  VT_DEVICE int backward(int64_t k) {
    const int32_t pivot = pivots_[k];
    const int size = pivot < 0 && k > 0 ? 2 : 1;
    for (int step = 0; step < size; ++step) subtract_rows_below(k - step, k);
    exchange(k, row_of(pivot, k));
    return size;
  }

  // Row `column` of X loses the product of the rows behind `last` and that column of L. Each right hand side has threads of its own,
  // whose sums are added as a tree.
  VT_DEVICE void subtract_rows_below(int64_t column, int64_t last) const {
    constexpr int kLanes = kBlockThreads / kSidesPerStrip;
    __shared__ T sums[kBlockThreads];
    const int lane = static_cast<int>(threadIdx.x) % kLanes;
    const int64_t c = threadIdx.x / kLanes;
    T sum{};
    if (c < num())
      for (int64_t i = last + 1 + lane; i < n(); i += kLanes)
        sum = fused(conjugate_if(p_.hermitian, factor(i, column)), at(i, c), sum);
    sums[threadIdx.x] = sum;
    __syncthreads();
    for (int half = kLanes / 2; half > 0; half /= 2) {
      if (lane < half) sums[threadIdx.x] = sum_of(sums[threadIdx.x], sums[threadIdx.x + half]);
      __syncthreads();
    }
    if (lane == 0 && c < num()) at(column, c) = sum_of(at(column, c), negative(sums[threadIdx.x]));
    __syncthreads();
  }

  const LdlSolveParams& p_;
  const int32_t* pivots_;
};

template <class T>
__global__ void __launch_bounds__(kBlockThreads) ldl_solve(const __grid_constant__ LdlSolveParams p) {
  wait_for_previous_kernel();
  LdlStrip<T>(p).solve();
}

}  // namespace

const void* ldl_kernel(DtypeIndex dtype) noexcept {
  return matrix_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&ldl<T>); });
}
const void* ldl_solve_kernel(DtypeIndex dtype) noexcept {
  return matrix_kernel(dtype, [&]<class T>() { return reinterpret_cast<const void*>(&ldl_solve<T>); });
}

}  // namespace vt::cuda
