// SPDX-License-Identifier: Apache-2.0
// Kernels of the index family.
#include "elements.cuh"
