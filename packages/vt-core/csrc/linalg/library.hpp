// SPDX-License-Identifier: Apache-2.0
// The LAPACK library behind the factorisations: opened when an op first needs it, never linked.
#pragma once

#include <string>
#include <vector>

// Note [LAPACK]
// libvt_core neither contains nor links BLAS or LAPACK. The ops of linear algebra that need a factorisation look for a library of
// the usual Fortran interface with 32-bit integers:
//   1. the file that VT_LAPACK_LIBRARY names; if it is set nothing else is tried;
//   2. the wheel scipy-openblas32 in the folders of Python packages, which vt_core hands over when it is imported.
// Its routines are named scipy_dgetrf_ or dgetrf_. Without a library these ops raise NotImplementedError, which names the remedy;
// all others work. Opened once, the library is never closed. It is told to use one thread: batches are spread over our own, which
// survive fork.
namespace vt::core::lapack {

void declare_settings();

// Folders with Python packages; count until the library is found.
void set_package_folders(std::vector<std::string> folders);

// Makes the routines available; throws NOT_IMPLEMENTED for `op`, saying what to install, when there is no library.
void require(const char* op);

// Address of a routine, by its name without prefix and underscore ("dgetrf"). After require(); throws if the library lacks it.
void* routine(const std::string& name);

// What computes factorisations, in words: the path of the library, or why there is none. Looks for it.
std::string description();

}  // namespace vt::core::lapack
