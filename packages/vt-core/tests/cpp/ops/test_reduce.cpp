// SPDX-License-Identifier: Apache-2.0
// sum: layouts, accuracy, and results that do not depend on the number of threads.
#include <cmath>
#include <random>

#include "op_test.hpp"

namespace vt::test {
namespace {

class ReduceTest : public OpTest {
 protected:
  ReduceTest() : threads_(tables().alloc->num_threads()) {}
  ~ReduceTest() override { tables().alloc->set_num_threads(threads_); }

  static Tensor random_tensor(const Ints& sizes, uint64_t seed) {
    Tensor t = zeros(sizes);
    std::mt19937_64 random(seed);
    for (int64_t i = 0; i < t.numel(); ++i) t.data<float>()[i] = static_cast<float>(random() % 100000) * 1e-5f;
    return t;
  }

 private:
  int32_t threads_;
};

TEST_F(ReduceTest, EveryDimensionOfEveryLayout) {
  const Tensor x = iota({3, 4, 5});
  const Ints dims[] = {{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}};
  const Tensor layouts[] = {x, Op("permute")(Op("contiguous")(Op("permute")(x, ints({2, 0, 1}))), ints({1, 2, 0}))};
  for (const Tensor& t : layouts)
    for (const Ints& reduced : dims) {
      std::vector<double> expected;
      const Tensor out = Op("sum.dims")(t, ints(reduced), true);
      expected.assign(static_cast<size_t>(out.numel()), 0);
      for (int64_t i = 0; i < 3; ++i)
        for (int64_t j = 0; j < 4; ++j)
          for (int64_t k = 0; k < 5; ++k) {
            const int64_t at[3] = {out.sizes()[0] == 1 ? 0 : i, out.sizes()[1] == 1 ? 0 : j,
                                   out.sizes()[2] == 1 ? 0 : k};
            expected[static_cast<size_t>((at[0] * out.sizes()[1] + at[1]) * out.sizes()[2] + at[2])] +=
                static_cast<double>(i * 20 + j * 5 + k);
          }
      EXPECT_EQ(values(out), expected);
    }
}

TEST_F(ReduceTest, ResultDoesNotDependOnThreads) {
  const Tensor shapes[] = {random_tensor({1'500'000}, 1), random_tensor({700, 1100}, 2),
                           random_tensor({3, 400'001}, 3)};
  for (const Tensor& t : shapes)
    for (int64_t dim = 0; dim < t.ndim(); ++dim) {
      std::vector<double> expected;
      for (const int32_t threads : {1, 2, 5}) {
        ASSERT_EQ(tables().alloc->set_num_threads(threads), 0);
        const auto out = values(Op("sum.dims")(t, ints({dim})));
        if (expected.empty()) expected = out;
        EXPECT_EQ(out, expected) << threads << " threads, dim " << dim;
      }
    }
}

TEST_F(ReduceTest, LongSumsStayAccurate) {
  const Tensor x = random_tensor({4'000'000}, 5);
  double exact = 0;
  for (int64_t i = 0; i < x.numel(); ++i) exact += static_cast<double>(x.data<float>()[i]);
  EXPECT_NEAR(values(Op("sum")(x))[0] / exact, 1.0, 1e-7);
  const Tensor columns = Op("view")(x, ints({1'000'000, 4}));
  double total = 0;
  for (const double v : values(Op("sum.dims")(columns, ints({0})))) total += v;
  EXPECT_NEAR(total / exact, 1.0, 1e-7);
}

TEST_F(ReduceTest, DoublesAreCompensated) {
  const Tensor x = zeros({100'001}, kFloat64);
  double* data = x.data<double>();
  std::fill_n(data, 100'001, 1e-16);
  data[0] = 1.0;
  EXPECT_NEAR(values(Op("sum")(x))[0], 1.0 + 1e-11, 1e-14);  // one by one they would all be lost
}

TEST_F(ReduceTest, InfinityAndNanSurvive) {
  EXPECT_EQ(values(Op("sum")(of({1, INFINITY, 2}, {3})))[0], INFINITY);
  EXPECT_TRUE(std::isnan(values(Op("sum")(of({1, INFINITY, -INFINITY}, {3})))[0]));
  const Tensor big = zeros({2}, kFloat64);
  big.data<double>()[0] = big.data<double>()[1] = 1.7e308;
  EXPECT_EQ(values(Op("sum")(big))[0], INFINITY);
}

TEST_F(ReduceTest, EmptySumsAreZero) {
  EXPECT_EQ(values(Op("sum")(zeros({0, 3})))[0], 0);
  EXPECT_EQ(values(Op("sum.dims")(zeros({0, 3}), ints({0}))), (std::vector<double>{0, 0, 0}));
  EXPECT_EQ(Op("sum.dims")(zeros({0, 3}), ints({1})).numel(), 0);
}

TEST_F(ReduceTest, SumToSizeUndoesBroadcasting) {
  const Tensor out = Op("sum_to_size")(iota({2, 3, 4}), ints({3, 1}));
  EXPECT_EQ(values(out), (std::vector<double>{0 + 1 + 2 + 3 + 12 + 13 + 14 + 15, 4 + 5 + 6 + 7 + 16 + 17 + 18 + 19,
                                              8 + 9 + 10 + 11 + 20 + 21 + 22 + 23}));
  int32_t kind = 0;
  error_of([] { Op("sum_to_size")(iota({2, 3}), ints({4})); }, &kind);
  EXPECT_EQ(kind, VT_ERROR_SHAPE);
}

}  // namespace
}  // namespace vt::test
