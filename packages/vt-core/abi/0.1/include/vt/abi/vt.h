/* SPDX-License-Identifier: Apache-2.0 */
/* All interfaces of the stack. */
#ifndef VT_ABI_VT_H_
#define VT_ABI_VT_H_

#include "alloc.h"
#include "autocast.h"
#include "autograd.h"
#include "base.h"
#include "cuda.h"
#include "cuda_memory.h"
#include "dispatch.h"
#include "dlpack.h"
#include "fabric.h"
#include "file.h"
#include "iter.h"
#include "object.h"
#include "python.h"
#include "rng.h"
#include "stream.h"
#include "tensor.h"
#include "value.h"

#endif /* VT_ABI_VT_H_ */
