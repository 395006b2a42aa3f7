// SPDX-License-Identifier: Apache-2.0
// Comparison, logical and bitwise operators on the CPU.
#include <vt/cpp/op.hpp>

#include "ops/binary_runs.hpp"
#include "ops/loops/binary.hpp"
#include "ops/loops/compare.hpp"

namespace vt::core {

namespace {

// The names of the kinds, by CompareKind.
constexpr const char* kNames[kNumCompareKinds] = {"eq",          "ne",          "lt",          "le",
                                                  "gt",          "ge",          "logical_and", "logical_or",
                                                  "logical_xor", "bitwise_and", "bitwise_or",  "bitwise_xor"};

template <CompareKind Kind>
void compare(const VtValue* args, VtValue* result) {
  constexpr bool kGivesBool = Kind < kBitwiseAnd;
  const BinaryLoop* table = loops<CompareLoops>().by_kind[Kind];
  if (dense_binary<kGivesBool>(kNames[Kind], table, args, result) ||
      dense_number<kGivesBool, true>(table, args, result)) [[likely]]
    return;
  planned_binary({kNames[Kind], table, nullptr, kGivesBool}, args, result);
}

// The operators on bits commute, so that a number may stand first.
template <CompareKind Kind>
void of_number(const VtValue* args, VtValue* result) {
  static const Op op(kNames[Kind]);
  result[0] = value_of(op.into(result[0], args[1], args[0]).release());
}

constexpr char kCompareDoc[] =
    R"(Compares `self` with `other`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
other : Tensor or Scalar
    Broadcastable with `self`. A number is rounded to the common dtype.

Returns
-------
Tensor
    Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

Notes
-----
Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.)";

constexpr char kLogicalDoc[] =
    R"(The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

Parameters
----------
self : Tensor
    Any shape and dtype.
other : Tensor
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape; bool.)";

constexpr char kBitwiseDoc[] =
    R"(The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

Parameters
----------
self : Tensor
    Any shape; bool or an integer dtype. Booleans are combined logically.
other : Tensor or Scalar
    Broadcastable with `self`.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype.

Raises
------
NotImplementedError
    If the common dtype is floating or complex.)";

}  // namespace

void register_compare(VtPlugin* plugin) {
  constexpr uint32_t kFlags =
      VT_OP_INPLACE | VT_OP_OUT | VT_OP_CPU_SCALARS | VT_OP_NOT_DIFFERENTIABLE | kFunctionAndMethod;
  constexpr uint32_t kOfNumber = VT_OP_OUT | VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"eq(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kCompareDoc},
      {"ne(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kCompareDoc},
      {"lt(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kCompareDoc},
      {"le(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kCompareDoc},
      {"gt(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kCompareDoc},
      {"ge(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kCompareDoc},
      {"logical_and(Tensor self, Tensor other) -> Tensor", kFlags, kLogicalDoc},
      {"logical_or(Tensor self, Tensor other) -> Tensor", kFlags, kLogicalDoc},
      {"logical_xor(Tensor self, Tensor other) -> Tensor", kFlags, kLogicalDoc},
      {"bitwise_and(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kBitwiseDoc},
      {"bitwise_and.scalar(Scalar self, Tensor other) -> Tensor", kOfNumber, kBitwiseDoc},
      {"bitwise_or(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kBitwiseDoc},
      {"bitwise_or.scalar(Scalar self, Tensor other) -> Tensor", kOfNumber, kBitwiseDoc},
      {"bitwise_xor(Tensor self, Tensor|Scalar other) -> Tensor", kFlags, kBitwiseDoc},
      {"bitwise_xor.scalar(Scalar self, Tensor other) -> Tensor", kOfNumber, kBitwiseDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"eq", boxed<compare<kEqual>>},
                                   {"ne", boxed<compare<kNotEqual>>},
                                   {"lt", boxed<compare<kLess>>},
                                   {"le", boxed<compare<kLessEqual>>},
                                   {"gt", boxed<compare<kGreater>>},
                                   {"ge", boxed<compare<kGreaterEqual>>},
                                   {"logical_and", boxed<compare<kLogicalAnd>>},
                                   {"logical_or", boxed<compare<kLogicalOr>>},
                                   {"logical_xor", boxed<compare<kLogicalXor>>},
                                   {"bitwise_and", boxed<compare<kBitwiseAnd>>},
                                   {"bitwise_or", boxed<compare<kBitwiseOr>>},
                                   {"bitwise_xor", boxed<compare<kBitwiseXor>>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"bitwise_and.scalar", boxed<of_number<kBitwiseAnd>>},
                                      {"bitwise_or.scalar", boxed<of_number<kBitwiseOr>>},
                                      {"bitwise_xor.scalar", boxed<of_number<kBitwiseXor>>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
