// SPDX-License-Identifier: Apache-2.0
// CallTable: what one backward call knows of each node. Nodes themselves are not written.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/ready_queue.hpp"

namespace vt::autograd {

// Open addressing by node. Between calls a table is kept by its thread and emptied by raising the epoch; nested calls
// take further tables, so a thread has as many as its deepest nesting.
class CallTable {
 public:
  struct Entry {
    Node* node;
    uint32_t epoch;
    int32_t dependencies;  // edges into this node whose gradients are still to come
    int32_t capture;       // first capture of this node, -1 for none
    bool needed;           // lies on a way to an input, or no inputs were named
    bool visited;          // by the walk that finds what is needed
    union {
      VtTensor* grad;    // owned; of a node with one result
      VtTensor** grads;  // owned array; of any other
    };
  };

  CallTable() = default;
  CallTable(const CallTable&) = delete;
  CallTable& operator=(const CallTable&) = delete;
  ~CallTable() { clear(); }

  Entry* find(const Node* node) noexcept {
    size_t i = slot_of(node);
    while (entries_[i].epoch == epoch_) {
      if (entries_[i].node == node) return &entries_[i];
      i = (i + 1) & (entries_.size - 1);
    }
    return nullptr;
  }

  // The entry of a node, made when `*inserted`. Pointers to entries are valid until the next insertion.
  Entry* insert(Node* node, bool* inserted) {
    size_t i = slot_of(node);
    while (entries_[i].epoch == epoch_) {
      if (entries_[i].node == node) {
        *inserted = false;
        return &entries_[i];
      }
      i = (i + 1) & (entries_.size - 1);
    }
    if ((size_ + 1) * 2 > entries_.size) {
      grow();
      return insert(node, inserted);
    }
    ++size_;
    entries_[i] = Entry{node, epoch_, 0, -1, true, false, {nullptr}};
    *inserted = true;
    return &entries_[i];
  }

  // Releases gradients that were never consumed, as after an error, and forgets every entry.
  void clear() noexcept;

  // Whether the table is worth keeping for the next call.
  bool is_small() const noexcept { return entries_.size <= kKept; }

  uint32_t num_holding = 0;  // entries that hold gradients at this moment
  CallTable* next_free = nullptr;
  std::vector<Node*> stack;                      // of the walk that fills the table
  std::vector<std::pair<Node*, uint32_t>> path;  // of the walk that finds what is needed
  ReadyQueue ready;

 private:
  static constexpr size_t kInitial = 256;
  static constexpr size_t kKept = 1 << 14;

  // Zeroed entries. Large arrays come from the host allocator, which keeps them mapped for the next call.
  struct Entries {
    explicit Entries(size_t size);
    Entries(const Entries&) = delete;
    Entries& operator=(const Entries&) = delete;
    ~Entries();
    void swap(Entries& other) noexcept {
      std::swap(size, other.size);
      std::swap(data, other.data);
    }
    Entry& operator[](size_t i) noexcept { return data[i]; }
    Entry* begin() noexcept { return data; }
    Entry* end() noexcept { return data + size; }
    uint64_t bytes() const noexcept { return size * sizeof(Entry); }

    size_t size;
    Entry* data = nullptr;
  };

  // Nodes recorded one after the other mostly lie side by side. Those of one page get entries side by side, so that a walk
  // along them does not miss the cache at every entry; the pages are scattered.
  size_t slot_of(const Node* node) const noexcept {
    const auto address = reinterpret_cast<uintptr_t>(node);
    const size_t page = (address >> kPageBits) * 0x9E3779B97F4A7C15u >> 32;
    return (page << kGroupBits | (address >> (kPageBits - kGroupBits) & ((1 << kGroupBits) - 1))) & (entries_.size - 1);
  }
  static constexpr int kPageBits = 12;
  static constexpr int kGroupBits = 4;

  void grow();

  Entries entries_{kInitial};
  uint32_t epoch_ = 1;
  size_t size_ = 0;
};

// The gradients of an entry as an array of its node's num_outputs.
inline VtTensor** grads_of(CallTable::Entry& entry) noexcept {
  return entry.node->num_outputs == 1 ? &entry.grad : entry.grads;
}

// A table for one backward call, given back to the thread at the end.
class TableLease {
 public:
  TableLease();
  TableLease(const TableLease&) = delete;
  TableLease& operator=(const TableLease&) = delete;
  ~TableLease();
  CallTable* operator->() const noexcept { return table_; }
  CallTable& operator*() const noexcept { return *table_; }

 private:
  CallTable* table_;
};

}  // namespace vt::autograd
