// SPDX-License-Identifier: Apache-2.0
// isin: which elements are among others, on any device.
#include <vt/cpp/iter/reduce_rules.hpp>
#include <vt/cpp/rows.hpp>

#include "ops/calls.hpp"

namespace vt::core {

namespace {

// Up to so many, each element is compared with all others; beyond, others are sorted and searched. On the CPU to compare is cheap.
int64_t most_compared(const Tensor& elements) { return is_cpu(elements.get()) ? 128 : 16; }

void refuse_float8(const VtValue& v) {
  const DtypeIndex index = known_dtype_index(v.as.tensor->dl.dtype);
  if (is_float8(index))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         "isin: not implemented for " + std::string(dtype_info(index).name) + "; convert to another dtype first");
}

Tensor compared_with_all(const VtValue& elements, const Tensor& others) {
  static const Op eq("eq");
  static const Op any("any.dim");
  const Tensor given = calls::shared(elements);
  if (!is_cpu(given.get()) || given.ndim() == 0 || others.numel() == 0)
    return any(eq(calls::unsqueeze(given, -1), others), int64_t{-1});
  // One of the others at a time, and no tensor of all pairs. The mask lies row by row on every device.
  const Tensor rowwise = rows::dense(given.get());
  static const Op logical_or("logical_or");
  Tensor found;
  for (int64_t k = 0; k < others.numel(); ++k) {
    Tensor equal = eq(rowwise, calls::slice(others, 0, k, k + 1));
    found = found ? logical_or.into(found, found, equal) : std::move(equal);
  }
  return found;
}

// The first of the sorted others that is not less than an element is it, if any.
Tensor searched(const Tensor& elements, const Tensor& others, DLDataType dtype) {
  static const Op sort("sort");
  static const Op searchsorted("searchsorted");
  static const Op clamp_max("clamp_max");
  static const Op take("index_select");
  static const Op eq("eq");
  static const Op to("to.dtype");
  const Tensor values = to(elements, dtype);
  const Tensor sorted = sort.results<2>(to(others, dtype))[0];
  const Tensor place = clamp_max(searchsorted(sorted, values), others.numel() - 1);
  const Tensor found = take(sorted, int64_t{0}, calls::reshape(place, {-1}));
  return eq(calls::reshape(found, calls::ints(elements.sizes())), values);
}

Tensor turned(const Tensor& mask, const VtValue& invert) {
  static const Op logical_not("logical_not");
  return invert.as.i != 0 ? logical_not(mask) : mask;
}

// isin(elements, test_elements, *, assume_unique, invert)
void isin(const VtValue* args, VtValue* result) {
  refuse_float8(args[0]);
  refuse_float8(args[1]);
  const Tensor elements = calls::shared(args[0]);
  const Tensor others = calls::reshape(calls::shared(args[1]), {-1});
  const DtypeIndex common = promote(known_dtype_index(elements.dtype()), known_dtype_index(others.dtype()));
  // Numbers that have an order and a dtype for both.
  const bool can_search = common != DtypeIndex::kCount && dtype_info(common).category != Category::kComplex;
  const DLDataType dtype = can_search && common != DtypeIndex::kBool ? dtype_info(common).dtype : kUInt8;
  const Tensor mask = can_search && others.numel() > most_compared(elements) ? searched(elements, others, dtype)
                                                                             : compared_with_all(args[0], others);
  check_destination_dtype("isin", result[0], kBool);
  calls::give("isin", turned(mask, args[3]), result[0]);
}
void isin_number(const VtValue* args, VtValue* result) {
  refuse_float8(args[0]);
  static const Op eq("eq");
  check_destination_dtype("isin", result[0], kBool);
  calls::give("isin", turned(eq(args[0], args[1]), args[3]), result[0]);
}
void isin_of_number(const VtValue* args, VtValue* result) {
  refuse_float8(args[1]);
  static const Op eq("eq");
  static const Op any("any");
  check_destination_dtype("isin", result[0], kBool);
  calls::give("isin", turned(any(eq(args[1], args[0])), args[3]), result[0]);
}

constexpr char kIsinDoc[] = R"(Whether each of `elements` is among `test_elements`.

Parameters
----------
elements : Tensor or Scalar
    Any shape and dtype but float8.
test_elements : Tensor or Scalar
    Any shape; at least one of both is a tensor. NaN is among none.
assume_unique : bool
    Taken for PyTorch's sake; it makes no difference.
invert : bool
    Whether to say the opposite.

Returns
-------
Tensor
    bool, of the sizes of `elements`.)";

}  // namespace

void register_isin(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_OUT | VT_OP_NOT_DIFFERENTIABLE | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"isin(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor", kFlags,
       kIsinDoc},
      {"isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False) -> "
       "Tensor",
       kFlags, kIsinDoc},
      {"isin.Scalar_Tensor(Scalar element, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> "
       "Tensor",
       kFlags, kIsinDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"isin", boxed<isin>}, {"isin.Tensor_Scalar", boxed<isin_number>}, {"isin.Scalar_Tensor", boxed<isin_of_number>}};
  register_kernels(plugin, kEveryDevice, kernels);
}

}  // namespace vt::core
