// SPDX-License-Identifier: Apache-2.0
// A full walk over an allocator's records, for tests: is everything that must hold between them so?
#pragma once

#include <string>

namespace vt::cuda {

class CachingAllocator;

// Empty when all invariants hold, else the first that is broken, in words. Takes the allocator's lock.
std::string first_broken_invariant(const CachingAllocator& allocator);

}  // namespace vt::cuda
