// SPDX-License-Identifier: Apache-2.0
// What tril and triu refuse, and where they write, the same on every device.
#pragma once

#include <vt/cpp/iter.hpp>

namespace vt {

// Takes matrices, in any number of leading dimensions, of any dtype but float8.
inline void check_matrices(const char* op, const VtTensor* t) {
  if (t->dl.ndim < 2)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": the tensor must have at least 2 dimensions: got sizes " +
                               format_sizes({t->dl.shape, static_cast<size_t>(t->dl.ndim)}));
  if (is_float8(known_dtype_index(t->dl.dtype)))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(dtype_name(t->dl.dtype)));
}

// A new row-major tensor like `in`, or the destination, resized unless it is `in` itself. Returns a new reference.
template <IterAllocator A>
VtTensor* triangle_destination(const char* op, VtTensor* in, const VtValue& destination, A&& allocator) {
  const std::span<const int64_t> sizes{in->dl.shape, static_cast<size_t>(in->dl.ndim)};
  if (is_none(destination)) return allocator.empty(sizes, nullptr, in->dl.dtype, in->dl.device);
  VtTensor* out = destination.as.tensor;
  if (!same_dtype(out->dl.dtype, in->dl.dtype))
    fail(VT_ERROR_DTYPE, std::string(op) + ": the result is " + std::string(dtype_name(in->dl.dtype)) +
                             " and cannot be stored in " + std::string(dtype_name(out->dl.dtype)));
  if (!same_sizes({out->dl.shape, static_cast<size_t>(out->dl.ndim)}, sizes)) allocator.resize(out, sizes);
  check_writable(op, out);
  if (out != in) check_no_partial_overlap(op, out, in);
  tables().tensor->retain(out);
  return out;
}

}  // namespace vt
