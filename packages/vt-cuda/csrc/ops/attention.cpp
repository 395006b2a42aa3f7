// SPDX-License-Identifier: Apache-2.0
// Attention on CUDA devices: native_attention and its backward.
#include <vt/cpp/iter/attention_rules.hpp>
#include <vt/cpp/op.hpp>

#include "../dnn/attention.hpp"
#include "../kernels/attention.hpp"
#include "draw.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

constexpr const char* kName = "native_attention";
constexpr const char* kBackwardName = "native_attention_backward";
constexpr int64_t kHalfBytes = 2;
constexpr int64_t kWarpThreads = 32;
// One kernel makes all gradients of so many tiles of queries at most, whose sums it keeps in shared memory.
constexpr int64_t kShortTiles = 16;
// Without tensor cores one block makes the gradients of so many queries at most: more are better given to several.
constexpr int64_t kShortQueries = 512;
// Fewer would leave most of a block of two warpgroups idle.
constexpr int64_t kWarpgroupQueries = 65;

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
    widths_[count_] = sizes_of(t).back();
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

  // Tells which operands tensor cores may read and write by vectors of 16 bytes.
  void find_vectors() const noexcept {
    for (size_t k = 0; k < count_; ++k) {
      AttentionOperand& operand = *operands_[k];
      int64_t steps = operand.head | operand.row | (widths_[k] * kHalfBytes);
      for (const int64_t lead : operand.lead) steps |= lead;
      operand.has_vectors = operand.column == kHalfBytes && steps % 16 == 0 && is_aligned(operand.data);
    }
  }

 private:
  bool joins(size_t d, int64_t inner_size, int num) const noexcept {
    for (size_t k = 0; k < count_; ++k)
      if (strides_[k].lead[d] != operands_[k]->lead[num] * inner_size) return false;
    return true;
  }

  AttentionStrides strides_[9];
  AttentionOperand* operands_[9];
  int64_t widths_[9];
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

// Blocks for every tile of the `rows` rows of each matrix. Tiles are of one size, so that no block is nearly empty.
void launch(const char* op, const Queue& queue, const AttentionKernel& kernel, int64_t matrices, int64_t rows,
            AttentionParams& p) {
  if (matrices * rows == 0) return;
  const int64_t groups = ceil_divide(rows, kernel.rows_per_warp);
  const int64_t tiles = ceil_divide(groups, kernel.max_warps);
  const int64_t warps = std::max<int64_t>(ceil_divide(groups, tiles), kernel.min_warps);
  const BlockShape block{static_cast<uint32_t>(warps * kWarpThreads),
                         static_cast<uint32_t>(kernel.shared_bytes + warps * kernel.shared_bytes_per_warp)};
  queue.launch(op, kernel.symbol, matrices * ceil_divide(groups, warps), 1, p, block);
}

// Whether a call goes to tensor cores, whose kernels count rows in 32 bits.
bool is_for_tensor_cores(DLDataType dtype, const AttentionShape& shape) noexcept {
  constexpr int64_t kMaxRows = int64_t{1} << 30;
  return (same_dtype(dtype, kFloat16) || same_dtype(dtype, kBFloat16)) &&
         std::max(shape.width, shape.value_width) <= kAttentionTensorWidth &&
         std::max(shape.queries, shape.keys) <= kMaxRows;
}
bool is_plain(const AttentionParams& p) noexcept { return p.mask.data == nullptr && p.dropout_p == 0 && p.scale > 0; }

AttentionKernel forward_kernel(const Queue& queue, DLDataType given, const AttentionShape& shape,
                               const AttentionParams& p) noexcept {
  const DtypeIndex dtype = index_of(given);
  const int64_t width = std::max(shape.width, shape.value_width);
  if (!is_for_tensor_cores(given, shape)) return attention_forward_kernel(dtype, width);
  const DeviceProperties& properties = queue.properties();
  const bool has_warpgroups = properties.compute_major == 9 && properties.compute_minor == 0;
  const bool is_dense = p.query.has_vectors && p.key.has_vectors && p.value.has_vectors;
  if (has_warpgroups && is_dense && is_plain(p) && width > kAttentionTensorWidth / 2 &&
      shape.queries >= kWarpgroupQueries)
    return attention_warpgroup_forward_kernel(dtype);
  return attention_tensor_forward_kernel(dtype, width, is_plain(p));
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
  operands.find_vectors();
  p.lse = lse->dl.data;
  const Queue queue(q->dl.device);
  if (!dnn_attention(kName, q->dl.device, q->dl.dtype, shape, p))
    launch(kName, queue, forward_kernel(queue, q->dl.dtype, shape, p), shape.batch * shape.heads, shape.queries, p);
  result[0] = value_of(Tensor(out).release());
  result[1] = value_of(Tensor(lse).release());
  const VtGeneratorState named = name_numbers(p.numbers);
  result[2] = value_of(static_cast<int64_t>(named.seed));
  result[3] = value_of(static_cast<int64_t>(named.offset));
}

// The kernels of the gradients, one after the other.
void launch_backward(const Queue& queue, DLDataType given, const AttentionShape& shape, AttentionParams& p) {
  const DtypeIndex dtype = index_of(given);
  const int64_t width = std::max(shape.width, shape.value_width);
  const int64_t rows = shape.batch * shape.heads * shape.queries;
  const int64_t matrices = shape.batch * shape.heads;
  const int64_t key_matrices = shape.batch * shape.kv_heads;
  if (!is_for_tensor_cores(given, shape)) {
    const AttentionKernel whole = attention_short_grad_kernel(dtype, width, shape.keys);
    const bool is_short = shape.keys > 0 && shape.group() * shape.queries <= kShortQueries;
    if (whole.symbol != nullptr && is_short && p.mask.data == nullptr && p.dropout_p == 0) {
      launch(kBackwardName, queue, whole, key_matrices, shape.keys, p);
      return;
    }
    const Queue::Scratch delta(queue, rows * itemsize_of(attention_lse_dtype(given)));
    p.delta = delta.data();
    launch(kBackwardName, queue, attention_delta_kernel(dtype), matrices, shape.queries, p);
    launch(kBackwardName, queue, attention_key_grad_kernel(dtype, width), key_matrices, shape.keys, p);
    launch(kBackwardName, queue, attention_query_grad_kernel(dtype, width), matrices, shape.queries, p);
    return;
  }
  const AttentionKernel whole = attention_tensor_grad_kernel(dtype, width, is_plain(p), shape.group(), shape.queries);
  const bool is_short = shape.keys <= int64_t{whole.rows_per_warp} * whole.max_warps &&
                        shape.group() * ceil_divide(shape.queries, kAttentionGradQueries) <= kShortTiles;
  if (shape.keys > 0 && is_short) {
    launch(kBackwardName, queue, whole, key_matrices, shape.keys, p);
    return;
  }
  const Queue::Scratch sums(queue, 2 * rows * static_cast<int64_t>(sizeof(float)));
  p.delta = sums.data();
  p.base2_lse = static_cast<float*>(sums.data()) + rows;
  launch(kBackwardName, queue, attention_tensor_query_grad_kernel(dtype, width, is_plain(p)), matrices, shape.queries,
         p);
  launch(kBackwardName, queue, attention_tensor_key_grad_kernel(dtype, width, is_plain(p)), key_matrices, shape.keys,
         p);
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
  operands.find_vectors();
  p.lse = lse->dl.data;
  p.lse_grad = lse_grad ? lse_grad->dl.data : nullptr;
  if (!dnn_attention_backward(kBackwardName, q->dl.device, q->dl.dtype, shape, p))
    launch_backward(Queue(q->dl.device), q->dl.dtype, shape, p);
  for (int i = 0; i < 3; ++i) result[i] = value_of(gradients[i].release());
}

}  // namespace

void register_attention(VtPlugin* plugin) {
  const KernelRow rows[] = {{kName, kernel<native_attention>}, {kBackwardName, kernel<native_attention_backward>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
