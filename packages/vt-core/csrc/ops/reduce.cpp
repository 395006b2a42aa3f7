// SPDX-License-Identifier: Apache-2.0
// The reductions on the CPU: sums, products, extremes, moments and norms over all elements or some dimensions.
#include <vt/cpp/iter/reduce_requests.hpp>
#include <vt/cpp/op.hpp>

#include <string_view>
#include <vector>

#include "ops/loops/reduction.hpp"
#include "ops/ops.hpp"
#include "ops/reduce_docs.hpp"
#include "ops/reduce_plan.hpp"

namespace vt::core {

namespace {

// A result's tensor: new, or the destination resized.
VtTensor* result_tensor(const ReduceRequest& r, const VtTensor* self, const VtValue& destination, const Sizes& sizes,
                        DLDataType dtype) {
  if (!is_tensor(destination)) return empty(sizes, dtype, self->dl.device);
  VtTensor* out = destination.as.tensor;
  check_writable(r.op, out);
  if (!same_sizes(sizes_of(out), sizes)) resize(impl(out), sizes);
  retain(out);
  return out;
}

// A result as the plan sees it: of the input's number of dimensions, in row-major order.
struct Seen {
  void look_at(VtTensor* t, const Sizes& sizes) {
    strides.resize(sizes.size());
    contiguous_strides(sizes, strides.data());
    tensor = *t;
    tensor.dl.ndim = static_cast<int32_t>(sizes.size());
    tensor.dl.shape = const_cast<int64_t*>(sizes.data());
    tensor.dl.strides = strides.data();
  }
  VtTensor tensor;
  Sizes strides;
};

const ReduceLoops& loops_of(const ReduceRequest& r) {
  return loops<ReductionLoops>().reduce[static_cast<size_t>(r.kind)][static_cast<size_t>(dtype_index(r.element))];
}

void reduce_on_cpu(const ReduceRequest& r, const ReduceLoops& reduce_loops, VtTensor* self, const Owned* targets) {
  const bool cast = !same_dtype(self->dl.dtype, r.element);
  const bool rearranged = !cast && r.needs_row_major && !(self->flags & VT_TENSOR_CONTIGUOUS);
  const Owned input(cast         ? (r.needs_row_major ? empty(sizes_of(self), r.element, self->dl.device)
                                                      : empty_following(self, r.element, self->dl.device))
                    : rearranged ? empty(sizes_of(self), r.element, self->dl.device)
                                 : nullptr);
  if (input.get()) copy_tensor(input.get(), self, false);

  ReducePlan p;
  p.loops = &reduce_loops;
  p.settings = r.settings;
  p.settings.count = static_cast<double>(num_reduced(sizes_of(self), r.dims));
  p.positional = is_positional(r.kind);
  Sizes kept_sizes;  // with ones
  reduced_sizes(sizes_of(self), r.dims, true, kept_sizes);
  Seen seen[ReduceDims::kNumSlots];
  const VtTensor* slots[ReduceDims::kNumSlots] = {};
  for (int32_t i = 0; i < r.num_results; ++i) {
    const auto slot = static_cast<size_t>(r.first_slot + i);
    seen[slot].look_at(targets[i].get(), kept_sizes);
    slots[slot] = &seen[slot].tensor;
  }
  plan_reduction(input.get() ? input.get() : self, r.dims, slots, p);
  run_reduction(p);
}

void reduce(const ReduceRequest& r, const ReduceLoops& reduce_loops, VtTensor* self, VtValue* results) {
  // A destination that is the input itself may be resized before it is read.
  bool in_itself = false;
  for (int32_t i = 0; i < r.num_results; ++i) in_itself |= is_tensor(results[i]) && results[i].as.tensor == self;
  const Owned input(in_itself ? make_alias(impl(self), true) : nullptr);
  if (input.get()) self = input.get();
  Sizes sizes;
  reduced_sizes(sizes_of(self), r.dims, r.keepdim, sizes);
  for (int32_t i = 0; i < r.num_results; ++i) check_destination_dtype(r.op, results[i], r.results[i]);
  if (!reduce_loops.run)
    fail(VT_ERROR_NOT_IMPLEMENTED, vt::detail::unsupported(r.op, "not implemented for this dtype on cpu", r.element));
  Owned out[ReduceDims::kNumSlots] = {
      Owned(result_tensor(r, self, results[0], sizes, r.results[0])),
      Owned(r.num_results > 1 ? result_tensor(r, self, results[1], sizes, r.results[1]) : nullptr)};
  if (!is_meta(self->dl.device)) {
    // The loops write their own dtype; anything else, or a destination that may overlap, goes through a temporary.
    const auto landing = [&](int32_t i) -> VtTensor* {
      if (i >= r.num_results) return nullptr;
      const DLDataType computed = slot_dtype(r, r.first_slot + i);
      if (!is_tensor(results[i]) && same_dtype(computed, r.results[i])) {
        retain(out[i].get());
        return out[i].get();
      }
      return empty(sizes, computed, self->dl.device);
    };
    const Owned targets[ReduceDims::kNumSlots] = {Owned(landing(0)), Owned(landing(1))};
    reduce_on_cpu(r, reduce_loops, self, targets);
    for (int32_t i = 0; i < r.num_results; ++i)
      if (targets[i].get() != out[i].get()) copy_tensor(out[i].get(), targets[i].get(), false);
  }
  for (int32_t i = 0; i < r.num_results; ++i) results[i] = value_of(out[i].take());
}

void reduce(const ReduceRequest& r, VtTensor* self, VtValue* results) { reduce(r, loops_of(r), self, results); }

template <ReduceRequest (*kRequest)(const VtValue*, const VtValue*)>
void reduce_op(const VtValue* args, VtValue* results) {
  reduce(kRequest(args, results), args[0].as.tensor, results);
}

// Composed values as the results of a call.
template <size_t N>
void hand_over(const char* op, Tensor (&values)[N], VtValue* results) {
  for (size_t i = 0; i < N && is_tensor(results[i]); ++i)
    if (!can_cast(values[i].dtype(), results[i].as.tensor->dl.dtype))
      check_destination_dtype(op, results[i], values[i].dtype());
  for (size_t i = 0; i < N; ++i) {
    if (!is_tensor(results[i])) {
      results[i] = value_of(values[i].release());
      continue;
    }
    VtTensor* out = results[i].as.tensor;
    check_writable(op, out);
    if (!same_sizes(sizes_of(out), values[i].sizes())) resize(impl(out), values[i].sizes());
    copy_tensor(out, values[i].get(), false);
    retain(out);
  }
}

// Variances of complex numbers are the sums of those of their parts.
template <ReduceRequest (*kRequest)(const VtValue*, const VtValue*), bool kRoot, int32_t kNumResults>
void spread(const VtValue* args, VtValue* results) {
  static const Op parts("view_as_real");
  static const Op select("select");
  static const Op var("var");
  static const Op mean("mean.dims");
  static const Op add("add");
  static const Op sqrt("sqrt");
  VtTensor* self = args[0].as.tensor;
  if (!vt::detail::is_complex(self->dl.dtype)) return reduce_op<kRequest>(args, results);
  const char* op = kRoot ? "std" : "var";
  const Tensor pairs = parts(args[0]);
  const auto of_part = [&](int64_t part) { return var(select(pairs, int64_t{-1}, part), args[1], args[2], args[3]); };
  Tensor values[kNumResults] = {add(of_part(0), of_part(1))};
  if (kRoot) values[0] = sqrt(values[0]);
  if constexpr (kNumResults > 1) values[1] = mean(args[0], args[1], args[3]);
  hand_over(op, values, results);
}

// linalg_vector_norm(self, ord, dim, keepdim, *, dtype): of complex numbers that of their magnitudes.
void vector_norm_of_any(const VtValue* args, VtValue* results) {
  static const Op abs("abs");
  static const Op to("to.dtype");
  constexpr const char* kOp = "linalg_vector_norm";
  const VtTensor* self = args[0].as.tensor;
  if (!vt::detail::is_complex(self->dl.dtype)) return reduce_op<vector_norm>(args, results);
  if (!is_none(args[4])) vt::detail::check_norm_dtype(kOp, self->dl.dtype, args[4].as.dtype);
  const Tensor magnitudes = is_none(args[4]) ? abs(args[0]) : abs(to(args[0], args[4]));
  const VtValue of_reals[] = {value_of(magnitudes.get()), args[1], args[2], args[3], none()};
  reduce_op<vector_norm>(of_reals, results);
}

// logsumexp(self, dim, keepdim): complex numbers are shifted by the greatest real part.
void logsumexp_of_any(const VtValue* args, VtValue* results) {
  static const Op real("real");
  static const Op amax("amax");
  static const Op isinf("isinf");
  static const Op masked_fill("masked_fill");
  static const Op sub("sub");
  static const Op exp("exp");
  static const Op sum("sum.dims");
  static const Op log("log");
  static const Op add("add");
  static const Op reshape("reshape");
  if (!vt::detail::is_complex(args[0].as.tensor->dl.dtype)) return reduce_op<logsumexp>(args, results);
  if (args[0].as.tensor->numel == 0) {
    Tensor value[1] = {log(sum(args[0], args[1], args[2]))};
    return hand_over("logsumexp", value, results);
  }
  const Tensor greatest = amax(real(args[0]), args[1], true);
  const Tensor shift = masked_fill(greatest, isinf(greatest), int64_t{0});
  const Tensor total = sum(exp(sub(args[0], shift)), args[1], args[2]);
  Tensor value[1] = {add(log(total), reshape(shift, total.sizes()))};
  hand_over("logsumexp", value, results);
}

void sum_to_size(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const auto size = ints_of(args[1]);
  if (!size.empty() && same_sizes(sizes_of(self), size)) {  // a number is summed all the same
    result[0] = value_of(make_alias(impl(self), true));
    return;
  }
  VtValue summed = none();
  reduce(sum_to_size_request(self, size), self, &summed);
  const Owned owner(summed.as.tensor);
  Sizes strides;
  strides.resize(size.size());
  contiguous_strides(size, strides.data());
  result[0] = value_of(make_view_unchecked(impl(owner.get()), size, strides, owner.get()->dl.data));
}

// max.other(self, other), min.other
void maximum_of(const VtValue* args, VtValue* result) { result[0] = value_of(call_op("maximum", {args[0], args[1]})); }
void minimum_of(const VtValue* args, VtValue* result) { result[0] = value_of(call_op("minimum", {args[0], args[1]})); }

// norm(self, p, dim, keepdim, *, dtype)
void norm(const VtValue* args, VtValue* result) {
  result[0] = value_of(call_op("linalg_vector_norm", {args[0], args[1], args[2], args[3], args[4]}));
}

void define_reductions(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_OUT | kFunctionAndMethod;
  constexpr uint32_t kConstant = kFlags | VT_OP_NOT_DIFFERENTIABLE;
  constexpr uint32_t kComposed = VT_OP_COMPOSITE | kFunctionAndMethod;
  const OpRow ops[] = {
      {"sum(Tensor self, *, dtype? dtype=None) -> Tensor", kFlags, kSumDoc},
      {"sum.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor", kFlags, kSumDoc},
      {"sum_to_size(Tensor self, int[] size) -> Tensor", VT_OP_METHOD, kSumToSizeDoc},
      {"mean(Tensor self, *, dtype? dtype=None) -> Tensor", kFlags, kMeanDoc},
      {"mean.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor", kFlags, kMeanDoc},
      {"prod(Tensor self, *, dtype? dtype=None) -> Tensor", kFlags, kProdDoc},
      {"prod.dim(Tensor self, int dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor", kFlags, kProdDoc},
      {"any(Tensor self) -> Tensor", kConstant, kAnyDoc},
      {"any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor", kConstant, kAnyDoc},
      {"any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor", kConstant, kAnyDoc},
      {"all(Tensor self) -> Tensor", kConstant, kAllDoc},
      {"all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor", kConstant, kAllDoc},
      {"all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor", kConstant, kAllDoc},
      {"amax(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor", kFlags, kAmaxDoc},
      {"amin(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor", kFlags, kAminDoc},
      {"max(Tensor self) -> Tensor", kFlags, kMaxDoc},
      {"max.other(Tensor self, Tensor other) -> Tensor", kComposed, kMaxOtherDoc},
      {"max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", kFlags, kMaxDimDoc},
      {"min(Tensor self) -> Tensor", kFlags, kMinDoc},
      {"min.other(Tensor self, Tensor other) -> Tensor", kComposed, kMinOtherDoc},
      {"min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", kFlags, kMinDimDoc},
      {"argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", kConstant, kArgmaxDoc},
      {"argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", kConstant, kArgminDoc},
      {"var(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> Tensor", kFlags, kVarDoc},
      {"std(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> Tensor", kFlags, kStdDoc},
      {"var_mean(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> (Tensor var, Tensor mean)",
       VT_OP_FUNCTION, kVarMeanDoc},
      {"std_mean(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> (Tensor std, Tensor mean)",
       VT_OP_FUNCTION, kStdMeanDoc},
      {"linalg_vector_norm(Tensor self, Scalar ord=2, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> "
       "Tensor",
       VT_OP_OUT | VT_OP_FUNCTION, kVectorNormDoc},
      {"norm(Tensor self, Scalar p=2, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor", kComposed,
       kNormDoc},
      {"logsumexp(Tensor self, int[] dim, bool keepdim=False) -> Tensor", kFlags, kLogSumExpDoc},
  };
  define_ops(plugin, ops);
}

}  // namespace

void sum_without_nan(const VtValue* args, VtValue* result) {
  VtTensor* self = args[0].as.tensor;
  const ReduceRequest r =
      vt::detail::sum_request("nansum", ReduceKind::kSum, self, reduced_dims("nansum", args[1], self->dl.ndim),
                              args[2].as.i != 0, args[3], result[0]);
  reduce(r, loops<ReductionLoops>().nan_sum[static_cast<size_t>(dtype_index(r.element))], self, result);
}

void register_reduce(VtPlugin* plugin) {
  define_reductions(plugin);
  std::vector<vt::KernelRow> kernels = {{"sum_to_size", boxed<sum_to_size>}};
  for_each_reduction([&]<ReduceRequest (*kRequest)(const VtValue*, const VtValue*)>(const char* name) {
    kernels.push_back({name, boxed<reduce_op<kRequest>>});
  });
  // On the CPU these are composed for complex numbers.
  const vt::KernelRow with_complex[] = {{"var", boxed<spread<var, false, 1>>},
                                        {"std", boxed<spread<std_deviation, true, 1>>},
                                        {"var_mean", boxed<spread<var_mean, false, 2>>},
                                        {"std_mean", boxed<spread<std_mean, true, 2>>},
                                        {"linalg_vector_norm", boxed<vector_norm_of_any>},
                                        {"logsumexp", boxed<logsumexp_of_any>}};
  for (vt::KernelRow& row : kernels)
    for (const vt::KernelRow& other : with_complex)
      if (std::string_view(row.op) == other.op) row = other;
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {
      {"max.other", boxed<maximum_of>}, {"min.other", boxed<minimum_of>}, {"norm", boxed<norm>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
