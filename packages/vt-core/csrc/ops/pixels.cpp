// SPDX-License-Identifier: Apache-2.0
// Exchanges of channels and positions: pixel_shuffle, pixel_unshuffle, channel_shuffle, on any device.
#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::Ints;

void check_image(const char* op, const Tensor& t, int64_t factor, const char* name) {
  if (t.ndim() < 3)
    fail(VT_ERROR_SHAPE, std::string(op) + ": expects input to have at least 3 dimensions, but got input with " +
                             std::to_string(t.ndim()) + " dimension(s)");
  if (factor <= 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": expects a positive " + name + ", but got " + std::to_string(factor));
}

// The dimensions before the last three, then those given.
Ints with_lead(const Tensor& t, std::initializer_list<int64_t> last) {
  Ints sizes(t.sizes().begin(), t.sizes().end() - 3);
  sizes.insert(sizes.end(), last);
  return sizes;
}
// The same as numbers of dimensions: those given count from the first of the last ones.
Ints with_lead_dims(const Tensor& t, std::initializer_list<int64_t> last) {
  const int64_t lead = t.ndim() - 3;
  Ints dims;
  for (int64_t d = 0; d < lead; ++d) dims.push_back(d);
  for (const int64_t d : last) dims.push_back(lead + d);
  return dims;
}

// Elements in memory of their own: a factor of one leaves them where they are, and reshaping would give a view of them.
Tensor apart(const Tensor& seen, const Ints& sizes) {
  static const Op clone("clone");
  return calls::reshape(clone(seen, static_cast<int64_t>(MemoryFormat::kContiguous)), sizes);
}

// pixel_shuffle(self, upscale_factor)
void pixel_shuffle(const VtValue* args, VtValue* result) {
  const Tensor t = calls::shared(args[0]);
  const int64_t r = args[1].as.i;
  check_image("pixel_shuffle", t, r, "upscale_factor");
  const auto last = t.sizes().last<3>();
  int64_t square = 0;
  if (__builtin_mul_overflow(r, r, &square) || last[0] % square != 0)
    fail(VT_ERROR_SHAPE,
         "pixel_shuffle: expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but "
         "input.size(-3)=" +
             std::to_string(last[0]) + " is not divisible by the square of " + std::to_string(r));
  const int64_t channels = last[0] / square;
  const Tensor split = calls::reshape(t, with_lead(t, {channels, r, r, last[1], last[2]}));
  calls::give("pixel_shuffle",
              apart(calls::permute(split, with_lead_dims(t, {0, 3, 1, 4, 2})),
                    with_lead(t, {channels, last[1] * r, last[2] * r})),
              result[0]);
}

// pixel_unshuffle(self, downscale_factor)
void pixel_unshuffle(const VtValue* args, VtValue* result) {
  const Tensor t = calls::shared(args[0]);
  const int64_t r = args[1].as.i;
  check_image("pixel_unshuffle", t, r, "downscale_factor");
  const auto last = t.sizes().last<3>();
  for (const size_t d : {size_t{1}, size_t{2}})
    if (last[d] % r != 0)
      fail(VT_ERROR_SHAPE, std::string("pixel_unshuffle: expects ") + (d == 1 ? "height" : "width") +
                               " to be divisible by downscale_factor, but input.size(" + (d == 1 ? "-2" : "-1") +
                               ")=" + std::to_string(last[d]) + " is not divisible by " + std::to_string(r));
  const Tensor split = calls::reshape(t, with_lead(t, {last[0], last[1] / r, r, last[2] / r, r}));
  calls::give("pixel_unshuffle",
              apart(calls::permute(split, with_lead_dims(t, {0, 2, 4, 1, 3})),
                    with_lead(t, {last[0] * r * r, last[1] / r, last[2] / r})),
              result[0]);
}

// channel_shuffle(self, groups)
void channel_shuffle(const VtValue* args, VtValue* result) {
  const Tensor t = calls::shared(args[0]);
  const int64_t groups = args[1].as.i;
  if (t.ndim() < 3)
    fail(VT_ERROR_SHAPE,
         "channel_shuffle: expects input with > 2 dims, but got input with sizes " + format_sizes(t.sizes()));
  if (groups <= 0)
    fail(VT_ERROR_RUNTIME,
         "channel_shuffle: Number of groups to divide channels in must be positive. Value of groups:" +
             std::to_string(groups));
  const int64_t channels = t.sizes()[1];
  if (channels % groups != 0)
    fail(VT_ERROR_SHAPE, "channel_shuffle: Number of channels must be divisible by groups. Got " +
                             std::to_string(channels) + " channels and " + std::to_string(groups) + " groups.");
  Ints split = calls::ints(t.sizes());
  split[1] = channels / groups;
  split.insert(split.begin() + 1, groups);
  calls::give("channel_shuffle", apart(calls::transpose(calls::reshape(t, split), 1, 2), calls::ints(t.sizes())),
              result[0]);
}

constexpr char kShuffleDoc[] = R"(Moves channels into positions: (..., C r r, H, W) becomes (..., C, H r, W r).

Parameters
----------
self : Tensor
    With 3 dimensions or more, of any dtype.
upscale_factor : int
    r.

Raises
------
RuntimeError
    If the channels are not divisible by its square.

References
----------
Shi et al., Real-Time Single Image and Video Super-Resolution, arXiv:1609.05158.)";
constexpr char kUnshuffleDoc[] = R"(Moves positions into channels: (..., C, H r, W r) becomes (..., C r r, H, W).

Parameters
----------
self : Tensor
    With 3 dimensions or more, of any dtype.
downscale_factor : int
    r.

Raises
------
RuntimeError
    If height or width are not divisible by it.)";
constexpr char kChannelDoc[] =
    R"(Deals the channels of each group out to all: channel i of group g becomes channel g of group i.

Parameters
----------
self : Tensor
    (N, C, ...) with 3 dimensions or more, of any dtype.
groups : int
    Divides C.

References
----------
Zhang et al., ShuffleNet, arXiv:1707.01083.)";

}  // namespace

void register_pixels(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_FUNCTION | VT_OP_COMPOSITE | VT_OP_OUT;
  const OpRow ops[] = {
      {"pixel_shuffle(Tensor self, int upscale_factor) -> Tensor", kComposite, kShuffleDoc},
      {"pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor", kComposite, kUnshuffleDoc},
      {"channel_shuffle(Tensor self, int groups) -> Tensor", kComposite, kChannelDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow composites[] = {{"pixel_shuffle", boxed<pixel_shuffle>},
                                      {"pixel_unshuffle", boxed<pixel_unshuffle>},
                                      {"channel_shuffle", boxed<channel_shuffle>}};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
