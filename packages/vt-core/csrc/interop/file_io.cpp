// SPDX-License-Identifier: Apache-2.0
// Mapping files and replacing them atomically.
#include "file_io.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <vt/cpp/error.hpp>

namespace vt::core {
namespace {

constexpr uint64_t kMaxWriteBytes = uint64_t{1} << 30;  // one write call takes less than 2 GiB

[[noreturn]] void fail_io(const char* what, const std::string& path, int error) {
  fail(VT_ERROR_IO, "'" + path + "': " + what + ": " + std::strerror(error));
}

struct stat status_of(int descriptor, const std::string& path) {
  struct stat status{};
  if (fstat(descriptor, &status) != 0) fail_io("cannot inspect the file", path, errno);
  return status;
}

std::string folder_of(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// The file that a chain of links ends in, so that a save goes through a link instead of replacing it.
std::string resolve(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> resolved(realpath(path.c_str(), nullptr), std::free);
  return resolved ? std::string(resolved.get()) : path;
}

// The rights of the file that is replaced, or those a new file gets.
mode_t mode_for(const std::string& target) {
  struct stat status{};
  if (stat(target.c_str(), &status) != 0) return 0666;
  if (!S_ISREG(status.st_mode)) fail(VT_ERROR_IO, "'" + target + "': only a regular file can be replaced");
  return status.st_mode & 07777;
}

}  // namespace

MappedFile::MappedFile(const std::string& path) : path_(path) {
  descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe without a writer must not block
  if (descriptor_ < 0) fail_io("cannot open the file", path, errno);
  try {
    const struct stat status = status_of(descriptor_, path);
    if (!S_ISREG(status.st_mode)) fail(VT_ERROR_IO, "'" + path + "': only a regular file can be mapped");
    size_ = static_cast<size_t>(status.st_size);
    if (size_ == 0) return;
    data_ = mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor_, 0);
    if (data_ == MAP_FAILED) {
      data_ = nullptr;
      if (errno == ENOMEM)
        fail(VT_ERROR_OUT_OF_MEMORY,
             "'" + path + "': out of address space: asked for " + std::to_string(size_) + " bytes");
      fail_io("cannot map the file", path, errno);
    }
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

MappedFile::~MappedFile() {
  if (data_) munmap(data_, size_);
  ::close(descriptor_);
}

void MappedFile::check_not_truncated() const {
  const auto now = static_cast<uint64_t>(status_of(descriptor_, path_).st_size);
  if (now < size_)
    fail(VT_ERROR_IO, "'" + path_ + "': the file was cut short while open: got " + std::to_string(now) +
                          " bytes, expected " + std::to_string(size_));
}

AtomicFile::AtomicFile(const std::string& path) : target_(resolve(path)) {
  static constinit std::atomic<uint64_t> serial{0};
  const mode_t mode = mode_for(target_);
  do {
    temporary_ = target_ + ".tmp-" + std::to_string(getpid()) + "-" + std::to_string(serial.fetch_add(1));
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  } while (descriptor_ < 0 && errno == EEXIST);
  if (descriptor_ < 0) fail_io("cannot create a file beside it", path, errno);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

void AtomicFile::write(const void* data, uint64_t nbytes) {
  const char* next = static_cast<const char*>(data);
  while (nbytes > 0) {
    const ssize_t written = ::write(descriptor_, next, static_cast<size_t>(std::min(nbytes, kMaxWriteBytes)));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_io("cannot write", target_, errno);
    next += written;
    nbytes -= static_cast<uint64_t>(written);
  }
}

void AtomicFile::commit() {
  if (fsync(descriptor_) != 0) fail_io("cannot sync", target_, errno);
  if (rename(temporary_.c_str(), target_.c_str()) != 0) fail_io("cannot rename the finished file", target_, errno);
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) fail_io("cannot close", target_, errno);

  const int folder = ::open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail_io("cannot open its folder", target_, errno);
  const int synced = fsync(folder);
  const int error = errno;
  ::close(folder);
  // Some file systems cannot sync a folder and say so.
  if (synced != 0 && error != EINVAL && error != ENOTSUP) fail_io("cannot sync its folder", target_, error);
}

}  // namespace vt::core
