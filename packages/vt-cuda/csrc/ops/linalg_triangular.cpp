// SPDX-License-Identifier: Apache-2.0
// Systems with triangular matrices on CUDA devices.
#include "linalg.hpp"

namespace vt::cuda::linalg {

Batch batch_of_matrices(VtTensor* t, std::span<const int64_t> batch) {
  static const Op expand("expand");
  if (num_matrices(batch_of(t)) == 1) return {Tensor::share(t), 0};
  if (same_sizes(batch_of(t), batch)) {
    // Whether all but the last two dimensions are one.
    const auto strides = strides_of(t);
    const size_t last = batch.size() - 1;
    bool is_line = true;
    for (size_t d = last; d-- > 0;)
      if (batch[d] != 1) is_line &= strides[d] == strides[d + 1] * batch[d + 1];
    if (is_line) return {Tensor::share(t), strides[last]};
  }
  const Ints sizes = with(batch, {rows_of(t), columns_of(t)});
  const Tensor dense = row_major(Tensor(expand(value_of(t), std::span<const int64_t>(sizes))).get());
  return {dense, rows_of(t) * columns_of(t)};
}

Sides sides_of(const Tensor& x, bool left) {
  const int64_t n = left ? rows_of(x.get()) : columns_of(x.get());
  const int64_t num = left ? columns_of(x.get()) : rows_of(x.get());
  return {x->dl.data, n, num, n * num, stride_from_end(x, left ? 2 : 1), stride_from_end(x, left ? 1 : 2)};
}

System system_of(const Batch& a, bool transposed, const Sides& x) {
  const int64_t row = stride_from_end(a.tensor, transposed ? 1 : 2);
  const int64_t column = stride_from_end(a.tensor, transposed ? 2 : 1);
  return {a.tensor->dl.data, a.stride, row, column, x, ceil_divide(x.num, kSidesPerStrip)};
}

void solve_triangular(const char* op, const Triangle& triangle, const Tensor& x, bool left) {
  const bool transposed = triangle.transposed != !left;
  TriangularParams p{system_of(triangle.a, transposed, sides_of(x, left)), triangle.upper != transposed, triangle.unit,
                     triangle.conjugate};
  const Queue queue(x.device());
  queue.launch(op, triangular_kernel(index_of(x.dtype())), num_matrices(batch_of(x.get())) * p.system.strips, 1, p);
}

namespace {

// linalg_solve_triangular(self, B, *, upper, left, unitriangular)
void linalg_solve_triangular(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_solve_triangular";
  VtTensor* a = args[0].as.tensor;
  VtTensor* b = args[1].as.tensor;
  const bool left = args[3].as.i != 0;
  check_same_dtype(kOp, a, b);
  check_square(kOp, "A", a);
  check_matrices(kOp, "B", b);
  check_dtype(kOp, a);
  check_system(kOp, a, b, left);
  const Ints batch = broadcast_batch(kOp, a, batch_of(a), b, batch_of(b));
  Tensor x = columns_copy(b, batch);
  if (x.numel() > 0)
    solve_triangular(kOp, {batch_of_matrices(a, batch), args[2].as.i != 0, args[4].as.i != 0, false, false}, x, left);
  deliver(kOp, std::move(x), result[0]);
}

}  // namespace

void register_triangular(VtPlugin* plugin) {
  const KernelRow rows[] = {{"linalg_solve_triangular", kernel<linalg_solve_triangular>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda::linalg
