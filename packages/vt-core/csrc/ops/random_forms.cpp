// SPDX-License-Identifier: Apache-2.0
// Random numbers that are functions of uniform, normal and exponential ones, and further forms of these, on any device.
#include <cmath>
#include <vt/cpp/op.hpp>
#include <vt/cpp/random_rules.hpp>

#include "ops/calls.hpp"

namespace vt::core {

namespace {

double real(const VtValue& v) { return number_of(v).real; }

// Row-major numbers of one distribution, of the sizes of `t`, in the dtype of its computation.
Tensor drawn_like(const VtTensor* t, const char* fill, const VtValue& a, const VtValue& b, const VtValue& generator) {
  const bool is_whole = dtype_info(t->dl.dtype).category <= Category::kInteger;
  const DLDataType dtype = is_whole || same_dtype(t->dl.dtype, kFloat64) ? kFloat64 : kFloat32;
  const Tensor out = Tensor::empty(sizes_of(t), dtype, t->dl.device);
  const Op op(fill);
  return is_none(b) ? op.into(out, out, a, generator) : op.into(out, out, a, b, generator);
}

void write(const Tensor& value, const VtValue* args, VtValue* result) {
  static const Op copy("copy_");
  const Tensor self = Tensor::share(args[0].as.tensor);
  result[0] = value_of(copy.into(self, self, value, false).release());
}

// log_normal_(self, mean, std, generator)
void log_normal(const VtValue* args, VtValue* result) {
  static const Op exp("exp");
  const VtTensor* self = args[0].as.tensor;
  check_random_dtype("log_normal_", self->dl.dtype, false);
  if (!(real(args[2]) > 0))
    vt::detail::fail_random("log_normal_", "std must be greater than 0: got " + vt::detail::text_of(real(args[2])));
  write(exp(drawn_like(self, "normal_", args[1], args[2], args[3])), args, result);
}

// cauchy_(self, median, sigma, generator): the tangent of a half turn.
void cauchy(const VtValue* args, VtValue* result) {
  static const Op tan("tan");
  static const Op mul("mul");
  static const Op add("add");
  const VtTensor* self = args[0].as.tensor;
  check_random_dtype("cauchy_", self->dl.dtype, false);
  if (!(real(args[2]) > 0))
    vt::detail::fail_random("cauchy_", "sigma must be greater than 0: got " + vt::detail::text_of(real(args[2])));
  const Tensor turn = drawn_like(self, "uniform_", value_of(-0.5), value_of(0.5), args[3]);
  const Tensor slope = tan(mul(turn, value_of(3.14159265358979323846)));
  write(add(mul(slope, args[2]), args[1]), args, result);
}

// geometric_(self, p, generator): an exponential number in units of which a trial takes, rounded up.
void geometric(const VtValue* args, VtValue* result) {
  static const Op ceil("ceil");
  static const Op clamp_min("clamp_min");
  const VtTensor* self = args[0].as.tensor;
  check_random_dtype("geometric_", self->dl.dtype, true);
  const double p = real(args[1]);
  if (!(p > 0 && p < 1)) vt::detail::fail_random("geometric_", "p must be in (0, 1): got " + vt::detail::text_of(p));
  const Tensor time = drawn_like(self, "exponential_", value_of(-std::log1p(-p)), none(), args[2]);
  write(clamp_min(ceil(time), value_of(1.0)), args, result);
}

// bernoulli_.Tensor(self, p, generator)
void bernoulli_by_tensor(const VtValue* args, VtValue* result) {
  static const Op bernoulli("bernoulli");
  const VtTensor* self = args[0].as.tensor;
  check_random_dtype("bernoulli_", self->dl.dtype, true);
  const Tensor p = calls::expand(Tensor::share(args[1].as.tensor), calls::ints(sizes_of(self)));
  write(bernoulli(p, args[2]), args, result);
}

// bernoulli.p(self, p, generator)
void bernoulli_by_number(const VtValue* args, VtValue* result) {
  static const Op empty_like("empty_like");
  static const Op fill("bernoulli_");
  const Tensor out = empty_like(args[0]);
  result[0] = value_of(fill.into(out, out, args[1], args[2]).release());
}

void check_deviations(const VtValue& std) {
  if (is_tensor(std)) {
    static const Op lt("lt");
    static const Op any("any");
    const VtTensor* t = std.as.tensor;
    if (t->dl.device.device_type != kDLCPU || t->numel == 0) return;
    const Tensor refused = any(lt(std, value_of(0.0)));
    if (*refused.data<const uint8_t>() != 0)
      vt::detail::fail_random("normal", "all elements of std must not be negative: got one that is");
  } else if (!(real(std) >= 0)) {
    vt::detail::fail_random("normal", "std must not be negative: got " + vt::detail::text_of(real(std)));
  }
}

// normal(mean, std, generator), either of which may be a number.
void normal(const VtValue* args, VtValue* result) {
  static const Op fill("normal_");
  static const Op mul("mul");
  static const Op add("add");
  const VtTensor* first = is_tensor(args[0]) ? args[0].as.tensor : args[1].as.tensor;
  for (int k = 0; k < 2; ++k)
    if (is_tensor(args[k])) check_random_dtype("normal", args[k].as.tensor->dl.dtype, false);
  check_deviations(args[1]);
  Sizes sizes;
  sizes.assign(sizes_of(first));
  if (is_tensor(args[1]) && !broadcast_into(sizes, sizes_of(args[1].as.tensor)))
    fail_broadcast("normal", sizes_of(first), sizes_of(args[1].as.tensor));
  const DLDataType dtype = first->dl.dtype;
  const Tensor out = Tensor::empty(sizes, is_small_float(dtype) ? kFloat32 : dtype, first->dl.device);
  fill.into(out, out, value_of(0.0), value_of(1.0), args[2]);
  static const Op to("to.dtype");
  const Tensor value = add(mul(out, args[1]), args[0]);
  result[0] = value_of((same_dtype(value.dtype(), dtype) ? Tensor(value) : to(value, dtype)).release());
}

// normal.float_float(mean, std, size, generator, dtype, device)
void normal_of_size(const VtValue* args, VtValue* result) {
  static const Op empty("empty");
  static const Op fill("normal_");
  check_deviations(args[1]);
  const Tensor out = empty(args[2], args[4], args[5]);
  result[0] = value_of(fill.into(out, out, args[0], args[1], args[3]).release());
}

void integers_like(const VtValue& self, const VtValue& low, const VtValue& high, const VtValue* rest, VtValue* result) {
  static const Op empty_like("empty_like");
  static const Op fill("random_.from");
  const DLDataType dtype = is_none(rest[1]) ? self.as.tensor->dl.dtype : rest[1].as.dtype;
  integer_distribution("randint_like", dtype, low.as.i, high.as.i);
  const Tensor out = empty_like(self, rest[1], rest[2]);
  result[0] = value_of(fill.into(out, out, low, high, rest[0]).release());
}
// randint_like(self, high, generator, dtype, device) and randint_like.low_dtype(self, low, high, ...)
void randint_like(const VtValue* args, VtValue* result) {
  integers_like(args[0], value_of(int64_t{0}), args[1], args + 2, result);
}
void randint_like_from(const VtValue* args, VtValue* result) {
  integers_like(args[0], args[1], args[2], args + 3, result);
}

constexpr char kLogNormalDoc[] =
    R"(Fills `self` with numbers whose logarithms are normal, of mean `mean` and standard deviation `std`.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64, of any strides.
mean : float
    1 by default.
std : float
    2 by default; greater than 0.
generator : Generator, optional
    The default one of the device of `self` when absent.

Raises
------
RuntimeError
    If `std` is not positive.
NotImplementedError
    For other dtypes.)";
constexpr char kCauchyDoc[] = R"(Fills `self` with numbers of Cauchy's distribution.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64, of any strides.
median : float
    0 by default.
sigma : float
    Half the width at half the height, 1 by default; greater than 0.
generator : Generator, optional
    The default one of the device of `self` when absent.

Raises
------
RuntimeError
    If `sigma` is not positive.
NotImplementedError
    For other dtypes.)";
constexpr char kGeometricDoc[] = R"(Fills `self` with numbers of trials until an event of chance `p` happens, from 1 on.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex, of any strides.
p : float
    In (0, 1).
generator : Generator, optional
    The default one of the device of `self` when absent.

Raises
------
RuntimeError
    If `p` is outside (0, 1).
NotImplementedError
    For float8 and complex dtypes.)";
constexpr char kBernoulliFillDoc[] = R"(Sets each element of `self` to 1 with the chance that `p` says, else to 0.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex, of any strides.
p : Tensor
    float16, bfloat16, float32 or float64; in [0, 1], broadcastable to `self`.
generator : Generator, optional
    The default one of the device of `self` when absent.)";
constexpr char kBernoulliDoc[] =
    R"(1 with chance `p`, else 0, of the sizes and dtype of `self`, whose elements do not matter.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
p : float
    In [0, 1].
generator : Generator, optional
    The default one of the device of `self` when absent.)";
constexpr char kNormalDoc[] = R"(Normal numbers, each of its own mean and standard deviation.

Parameters
----------
mean : Tensor or float
    float16, bfloat16, float32 or float64.
std : Tensor or float
    Not negative, of such a dtype and broadcastable with `mean`; at least one of both is a tensor, unless there is a `size`.
size : sequence of int, optional
generator : Generator, optional
    The default one of the device when absent.

Returns
-------
Tensor
    Of the broadcast sizes, of the dtype of the first of both that is a tensor.

Raises
------
RuntimeError
    If a standard deviation is negative; in a tensor on the CPU only.)";
constexpr char kRandintLikeDoc[] =
    "As `randint`, of the sizes of `self`; dtype and device are those of `self` unless given.";

}  // namespace

void register_random_forms(VtPlugin* plugin) {
  constexpr uint32_t kInPlace = VT_OP_INPLACE_ONLY | VT_OP_METHOD | VT_OP_NOT_DIFFERENTIABLE | VT_OP_COMPOSITE;
  constexpr uint32_t kFunction = VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE;
  constexpr uint32_t kNormal = kFunction | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"log_normal_(Tensor self, float mean=1, float std=2, *, Generator? generator=None) -> Tensor", kInPlace,
       kLogNormalDoc},
      {"cauchy_(Tensor self, float median=0, float sigma=1, *, Generator? generator=None) -> Tensor", kInPlace,
       kCauchyDoc},
      {"geometric_(Tensor self, float p, *, Generator? generator=None) -> Tensor", kInPlace, kGeometricDoc},
      {"bernoulli_.Tensor(Tensor self, Tensor p, *, Generator? generator=None) -> Tensor", kInPlace, kBernoulliFillDoc},
      {"bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor",
       kFunction | VT_OP_METHOD | VT_OP_COMPOSITE, kBernoulliDoc},
      {"normal(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor", kNormal, kNormalDoc},
      {"normal.Tensor_float(Tensor mean, float std=1, *, Generator? generator=None) -> Tensor", kNormal, kNormalDoc},
      {"normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor", kNormal, kNormalDoc},
      {"normal.float_float(float mean, float std, int[] size, *, Generator? generator=None, dtype? dtype=None, device? "
       "device=None) -> Tensor",
       kFunction | VT_OP_FACTORY, kNormalDoc},
      {"randint_like(Tensor self, int high, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> "
       "Tensor",
       kFunction | VT_OP_FACTORY, kRandintLikeDoc},
      {"randint_like.low_dtype(Tensor self, int low, int high, *, Generator? generator=None, dtype? dtype=None, device? "
       "device=None) -> Tensor",
       kFunction | VT_OP_FACTORY, kRandintLikeDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"log_normal_", boxed<log_normal>},
      {"cauchy_", boxed<cauchy>},
      {"geometric_", boxed<geometric>},
      {"bernoulli_.Tensor", boxed<bernoulli_by_tensor>},
      {"bernoulli.p", boxed<bernoulli_by_number>},
      {"normal", boxed<normal>},
      {"normal.Tensor_float", boxed<normal>},
      {"normal.float_Tensor", boxed<normal>},
      {"normal.float_float", boxed<normal_of_size>},
      {"randint_like", boxed<randint_like>},
      {"randint_like.low_dtype", boxed<randint_like_from>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
