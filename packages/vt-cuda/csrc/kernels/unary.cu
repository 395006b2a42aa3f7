// SPDX-License-Identifier: Apache-2.0
// Kernels of the unary family.
#include "elements.cuh"
