// SPDX-License-Identifier: Apache-2.0
// Kernels of the join family.
#include "elements.cuh"
