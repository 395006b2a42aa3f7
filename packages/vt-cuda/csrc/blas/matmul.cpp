// SPDX-License-Identifier: Apache-2.0
// Calls cuBLASLt with descriptors and algorithms that are made once per kind of product.
#include "matmul.hpp"

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "../libraries/key_hash.hpp"
#include "../runtime/status.hpp"
#include "library.hpp"

// Note [Workspaces]
// An algorithm may want memory to work in. Each stream has one block of kWorkspaceBytes of the caching allocator, taken by the first
// product that wants it and kept: products of a stream run one after another, and a captured graph may be replayed at any time. A
// stream that is captured should have run such a product before.
namespace vt::cuda {
namespace {

constexpr std::size_t kWorkspaceBytes = std::size_t{32} << 20;
constexpr std::size_t kMostRecipes = 8192;  // beyond, all are made anew: sizes that never repeat must not fill memory

std::atomic<Float32Precision> chosen_precision{Float32Precision::kHighest};

[[noreturn]] void fail(const char* op, const char* call, int status) {
  throw Error(ErrorKind::kCuda, std::string(op) + ": " + call + " failed: got cuBLAS status " + std::to_string(status) +
                                    ", expected 0; see vt_cuda.blas() for the library in use");
}
void check_status(const char* op, const char* call, int status) {
  if (status != lt::kSuccess) [[unlikely]]
    fail(op, call, status);
}

int data_type_of(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return lt::kReal16;
    case DtypeIndex::kBFloat16: return lt::kRealBrain16;
    case DtypeIndex::kFloat64: return lt::kReal64;
    default: return lt::kReal32;
  }
}

int compute_type_of(DtypeIndex dtype) noexcept {
  if (dtype == DtypeIndex::kFloat64) return lt::kCompute64;
  if (dtype != DtypeIndex::kFloat32) return lt::kCompute32;
  switch (chosen_precision.load(std::memory_order_relaxed)) {
    case Float32Precision::kHigh: return lt::kCompute32FastTensor;
    case Float32Precision::kMedium: return lt::kCompute32FastBrain16;
    default: return lt::kCompute32;
  }
}

// Bytes that an address is a multiple of, at most 16: algorithms differ in what they need.
uint32_t alignment_of(const void* data) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(data);
  return address == 0 ? 16 : static_cast<uint32_t>(std::min<std::uintptr_t>(address & (~address + 1), 16));
}

// All that the choice of an algorithm depends on.
using Key = std::array<int64_t, 21>;

Key key_of(const BlasProduct& p, DtypeIndex dtype, int compute_type) noexcept {
  const auto packed_alignment = [&] {
    return static_cast<int64_t>(alignment_of(p.a.data) | alignment_of(p.b.data) << 8 | alignment_of(p.c.data) << 16) |
           static_cast<int64_t>(alignment_of(p.bias ? p.bias : p.d.data)) << 32;
  };
  return {static_cast<int64_t>(dtype),
          compute_type,
          p.m,
          p.n,
          p.k,
          p.batch,
          p.a.transposed,
          p.b.transposed,
          p.a.ld,
          p.b.ld,
          p.c.ld,
          p.d.ld,
          p.a.batch,
          p.b.batch,
          p.c.batch,
          p.d.batch,
          p.bias != nullptr,
          p.d.data != nullptr,
          packed_alignment(),
          p.d.data == p.c.data,
          static_cast<int64_t>(p.activation)};
}

lt::Epilogue epilogue_of(const BlasProduct& p) noexcept {
  const bool bias = p.bias != nullptr;
  switch (p.activation) {
    case Activation::kRelu: return bias ? lt::kReluBiasEpilogue : lt::kReluEpilogue;
    case Activation::kGeluTanh: return bias ? lt::kGeluBiasEpilogue : lt::kGeluEpilogue;
    default: return bias ? lt::kBiasEpilogue : lt::kNoEpilogue;
  }
}

// Descriptors of one kind of product and the algorithm that the library chose for it.
class Recipe {
 public:
  explicit Recipe(const CublasLt& library) noexcept : library_(library) {}
  void make(lt::Handle handle, const char* op, const BlasProduct& p, DtypeIndex dtype, int compute_type) {
    const int type = data_type_of(dtype);
    const int scale_type = dtype == DtypeIndex::kFloat64 ? lt::kReal64 : lt::kReal32;
    check_status(op, "cublasLtMatmulDescCreate", library_.desc_create(&desc_, compute_type, scale_type));
    set(op, lt::kOperationA, p.a.transposed ? lt::kTransposed : lt::kAsIs);
    set(op, lt::kOperationB, p.b.transposed ? lt::kTransposed : lt::kAsIs);
    if (const lt::Epilogue epilogue = epilogue_of(p); epilogue != lt::kNoEpilogue) set(op, lt::kEpilogue, epilogue);
    if (p.bias) set_bias(op, p.bias);
    make_layout(op, a_, p.a, type, p.batch);
    make_layout(op, b_, p.b, type, p.batch);
    make_layout(op, c_, p.d.data ? p.d : p.c, type, p.batch);
    make_layout(op, d_, p.c, type, p.batch);
    choose(handle, op, p);
  }
  Recipe(const Recipe&) = delete;
  Recipe& operator=(const Recipe&) = delete;
  ~Recipe() {
    for (lt::Layout layout : {a_, b_, c_, d_})
      if (layout) library_.layout_destroy(layout);
    if (desc_) library_.desc_destroy(desc_);
  }

  bool is_served() const noexcept { return served_; }
  std::size_t workspace_bytes() const noexcept { return heuristic_.workspace_bytes; }

  void run(lt::Handle handle, const char* op, const BlasProduct& p, const void* alpha, const void* beta,
           void* workspace, RawStream stream) {
    if (p.bias) set_bias(op, p.bias);
    auto* out = const_cast<void*>(p.c.data);
    const void* added = p.d.data ? p.d.data : out;
    check_status(op, "cublasLtMatmul",
                 library_.matmul(handle, desc_, alpha, p.a.data, a_, p.b.data, b_, beta, added, c_, out, d_,
                                 &heuristic_.algorithm, workspace, workspace ? kWorkspaceBytes : 0, stream));
  }

 private:
  template <class Value>
  void set(const char* op, int attribute, Value value) {
    check_status(op, "cublasLtMatmulDescSetAttribute", library_.desc_set(desc_, attribute, &value, sizeof value));
  }
  void set_bias(const char* op, const void* bias) { set(op, lt::kBiasPointer, bias); }

  void make_layout(const char* op, lt::Layout& layout, const BlasMatrix& matrix, int type, int64_t batch) {
    check_status(op, "cublasLtMatrixLayoutCreate",
                 library_.layout_create(&layout, type, static_cast<uint64_t>(matrix.rows),
                                        static_cast<uint64_t>(matrix.cols), matrix.ld));
    if (batch == 1) return;
    const auto count = static_cast<int32_t>(batch);
    check_status(op, "cublasLtMatrixLayoutSetAttribute",
                 library_.layout_set(layout, lt::kBatchCount, &count, sizeof count));
    check_status(op, "cublasLtMatrixLayoutSetAttribute",
                 library_.layout_set(layout, lt::kBatchStride, &matrix.batch, sizeof matrix.batch));
  }

  void choose(lt::Handle handle, const char* op, const BlasProduct& p) {
    lt::Preference preference = nullptr;
    check_status(op, "cublasLtMatmulPreferenceCreate", library_.preference_create(&preference));
    const auto want = [&](int attribute, auto value) {
      library_.preference_set(preference, attribute, &value, sizeof value);
    };
    want(lt::kMaxWorkspaceBytes, uint64_t{kWorkspaceBytes});
    want(lt::kMinAlignmentA, alignment_of(p.a.data));
    want(lt::kMinAlignmentB, alignment_of(p.b.data));
    want(lt::kMinAlignmentC, alignment_of(p.d.data ? p.d.data : p.c.data));
    want(lt::kMinAlignmentD, alignment_of(p.c.data));
    int found = 0;
    const int status = library_.heuristic(handle, desc_, a_, b_, c_, d_, preference, 1, &heuristic_, &found);
    library_.preference_destroy(preference);
    served_ = status == lt::kSuccess && found > 0 && heuristic_.state == lt::kSuccess;
    if (status != lt::kSuccess && status != lt::kNotSupported) fail(op, "cublasLtMatmulAlgoGetHeuristic", status);
  }

  const CublasLt& library_;
  lt::Desc desc_ = nullptr;
  lt::Layout a_ = nullptr;
  lt::Layout b_ = nullptr;
  lt::Layout c_ = nullptr;
  lt::Layout d_ = nullptr;
  lt::Heuristic heuristic_{};
  bool served_ = false;
};

// What a device keeps for its products.
class DeviceProducts {
 public:
  bool run(const CublasLt& library, const char* op, DeviceContext& context, DtypeIndex dtype, const BlasProduct& p,
           double alpha, double beta) {
    const StreamView stream = context.device.current_stream();
    const DeviceGuard guard(context.device.driver(), context.device.ordinal());
    const int compute_type = compute_type_of(dtype);
    const std::lock_guard lock(mutex_);
    if (!handle_) check_status(op, "cublasLtCreate", library.create(&handle_));
    Recipe* recipe = recipe_for(library, op, dtype, p, compute_type);
    if (!recipe->is_served()) return false;
    void* workspace = recipe->workspace_bytes() > 0 ? workspace_of(context, stream) : nullptr;
    const float single_alpha = static_cast<float>(alpha);
    const float single_beta = static_cast<float>(beta);
    const bool is_double = dtype == DtypeIndex::kFloat64;
    recipe->run(handle_, op, p, is_double ? static_cast<const void*>(&alpha) : &single_alpha,
                is_double ? static_cast<const void*>(&beta) : &single_beta, workspace, stream.raw());
    return true;
  }

 private:
  Recipe* recipe_for(const CublasLt& library, const char* op, DtypeIndex dtype, const BlasProduct& p,
                     int compute_type) {
    const Key key = key_of(p, dtype, compute_type);
    if (const auto found = recipes_.find(key); found != recipes_.end()) return found->second.get();
    if (recipes_.size() >= kMostRecipes) recipes_.clear();
    auto recipe = std::make_unique<Recipe>(library);
    recipe->make(handle_, op, p, dtype, compute_type);
    return (recipes_[key] = std::move(recipe)).get();
  }

  void* workspace_of(DeviceContext& context, const StreamView& stream) {
    void*& workspace = workspaces_[stream.raw()];
    if (!workspace) workspace = context.allocator.allocate(kWorkspaceBytes, stream);
    return workspace;
  }

  std::mutex mutex_;  // guards all below; taken before the allocator's lock
  lt::Handle handle_ = nullptr;
  std::unordered_map<Key, std::unique_ptr<Recipe>, KeyHash> recipes_;
  std::unordered_map<RawStream, void*> workspaces_;
};

// Never destroyed, as the backend.
DeviceProducts& products_of(int ordinal) {
  static auto* devices = new std::array<DeviceProducts, Backend::kMaxDevices>;
  return (*devices)[static_cast<std::size_t>(ordinal)];
}

}  // namespace

bool blas_serves(DtypeIndex dtype) {
  switch (dtype) {
    case DtypeIndex::kFloat16:
    case DtypeIndex::kBFloat16:
    case DtypeIndex::kFloat32:
    case DtypeIndex::kFloat64: return cublas_lt() != nullptr;
    default: return false;
  }
}

bool blas_matmul(const char* op, DLDevice device, DtypeIndex dtype, const BlasProduct& product, double alpha,
                 double beta) {
  DeviceContext& context = Backend::instance().context(device.device_id);
  return products_of(device.device_id).run(*cublas_lt(), op, context, dtype, product, alpha, beta);
}

void set_float32_precision(Float32Precision precision) noexcept {
  chosen_precision.store(precision, std::memory_order_relaxed);
}
Float32Precision float32_precision() noexcept { return chosen_precision.load(std::memory_order_relaxed); }

}  // namespace vt::cuda
