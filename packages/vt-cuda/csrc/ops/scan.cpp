// SPDX-License-Identifier: Apache-2.0
// Running sums, products, exponential sums and extremes, and linear recurrences, on CUDA devices.
#include <vt/cpp/iter/scan_rules.hpp>

#include <algorithm>
#include <bit>

#include "../kernels/scan.hpp"
#include "launch.hpp"
#include "line_result.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

constexpr int64_t kManyBlocks = 512;   // enough for any device
constexpr int64_t kTilesPerChunk = 4;  // at least
constexpr int64_t kFewColumns = 8;     // too few for neighbouring threads to have neighbouring lines
constexpr int64_t kMostColumnLanes = 8;

int log2_of(int64_t power) noexcept { return std::countr_zero(static_cast<uint64_t>(power)); }
int64_t power_above(int64_t n) noexcept { return static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(n))); }

// How lines are given to threads.
void cut(ScanParams& p) {
  p.columns = p.inner >= kFewColumns;
  const int64_t wanted = power_above(ceil_divide(p.length, kScanSteps));
  const int64_t lanes = std::min<int64_t>(wanted, p.columns ? kMostColumnLanes : kBlockThreads);
  p.lanes_log2 = log2_of(lanes);
  const int64_t tile = lanes * kScanSteps;
  const int64_t tiles = ceil_divide(p.length, tile);
  const int64_t blocks = ceil_divide(p.num_lines, kBlockThreads / lanes);
  const int64_t chunks = std::clamp<int64_t>(kManyBlocks / blocks, 1, std::max<int64_t>(tiles / kTilesPerChunk, 1));
  p.chunk = ceil_divide(tiles, chunks) * tile;
  p.num_chunks = static_cast<int32_t>(ceil_divide(p.length, p.chunk));
}

// The same for long dense lines, a block each: as many chunks as fill a device, of few tiles where there are not very many.
void cut_lines(ScanParams& p, int64_t tile) {
  constexpr int64_t kFewTiles = 4;
  constexpr int64_t kMostChunks = 4096;
  const int64_t tiles = ceil_divide(p.length, tile);
  const int64_t filling = std::min(kFewTiles, ceil_divide(tiles * p.num_lines, 2 * kManyBlocks));
  p.chunk = std::max(filling, ceil_divide(tiles, kMostChunks)) * tile;
  p.num_chunks = static_cast<int32_t>(ceil_divide(p.length, p.chunk));
}

struct Scan {
  const char* op;
  ScanKind kind;
  bool reverse = false;
};

// Scans row-major operands along `dim`.
void launch_scan(const Scan& scan, const Tensor& in, const Tensor& factors, int32_t dim, const VtTensor* out,
                 const VtTensor* places) {
  const Lines lines = lines_of(in.sizes(), dim);
  ScanParams p{};
  p.in = in.data<const char>();
  p.factors = factors ? factors.data<const char>() : nullptr;
  p.out = static_cast<char*>(out->dl.data);
  p.places = places ? static_cast<int64_t*>(places->dl.data) : nullptr;
  p.num_lines = lines.outer * lines.inner;
  p.length = lines.length;
  p.inner = lines.inner;
  p.reverse = scan.reverse;
  p.in_dtype = index_of(in.dtype());
  p.out_dtype = index_of(out->dl.dtype);
  p.in_size = static_cast<int32_t>(itemsize_of(in.dtype()));
  p.out_size = static_cast<int32_t>(itemsize_of(out->dl.dtype));
  const bool is_aligned_line = lines.outer == 1 || lines.length * p.in_size % 16 == 0;
  p.vectors = lines.inner == 1 && !p.reverse && is_aligned_line && is_aligned(p.in) && is_aligned(p.factors) &&
              is_aligned(p.out) && is_aligned(p.places);
  const ScanKernels kernels = scan_kernels(scan.kind, p.in_dtype, p.out_dtype);
  const bool is_long = p.vectors && p.length >= kLongLine && kernels.lines.write != nullptr;
  is_long ? cut_lines(p, kernels.lines.tile) : cut(p);
  const Queue queue(in.device());
  const Queue::Scratch totals(queue, p.num_chunks > 1 ? p.num_chunks * p.num_lines * kernels.cell_bytes : 0);
  p.totals = totals.data();
  const int64_t blocks = is_long ? p.num_lines : ceil_divide(p.num_lines, kBlockThreads >> p.lanes_log2);
  if (p.num_chunks > 1)
    queue.launch(scan.op, is_long ? kernels.lines.totals : kernels.totals, blocks, p.num_chunks - 1, p);
  queue.launch(scan.op, is_long ? kernels.lines.write : kernels.write, blocks, p.num_chunks, p);
}

// A scan of one result, in `dtype`.
void run_scan(const Scan& scan, VtTensor* self, const Tensor& factors, int64_t dim_given, DLDataType dtype,
              VtValue* result) {
  const int32_t dim = wrap_dim(scan.op, dim_given, self->dl.ndim);
  check_destination_dtype(scan.op, result[0], dtype);
  LineResult out(scan.op, self, result[0], sizes_of(self), dtype);
  if (out.get()->numel > 0) launch_scan(scan, row_major(self), factors, dim, out.get(), nullptr);
  result[0] = value_of(out.finish());
}

// cumsum(self, dim, *, dtype), cumprod
template <ScanKind kKind>
void accumulate(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = kKind == ScanKind::kSum ? "cumsum" : "cumprod";
  const DLDataType dtype = accumulated_dtype(kOp, args, result[0]);
  run_scan({kOp, kKind}, args[0].as.tensor, Tensor(), args[1].as.i, dtype, result);
}

// logcumsumexp(self, dim)
void logcumsumexp(const VtValue* args, VtValue* result) {
  constexpr const char* kOp = "logcumsumexp";
  VtTensor* self = args[0].as.tensor;
  vt::detail::check_scanned_floats(kOp, self->dl.dtype);
  run_scan({kOp, ScanKind::kLogSumExp}, self, Tensor(), args[1].as.i, self->dl.dtype, result);
}

// running_affine(self, factors, dim, reverse)
void running_affine(const VtValue* args, VtValue* result) {
  check_affine(args);
  VtTensor* self = args[0].as.tensor;
  const Tensor factors = row_major(args[1].as.tensor);
  run_scan({"running_affine", ScanKind::kAffine, args[3].as.i != 0}, self, factors, args[2].as.i, self->dl.dtype,
           result);
}

// cummax(self, dim) -> (values, indices), cummin
template <ScanKind kKind>
void extremes(const VtValue* args, VtValue* results) {
  constexpr const char* kOp = kKind == ScanKind::kLargest ? "cummax" : "cummin";
  VtTensor* self = args[0].as.tensor;
  vt::detail::check_scanned(kOp, self->dl.dtype, false);
  const int32_t dim = wrap_dim(kOp, args[1].as.i, self->dl.ndim);
  check_destination_dtype(kOp, results[0], self->dl.dtype);
  check_destination_dtype(kOp, results[1], kInt64);
  LineResult values(kOp, self, results[0], sizes_of(self), self->dl.dtype);
  LineResult places(kOp, self, results[1], sizes_of(self), kInt64);
  if (values.get()->numel > 0) launch_scan({kOp, kKind}, row_major(self), Tensor(), dim, values.get(), places.get());
  VtTensor* const first = values.finish();
  results[0] = value_of(first);
  results[1] = value_of(places.finish());
}

}  // namespace

void register_scan(VtPlugin* plugin) {
  const KernelRow rows[] = {{"cumsum", kernel<accumulate<ScanKind::kSum>>},
                            {"cumprod", kernel<accumulate<ScanKind::kProduct>>},
                            {"logcumsumexp", kernel<logcumsumexp>},
                            {"cummax", kernel<extremes<ScanKind::kLargest>>},
                            {"cummin", kernel<extremes<ScanKind::kSmallest>>},
                            {"running_affine", kernel<running_affine>}};
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
