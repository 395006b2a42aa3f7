// SPDX-License-Identifier: Apache-2.0
// Special functions of two operands, either of which may be a number, on the CPU.
#include "ops/binary_runs.hpp"
#include "ops/loops/special.hpp"

namespace vt::core {

namespace {

// Integers are promoted to float; numbers enter unrounded (Note [Small floats]).
template <SpecialPairKind Kind>
void pair(const char* name, const VtValue* args, VtValue* result) {
  const SpecialPairLoops& table = loops<SpecialPairLoops>();
  BinaryOp op{name, table.by_kind[Kind], table.by_number[Kind]};
  op.plan_flags |= VT_ITER_INT_TO_FLOAT;
  planned_binary(op, args, result);
}

void xlogy(const VtValue* args, VtValue* result) { pair<kXlogy>("xlogy", args, result); }
void xlog1py(const VtValue* args, VtValue* result) { pair<kXlog1py>("special_xlog1py", args, result); }

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
    Of the broadcast shape; integers and bool give float32. 0 where `self` is, unless `other` is NaN.)";
constexpr char kXlog1pyDoc[] = R"(``self * log1p(other)``: as `xlogy` in everything else.)";

}  // namespace

void register_special_pairs(VtPlugin* plugin) {
  constexpr uint32_t kSpecial = VT_OP_OUT | VT_OP_FUNCTION | VT_OP_CPU_SCALARS;
  constexpr uint32_t kFlags = kSpecial | VT_OP_METHOD | VT_OP_INPLACE;
  const OpRow ops[] = {
      {"xlogy(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kXlogyDoc},
      {"xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor", kSpecial, kXlogyDoc},
      {"special_xlog1py(Tensor self, Tensor|Scalar other) -> Tensor", kSpecial, kXlog1pyDoc},
      {"special_xlog1py.self_scalar(Scalar self, Tensor other) -> Tensor", kSpecial, kXlog1pyDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"xlogy", boxed<xlogy>},
      {"xlogy.Scalar_Self", boxed<xlogy>},
      {"special_xlog1py", boxed<xlog1py>},
      {"special_xlog1py.self_scalar", boxed<xlog1py>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
