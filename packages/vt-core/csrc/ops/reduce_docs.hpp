// SPDX-License-Identifier: Apache-2.0
// The documentation of the reductions.
#pragma once

namespace vt::core {

inline constexpr char kSumDoc[] = R"(The sum of the elements of `self`, over all or some dimensions.

Parameters
----------
self : Tensor
dim : int or sequence of int, optional
    The dimensions to sum over; all when absent or empty.
keepdim : bool
    Keep the summed dimensions with size one.
dtype : dtype, optional
    Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

Returns
-------
Tensor
    Half types and float32 accumulate in float32 blocks that are gathered in float64; the result does not depend on the
    number of threads.

Raises
------
IndexError
    If a dimension is out of range.
RuntimeError
    If a dimension is given twice.)";

inline constexpr char kSumToSizeDoc[] = R"(Sums `self` over the dimensions along which `size` would be broadcast to it.

The inverse of broadcasting, as gradients need it. Integers keep their dtype.)";

inline constexpr char kMeanDoc[] = R"(The arithmetic mean of `self`, over all or some dimensions.

Parameters
----------
self : Tensor
    Floating point or complex, unless `dtype` is given.
dim : int or sequence of int, optional
    The dimensions to average over; all when absent or empty.
keepdim : bool
    Keep the reduced dimensions with size one.
dtype : dtype, optional
    Floating point or complex; elements are cast to it first.

Returns
-------
Tensor
    NaN where there are no elements. Summed as `sum` does, divided in float64, rounded once.

Raises
------
NotImplementedError
    For integers and bool without `dtype`.)";

inline constexpr char kProdDoc[] = R"(The product of the elements of `self`, over all or along one dimension.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int
keepdim : bool
    Keep the reduced dimension with size one.
dtype : dtype, optional
    Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

Returns
-------
Tensor
    1 where there are no elements. Floating dtypes are multiplied in float64 and rounded once.

Notes
-----
The first derivative holds with zeros among the elements; the second takes the zeros as constant.)";

inline constexpr char kAnyDoc[] =
    R"(Whether any element of `self` is not zero, over all elements or some dimensions.

Returns
-------
Tensor
    Boolean, uint8 for uint8 as in PyTorch; false where there are no elements. NaN is not zero.)";

inline constexpr char kAllDoc[] = R"(Whether no element of `self` is zero, over all elements or some dimensions.

Returns
-------
Tensor
    Boolean, uint8 for uint8 as in PyTorch; true where there are no elements. NaN is not zero.)";

inline constexpr char kAmaxDoc[] = R"(The largest elements of `self` over some dimensions.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int or sequence of int
    All dimensions when empty.
keepdim : bool
    Keep the reduced dimensions with size one.

Returns
-------
Tensor
    NaN where some element is NaN. The gradient is spread evenly over equal largest elements.

Raises
------
IndexError
    If a reduced dimension is out of range or has size zero.)";

inline constexpr char kAminDoc[] = R"(The smallest elements of `self` over some dimensions; see `amax`.)";

inline constexpr char kMaxDoc[] = R"(The largest element of `self`.

Returns
-------
Tensor
    0-dim; NaN when some element is NaN. The gradient is spread evenly over equal largest elements.

Raises
------
RuntimeError
    If there are no elements.)";

inline constexpr char kMinDoc[] = R"(The smallest element of `self`; see `max`.)";

inline constexpr char kMaxDimDoc[] = R"(The largest elements of `self` along one dimension, and where they are.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int
keepdim : bool
    Keep the reduced dimension with size one.

Returns
-------
values : Tensor
    NaN where some element is NaN.
indices : Tensor
    int64; of the first of equal elements, on every device.

Raises
------
IndexError
    If the dimension is out of range or has size zero.)";

inline constexpr char kMinDimDoc[] =
    R"(The smallest elements of `self` along one dimension, and where they are; see `max.dim`.)";

inline constexpr char kMaxOtherDoc[] = R"(The larger of two tensors, element by element: `maximum`.)";
inline constexpr char kMinOtherDoc[] = R"(The smaller of two tensors, element by element: `minimum`.)";

inline constexpr char kArgmaxDoc[] = R"(The index of the largest element, of all or along one dimension.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex.
dim : int, optional
    Without it the index counts the elements in row-major order.
keepdim : bool
    Keep the reduced dimensions with size one.

Returns
-------
Tensor
    int64; the first of equal elements, and the first NaN where there is one, on every device.

Raises
------
IndexError
    If the dimension is out of range or there are no elements.)";

inline constexpr char kArgminDoc[] =
    R"(The index of the smallest element, of all or along one dimension; see `argmax`.)";

inline constexpr char kVarDoc[] = R"(The variance of the elements of `self`, over all or some dimensions.

Parameters
----------
self : Tensor
    Floating point, float8 excepted.
dim : int or sequence of int, optional
    The dimensions to reduce; all when absent or empty.
correction : Scalar, optional
    Subtracted from the number of elements in the divisor; 1 by default.
keepdim : bool
    Keep the reduced dimensions with size one.

Returns
-------
Tensor
    The sum of squared distances from the mean over ``max(0, n - correction)``: NaN for one element and a correction of 1.

Notes
-----
Blocks are taken in two passes and merged in float64 (Chan, Golub and LeVeque, 1979).)";

inline constexpr char kStdDoc[] = R"(The standard deviation of the elements of `self`: the square root of `var`.)";

inline constexpr char kVarMeanDoc[] = R"(The variance and the mean of `self` in one pass; see `var`.)";
inline constexpr char kStdMeanDoc[] = R"(The standard deviation and the mean of `self` in one pass; see `std`.)";

inline constexpr char kVectorNormDoc[] = R"(The vector norm of the elements of `self`, over all or some dimensions.

Parameters
----------
self : Tensor
    Floating point, float8 excepted.
ord : Scalar
    The order p of ``sum(|x|**p)**(1/p)``; inf and -inf are the largest and smallest magnitude, 0 counts what is not zero.
dim : int or sequence of int, optional
    The dimensions to reduce; all when absent or empty.
keepdim : bool
    Keep the reduced dimensions with size one.
dtype : dtype, optional
    Elements are cast to it first.

Returns
-------
Tensor
    Gathered in float64 and rounded once; 0 where there are no elements.

Raises
------
RuntimeError
    If there are no elements and `ord` is negative or infinite, or `dtype` is narrower than that of `self`.)";

inline constexpr char kNormDoc[] = R"(The vector norm of `self`: `linalg_vector_norm` with `p` for its order.)";

inline constexpr char kLogSumExpDoc[] = R"(``log(sum(exp(self)))`` over some dimensions, safe from overflow.

Parameters
----------
self : Tensor
    Any dtype but float8 and complex; integers are computed in the default dtype.
dim : int or sequence of int
    All dimensions when empty.
keepdim : bool
    Keep the reduced dimensions with size one.

Returns
-------
Tensor
    -inf where there are no elements, or none above -inf.)";

}  // namespace vt::core
