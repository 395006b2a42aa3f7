// SPDX-License-Identifier: Apache-2.0
// Special functions of two operands, either of which may be a number, on the CPU.
#include "ops/binary_runs.hpp"
#include "ops/loops/special.hpp"

namespace vt::core {

namespace {

struct Named {
  const char* name;
  SpecialPairKind kind;
};

// Integers are promoted to float; numbers enter unrounded (Note [Small floats]).
template <const Named& kOp>
void pair(const VtValue* args, VtValue* result) {
  const SpecialPairLoops& table = loops<SpecialPairLoops>();
  BinaryOp op{kOp.name, table.by_kind[kOp.kind], table.by_number[kOp.kind]};
  op.plan_flags |= VT_ITER_INT_TO_FLOAT;
  planned_binary(op, args, result);
}

constexpr Named kXlogyOp{"xlogy", kXlogy};
constexpr Named kXlog1pyOp{"special_xlog1py", kXlog1py};
constexpr Named kZetaOp{"special_zeta", kZeta};
constexpr Named kIgamma{"igamma", kGammainc};
constexpr Named kIgammac{"igammac", kGammaincc};
constexpr Named kT{"special_chebyshev_polynomial_t", kChebyshevT};
constexpr Named kU{"special_chebyshev_polynomial_u", kChebyshevU};
constexpr Named kV{"special_chebyshev_polynomial_v", kChebyshevV};
constexpr Named kW{"special_chebyshev_polynomial_w", kChebyshevW};
constexpr Named kShiftedT{"special_shifted_chebyshev_polynomial_t", kShiftedChebyshevT};
constexpr Named kShiftedU{"special_shifted_chebyshev_polynomial_u", kShiftedChebyshevU};
constexpr Named kShiftedV{"special_shifted_chebyshev_polynomial_v", kShiftedChebyshevV};
constexpr Named kShiftedW{"special_shifted_chebyshev_polynomial_w", kShiftedChebyshevW};
constexpr Named kH{"special_hermite_polynomial_h", kHermiteH};
constexpr Named kHe{"special_hermite_polynomial_he", kHermiteHe};
constexpr Named kL{"special_laguerre_polynomial_l", kLaguerre};
constexpr Named kP{"special_legendre_polynomial_p", kLegendre};

constexpr char kXlogyDoc[] = R"(``self * log(other)``, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor or Scalar
    Any shape; any real dtype but float8.
other : Tensor or Scalar
    Broadcastable with `self`; at least one of both is a tensor.

Returns
-------
Tensor
    Of the broadcast shape; integers and bool give the default dtype. 0 where `self` is, unless `other` is NaN.)";
constexpr char kXlog1pyDoc[] = R"(``self * log1p(other)``: as `xlogy` in everything else.)";
constexpr char kZetaDoc[] =
    R"(The zeta function of Hurwitz, ``sum((other + k) ** -self for k in range(inf))``, with broadcasting and type promotion.

Parameters
----------
self : Tensor or Scalar
    Any shape; any real dtype but float8. Below 1 there is no sum and the result is NaN; at 1 it is infinite.
other : Tensor or Scalar
    Broadcastable with `self`; at least one of both is a tensor. At 0 and negative integers the result is infinite.

Returns
-------
Tensor
    Of the broadcast shape; integers and bool give the default dtype. Computed in float64, within 6 ulp for positive `other`.
    There is no derivative by `self`.)";
constexpr char kIgammaDoc[] =
    R"(The lower incomplete gamma function, regularised: the part of ``gamma(self)`` that its integral has up to `other`.

Parameters
----------
self : Tensor
    Any shape; any real dtype but float8, not negative.
other : Tensor
    Broadcastable with `self`, not negative.

Returns
-------
Tensor
    Of the broadcast shape, in [0, 1]; NaN for negative arguments. Integers and bool give the default dtype. Computed in
    float64, to some ulp times the logarithm of what is smaller than 1. Unlike in PyTorch, there is a derivative by `self`.)";
constexpr char kIgammacDoc[] =
    R"(The upper incomplete gamma function, regularised: the part that `igamma` leaves. As `igamma` in everything else.)";
constexpr char kTDoc[] =
    R"(Chebyshev's polynomial of the first kind of degree `n` at `x`, with broadcasting and type promotion.

Parameters
----------
x : Tensor or Scalar
    Any shape; any real dtype but float8.
n : Tensor or Scalar
    The degree, truncated to a whole number; 0 results from negative ones. Broadcastable with `x`; at least one of both is a
    tensor.

Returns
-------
Tensor
    Of the broadcast shape; integers and bool give the default dtype. Computed in float64 and rounded. Never requires grad.)";
constexpr char kUDoc[] = "Chebyshev's polynomial of the second kind. All else as for `special_chebyshev_polynomial_t`.";
constexpr char kVDoc[] = "Chebyshev's polynomial of the third kind. All else as for `special_chebyshev_polynomial_t`.";
constexpr char kWDoc[] = "Chebyshev's polynomial of the fourth kind. All else as for `special_chebyshev_polynomial_t`.";
constexpr char kShiftedTDoc[] = "``special_chebyshev_polynomial_t(2 * x - 1, n)``.";
constexpr char kShiftedUDoc[] = "``special_chebyshev_polynomial_u(2 * x - 1, n)``.";
constexpr char kShiftedVDoc[] = "``special_chebyshev_polynomial_v(2 * x - 1, n)``.";
constexpr char kShiftedWDoc[] = "``special_chebyshev_polynomial_w(2 * x - 1, n)``.";
constexpr char kHDoc[] = "The physicists' polynomial of Hermite. All else as for `special_chebyshev_polynomial_t`.";
constexpr char kHeDoc[] = "The probabilists' polynomial of Hermite. All else as for `special_chebyshev_polynomial_t`.";
constexpr char kLDoc[] = "Laguerre's polynomial. All else as for `special_chebyshev_polynomial_t`.";
constexpr char kPDoc[] = "Legendre's polynomial. All else as for `special_chebyshev_polynomial_t`.";

struct Polynomial {
  const char* name;
  const char* doc;
  VtBoxedFn kernel;
};
constexpr Polynomial kPolynomials[] = {
    {kT.name, kTDoc, boxed<pair<kT>>},
    {kU.name, kUDoc, boxed<pair<kU>>},
    {kV.name, kVDoc, boxed<pair<kV>>},
    {kW.name, kWDoc, boxed<pair<kW>>},
    {kShiftedT.name, kShiftedTDoc, boxed<pair<kShiftedT>>},
    {kShiftedU.name, kShiftedUDoc, boxed<pair<kShiftedU>>},
    {kShiftedV.name, kShiftedVDoc, boxed<pair<kShiftedV>>},
    {kShiftedW.name, kShiftedWDoc, boxed<pair<kShiftedW>>},
    {kH.name, kHDoc, boxed<pair<kH>>},
    {kHe.name, kHeDoc, boxed<pair<kHe>>},
    {kL.name, kLDoc, boxed<pair<kL>>},
    {kP.name, kPDoc, boxed<pair<kP>>},
};

void register_on_host(VtPlugin* plugin, std::span<const vt::KernelRow> kernels) {
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace

void register_special_pairs(VtPlugin* plugin) {
  constexpr uint32_t kSpecial = VT_OP_OUT | VT_OP_FUNCTION | VT_OP_CPU_SCALARS;
  constexpr uint32_t kFlags = kSpecial | VT_OP_METHOD | VT_OP_INPLACE;
  const OpRow ops[] = {
      {"xlogy(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kXlogyDoc},
      {"xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor", kSpecial, kXlogyDoc},
      {"special_xlog1py(Tensor self, Tensor|Scalar other) -> Tensor", kSpecial, kXlog1pyDoc},
      {"special_xlog1py.self_scalar(Scalar self, Tensor other) -> Tensor", kSpecial, kXlog1pyDoc},
      {"special_zeta(Tensor self, Tensor|Scalar other) -> Tensor", kSpecial, kZetaDoc},
      {"special_zeta.self_scalar(Scalar self, Tensor other) -> Tensor", kSpecial, kZetaDoc},
      {"igamma(Tensor self, Tensor other) -> Tensor", kFlags, kIgammaDoc},
      {"igammac(Tensor self, Tensor other) -> Tensor", kFlags, kIgammacDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"xlogy", boxed<pair<kXlogyOp>>},
      {"xlogy.Scalar_Self", boxed<pair<kXlogyOp>>},
      {"special_xlog1py", boxed<pair<kXlog1pyOp>>},
      {"special_xlog1py.self_scalar", boxed<pair<kXlog1pyOp>>},
      {"special_zeta", boxed<pair<kZetaOp>>},
      {"special_zeta.self_scalar", boxed<pair<kZetaOp>>},
      {"igamma", boxed<pair<kIgamma>>},
      {"igammac", boxed<pair<kIgammac>>},
  };
  register_on_host(plugin, kernels);
  for (const Polynomial& p : kPolynomials) {
    const std::string schema = std::string(p.name) + "(Tensor x, Tensor|Scalar n) -> Tensor";
    const std::string of_number = std::string(p.name) + ".x_scalar(Scalar x, Tensor n) -> Tensor";
    const std::string number_name = std::string(p.name) + ".x_scalar";
    constexpr uint32_t kFlat = kSpecial | VT_OP_NOT_DIFFERENTIABLE;
    const OpRow forms[] = {{schema.c_str(), kFlat, p.doc}, {of_number.c_str(), kFlat, p.doc}};
    define_ops(plugin, forms);
    const vt::KernelRow rows[] = {{p.name, p.kernel}, {number_name.c_str(), p.kernel}};
    register_on_host(plugin, rows);
  }
}

}  // namespace vt::core
