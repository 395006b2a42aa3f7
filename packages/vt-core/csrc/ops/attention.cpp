// SPDX-License-Identifier: Apache-2.0
// Attention on the CPU: the public op over native_attention, which carries what its backward reads.
#include <vt/cpp/iter/attention_rules.hpp>
#include <vt/cpp/op.hpp>
#include <vt/cpp/philox.hpp>

#include <array>
#include <cmath>

#include "ops/calls.hpp"
#include "ops/loops/attention.hpp"
#include "ops/ops.hpp"
#include "runtime/host_allocator.hpp"
#include "runtime/rng.hpp"
#include "runtime/thread_pool.hpp"

namespace vt::core {

namespace {

constexpr const char* kPublicName = "scaled_dot_product_attention";
constexpr const char* kName = "native_attention";
constexpr const char* kBackwardName = "native_attention_backward";

const AttentionLoop& loop_of(DLDataType dtype) noexcept {
  switch (dtype_index(dtype)) {
    case DtypeIndex::kFloat16: return loops<AttentionLoops>().half;
    case DtypeIndex::kBFloat16: return loops<AttentionLoops>().bfloat;
    case DtypeIndex::kFloat64: return loops<AttentionLoops>().wide;
    default: return loops<AttentionLoops>().single;
  }
}

VtTensor* optional_tensor(const VtValue& v) noexcept { return v.tag == VT_TENSOR ? v.as.tensor : nullptr; }

// An operand, and its strides in each batch entry.
struct Operand {
  Operand(const VtTensor* t, const AttentionShape& shape)
      : data(t ? static_cast<char*>(t->dl.data) : nullptr),
        strides(t ? attention_strides(t, shape.ndim) : AttentionStrides{}) {}

  // Its matrices from head `head` of a batch entry on.
  AttentionMatrix at(const AttentionShape& shape, int64_t batch, int64_t head) const noexcept {
    char* first = data;
    for (size_t d = shape.lead.size(); d-- > 0 && first;) {
      first += batch % shape.lead[d] * strides.lead[d];
      batch /= shape.lead[d];
    }
    return {first ? first + head * strides.head : nullptr, strides.head, strides.row, strides.column};
  }
  char* data;
  AttentionStrides strides;
};

// lse and its gradient: dense, a row of one column per query.
AttentionMatrix lse_matrix(const VtTensor* t, const AttentionShape& shape, int64_t batch, int64_t head) noexcept {
  if (!t) return {};
  const int64_t itemsize = itemsize_of(t->dl.dtype);
  char* data = static_cast<char*>(t->dl.data) + (batch * shape.heads + head) * shape.queries * itemsize;
  return {data, shape.queries * itemsize, itemsize, itemsize};
}

// Element i of all probabilities takes word i % 4 of output number offset + i / 4; kept when its 24 leading bits, as a number
// in [0, 1), are at least p.
void drop_factors(const AttentionJob& job, int64_t first, int64_t n, float* factors) {
  const float kept = job.dropout_p < 1 ? static_cast<float>(1 / (1 - job.dropout_p)) : 0.0f;
  const auto p = static_cast<float>(job.dropout_p);
  PhiloxWords words{};
  for (int64_t i = 0; i < n; ++i) {
    const auto element = static_cast<uint64_t>(first + i);
    if (i == 0 || element % 4 == 0) words = philox(job.seed, job.offset + element / 4);
    const float uniform = static_cast<float>(words.word[element % 4] >> 8) * 0x1p-24f;
    factors[i] = uniform >= p ? kept : 0.0f;
  }
}

// What the calls of one op share.
struct Setting {
  AttentionShape shape;
  double scale;
  bool is_causal;
  double dropout_p;
  uint64_t seed = 0;
  uint64_t offset = 0;
  DtypeIndex mask_dtype = DtypeIndex::kBool;

  AttentionJob job(int64_t num_heads, int64_t batch, int64_t head) const noexcept {
    AttentionJob job{};
    job.num_heads = num_heads;
    job.queries = shape.queries;
    job.keys = shape.keys;
    job.width = shape.width;
    job.value_width = shape.value_width;
    job.mask_dtype = mask_dtype;
    job.scale = scale;
    job.is_causal = is_causal;
    job.drop = dropout_p > 0 ? &drop_factors : nullptr;
    job.dropout_p = dropout_p;
    job.seed = seed;
    job.offset = offset;
    job.first_element = (batch * shape.heads + head) * shape.queries * shape.keys;
    return job;
  }
};

class ScratchMemory {
 public:
  explicit ScratchMemory(int64_t bytes)
      : bytes_(static_cast<uint64_t>(bytes)), data_(static_cast<char*>(allocate_host(bytes_))) {}
  ScratchMemory(const ScratchMemory&) = delete;
  ScratchMemory& operator=(const ScratchMemory&) = delete;
  ~ScratchMemory() { free_host(data_, bytes_); }
  char* data() const noexcept { return data_; }

 private:
  uint64_t bytes_;
  char* data_;
};

// A tensor like an operand, in the order of its dimensions.
VtTensor* empty_gradient(const VtTensor* of) {
  return empty_strided(sizes_of(of), attention_layout(sizes_of(of), has_heads_inside(of)), of->dl.dtype, of->dl.device);
}

// One head per batch entry and block of queries.
void run_forward(const Setting& setting, const AttentionLoop& loop, const Operand& query, const Operand& key,
                 const Operand& value, const Operand& mask, const Operand& out, const VtTensor* lse) {
  const AttentionShape& shape = setting.shape;
  const int64_t blocks = (shape.queries + kQueryBlock - 1) / kQueryBlock;
  const int64_t jobs = shape.batch * shape.heads * blocks;
  if (jobs == 0) return;
  const int64_t work = std::min(shape.queries, kQueryBlock) * shape.keys * (shape.width + shape.value_width);
  const int64_t grain = std::max<int64_t>((int64_t{1} << 18) / std::max<int64_t>(work, 1), 1);
  parallel_for(0, jobs, grain, [&](int64_t begin, int64_t end) {
    const ScratchMemory scratch(loop.forward_scratch(setting.job(1, 0, 0)));
    for (int64_t i = begin; i < end; ++i) {
      const int64_t batch = i / blocks / shape.heads;
      const int64_t head = i / blocks % shape.heads;
      const int64_t kv_head = head / shape.group();
      AttentionJob job = setting.job(1, batch, head);
      job.query = query.at(shape, batch, head);
      job.key = key.at(shape, batch, kv_head);
      job.value = value.at(shape, batch, kv_head);
      job.mask = mask.at(shape, batch, head);
      job.out = out.at(shape, batch, head);
      job.lse = lse_matrix(lse, shape, batch, head);
      const int64_t first = i % blocks * kQueryBlock;
      loop.forward(job, 0, first, std::min(first + kQueryBlock, shape.queries), scratch.data());
    }
  });
}

void native_attention(const VtValue* args, VtValue* result) {
  VtTensor* q = args[0].as.tensor;
  VtTensor* k = args[1].as.tensor;
  VtTensor* v = args[2].as.tensor;
  VtTensor* mask = optional_tensor(args[3]);
  Setting setting{check_attention(kName, q, k, v, mask, args[4].as.f), args[6].as.f, args[5].as.i != 0, args[4].as.f};
  const AttentionShape& shape = setting.shape;
  const DimList out_sizes = shape.sizes(shape.heads, shape.queries, shape.value_width);
  Owned out(empty_strided(out_sizes, attention_layout(out_sizes, true), q->dl.dtype, q->dl.device));
  Owned lse(empty(shape.row_sizes(), attention_lse_dtype(q->dl.dtype), q->dl.device));
  if (setting.dropout_p > 0 && !is_meta(q->dl.device)) {
    const VtGeneratorState state = default_generator(q->dl.device)->reserve(attention_dropout_outputs(shape));
    setting.seed = state.seed;
    setting.offset = state.offset;
  }
  if (!is_meta(q->dl.device)) {
    if (mask) setting.mask_dtype = dtype_index(mask->dl.dtype);
    run_forward(setting, loop_of(q->dl.dtype), {q, shape}, {k, shape}, {v, shape}, {mask, shape}, {out.get(), shape},
                lse.get());
  }
  result[0] = value_of(out.take());
  result[1] = value_of(lse.take());
  result[2] = value_of(static_cast<int64_t>(setting.seed));
  result[3] = value_of(static_cast<int64_t>(setting.offset));
}

// native_attention_backward(grad, query, key, value, out, lse, attn_mask, dropout_p, is_causal, scale, seed, offset, lse_grad)
void native_attention_backward(const VtValue* args, VtValue* result) {
  VtTensor* grad = args[0].as.tensor;
  VtTensor* q = args[1].as.tensor;
  VtTensor* k = args[2].as.tensor;
  VtTensor* v = args[3].as.tensor;
  VtTensor* out = args[4].as.tensor;
  VtTensor* mask = optional_tensor(args[6]);
  VtTensor* given_lse_grad = optional_tensor(args[12]);
  Setting setting{check_attention(kBackwardName, q, k, v, mask, args[7].as.f),
                  args[9].as.f,
                  args[8].as.i != 0,
                  args[7].as.f,
                  args[10].as.u,
                  args[11].as.u};
  const AttentionShape& shape = setting.shape;
  check_attention_backward(kBackwardName, shape, q->dl.dtype, grad, out, args[5].as.tensor, given_lse_grad);
  Owned q_grad(empty_gradient(q));
  Owned k_grad(empty_gradient(k));
  Owned v_grad(empty_gradient(v));
  const int64_t jobs = shape.batch * shape.kv_heads;
  if (jobs > 0 && !is_meta(q->dl.device)) {
    Owned lse(call_op("contiguous", {args[5]}));
    Owned lse_grad(given_lse_grad ? call_op("contiguous", {args[12]}) : nullptr);
    if (mask) setting.mask_dtype = dtype_index(mask->dl.dtype);
    const Operand query(q, shape), key(k, shape), value(v, shape), mask_operand(mask, shape), output(out, shape),
        gradient(grad, shape), query_grad(q_grad.get(), shape), key_grad(k_grad.get(), shape),
        value_grad(v_grad.get(), shape);
    const AttentionLoop& loop = loop_of(q->dl.dtype);
    const int64_t work = shape.group() * shape.queries * shape.keys * (shape.width + shape.value_width);
    const int64_t grain = std::max<int64_t>((int64_t{1} << 17) / std::max<int64_t>(work, 1), 1);
    parallel_for(0, jobs, grain, [&](int64_t begin, int64_t end) {
      AttentionJob job = setting.job(shape.group(), 0, 0);
      job.query_grad = query_grad.at(shape, 0, 0);
      const ScratchMemory scratch(loop.backward_scratch(job));
      for (int64_t i = begin; i < end; ++i) {
        const int64_t batch = i / shape.kv_heads;
        const int64_t kv_head = i % shape.kv_heads;
        const int64_t head = kv_head * shape.group();
        job = setting.job(shape.group(), batch, head);
        job.query = query.at(shape, batch, head);
        job.key = key.at(shape, batch, kv_head);
        job.value = value.at(shape, batch, kv_head);
        job.mask = mask_operand.at(shape, batch, head);
        job.out = output.at(shape, batch, head);
        job.lse = lse_matrix(lse.get(), shape, batch, head);
        job.grad = gradient.at(shape, batch, head);
        job.lse_grad = lse_matrix(lse_grad.get(), shape, batch, head);
        job.query_grad = query_grad.at(shape, batch, head);
        job.key_grad = key_grad.at(shape, batch, kv_head);
        job.value_grad = value_grad.at(shape, batch, kv_head);
        loop.backward(job, scratch.data());
      }
    });
  }
  result[0] = value_of(q_grad.take());
  result[1] = value_of(k_grad.take());
  result[2] = value_of(v_grad.take());
}

// The first result of native_attention; a mask whose gradient is wanted takes the composed form.
VtValue call_native(VtTensor* const (&operands)[3], const VtValue* args, double scale) {
  static const Op native(kName);
  const VtValue values[] = {
      value_of(operands[0]), value_of(operands[1]), value_of(operands[2]), args[3], args[4], args[5], value_of(scale)};
  if (is_tensor(args[3]) && calls::is_recorded(args[3].as.tensor)) {
    static const Op composed("composed_attention");
    auto results = composed.results<2>(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    return value_of(results[0].release());
  }
  VtValue results[4] = {none(), none(), none(), none()};
  check(tables().dispatch->call_boxed(native.get(), values, 7, results));
  release(results[1].as.tensor);
  return results[0];
}

// A view with the given sizes before the last two dimensions, or the tensor itself.
Owned expand_lead(VtTensor* t, std::span<const int64_t> lead) {
  const auto own = sizes_of(t);
  if (same_sizes(own.first(own.size() - 2), lead)) {
    retain(t);
    return Owned(t);
  }
  Sizes sizes;
  sizes.assign(lead.size() + 2, 0);
  std::copy(lead.begin(), lead.end(), sizes.begin());
  std::copy(own.end() - 2, own.end(), sizes.end() - 2);
  return Owned(call_op("expand", {value_of(t), value_of(std::span<const int64_t>(sizes))}));
}

// Each head `group` times.
Owned repeat_heads(VtTensor* t, int64_t group) {
  if (group == 1) {
    retain(t);
    return Owned(t);
  }
  const auto own = sizes_of(t);
  const size_t head = own.size() - 3;
  Sizes sizes;
  sizes.assign(own.size() + 1, group);
  std::copy(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(head + 1), sizes.begin());
  std::copy(own.end() - 2, own.end(), sizes.end() - 2);
  const Owned wide(call_op("unsqueeze", {value_of(t), value_of(int64_t{-3})}));
  const Owned repeated(call_op("expand", {value_of(wide.get()), value_of(std::span<const int64_t>(sizes))}));
  Sizes joined;
  joined.assign(own);
  joined[head] *= group;
  return Owned(call_op("reshape", {value_of(repeated.get()), value_of(std::span<const int64_t>(joined))}));
}

int64_t num_heads(const VtTensor* t) noexcept { return t->dl.ndim > 2 ? t->dl.shape[t->dl.ndim - 3] : 1; }

// Whether native_attention takes the operands as they are.
bool fits_natively(const VtTensor* q, const VtTensor* k, const VtTensor* v, bool shares_heads) noexcept {
  if (k->dl.ndim != q->dl.ndim || v->dl.ndim != q->dl.ndim) return false;
  for (int32_t d = 0; d < q->dl.ndim - 3; ++d)
    if (k->dl.shape[d] != q->dl.shape[d] || v->dl.shape[d] != q->dl.shape[d]) return false;
  return num_heads(k) == num_heads(v) && (shares_heads || num_heads(k) == num_heads(q));
}

// The sizes before the last two dimensions, broadcast; heads apart when they are shared.
void broadcast_lead(std::span<VtTensor* const> operands, bool shares_heads, Sizes& lead) {
  for (const VtTensor* t : operands) {
    const size_t kept = static_cast<size_t>(t->dl.ndim) - (shares_heads ? 3 : 2);
    if (!broadcast_into(lead, sizes_of(t).first(kept)))
      fail(VT_ERROR_SHAPE, std::string(kPublicName) + ": batch sizes do not broadcast: got " +
                               vt::detail::attention_sizes(operands[0], operands[1], operands[2]) +
                               (shares_heads ? "" : "; set enable_gqa to share key heads among query heads"));
  }
}

// (query, key, value, attn_mask, dropout_p, is_causal, *, scale, enable_gqa)
void scaled_dot_product_attention(const VtValue* args, VtValue* result) {
  VtTensor* const operands[3] = {args[0].as.tensor, args[1].as.tensor, args[2].as.tensor};
  const bool shares_heads = args[7].as.i != 0;
  for (const VtTensor* t : operands)
    if (t->dl.ndim < (shares_heads ? 3 : 2))
      fail(VT_ERROR_SHAPE, std::string(kPublicName) + ": too few dimensions: got " +
                               vt::detail::attention_sizes(operands[0], operands[1], operands[2]) +
                               ", expected at least " + (shares_heads ? "three" : "two"));
  const int64_t width = operands[0]->dl.shape[operands[0]->dl.ndim - 1];
  const double scale = is_none(args[6]) ? 1 / std::sqrt(static_cast<double>(width)) : args[6].as.f;
  if (fits_natively(operands[0], operands[1], operands[2], shares_heads)) {
    result[0] = call_native(operands, args, scale);
    return;
  }
  Sizes lead;
  broadcast_lead(operands, shares_heads, lead);
  const int64_t heads = num_heads(operands[0]);
  const auto prepare = [&](VtTensor* t, bool repeats) {
    if (!shares_heads) return expand_lead(t, lead);
    Sizes with_heads;
    with_heads.assign(lead.size() + 1, num_heads(t));
    std::copy(lead.begin(), lead.end(), with_heads.begin());
    const Owned expanded = expand_lead(t, with_heads);
    const bool repeated = repeats && num_heads(t) != 0 && heads % num_heads(t) == 0;
    return repeat_heads(expanded.get(), repeated ? heads / num_heads(t) : 1);
  };
  const bool repeats = shares_heads && num_heads(operands[1]) != num_heads(operands[2]);
  const Owned query = prepare(operands[0], false);
  const Owned key = prepare(operands[1], repeats);
  const Owned value = prepare(operands[2], repeats);
  VtTensor* const prepared[3] = {query.get(), key.get(), value.get()};
  result[0] = call_native(prepared, args, scale);
}

constexpr char kPublicDoc[] = R"(Attention: ``softmax(scale * query @ key^T + attn_mask) @ value``.

Parameters
----------
query : Tensor
    (..., Hq, L, E); float32, float64, bfloat16 or float16. Two dimensions are one head.
key : Tensor
    (..., H, S, E), of the same dtype.
value : Tensor
    (..., H, S, Ev), of the same dtype.
attn_mask : Tensor, optional
    Broadcastable to (..., Hq, L, S). Of booleans, True takes part; of floats (float32 or the query's dtype), it is added
    to the scores.
dropout_p : float
    Probability with which an attention probability is zeroed; the others are scaled by ``1 / (1 - dropout_p)``.
is_causal : bool
    Query ``i`` sees keys up to ``i``, counted from the first of both, beside `attn_mask`.
scale : float, optional
    ``1 / sqrt(E)`` by default.
enable_gqa : bool
    Query heads share key heads: Hq is a multiple of H.

Returns
-------
Tensor
    (..., Hq, L, Ev), laid out as (..., L, Hq, Ev), so that joining the heads copies nothing. A query that sees no key
    gets zeros.

Raises
------
RuntimeError
    If sizes or dtypes do not fit together, or `dropout_p` is outside [0, 1].
NotImplementedError
    For other dtypes.

Notes
-----
Batch dimensions broadcast. No matrix of L x S elements is made: memory is that of the operands. Only where `attn_mask` requires
grad, or the gradient is to be differentiated again, is it made, by `composed_attention`. Half types are computed in float32. On
CUDA it enqueues on the current stream and does not synchronise. Reference: Dao et al.,
"FlashAttention", 2022.)";

constexpr char kNativeDoc[] = R"(Attention with what its backward reads.

Parameters
----------
query, key, value, attn_mask, dropout_p, is_causal, scale
    As in scaled_dot_product_attention, with the same batch sizes. The number of query heads is a multiple of that of key
    heads, which are those of value.

Returns
-------
out : Tensor
    (..., Hq, L, Ev), laid out as (..., L, Hq, Ev).
lse : Tensor
    (..., Hq, L): the natural logarithm of the sum of exponentials of each query's scores, -inf where it sees no key.
    float64 for float64, else float32.
seed, offset : int
    Of the dropout; zero without. Element i of the (..., Hq, L, S) probabilities has word ``i % 4`` of Philox output
    ``offset + i // 4``, the same on every device.

Raises
------
RuntimeError
    If sizes or dtypes do not fit together, or `dropout_p` is outside [0, 1].
NotImplementedError
    For other dtypes.)";

constexpr char kBackwardDoc[] = R"(The gradients of native_attention.

Parameters
----------
grad : Tensor
    Of out.
query, key, value, out, lse, attn_mask, dropout_p, is_causal, scale, seed, offset
    The arguments and results of native_attention.
lse_grad : Tensor, optional
    The gradient of lse.

Returns
-------
query, key, value : Tensor
    The gradients, laid out as their arguments. Sums have one order, whatever the number of threads.

Raises
------
RuntimeError
    If sizes or dtypes do not fit together.)";

}  // namespace

void register_attention(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, "
       "bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor",
       VT_OP_FUNCTION | VT_OP_COMPOSITE, kPublicDoc},
      {"native_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask, float dropout_p, bool is_causal, "
       "float scale) -> (Tensor out, Tensor lse, int seed, int offset)",
       VT_OP_FUNCTION, kNativeDoc},
      {"native_attention_backward(Tensor grad, Tensor query, Tensor key, Tensor value, Tensor out, Tensor lse, Tensor? "
       "attn_mask, float dropout_p, bool is_causal, float scale, int seed, int offset, Tensor? lse_grad=None) -> (Tensor "
       "query, Tensor key, Tensor value)",
       VT_OP_FUNCTION, kBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{kName, boxed<native_attention>}, {kBackwardName, boxed<native_attention_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{kPublicName, boxed<scaled_dot_product_attention>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
