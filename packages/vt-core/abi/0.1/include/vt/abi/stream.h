/* SPDX-License-Identifier: Apache-2.0 */
/* vt.device, implemented once per device type, and vt.core.stream, which speaks to whichever device is meant. */
#ifndef VT_ABI_STREAM_H_
#define VT_ABI_STREAM_H_

#include "tensor.h"

VT_EXTERN_C_BEGIN

#define VT_DEVICE_API_NAME "vt.device" /* published as "vt.device.<name>", e.g. "vt.device.cuda" */
#define VT_DEVICE_API_MAJOR 1
#define VT_DEVICE_API_MINOR 0

#define VT_STREAM_API_NAME "vt.core.stream"
#define VT_STREAM_API_MAJOR 1
#define VT_STREAM_API_MINOR 0

/* A stream of some device: an opaque number that the device's backend understands; 0 is its default stream. */
typedef uint64_t VtStream;
/* An event of some device; 0 is none. */
typedef uint64_t VtEvent;

/* Device types of the stack that DLPack has no number for. */
enum {
  VT_DEVICE_TYPE_META = 64,     /* shapes without contents */
  VT_DEVICE_TYPE_SIMULATED = 65 /* asynchronous device for tests */
};

typedef struct VtDeviceProperties {
  uint32_t struct_size;
  uint32_t num_multiprocessors;
  uint64_t total_bytes;
  char name[256];
  int32_t capability_major;
  int32_t capability_minor;
} VtDeviceProperties;

/* Every function takes the device index first. Work is enqueued on `stream`; nothing waits unless it says so. */
typedef struct VtDeviceApi {
  VtTableHeader header;
  int32_t device_type;
  uint32_t reserved;
  const char* name; /* as in "cuda:0" */

  int32_t (*device_count)(void);
  int (*properties)(int32_t device, VtDeviceProperties* out);

  /* Memory, ordered on a stream: ready for work enqueued on `stream` after the call; freed memory is reused for work
   * enqueued later on the stream it was allocated on, and on others after the uses recorded by record_use are done. */
  int (*allocate)(int32_t device, uint64_t nbytes, VtStream stream, void** out);
  void (*free)(int32_t device, void* data, uint64_t nbytes);
  int (*record_use)(int32_t device, void* data, VtStream stream);

  /* Copies `nbytes`; either side may be host memory. From and to pageable host memory the call returns when the host side
   * may be reused, which may mean waiting; flag VT_COPY_ASYNC promises that the host side stays untouched until done. */
  int (*copy)(int32_t device, void* dst, DLDevice dst_device, const void* src, DLDevice src_device, uint64_t nbytes,
              VtStream stream, uint32_t flags);

  int (*current_stream)(int32_t device, VtStream* out);
  int (*set_current_stream)(int32_t device, VtStream stream);
  int (*create_stream)(int32_t device, int32_t priority, VtStream* out);
  int (*synchronize_stream)(int32_t device, VtStream stream); /* waits */
  int (*synchronize)(int32_t device);                         /* waits */

  int (*create_event)(int32_t device, VtEvent* out);
  void (*destroy_event)(int32_t device, VtEvent event);
  int (*record_event)(int32_t device, VtEvent event, VtStream stream);
  int (*wait_event)(int32_t device, VtStream stream, VtEvent event);
  int (*query_event)(int32_t device, VtEvent event, int32_t* done);

  /* 0 none, 1 capturing, 2 invalidated. */
  int (*capture_state)(int32_t device, VtStream stream, int32_t* out);
} VtDeviceApi;

enum { VT_COPY_ASYNC = 1 };

typedef struct VtStreamApi {
  VtTableHeader header;

  /* A plugin offers a device type; allowed only inside its entry point. */
  int (*register_device)(VtPlugin* plugin, const VtDeviceApi* device);
  /* The backend of a type (borrowed), or NULL with an IMPORT error naming the wheel to install. */
  const VtDeviceApi* (*device)(int32_t device_type);
  int32_t (*device_count)(int32_t device_type);
  /* "cuda:1" and back. The text is static for known types, else valid until the thread's next call. */
  int (*parse_device)(const char* text, DLDevice* out);
  const char* (*device_name)(int32_t device_type);

  /* Copies between any two tensors of equal byte layout; orders the streams of both devices by events. */
  int (*copy_bytes)(VtTensor* dst, VtTensor* src, int32_t non_blocking);
  int (*synchronize)(DLDevice device);
  /* Marks a tensor's memory as used by work on `stream`. */
  int (*record_use)(VtTensor* tensor, VtStream stream);
} VtStreamApi;

VT_EXTERN_C_END

#endif /* VT_ABI_STREAM_H_ */
