// SPDX-License-Identifier: Apache-2.0
// Growing, emptying and reusing call tables.
#include "engine/table.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

#include "engine/memory.hpp"

namespace vt::autograd {

CallTable::Entries::Entries(size_t count) : size(count) {
  if (size <= kKept) {
    data = static_cast<Entry*>(std::calloc(size, sizeof(Entry)));
    if (!data) throw std::bad_alloc();
    return;
  }
  void* block = nullptr;
  check(tables().alloc->allocate(bytes(), &block));
  data = static_cast<Entry*>(std::memset(block, 0, bytes()));
}

CallTable::Entries::~Entries() {
  if (size <= kKept)
    std::free(data);
  else
    tables().alloc->free(data, bytes());
}

void CallTable::grow() {
  Entries old(entries_.size * 2);
  old.swap(entries_);
  for (const Entry& entry : old) {
    if (entry.epoch != epoch_) continue;
    size_t i = slot_of(entry.node);
    while (entries_[i].epoch == epoch_) i = (i + 1) & (entries_.size - 1);
    entries_[i] = entry;
  }
}

void CallTable::clear() noexcept {
  for (Entry& entry : entries_) {
    if (num_holding == 0) break;  // nothing is left behind after a backward that went well
    if (entry.epoch != epoch_ || !entry.grads) continue;
    --num_holding;
    VtTensor** grads = grads_of(entry);
    for (uint32_t i = 0; i < entry.node->num_outputs; ++i)
      if (grads[i]) tables().tensor->release(grads[i]);
    if (entry.node->num_outputs != 1) delete[] entry.grads;
  }
  size_ = 0;
  stack.clear();
  path.clear();
  ready.clear();
  if (++epoch_ == 0) {
    for (Entry& entry : entries_) entry.epoch = 0;
    epoch_ = 1;
  }
}

TableLease::TableLease() {
  ThreadMemory* memory = thread_memory();
  if (memory && memory->tables) {
    table_ = memory->tables;
    memory->tables = table_->next_free;
  } else {
    table_ = new CallTable;
  }
}

TableLease::~TableLease() {
  table_->clear();
  ThreadMemory* memory = thread_memory();
  if (!memory || !table_->is_small()) {
    delete table_;
    return;
  }
  table_->next_free = memory->tables;
  memory->tables = table_;
}

}  // namespace vt::autograd
