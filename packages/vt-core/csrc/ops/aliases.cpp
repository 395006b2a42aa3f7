// SPDX-License-Identifier: Apache-2.0
// Other names of core's operators: PyTorch's second names, one row each.
#include "dispatch/registry.hpp"
#include "ops/ops.hpp"

namespace vt::core {

namespace {

struct Alias {
  const char* name;
  const char* op;
};

// Offered in every form of the op.
constexpr Alias kAliases[] = {
    {"absolute", "abs"},
    {"arccos", "acos"},
    {"arccosh", "acosh"},
    {"arcsin", "asin"},
    {"arcsinh", "asinh"},
    {"arctan", "atan"},
    {"arctan2", "atan2"},
    {"arctanh", "atanh"},
    {"clip", "clamp"},
    {"concat", "cat"},
    {"concatenate", "cat"},
    {"divide", "div"},
    {"fix", "trunc"},
    {"ger", "outer"},
    {"greater", "gt"},
    {"greater_equal", "ge"},
    {"less", "lt"},
    {"less_equal", "le"},
    {"moveaxis", "movedim"},
    {"multiply", "mul"},
    {"native_channel_shuffle", "channel_shuffle"},
    {"negative", "neg"},
    {"not_equal", "ne"},
    {"row_stack", "vstack"},
    {"subtract", "sub"},
    {"swapdims", "transpose"},
    {"swapdims_", "transpose_"},
    {"trapz", "trapezoid"},
    {"true_divide", "div"},
};

// torch.special's and torch.linalg's: functions alone.
constexpr Alias kSpecial[] = {
    {"linalg_matmul", "matmul"},
    {"special_digamma", "digamma"},
    {"special_erf", "erf"},
    {"special_erfc", "erfc"},
    {"special_erfinv", "erfinv"},
    {"special_exp2", "exp2"},
    {"special_expit", "sigmoid"},
    {"special_expm1", "expm1"},
    {"special_gammainc", "igamma"},
    {"special_gammaincc", "igammac"},
    {"special_gammaln", "lgamma"},
    {"special_i0", "i0"},
    {"special_log1p", "log1p"},
    {"special_log_softmax", "log_softmax"},
    {"special_logit", "logit"},
    {"special_logsumexp", "logsumexp"},
    {"special_modified_bessel_i0", "i0"},
    {"special_modified_bessel_i1", "special_i1"},
    {"special_multigammaln", "mvlgamma"},
    {"special_polygamma", "polygamma"},
    {"special_psi", "digamma"},
    {"special_round", "round"},
    {"special_sinc", "sinc"},
    {"special_softmax", "softmax"},
    {"special_xlogy", "xlogy"},
};

}  // namespace

// After every other family: an alias has those overloads of its op that are known by now.
void register_aliases(VtPlugin* plugin) {
  constexpr uint32_t kEveryForm = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod;
  Registry& registry = Registry::instance();
  for (const Alias& alias : kAliases) registry.define_alias(plugin, alias.name, alias.op, kEveryForm, {});
  for (const Alias& alias : kSpecial)
    registry.define_alias(plugin, alias.name, alias.op, VT_OP_OUT | VT_OP_FUNCTION, {});
  constexpr RenamedArgument kAxes[] = {{"dim0", "axis0"}, {"dim1", "axis1"}};
  registry.define_alias(plugin, "swapaxes", "transpose", kEveryForm, kAxes);
  registry.define_alias(plugin, "swapaxes_", "transpose_", kEveryForm, kAxes);
}

}  // namespace vt::core
