#include "gpu/cuda_error.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace voxmark::gpu {
namespace {

TEST(CudaError, SuccessIsNoError) {
  EXPECT_NO_THROW(check(cudaSuccess));
}

TEST(CudaError, NamesTheReasonTheErrorAndThePlace) {
  try {
    check(cudaErrorInsufficientDriver);
    FAIL() << "expected an Error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Device);
    const std::string text = error.what();
    EXPECT_NE(text.find("driver is missing"), std::string::npos) << text;
    EXPECT_NE(text.find("cudaErrorInsufficientDriver"), std::string::npos) << text;
    EXPECT_NE(text.find("gpu/cuda_error_test.cpp:"), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos);
  }
}

TEST(CudaError, MemoryThatRanOutIsAMemoryError) {
  try {
    check(cudaErrorMemoryAllocation);
    FAIL() << "expected an Error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Memory);
  }
}

TEST(CudaError, TheRuntimeForgetsAnErrorThatWasReported) {
  // A call that fails with or without a driver, and is remembered by the runtime.
  EXPECT_THROW(check(cudaSetDevice(-1)), Error);
  // Without a driver every call, the question itself included, answers that there is none.
  const cudaError_t remembered = cudaPeekAtLastError();
  EXPECT_TRUE(remembered == cudaSuccess || remembered == cudaErrorInsufficientDriver) << cudaGetErrorName(remembered);
}

TEST(CudaError, UnknownErrorsKeepTheirName) {
  EXPECT_NE(reasonFor(cudaErrorInvalidValue).find("cudaErrorInvalidValue"), std::string::npos);
}

}  // namespace
}  // namespace voxmark::gpu
