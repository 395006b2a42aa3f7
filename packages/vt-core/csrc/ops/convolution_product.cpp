// SPDX-License-Identifier: Apache-2.0
// Plans the products of a convolution: how sources are laid out in planes, results cut into boxes, and both spread over threads.
#include "ops/convolution.hpp"
#include "ops/gemm.hpp"
#include "ops/loops/convolution.hpp"
#include "ops/runs.hpp"
#include "runtime/host_allocator.hpp"

namespace vt::core {

namespace {

using convolution::Axis;
using convolution::Shape;
using Ints = std::vector<int64_t>;

// The longest chain of additions before partial sums are added up.
constexpr int64_t kDepth = 640;
// Sums of a box: rows times columns.
constexpr int64_t kSums = 64 * 1024;
constexpr int64_t kLeastColumns = 128;
constexpr int64_t kMostColumns = 512;
// Positions of a box of weights' gradients.
constexpr int64_t kWeighPositions = 288;
constexpr int64_t kPartsPerThread = 4;
// Multiplications that are worth a part of their own.
constexpr int64_t kWorkPerPart = int64_t{1} << 20;

int64_t ceil_divide(int64_t a, int64_t b) noexcept { return (a + b - 1) / b; }
// The size of pieces of nearly the same size, at most `most`.
int64_t even_size(int64_t total, int64_t most) noexcept {
  return ceil_divide(std::max<int64_t>(total, 1), ceil_divide(std::max<int64_t>(total, 1), std::max<int64_t>(most, 1)));
}
int64_t modulo(int64_t a, int64_t b) noexcept { return (a % b + b) % b; }

class HostBlock {
 public:
  explicit HostBlock(int64_t nbytes)
      : nbytes_(static_cast<uint64_t>(nbytes)), data_(nbytes > 0 ? allocate_host(nbytes_) : nullptr) {}
  HostBlock(const HostBlock&) = delete;
  HostBlock& operator=(const HostBlock&) = delete;
  ~HostBlock() {
    if (data_) free_host(data_, nbytes_);
  }
  char* get() const noexcept { return static_cast<char*>(data_); }

 private:
  uint64_t nbytes_;
  void* data_;
};

// The loops of products of a tensor; in pairs where there are pairs and the processor multiplies them.
const ConvLoop& loop_of(const Tensor& t, bool pairs) noexcept {
  const ConvLoops& table = loops<ConvLoops>();
  if (pairs && same_dtype(t.dtype(), kBFloat16) && table.pairs.gather) return table.pairs;
  return table.by_dtype[static_cast<size_t>(dtype_index(t.dtype()))];
}
int64_t sum_bytes(const Tensor& t) noexcept { return std::max<int64_t>(itemsize_of(t.dtype()), 4); }

// Strides of a tensor (batch, channels, ...) of one to three dimensions.
ConvTensor strided(const Tensor& t) noexcept {
  ConvTensor c{t->dl.data, t.strides()[0], t.strides()[1], {0, 0, 0}};
  const auto rank = static_cast<size_t>(t.ndim() - 2);
  for (size_t d = 0; d < rank; ++d) c.position[3 - rank + d] = t.strides()[2 + d];
  return c;
}
ConvTensor moved(ConvTensor t, int64_t elements, int64_t itemsize) noexcept {
  t.data = static_cast<char*>(t.data) + elements * itemsize;
  return t;
}

// How one dimension of a product over taps runs.
struct Line {
  int64_t num;     // results
  int64_t source;  // positions of the source
  int64_t step;
  Ints starts;  // per tap: the position of the source that result 0 meets
};

struct PlaneLine {
  ConvAxis axis;
  Ints starts;
  Ints plane;  // per tap
  Ints shift;
};

// Planes for boxes of `num` results. With `apart` every tap has its own.
PlaneLine lay_out(const Line& line, int64_t num, bool apart) {
  PlaneLine p;
  int64_t more = 0;
  for (const int64_t start : line.starts) {
    size_t plane = 0;
    while (plane < p.starts.size() && (apart || modulo(start - p.starts[plane], line.step) != 0)) ++plane;
    if (apart || plane == p.starts.size()) {
      plane = p.starts.size();
      p.starts.push_back(start);
    }
    p.plane.push_back(static_cast<int64_t>(plane));
    p.starts[plane] = std::min(p.starts[plane], start);
  }
  for (size_t j = 0; j < line.starts.size(); ++j) {
    p.shift.push_back((line.starts[j] - p.starts[static_cast<size_t>(p.plane[j])]) / line.step);
    more = std::max(more, p.shift.back());
  }
  p.axis = {line.source, line.step, static_cast<int64_t>(p.starts.size()), nullptr, more, num + more};
  return p;
}

// The layout that copies less; `gap` is the largest share of positions between rows that are no results.
PlaneLine lay_out_cheaply(const Line& line, int64_t num, bool apart, double gap) {
  PlaneLine shared = lay_out(line, num, false);
  const ConvAxis& a = shared.axis;
  const bool wide = a.num_planes * a.extent > static_cast<int64_t>(line.starts.size()) * num;
  if (!apart && !wide && static_cast<double>(a.more) <= gap * static_cast<double>(num)) return shared;
  return lay_out(line, num, true);
}

// Owns what ConvPlanes and ConvBoxes point to.
struct Layout {
  Layout(const Line (&lines)[3], int64_t batch, int64_t channels, int64_t most_columns, bool apart, double gap) {
    const int64_t plane_num = lines[1].num * lines[2].num;
    boxes = {batch, 1, {lines[0].num, lines[1].num, lines[2].num}, {1, 1, 1}};
    num_taps = 1;
    for (const Line& line : lines) num_taps *= static_cast<int64_t>(line.starts.size());
    int64_t columns = 1;
    for (int d = 2; d >= 0; --d) {
      // Rows are cut where they are too long, and joined where the whole of them fits.
      const bool whole = d == 2 || boxes.size[d + 1] == lines[d + 1].num;
      const int64_t most = whole ? std::max<int64_t>(most_columns / columns, 1) : 1;
      boxes.size[d] = even_size(lines[d].num, most);
      axes[d] = lay_out_cheaply(lines[d], boxes.size[d], apart, d == 2 ? gap : 1e9);
      columns *= axes[d].axis.extent;
    }
    if (boxes.size[0] == lines[0].num && plane_num <= most_columns)
      boxes.batch_size = even_size(batch, std::max<int64_t>(most_columns / columns, 1));
    planes_per_channel = axes[0].axis.num_planes * axes[1].axis.num_planes * axes[2].axis.num_planes;
    plane = ceil_divide(boxes.batch_size * columns, 16) * 16;
    if (plane / 16 % 2 == 0) plane += 16;  // planes a power of two apart would share cache sets
    piece = even_size(channels, std::max<int64_t>(kDepth / std::max<int64_t>(num_taps, 1), 1));
    find_offsets();
  }

  // `taken` channels of the source share a plane.
  ConvPlanes planes(const ConvTensor& source, int64_t channels, int64_t taken) const {
    ConvPlanes p{source, {}, plane, channels, ceil_divide(channels, taken), piece, num_taps, offsets.data()};
    for (int d = 0; d < 3; ++d) {
      p.axes[d] = axes[d].axis;
      p.axes[d].starts = axes[d].starts.data();
    }
    return p;
  }
  // Elements of the planes of a piece, and what is read behind them.
  int64_t scratch() const noexcept { return piece * planes_per_channel * plane + 64; }
  // Columns of the sums of the largest box, at most.
  int64_t columns() const noexcept {
    const int64_t size = axes[0].axis.extent * axes[1].axis.extent * axes[2].axis.extent;
    return boxes.batch_size * (size + boxes.size[0] * kConvStrip);
  }

  PlaneLine axes[3];
  ConvBoxes boxes;
  int64_t num_taps;
  int64_t planes_per_channel;
  int64_t plane;
  int64_t piece;
  Ints offsets;

 private:
  void find_offsets() {
    for (int64_t c = 0; c < piece; ++c)
      for (size_t a = 0; a < axes[0].plane.size(); ++a)
        for (size_t b = 0; b < axes[1].plane.size(); ++b)
          for (size_t w = 0; w < axes[2].plane.size(); ++w) {
            const int64_t which =
                (axes[0].plane[a] * axes[1].axis.num_planes + axes[1].plane[b]) * axes[2].axis.num_planes +
                axes[2].plane[w];
            const int64_t shift =
                (axes[0].shift[a] * axes[1].axis.extent + axes[1].shift[b]) * axes[2].axis.extent + axes[2].shift[w];
            offsets.push_back((c * planes_per_channel + which) * plane + shift);
          }
  }
};

// rows x (channels, taps) by a source of `channels`, for each group.
struct Product {
  Line lines[3];
  int64_t batch;
  int64_t groups;
  int64_t rows;
  int64_t channels;
  ConvTensor source;
  ConvTensor out;
  int64_t out_group;  // elements from group to group
  Ints row_offsets;
  ConvWeight weight;
  int64_t weight_group;
  Ints taps;  // of the weight: where each lies
  const Tensor* bias;
  int64_t bias_rows;
};

void run_product(const Product& q, const Tensor& like) {
  const ConvLoop& loop = loop_of(like, q.channels > 1);
  const int64_t channels = ceil_divide(q.channels, loop.taken);
  const int64_t itemsize = itemsize_of(like.dtype());
  const int64_t wide = sum_bytes(like);
  const int64_t positions = q.lines[1].num * q.lines[2].num;
  if (q.rows * q.batch * q.lines[0].num * positions == 0) return;
  // Small images are taken together, without gaps, when their copies serve many rows.
  const bool apart = positions < 64 && q.rows >= 32 && q.batch * q.lines[0].num > 1;
  const Layout layout(q.lines, q.batch, channels, std::clamp(kSums / q.rows, kLeastColumns, kMostColumns), apart,
                      q.rows >= 8 ? 0.25 : 1.0);
  const int64_t packed_size = q.rows * channels * layout.num_taps;
  const HostBlock packed(q.groups * packed_size * wide);
  ConvGather gather{layout.planes(q.source, q.channels, loop.taken),
                    layout.boxes,
                    q.rows,
                    nullptr,
                    q.out,
                    q.row_offsets.data(),
                    nullptr,
                    q.bias_rows};
  const auto of_group = [&](int64_t group) {
    ConvGather g = gather;
    g.planes.source = moved(q.source, group * q.channels * q.source.channel, itemsize);
    g.packed = packed.get() + group * packed_size * wide;
    g.out = moved(q.out, group * q.out_group, itemsize);
    if (*q.bias) g.bias = q.bias->data<const char>() + group * (q.rows / q.bias_rows) * itemsize;
    return g;
  };
  const int64_t boxes = layout.boxes.count();
  const int64_t threads = num_threads();
  const int64_t parts = std::clamp<int64_t>(threads == 1 ? 1 : threads * kPartsPerThread / (q.groups * boxes), 1,
                                            ceil_divide(q.rows, 28));
  if (packed_size > 0) {
    const int64_t pack_parts = std::clamp<int64_t>(packed_size / 65536, 1, ceil_divide(q.rows, 28));
    parallel_for(0, q.groups * pack_parts, std::max<int64_t>(65536 / packed_size, 1), [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        ConvWeight weight = q.weight;
        weight.data = static_cast<const char*>(weight.data) + i / pack_parts * q.weight_group * itemsize;
        const ConvGather g = of_group(i / pack_parts);
        loop.pack(g, weight, i % pack_parts, pack_parts, const_cast<void*>(g.packed));
      }
    });
  }
  const int64_t scratch = (layout.scratch() + q.rows * layout.columns()) * wide;
  const int64_t work = q.batch * q.lines[0].num * positions * std::max<int64_t>(packed_size, 8) / (boxes * parts) + 1;
  parallel_for(0, q.groups * boxes * parts, std::max<int64_t>(kWorkPerPart / work, 1), [&](int64_t begin, int64_t end) {
    const HostBlock block(scratch);
    for (int64_t i = begin; i < end; ++i) {
      const ConvGather g = of_group(i / (boxes * parts));
      loop.gather(g, layout.boxes.at(i / parts % boxes), i % parts, parts, block.get());
    }
  });
}

Ints numbered(int64_t num, int64_t step) {
  Ints values;
  for (int64_t i = 0; i < num; ++i) values.push_back(i * step);
  return values;
}

// Taps of a dimension meet the large tensor, from small positions.
Line correlating(const Axis& a) {
  Ints starts = numbered(a.kernel, a.dilation);
  for (int64_t& start : starts) start -= a.padding;
  return {a.small, a.large, a.stride, std::move(starts)};
}

// Writes the bias, or zeros, everywhere.
void fill_with(const Tensor& bias, const Tensor& out) {
  if (!bias) return fill_tensor(out.get(), Number{});
  static const Op reshape("reshape");
  Ints sizes(static_cast<size_t>(out.ndim()), 1);
  sizes[1] = bias.numel();
  copy_tensor(out.get(), reshape(bias, std::span<const int64_t>(sizes)).get(), false);
}

// The large positions of a dimension whose number plus padding leaves the residue r by the stride, and the taps that meet them.
struct Residue {
  Line line;
  Ints taps;
  int64_t first;  // large position
};
std::vector<Residue> residues_of(const Axis& a) {
  std::vector<Residue> residues;
  for (int64_t r = 0; r < std::min(a.stride, a.large + a.padding); ++r) {
    const int64_t q = r >= a.padding ? 0 : ceil_divide(a.padding - r, a.stride);
    Residue residue{{0, a.small, 1, {}}, {}, a.stride * q + r - a.padding};
    if (residue.first >= a.large) continue;
    residue.line.num = (a.large - 1 - residue.first) / a.stride + 1;
    for (int64_t j = 0; j < a.kernel; ++j) {
      if (j * a.dilation % a.stride != r) continue;
      residue.taps.push_back(j);
      residue.line.starts.push_back(q + (r - j * a.dilation) / a.stride);
    }
    residues.push_back(std::move(residue));
  }
  return residues;
}

// Whether each large position is met by one tap at most, and no tap meets positions outside.
bool is_patches(const Shape& s) noexcept {
  for (const Axis& a : s.axes)
    if ((a.kernel - 1) * a.dilation >= a.stride || a.padding != 0) return false;
  return true;
}
bool covers(const Shape& s) noexcept {
  for (const Axis& a : s.axes)
    if (a.dilation != 1 || a.kernel != a.stride || a.large != a.small * a.stride) return false;
  return true;
}

// Where the taps that are left in each dimension lie in a kernel.
Ints taps_at(const Shape& s, const Ints& a, const Ints& b, const Ints& c) {
  Ints taps;
  for (const int64_t i : a)
    for (const int64_t j : b)
      for (const int64_t k : c) taps.push_back((i * s.axes[1].kernel + j) * s.axes[2].kernel + k);
  return taps;
}

void spread_patches(const Shape& s, const Tensor& small, const Tensor& weight, const Tensor& bias,
                    const Tensor& large) {
  if (!covers(s)) fill_with(bias, large);
  const ConvTensor out = strided(large);
  Product q{{},
            s.batch,
            s.groups,
            s.large_channels * s.taps(),
            s.small_channels,
            strided(small),
            out,
            s.large_channels * out.channel,
            {},
            {},
            s.small_channels * s.large_channels * s.taps(),
            {0},
            &bias,
            s.taps()};
  for (int d = 0; d < 3; ++d) {
    q.lines[d] = {s.axes[d].small, s.axes[d].small, 1, {0}};
    q.out.position[d] *= s.axes[d].stride;
  }
  for (int64_t c = 0; c < s.large_channels; ++c)
    for (int64_t i = 0; i < s.axes[0].kernel; ++i)
      for (int64_t j = 0; j < s.axes[1].kernel; ++j)
        for (int64_t k = 0; k < s.axes[2].kernel; ++k)
          q.row_offsets.push_back(c * out.channel + i * s.axes[0].dilation * out.position[0] +
                                  j * s.axes[1].dilation * out.position[1] + k * s.axes[2].dilation * out.position[2]);
  q.weight = {weight->dl.data, 1, s.large_channels * s.taps(), q.taps.data(), false};
  run_product(q, small);
}

// One position per tap and no padding: positions are multiplied by a matrix.
bool is_pointwise(const Shape& s) noexcept {
  for (const Axis& a : s.axes)
    if (a.kernel != 1 || a.stride != 1 || a.padding != 0 || a.large != a.small) return false;
  return true;
}
// Whether the positions lie one after the other at one distance, and which.
bool is_line(const Shape& s, const ConvTensor& t, int64_t* stride) noexcept {
  int64_t step = 0;
  for (int d = 2; d >= 0; --d) {
    if (s.axes[d].large == 1) continue;
    if (step == 0) {
      *stride = t.position[d];
      step = t.position[d] * s.axes[d].large;
    } else if (t.position[d] != step) {
      return false;
    } else {
      step *= s.axes[d].large;
    }
  }
  if (step == 0) *stride = 1;
  return true;
}

// out[i, p] = bias[i] + sum over j of matrix[i, j] in[j, p], where the weight is the matrix or its transpose.
bool multiply_positions(const Shape& s, const Tensor& in, const Tensor& weight, bool exchanged, const Tensor& bias,
                        const Tensor& out) {
  const ConvTensor x = strided(in);
  const ConvTensor y = strided(out);
  GemmProblem p;
  if (!is_pointwise(s) || !is_line(s, x, &p.b_col) || !is_line(s, y, &p.c_col)) return false;
  p.m = exchanged ? s.large_channels : s.small_channels;
  p.k = exchanged ? s.small_channels : s.large_channels;
  p.n = s.large_volume();
  p.a = weight->dl.data;
  p.a_row = exchanged ? 1 : s.large_channels;
  p.a_col = exchanged ? s.large_channels : 1;
  p.b = x.data;
  p.b_row = x.channel;
  p.c = y.data;
  p.c_row = y.channel;
  p.d = rows::data_of(bias);
  p.d_row = 1;
  const int64_t sizes[] = {s.batch, s.groups};
  const int64_t a[] = {0, p.m * p.k};
  const int64_t b[] = {x.batch, p.k * x.channel};
  const int64_t c[] = {y.batch, p.m * y.channel};
  const int64_t d[] = {0, p.m};
  gemm_batched(in.dtype(), p, {sizes, a, b, c, d});
  return true;
}

// The weight's gradient, batch entry by batch entry; not for half types, which are rounded once.
bool multiply_channels(const Shape& s, const Tensor& large, const Tensor& small, const Tensor& weight) {
  const ConvTensor x = strided(large);
  const ConvTensor g = strided(small);
  GemmProblem p;
  if (itemsize_of(weight.dtype()) < 4 || !is_pointwise(s) || !is_line(s, x, &p.b_row) || !is_line(s, g, &p.a_col))
    return false;
  p.m = s.small_channels;
  p.n = s.large_channels;
  p.k = s.large_volume();
  p.a_row = g.channel;
  p.b_col = x.channel;
  p.c = weight->dl.data;
  p.c_row = p.d_row = p.n;
  p.c_col = p.d_col = 1;
  const int64_t itemsize = itemsize_of(weight.dtype());
  const int64_t sizes[] = {s.groups};
  const int64_t a[] = {p.m * g.channel};
  const int64_t b[] = {p.n * x.channel};
  const int64_t c[] = {p.m * p.n};
  for (int64_t n = 0; n < s.batch; ++n) {
    p.a = static_cast<const char*>(g.data) + n * g.batch * itemsize;
    p.b = static_cast<const char*>(x.data) + n * x.batch * itemsize;
    p.d = n > 0 ? p.c : nullptr;
    gemm_batched(weight.dtype(), p, {sizes, a, b, c, c});
  }
  return true;
}

}  // namespace

void correlate(const Shape& s, const Tensor& large, const Tensor& weight, const Tensor& bias, const Tensor& small) {
  if (s.large_channels == 0) return fill_with(bias, small);
  if (multiply_positions(s, large, weight, false, bias, small)) return;
  const ConvTensor out = strided(small);
  Product q{{correlating(s.axes[0]), correlating(s.axes[1]), correlating(s.axes[2])},
            s.batch,
            s.groups,
            s.small_channels,
            s.large_channels,
            strided(large),
            out,
            s.small_channels * out.channel,
            numbered(s.small_channels, out.channel),
            {},
            s.small_channels * s.large_channels * s.taps(),
            numbered(s.taps(), 1),
            &bias,
            1};
  q.weight = {weight->dl.data, s.large_channels * s.taps(), s.taps(), q.taps.data(), true};
  run_product(q, large);
}

void spread(const Shape& s, const Tensor& small, const Tensor& weight, const Tensor& bias, const Tensor& large) {
  if (s.small_channels == 0 || small.numel() == 0) return fill_with(bias, large);
  if (multiply_positions(s, small, weight, true, bias, large)) return;
  if (is_patches(s)) return spread_patches(s, small, weight, bias, large);
  const ConvTensor out = strided(large);
  const std::vector<Residue> residues[] = {residues_of(s.axes[0]), residues_of(s.axes[1]), residues_of(s.axes[2])};
  const auto is_bare = [](const Residue& r) { return r.taps.empty(); };
  if (std::any_of(std::begin(residues), std::end(residues),
                  [&](const auto& of_dim) { return std::any_of(of_dim.begin(), of_dim.end(), is_bare); }))
    fill_with(bias, large);
  for (const Residue& a : residues[0])
    for (const Residue& b : residues[1])
      for (const Residue& c : residues[2]) {
        if (is_bare(a) || is_bare(b) || is_bare(c)) continue;
        const Residue* at[] = {&a, &b, &c};
        Product q{{a.line, b.line, c.line},
                  s.batch,
                  s.groups,
                  s.large_channels,
                  s.small_channels,
                  strided(small),
                  out,
                  s.large_channels * out.channel,
                  numbered(s.large_channels, out.channel),
                  {},
                  s.small_channels * s.large_channels * s.taps(),
                  taps_at(s, a.taps, b.taps, c.taps),
                  &bias,
                  1};
        int64_t first = 0;
        for (int d = 0; d < 3; ++d) {
          first += at[d]->first * out.position[d];
          q.out.position[d] *= s.axes[d].stride;
        }
        q.out = moved(q.out, first, itemsize_of(small.dtype()));
        q.weight = {weight->dl.data, s.taps(), s.large_channels * s.taps(), q.taps.data(), false};
        run_product(q, small);
      }
}

void weigh(const Shape& s, const Tensor& large, const Tensor& small, const Tensor& weight) {
  if (small.numel() == 0 || large.numel() == 0) return fill_tensor(weight.get(), Number{});
  if (multiply_channels(s, large, small, weight)) return;
  const ConvLoop& loop = loop_of(large, s.small_channels >= kConvFewRows);
  const int64_t itemsize = itemsize_of(large.dtype());
  const int64_t wide = sum_bytes(large);
  const Line lines[3] = {correlating(s.axes[0]), correlating(s.axes[1]), correlating(s.axes[2])};
  const Layout layout(lines, s.batch, s.large_channels, kWeighPositions * loop.taken, false, 1e9);
  const int64_t rows = s.small_channels;
  const int64_t depth = s.large_channels * s.taps();
  const int64_t sum_columns = ceil_divide(rows, kConvStrip) * kConvStrip;
  const HostBlock sums(s.groups * depth * sum_columns * wide);
  const ConvTensor x = strided(large);
  const ConvTensor g = strided(small);
  const ConvWeigh weigh{layout.planes(x, s.large_channels, 1), layout.boxes, g, rows, sum_columns, nullptr};
  const auto of_group = [&](int64_t group) {
    ConvWeigh w = weigh;
    w.planes.source = moved(x, group * s.large_channels * x.channel, itemsize);
    w.small = moved(g, group * rows * g.channel, itemsize);
    w.sums = sums.get() + group * depth * sum_columns * wide;
    return w;
  };
  // Channels of large, then strips of small, are shared between threads; sums do not depend on how.
  const int64_t threads = num_threads();
  const int64_t wanted = threads == 1 ? 1 : ceil_divide(threads * 2, s.groups);
  const int64_t piece = std::min(layout.piece, even_size(s.large_channels, ceil_divide(s.large_channels, wanted)));
  const int64_t pieces = ceil_divide(s.large_channels, piece);
  const int64_t strips = ceil_divide(rows, kConvStrip);
  const int64_t splits = std::clamp<int64_t>(wanted / pieces, 1, strips);
  const int64_t* size = layout.boxes.size;
  const int64_t positions = layout.boxes.batch_size * size[0] * size[1] * size[2];
  const int64_t scratch = (layout.scratch() + ceil_divide(positions * sum_columns, 16) * 16) * wide + positions * 8;
  parallel_for(0, s.groups * pieces * splits, 1, [&](int64_t begin, int64_t end) {
    const HostBlock block(scratch);
    for (int64_t i = begin; i < end; ++i) {
      const int64_t channel = i / splits % pieces * piece;
      const int64_t first = strips * (i % splits) / splits * kConvStrip;
      const int64_t last = std::min(strips * (i % splits + 1) / splits * kConvStrip, rows);
      loop.weigh(of_group(i / (pieces * splits)), channel, std::min(channel + piece, s.large_channels), first,
                 last - first, block.get());
    }
  });
  parallel_for(0, s.groups * rows, rows_per_grain(depth), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end;) {
      const int64_t group = row / rows;
      const int64_t stop = std::min(end, (group + 1) * rows);
      loop.finish_weigh(of_group(group), row - group * rows, stop - group * rows,
                        weight.data<char>() + group * rows * depth * itemsize);
      row = stop;
    }
  });
}

}  // namespace vt::core
