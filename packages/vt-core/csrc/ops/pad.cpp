// SPDX-License-Identifier: Apache-2.0
// Padding on the CPU, and its public form on any device.
#include <vt/cpp/spatial/pad.hpp>

#include <cstring>
#include <memory>
#include <vector>

#include "ops/loops/pad.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

struct Bits128 {
  uint64_t low;
  uint64_t high;
};

// Row-major tensors of the dimensions `dims`, whose positions have `unit` elements each.
struct Layout {
  pad::Mode mode;
  std::vector<pad::Dim> dims;
  int64_t unit = 1;
};

// Dimensions that are left alone join their neighbours: leading ones each other, trailing ones the unit.
Layout layout_of(pad::Mode mode, std::span<const pad::Dim> dims) {
  const auto is_whole = [](const pad::Dim& d) { return d.before == 0 && d.in == d.out; };
  Layout layout{mode, {}, 1};
  size_t end = dims.size();
  for (; end > 0 && is_whole(dims[end - 1]); --end) layout.unit *= dims[end - 1].in;
  bool joins = false;
  for (const pad::Dim& dim : dims.first(end)) {
    if (is_whole(dim) && joins) {
      layout.dims.back().in *= dim.in;
      layout.dims.back().out *= dim.in;
    } else {
      layout.dims.push_back(dim);
    }
    joins = is_whole(dim);
  }
  if (layout.dims.empty()) layout.dims.push_back({1, 1, 0});
  return layout;
}

// Rows [begin, end) of the result; `value` fills what has no source.
template <class T>
void write_rows(const Layout& p, const T* in, T* out, T value, int64_t begin, int64_t end) {
  const size_t last = p.dims.size() - 1;
  const pad::Dim& columns = p.dims[last];
  // Of the result's columns, those that lie in the input.
  const int64_t first = std::clamp<int64_t>(columns.before, 0, columns.out);
  const int64_t behind = std::clamp<int64_t>(columns.before + columns.in, first, columns.out);
  // Where the row is, and the columns that others are repeated in come from: found once, not for each row.
  std::vector<int64_t> index(last);
  for (int64_t d = static_cast<int64_t>(last) - 1, rest = begin; d >= 0; --d) {
    const auto dim = static_cast<size_t>(d);
    index[dim] = rest % p.dims[dim].out;
    rest /= p.dims[dim].out;
  }
  std::vector<int64_t> sources(p.mode == pad::Mode::kConstant ? 0 : static_cast<size_t>(columns.out));
  for (size_t o = 0; o < sources.size(); ++o) sources[o] = pad::source(p.mode, columns, static_cast<int64_t>(o));
  for (int64_t row = begin; row < end; ++row) {
    T* to = out + row * columns.out * p.unit;
    int64_t source = 0;
    int64_t stride = 1;
    for (size_t d = last; d-- > 0 && source >= 0;) {
      const int64_t at = pad::source(p.mode, p.dims[d], index[d]);
      source = at < 0 ? -1 : source + at * stride;
      stride *= p.dims[d].in;
    }
    for (size_t d = last; d-- > 0 && ++index[d] == p.dims[d].out;) index[d] = 0;
    if (source < 0) {
      std::fill_n(to, columns.out * p.unit, value);
      continue;
    }
    const T* from = in + source * columns.in * p.unit;
    const auto repeat = [&](int64_t o, int64_t stop) {
      if (p.mode == pad::Mode::kConstant) {
        std::fill_n(to + o * p.unit, (stop - o) * p.unit, value);
        return;
      }
      if (p.unit == 1) {
        for (; o < stop; ++o) to[o] = from[sources[static_cast<size_t>(o)]];
        return;
      }
      for (; o < stop; ++o) std::copy_n(from + sources[static_cast<size_t>(o)] * p.unit, p.unit, to + o * p.unit);
    };
    repeat(0, first);
    if (first < behind)
      std::memcpy(to + first * p.unit, from + (first - columns.before) * p.unit,
                  static_cast<size_t>((behind - first) * p.unit) * sizeof(T));
    repeat(behind, columns.out);
  }
}

template <class T>
void write(const Layout& p, const void* in, void* out, const void* element, int64_t num_rows) {
  T value;
  std::memcpy(&value, element, sizeof value);
  parallel_for(0, num_rows, rows_per_grain(p.dims.back().out * p.unit), [&](int64_t begin, int64_t end) {
    write_rows(p, static_cast<const T*>(in), static_cast<T*>(out), value, begin, end);
  });
}

void write_padded(const Layout& p, const Tensor& input, const Tensor& out, const void* element) {
  const int64_t num_rows = out.numel() / (p.dims.back().out * p.unit);
  const void* in = input->dl.data;
  void* to = out->dl.data;
  switch (itemsize_of(out.dtype())) {
    case 1: return write<uint8_t>(p, in, to, element, num_rows);
    case 2: return write<uint16_t>(p, in, to, element, num_rows);
    case 4: return write<uint32_t>(p, in, to, element, num_rows);
    case 8: return write<uint64_t>(p, in, to, element, num_rows);
    default: return write<Bits128>(p, in, to, element, num_rows);
  }
}

void constant_pad_nd(const VtValue* args, VtValue* result) {
  pad::constant(args, result,
                [](std::span<const pad::Dim> dims, const void* element, const Tensor& input, const Tensor& out) {
                  write_padded(layout_of(pad::Mode::kConstant, dims), input, out, element);
                });
}

void native_pad(const VtValue* args, VtValue* result) {
  pad::edges(args, result, [](const pad::Edges& e, const Tensor& input, const Tensor& out) {
    const pad::Dim dims[] = {{e.lead, e.lead, 0}, e.dims[0], e.dims[1], e.dims[2]};
    constexpr unsigned char kNone[16] = {};
    write_padded(layout_of(e.mode, dims), input, out, kNone);
  });
}

void native_pad_backward(const VtValue* args, VtValue* result) {
  pad::edges_backward(args, result, [](const pad::Edges& e, const Tensor& grad, const Tensor& out) {
    const PadFold fold{e.mode, {e.dims[0], e.dims[1], e.dims[2]}, grad->dl.data, out->dl.data};
    const PadFoldLoop loop = loops<PadLoops>().fold[static_cast<size_t>(dtype_index(out.dtype()))];
    const int64_t room = e.dims[2].in + e.dims[2].out;
    parallel_for(0, out.numel() / e.dims[2].in, rows_per_grain(room), [&](int64_t begin, int64_t end) {
      const auto scratch = std::make_unique_for_overwrite<Bits128[]>(static_cast<size_t>(room));
      loop(fold, begin, end, scratch.get());
    });
  });
}

// What is left of a tensor after its negative padding; the rest of the padding stays in `pad`.
Tensor cropped(VtTensor* self, std::vector<int64_t>& pad) {
  static const Op slice("slice");
  Tensor t = Tensor::share(self);
  for (size_t k = 0; k < pad.size() / 2; ++k) {
    int64_t& before = pad[2 * k];
    int64_t& after = pad[2 * k + 1];
    if (before >= 0 && after >= 0) continue;
    const auto dim = static_cast<int64_t>(t.ndim()) - 1 - static_cast<int64_t>(k);
    const int64_t size = t->dl.shape[dim];
    // A bound beyond the dimension is moved to its end by slice.
    const int64_t begin = before < 0 ? std::min(-(before + 1), size - 1) + 1 : 0;
    const int64_t end = after < 0 ? size - std::min(-(after + 1), size - 1) - 1 : size;
    t = slice(t, dim, begin, std::max(begin, end), int64_t{1});
    before = std::max<int64_t>(before, 0);
    after = std::max<int64_t>(after, 0);
  }
  return t;
}

// pad(input, pad, mode, value)
void pad_any(const VtValue* args, VtValue* result) {
  static const Op constant("constant_pad_nd");
  static const Op edges("native_pad");
  VtTensor* input = args[0].as.tensor;
  const auto given = ints_of(args[1]);
  pad::check_length("pad", given, static_cast<size_t>(input->dl.ndim));
  const pad::Mode mode = pad::mode_of("pad", args[2]);
  if (mode == pad::Mode::kConstant) {
    result[0] = rows::owned(constant(args[0], args[1], is_none(args[3]) ? value_of(int64_t{0}) : args[3]));
    return;
  }
  if (!is_none(args[3]) && number_of(args[3]).real != 0)
    fail(VT_ERROR_RUNTIME, std::string("pad: mode '") + args[2].as.string + "' takes no value");
  if (mode != pad::Mode::kCircular) {
    result[0] = rows::owned(edges(args[0], args[1], args[2]));
    return;
  }
  std::vector<int64_t> rest(given.begin(), given.end());
  const Tensor kept = cropped(input, rest);
  result[0] = rows::owned(edges(kept, std::span<const int64_t>(rest), args[2]));
}

constexpr char kPadDoc[] = R"(Adds positions before and after the last dimensions of a tensor.

Parameters
----------
input : Tensor
    Any dtype.
pad : int[]
    Two numbers per dimension, last dimension first: positions to add before and after. Negative ones take elements away.
mode : str
    'constant' for `value`, in any number of dimensions. In the last 1, 2 or 3 dimensions with one or two before them:
    'reflect' for the elements next to the edge, the edge itself not repeated; 'replicate' for the edge; 'circular' for the
    elements of the other end.
value : float, optional
    0 by default; only for 'constant'.

Returns
-------
Tensor
    A copy, row-major.

Raises
------
RuntimeError
    If `pad` has an odd length or more than two numbers per dimension, nothing is left, 'reflect' reaches the size of its
    dimension or 'circular' exceeds it, another mode than 'constant' has a `value`, or the dtype cannot hold it.
NotImplementedError
    For another mode, or another number of dimensions.)";

constexpr char kConstantPadDoc[] = R"(`self` with positions that hold `value` before and after its last dimensions.

Parameters
----------
self : Tensor
    Any dtype.
pad : int[]
    Two numbers per dimension, last dimension first: positions to add before and after. Negative ones take elements away.
value : Scalar

Returns
-------
Tensor
    A copy, row-major.

Raises
------
RuntimeError
    If `pad` has an odd length or more than two numbers per dimension, a size would be negative, or the dtype cannot hold
    `value`.)";

constexpr char kNativePadDoc[] = R"(`pad` in the modes that repeat elements.

Parameters
----------
self : Tensor
    Any dtype.
pad : int[]
mode : str
    'reflect', 'replicate' or 'circular', as in `pad`; 'circular' takes no negative numbers.)";

constexpr char kNativePadBackwardDoc[] = R"(The gradient of `native_pad`: that of all positions which repeat an element.

Parameters
----------
grad : Tensor
    float16, bfloat16, float32, float64 or complex. Half types are added in float32.
input_size : int[]
    The sizes of the input.
pad : int[]
mode : str)";

}  // namespace

void register_pad(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"pad(Tensor input, int[] pad, str mode='constant', float? value=None) -> Tensor",
       VT_OP_FUNCTION | VT_OP_COMPOSITE, kPadDoc},
      {"constant_pad_nd(Tensor self, int[] pad, Scalar value=0) -> Tensor", VT_OP_FUNCTION, kConstantPadDoc},
      {"native_pad(Tensor self, int[] pad, str mode) -> Tensor", VT_OP_FUNCTION, kNativePadDoc},
      {"native_pad_backward(Tensor grad, int[] input_size, int[] pad, str mode) -> Tensor", VT_OP_FUNCTION,
       kNativePadBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"constant_pad_nd", boxed<constant_pad_nd>},
                                   {"native_pad", boxed<native_pad>},
                                   {"native_pad_backward", boxed<native_pad_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow composites[] = {{"pad", boxed<pad_any>}};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
