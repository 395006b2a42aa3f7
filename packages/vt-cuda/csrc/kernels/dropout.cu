// SPDX-License-Identifier: Apache-2.0
// Kernels of the dropout family.
#include "elements.cuh"
