#pragma once

// Functions marked so are compiled for the host and for the device: the host's copy is what the tests run where there
// is no device.
#ifdef __CUDACC__
#define VOXMARK_HOST_DEVICE __host__ __device__
#else
#define VOXMARK_HOST_DEVICE
#endif
