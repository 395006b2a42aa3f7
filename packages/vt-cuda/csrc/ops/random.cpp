// SPDX-License-Identifier: Apache-2.0
// Random numbers on CUDA devices: drawing in place.
#include <vt/cpp/random_rules.hpp>

#include "../kernels/random.hpp"
#include "launch.hpp"
#include "draw.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

void draw_dense(const char* op, VtTensor* t, const Distribution& d, const RandomNumbers& numbers) {
  const auto data = reinterpret_cast<std::uintptr_t>(t->dl.data);
  const int64_t quad_bytes = kRandomPerThread * itemsize_of(t->dl.dtype);
  RandomDraw params{static_cast<char*>(t->dl.data), t->numel, numbers, d,
                    data % static_cast<std::uintptr_t>(quad_bytes) == 0};
  const Queue queue(t->dl.device);
  queue.launch(op, random_draw_kernel(d.kind, index_of(t->dl.dtype)),
               ceil_divide(t->numel, int64_t{kRandomPerThread} * kBlockThreads), 1, params);
}

// Writes one number per element, in row-major order whatever the strides.
void draw(const char* op, VtTensor* t, const Distribution& d, const VtValue& generator) {
  const int words = words_per_element(d.kind, t->dl.dtype);
  const RandomNumbers numbers = draw_numbers(op, generator, t->dl.device, t->numel, words);
  if (t->numel == 0) return;
  if (t->flags & VT_TENSOR_CONTIGUOUS) return draw_dense(op, t, d, numbers);
  const Tensor dense = Tensor::empty(sizes_of(t), t->dl.dtype, t->dl.device);
  draw_dense(op, dense.get(), d, numbers);
  copy_within(t, dense.get());
}

template <RandomOp Op>
void in_place(const VtValue* args, VtValue* result) {
  VtTensor* t = required_destination(random_op_name(Op), result[0]);
  const Distribution d = distribution_of(Op, t->dl.dtype, args + 1);
  check_writable(random_op_name(Op), t);
  draw(random_op_name(Op), t, d, args[1 + num_parameters(Op)]);
  result[0] = shared_value(t);
}

void bernoulli(const VtValue* args, VtValue* result) {
  const VtTensor* self = args[0].as.tensor;
  check_random_dtype("bernoulli", self->dl.dtype, false);
  const Tensor p = row_major(args[0].as.tensor);
  Tensor out = Tensor::empty(p.sizes(), p.dtype(), p.device());
  const RandomNumbers numbers = draw_numbers("bernoulli", args[1], p.device(), p.numel(), 1);
  if (p.numel() > 0) {
    BernoulliDraw params{p.data<const char>(), out.data<char>(), p.numel(), numbers};
    Queue(p.device())
        .launch("bernoulli", bernoulli_draw_kernel(index_of(p.dtype())),
                ceil_divide(p.numel(), int64_t{kRandomPerThread} * kBlockThreads), 1, params);
  }
  result[0] = value_of(out.release());
}

void multinomial(const VtValue* args, VtValue* result) {
  const char* op = "multinomial_with_replacement";
  const VtTensor* self = args[0].as.tensor;
  const int64_t per_row = args[1].as.i;
  check_multinomial(self, per_row, true);
  Sizes sizes;
  sizes.assign(sizes_of(self));
  sizes[sizes.size() - 1] = per_row;
  Tensor out = Tensor::empty(sizes, kInt64, self->dl.device);
  const RandomNumbers numbers = draw_numbers(op, args[2], self->dl.device, out.numel(), 2);
  if (out.numel() > 0) {
    const Tensor p = row_major(args[0].as.tensor);
    const int64_t categories = self->dl.shape[self->dl.ndim - 1];
    const int64_t rows = self->numel / categories;
    const int64_t num_blocks = ceil_divide(categories, kCategoryBlock);
    const Queue queue(self->dl.device);
    const Queue::Scratch ends(queue, rows * num_blocks * static_cast<int64_t>(sizeof(double)));
    Multinomial params{p.data<const char>(),
                       static_cast<double*>(ends.data()),
                       out.data<int64_t>(),
                       out.numel(),
                       per_row,
                       categories,
                       kCategoryBlock,
                       num_blocks,
                       numbers,
                       index_of(p.dtype())};
    queue.launch(op, multinomial_sums_kernel(), rows, 1, params);
    queue.launch(op, multinomial_draw_kernel(), ceil_divide(out.numel(), kBlockThreads), 1, params);
  }
  result[0] = value_of(out.release());
}

}  // namespace

void register_random(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"uniform_", kernel<in_place<RandomOp::kUniform>>},
      {"normal_", kernel<in_place<RandomOp::kNormal>>},
      {"exponential_", kernel<in_place<RandomOp::kExponential>>},
      {"bernoulli_", kernel<in_place<RandomOp::kBernoulli>>},
      {"random_", kernel<in_place<RandomOp::kRandom>>},
      {"random_.to", kernel<in_place<RandomOp::kRandomTo>>},
      {"random_.from", kernel<in_place<RandomOp::kRandomFrom>>},
      {"bernoulli", kernel<bernoulli>},
      {"multinomial_with_replacement", kernel<multinomial>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
