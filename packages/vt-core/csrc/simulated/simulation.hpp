// SPDX-License-Identifier: Apache-2.0
// The state of the simulated devices: streams of pending work, blocks of memory, and who accessed them in which order.
#pragma once

#include <vt/abi/stream.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace vt::simulated {

inline constexpr int32_t kNumDevices = 2;

// Note [Clocks]
// A clock holds for each stream the number of its last piece of work that is known to come before. A stream's clock grows
// with its own work, by the waits for events, and by what the host had waited for when the work was enqueued. Access a of
// stream s, number n, comes before work b if and only if b's clock holds at least n for s.
class Clock {
 public:
  uint64_t at(size_t stream) const { return stream < numbers_.size() ? numbers_[stream] : 0; }
  void raise(size_t stream, uint64_t number);
  void join(const Clock& other);

 private:
  std::vector<uint64_t> numbers_;
};

struct Access {
  const void* data;
  uint64_t nbytes;
  bool is_write;
};

// A point in a stream: everything enqueued on it so far.
struct Mark {
  size_t stream = 0;
  uint64_t number = 0;
  Clock clock;
};

// Work of a stream in the order of enqueuing. Streams are counted over both devices; the first kNumDevices are their
// default streams.
class Simulation {
 public:
  static Simulation& instance();

  size_t add_stream();
  bool has_stream(size_t stream) const;

  void enqueue(size_t stream, std::string name, std::vector<Access> accesses, std::function<void()> run);
  Mark mark(size_t stream) const;
  void wait(size_t stream, const Mark& mark);
  // True when everything up to the mark has run; later work is then ordered after it.
  bool observe(const Mark& mark);

  // Runs one piece of work; false when nothing is pending. Throws what the work throws.
  bool step();
  // The host waits: steps until everything up to the mark, or everything, has run.
  void finish(const Mark& mark);
  void finish_all();

  void seed(uint64_t seed);
  int64_t pending() const;
  std::vector<std::string> races() const;
  void clear_races();
  void ignore_wait(int64_t nth);

  void* allocate(size_t stream, uint64_t nbytes);
  void free(void* data);
  void record_use(void* data, size_t stream);

 private:
  struct Work {
    std::string name;
    std::function<void()> run;  // empty for a wait
    size_t awaited_stream = 0;
    uint64_t awaited_number = 0;
  };
  struct Stream {
    std::deque<Work> work;
    uint64_t enqueued = 0;
    uint64_t done = 0;
    bool running = false;  // its first piece of work runs on some thread
    Clock clock;
  };
  struct Recorded {
    std::string name;
    size_t stream;
    uint64_t number;
    uint64_t begin;  // bytes from the start of the block
    uint64_t end;
    bool is_write;
  };
  struct Block {
    uint64_t nbytes;
    size_t stream;
    bool is_free = false;
    std::vector<Mark> uses;  // on other streams, by record_use
    std::vector<Recorded> accesses;
  };
  using Blocks = std::map<uintptr_t, Block>;

  bool is_ready(const Stream& stream) const;
  bool draw_stream(size_t* out);
  uint64_t draw();
  void advance_clock(Stream& stream, size_t index);
  void record_access(const Access& access, const std::string& name, size_t stream);
  Blocks::iterator find_block(const void* data);
  bool is_reusable(const Block& block, size_t stream, uint64_t nbytes) const;

  mutable std::mutex mutex_;  // guards all below; never held while work runs
  std::deque<Stream> streams_ = std::deque<Stream>(kNumDevices);
  Clock host_clock_;
  uint64_t seed_ = 0;
  uint64_t num_drawn_ = 0;
  size_t favourite_ = 0;
  int64_t ignored_wait_ = -1;
  std::vector<std::string> races_;
  Blocks blocks_;
};

}  // namespace vt::simulated
