// SPDX-License-Identifier: Apache-2.0
// Matrix products on raw memory and through operators: every way of computing them, any layout, any number of threads.
#include <cmath>
#include <cstring>
#include <limits>

#include "op_test.hpp"
#include "ops/gemm.hpp"

namespace vt::test {
namespace {

using core::GemmProblem;
using MatmulTest = OpTest;

// Small whole numbers, so that sums are exact in every dtype.
template <class T>
std::vector<T> whole_numbers(size_t num, uint32_t seed) {
  std::vector<T> values(num);
  for (T& value : values) {
    seed = seed * 1664525u + 1013904223u;
    value = static_cast<T>(static_cast<int>(seed >> 28) - 8);
  }
  return values;
}

// Strides of a matrix with dense rows, dense columns, or neither.
struct Layout {
  Layout(int kind, int64_t rows, int64_t cols)
      : row(kind == 0   ? cols
            : kind == 1 ? 1
                        : 3 * cols + 1),
        col(kind == 0   ? 1
            : kind == 1 ? rows
                        : 3) {}
  int64_t row;
  int64_t col;
};

// Short integers would become int, whose products must not overflow.
template <class T>
T product(T a, T b) {
  if constexpr (std::is_integral_v<T> && sizeof(T) < sizeof(int))
    return static_cast<T>(static_cast<uint32_t>(a) * static_cast<uint32_t>(b));
  else
    return a * b;
}

template <class T>
void expect_products_of(DLDataType dtype, int64_t m, int64_t n, int64_t k) {
  const auto room = [](int64_t rows, int64_t cols) { return static_cast<size_t>(rows * (3 * cols + 1) + 3); };
  const auto a = whole_numbers<T>(room(m, k), 1);
  const auto b = whole_numbers<T>(room(k, n), 2);
  const auto d = whole_numbers<T>(room(m, n), 3);
  for (int kinds = 0; kinds < 81; ++kinds) {
    const Layout a_layout(kinds % 3, m, k);
    const Layout b_layout(kinds / 3 % 3, k, n);
    const Layout c_layout(kinds / 9 % 3, m, n);
    const int added = kinds / 27;  // nothing, one row for all, a matrix
    std::vector<T> c(room(m, n), T{77});
    GemmProblem p;
    p.m = m;
    p.n = n;
    p.k = k;
    p.a = a.data();
    p.a_row = a_layout.row;
    p.a_col = a_layout.col;
    p.b = b.data();
    p.b_row = b_layout.row;
    p.b_col = b_layout.col;
    p.c = c.data();
    p.c_row = c_layout.row;
    p.c_col = c_layout.col;
    if (added > 0) {
      p.d = d.data();
      p.d_row = added == 1 ? 0 : n;
      p.d_col = 1;
      p.alpha = {2, 2};
      p.beta = added == 1 ? core::GemmFactor{} : core::GemmFactor{3, 3};
    }
    core::gemm_on_this_thread(dtype, p);
    size_t written = 0;
    for (int64_t i = 0; i < m; ++i)
      for (int64_t j = 0; j < n; ++j) {
        T sum{};
        for (int64_t q = 0; q < k; ++q)
          sum = static_cast<T>(sum + product(a[static_cast<size_t>(i * p.a_row + q * p.a_col)],
                                             b[static_cast<size_t>(q * p.b_row + j * p.b_col)]));
        if (added > 0) sum = static_cast<T>(2 * sum + (added == 1 ? 1 : 3) * d[static_cast<size_t>(i * p.d_row + j)]);
        T& got = c[static_cast<size_t>(i * p.c_row + j * p.c_col)];
        ASSERT_EQ(got, sum) << m << "x" << k << "x" << n << ", layouts " << kinds << ", at " << i << ", " << j;
        got = T{77};
        ++written;
      }
    EXPECT_EQ(written, static_cast<size_t>(m * n));
    for (const T& untouched : c) ASSERT_EQ(untouched, T{77});
  }
}

TEST_F(MatmulTest, EveryLayoutOfEveryOperand) {
  const int64_t sizes[][3] = {{1, 1, 1}, {3, 40, 5}, {40, 3, 9}, {15, 33, 17}, {2, 1, 0}, {64, 20, 300}, {1, 300, 260}};
  for (const auto& [m, n, k] : sizes) {
    expect_products_of<float>(kFloat32, m, n, k);
    expect_products_of<double>(kFloat64, m, n, k);
    expect_products_of<int32_t>(kInt32, m, n, k);
    expect_products_of<int64_t>(kInt64, m, n, k);
    expect_products_of<int8_t>(kInt8, m, n, k);
    expect_products_of<uint16_t>(kUInt16, m, n, k);
  }
}

TEST_F(MatmulTest, FewRowsByALargeMatrixReadItsRowsOrItsColumns) {
  for (const int64_t m : {1, 2, 5, 6}) {
    expect_products_of<float>(kFloat32, m, 270, 250);
    expect_products_of<int16_t>(kInt16, m, 270, 250);
  }
  expect_products_of<double>(kFloat64, 2, 1100, 70);
}

TEST_F(MatmulTest, BlocksBeyondOneOfEachSize) {
  const auto a = whole_numbers<float>(600 * 600, 1);
  const auto b = whole_numbers<float>(600 * 1100, 2);
  std::vector<float> c(600 * 1100);
  GemmProblem p;
  p.m = 600;
  p.n = 1100;
  p.k = 600;
  p.a = a.data();
  p.a_row = 600;
  p.a_col = 1;
  p.b = b.data();
  p.b_row = 1100;
  p.b_col = 1;
  p.c = c.data();
  p.c_row = 1100;
  p.c_col = 1;
  core::gemm(kFloat32, p);
  for (int64_t i = 0; i < 600; i += 37)
    for (int64_t j = 0; j < 1100; j += 41) {
      float sum = 0;
      for (int64_t q = 0; q < 600; ++q)
        sum += a[static_cast<size_t>(i * 600 + q)] * b[static_cast<size_t>(q * 1100 + j)];
      ASSERT_EQ(c[static_cast<size_t>(i * 1100 + j)], sum);
    }
}

TEST_F(MatmulTest, ThreadsDoNotChangeABit) {
  const int64_t shapes[][3] = {{300, 400, 500}, {5, 3000, 700}, {3000, 4, 700}, {1, 5000, 900}, {130, 70, 2000}};
  const auto noise = [](const Ints& sizes) {
    Tensor t = zeros(sizes);
    for (int64_t i = 0; i < t.numel(); ++i) t.data<float>()[i] = std::sin(static_cast<float>(i * i % 10007));
    return t;
  };
  const int32_t before = tables().alloc->num_threads();
  for (const auto& [m, n, k] : shapes) {
    const Tensor a = noise({m, k});
    for (const Tensor& b : {noise({k, n}), Op("transpose")(noise({n, k}), int64_t{0}, int64_t{1})}) {
      check(tables().alloc->set_num_threads(1));
      const Tensor one = Op("mm")(a, b);
      check(tables().alloc->set_num_threads(7));
      const Tensor many = Op("mm")(a, b);
      EXPECT_EQ(std::memcmp(one.data<float>(), many.data<float>(), static_cast<size_t>(one.numel()) * 4), 0)
          << m << "x" << k << "x" << n;
    }
  }
  check(tables().alloc->set_num_threads(before));
}

TEST_F(MatmulTest, HalvesAreRoundedOnce) {
  // Sums of ones in float16 would stop at 2048, of halves in bfloat16 at 128.
  const int64_t k = 4096;
  const Tensor a = Op("full")(ints({2, k}), 1.0, kFloat16);
  const Tensor b = Op("full")(ints({k, 3}), 1.0, kFloat16);
  EXPECT_EQ(values(Op("mm")(a, b)), std::vector<double>(6, 4096.0));
  const Tensor c = Op("full")(ints({k, 40}), 0.5, kBFloat16);
  const Tensor d = Op("full")(ints({40, k}), 1.0, kBFloat16);
  EXPECT_EQ(values(Op("mm")(d, c)), std::vector<double>(1600, 2048.0));
}

TEST_F(MatmulTest, NothingOfTheAddendIsReadWhenBetaIsZero) {
  const Tensor nan = Op("full")(ints({2, 2}), std::numeric_limits<double>::quiet_NaN(), kFloat32);
  const Tensor out = Op("addmm")(nan, iota({2, 2}), iota({2, 2}), int64_t{0}, int64_t{1});
  EXPECT_EQ(values(out), (std::vector<double>{2, 3, 6, 11}));
}

TEST_F(MatmulTest, TheAddendMayBeTheDestination) {
  const Tensor c = iota({2, 2});
  Op("addmm").into(c, c, iota({2, 2}), iota({2, 2}), int64_t{1}, int64_t{1});
  EXPECT_EQ(values(c), (std::vector<double>{2, 4, 8, 14}));
}

TEST_F(MatmulTest, AFactorMustNotBeTheDestination) {
  const Tensor a = iota({2, 2});
  EXPECT_NE(error_of([&] { Op("mm").into(a, a, iota({2, 2})); }).find("shares elements with a factor"),
            std::string::npos);
  EXPECT_EQ(values(a), (std::vector<double>{0, 1, 2, 3}));
}

TEST_F(MatmulTest, BatchesRepeatWithoutCopies) {
  const Tensor a = iota({2, 1, 2, 3});
  const Tensor b = iota({4, 3, 2});
  const Tensor out = Op("matmul")(a, b);
  EXPECT_EQ((Ints(out.sizes().begin(), out.sizes().end())), (Ints{2, 4, 2, 2}));
  const auto got = values(out);
  for (size_t i = 0; i < 2; ++i)
    for (size_t j = 0; j < 4; ++j)
      for (size_t r = 0; r < 2; ++r)
        for (size_t s = 0; s < 2; ++s) {
          double sum = 0;
          for (size_t q = 0; q < 3; ++q) sum += static_cast<double>((i * 6 + r * 3 + q) * (j * 6 + q * 2 + s));
          EXPECT_EQ(got[((i * 4 + j) * 2 + r) * 2 + s], sum);
        }
}

TEST_F(MatmulTest, MetaTensorsHaveShapesOnly) {
  const DLDevice meta{static_cast<DLDeviceType>(VT_DEVICE_TYPE_META), 0};
  const Tensor input = Op("empty")(ints({2, 5, 3}), kBFloat16, meta);
  const Tensor weight = Op("empty")(ints({4, 3}), kBFloat16, meta);
  const Tensor out = Op("linear")(input, weight);
  EXPECT_EQ((Ints(out.sizes().begin(), out.sizes().end())), (Ints{2, 5, 4}));
}

}  // namespace
}  // namespace vt::test
