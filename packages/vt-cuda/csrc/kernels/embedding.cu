// SPDX-License-Identifier: Apache-2.0
// Kernels of the embedding family.
#include "elements.cuh"
