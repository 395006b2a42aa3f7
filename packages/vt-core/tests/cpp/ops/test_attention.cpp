// SPDX-License-Identifier: Apache-2.0
// Tests of attention: threads, views of a packed projection, dropout and what
// the backward regenerates.
#include <cmath>

#include "op_test.hpp"

namespace vt::test {
namespace {

class AttentionTest : public OpTest {};

// Reproducible values in [-1, 1).
Tensor noise(const Ints& sizes, uint32_t seed, DLDataType dtype = kFloat32) {
  Tensor t = zeros(sizes, kFloat32);
  uint32_t state = seed;
  for (int64_t i = 0; i < t.numel(); ++i) {
    state = state * 1664525u + 1013904223u;
    t.data<float>()[i] = static_cast<float>(state >> 8) * 0x1p-23f - 1.0f;
  }
  return Op("to")(t, dtype);
}

struct Forward {
  Tensor out;
  Tensor lse;
  int64_t seed;
  int64_t offset;
};
Forward attention(const Tensor& q, const Tensor& k, const Tensor& v, double dropout_p, bool is_causal, double scale) {
  const VtValue args[] = {value_of(q.get()),   value_of(k.get()),   value_of(v.get()), none(),
                          value_of(dropout_p), value_of(is_causal), value_of(scale)};
  VtValue results[4] = {none(), none(), none(), none()};
  check(tables().dispatch->call_boxed(Op("native_attention").get(), args, 7, results));
  return {Tensor::steal(results[0].as.tensor), Tensor::steal(results[1].as.tensor), results[2].as.i, results[3].as.i};
}

std::vector<Tensor> gradients(const Tensor& grad, const Tensor& q, const Tensor& k, const Tensor& v, const Forward& f,
                              double dropout_p, bool is_causal, double scale) {
  const VtValue args[] = {value_of(grad.get()),
                          value_of(q.get()),
                          value_of(k.get()),
                          value_of(v.get()),
                          value_of(f.out.get()),
                          value_of(f.lse.get()),
                          none(),
                          value_of(dropout_p),
                          value_of(is_causal),
                          value_of(scale),
                          value_of(f.seed),
                          value_of(f.offset),
                          none()};
  VtValue results[3] = {none(), none(), none()};
  check(tables().dispatch->call_boxed(Op("native_attention_backward").get(), args, 13, results));
  std::vector<Tensor> out;
  for (const VtValue& result : results) out.push_back(Tensor::steal(result.as.tensor));
  return out;
}

TEST_F(AttentionTest, ResultsDoNotDependOnTheNumberOfThreads) {
  const Tensor q = noise({2, 4, 150, 24}, 1);
  const Tensor k = noise({2, 2, 170, 24}, 2);
  const Tensor v = noise({2, 2, 170, 40}, 3);
  const Tensor grad = noise({2, 4, 150, 40}, 4);
  const int32_t before = tables().alloc->num_threads();
  std::vector<std::vector<double>> seen[2];
  for (int run = 0; run < 2; ++run) {
    check(tables().alloc->set_num_threads(run == 0 ? 1 : 4));
    const Forward f = attention(q, k, v, 0.0, true, 0.3);
    seen[run] = {values(f.out), values(f.lse)};
    for (const Tensor& t : gradients(grad, q, k, v, f, 0.0, true, 0.3)) seen[run].push_back(values(t));
  }
  check(tables().alloc->set_num_threads(before));
  EXPECT_EQ(seen[0], seen[1]);
}

TEST_F(AttentionTest, ReadsViewsOfAPackedProjection) {
  const Tensor packed = noise({2, 70, 3, 4, 16}, 5);
  std::vector<Tensor> views;
  std::vector<Tensor> dense;
  for (int64_t part = 0; part < 3; ++part) {
    views.push_back(Op("transpose")(Op("select")(packed, int64_t{2}, part), int64_t{1}, int64_t{2}));
    dense.push_back(Op("contiguous")(views.back()));
  }
  const Forward f = attention(views[0], views[1], views[2], 0.0, true, 0.25);
  const Forward expected = attention(dense[0], dense[1], dense[2], 0.0, true, 0.25);
  EXPECT_EQ(values(f.out), values(expected.out));
  // Heads lie inside rows, in the result and in the gradients of such views.
  EXPECT_EQ(Ints(f.out.strides().begin(), f.out.strides().end()), (Ints{70 * 64, 16, 64, 1}));
  const auto grads = gradients(f.out, views[0], views[1], views[2], f, 0.0, true, 0.25);
  const auto expected_grads = gradients(f.out, dense[0], dense[1], dense[2], f, 0.0, true, 0.25);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(values(grads[i]), values(expected_grads[i]));
    EXPECT_EQ(Ints(grads[i].strides().begin(), grads[i].strides().end()), (Ints{70 * 64, 16, 64, 1}));
    EXPECT_EQ(Ints(expected_grads[i].strides().begin(), expected_grads[i].strides().end()), (Ints{4480, 1120, 16, 1}));
  }
}

TEST_F(AttentionTest, DropoutZeroesAndScalesProbabilities) {
  constexpr int64_t kKeys = 96;
  const Tensor q = noise({1, 2, 80, 8}, 6);
  const Tensor k = noise({1, 2, kKeys, 8}, 7);
  Tensor identity = zeros({1, 2, kKeys, kKeys});  // shows the probabilities
  for (int64_t i = 0; i < 2 * kKeys; ++i) identity.data<float>()[i * kKeys + i % kKeys] = 1;
  const auto plain = values(attention(q, k, identity, 0.0, false, 0.5).out);
  const Forward dropped = attention(q, k, identity, 0.25, false, 0.5);
  const auto seen = values(dropped.out);
  int64_t kept = 0;
  for (size_t i = 0; i < seen.size(); ++i) {
    kept += seen[i] != 0;
    if (seen[i] != 0) {
      EXPECT_NEAR(seen[i], plain[i] / 0.75, 1e-6);
    }
  }
  EXPECT_NEAR(static_cast<double>(kept) / static_cast<double>(seen.size()), 0.75, 0.02);
  EXPECT_NE(attention(q, k, identity, 0.25, false, 0.5).offset, dropped.offset);
}

TEST_F(AttentionTest, BackwardDropsWhatTheForwardDropped) {
  const Tensor q = noise({1, 2, 20, 8}, 8, kFloat64);
  const Tensor k = noise({1, 2, 70, 8}, 9, kFloat64);
  const Tensor v = noise({1, 2, 70, 8}, 10, kFloat64);
  const Tensor grad = noise({1, 2, 20, 8}, 11, kFloat64);
  const Forward f = attention(q, k, v, 0.5, false, 0.5);
  // out is linear in v, so that <grad, out> = <d v, v> for the probabilities of that very call.
  const auto g = values(grad), o = values(f.out), x = values(v);
  const auto dv = values(gradients(grad, q, k, v, f, 0.5, false, 0.5)[2]);
  double by_out = 0, by_value = 0;
  for (size_t i = 0; i < g.size(); ++i) by_out += g[i] * o[i];
  for (size_t i = 0; i < x.size(); ++i) by_value += dv[i] * x[i];
  EXPECT_NEAR(by_out, by_value, 1e-9);
}

TEST_F(AttentionTest, EverythingDroppedIsZero) {
  const Tensor x = noise({1, 1, 5, 4}, 12);
  for (const double value : values(attention(x, x, x, 1.0, false, 0.5).out)) EXPECT_EQ(value, 0.0);
}

TEST_F(AttentionTest, MetaTensorsGiveShapes) {
  const DLDevice meta{static_cast<DLDeviceType>(VT_DEVICE_TYPE_META), 0};
  const Tensor q = Tensor::empty(Ints{2, 4, 6, 8}, kBFloat16, meta);
  const Tensor k = Tensor::empty(Ints{2, 2, 5, 8}, kBFloat16, meta);
  const Forward f = attention(q, k, k, 0.0, false, 1.0);
  EXPECT_EQ(Ints(f.out.sizes().begin(), f.out.sizes().end()), (Ints{2, 4, 6, 8}));
  EXPECT_EQ(Ints(f.lse.sizes().begin(), f.lse.sizes().end()), (Ints{2, 4, 6}));
}

}  // namespace
}  // namespace vt::test
