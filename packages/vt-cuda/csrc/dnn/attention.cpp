// SPDX-License-Identifier: Apache-2.0
// Which calls of attention go to cuDNN, and how they are put to it.
//
// Note [Attention as a graph]
// The library knows attention by the graph of its operations, which engines match as a whole; nothing between the first product and
// the last is kept in memory. Forward: S = scale Q K^T, masked; softmax by its maximum M and sum L, lse = M + log L; O = P V.
// Backward: delta = rowsum(dO O), P = exp(S - lse), dV = P^T dO, dS = scale P (dO V^T - delta), dQ = dS K, dK = dS^T Q. Gradients of
// keys that several heads share are summed over the heads.
//
// Note [Parts of a backward]
// The gradient of queries is a sum over keys. An engine that adds its parts in any order needs no memory; one with a fixed order keeps
// dS, as many bytes as scores of a half type. So that they stay few, a call is cut into parts of whole heads, all of one shape.
#include "attention.hpp"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <utility>

#include "../ops/launch.hpp"
#include "plans.hpp"

namespace vt::cuda {
namespace {

constexpr int64_t kHalfBytes = 2;

enum Id : int64_t {
  kQuery = 1,
  kKey,
  kValue,
  kOut,
  kLse,
  kScale,
  kMasked,
  kGrad,
  kQueryGrad,
  kKeyGrad,
  kValueGrad,
  kDelta,
  kOne
};

// A call as the library sees it: (batch, heads, rows, columns) with strides in elements.
class Problem : public DnnProblem {
 public:
  Problem(DLDataType dtype, const AttentionShape& shape, const AttentionParams& p)
      : type_(same_dtype(dtype, kFloat16) ? dn::kReal16 : dn::kRealBrain16), shape_(shape), p_(p) {}

  bool rounds_operands() const noexcept override { return true; }
  bool is_dear() const noexcept override { return true; }

 protected:
  ~Problem() = default;

  DnnKey key_of(int64_t kind, std::initializer_list<const AttentionOperand*> operands) const {
    DnnKey key{kind,           type_,       p_.is_causal, shape_.batch,      shape_.heads, shape_.kv_heads,
               shape_.queries, shape_.keys, shape_.width, shape_.value_width};
    auto* next = key.data() + 10;
    for (const AttentionOperand* operand : operands)
      for (const int64_t stride : {operand->lead[0], operand->head, operand->row}) *next++ = stride;
    return key;
  }

  const Graph::Tensor& add(Graph& graph, Id id, const DnnLayout& layout) const {
    return graph.in_memory(id, type_, layout);
  }
  DnnLayout queries(const AttentionOperand& operand, int64_t columns) const {
    return layout(operand, shape_.heads, shape_.queries, columns);
  }
  DnnLayout keys(const AttentionOperand& operand, int64_t columns) const {
    return layout(operand, shape_.kv_heads, shape_.keys, columns);
  }
  DnnLayout dense(int64_t heads, int64_t rows, int64_t columns) const {
    return DnnLayout::row_major({shape_.batch, heads, rows, columns});
  }
  DnnLayout rows() const { return dense(shape_.heads, shape_.queries, 1); }
  DnnLayout scores() const { return dense(shape_.heads, shape_.queries, shape_.keys); }

  const Graph::Tensor& scaled_product(Graph& graph, const Graph::Tensor& q, const Graph::Tensor& k,
                                      const Graph::Tensor& scale) const {
    const auto& product = graph.matmul(q, k, graph.between(dn::kReal32, scores()));
    return graph.pointwise(dn::kMultiply, product, &scale);
  }
  const Graph::Tensor& masked(Graph& graph, const Graph::Tensor& x) const {
    if (!p_.is_causal) return x;
    const auto& row = graph.index(x, 2);
    const auto& column = graph.index(x, 3);
    const auto& is_seen = graph.greater_equal(row, column);
    return graph.select(is_seen, x, graph.number(kMasked));
  }

  dn::DataType type_;
  const AttentionShape& shape_;
  const AttentionParams& p_;

 private:
  // Dimensions of size one are said to lie around all others.
  DnnLayout layout(const AttentionOperand& operand, int64_t heads, int64_t rows, int64_t columns) const {
    DnnLayout out{{shape_.batch, heads, rows, columns},
                  {operand.lead[0] / kHalfBytes, operand.head / kHalfBytes, operand.row / kHalfBytes, 1}};
    int64_t extent = columns;
    for (size_t d = 0; d < 3; ++d)
      if (out.sizes[d] != 1) extent = std::max(extent, out.sizes[d] * out.strides[d]);
    for (size_t d = 0; d < 3; ++d)
      if (out.sizes[d] == 1) out.strides[d] = extent;
    return out;
  }
};

class Forward final : public Problem {
 public:
  using Problem::Problem;

  DnnKey key() const override { return key_of(2, {&p_.query, &p_.key, &p_.value, &p_.out}); }

  void describe(Graph& graph) const override {
    const auto& q = add(graph, kQuery, queries(p_.query, shape_.width));
    const auto& k = add(graph, kKey, keys(p_.key, shape_.width).transposed());
    const auto& v = add(graph, kValue, keys(p_.value, shape_.value_width));
    const auto& out = add(graph, kOut, queries(p_.out, shape_.value_width));
    const auto& lse = graph.in_memory(kLse, dn::kReal32, rows());
    const auto row = [&]() -> const Graph::Tensor& { return graph.between(dn::kReal32, rows()); };
    const auto& s = masked(graph, scaled_product(graph, q, k, graph.number(kScale)));
    const auto& maximum = graph.reduce(dn::kMaximum, s, row());
    const auto& e = graph.pointwise(dn::kExp, graph.pointwise(dn::kSubtract, s, &maximum));
    const auto& sum = graph.reduce(dn::kSum, e, row());
    const auto& log = graph.pointwise(dn::kLog, sum);
    graph.pointwise(dn::kAdd, maximum, &log, &lse);
    graph.matmul(graph.pointwise(dn::kDivide, e, &sum, &graph.between(type_, scores())), v, out);
  }
};

class Backward final : public Problem {
 public:
  using Problem::Problem;

  DnnKey key() const override {
    return key_of(3, {&p_.query, &p_.key, &p_.value, &p_.out, &p_.grad, &p_.query_grad, &p_.key_grad, &p_.value_grad});
  }

  void describe(Graph& graph) const override {
    const auto& scale = graph.number(kScale);
    const auto& lse = graph.in_memory(kLse, dn::kReal32, rows());
    const auto& q = add(graph, kQuery, queries(p_.query, shape_.width));
    const auto& out = add(graph, kOut, queries(p_.out, shape_.value_width));
    const auto& k = add(graph, kKey, keys(p_.key, shape_.width).transposed());
    const auto& v = add(graph, kValue, keys(p_.value, shape_.value_width).transposed());
    const auto& grad = add(graph, kGrad, queries(p_.grad, shape_.value_width));
    const auto& q_grad = add(graph, kQueryGrad, queries(p_.query_grad, shape_.width));
    const auto& k_grad = add(graph, kKeyGrad, keys(p_.key_grad, shape_.width));
    const auto& v_grad = add(graph, kValueGrad, keys(p_.value_grad, shape_.value_width));
    const auto& delta = graph.in_memory(kDelta, dn::kReal32, rows());

    const auto& products =
        graph.pointwise(dn::kMultiply, grad, &out,
                        &graph.between(dn::kReal32, dense(shape_.heads, shape_.queries, shape_.value_width)));
    const auto& sums = graph.reduce(dn::kSum, products, graph.between(dn::kReal32, rows()));
    graph.pointwise(dn::kMultiply, sums, &graph.number(kOne), &delta);
    const auto& s = graph.pointwise(dn::kSubtract, scaled_product(graph, q, k, scale), &lse);
    const auto& p = graph.pointwise(dn::kExp, masked(graph, s));
    sum_over_group(graph, transposed(graph, p), grad, v_grad);
    const auto& p_grad = graph.matmul(grad, v, graph.between(dn::kReal32, scores()));
    const auto& centred = graph.pointwise(dn::kSubtract, p_grad, &delta);
    const auto& s_grad = graph.pointwise(dn::kMultiply, graph.pointwise(dn::kMultiply, centred, &p), &scale);
    sum_over_group(graph, transposed(graph, s_grad), q, k_grad);
    const auto& plain_k = graph.reshape(k, graph.between(dn::kReal32, keys(p_.key, shape_.width)));
    graph.matmul(s_grad, plain_k, q_grad);
  }

 private:
  const Graph::Tensor& transposed(Graph& graph, const Graph::Tensor& x) const {
    return graph.reshape(x, graph.between(type_, scores().transposed()));
  }
  // out = x y, a matrix for each head of keys.
  void sum_over_group(Graph& graph, const Graph::Tensor& x, const Graph::Tensor& y, const Graph::Tensor& out) const {
    if (shape_.group() == 1) {
      graph.matmul(x, y, out);
      return;
    }
    const auto& each = graph.between(type_, dense(shape_.heads, shape_.keys, y.layout().sizes.back()));
    graph.reduce(dn::kSum, graph.matmul(x, y, each), out);
  }
};

// One dimension of batches, and rows whose elements are neighbours.
bool is_regular(const AttentionParams& p, std::initializer_list<const AttentionOperand*> operands) noexcept {
  for (int d = 1; d < kAttentionLeads; ++d)
    if (p.lead_sizes[d] != 1) return false;
  return std::all_of(operands.begin(), operands.end(), [](const AttentionOperand* o) { return o->has_vectors; });
}

// Rows and columns up to which own kernels, which keep them on the chip, are the faster; and heads as narrow.
constexpr int64_t kShortRows = 64;
constexpr int64_t kNarrowHeads = 32;
// Multiplications of one product below which a plan is not worth its making.
constexpr double kLeastProducts = int64_t{1} << 29;

bool is_better(DLDataType dtype, const AttentionShape& shape, const AttentionParams& p, int64_t most_width) {
  const int64_t width = std::max(shape.width, shape.value_width);
  const double products =
      static_cast<double>(shape.batch * shape.heads * shape.queries) * static_cast<double>(shape.keys * shape.width);
  if (width <= kNarrowHeads || width > most_width || std::min(shape.queries, shape.keys) <= kShortRows ||
      products < kLeastProducts)
    return false;
  const bool is_half = same_dtype(dtype, kFloat16) || same_dtype(dtype, kBFloat16);
  const bool is_plain = p.mask.data == nullptr && p.dropout_p == 0 && p.scale > 0;
  return is_half && is_plain && cudnn() != nullptr;
}

// What a part of a backward may keep. Of 2.7 GB in one piece, parts of 0.7 take 13 % longer, of 0.3 30 %.
constexpr int64_t kMostScoreBytes = int64_t{1} << 30;

int64_t largest_divisor(int64_t n, int64_t most) noexcept {
  int64_t divisor = std::clamp<int64_t>(most, 1, n);
  while (n % divisor != 0) --divisor;
  return divisor;
}

struct PartSizes {
  int64_t batch;
  int64_t kv_heads;

  explicit PartSizes(const AttentionShape& s) noexcept {
    constexpr int64_t kTile = 128;
    const int64_t rows = ceil_divide(s.queries, kTile) * kTile;
    const int64_t columns = ceil_divide(s.keys, kTile) * kTile;
    const int64_t of_head = s.group() * rows * columns * kHalfBytes;
    kv_heads = largest_divisor(s.kv_heads, kMostScoreBytes / of_head);
    batch = kv_heads < s.kv_heads ? 1 : largest_divisor(s.batch, kMostScoreBytes / (of_head * s.kv_heads));
  }
};

// The part that begins at an entry of the batch and a head of keys.
AttentionParams part_of(const AttentionParams& p, const AttentionShape& s, int64_t batch, int64_t kv_head) noexcept {
  AttentionParams part = p;
  const int64_t head = kv_head * s.group();
  for (AttentionOperand* operand : {&part.query, &part.out, &part.grad, &part.query_grad})
    operand->data += batch * operand->lead[0] + head * operand->head;
  for (AttentionOperand* operand : {&part.key, &part.value, &part.key_grad, &part.value_grad})
    operand->data += batch * operand->lead[0] + kv_head * operand->head;
  part.lse = static_cast<float*>(part.lse) + (batch * s.heads + head) * s.queries;
  return part;
}

bool run_part(const char* op, DLDevice device, DLDataType dtype, const AttentionShape& shape,
              const AttentionParams& p) {
  const auto scale = static_cast<float>(p.scale);
  constexpr float kFactor = 1;
  constexpr float kNever = -std::numeric_limits<float>::infinity();
  const Queue::Scratch delta(Queue(device), shape.batch * shape.heads * shape.queries * int64_t{sizeof(float)});
  const DnnOperand operands[] = {{kQuery, p.query.data},
                                 {kKey, p.key.data},
                                 {kValue, p.value.data},
                                 {kOut, p.out.data},
                                 {kLse, p.lse},
                                 {kScale, &scale},
                                 {kGrad, p.grad.data},
                                 {kQueryGrad, p.query_grad.data},
                                 {kKeyGrad, p.key_grad.data},
                                 {kValueGrad, p.value_grad.data},
                                 {kDelta, delta.data()},
                                 {kOne, &kFactor},
                                 {kMasked, &kNever}};
  return dnn_run(op, device, Backward(dtype, shape, p), std::span(operands).first(p.is_causal ? 13 : 12));
}

}  // namespace

bool dnn_attention(const char* op, DLDevice device, DLDataType dtype, const AttentionShape& shape,
                   const AttentionParams& p) {
  if (!is_regular(p, {&p.query, &p.key, &p.value, &p.out}) || !is_better(dtype, shape, p, 256)) return false;
  const auto scale = static_cast<float>(p.scale);
  constexpr float kNever = -std::numeric_limits<float>::infinity();
  const DnnOperand operands[] = {{kQuery, p.query.data}, {kKey, p.key.data}, {kValue, p.value.data}, {kOut, p.out.data},
                                 {kLse, p.lse},          {kScale, &scale},   {kMasked, &kNever}};
  return dnn_run(op, device, Forward(dtype, shape, p), std::span(operands).first(p.is_causal ? 7 : 6));
}

bool dnn_attention_backward(const char* op, DLDevice device, DLDataType dtype, const AttentionShape& shape,
                            const AttentionParams& p) {
  if (p.lse_grad != nullptr || !is_better(dtype, shape, p, 128) ||
      !is_regular(p, {&p.query, &p.key, &p.value, &p.out, &p.grad, &p.query_grad, &p.key_grad, &p.value_grad}))
    return false;
  const PartSizes sizes(shape);
  AttentionShape part = shape;
  part.batch = sizes.batch;
  part.kv_heads = sizes.kv_heads;
  part.heads = sizes.kv_heads * shape.group();
  const bool is_whole = part.batch == shape.batch && part.kv_heads == shape.kv_heads;
  if (!is_aligned(p.lse) || (!is_whole && part.batch * part.heads * part.queries % 4 != 0)) return false;
  for (int64_t batch = 0; batch < shape.batch; batch += sizes.batch)
    for (int64_t head = 0; head < shape.kv_heads; head += sizes.kv_heads)
      if (!run_part(op, device, dtype, part, part_of(p, shape, batch, head))) return false;  // all are served, or none
  return true;
}

}  // namespace vt::cuda
