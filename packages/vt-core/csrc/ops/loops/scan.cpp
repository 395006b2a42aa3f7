// SPDX-License-Identifier: Apache-2.0
// Loops of running sums, products and extremes: floating dtypes are computed in double and rounded once per element.
#include "ops/loops/scan.hpp"

#include <vt/cpp/math/complex.hpp>

#include <limits>

#include "ops/loops/fold.hpp"

// Note [Scans]
// Lines that are neighbours are walked side by side, a step at a time. A line of its own whose elements are neighbours is
// summed in blocks of eight: each block by itself, shifted against itself by one, two and four elements, and then lifted by the sum
// of those before it, so that only that one addition waits for the block before.
namespace vt::core::VT_ISA {

namespace {

using Number = math::complex::Complex;

// What running values of T are kept in.
template <class T>
struct RunningOf {
  using Type = std::conditional_t<std::is_floating_point_v<Wide<T>>, double, uint64_t>;
};
template <class P>
struct RunningOf<Complex<P>> {
  using Type = Number;
};
template <class T>
using Running = typename RunningOf<T>::Type;

template <class T>
[[gnu::always_inline]] inline Running<T> running_of(T x) noexcept {
  if constexpr (kIsComplex<T>) {
    return {static_cast<double>(x.real), static_cast<double>(x.imag)};
  } else {
    return static_cast<Running<T>>(widen(x));
  }
}
template <class T>
[[gnu::always_inline]] inline T rounded(Running<T> x) noexcept {
  if constexpr (kIsComplex<T>) {
    using Part = decltype(T::real);
    return T{static_cast<Part>(x.real), static_cast<Part>(x.imag)};
  } else {
    return convert_element<T>(x);
  }
}

template <class V>
[[gnu::always_inline]] inline V number(double x) noexcept {
  if constexpr (std::is_same_v<V, Number>) {
    return {x, 0};
  } else {
    return static_cast<V>(x);
  }
}
template <class V>
[[gnu::always_inline]] inline V added(V a, V b) noexcept {
  if constexpr (std::is_same_v<V, Number>) {
    return {a.real + b.real, a.imag + b.imag};
  } else {
    return a + b;
  }
}
template <class V>
[[gnu::always_inline]] inline V multiplied(V a, V b) noexcept {
  if constexpr (std::is_same_v<V, Number>) {
    return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
  } else {
    return a * b;
  }
}

template <class T>
struct Sum {
  using V = Running<T>;
  [[gnu::always_inline]] static inline V start() noexcept { return V{}; }
  [[gnu::always_inline]] static inline V step(V sum, V x) noexcept { return added(sum, x); }
};

template <class T>
struct Product {
  using V = Running<T>;
  [[gnu::always_inline]] static inline V start() noexcept { return number<V>(1); }
  [[gnu::always_inline]] static inline V step(V product, V x) noexcept { return multiplied(product, x); }
};

// log(e^sum + e^x) by the distance to the larger one; infinities and NaN prevail.
template <class T>
struct LogSumExp {
  using V = Running<T>;
  static constexpr double kLowest = -__builtin_inf();
  [[gnu::always_inline]] static inline V start() noexcept { return number<V>(kLowest); }
  [[gnu::always_inline]] static inline V step(V sum, V x) noexcept {
    if constexpr (std::is_same_v<V, Number>) {
      if (sum.real == kLowest) return x;
      const double largest = sum.real < x.real ? x.real : sum.real;
      if (largest - largest != 0) return sum.real < x.real || x.real != x.real ? x : sum;
      const Number a = math::complex::exp(Number{sum.real - largest, sum.imag});
      const Number b = math::complex::exp(Number{x.real - largest, x.imag});
      const Number total = math::complex::log(added(a, b));
      return {total.real + largest, total.imag};
    } else {
      const double largest = sum < x || x != x ? x : sum;
      const double distance = sum < x ? sum - x : x - sum;
      // Two infinities of one sign have no distance.
      return sum == x && sum - sum != 0 ? sum : largest + math::log1p(math::exp(distance));
    }
  }
};

template <class T, class Step>
[[gnu::always_inline]] inline void scan_steps(const char* src, char* out, const ScanLines& lines) noexcept {
  using V = Running<T>;
  if (lines.columns == 1) {
    V value = Step::start();
    for (int64_t i = 0; i < lines.length; ++i) {
      value = Step::step(value, running_of(load<T>(src + i * lines.src_step)));
      store(out + i * lines.out_step, rounded<T>(value));
    }
    return;
  }
  V values[kScanColumns];
  for (int64_t c = 0; c < lines.columns; ++c) values[c] = Step::start();
  for (int64_t i = 0; i < lines.length; ++i) VT_INDEPENDENT_LOOP for (int64_t c = 0; c < lines.columns; ++c) {
      values[c] = Step::step(values[c], running_of(load<T>(src + i * lines.src_step + c * lines.src_column)));
      store(out + i * lines.out_step + c * lines.out_column, rounded<T>(values[c]));
    }
}

template <class T>
struct EightOf {
  using Type __attribute__((vector_size(8 * sizeof(T)))) = T;
};
template <class T>
using Eight = typename EightOf<T>::Type;

// Sums of a dense line (Note [Scans]). Vectors are loaded and stored whole: an element at a time would cost more than it
// saves.
template <class T>
void sum_dense(const char* src, char* out, int64_t n) noexcept {
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  double before = 0;
  int64_t i = 0;
  for (; i + 8 <= n; i += 8) {
    Eight<T> elements;
    __builtin_memcpy(&elements, src + i * kItem, sizeof elements);
    Eight<double> x = __builtin_convertvector(elements, Eight<double>);
    const Eight<double> none{};
    x += __builtin_shufflevector(none, x, 0, 8, 9, 10, 11, 12, 13, 14);
    x += __builtin_shufflevector(none, x, 0, 1, 8, 9, 10, 11, 12, 13);
    x += __builtin_shufflevector(none, x, 0, 1, 2, 3, 8, 9, 10, 11);
    elements = __builtin_convertvector(x + before, Eight<T>);
    __builtin_memcpy(out + i * kItem, &elements, sizeof elements);
    before += x[7];
  }
  for (; i < n; ++i) {
    before += static_cast<double>(load<T>(src + i * kItem));
    store(out + i * kItem, static_cast<T>(before));
  }
}

template <class T>
void sum(const char* src, char* out, const ScanLines& lines) {
  if constexpr (std::is_floating_point_v<T>) {
    constexpr auto kItem = static_cast<int64_t>(sizeof(T));
    if (lines.columns == 1 && lines.src_step == kItem && lines.out_step == kItem)
      return sum_dense<T>(src, out, lines.length);
  }
  scan_steps<T, Sum<T>>(src, out, lines);
}
template <class T>
void product(const char* src, char* out, const ScanLines& lines) {
  scan_steps<T, Product<T>>(src, out, lines);
}
// A line by itself, in blocks: the exponentials of a block, and the logarithms of their running sums, do not wait for each
// other. All are taken below the block's largest element; where that is far above what came before, which would be lost, or
// elements are not finite, the block is taken step by step.
template <class T>
void logsumexp_of_line(const char* src, char* out, const ScanLines& lines) noexcept {
  constexpr int64_t kBlock = 64;
  constexpr double kMostBelow = 32;
  using Step = LogSumExp<T>;
  double value = Step::start();
  for (int64_t begin = 0; begin < lines.length; begin += kBlock) {
    const int64_t n = lines.length - begin < kBlock ? lines.length - begin : kBlock;
    const char* from = src + begin * lines.src_step;
    char* to = out + begin * lines.out_step;
    double x[kBlock];
    for (int64_t i = 0; i < n; ++i) x[i] = running_of(load<T>(from + i * lines.src_step));
    double largest = value;
    bool finite = true;
    for (int64_t i = 0; i < n; ++i) {
      finite &= x[i] - x[i] == 0;
      largest = x[i] > largest ? x[i] : largest;
    }
    const double before = value > x[0] ? value : x[0];
    if (finite && value <= largest && largest - before <= kMostBelow) {
      for (int64_t i = 0; i < n; ++i) x[i] = math::exp(x[i] - largest);
      double sum = math::exp(value - largest);
      for (int64_t i = 0; i < n; ++i) x[i] = sum += x[i];
      for (int64_t i = 0; i < n; ++i) x[i] = largest + math::log(x[i]);
      value = x[n - 1];
    } else {
      for (int64_t i = 0; i < n; ++i) x[i] = value = Step::step(value, x[i]);
    }
    for (int64_t i = 0; i < n; ++i) store(to + i * lines.out_step, rounded<T>(x[i]));
  }
}

template <class T>
void logsumexp(const char* src, char* out, const ScanLines& lines) {
  if constexpr (!kIsComplex<T>)
    if (lines.columns == 1) return logsumexp_of_line<T>(src, out, lines);
  scan_steps<T, LogSumExp<T>>(src, out, lines);
}

// A NaN prevails, and of equal elements the last one counts.
template <class T, bool kLargest>
void extreme(const char* src, char* out, int64_t* places, const ScanLines& lines) {
  using V = Wide<T>;
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  const int64_t place_step = lines.out_step / kItem;
  const int64_t place_column = lines.out_column / kItem;
  if (lines.columns == 1) {
    // A new extreme is seldom, or every element is one: the branch costs less than to wait for the one before.
    T best = load<T>(src);
    V value = widen(best);
    int64_t place = 0;
    int64_t i = 0;
    for (; i < lines.length && value == value; ++i) {
      const T element = load<T>(src + i * lines.src_step);
      const V x = widen(element);
      if (!(kLargest ? x < value : x > value)) [[unlikely]] {
        best = element;
        value = x;
        place = i;
      }
      store(out + i * lines.out_step, best);
      places[i * place_step] = place;
    }
    for (; i < lines.length; ++i) {  // after a NaN only another one counts
      const T element = load<T>(src + i * lines.src_step);
      const V x = widen(element);
      best = x != x ? element : best;
      place = x != x ? i : place;
      store(out + i * lines.out_step, best);
      places[i * place_step] = place;
    }
    return;
  }
  V values[kScanColumns];
  int64_t last[kScanColumns] = {};
  for (int64_t c = 0; c < lines.columns; ++c) values[c] = widen(load<T>(src + c * lines.src_column));
  for (int64_t i = 0; i < lines.length; ++i) VT_INDEPENDENT_LOOP for (int64_t c = 0; c < lines.columns; ++c) {
      const V x = widen(load<T>(src + i * lines.src_step + c * lines.src_column));
      const bool takes = (x != x) | ((values[c] == values[c]) & (kLargest ? x >= values[c] : x <= values[c]));
      values[c] = takes ? x : values[c];
      last[c] = takes ? i : last[c];
      store(out + i * lines.out_step + c * lines.out_column, convert_element<T>(values[c]));
      places[i * place_step + c * place_column] = last[c];
    }
}

template <class T>
void affine(const char* src, const char* factors, char* out, const ScanLines& lines) {
  using V = Running<T>;
  V values[kScanColumns] = {};
  for (int64_t i = 0; i < lines.length; ++i) VT_INDEPENDENT_LOOP for (int64_t c = 0; c < lines.columns; ++c) {
      const int64_t at = i * lines.src_step + c * lines.src_column;
      // Nothing comes before the first step, whatever its factor is.
      const V carried = i == 0 ? V{} : multiplied(running_of(load<T>(factors + at)), values[c]);
      values[c] = added(running_of(load<T>(src + at)), carried);
      store(out + i * lines.out_step + c * lines.out_column, rounded<T>(values[c]));
    }
}

}  // namespace

void fill_scan() {
  ScanLoops& table = chosen_loops<ScanLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr ((kIsOrdered<T> && !std::is_same_v<T, Bool>) || kIsComplex<T>) {
      table.sum[Index] = &sum<T>;
      table.product[Index] = &product<T>;
    }
    if constexpr (kIsOrdered<T>) {
      table.extreme[0][Index] = &extreme<T, false>;
      table.extreme[1][Index] = &extreme<T, true>;
    }
    if constexpr (kIsReal<T> || kIsComplex<T>) {
      table.logsumexp[Index] = &logsumexp<T>;
      table.affine[Index] = &affine<T>;
    }
  });
}

}  // namespace vt::core::VT_ISA
