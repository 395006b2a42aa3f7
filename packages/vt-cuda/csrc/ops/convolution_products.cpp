// SPDX-License-Identifier: Apache-2.0
// Convolutions as products of matrices by a library (Note [Convolutions on CUDA] in kernels/convolution.hpp).
#include <vt/cpp/rows.hpp>

#include <algorithm>
#include <array>

#include "../blas/matmul.hpp"
#include "convolution.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

// Memory for columns at a time. They are counted in 31 bits.
constexpr int64_t kColumnsBytes = int64_t{256} << 20;
// Below these a matrix of columns costs more than it saves.
constexpr int64_t kLeastRows = 8;
constexpr int64_t kLeastDepth = 16;
constexpr int64_t kLeastProducts = int64_t{1} << 21;
// Each phase takes a few launches; the kernels take one for all.
constexpr uint32_t kMostProducts = 16;

// One phase of the sums.
struct Phase {
  GatherParams p;
  int64_t positions = 1;  // of an entry of the batch
  int64_t depth;
  std::array<int64_t, 3> sizes;

  Phase(const GatherParams& all, std::array<uint32_t, 3> number) : p(all), depth(all.channels) {
    for (size_t d = 0; d < 3; ++d) {
      GatherAxis& axis = p.axes[d];
      axis.phases[0] = all.axes[d].phases[number[d]];
      axis.num_phases = 1;
      sizes[d] = axis.phases[0].num_positions;
      positions *= sizes[d];
      depth *= axis.phases[0].num_taps;
    }
  }

  // Entries of the batch whose columns fit.
  int64_t entries(int64_t itemsize) const noexcept {
    return std::clamp<int64_t>(kColumnsBytes / (depth * positions * itemsize), 1, p.batch);
  }
  // Whether a sum reads one element of each channel, at the position of its result.
  bool is_pointwise() const noexcept {
    return depth == p.channels && std::all_of(std::begin(p.axes), std::end(p.axes), [](const GatherAxis& axis) {
             return axis.source_step == 1 && axis.phases[0].offset == 0 && axis.phases[0].num_positions == axis.source;
           });
  }
};

Tensor empty_like(const Tensor& like, std::initializer_list<int64_t> sizes) {
  return Tensor::empty({sizes.begin(), sizes.size()}, like.dtype(), like.device());
}
Tensor viewed(const Tensor& t, std::initializer_list<int64_t> sizes) {
  static const Op view("view");
  return view(t, std::span<const int64_t>(sizes.begin(), sizes.size()));
}
Tensor strided(const Tensor& t, std::span<const int64_t> sizes, std::span<const int64_t> strides, int64_t offset) {
  static const Op as_strided("as_strided");
  return as_strided(t, sizes, strides, offset);
}
Tensor part_of(const Tensor& t, int64_t dim, int64_t first, int64_t num) {
  static const Op slice("slice");
  return slice(t, dim, first, first + num, int64_t{1});
}
bool is_line(const std::array<int64_t, 3>& sizes, const std::array<int64_t, 3>& strides) noexcept {
  int64_t stride = 0;  // of what lies inside, times its size
  for (size_t d = 3; d-- > 0;) {
    if (sizes[d] == 1) continue;
    if (stride != 0 && strides[d] != stride) return false;
    stride = strides[d] * sizes[d];
  }
  return true;
}
// From a position to the next.
int64_t innermost(const std::array<int64_t, 3>& sizes, const std::array<int64_t, 3>& strides) noexcept {
  for (size_t d = 3; d-- > 0;)
    if (sizes[d] != 1) return strides[d];
  return 1;
}

void write_columns(const char* op, const Phase& phase, const Tensor& columns, int64_t first, int64_t entries,
                   bool by_steps) {
  ColumnsParams p{phase.p, columns->dl.data, static_cast<uint32_t>(phase.positions),
                  by_steps ? phase.positions : phase.depth * phase.positions,
                  by_steps ? entries * phase.positions : phase.positions};
  const int64_t bytes = itemsize_of(columns.dtype());
  p.gather.source = static_cast<const char*>(p.gather.source) + first * p.gather.source_batch * bytes;
  p.gather.batch = entries;
  p.gather.is_wide = entries * phase.positions > INT32_MAX;
  const Queue queue(columns.device());
  queue.launch(op, gather_columns_kernel(index_of(columns.dtype())),
               ceil_divide(entries * phase.depth * phase.positions, kBlockThreads), 1, p);
}

// The weights of a phase, (rows, depth).
Tensor weights_of(const char* op, const Phase& phase, const Tensor& weight, bool correlates) {
  if (correlates) return viewed(weight, {phase.p.rows, phase.depth});
  Tensor matrix = empty_like(weight, {phase.p.rows, phase.depth});
  ColumnsParams p{phase.p, matrix->dl.data, 0, 0, 0};
  const Queue queue(weight.device());
  queue.launch(op, gather_weights_kernel(index_of(weight.dtype())), ceil_divide(matrix.numel(), kBlockThreads), 1, p);
  return matrix;
}

// The source itself as columns (batch, channels, positions), where it can be; else empty.
Tensor source_as_columns(const Phase& phase, const Tensor& source) {
  if (!phase.is_pointwise()) return Tensor();
  std::array<int64_t, 3> strides;
  for (size_t d = 0; d < 3; ++d) strides[d] = phase.p.axes[d].source_stride;
  if (!is_line(phase.sizes, strides)) return Tensor();
  return viewed(source, {phase.p.batch, phase.p.channels, phase.positions});
}

void run_phase(const char* op, const Phase& phase, const GatherTensors& t, bool correlates) {
  static const Op matmul("matmul");
  const GatherParams& p = phase.p;
  std::array<int64_t, 3> strides;
  int64_t offset = 0;
  for (size_t d = 0; d < 3; ++d) {
    strides[d] = p.axes[d].result_stride;
    offset += p.axes[d].phases[0].first;
  }
  const Tensor weights = weights_of(op, phase, t.weight, correlates);
  const Tensor whole = source_as_columns(phase, t.source);
  const int64_t most = whole ? p.batch : phase.entries(itemsize_of(t.source.dtype()));
  const Tensor columns = whole ? Tensor() : empty_like(t.source, {most, phase.depth, phase.positions});
  const bool line = is_line(phase.sizes, strides);
  for (int64_t first = 0; first < p.batch; first += most) {
    const int64_t entries = std::min(most, p.batch - first);
    if (!whole) write_columns(op, phase, columns, first, entries, false);
    const Tensor right = whole ? whole : part_of(columns, 0, 0, entries);
    const int64_t begin = offset + first * p.result_batch;
    if (line) {
      const int64_t sizes[] = {entries, p.rows, phase.positions};
      const int64_t steps[] = {p.result_batch, p.result_channel, innermost(phase.sizes, strides)};
      const Tensor written = matmul.into(strided(t.result, sizes, steps, begin), weights, right);
      continue;
    }
    const Tensor product =
        viewed(matmul(weights, right), {entries, p.rows, phase.sizes[0], phase.sizes[1], phase.sizes[2]});
    const int64_t sizes[] = {entries, p.rows, phase.sizes[0], phase.sizes[1], phase.sizes[2]};
    const int64_t steps[] = {p.result_batch, p.result_channel, strides[0], strides[1], strides[2]};
    copy_within(strided(t.result, sizes, steps, begin).get(), product.get());
  }
  if (!t.bias) return;
  static const Op add("add");
  const int64_t sizes[] = {p.batch, p.rows, phase.sizes[0], phase.sizes[1], phase.sizes[2]};
  const int64_t steps[] = {p.result_batch, p.result_channel, strides[0], strides[1], strides[2]};
  const Tensor view = strided(t.result, sizes, steps, offset);
  const Tensor sum = add.into(view, view, viewed(t.bias, {p.rows, 1, 1, 1}));
}

}  // namespace

bool takes_columns(const GatherParams& p, DtypeIndex dtype) {
  if (p.groups != 1 || p.rows < kLeastRows || !gather_columns_kernel(dtype)) return false;
  if (p.axes[0].num_phases * p.axes[1].num_phases * p.axes[2].num_phases > kMostProducts) return false;
  const Phase first(p, {0, 0, 0});
  if (p.batch == 0 || first.positions == 0 || first.depth < kLeastDepth ||
      first.depth * first.positions * int64_t{8} > kColumnsBytes)
    return false;
  return p.rows * first.depth >= kLeastProducts / (p.batch * first.positions) && blas_serves(dtype);
}

void gather_by_products(const char* op, const GatherParams& p, const GatherTensors& tensors, bool correlates) {
  const DtypeIndex dtype = index_of(tensors.result.dtype());
  for (uint32_t i = 0; i < p.axes[0].num_phases; ++i)
    for (uint32_t j = 0; j < p.axes[1].num_phases; ++j)
      for (uint32_t k = 0; k < p.axes[2].num_phases; ++k) {
        Phase phase(p, {i, j, k});
        if (phase.positions == 0) continue;
        if (phase.depth == 0) {
          launch_gather(op, Queue(tensors.result.device()), dtype, phase.p);
        } else {
          run_phase(op, phase, tensors, correlates);
        }
      }
}

void weigh_by_products(const char* op, const GatherParams& p, const Tensor& small, const Tensor& weight) {
  static const Op mm("mm");
  static const Op transpose("transpose");
  static const Op sum("sum.dims");
  const Phase phase(p, {0, 0, 0});
  const int64_t most = phase.entries(itemsize_of(weight.dtype()));
  const int64_t num_parts = ceil_divide(p.batch, most);
  const Tensor columns = empty_like(weight, {phase.depth * most * phase.positions});
  const Tensor parts = num_parts > 1 ? empty_like(weight, {num_parts, p.rows, phase.depth}) : Tensor();
  const Tensor matrix = viewed(weight, {p.rows, phase.depth});
  for (int64_t part = 0; part < num_parts; ++part) {
    const int64_t first = part * most;
    const int64_t entries = std::min(most, p.batch - first);
    const int64_t steps = entries * phase.positions;
    write_columns(op, phase, columns, first, entries, true);
    const Tensor right = viewed(part_of(columns, 0, 0, phase.depth * steps), {phase.depth, steps});
    const Tensor left = row_major(Tensor(transpose(part_of(small, 0, first, entries), int64_t{0}, int64_t{1})).get());
    const Tensor out = parts ? viewed(part_of(parts, 0, part, 1), {p.rows, phase.depth}) : matrix;
    const Tensor written = mm.into(out, viewed(left, {p.rows, steps}), transpose(right, int64_t{0}, int64_t{1}));
  }
  if (!parts) return;
  const int64_t over[] = {0};
  const Tensor written = sum.into(matrix, parts, std::span<const int64_t>(over), false, weight.dtype());
}

}  // namespace vt::cuda
