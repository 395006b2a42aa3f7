// SPDX-License-Identifier: Apache-2.0
// Loops of add, add with alpha, mul, maximum and minimum.
#include "ops/loops/arithmetic.hpp"
#include "ops/loops/binary.hpp"
#include "ops/loops/binary_loop.hpp"
#include "ops/loops/complex_products.hpp"
#include "ops/loops/half_order.hpp"

namespace vt::core::VT_ISA {

namespace {

template <BinaryKind Kind, class Wide>
[[gnu::always_inline]] inline Wide apply(Wide a, Wide b, Wide alpha) noexcept {
  if constexpr (Kind == kAdd) return sum_of(a, b);
  if constexpr (Kind == kAddScaled) return sum_of(a, product_of(alpha, b));
  if constexpr (Kind == kMul) return product_of(a, b);
  if constexpr (Kind == kMaximum) return larger_of(a, b);
  if constexpr (Kind == kMinimum) return smaller_of(a, b);
}

template <BinaryKind Kind, class T, class B>
struct Arithmetic {
  static void run(char* out, const char* a, const char* b, int64_t n, const int64_t* strides,
                  const void* alpha_pointer) {
    using Wide = Compute<T>;
    if constexpr (Kind == kAdd && kIsComplex<T>) {
      // A dense sum of complex numbers is that of their parts.
      if (strides[0] == sizeof(T) && strides[1] == sizeof(T) && strides[2] == sizeof(T)) {
        using Part = decltype(T::real);
        constexpr auto kPart = static_cast<int64_t>(sizeof(Part));
        const int64_t part_strides[3] = {kPart, kPart, kPart};
        return Arithmetic<Kind, Part, Part>::run(out, a, b, 2 * n, part_strides, nullptr);
      }
    }
    if constexpr (Kind == kMul && kIsComplex<T>) {
      if (strides[0] == sizeof(T) && strides[1] == sizeof(T) && strides[2] == sizeof(T))
        return multiply_dense_complex<decltype(T::real)>(out, a, b, n);
    }
    if constexpr ((Kind == kMaximum || Kind == kMinimum) && kIsHalf<T>) {
      using Bits = HalfBits<T>;
      const auto chosen = [](Bits x, Bits y) { return apply<Kind>(x, y, Bits{}); };
      if constexpr (std::is_same_v<T, B>) return binary_loop<Bits, Bits, Bits>(out, a, b, n, strides, chosen);
      if (strides[2] == 0) {
        // The extreme rounded is that of the number rounded.
        const T number = narrow<T>(load<float>(b));
        return binary_loop<Bits, Bits, Bits>(out, a, reinterpret_cast<const char*>(&number), n, strides, chosen);
      }
    }
    Wide alpha{};
    if constexpr (Kind == kAddScaled) {
      if constexpr (kIsSmallFloat<T>) {
        alpha = load<float>(static_cast<const char*>(alpha_pointer));
      } else {
        alpha = load_wide<T>(static_cast<const char*>(alpha_pointer));
      }
    }
    binary_loop<T, T, B>(out, a, b, n, strides, [alpha](Wide x, Wide y) { return apply<Kind>(x, y, alpha); });
  }
};

template <BinaryKind Kind>
void fill_kind(BinaryLoops& table) {
  for_each_dtype([&]<class T, size_t Index>() {
    constexpr bool kIsFloat8 = std::is_same_v<T, E4M3> || std::is_same_v<T, E5M2>;
    if constexpr (Kind == kMaximum || Kind == kMinimum) {
      if constexpr (!kIsFloat8 && !kIsComplex<T>) fill_binary_row<Kind, Arithmetic, T, Index>(table);
    } else if constexpr (Kind == kMul || !kIsFloat8) {
      // As in PyTorch float8 has products only. Integers wrap, so that one unsigned type serves both signs.
      fill_binary_row<Kind, Arithmetic, typename UnsignedOf<T>::Type, Index>(table);
    }
  });
}

}  // namespace

void fill_binary() {
  BinaryLoops& table = chosen_loops<BinaryLoops>;
  fill_kind<kAdd>(table);
  fill_kind<kAddScaled>(table);
  fill_kind<kMul>(table);
  fill_kind<kMaximum>(table);
  fill_kind<kMinimum>(table);
  fill_divide();
  fill_power();
  fill_pairs();
  fill_integers();
}

}  // namespace vt::core::VT_ISA
