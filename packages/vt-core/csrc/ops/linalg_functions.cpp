// SPDX-License-Identifier: Apache-2.0
// Powers and exponentials of matrices, and Vandermonde matrices.
#include <cmath>

#include "ops/lists.hpp"
#include "ops/linalg.hpp"

// Note [Exponentials]
// Scaling and squaring: exp(A) = p(A / 2^s)^(2^s), where p is the Taylor polynomial of degree 18, whose error in double precision
// is below rounding where the norm of A / 2^s is at most 1.09 (Bader, Blanes and Casas, "Computing the Matrix Exponential with an
// Optimized Taylor Polynomial Approximation", 2019). p is summed in powers of A^4 (Paterson and Stockmeyer, 1973): seven products.
// Each matrix of a batch has its own s.
namespace vt::core {

namespace {

using namespace linalg;

Tensor plus(const Tensor& a, const Tensor& b, double factor) {
  static const Op add("add");
  return add(a, b, factor);
}

constexpr int kDegree = 18;
constexpr int kStep = 4;

Tensor taylor(const Tensor& a) {
  double coefficients[kDegree + 1] = {1};
  for (int i = 1; i <= kDegree; ++i) coefficients[i] = coefficients[i - 1] / i;
  const int64_t n = rows_of(a.get());
  const Tensor square = calls::matmul(a, a);
  const Tensor powers[kStep + 1] = {eye_like(a, n, n), a, square, calls::matmul(square, a),
                                    calls::matmul(square, square)};
  const auto block = [&](int first, int last) {
    Tensor sum = calls::mul(powers[0], value_of(coefficients[first]));
    for (int i = first + 1; i <= last; ++i) sum = plus(sum, powers[i - first], coefficients[i]);
    return sum;
  };
  constexpr int kTop = kDegree / kStep * kStep;
  Tensor sum = block(kTop, kDegree);
  for (int first = kTop - kStep; first >= 0; first -= kStep)
    sum = calls::add(calls::matmul(sum, powers[kStep]), block(first, first + kStep - 1));
  return sum;
}

// The number of halvings that each matrix needs: (..., 1, 1), in the real dtype.
Tensor halvings(const Tensor& a) {
  static const Op detach("detach");
  static const Op abs("abs");
  static const Op amax("amax");
  static const Op log2("log2");
  static const Op ceil("ceil");
  static const Op clamp("clamp");
  static const Op where("where");
  static const Op isfinite("isfinite");
  const double most = same_dtype(real_of(a.dtype()), kFloat32) ? 3.01 : 1.09;
  const int64_t rows[] = {-1};
  const Tensor sums = calls::sum(abs(detach(a)), {-2}, true);
  const Tensor norms = amax(sums, std::span<const int64_t>(rows), true);
  const Tensor needed = clamp(ceil(log2(calls::mul(norms, value_of(1 / most)))), 0.0);
  return where(isfinite(needed), needed, value_of(0.0));
}

double largest_on_host(const Tensor& t) {
  static const Op amax("amax");
  static const Op to("to.device");
  const Tensor host = to(amax(t), DLDevice{kDLCPU, 0}, kFloat64);
  return *host.data<double>();
}

// linalg_matrix_exp(self)
void linalg_matrix_exp(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_matrix_exp";
  static const Op to("to.dtype");
  static const Op clone("clone");
  Tensor self = calls::shared(args[0]);
  check_square(kOp, "A", self.get());
  const DLDataType dtype = self.dtype();
  if (is_small_float(dtype) && itemsize_of(dtype) == 2) self = to(self, kFloat32);
  if (!has_factorisations(self.dtype()))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(kOp) + ": not implemented for " + std::string(dtype_name(dtype)) +
                                       ", expected a floating point or complex dtype");
  Tensor power;
  if (self.numel() == 0 || is_meta(self.device())) {
    power = clone(self);
  } else {
    static const Op ge("ge");
    static const Op where("where");
    const Tensor needed = halvings(self);
    const auto most = static_cast<int>(largest_on_host(needed));
    static const Op pow("rpow");
    power = most == 0 ? taylor(self) : taylor(calls::mul(self, pow(calls::mul(needed, value_of(-1.0)), 2.0)));
    for (int step = 1; step <= most; ++step)
      power = where(ge(needed, static_cast<double>(step)), calls::matmul(power, power), power);
  }
  if (!same_dtype(power.dtype(), dtype)) power = to(power, dtype);
  calls::give(kOp, std::move(power), result[0]);
}

// matrix_power(self, n)
void matrix_power(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "matrix_power";
  static const Op clone("clone");
  static const Op inv("linalg_inv");
  static const Op copy("copy_");
  Tensor self = calls::shared(args[0]);
  check_square(kOp, "A", self.get());
  const int64_t n = args[1].as.i;
  const int64_t size = rows_of(self.get());
  if (n == 0) {
    // Written into a copy, so that the result has a gradient, of zeros.
    const Tensor power = clone(self);
    calls::give(kOp, copy.into(power, power, eye_like(self, size, size), false), result[0]);
    return;
  }
  if (n < 0) self = inv(self);
  // The square of the square and so on, and the product of those whose bit is set.
  Tensor power;
  for (uint64_t bits = n < 0 ? uint64_t{0} - static_cast<uint64_t>(n) : static_cast<uint64_t>(n); bits; bits >>= 1) {
    if (bits & 1) power = power ? calls::matmul(power, self) : self;
    if (bits > 1) self = calls::matmul(self, self);
  }
  if (n == 1) power = clone(power);
  calls::give(kOp, std::move(power), result[0]);
}

// linalg_vander(x, *, N)
void linalg_vander(const VtValue* args, VtValue* result) {
  constexpr char kOp[] = "linalg_vander";
  static const Op ones_like("ones_like");
  static const Op stack("stack");
  static const Op to("to.dtype");
  Tensor x = calls::shared(args[0]);
  if (same_dtype(x.dtype(), kBool) || x.dtype().code == kDLFloat8_e4m3fn || x.dtype().code == kDLFloat8_e5m2)
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(kOp) + ": not implemented for " + std::string(dtype_name(x.dtype())));
  if (x.ndim() == 0) fail(VT_ERROR_SHAPE, std::string(kOp) + ": x must have at least one dimension: got ()");
  const int64_t num = is_none(args[1]) ? x.sizes().back() : args[1].as.i;
  if (num < 2) fail(VT_ERROR_RUNTIME, std::string(kOp) + ": N must be greater than 1: got " + std::to_string(num));
  if (num > INT32_MAX) fail(VT_ERROR_OVERFLOW, std::string(kOp) + ": N is too large: got " + std::to_string(num));
  if (calls::is_integral(x) && !same_dtype(x.dtype(), kInt64)) x = to(x, kInt64);
  std::vector<Tensor> powers = {ones_like(x), x};
  while (static_cast<int64_t>(powers.size()) < num) powers.push_back(calls::mul(powers.back(), x));
  std::vector<VtTensor*> list;
  for (const Tensor& power : powers) list.push_back(power.get());
  calls::give(kOp, stack(std::span<VtTensor* const>(list), int64_t{-1}), result[0]);
}

constexpr char kExpDoc[] =
    R"(The exponentials of matrices (..., n, n), floating or complex. Half types are computed in float32.

Reads the norms of the matrices on the host, which waits for a device.)";
constexpr char kPowerDoc[] =
    R"(Powers of matrices (..., n, n) with an integer exponent; of the inverses where it is negative.

Raises
------
LinAlgError
    If the exponent is negative and a matrix is singular.)";
constexpr char kVanderDoc[] =
    R"(Vandermonde matrices: the powers 0 .. N - 1 of the elements of `x` along a new last dimension.

Parameters
----------
x : Tensor
    Of sizes (..., n). Integers are computed in int64.
N : int, optional
    At least 2; n by default.)";

}  // namespace

void register_linalg_functions(VtPlugin* plugin) {
  constexpr uint32_t kFunction = VT_OP_COMPOSITE | VT_OP_FUNCTION;
  const OpRow ops[] = {
      {"linalg_matrix_exp(Tensor self) -> Tensor", kFunction, kExpDoc},
      {"matrix_exp(Tensor self) -> Tensor", kFunction | VT_OP_METHOD, kExpDoc},
      {"linalg_matrix_power(Tensor self, int n) -> Tensor", kFunction | VT_OP_OUT, kPowerDoc},
      {"matrix_power(Tensor self, int n) -> Tensor", kFunction | VT_OP_OUT | VT_OP_METHOD, kPowerDoc},
      {"linalg_vander(Tensor x, *, int? N=None) -> Tensor", kFunction, kVanderDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"linalg_matrix_exp", boxed<linalg_matrix_exp>}, {"matrix_exp", boxed<linalg_matrix_exp>},
      {"linalg_matrix_power", boxed<matrix_power>},    {"matrix_power", boxed<matrix_power>},
      {"linalg_vander", boxed<linalg_vander>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
