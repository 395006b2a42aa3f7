// SPDX-License-Identifier: Apache-2.0
// Kernels of the compare family.
#include "elements.cuh"
