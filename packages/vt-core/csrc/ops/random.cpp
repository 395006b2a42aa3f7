// SPDX-License-Identifier: Apache-2.0
// Random numbers on the CPU: drawing in place, and making tensors of them on any device.
#include "ops/loops/random.hpp"
#include "ops/random.hpp"
#include "ops/runs.hpp"

#include <vt/cpp/op.hpp>

#include <algorithm>

namespace vt::core {

namespace {

void draw_dense(VtTensor* t, const Distribution& d, const VtGeneratorState& state, int words) {
  const RandomLoop loop =
      loops<RandomLoops>().draw[static_cast<size_t>(d.kind)][static_cast<size_t>(dtype_index(t->dl.dtype))];
  auto* data = static_cast<char*>(t->dl.data);
  const int64_t itemsize = itemsize_of(t->dl.dtype);
  for_each_random_step(state, t->numel, words, [&](const uint32_t* source, int64_t first, int64_t n) {
    loop(source, data + first * itemsize, n, d);
  });
}

// Writes one number per element, in row-major order whatever the strides.
void draw(VtTensor* t, const Distribution& d, const VtValue& generator) {
  if (is_meta(t->dl.device)) return;
  const int words = words_per_element(d.kind, t->dl.dtype);
  const VtGeneratorState state = reserve_random(generator, t->dl.device, t->numel, words);
  if (is_contiguous(t)) return draw_dense(t, d, state, words);
  const Owned dense(empty(sizes_of(t), t->dl.dtype, t->dl.device));
  draw_dense(dense.get(), d, state, words);
  copy_tensor(t, dense.get(), false);
}

template <RandomOp Op>
void in_place(const VtValue* args, VtValue* result) {
  VtTensor* t = required_destination(random_op_name(Op), result[0]);
  const Distribution d = distribution_of(Op, t->dl.dtype, args + 1);
  check_writable(random_op_name(Op), t);
  draw(t, d, args[1 + num_parameters(Op)]);
  result[0] = shared_value(t);
}

// A new tensor; size, dtype and device as `empty` takes them.
VtTensor* make(const VtValue& size, const VtValue& dtype, const VtValue& device) {
  return call_op("empty", {size, dtype, device});
}

void rand(const VtValue* args, VtValue* result) {
  result[0] = filled(make(args[0], args[2], args[3]), "uniform_", {value_of(0.0), value_of(1.0), args[1]});
}
void randn(const VtValue* args, VtValue* result) {
  result[0] = filled(make(args[0], args[2], args[3]), "normal_", {value_of(0.0), value_of(1.0), args[1]});
}
void rand_like(const VtValue* args, VtValue* result) {
  VtTensor* made = call_op("empty_like", {args[0], args[2], args[3]});
  result[0] = filled(made, "uniform_", {value_of(0.0), value_of(1.0), args[1]});
}
void randn_like(const VtValue* args, VtValue* result) {
  VtTensor* made = call_op("empty_like", {args[0], args[2], args[3]});
  result[0] = filled(made, "normal_", {value_of(0.0), value_of(1.0), args[1]});
}

void randint(const VtValue& low, const VtValue* args, VtValue* result) {
  const VtValue& high = args[0];
  const VtValue dtype = is_none(args[3]) ? value_of(kInt64) : args[3];
  integer_distribution("randint", dtype.as.dtype, low.as.i, high.as.i);
  result[0] = filled(make(args[1], dtype, args[4]), "random_.from", {low, high, args[2]});
}
void randint_low(const VtValue* args, VtValue* result) { randint(args[0], args + 1, result); }
void randint_high(const VtValue* args, VtValue* result) { randint(value_of(int64_t{0}), args, result); }

void bernoulli(const VtValue* args, VtValue* result) {
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  check_random_dtype("bernoulli", dtype, false);
  const Owned input(call_op("contiguous", {args[0]}));
  const VtTensor* p = input.get();
  Owned out(empty_like(p));
  if (!is_meta(p->dl.device)) {
    const auto index = static_cast<size_t>(dtype_index(dtype));
    const auto* chances = static_cast<const char*>(p->dl.data);
    if (!loops<RandomLoops>().probabilities[index](chances, p->numel))
      fail(VT_ERROR_RUNTIME, "bernoulli: all elements must be in [0, 1]: got one that is not; clamp them first");
    const BernoulliLoop loop = loops<RandomLoops>().bernoulli[index];
    auto* to = static_cast<char*>(out.get()->dl.data);
    const int64_t itemsize = itemsize_of(dtype);
    const VtGeneratorState state = reserve_random(args[1], p->dl.device, p->numel, 1);
    for_each_random_step(state, p->numel, 1, [&](const uint32_t* words, int64_t first, int64_t n) {
      loop(words, chances + first * itemsize, to + first * itemsize, n);
    });
  }
  result[0] = value_of(out.take());
}

constexpr char kUniformDoc[] = R"(Fills `self` with numbers drawn evenly from [from, to).

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64, of any strides.
from, to : float
    `from` must not be greater than `to`.
generator : Generator, optional
    The default one of the device of `self` when absent. One of another device may be given: a number depends on seed,
    offset and position alone.

Raises
------
RuntimeError
    If the bounds are out of order, or they or their distance are no numbers of the dtype.
NotImplementedError
    For other dtypes.

Notes
-----
Elements have 24 random binary digits in float32, 53 in float64, 11 in float16 and 8 in bfloat16. They are Philox 4x32-10
(Salmon et al., SC 2011) of the generator's seed, from its offset on, in row-major order of the elements: the same on every
device and for any number of threads, and other than PyTorch's.)";
constexpr char kNormalDoc[] =
    R"(Fills `self` with numbers of the normal distribution of mean `mean` and standard deviation `std`.

Box and Muller's method on the numbers that `uniform_` describes, the same bits on every device.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64, of any strides.
mean : float
std : float
    Not negative.
generator : Generator, optional
    The default one of the device of `self` when absent.

Raises
------
RuntimeError
    If `std` is negative.
NotImplementedError
    For other dtypes.)";
constexpr char kExponentialDoc[] =
    R"(Fills `self` with numbers of the exponential distribution of rate `lambd`, none of them 0.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64, of any strides.
lambd : float
    Greater than 0; the mean is its reciprocal.
generator : Generator, optional
    The default one of the device of `self` when absent.

Raises
------
RuntimeError
    If `lambd` is not positive.
NotImplementedError
    For other dtypes.)";
constexpr char kBernoulliFillDoc[] = R"(Sets each element of `self` to 1 with chance `p`, else to 0.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex, of any strides.
p : float
    In [0, 1]; rounded to a multiple of 2^-32.
generator : Generator, optional
    The default one of the device of `self` when absent.

Raises
------
RuntimeError
    If `p` is outside [0, 1].
NotImplementedError
    For float8 and complex dtypes.)";
constexpr char kRandomDoc[] = R"(Fills `self` with integers drawn evenly from [from, to).

Parameters
----------
self : Tensor
    Any dtype but float8 and complex, of any strides.
from : int
    0 by default.
to : int, optional
    By default one beyond the largest integer of the dtype; of a floating dtype, the largest up to which it has them all.
generator : Generator, optional
    The default one of the device of `self` when absent.

Raises
------
RuntimeError
    If `from` is not less than `to`, or a bound is outside the dtype.
NotImplementedError
    For float8 and complex dtypes.

Notes
-----
The integer is the high half of the product of a 64-bit random number and the number of integers (Lemire, ACM TOMACS 2019),
so none is more likely than another by more than one part in 2^64 / (to - from).)";
constexpr char kRandDoc[] = R"(Numbers drawn evenly from [0, 1), as `uniform_` draws them.

Parameters
----------
size : sequence of int
generator : Generator, optional
    The default one of the device when absent.
dtype : dtype, optional
    A floating dtype but float8; float32 by default.
device : device, optional
    The CPU by default.

Raises
------
NotImplementedError
    For other dtypes.)";
constexpr char kRandnDoc[] = R"(Standard normal numbers, as `normal_` draws them.

Parameters
----------
size : sequence of int
generator : Generator, optional
    The default one of the device when absent.
dtype : dtype, optional
    A floating dtype but float8; float32 by default.
device : device, optional
    The CPU by default.

Raises
------
NotImplementedError
    For other dtypes.)";
constexpr char kRandintDoc[] = R"(Integers drawn evenly from [low, high), as `random_` draws them.

Parameters
----------
low : int
    0 by default.
high : int
size : sequence of int
generator : Generator, optional
    The default one of the device when absent.
dtype : dtype, optional
    Any dtype but float8 and complex; int64 by default.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If `low` is not less than `high`, or a bound is outside the dtype.
NotImplementedError
    For float8 and complex dtypes.)";
constexpr char kBernoulliDoc[] = R"(1 with the chance that the element of `self` says, else 0.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64; in [0, 1].
generator : Generator, optional
    The default one of the device of `self` when absent.

Returns
-------
Tensor
    Row-major, of the sizes and dtype of `self`.

Raises
------
RuntimeError
    If an element is outside [0, 1]. On CUDA devices, where nothing waits for elements, one below gives 0 and one above 1.
NotImplementedError
    For other dtypes.)";
constexpr char kRandpermDoc[] = R"(The numbers 0 to n - 1 in random order.

Parameters
----------
n : int
generator : Generator, optional
    The default one of the device when absent.
dtype : dtype, optional
    int64 by default.
device : device, optional
    The CPU by default.

Raises
------
RuntimeError
    If `n` is negative or the dtype does not have all the numbers.

Notes
-----
Each number gets a random key of 64 bits and the keys are sorted, so that all devices give the same order.)";
constexpr char kRandLikeDoc[] = "As `rand`, of the sizes of `self`; dtype and device are those of `self` unless given.";
constexpr char kRandnLikeDoc[] =
    "As `randn`, of the sizes of `self`; dtype and device are those of `self` unless given.";

}  // namespace

VtValue filled(VtTensor* made, const char* op, std::initializer_list<VtValue> parameters) {
  Owned t(made);
  VtValue args[4] = {value_of(made)};
  std::copy(parameters.begin(), parameters.end(), args + 1);
  VtValue out = value_of(made);
  check(tables().dispatch->call_boxed(Op(op).get(), args, static_cast<int32_t>(parameters.size()) + 1, &out));
  release(out.as.tensor);
  return value_of(t.take());
}

void register_random(VtPlugin* plugin) {
  constexpr uint32_t kInPlace = VT_OP_INPLACE_ONLY | VT_OP_METHOD | VT_OP_NOT_DIFFERENTIABLE;
  constexpr uint32_t kFunction = VT_OP_FUNCTION | VT_OP_NOT_DIFFERENTIABLE;
  constexpr uint32_t kMaker = kFunction | VT_OP_FACTORY;
  const OpRow ops[] = {
      {"uniform_(Tensor self, float from=0, float to=1, *, Generator? generator=None) -> Tensor", kInPlace,
       kUniformDoc},
      {"normal_(Tensor self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor", kInPlace, kNormalDoc},
      {"exponential_(Tensor self, float lambd=1, *, Generator? generator=None) -> Tensor", kInPlace, kExponentialDoc},
      {"bernoulli_(Tensor self, float p=0.5, *, Generator? generator=None) -> Tensor", kInPlace, kBernoulliFillDoc},
      {"random_(Tensor self, *, Generator? generator=None) -> Tensor", kInPlace, kRandomDoc},
      {"random_.to(Tensor self, int to, *, Generator? generator=None) -> Tensor", kInPlace, kRandomDoc},
      {"random_.from(Tensor self, int from, int? to, *, Generator? generator=None) -> Tensor", kInPlace, kRandomDoc},
      {"rand(int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor", kMaker,
       kRandDoc},
      {"randn(int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor", kMaker,
       kRandnDoc},
      {"randint(int low, int high, int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) "
       "-> Tensor",
       kMaker, kRandintDoc},
      {"randint.high(int high, int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) "
       "-> Tensor",
       kMaker, kRandintDoc},
      {"rand_like(Tensor self, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor",
       kFunction | VT_OP_FACTORY, kRandLikeDoc},
      {"randn_like(Tensor self, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor",
       kFunction | VT_OP_FACTORY, kRandnLikeDoc},
      {"randperm(int n, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor", kMaker,
       kRandpermDoc},
      {"bernoulli(Tensor self, *, Generator? generator=None) -> Tensor", kFunction | VT_OP_METHOD, kBernoulliDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"uniform_", boxed<in_place<RandomOp::kUniform>>},         {"normal_", boxed<in_place<RandomOp::kNormal>>},
      {"exponential_", boxed<in_place<RandomOp::kExponential>>}, {"bernoulli_", boxed<in_place<RandomOp::kBernoulli>>},
      {"random_", boxed<in_place<RandomOp::kRandom>>},           {"random_.to", boxed<in_place<RandomOp::kRandomTo>>},
      {"random_.from", boxed<in_place<RandomOp::kRandomFrom>>},  {"bernoulli", boxed<bernoulli>},
  };
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow makers[] = {
      {"rand", boxed<rand>},           {"randn", boxed<randn>},
      {"randint", boxed<randint_low>}, {"randint.high", boxed<randint_high>},
      {"rand_like", boxed<rand_like>}, {"randn_like", boxed<randn_like>},
      {"randperm", boxed<randperm>},
  };
  register_kernels(plugin, kEveryDevice, makers);
  register_multinomial(plugin);
}

}  // namespace vt::core
