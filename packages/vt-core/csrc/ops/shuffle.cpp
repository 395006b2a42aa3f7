// SPDX-License-Identifier: Apache-2.0
// Exchanges of channels with positions and among themselves: views and a copy, on any device.
#include "ops/calls.hpp"

namespace vt::core {

namespace {

using calls::Ints;

void check_factor(const char* op, const char* name, int64_t factor) {
  if (factor <= 0)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": " + name + " must be positive: got " + std::to_string(factor));
}

void check_image(const char* op, const Tensor& t) {
  if (t.ndim() < 3)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": the input must be (..., C, H, W) with 3 dimensions or more: got " +
                               format_sizes(t.sizes()));
}

// The dimensions before the last `kept`, then `more`.
Ints leading(const Tensor& t, size_t kept, std::initializer_list<int64_t> more) {
  const auto sizes = t.sizes().first(t.sizes().size() - kept);
  Ints result(sizes.begin(), sizes.end());
  result.insert(result.end(), more);
  return result;
}

// 0, 1, ..., then the last five or six dimensions in the given order.
Ints order(size_t leading, std::initializer_list<int64_t> last) {
  Ints dims;
  for (size_t d = 0; d < leading; ++d) dims.push_back(static_cast<int64_t>(d));
  for (const int64_t d : last) dims.push_back(static_cast<int64_t>(leading) + d);
  return dims;
}

// pixel_shuffle(self, upscale_factor): (..., C r r, H, W) to (..., C, H r, W r).
void pixel_shuffle(const VtValue* args, VtValue* result) {
  const Tensor self = calls::shared(args[0]);
  const int64_t r = args[1].as.i;
  check_image("pixel_shuffle", self);
  check_factor("pixel_shuffle", "upscale_factor", r);
  const auto sizes = self.sizes();
  const size_t lead = sizes.size() - 3;
  const int64_t c = sizes[lead], h = sizes[lead + 1], w = sizes[lead + 2];
  if (r > INT32_MAX || c % (r * r) != 0)
    fail(VT_ERROR_RUNTIME,
         "pixel_shuffle: the number of channels must be divisible by the square of upscale_factor: got " +
             std::to_string(c) + " and " + std::to_string(r));
  const int64_t channels = c / (r * r);
  const Tensor apart = calls::reshape(self, leading(self, 3, {channels, r, r, h, w}));
  const Tensor moved = calls::permute(apart, order(lead, {0, 3, 1, 4, 2}));
  result[0] = value_of(calls::reshape(moved, leading(self, 3, {channels, h * r, w * r})).release());
}

// pixel_unshuffle(self, downscale_factor): (..., C, H r, W r) to (..., C r r, H, W).
void pixel_unshuffle(const VtValue* args, VtValue* result) {
  const Tensor self = calls::shared(args[0]);
  const int64_t r = args[1].as.i;
  check_image("pixel_unshuffle", self);
  check_factor("pixel_unshuffle", "downscale_factor", r);
  const auto sizes = self.sizes();
  const size_t lead = sizes.size() - 3;
  const int64_t c = sizes[lead], h = sizes[lead + 1], w = sizes[lead + 2];
  if (h % r != 0 || w % r != 0)
    fail(VT_ERROR_RUNTIME, "pixel_unshuffle: height and width must be divisible by downscale_factor: got " +
                               std::to_string(h) + " x " + std::to_string(w) + " and " + std::to_string(r));
  const Tensor apart = calls::reshape(self, leading(self, 3, {c, h / r, r, w / r, r}));
  const Tensor moved = calls::permute(apart, order(lead, {0, 2, 4, 1, 3}));
  result[0] = value_of(calls::reshape(moved, leading(self, 3, {c * r * r, h / r, w / r})).release());
}

// channel_shuffle(self, groups): channel g n + i goes to i groups + g.
void channel_shuffle(const VtValue* args, VtValue* result) {
  const Tensor self = calls::shared(args[0]);
  const int64_t groups = args[1].as.i;
  const auto sizes = self.sizes();
  if (sizes.size() < 3)
    fail(VT_ERROR_RUNTIME,
         "channel_shuffle: the input must be (N, C, ...) with 3 dimensions or more: got " + format_sizes(sizes));
  check_factor("channel_shuffle", "groups", groups);
  if (sizes[1] % groups != 0)
    fail(VT_ERROR_RUNTIME, "channel_shuffle: the number of channels must be divisible by groups: got " +
                               std::to_string(sizes[1]) + " and " + std::to_string(groups));
  Ints apart{sizes[0], groups, sizes[1] / groups};
  apart.insert(apart.end(), sizes.begin() + 2, sizes.end());
  const Tensor moved = calls::transpose(calls::reshape(self, apart), 1, 2);
  result[0] = value_of(calls::reshape(moved, calls::ints(sizes)).release());
}

constexpr char kShuffleDoc[] = R"(Moves channels into positions: each r r channels become a block of r x r positions.

Parameters
----------
self : Tensor
    (..., C r r, H, W)
upscale_factor : int
    r, positive.

Returns
-------
Tensor
    (..., C, H r, W r)

Raises
------
RuntimeError
    If the channels are not divisible by r r.

References
----------
Shi et al., Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel CNN, arXiv:1609.05158.)";
constexpr char kUnshuffleDoc[] = R"(Moves positions into channels: each block of r x r positions becomes r r channels.

Parameters
----------
self : Tensor
    (..., C, H r, W r)
downscale_factor : int
    r, positive.

Returns
-------
Tensor
    (..., C r r, H, W)

Raises
------
RuntimeError
    If height or width is not divisible by r.)";
constexpr char kChannelDoc[] = R"(Interleaves groups of channels: those of one group are no longer neighbours.

Parameters
----------
self : Tensor
    (N, C, ...) with 3 dimensions or more.
groups : int
    Divides C.

Raises
------
RuntimeError
    If it does not.

References
----------
Zhang et al., ShuffleNet, arXiv:1707.01083.)";

}  // namespace

void register_shuffle(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_FUNCTION | VT_OP_COMPOSITE;
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
