// SPDX-License-Identifier: Apache-2.0
// Attention on CUDA devices: native_attention and its backward.
#include <vt/cpp/iter/attention_rules.hpp>
#include <vt/cpp/op.hpp>

#include "../kernels/attention.hpp"
#include "draw.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

constexpr const char* kName = "native_attention";
constexpr const char* kBackwardName = "native_attention_backward";

VtTensor* optional_tensor(const VtValue& v) noexcept { return v.tag == VT_TENSOR ? v.as.tensor : nullptr; }

// A new tensor of the given strides.
Tensor empty_of(std::span<const int64_t> sizes, bool heads_inside, DLDataType dtype, DLDevice device) {
  const DimList strides = attention_layout(sizes, heads_inside);
  VtTensor* out = nullptr;
  vt::check(tables().tensor->empty_strided(sizes.data(), strides.values, static_cast<int32_t>(sizes.size()), dtype,
                                           device, &out));
  return Tensor::steal(out);
}

// A tensor like an operand, in the order of its dimensions.
Tensor empty_gradient(const VtTensor* of) {
  return empty_of(sizes_of(of), has_heads_inside(of), of->dl.dtype, of->dl.device);
}

// The operands of a call and the place of each in the parameters.
class Operands {
 public:
  void add(const VtTensor* t, AttentionOperand& operand, size_t ndim) {
    if (t == nullptr) return;
    strides_[count_] = attention_strides(t, ndim);
    operand.data = static_cast<char*>(t->dl.data);
    operand.head = strides_[count_].head;
    operand.row = strides_[count_].row;
    operand.column = strides_[count_].column;
    operands_[count_++] = &operand;
  }

  // Merges batch dimensions that one stride walks in all operands.
  void merge_leads(const char* op, const DimList& lead, AttentionParams& p) const {
    int num = -1;
    for (size_t d = lead.size(); d-- > 0;) {
      if (lead[d] == 1) continue;
      if (num >= 0 && joins(d, p.lead_sizes[num], num)) {
        p.lead_sizes[num] *= lead[d];
        continue;
      }
      if (++num == kAttentionLeads)
        vt::fail(VT_ERROR_NOT_IMPLEMENTED,
                 std::string(op) + ": too many batch dimensions that cannot be merged on cuda: got " +
                     format_sizes(lead) + ", expected at most four; make the operands contiguous");
      p.lead_sizes[num] = lead[d];
      for (size_t k = 0; k < count_; ++k) operands_[k]->lead[num] = strides_[k].lead[d];
    }
    for (++num; num < kAttentionLeads; ++num) p.lead_sizes[num] = 1;
  }

 private:
  bool joins(size_t d, int64_t inner_size, int num) const noexcept {
    for (size_t k = 0; k < count_; ++k)
      if (strides_[k].lead[d] != operands_[k]->lead[num] * inner_size) return false;
    return true;
  }

  AttentionStrides strides_[9];
  AttentionOperand* operands_[9];
  size_t count_ = 0;
};

AttentionParams params_of(const AttentionShape& shape, const VtTensor* mask, const VtValue& dropout_p,
                          const VtValue& is_causal, const VtValue& scale) noexcept {
  AttentionParams p{};
  p.heads = shape.heads;
  p.group = shape.group();
  p.queries = shape.queries;
  p.keys = shape.keys;
  p.width = shape.width;
  p.value_width = shape.value_width;
  p.scale = scale.as.f;
  p.dropout_p = dropout_p.as.f;
  p.is_causal = is_causal.as.i != 0;
  if (mask != nullptr) p.mask_dtype = dtype_index(mask->dl.dtype);
  return p;
}

// Blocks for every tile of `rows` rows of every matrix.
void launch(const char* op, const Queue& queue, const AttentionKernel& kernel, int64_t matrices, int64_t rows,
            AttentionParams& p) {
  const int64_t blocks = matrices * ceil_divide(rows, kernel.rows);
  if (blocks > 0) queue.launch(op, kernel.symbol, blocks, 1, p);
}

void check_width(const char* op, const AttentionShape& shape) {
  const int64_t width = std::max(shape.width, shape.value_width);
  if (width > kAttentionMaxWidth)
    vt::fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented on cuda for heads of more than " +
                                           std::to_string(kAttentionMaxWidth) + " elements: got " +
                                           std::to_string(width));
}

void native_attention(const VtValue* args, VtValue* result) {
  const VtTensor* q = args[0].as.tensor;
  const VtTensor* k = args[1].as.tensor;
  const VtTensor* v = args[2].as.tensor;
  const VtTensor* mask = optional_tensor(args[3]);
  const AttentionShape shape = check_attention(kName, q, k, v, mask, args[4].as.f);
  check_width(kName, shape);
  const Tensor out =
      empty_of(shape.sizes(shape.heads, shape.queries, shape.value_width), true, q->dl.dtype, q->dl.device);
  const Tensor lse = Tensor::empty(shape.row_sizes(), attention_lse_dtype(q->dl.dtype), q->dl.device);
  AttentionParams p = params_of(shape, mask, args[4], args[5], args[6]);
  if (p.dropout_p > 0) {
    VtGenerator* generator = tables().rng->default_generator(q->dl.device);
    VtGeneratorState state{};
    tables().rng->reserve(generator, attention_dropout_outputs(shape), &state);
    p.numbers = numbers_of(kName, generator, state, q->dl.device);
  }
  Operands operands;
  operands.add(q, p.query, shape.ndim);
  operands.add(k, p.key, shape.ndim);
  operands.add(v, p.value, shape.ndim);
  operands.add(mask, p.mask, shape.ndim);
  operands.add(out.get(), p.out, shape.ndim);
  operands.merge_leads(kName, shape.lead, p);
  p.lse = lse->dl.data;
  const Queue queue(q->dl.device);
  const int64_t width = std::max(shape.width, shape.value_width);
  launch(kName, queue, attention_forward_kernel(index_of(q->dl.dtype), width), shape.batch * shape.heads, shape.queries,
         p);
  result[0] = value_of(Tensor(out).release());
  result[1] = value_of(Tensor(lse).release());
  const VtGeneratorState named = name_numbers(p.numbers);
  result[2] = value_of(static_cast<int64_t>(named.seed));
  result[3] = value_of(static_cast<int64_t>(named.offset));
}

Tensor contiguous(const VtValue& t) {
  static const Op op("contiguous");
  return is_tensor(t) ? op(t) : Tensor();
}

// (grad, query, key, value, out, lse, attn_mask, dropout_p, is_causal, scale, seed, offset, lse_grad)
void native_attention_backward(const VtValue* args, VtValue* result) {
  const VtTensor* grad = args[0].as.tensor;
  const VtTensor* q = args[1].as.tensor;
  const VtTensor* k = args[2].as.tensor;
  const VtTensor* v = args[3].as.tensor;
  const VtTensor* out = args[4].as.tensor;
  const VtTensor* mask = optional_tensor(args[6]);
  const AttentionShape shape = check_attention(kBackwardName, q, k, v, mask, args[7].as.f);
  check_attention_backward(kBackwardName, shape, q->dl.dtype, grad, out, args[5].as.tensor, optional_tensor(args[12]));
  check_width(kBackwardName, shape);
  const Tensor lse = contiguous(args[5]);
  const Tensor lse_grad = contiguous(args[12]);
  const Tensor delta = Tensor::empty(shape.row_sizes(), attention_lse_dtype(q->dl.dtype), q->dl.device);
  Tensor gradients[3] = {empty_gradient(q), empty_gradient(k), empty_gradient(v)};
  AttentionParams p = params_of(shape, mask, args[7], args[8], args[9]);
  p.numbers = named_numbers({args[10].as.u, args[11].as.u});
  Operands operands;
  operands.add(q, p.query, shape.ndim);
  operands.add(k, p.key, shape.ndim);
  operands.add(v, p.value, shape.ndim);
  operands.add(mask, p.mask, shape.ndim);
  operands.add(out, p.out, shape.ndim);
  operands.add(grad, p.grad, shape.ndim);
  operands.add(gradients[0].get(), p.query_grad, shape.ndim);
  operands.add(gradients[1].get(), p.key_grad, shape.ndim);
  operands.add(gradients[2].get(), p.value_grad, shape.ndim);
  operands.merge_leads(kBackwardName, shape.lead, p);
  p.lse = lse->dl.data;
  p.lse_grad = lse_grad ? lse_grad->dl.data : nullptr;
  p.delta = delta->dl.data;
  const Queue queue(q->dl.device);
  const DtypeIndex dtype = index_of(q->dl.dtype);
  const int64_t width = std::max(shape.width, shape.value_width);
  const int64_t matrices = shape.batch * shape.heads;
  launch(kBackwardName, queue, attention_delta_kernel(dtype), matrices, shape.queries, p);
  launch(kBackwardName, queue, attention_key_grad_kernel(dtype, width), shape.batch * shape.kv_heads, shape.keys, p);
  launch(kBackwardName, queue, attention_query_grad_kernel(dtype, width), matrices, shape.queries, p);
  for (int i = 0; i < 3; ++i) result[i] = value_of(gradients[i].release());
}

}  // namespace

void register_attention(VtPlugin* plugin) {
  const KernelRow rows[] = {{kName, kernel<native_attention>}, {kBackwardName, kernel<native_attention_backward>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
