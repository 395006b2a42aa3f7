/* SPDX-License-Identifier: Apache-2.0 */
/* A library without the entry point. */
#include <vt/abi/base.h>

VT_EXPORT int vt_not_an_entry(void);
int vt_not_an_entry(void) { return 0; }
