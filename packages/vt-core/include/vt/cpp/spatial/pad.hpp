// SPDX-License-Identifier: Apache-2.0
// Arguments, shapes and results of padding, the same on every device; a device brings the loops.
#pragma once

#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/promote.hpp>
#include <vt/cpp/rows.hpp>
#include <vt/cpp/spatial/pad_map.hpp>

#include <string_view>
#include <vector>

// Note [Padding]
// `pad` holds two numbers per dimension, last dimension first: how many positions to add before it and after it; negative
// ones take elements away. constant_pad_nd serves any number of dimensions. The other modes repeat elements of the input, in
// the last one to three dimensions, and are one op with its mode as an argument; its gradient adds up what was repeated.
namespace vt::pad {

inline Mode mode_of(const char* op, const VtValue& v) {
  const std::string_view text = v.as.string;
  if (text == "constant") return Mode::kConstant;
  if (text == "reflect") return Mode::kReflect;
  if (text == "replicate") return Mode::kReplicate;
  if (text == "circular") return Mode::kCircular;
  fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": unknown mode: got '" + std::string(text) +
                                     "', expected 'constant', 'reflect', 'replicate' or 'circular'");
}

inline void check_length(const char* op, std::span<const int64_t> pad, size_t ndim) {
  if (pad.size() % 2 != 0)
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": pad must hold two numbers per dimension: got " + std::to_string(pad.size()));
  if (pad.size() / 2 > ndim)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": pad must hold at most two numbers per dimension: got " +
                               std::to_string(pad.size()) + " for " + std::to_string(ndim) + " dimensions");
}

[[noreturn]] inline void fail_size(const char* op, std::span<const int64_t> pad, std::span<const int64_t> sizes) {
  fail(VT_ERROR_RUNTIME, std::string(op) + ": nothing is left or the sizes do not fit in 64 bits: got pad " +
                             format_sizes(pad) + " for sizes " + format_sizes(sizes));
}

// The most elements that padding takes away at one end: positions relative to the input then fit in 64 bits.
inline constexpr int64_t kFarthest = int64_t{1} << 62;

// Every dimension of a tensor of `sizes`, first to last.
inline std::vector<Dim> dims_of(const char* op, std::span<const int64_t> sizes, std::span<const int64_t> pad) {
  check_length(op, pad, sizes.size());
  std::vector<Dim> dims;
  for (size_t d = 0; d < sizes.size(); ++d) {
    const size_t from_last = sizes.size() - 1 - d;
    Dim dim{sizes[d], sizes[d], 0};
    if (2 * from_last < pad.size()) {
      dim.before = pad[2 * from_last];
      if (dim.before < -kFarthest || __builtin_add_overflow(dim.in, dim.before, &dim.out) ||
          __builtin_add_overflow(dim.out, pad[2 * from_last + 1], &dim.out) || dim.out < 0)
        fail_size(op, pad, sizes);
    }
    dims.push_back(dim);
  }
  return dims;
}

inline std::vector<int64_t> out_sizes(std::span<const Dim> dims) {
  std::vector<int64_t> sizes;
  for (const Dim& dim : dims) sizes.push_back(dim.out);
  return sizes;
}

// A pad whose modes repeat elements: three dimensions after one of all that is left alone.
struct Edges {
  Mode mode;
  int64_t lead;
  Dim dims[3];
};

// `sizes` are those of the input.
inline Edges edges_of(const char* op, std::span<const int64_t> sizes, std::span<const int64_t> pad, Mode mode) {
  const size_t padded = pad.size() / 2;
  check_length(op, pad, sizes.size());
  if (mode == Mode::kConstant) fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": mode 'constant' is constant_pad_nd");
  if (padded < 1 || padded > 3 || (sizes.size() != padded + 1 && sizes.size() != padded + 2))
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) +
                                       ": pads the last 1, 2 or 3 of dimensions with one or two before them: got pad " +
                                       format_sizes(pad) + " for sizes " + format_sizes(sizes));
  // Only a batch may be empty.
  for (size_t d = sizes.size() - padded - 1; d < sizes.size() && mode != Mode::kCircular; ++d)
    if (sizes[d] == 0)
      fail(VT_ERROR_RUNTIME, std::string(op) + ": sizes behind the batch must not be zero: got " + format_sizes(sizes));
  const std::vector<Dim> all = dims_of(op, sizes, pad);
  Edges edges{mode, 1, {{1, 1, 0}, {1, 1, 0}, {1, 1, 0}}};
  for (size_t d = 0; d < all.size(); ++d) {
    const size_t from_last = all.size() - 1 - d;
    if (from_last >= padded) {
      edges.lead *= all[d].in;
      continue;
    }
    const Dim& dim = edges.dims[2 - from_last] = all[d];
    const int64_t after = pad[2 * from_last + 1];
    const int64_t widest = std::max(dim.before, after);
    if (mode == Mode::kCircular && (dim.before < 0 || after < 0 || widest > dim.in))
      fail(VT_ERROR_RUNTIME, std::string(op) +
                                 ": circular padding must be from 0 to the size of its dimension: got pad " +
                                 format_sizes(pad) + " for sizes " + format_sizes(sizes));
    if (mode == Mode::kReflect && widest >= dim.in)
      fail(VT_ERROR_RUNTIME, std::string(op) +
                                 ": reflected padding must be less than the size of its dimension: got pad " +
                                 format_sizes(pad) + " for sizes " + format_sizes(sizes));
    if (mode != Mode::kCircular && dim.out < 1) fail_size(op, pad, sizes);
  }
  return edges;
}

// constant_pad_nd(self, pad, value): run(dims, value as an element, input, out).
template <class Run>
void constant(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "constant_pad_nd";
  VtTensor* self = args[0].as.tensor;
  const std::vector<Dim> dims = dims_of(op, sizes_of(self), ints_of(args[1]));
  // What is taken away must be there before anything is added.
  for (const Dim& dim : dims)
    if (dim.before < -dim.in || dim.before > dim.out) fail_size(op, ints_of(args[1]), sizes_of(self));
  const Number value = number_of(args[2]);
  const bool is_filled =
      std::any_of(dims.begin(), dims.end(), [](const Dim& d) { return d.before > 0 || d.out > d.in + d.before; });
  if (is_filled && !number_fits(value, self->dl.dtype)) fail_number_fit(op, self->dl.dtype);
  Tensor out = Tensor::empty(out_sizes(dims), self->dl.dtype, self->dl.device);
  if (!rows::is_meta(self) && out.numel() > 0) {
    alignas(16) unsigned char element[16] = {};
    if (is_filled) store_number(value, self->dl.dtype, element);
    run(std::span<const Dim>(dims), element, rows::dense(self), out);
  }
  result[0] = rows::owned(std::move(out));
}

// native_pad(self, pad, mode): run(edges, input, out).
template <class Run>
void edges(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_pad";
  VtTensor* self = args[0].as.tensor;
  const Edges e = edges_of(op, sizes_of(self), ints_of(args[1]), mode_of(op, args[2]));
  Tensor out = Tensor::empty(out_sizes(dims_of(op, sizes_of(self), ints_of(args[1]))), self->dl.dtype, self->dl.device);
  if (!rows::is_meta(self) && out.numel() > 0) run(e, rows::dense(self), out);
  result[0] = rows::owned(std::move(out));
}

// native_pad_backward(grad, input_size, pad, mode): run(edges, gradient, gradient of the input).
template <class Run>
void edges_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_pad_backward";
  VtTensor* grad = args[0].as.tensor;
  const auto sizes = ints_of(args[1]);
  const DtypeInfo& info = dtype_info(known_dtype_index(grad->dl.dtype));
  if (info.category < Category::kFloating || info.itemsize == 1)
    fail(VT_ERROR_NOT_IMPLEMENTED, std::string(op) + ": not implemented for " + std::string(info.name) +
                                       ", expected a floating or complex dtype");
  checked_numel(op, sizes);
  const Edges e = edges_of(op, sizes, ints_of(args[2]), mode_of(op, args[3]));
  const std::vector<int64_t> expected = out_sizes(dims_of(op, sizes, ints_of(args[2])));
  if (!same_sizes(sizes_of(grad), expected))
    fail(VT_ERROR_SHAPE, std::string(op) + ": grad must have the sizes of the padded input: got " +
                             format_sizes(sizes_of(grad)) + ", expected " + format_sizes(expected));
  Tensor out = Tensor::empty(sizes, grad->dl.dtype, grad->dl.device);
  if (!rows::is_meta(grad) && out.numel() > 0) run(e, rows::dense(grad), out);
  result[0] = rows::owned(std::move(out));
}

}  // namespace vt::pad
