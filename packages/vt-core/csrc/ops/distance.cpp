// SPDX-License-Identifier: Apache-2.0
// Distances and similarities of vectors, composed of other ops: pairwise_distance, cosine_similarity, cdist and pdist.
#include "ops/losses.hpp"

namespace vt::core {

namespace {

using namespace losses;

Tensor norm_of_last(const Tensor& t, double p, bool keepdim) {
  const int64_t last[] = {-1};
  return call<"linalg_vector_norm">(t, p, std::span<const int64_t>(last), keepdim);
}

// pairwise_distance(x1, x2, p, eps, keepdim)
void pairwise_distance(const VtValue* args, VtValue* result) {
  const DLDataType dtype = result_dtype("pairwise_distance", args);
  const Tensor difference = call<"add">(sub(widened(args[0]), widened(args[1])), args[3]);
  const Tensor distances = norm_of_last(difference, args[2].as.f, args[4].as.i != 0);
  result[0] = rows::owned(rows::cast(distances.get(), dtype));
}

// Vectors along `dim` divided by their length, or by `eps` where that is greater.
Tensor unit_vectors(const Tensor& x, int64_t dim, double eps) {
  const Tensor length = call<"linalg_vector_norm">(x, int64_t{2}, std::span<const int64_t>(&dim, 1), true);
  return call<"div">(x, raised(length, eps));
}

// cosine_similarity(x1, x2, dim, eps): whole numbers count in the common dtype, floating ones in their own until they meet.
void cosine_similarity(const VtValue* args, VtValue* result) {
  const DLDataType common = result_dtype("cosine_similarity", args, 2, false);
  const auto dtype_of = [&](const VtValue& v) {
    const DtypeIndex index = known_dtype_index(v.as.tensor->dl.dtype);
    return category_of(index) <= Category::kInteger ? known_dtype_index(common) : index;
  };
  const DLDataType dtype = dtype_info(promote(dtype_of(args[0]), dtype_of(args[1]))).dtype;
  const int64_t dim = args[2].as.i;
  Sizes sizes;
  for (int i = 0; i < 2; ++i)
    if (!broadcast_into(sizes, sizes_of(args[i].as.tensor)))
      fail(VT_ERROR_SHAPE, "cosine_similarity: cannot broadcast " + format_sizes(sizes_of(args[0].as.tensor)) +
                               " with " + format_sizes(sizes_of(args[1].as.tensor)));
  const auto spread = [&](const VtValue& v) {
    const DLDataType computed = rows::compute_dtype(dtype_info(dtype_of(v)).dtype);
    return expand(rows::cast(v.as.tensor, computed), {sizes.begin(), sizes.end()});
  };
  const Tensor a = unit_vectors(spread(args[0]), dim, args[3].as.f);
  const Tensor b = unit_vectors(spread(args[1]), dim, args[3].as.f);
  result[0] = rows::owned(rows::cast(sum(mul(a, b), {dim}).get(), dtype));
}

// Note [Euclidean distances by a product]
// |a - b|^2 = |a|^2 + |b|^2 - 2 a.b, as the product of (-2 a, |a|^2, 1) and (b, 1, |b|^2): no tensor of P R D elements. Where
// the difference cancels to zero or below, distance and gradient are zero.
Tensor euclidean_by_product(const Tensor& a, const Tensor& b) {
  const auto squares = [](const Tensor& x) { return sum(call<"square">(x), {-1}, true); };
  const Tensor product = matmul(mul(a, value_of(-2.0)), transpose(b));
  const Tensor squared = add(product, add(squares(a), transpose(squares(b))));
  const Tensor apart = call<"gt">(squared, int64_t{0});
  return where_else_zero(apart, call<"sqrt">(call<"where">(apart, squared, int64_t{1})));
}

// Whether the mode and the sizes ask for the product, as PyTorch decides it.
bool takes_product(const VtTensor* a, const VtTensor* b, const char* mode) {
  const std::string_view given(mode);
  if (given == "use_mm_for_euclid_dist") return true;
  if (given == "donot_use_mm_for_euclid_dist") return false;
  if (given == "use_mm_for_euclid_dist_if_necessary")
    return a->dl.shape[a->dl.ndim - 2] > 25 || b->dl.shape[b->dl.ndim - 2] > 25;
  fail(VT_ERROR_VALUE,
       "cdist: compute_mode is none of use_mm_for_euclid_dist_if_necessary, use_mm_for_euclid_dist and "
       "donot_use_mm_for_euclid_dist: got '" +
           std::string(given) + "'");
}

void check_power(const char* op, double p) {
  if (!(p >= 0)) fail(VT_ERROR_RUNTIME, std::string(op) + ": p must not be negative: got " + std::to_string(p));
}

// cdist(x1, x2, p, compute_mode)
void cdist(const VtValue* args, VtValue* result) {
  const char* op = "cdist";
  const VtTensor* a = args[0].as.tensor;
  const VtTensor* b = args[1].as.tensor;
  const double p = args[2].as.f;
  const DLDataType dtype = result_dtype(op, args);
  check_power(op, p);
  if (a->dl.ndim < 2 || b->dl.ndim < 2 || a->dl.shape[a->dl.ndim - 1] != b->dl.shape[b->dl.ndim - 1])
    fail(VT_ERROR_SHAPE, std::string(op) + ": x1 and x2 must have as many columns: got " + format_sizes(sizes_of(a)) +
                             " and " + format_sizes(sizes_of(b)) + ", expected (..., P, D) and (..., R, D)");
  if (a->numel == 0 || b->numel == 0) {
    // Nothing is multiplied: the dtype is that of the first.
    const Tensor apart = norm_of_last(sub(unsqueeze(widened(args[0]), -2), unsqueeze(widened(args[1]), -3)), p, false);
    result[0] = rows::owned(rows::cast(apart.get(), a->dl.dtype));
    return;
  }
  const bool by_product = takes_product(a, b, args[3].as.string) && p == 2;
  const Tensor distances =
      by_product ? euclidean_by_product(widened(args[0]), widened(args[1]))
                 : norm_of_last(sub(unsqueeze(widened(args[0]), -2), unsqueeze(widened(args[1]), -3)), p, false);
  result[0] = rows::owned(rows::cast(distances.get(), dtype));
}

// pdist(self, p): the rows of both ends of each pair, in the order of the upper triangle.
void pdist(const VtValue* args, VtValue* result) {
  const char* op = "pdist";
  const VtTensor* self = args[0].as.tensor;
  rows::check_dtype(op, self);
  check_power(op, args[1].as.f);
  if (self->dl.ndim != 2)
    fail(VT_ERROR_SHAPE,
         std::string(op) + ": self must be a matrix: got " + format_sizes(sizes_of(self)) + ", expected (N, D)");
  const int64_t count = self->dl.shape[0];
  const int64_t sizes[] = {count * (count - 1) / 2};
  Tensor first = Tensor::empty(sizes, kInt64, {kDLCPU, 0});
  Tensor second = Tensor::empty(sizes, kInt64, {kDLCPU, 0});
  auto* i_at = first.data<int64_t>();
  auto* j_at = second.data<int64_t>();
  for (int64_t i = 0; i < count; ++i)
    for (int64_t j = i + 1; j < count; ++j) {
      *i_at++ = i;
      *j_at++ = j;
    }
  const auto rows_at = [&](const Tensor& index) {
    return call<"index_select">(widened(args[0]), int64_t{0}, call<"to.device">(index, self->dl.device));
  };
  const Tensor distances = norm_of_last(sub(rows_at(first), rows_at(second)), args[1].as.f, false);
  result[0] = rows::owned(rows::cast(distances.get(), self->dl.dtype));
}

constexpr char kPairwiseDoc[] = R"(The p-norm of ``x1 - x2 + eps`` along the last dimension.

Parameters
----------
x1, x2 : Tensor
    (N, D) or (D,); broadcast with each other.
p : float
eps : float
    Added to every coordinate, so that the norm has a gradient at zero.
keepdim : bool

Returns
-------
Tensor
    (N,), or (N, 1) with `keepdim`.)";

constexpr char kCosineDoc[] = R"(The cosine of the angle between vectors along `dim`: ``x1 . x2 / (|x1| |x2|)``.

Parameters
----------
x1, x2 : Tensor
    Broadcast with each other.
dim : int
    Of the broadcast shape.
eps : float
    The least length to divide by.

Returns
-------
Tensor
    Of the broadcast shape without `dim`.)";

constexpr char kCdistDoc[] = R"(The p-norm of the difference of every two rows of two matrices.

Parameters
----------
x1 : Tensor
    (..., P, D).
x2 : Tensor
    (..., R, D).
p : float
    0 counts the coordinates that differ, infinity takes the greatest.
compute_mode : str
    Of p = 2: 'use_mm_for_euclid_dist' by a matrix product, which loses digits of small distances;
    'donot_use_mm_for_euclid_dist' by differences; 'use_mm_for_euclid_dist_if_necessary' by a product for more than 25 rows.

Returns
-------
Tensor
    (..., P, R), batch dimensions broadcast.

Raises
------
RuntimeError
    If `p` is negative.
ShapeError
    If the columns differ.)";

constexpr char kPdistDoc[] = R"(The p-norm of the difference of every two rows of a matrix, each pair once.

Parameters
----------
self : Tensor
    (N, D).
p : float

Returns
-------
Tensor
    (N (N - 1) / 2,): the upper triangle of `cdist`, row by row.)";

}  // namespace

void register_distance(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"pairwise_distance(Tensor x1, Tensor x2, float p=2.0, float eps=1e-06, bool keepdim=False) -> Tensor", kFlags,
       kPairwiseDoc},
      {"cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor", kFlags, kCosineDoc},
      {"cdist(Tensor x1, Tensor x2, float p=2.0, str compute_mode='use_mm_for_euclid_dist_if_necessary') -> Tensor",
       kFlags, kCdistDoc},
      {"pdist(Tensor self, float p=2.0) -> Tensor", kFlags, kPdistDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"pairwise_distance", boxed<pairwise_distance>},
                                      {"cosine_similarity", boxed<cosine_similarity>},
                                      {"cdist", boxed<cdist>},
                                      {"pdist", boxed<pdist>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
