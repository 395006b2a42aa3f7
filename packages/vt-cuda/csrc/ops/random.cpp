// SPDX-License-Identifier: Apache-2.0
// Random numbers on CUDA devices: drawing in place. A captured launch draws the same numbers at each replay.
#include <vt/cpp/random_rules.hpp>

#include "../kernels/random.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

void draw_dense(const char* op, VtTensor* t, const Distribution& d, const VtGeneratorState& state) {
  const auto data = reinterpret_cast<std::uintptr_t>(t->dl.data);
  const int64_t quad_bytes = kRandomPerThread * itemsize_of(t->dl.dtype);
  RandomDraw params{static_cast<char*>(t->dl.data),
                    t->numel,
                    state.seed,
                    state.offset,
                    d,
                    data % static_cast<std::uintptr_t>(quad_bytes) == 0};
  const Queue queue(t->dl.device);
  queue.launch(op, random_draw_kernel(d.kind, index_of(t->dl.dtype)),
               ceil_divide(t->numel, int64_t{kRandomPerThread} * kBlockThreads), 1, params);
}

// Writes one number per element, in row-major order whatever the strides.
void draw(const char* op, VtTensor* t, const Distribution& d, const VtValue& generator) {
  const int words = words_per_element(d.kind, t->dl.dtype);
  const VtGeneratorState state = reserve_random(generator, t->dl.device, t->numel, words);
  if (t->numel == 0) return;
  if (t->flags & VT_TENSOR_CONTIGUOUS) return draw_dense(op, t, d, state);
  const Tensor dense = Tensor::empty(sizes_of(t), t->dl.dtype, t->dl.device);
  draw_dense(op, dense.get(), d, state);
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
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
