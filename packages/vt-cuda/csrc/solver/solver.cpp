// SPDX-License-Identifier: Apache-2.0
// Handles of devices and streams, memory to work in, and the calls: Note [cuSOLVER].
#include "solver.hpp"

#include <vt/cpp/linalg_rules.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace vt::cuda {
namespace {

void check_status(const char* op, const char* function, int status) {
  if (status != sv::kSuccess) [[unlikely]]
    throw Error(ErrorKind::kCuda, std::string(op) + ": " + function + " failed: got cuSOLVER status " +
                                      std::to_string(status) + ", expected 0");
}

// Those of one stream.
struct StreamHandles {
  sv::Handle handle = nullptr;
  sv::JacobiSettings jacobi = nullptr;
};

struct DeviceHandles {
  std::mutex mutex;  // guards the handles and their use; taken before the allocator's lock
  std::unordered_map<RawStream, StreamHandles> streams;
};

// Never destroyed, as the backend.
DeviceHandles& handles_of(int ordinal) {
  static auto* devices = new std::array<DeviceHandles, Backend::kMaxDevices>;
  return (*devices)[static_cast<std::size_t>(ordinal)];
}

int position_of(DLDataType dtype) noexcept {
  return same_dtype(dtype, kFloat32) ? 0 : same_dtype(dtype, kFloat64) ? 1 : same_dtype(dtype, kComplex64) ? 2 : 3;
}
sv::DataType type_of(DLDataType dtype) noexcept {
  constexpr sv::DataType kTypes[] = {sv::kReal32, sv::kReal64, sv::kComplex32, sv::kComplex64};
  return kTypes[position_of(dtype)];
}

}  // namespace

// What a function works in: asked for once, used for one matrix after another.
struct Solver::Work {
  Work(const Solver& solver, std::size_t device_bytes, std::size_t host_bytes)
      : device(solver.queue_, static_cast<int64_t>(device_bytes)), host(host_bytes) {}
  Queue::Scratch device;
  std::vector<std::byte> host;
};

Solver::Solver(const char* op, DLDevice device, DLDataType dtype)
    : op_(op),
      library_(cusolver(op)),
      queue_(device),
      device_(Backend::instance().context(device.device_id).device.driver(), device.device_id),
      lock_(handles_of(device.device_id).mutex),
      dtype_index_(position_of(dtype)),
      type_(type_of(dtype)),
      real_type_(type_of(linalg::real_of(dtype))),
      complex_type_(type_of(linalg::complex_of(dtype))),
      itemsize_(itemsize_of(dtype)),
      real_itemsize_(itemsize_of(linalg::real_of(dtype))) {
  if (Backend::instance().context(device.device_id).allocator.capture_of(op, queue_.stream()) != 0)
    throw Error(ErrorKind::kRuntime, std::string(op) +
                                         ": factorisations by cuSOLVER cannot be captured; compute them before the "
                                         "capture");
  StreamHandles& own = handles_of(device.device_id).streams[queue_.stream().raw()];
  if (own.handle == nullptr) check("cusolverDnCreate", library_.create(&own.handle));
  if (own.jacobi == nullptr) check("cusolverDnCreateGesvdjInfo", library_.create_jacobi(&own.jacobi));
  check("cusolverDnSetStream", library_.set_stream(own.handle, queue_.stream().raw()));
  handle_ = own.handle;
  jacobi_ = own.jacobi;
}

int Solver::narrow(int64_t size) const {
  if (size > INT32_MAX)
    vt::fail(VT_ERROR_OVERFLOW, std::string(op_) + ": a matrix has " + std::to_string(size) +
                                    " rows or columns, cuSOLVER takes at most 2147483647");
  return static_cast<int>(size);
}

void Solver::check(const char* function, int status) const { check_status(op_, function, status); }

char* Solver::matrix(const Matrices& a, int64_t i) const noexcept {
  return static_cast<char*>(a.data) + i * a.m * a.n * itemsize_;
}

void Solver::geqrf(const Matrices& a, void* tau) const {
  std::size_t device_bytes = 0;
  std::size_t host_bytes = 0;
  check("cusolverDnXgeqrf_bufferSize", library_.geqrf_size(handle_, nullptr, a.m, a.n, type_, a.data, a.m, type_, tau,
                                                           type_, &device_bytes, &host_bytes));
  Work work(*this, device_bytes, host_bytes);
  const Queue::Scratch info(queue_, sizeof(int32_t));  // tells wrong arguments alone, as the status does
  const int64_t k = std::min(a.m, a.n);
  for (int64_t i = 0; i < a.num; ++i)
    check("cusolverDnXgeqrf",
          library_.geqrf(handle_, nullptr, a.m, a.n, type_, matrix(a, i), a.m, type_,
                         static_cast<char*>(tau) + i * k * itemsize_, type_, work.device.data(), device_bytes,
                         work.host.data(), host_bytes, static_cast<int*>(info.data())));
}

void Solver::orgqr(const Matrices& q, int64_t k, const void* tau) const {
  const int m = narrow(q.m);
  const int n = narrow(q.n);
  int num = 0;
  check("cusolverDnorgqr_bufferSize",
        library_.orgqr_size[dtype_index_](handle_, m, n, narrow(k), q.data, m, tau, &num));
  const Queue::Scratch work(queue_, num * itemsize_);
  const Queue::Scratch info(queue_, sizeof(int32_t));
  for (int64_t i = 0; i < q.num; ++i)
    check("cusolverDnorgqr", library_.orgqr[dtype_index_](handle_, m, n, narrow(k), matrix(q, i), m,
                                                          static_cast<const char*>(tau) + i * k * itemsize_,
                                                          work.data(), num, static_cast<int*>(info.data())));
}

void Solver::syevd(bool vectors, bool upper, const Matrices& a, void* values, int32_t* info) const {
  // Work of a batch is done side by side, in memory for all of it.
  constexpr int64_t kMostElements = int64_t{1} << 26;
  constexpr int64_t kMostMatrices = int64_t{1} << 15;
  const int job = vectors ? sv::kVectors : sv::kNoVectors;
  const int triangle = upper ? sv::kUpper : sv::kLower;
  const int64_t most = std::clamp(kMostElements / std::max<int64_t>(a.n * a.n, 1), int64_t{1}, kMostMatrices);
  for (int64_t begin = 0; begin < a.num; begin += most) {
    const int64_t num = std::min(most, a.num - begin);
    void* matrices = matrix(a, begin);
    void* own_values = static_cast<char*>(values) + begin * a.n * real_itemsize_;
    std::size_t device_bytes = 0;
    std::size_t host_bytes = 0;
    if (num == 1) {
      check("cusolverDnXsyevd_bufferSize",
            library_.syevd_size(handle_, nullptr, job, triangle, a.n, type_, matrices, a.n, real_type_, own_values,
                                type_, &device_bytes, &host_bytes));
      Work work(*this, device_bytes, host_bytes);
      check("cusolverDnXsyevd",
            library_.syevd(handle_, nullptr, job, triangle, a.n, type_, matrices, a.n, real_type_, own_values, type_,
                           work.device.data(), device_bytes, work.host.data(), host_bytes, info + begin));
    } else {
      check("cusolverDnXsyevBatched_bufferSize",
            library_.syev_batched_size(handle_, nullptr, job, triangle, a.n, type_, matrices, a.n, real_type_,
                                       own_values, type_, &device_bytes, &host_bytes, num));
      Work work(*this, device_bytes, host_bytes);
      check("cusolverDnXsyevBatched",
            library_.syev_batched(handle_, nullptr, job, triangle, a.n, type_, matrices, a.n, real_type_, own_values,
                                  type_, work.device.data(), device_bytes, work.host.data(), host_bytes, info + begin,
                                  num));
    }
  }
}

void Solver::geev(const Matrices& a, void* values, void* vectors, int32_t* info) const {
  const int right = vectors != nullptr ? sv::kVectors : sv::kNoVectors;
  std::size_t device_bytes = 0;
  std::size_t host_bytes = 0;
  check("cusolverDnXgeev_bufferSize",
        library_.geev_size(handle_, nullptr, sv::kNoVectors, right, a.n, type_, a.data, a.n, complex_type_, values,
                           type_, nullptr, a.n, type_, vectors, a.n, type_, &device_bytes, &host_bytes));
  Work work(*this, device_bytes, host_bytes);
  // The library copies parts of both before it has written them.
  queue_.set_bytes(op_, work.device.data(), 0, static_cast<int64_t>(device_bytes));
  if (vectors != nullptr) queue_.set_bytes(op_, vectors, 0, a.num * a.n * a.n * itemsize_);
  const int64_t value_bytes = 2 * real_itemsize_;
  for (int64_t i = 0; i < a.num; ++i)
    check("cusolverDnXgeev",
          library_.geev(handle_, nullptr, sv::kNoVectors, right, a.n, type_, matrix(a, i), a.n, complex_type_,
                        static_cast<char*>(values) + i * a.n * value_bytes, type_, nullptr, a.n, type_,
                        vectors != nullptr ? static_cast<char*>(vectors) + i * a.n * a.n * itemsize_ : nullptr, a.n,
                        type_, work.device.data(), device_bytes, work.host.data(), host_bytes, info + i));
}

void Solver::gesvd(bool reduced, const Matrices& a, void* values, SingularVectors u_vh, int32_t* info) const {
  const signed char job = u_vh.left == nullptr ? 'N' : reduced ? 'S' : 'A';
  const int64_t columns = reduced ? a.n : a.m;  // of U
  std::size_t device_bytes = 0;
  std::size_t host_bytes = 0;
  check("cusolverDnXgesvd_bufferSize",
        library_.gesvd_size(handle_, nullptr, job, job, a.m, a.n, type_, a.data, a.m, real_type_, values, type_,
                            u_vh.left, a.m, type_, u_vh.right, a.n, type_, &device_bytes, &host_bytes));
  Work work(*this, device_bytes, host_bytes);
  const auto part = [&](void* of, int64_t elements) {
    return of != nullptr ? static_cast<char*>(of) + elements * itemsize_ : nullptr;
  };
  for (int64_t i = 0; i < a.num; ++i)
    check("cusolverDnXgesvd",
          library_.gesvd(handle_, nullptr, job, job, a.m, a.n, type_, matrix(a, i), a.m, real_type_,
                         static_cast<char*>(values) + i * a.n * real_itemsize_, type_,
                         part(u_vh.left, i * a.m * columns), a.m, type_, part(u_vh.right, i * a.n * a.n), a.n, type_,
                         work.device.data(), device_bytes, work.host.data(), host_bytes, info + i));
}

void Solver::gesvdj(bool vectors, bool reduced, const Matrices& a, void* values, SingularVectors u_v,
                    int32_t* info) const {
  const int job = vectors ? sv::kVectors : sv::kNoVectors;
  const int m = narrow(a.m);
  const int n = narrow(a.n);
  const int64_t k = std::min(a.m, a.n);
  int num = 0;
  check("cusolverDngesvdj_bufferSize",
        library_.gesvdj_size[dtype_index_](handle_, job, reduced, m, n, a.data, m, values, u_v.left, m, u_v.right, n,
                                           &num, jacobi_));
  const Queue::Scratch work(queue_, num * itemsize_);
  for (int64_t i = 0; i < a.num; ++i)
    check("cusolverDngesvdj",
          library_.gesvdj[dtype_index_](handle_, job, reduced, m, n, matrix(a, i), m,
                                        static_cast<char*>(values) + i * k * real_itemsize_,
                                        static_cast<char*>(u_v.left) + i * a.m * (reduced ? k : a.m) * itemsize_, m,
                                        static_cast<char*>(u_v.right) + i * a.n * (reduced ? k : a.n) * itemsize_, n,
                                        work.data(), num, info + i, jacobi_));
}

void Solver::gesvdj_batched(bool vectors, const Matrices& a, void* values, SingularVectors u_v, int32_t* info) const {
  const int job = vectors ? sv::kVectors : sv::kNoVectors;
  const int m = narrow(a.m);
  const int n = narrow(a.n);
  int num = 0;
  check("cusolverDngesvdjBatched_bufferSize",
        library_.gesvdj_batched_size[dtype_index_](handle_, job, m, n, a.data, m, values, u_v.left, m, u_v.right, n,
                                                   &num, jacobi_, narrow(a.num)));
  const Queue::Scratch work(queue_, num * itemsize_);
  check("cusolverDngesvdjBatched",
        library_.gesvdj_batched[dtype_index_](handle_, job, m, n, a.data, m, values, u_v.left, m, u_v.right, n,
                                              work.data(), num, info, jacobi_, narrow(a.num)));
}

void Solver::gesvda(bool vectors, const Matrices& a, void* values, SingularVectors u_v, int32_t* info) const {
  const int job = vectors ? sv::kVectors : sv::kNoVectors;
  const int m = narrow(a.m);
  const int n = narrow(a.n);
  const int batch = narrow(a.num);
  const int64_t u_stride = a.m * a.n;
  const int64_t v_stride = a.n * a.n;
  int num = 0;
  check("cusolverDngesvdaStridedBatched_bufferSize",
        library_.gesvda_size[dtype_index_](handle_, job, n, m, n, a.data, m, u_stride, values, n, u_v.left, m, u_stride,
                                           u_v.right, n, v_stride, &num, batch));
  const Queue::Scratch work(queue_, num * itemsize_);
  std::vector<double> residuals(static_cast<std::size_t>(a.num));
  check("cusolverDngesvdaStridedBatched",
        library_.gesvda[dtype_index_](handle_, job, n, m, n, a.data, m, u_stride, values, n, u_v.left, m, u_stride,
                                      u_v.right, n, v_stride, work.data(), num, info, residuals.data(), batch));
}

}  // namespace vt::cuda
