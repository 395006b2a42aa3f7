// SPDX-License-Identifier: Apache-2.0
// What each reducing op asks of a device: its arguments as a ReduceRequest.
#pragma once

#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/reduce_rules.hpp>

#include <cmath>

namespace vt {

struct ReduceRequest {
  const char* op;
  ReduceKind kind;
  ReducedDims dims;
  bool keepdim;
  DLDataType element;  // what elements are cast to first
  ReduceSettings settings{};
  int32_t num_results = 1;
  int32_t first_slot = 0;        // the slot of the first result (ReduceKind)
  DLDataType results[2]{};       // dtypes
  bool needs_row_major = false;  // positions are those of the tensor laid out in rows
};

// What a kind's loops write to a slot.
inline DLDataType slot_dtype(const ReduceRequest& r, int32_t slot) noexcept {
  if (is_positional(r.kind)) return slot == 1 ? kInt64 : r.element;
  if (r.kind == ReduceKind::kAny || r.kind == ReduceKind::kAll) return kBool;
  return r.kind <= ReduceKind::kProd ? sum_dtype(r.element) : r.element;
}

namespace detail {

inline bool is_complex(DLDataType dtype) { return dtype_info(known_dtype_index(dtype)).category == Category::kComplex; }
// Of the parts of a complex dtype, and any other itself.
inline DLDataType part_dtype(DLDataType dtype) {
  return !is_complex(dtype) ? dtype : dtype.bits == 64 ? kFloat32 : kFloat64;
}

inline std::string unsupported(const char* op, const char* what, DLDataType dtype) {
  return std::string(op) + ": " + what + ": got " + std::string(dtype_name(dtype));
}

// Dtypes that arithmetic is defined for.
inline void check_arithmetic(const char* op, DLDataType dtype) {
  const DtypeIndex index = known_dtype_index(dtype);
  if (index == DtypeIndex::kFloat8E4M3 || index == DtypeIndex::kFloat8E5M2)
    fail(VT_ERROR_NOT_IMPLEMENTED, unsupported(op, "not implemented for this dtype", dtype));
}

// Of these the ones with an order.
inline void check_ordered(const char* op, DLDataType dtype) {
  check_arithmetic(op, dtype);
  if (is_complex(dtype)) fail(VT_ERROR_NOT_IMPLEMENTED, unsupported(op, "not implemented for this dtype", dtype));
}

// Dtypes that measures of spread and size are defined for.
inline void check_inexact(const char* op, DLDataType dtype) {
  check_arithmetic(op, dtype);
  if (dtype_info(dtype).category <= Category::kInteger)
    fail(VT_ERROR_NOT_IMPLEMENTED,
         unsupported(op, "the input must be floating point", dtype) + ", expected a floating dtype; convert it first");
}

inline void check_real_floating(const char* op, DLDataType dtype) {
  check_ordered(op, dtype);
  check_inexact(op, dtype);
}

// The dtype in which norms are computed must hold the input's numbers.
inline void check_norm_dtype(const char* op, DLDataType of, DLDataType type) {
  check_inexact(op, of);
  check_inexact(op, type);
  if (is_complex(of) && (!is_complex(type) || type.bits < of.bits))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": dtype must be complex and hold complex inputs: got " +
                               std::string(dtype_name(type)) + " for " + std::string(dtype_name(of)));
  if (promote(known_dtype_index(type), known_dtype_index(of)) != known_dtype_index(type))
    fail(VT_ERROR_RUNTIME, std::string(op) + ": the input must fit into dtype: got " + std::string(dtype_name(of)) +
                               ", expected at most " + std::string(dtype_name(type)));
}

// Refuses a reduction of no elements that has no result then.
inline void check_not_empty(const char* op, const VtTensor* self, const ReducedDims& dims, bool all, VtErrorKind kind) {
  if (all && self->numel == 0)
    fail(kind, std::string(op) + ": Expected reduction dim to be specified for an empty tensor: got sizes " +
                   format_sizes(sizes_of(self)) + ", expected at least one element; give dim");
  for (size_t d = 0; !all && d < static_cast<size_t>(self->dl.ndim); ++d)
    if (dims[d] && self->dl.shape[d] == 0)
      fail(VT_ERROR_INDEX, std::string(op) + ": Expected reduction dim " + std::to_string(d) +
                               " to have non-zero size: got sizes " + format_sizes(sizes_of(self)));
}

inline double real_of(const char* op, const char* argument, const VtValue& v, double otherwise) {
  if (is_none(v)) return otherwise;
  if (number_of(v).category == Category::kComplex)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": " + argument + " must be real: got a complex number");
  return number_of(v).real;
}

// A request for one result, or two, of the dtypes of its slots.
inline ReduceRequest request(const char* op, ReduceKind kind, const ReducedDims& dims, bool keepdim,
                             DLDataType element) {
  ReduceRequest r{op, kind, dims, keepdim, element};
  r.results[0] = slot_dtype(r, 0);
  r.results[1] = slot_dtype(r, 1);
  return r;
}

inline ReduceRequest sum_request(const char* op, ReduceKind kind, VtTensor* self, const ReducedDims& dims, bool keepdim,
                                 const VtValue& dtype, const VtValue& result) {
  const DLDataType type = sum_result_dtype(self, dtype, result);
  ReduceRequest r = request(op, kind, dims, keepdim, sum_element_dtype(self->dl.dtype, type));
  r.results[0] = type;
  return r;
}

inline ReduceRequest mean_request(VtTensor* self, const ReducedDims& dims, bool keepdim, const VtValue& dtype,
                                  const VtValue& result) {
  // As for sums a destination says the dtype where nothing else does.
  const DLDataType type = !is_none(dtype)     ? dtype.as.dtype
                          : is_tensor(result) ? result.as.tensor->dl.dtype
                                              : self->dl.dtype;
  const DLDataType asked = is_none(dtype) ? self->dl.dtype : type;
  if (is_none(dtype) && !can_cast(self->dl.dtype, type))
    fail(VT_ERROR_DTYPE, unsupported("mean", "the result cannot be cast to the dtype of the destination", type));
  for (const DLDataType each : {asked, type})
    if (dtype_info(known_dtype_index(each)).category <= Category::kInteger)
      fail(VT_ERROR_NOT_IMPLEMENTED, unsupported("mean",
                                                 is_none(dtype) ? "the input must be floating point or complex"
                                                                : "dtype must be floating point or complex",
                                                 each) +
                                         "; give dtype=float32, or sum and divide");
  ReduceRequest r = sum_request("mean", ReduceKind::kSum, self, dims, keepdim, value_of(type), result);
  r.settings.mean = true;
  return r;
}

inline ReduceRequest test_request(const char* op, ReduceKind kind, VtTensor* self, const ReducedDims& dims,
                                  bool keepdim) {
  known_dtype_index(self->dl.dtype);
  ReduceRequest r = request(op, kind, dims, keepdim, self->dl.dtype);
  if (same_dtype(self->dl.dtype, kUInt8)) r.results[0] = kUInt8;  // as in PyTorch
  return r;
}

inline ReduceRequest extreme_request(const char* op, ReduceKind kind, VtTensor* self, const ReducedDims& dims,
                                     bool keepdim, bool all) {
  check_ordered(op, self->dl.dtype);
  check_not_empty(op, self, dims, all, is_positional(kind) ? VT_ERROR_INDEX : VT_ERROR_RUNTIME);
  return request(op, kind, dims, keepdim, self->dl.dtype);
}

// var(self, dim, *, correction, keepdim) and its kin. The variance of complex numbers is real.
inline ReduceRequest moments_request(const char* op, const VtValue* args, bool root, int32_t num_results,
                                     const VtValue* results = nullptr) {
  VtTensor* self = args[0].as.tensor;
  check_inexact(op, self->dl.dtype);
  ReduceRequest r =
      request(op, ReduceKind::kMoments, reduced_dims(op, args[1], self->dl.ndim), args[3].as.i != 0, self->dl.dtype);
  r.results[0] = part_dtype(self->dl.dtype);
  r.settings.correction = real_of(op, "correction", args[2], 1);
  r.settings.root = root;
  r.num_results = num_results;
  // A single result is cast to the dtype of its destination.
  if (results && is_tensor(*results) && can_cast(r.results[0], results->as.tensor->dl.dtype))
    r.results[0] = results->as.tensor->dl.dtype;
  return r;
}

inline ReduceKind norm_kind(double order) noexcept {
  if (order == 0) return ReduceKind::kNorm0;
  if (order == 1) return ReduceKind::kNorm1;
  if (order == 2) return ReduceKind::kNorm2;
  if (std::isinf(order)) return order > 0 ? ReduceKind::kNormMax : ReduceKind::kNormMin;
  return ReduceKind::kNormP;
}

}  // namespace detail

inline ReduceRequest sum_all(const VtValue* args, const VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  return detail::sum_request("sum", ReduceKind::kSum, self, ReducedDims(self->dl.ndim, true), false, args[1],
                             result[0]);
}
inline ReduceRequest sum_dims(const VtValue* args, const VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  return detail::sum_request("sum", ReduceKind::kSum, self, reduced_dims("sum", args[1], self->dl.ndim),
                             args[2].as.i != 0, args[3], result[0]);
}
// sum_to_size(self, size), of which the reduced dimensions are kept.
inline ReduceRequest sum_to_size_request(VtTensor* self, std::span<const int64_t> size) {
  ReducedDims dims(self->dl.ndim);
  if (!broadcast_dims(sizes_of(self), size, dims))
    fail(VT_ERROR_SHAPE, "sum_to_size: got " + format_sizes(size) + ", expected sizes that broadcast to " +
                             format_sizes(sizes_of(self)));
  return detail::sum_request("sum_to_size", ReduceKind::kSum, self, dims, true, none(), none());
}
inline ReduceRequest mean_all(const VtValue* args, const VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  return detail::mean_request(self, ReducedDims(self->dl.ndim, true), false, args[1], result[0]);
}
inline ReduceRequest mean_dims(const VtValue* args, const VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  return detail::mean_request(self, reduced_dims("mean", args[1], self->dl.ndim), args[2].as.i != 0, args[3],
                              result[0]);
}
inline ReduceRequest prod_all(const VtValue* args, const VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  detail::check_arithmetic("prod", self->dl.dtype);
  return detail::sum_request("prod", ReduceKind::kProd, self, ReducedDims(self->dl.ndim, true), false, args[1],
                             result[0]);
}
inline ReduceRequest prod_dim(const VtValue* args, const VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  detail::check_arithmetic("prod", self->dl.dtype);
  return detail::sum_request("prod", ReduceKind::kProd, self, reduced_dim("prod", args[1].as.i, self->dl.ndim),
                             args[2].as.i != 0, args[3], result[0]);
}

// any and all, of everything or along one dimension.
template <ReduceKind kKind>
ReduceRequest test_all(const VtValue* args, const VtValue*) {
  VtTensor* self = args[0].as.tensor;
  return detail::test_request(kKind == ReduceKind::kAny ? "any" : "all", kKind, self, ReducedDims(self->dl.ndim, true),
                              false);
}
template <ReduceKind kKind>
ReduceRequest test_dim(const VtValue* args, const VtValue*) {
  VtTensor* self = args[0].as.tensor;
  const char* op = kKind == ReduceKind::kAny ? "any" : "all";
  return detail::test_request(op, kKind, self, reduced_dim(op, args[1].as.i, self->dl.ndim), args[2].as.i != 0);
}
// any.dims(self, dim, keepdim): no dimensions when the list is empty, all when there is none.
template <ReduceKind kKind>
ReduceRequest test_dims(const VtValue* args, const VtValue*) {
  VtTensor* self = args[0].as.tensor;
  const char* op = kKind == ReduceKind::kAny ? "any" : "all";
  const bool none_named = !is_none(args[1]) && args[1].count == 0;
  return detail::test_request(op, kKind, self,
                              none_named ? ReducedDims(self->dl.ndim) : reduced_dims(op, args[1], self->dl.ndim),
                              args[2].as.i != 0);
}

// max(self); max.dim(self, dim, keepdim) -> (values, indices); amax(self, dim, keepdim); argmax(self, dim, keepdim).
template <bool kMaximum>
ReduceRequest extreme_all(const VtValue* args, const VtValue*) {
  VtTensor* self = args[0].as.tensor;
  return detail::extreme_request(kMaximum ? "max" : "min", kMaximum ? ReduceKind::kMax : ReduceKind::kMin, self,
                                 ReducedDims(self->dl.ndim, true), false, true);
}
template <bool kMaximum>
ReduceRequest extreme_dim(const VtValue* args, const VtValue*) {
  VtTensor* self = args[0].as.tensor;
  const char* op = kMaximum ? "max" : "min";
  ReduceRequest r = detail::extreme_request(op, kMaximum ? ReduceKind::kArgmax : ReduceKind::kArgmin, self,
                                            reduced_dim(op, args[1].as.i, self->dl.ndim), args[2].as.i != 0, false);
  r.num_results = 2;
  return r;
}
template <bool kMaximum>
ReduceRequest extreme_dims(const VtValue* args, const VtValue*) {
  VtTensor* self = args[0].as.tensor;
  const char* op = kMaximum ? "amax" : "amin";
  return detail::extreme_request(op, kMaximum ? ReduceKind::kMax : ReduceKind::kMin, self,
                                 reduced_dims(op, args[1], self->dl.ndim), args[2].as.i != 0, args[1].count == 0);
}
template <bool kMaximum>
ReduceRequest arg_extreme(const VtValue* args, const VtValue*) {
  VtTensor* self = args[0].as.tensor;
  const char* op = kMaximum ? "argmax" : "argmin";
  const bool all = is_none(args[1]);
  ReduceRequest r = detail::extreme_request(
      op, kMaximum ? ReduceKind::kArgmax : ReduceKind::kArgmin, self,
      all ? ReducedDims(self->dl.ndim, true) : reduced_dim(op, args[1].as.i, self->dl.ndim), args[2].as.i != 0, all);
  r.first_slot = 1;
  r.results[0] = kInt64;
  r.needs_row_major = all;
  return r;
}

inline ReduceRequest var(const VtValue* args, const VtValue* result) {
  return detail::moments_request("var", args, false, 1, result);
}
inline ReduceRequest std_deviation(const VtValue* args, const VtValue* result) {
  return detail::moments_request("std", args, true, 1, result);
}
inline ReduceRequest var_mean(const VtValue* args, const VtValue*) {
  return detail::moments_request("var_mean", args, false, 2);
}
inline ReduceRequest std_mean(const VtValue* args, const VtValue*) {
  return detail::moments_request("std_mean", args, true, 2);
}

// linalg_vector_norm(self, ord, dim, keepdim, *, dtype): of complex numbers that of their magnitudes.
inline ReduceRequest vector_norm(const VtValue* args, const VtValue*) {
  constexpr const char* kOp = "linalg_vector_norm";
  VtTensor* self = args[0].as.tensor;
  const double order = detail::real_of(kOp, "ord", args[1], 2);
  const DLDataType type = is_none(args[4]) ? self->dl.dtype : args[4].as.dtype;
  detail::check_norm_dtype(kOp, self->dl.dtype, type);
  const ReducedDims dims = reduced_dims(kOp, args[2], self->dl.ndim);
  if ((order < 0 || std::isinf(order)) && num_reduced(sizes_of(self), dims) == 0)
    fail(VT_ERROR_RUNTIME, std::string(kOp) + ": no elements have no norm of this order: got sizes " +
                               format_sizes(sizes_of(self)) + " and ord " + std::to_string(order));
  ReduceRequest r = detail::request(kOp, detail::norm_kind(order), dims, args[3].as.i != 0, type);
  r.results[0] = detail::part_dtype(type);
  r.settings.exponent = order;
  return r;
}

// logsumexp(self, dim, keepdim)
inline ReduceRequest logsumexp(const VtValue* args, const VtValue*) {
  VtTensor* self = args[0].as.tensor;
  detail::check_arithmetic("logsumexp", self->dl.dtype);
  return detail::request("logsumexp", ReduceKind::kLogSumExp, reduced_dims("logsumexp", args[1], self->dl.ndim),
                         args[2].as.i != 0, floating_dtype(self->dl.dtype));
}

// Calls visit.operator()<request>("op") for each reducing op.
template <class Visit>
void for_each_reduction(Visit&& visit) {
  visit.template operator()<sum_all>("sum");
  visit.template operator()<sum_dims>("sum.dims");
  visit.template operator()<mean_all>("mean");
  visit.template operator()<mean_dims>("mean.dims");
  visit.template operator()<prod_all>("prod");
  visit.template operator()<prod_dim>("prod.dim");
  visit.template operator()<test_all<ReduceKind::kAny>>("any");
  visit.template operator()<test_dim<ReduceKind::kAny>>("any.dim");
  visit.template operator()<test_dims<ReduceKind::kAny>>("any.dims");
  visit.template operator()<test_all<ReduceKind::kAll>>("all");
  visit.template operator()<test_dim<ReduceKind::kAll>>("all.dim");
  visit.template operator()<test_dims<ReduceKind::kAll>>("all.dims");
  visit.template operator()<extreme_all<true>>("max");
  visit.template operator()<extreme_all<false>>("min");
  visit.template operator()<extreme_dim<true>>("max.dim");
  visit.template operator()<extreme_dim<false>>("min.dim");
  visit.template operator()<extreme_dims<true>>("amax");
  visit.template operator()<extreme_dims<false>>("amin");
  visit.template operator()<arg_extreme<true>>("argmax");
  visit.template operator()<arg_extreme<false>>("argmin");
  visit.template operator()<var>("var");
  visit.template operator()<std_deviation>("std");
  visit.template operator()<var_mean>("var_mean");
  visit.template operator()<std_mean>("std_mean");
  visit.template operator()<vector_norm>("linalg_vector_norm");
  visit.template operator()<logsumexp>("logsumexp");
}

}  // namespace vt
