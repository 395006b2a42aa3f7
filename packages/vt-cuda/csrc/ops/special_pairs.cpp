// SPDX-License-Identifier: Apache-2.0
// Special functions of two operands, either of which may be a number, on CUDA devices.
#include "binary_launch.hpp"

namespace vt::cuda {
namespace {

struct Named {
  const char* name;
  BinaryKind kind;
};

// Integers are promoted to float.
template <const Named& kOp>
void pair(const VtValue* args, VtValue* result) {
  launch_binary({kOp.name, kOp.kind, special_pair_kernels, VT_ITER_PROMOTE | VT_ITER_INT_TO_FLOAT}, args, result);
}

constexpr Named kXlogy{"xlogy", BinaryKind::kXlogy};
constexpr Named kXlog1py{"special_xlog1py", BinaryKind::kXlog1py};
constexpr Named kZeta{"special_zeta", BinaryKind::kZeta};
constexpr Named kIgamma{"igamma", BinaryKind::kGammainc};
constexpr Named kIgammac{"igammac", BinaryKind::kGammaincc};
constexpr Named kT{"special_chebyshev_polynomial_t", BinaryKind::kChebyshevT};
constexpr Named kU{"special_chebyshev_polynomial_u", BinaryKind::kChebyshevU};
constexpr Named kV{"special_chebyshev_polynomial_v", BinaryKind::kChebyshevV};
constexpr Named kW{"special_chebyshev_polynomial_w", BinaryKind::kChebyshevW};
constexpr Named kShiftedT{"special_shifted_chebyshev_polynomial_t", BinaryKind::kShiftedChebyshevT};
constexpr Named kShiftedU{"special_shifted_chebyshev_polynomial_u", BinaryKind::kShiftedChebyshevU};
constexpr Named kShiftedV{"special_shifted_chebyshev_polynomial_v", BinaryKind::kShiftedChebyshevV};
constexpr Named kShiftedW{"special_shifted_chebyshev_polynomial_w", BinaryKind::kShiftedChebyshevW};
constexpr Named kH{"special_hermite_polynomial_h", BinaryKind::kHermiteH};
constexpr Named kHe{"special_hermite_polynomial_he", BinaryKind::kHermiteHe};
constexpr Named kL{"special_laguerre_polynomial_l", BinaryKind::kLaguerre};
constexpr Named kP{"special_legendre_polynomial_p", BinaryKind::kLegendre};

// The polynomials have a form whose first operand is a number.
template <const Named& kOp>
void register_polynomial(VtPlugin* plugin) {
  const std::string of_number = std::string(kOp.name) + ".x_scalar";
  const KernelRow rows[] = {{kOp.name, kernel<pair<kOp>>}, {of_number.c_str(), kernel<pair<kOp>>}};
  register_kernels(plugin, kDLCUDA, rows);
}
template <const Named&... kOps>
void register_polynomials(VtPlugin* plugin) {
  (register_polynomial<kOps>(plugin), ...);
}

}  // namespace

void register_special_pairs(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"xlogy", kernel<pair<kXlogy>>},
      {"xlogy.Scalar_Self", kernel<pair<kXlogy>>},
      {"special_xlog1py", kernel<pair<kXlog1py>>},
      {"special_xlog1py.self_scalar", kernel<pair<kXlog1py>>},
      {"special_zeta", kernel<pair<kZeta>>},
      {"special_zeta.self_scalar", kernel<pair<kZeta>>},
      {"igamma", kernel<pair<kIgamma>>},
      {"igammac", kernel<pair<kIgammac>>},
  };
  register_kernels(plugin, kDLCUDA, rows);
  register_polynomials<kT, kU, kV, kW, kShiftedT, kShiftedU, kShiftedV, kShiftedW, kH, kHe, kL, kP>(plugin);
}

}  // namespace vt::cuda
