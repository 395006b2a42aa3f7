// SPDX-License-Identifier: Apache-2.0
// Chooses how a matrix product is computed and spreads it over threads.
#include "ops/gemm.hpp"

#include <pthread.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

#include "ops/loops/gemm.hpp"
#include "ops/loops/table.hpp"
#include "ops/runs.hpp"
#include "runtime/thread_pool.hpp"

// Note [Parts of a matrix product]
// c is cut by rows and columns, never along k. How a part is computed is chosen from the sizes and strides of the whole product,
// and the loops give an element the same value in any part, so results do not depend on the number of threads.
namespace vt::core {

namespace {

// Multiplications per part of a parallel loop: some 10 us.
constexpr int64_t kWorkPerPart = int64_t{1} << 20;
constexpr int64_t kPartsPerThread = 4;
// Parts are multiples of this, so that the tiles of all but the last are full on every instruction set.
constexpr int64_t kColumnUnit = 64;
constexpr int64_t kRowUnit = 28;
// Matrices of fewer elements stay in the second cache, where tiles read them as fast.
constexpr int64_t kLargeMatrix = 64 * 1024;
// Dots of fewer steps do not fill a vector: to turn the matrix for tiles costs less than to add up the lanes of each.
constexpr int64_t kFewSteps = 16;
// Products of at most so many multiplications are made one by one without a tile.
constexpr int64_t kSmallProduct = 64;

const GemmLoop& loop_of(DLDataType dtype) noexcept {
  return loops<GemmLoops>().by_dtype[static_cast<size_t>(dtype_index(dtype))];
}

// Memory for packed blocks, one per thread, made when it is first needed. Pages that are never written cost nothing. A key
// frees it: where memory is short, registering the destructor of a thread-local object would end the process.
char* thread_scratch() {
  static const pthread_key_t key = [] {
    pthread_key_t made{};
    if (pthread_key_create(&made, std::free) != 0) throw std::bad_alloc();
    return made;
  }();
  auto* scratch = static_cast<char*>(pthread_getspecific(key));
  if (scratch) return scratch;
  scratch = static_cast<char*>(std::aligned_alloc(kBlockAlignment, kGemmScratchBytes));
  if (!scratch) throw std::bad_alloc();
  if (pthread_setspecific(key, scratch) != 0) {
    std::free(scratch);
    throw std::bad_alloc();
  }
  return scratch;
}

// The same product with its sides exchanged: c^T = b^T a^T.
GemmProblem transposed(const GemmProblem& p) noexcept {
  GemmProblem t = p;
  std::swap(t.m, t.n);
  t.a = p.b;
  t.a_row = p.b_col;
  t.a_col = p.b_row;
  t.b = p.a;
  t.b_row = p.a_col;
  t.b_col = p.a_row;
  std::swap(t.c_row, t.c_col);
  std::swap(t.d_row, t.d_col);
  return t;
}

// How the products of one size and layout are computed.
struct Choice {
  Choice(const GemmProblem& p, const GemmLoop& loop, int64_t itemsize) noexcept
      : way(loop.tiles),
        exchanged((p.n <= kGemmFewRows && p.n < p.m) || (p.c_col != 1 && p.n > 1 && (p.c_row == 1 || p.m == 1))) {
    const GemmProblem q = applied(p);
    if (q.m > kGemmFewRows || q.k == 0 || !loop.rows) return;
    // Rows that lie as they are summed are not copied for dots.
    const bool as_they_lie = itemsize >= 4 && q.a_col == 1 && (q.m == 1 || q.a_row == q.k);
    const bool fill_vectors = q.k >= kFewSteps || (q.m == 1 && 2 * q.k >= kFewSteps && itemsize == 8);
    const bool dots = q.b_row == 1 && fill_vectors && (as_they_lie || q.m * q.k <= kGemmMostDotElements);
    if (dots && q.n == 1) {
      way = loop.dots;
    } else if (q.b_col == 1 && q.n * q.k >= kLargeMatrix) {
      way = loop.rows;
    } else if (dots) {
      way = loop.dots;
    }
  }
  // The product in the form that the loop takes.
  GemmProblem applied(const GemmProblem& p) const noexcept {
    GemmProblem q = exchanged ? transposed(p) : p;
    if (q.n == 1) q.c_col = q.b_col = 1;
    if (q.k == 1) q.a_col = q.b_row = 1;
    return q;
  }

  GemmFunction way;
  bool exchanged;
};

// Moves to rows [row, row + rows) and columns [column, column + columns).
GemmProblem part_of(const GemmProblem& p, int64_t itemsize, int64_t row, int64_t rows, int64_t column,
                    int64_t columns) {
  const auto moved = [itemsize](auto* data, int64_t elements) {
    using Char = std::conditional_t<std::is_const_v<std::remove_pointer_t<decltype(data)>>, const char, char>;
    return data ? static_cast<Char*>(data) + elements * itemsize : nullptr;
  };
  GemmProblem part = p;
  part.m = rows;
  part.n = columns;
  part.a = moved(p.a, row * p.a_row);
  part.b = moved(p.b, column * p.b_col);
  part.c = moved(p.c, row * p.c_row + column * p.c_col);
  part.d = moved(p.d, row * p.d_row + column * p.d_col);
  return part;
}

// How a product is cut: into rows x columns parts, of which the last ones are smaller.
struct Grid {
  Grid(const GemmProblem& p, int64_t wanted) noexcept : rows(p.m), columns(p.n) {
    const auto halve = [](int64_t size, int64_t unit) { return (size / 2 + unit - 1) / unit * unit; };
    while (num(p) < wanted) {
      if (columns >= rows && columns > kColumnUnit) {
        columns = halve(columns, kColumnUnit);
      } else if (rows > kRowUnit) {
        rows = halve(rows, kRowUnit);
      } else if (columns > kColumnUnit) {
        columns = halve(columns, kColumnUnit);
      } else {
        return;
      }
    }
  }
  int64_t down(const GemmProblem& p) const noexcept { return (p.m + rows - 1) / rows; }
  int64_t across(const GemmProblem& p) const noexcept { return (p.n + columns - 1) / columns; }
  int64_t num(const GemmProblem& p) const noexcept { return down(p) * across(p); }

  int64_t rows;
  int64_t columns;
};

// Multiplications, counted so that reading and writing a matrix is work too.
int64_t work_of(const GemmProblem& p) noexcept {
  return std::max<int64_t>(p.m, 8) * std::max<int64_t>(p.n, 8) * std::max<int64_t>(p.k, 8);
}

// Parts to cut each of `num` products into.
int64_t wanted_parts(const GemmProblem& p, int64_t num) noexcept {
  const int32_t threads = num_threads();
  const int64_t most = threads * kPartsPerThread;
  if (threads == 1 || num >= most) return 1;
  return std::min((most + num - 1) / num, work_of(p) / kWorkPerPart);
}

int64_t size_of(const GemmBatch& batch) noexcept {
  int64_t num = 1;
  for (const int64_t size : batch.sizes) num *= size;
  return num;
}

// The product of the index-th matrices.
GemmProblem matrices_at(const GemmProblem& p, const GemmBatch& batch, int64_t itemsize, int64_t index) noexcept {
  GemmProblem q = p;
  for (size_t dim = batch.sizes.size(); dim-- > 0;) {
    const int64_t bytes = index % batch.sizes[dim] * itemsize;
    index /= batch.sizes[dim];
    q.a = static_cast<const char*>(q.a) + bytes * batch.a[dim];
    q.b = static_cast<const char*>(q.b) + bytes * batch.b[dim];
    q.c = static_cast<char*>(q.c) + bytes * batch.c[dim];
    if (q.d) q.d = static_cast<const char*>(q.d) + bytes * batch.d[dim];
  }
  return q;
}

// The products from `begin` to `end`, those along the last dimension of the batch in one call.
void run_small(GemmSmall small, const GemmProblem& p, const GemmBatch& batch, int64_t itemsize, int64_t begin,
               int64_t end) {
  const size_t last = batch.sizes.size() - 1;
  const int64_t size = batch.sizes[last];
  while (begin < end) {
    const int64_t num = std::min(end - begin, size - begin % size);
    small(matrices_at(p, batch, itemsize, begin), num, batch.a[last], batch.b[last], batch.c[last],
          p.d ? batch.d[last] : 0);
    begin += num;
  }
}

}  // namespace

bool has_gemm(DLDataType dtype) noexcept { return loop_of(dtype).tiles != nullptr; }

void gemm_on_this_thread(DLDataType dtype, const GemmProblem& problem) {
  if (problem.m == 0 || problem.n == 0) return;
  const GemmLoop& loop = loop_of(dtype);
  const Choice choice(problem, loop, itemsize_of(dtype));
  choice.way(choice.applied(problem), thread_scratch());
}

void gemm(DLDataType dtype, const GemmProblem& problem) {
  if (work_of(problem) <= kWorkPerPart) return gemm_on_this_thread(dtype, problem);
  gemm_batched(dtype, problem, {});
}

void gemm_batched(DLDataType dtype, const GemmProblem& problem, const GemmBatch& batch) {
  const int64_t num = size_of(batch);
  if (problem.m == 0 || problem.n == 0 || num == 0) return;
  const int64_t itemsize = itemsize_of(dtype);
  if (loop_of(dtype).small && problem.m * problem.n * problem.k <= kSmallProduct && batch.sizes.size() > 0) {
    parallel_for(0, num, kGrain / kSmallProduct, [&](int64_t begin, int64_t end) {
      run_small(loop_of(dtype).small, problem, batch, itemsize, begin, end);
    });
    return;
  }
  const Choice choice(problem, loop_of(dtype), itemsize);
  const GemmProblem p = choice.applied(problem);
  const Grid grid(p, wanted_parts(p, num));
  const int64_t across = grid.across(p);
  const int64_t parts = grid.down(p) * across;
  const int64_t grain = std::max<int64_t>(kWorkPerPart / (work_of(p) / parts + 1), 1);
  parallel_for(0, num * parts, grain, [&](int64_t begin, int64_t end) {
    char* scratch = thread_scratch();
    for (int64_t i = begin; i < end; ++i) {
      const GemmProblem matrices = choice.applied(matrices_at(problem, batch, itemsize, i / parts));
      const int64_t row = i % parts / across * grid.rows;
      const int64_t column = i % across * grid.columns;
      choice.way(part_of(matrices, itemsize, row, std::min(grid.rows, p.m - row), column,
                         std::min(grid.columns, p.n - column)),
                 scratch);
    }
  });
}

}  // namespace vt::core
