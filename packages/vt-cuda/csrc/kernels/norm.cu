// SPDX-License-Identifier: Apache-2.0
// Kernels of the norm family.
#include "elements.cuh"
