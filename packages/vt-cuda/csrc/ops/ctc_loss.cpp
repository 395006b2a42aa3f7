// SPDX-License-Identifier: Apache-2.0
// Connectionist temporal classification on CUDA devices; a label out of range is reported as an index is.
#include <vt/cpp/rows/ctc_loss.hpp>

#include "../kernels/ctc_loss.hpp"
#include "../kernels/index.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

using ctc::Arguments;

CtcParams params_of(const Queue& queue, const Arguments& c, const Tensor& log_probs, int64_t num_rows) {
  CtcParams p{};
  p.log_probs = log_probs->dl.data;
  p.labels = c.targets.data<const int64_t>();
  p.batch = c.batch;
  p.num_classes = c.num_classes;
  p.blank = c.blank;
  p.num_rows = num_rows;
  p.width = 2 * c.longest + 1;
  p.record = queue.index_errors();
  return p;
}

// Calls run(num) for the entries of the batch, as many at a time as parameters hold.
template <class Run>
void for_entries(const Arguments& c, CtcParams& p, Run&& run) {
  for (int64_t begin = 0; begin < c.batch; begin += kCtcEntries) {
    const int64_t num = std::min<int64_t>(c.batch - begin, kCtcEntries);
    p.first_entry = begin;
    for (int64_t i = 0; i < num; ++i)
      p.entries[i] = {c.first[static_cast<size_t>(begin + i)], static_cast<int32_t>(c.times_of(begin + i)),
                      static_cast<int32_t>(c.states_of(begin + i))};
    run(num);
  }
}

void write_losses(const Arguments& c, const Tensor& log_probs, const Tensor& out) {
  const char* op = "_ctc_loss";
  const Queue queue(out.device());
  const bool is_double = same_dtype(out.dtype(), kFloat64);
  CtcParams p = params_of(queue, c, log_probs, 2);
  const Queue::Scratch alpha(queue, std::min<int64_t>(c.batch, kCtcEntries) * 2 * p.width * itemsize_of(out.dtype()));
  p.alpha = alpha.data();
  p.losses = out->dl.data;
  for_entries(c, p, [&](int64_t num) { queue.launch(op, ctc_alpha_kernel(is_double), num, 1, p); });
}

void write_gradients(const Arguments& c, const Tensor& grad, const Tensor& log_probs, bool zero_infinity,
                     const Tensor& out) {
  const char* op = "_ctc_loss_backward";
  if (c.num_times == 0) return;
  const Queue queue(out.device());
  const bool is_double = same_dtype(out.dtype(), kFloat64);
  const int64_t itemsize = itemsize_of(out.dtype());
  CtcParams p = params_of(queue, c, log_probs, c.num_times);
  const int64_t rows_bytes = std::min<int64_t>(c.batch, kCtcEntries) * p.width * itemsize;
  const Queue::Scratch alpha(queue, rows_bytes * p.num_rows);
  const Queue::Scratch beta(queue, rows_bytes * 2);
  const Queue::Scratch losses(queue, c.batch * itemsize);
  p.alpha = alpha.data();
  p.beta = beta.data();
  p.losses = losses.data();
  p.grad = grad->dl.data;
  p.out = out->dl.data;
  p.zero_infinity = zero_infinity;
  for_entries(c, p, [&](int64_t num) {
    queue.launch(op, ctc_alpha_kernel(is_double), num, 1, p);
    queue.launch(op, ctc_beta_kernel(is_double), num, 1, p);
    queue.launch(op, ctc_gradient_kernel(is_double), c.num_times, num, p);
  });
}

void native_ctc_loss(const VtValue* args, VtValue* result) { ctc::forward<Arguments>(args, result, write_losses); }
void native_ctc_loss_backward(const VtValue* args, VtValue* result) {
  ctc::backward<Arguments>(args, result, write_gradients);
}

}  // namespace

void register_ctc_loss(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"_ctc_loss", kernel<native_ctc_loss>},
      {"_ctc_loss_backward", kernel<native_ctc_loss_backward>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
