/* SPDX-License-Identifier: Apache-2.0 */
/* The ground every interface stands on: table header, export macro, interface look-up, errors and versions. */
#ifndef VT_ABI_BASE_H_
#define VT_ABI_BASE_H_

#include <dlpack/dlpack.h>
#include <stddef.h>
#include <stdint.h>

/* Note [Interfaces]
 * libvt_core exports one symbol, vt_get_interface. Everything else is reached through tables of function pointers, each
 * with a version of its own. A table starts with VtTableHeader and only ever grows at its end: a field exists if and only
 * if struct_size covers it. Asking for (name, major, min_minor) is granted when the major versions are equal and the
 * provider's minor is at least min_minor; otherwise the call fails with an error naming both versions and the wheel to
 * install. ledger.md beside these headers records the minor version that added each entry.
 *
 * VT_ABI_TARGET is the minor version a plugin is written for: entries added later are hidden from it, so that a plugin
 * compiled with new headers cannot ask by accident for more than an old vt-core has.
 *
 * Note [Calls]
 * A function that can fail returns int: 0 for success, non-zero if and only if the calling thread's error is set.
 * Success never touches the error. Nothing throws through a table. Pointers named `out` receive the result; "new
 * reference" means the caller owns one count, "borrowed" means it does not. Strings are UTF-8, NUL-terminated and copied
 * by the callee unless stated. Functions may be called from any thread unless stated. */

#ifndef VT_ABI_TARGET
#define VT_ABI_TARGET 0
#endif

#ifdef __cplusplus
#define VT_EXTERN_C_BEGIN extern "C" {
#define VT_EXTERN_C_END }
#else
#define VT_EXTERN_C_BEGIN
#define VT_EXTERN_C_END
#endif

#if defined(_WIN32)
#define VT_EXPORT __declspec(dllexport)
#else
#define VT_EXPORT __attribute__((visibility("default")))
#endif

VT_EXTERN_C_BEGIN

/* First field of every table. prev_major points to the table of the previous major version, or is NULL. */
typedef struct VtTableHeader {
  uint32_t struct_size;
  uint16_t major;
  uint16_t minor;
  uint64_t features;
  const void* prev_major;
} VtTableHeader;

/* True when `table` is long enough to hold `field`. */
#define VT_HAS_FIELD(table, type, field) \
  ((table)->header.struct_size >= offsetof(type, field) + sizeof(((type*)0)->field))

/* The identity under which a plugin registers; valid inside its entry point and named by every registering call. */
typedef struct VtPlugin VtPlugin;

/* Kinds of error; each language maps a kind to one exception class. Append only. */
typedef enum VtErrorKind {
  VT_ERROR_NONE = 0,
  VT_ERROR_RUNTIME = 1,
  VT_ERROR_VALUE = 2,
  VT_ERROR_TYPE = 3,
  VT_ERROR_INDEX = 4,
  VT_ERROR_NOT_IMPLEMENTED = 5,
  VT_ERROR_OUT_OF_MEMORY = 6,
  VT_ERROR_BUFFER = 7,   /* an exchange protocol was asked for what it cannot give */
  VT_ERROR_OVERFLOW = 8, /* a number does not fit its type */
  VT_ERROR_IMPORT = 9,   /* an interface or a plugin is missing or of the wrong version */
  VT_ERROR_IO = 10,      /* a system call on a file or socket failed */
  VT_ERROR_DEVICE = 11,  /* a device driver call failed */
  VT_ERROR_SHAPE = 12,   /* sizes do not fit together */
  VT_ERROR_DTYPE = 13,   /* dtypes do not fit together or are not supported */
  VT_ERROR_DEVICE_MISMATCH = 14,
  VT_ERROR_MISSING_KERNEL = 15,
  VT_ERROR_FILE_FORMAT = 16, /* a file's contents break its format */
  VT_ERROR_FOREIGN = 17,     /* `cause` holds an exception of the host language */
  VT_ERROR_TIMEOUT = 18,
  VT_ERROR_ABORTED = 19, /* the work was cancelled or another party of it failed */
  VT_ERROR_LINALG = 20 /* a matrix does not have what was asked for: it is singular, or an algorithm did not converge */
} VtErrorKind;

/* An error taken from a thread. `message` is valid until that thread sets its next error. `cause`, if not NULL, is owned
 * by the taker, who passes it to release_cause. */
typedef struct VtError {
  uint32_t struct_size;
  int32_t kind;
  const char* message;
  void* cause;
  void (*release_cause)(void* cause);
} VtError;

/* Looks an interface up. On success *table points to a table that lives as long as the process. */
typedef int (*VtGetInterfaceFn)(const char* name, uint16_t major, uint16_t min_minor, const void** table);
VT_EXPORT int vt_get_interface(const char* name, uint16_t major, uint16_t min_minor, const void** table);

VT_EXTERN_C_END

#endif /* VT_ABI_BASE_H_ */
