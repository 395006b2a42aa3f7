// SPDX-License-Identifier: Apache-2.0
// Runs a ReducePlan: the one engine of all reductions on the CPU (Note [Reductions] in reduce_plan.hpp).
#include <memory>

#include "ops/loops/reduction.hpp"
#include "ops/reduce_plan.hpp"

namespace vt::core {

namespace {

// Cells of one block on the stack.
struct BlockCells {
  alignas(16) char bytes[static_cast<size_t>(kReduceColumns) * kMaxReduceCell];
};

// Rows that follow each other without gaps and are narrow: several of them are gathered as one wide row, whose columns are
// then merged. Returns the number of rows done.
int64_t gather_narrow_rows(const ReducePlan& p, const char* src, int64_t rows, int64_t columns, char* cells) {
  const int64_t joined = kReduceColumns / columns;
  const int64_t wide_rows = rows / joined;
  const int64_t itemsize = p.kept.strides[0];
  if (p.positional || joined < 32 || wide_rows < 4 || p.reduced.strides[0] != columns * itemsize) return 0;
  BlockCells wide;
  p.loops->clear(wide.bytes, joined * columns);
  p.loops->rows(src, joined * columns * itemsize, wide_rows, itemsize, joined * columns, 0, wide.bytes, p.settings);
  for (int64_t j = 0; j < joined; ++j)
    p.loops->merge(cells, wide.bytes + static_cast<size_t>(j * columns) * p.loops->cell_bytes, columns);
  return wide_rows * joined;
}

// Gathers reduced elements [begin, end) of the outputs of one block in `cells`.
void gather(const ReducePlan& p, const ReduceBlock& block, int64_t begin, int64_t end, char* cells) {
  const char* src = p.src + p.kept.offset(block.first, p.kept.strides);
  if (p.reduced.sizes.size() == 0) {
    if (begin < end) p.loops->rows(src, 0, 1, p.columns ? p.kept.strides[0] : 0, block.outputs, 0, cells, p.settings);
    return;
  }
  const int64_t inner = p.reduced.sizes[0];
  const int64_t stride = p.reduced.strides[0];
  for (int64_t i = begin; i < end;) {
    const int64_t n = std::min(inner - i % inner, end - i);
    const char* at = src + p.reduced.offset(i, p.reduced.strides);
    if (p.columns) {
      const int64_t done = gather_narrow_rows(p, at, n, block.outputs, cells);
      p.loops->rows(at + done * stride, stride, n - done, p.kept.strides[0], block.outputs, i + done, cells,
                    p.settings);
    } else {
      p.loops->run(at, stride, n, i, cells, p.settings);
    }
    i += n;
  }
}

void store(const ReducePlan& p, const ReduceBlock& block, const char* cells) {
  char* out[ReduceDims::kNumSlots];
  int64_t strides[ReduceDims::kNumSlots];
  for (int slot = 0; slot < ReduceDims::kNumSlots; ++slot) {
    const Sizes& by = p.kept.out_strides[slot];
    out[slot] = p.out[slot] ? p.out[slot] + p.kept.offset(block.first, by) : nullptr;
    strides[slot] = p.columns ? by[0] : 0;
  }
  p.loops->store(cells, block.outputs, out, strides, p.settings);
}

// Outputs in one row, each of one run: no block is located by division, and results are stored many at a time.
void run_rows(const ReducePlan& p) {
  const int64_t step = p.kept.sizes.size() == 0 ? 0 : p.kept.strides[0];
  const int64_t stride = p.reduced.sizes.size() == 0 ? 0 : p.reduced.strides[0];
  const int64_t n = p.reduced.numel;
  parallel_for(0, p.kept.numel, std::max<int64_t>(kGrain / std::max<int64_t>(n, 1), 1),
               [&](int64_t begin, int64_t end) {
                 BlockCells cells;
                 for (int64_t first = begin; first < end; first += kReduceColumns) {
                   const int64_t num = std::min(kReduceColumns, end - first);
                   p.loops->clear(cells.bytes, num);
                   for (int64_t i = 0; i < num; ++i)
                     p.loops->run(p.src + (first + i) * step, stride, n, 0,
                                  cells.bytes + static_cast<size_t>(i) * p.loops->cell_bytes, p.settings);
                   char* out[ReduceDims::kNumSlots];
                   int64_t strides[ReduceDims::kNumSlots];
                   for (int slot = 0; slot < ReduceDims::kNumSlots; ++slot) {
                     strides[slot] = p.kept.sizes.size() == 0 ? 0 : p.kept.out_strides[slot][0];
                     out[slot] = p.out[slot] ? p.out[slot] + first * strides[slot] : nullptr;
                   }
                   p.loops->store(cells.bytes, num, out, strides, p.settings);
                 }
               });
}

void run_unsliced(const ReducePlan& p) {
  if (!p.columns && p.kept.sizes.size() <= 1 && p.reduced.sizes.size() <= 1) return run_rows(p);
  const int64_t work = std::max<int64_t>(p.block * p.reduced.numel, 1);
  parallel_for(0, p.num_blocks, std::max<int64_t>(kGrain / work, 1), [&](int64_t begin, int64_t end) {
    BlockCells cells;
    for (int64_t b = begin; b < end; ++b) {
      const ReduceBlock block(p, b);
      p.loops->clear(cells.bytes, block.outputs);
      gather(p, block, 0, p.reduced.numel, cells.bytes);
      store(p, block, cells.bytes);
    }
  });
}

void run_sliced(const ReducePlan& p) {
  const int64_t jobs = p.num_blocks * p.num_slices;
  const int64_t slice = (p.reduced.numel + p.num_slices - 1) / p.num_slices;
  const size_t job_bytes = static_cast<size_t>(p.block) * p.loops->cell_bytes;
  const auto cells = std::make_unique<char[]>(static_cast<size_t>(jobs) * job_bytes);
  parallel_for(0, jobs, 1, [&](int64_t begin, int64_t end) {
    for (int64_t job = begin; job < end; ++job) {
      const ReduceBlock block(p, job / p.num_slices);
      const int64_t first = job % p.num_slices * slice;
      char* own = &cells[static_cast<size_t>(job) * job_bytes];
      p.loops->clear(own, block.outputs);
      gather(p, block, std::min(first, p.reduced.numel), std::min(first + slice, p.reduced.numel), own);
    }
  });
  for (int64_t b = 0; b < p.num_blocks; ++b) {
    const ReduceBlock block(p, b);
    char* totals = &cells[static_cast<size_t>(b * p.num_slices) * job_bytes];
    for (int64_t s = 1; s < p.num_slices; ++s)
      p.loops->merge(totals, totals + static_cast<size_t>(s) * job_bytes, block.outputs);
    store(p, block, totals);
  }
}

}  // namespace

void run_reduction(const ReducePlan& p) {
  if (p.kept.numel == 0) return;
  if (p.num_slices > 1) {
    run_sliced(p);
  } else {
    run_unsliced(p);
  }
}

}  // namespace vt::core
