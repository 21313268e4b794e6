# Decides whether the CUDA backend is built, and enables the language. Included from the top folder: targets of every
# folder below may come to link device code. Leaves VOXMARK_BUILD_CUDA, which only gpu/CMakeLists.txt reads.
set(VOXMARK_CUDA_ARCHITECTURES "75;80;86;89;90;100;120" CACHE STRING
  "Compute capabilities to build device code for; the last one also as PTX, for cards to come")
set(VOXMARK_BUILD_CUDA OFF CACHE INTERNAL "Whether the CUDA backend is part of this build")

if(NOT VOXMARK_CUDA STREQUAL "OFF")
  if(NOT CMAKE_CUDA_COMPILER AND NOT DEFINED ENV{CUDACXX})
    find_program(VOXMARK_NVCC nvcc HINTS /usr/local/cuda/bin /opt/cuda/bin)
    if(VOXMARK_NVCC)
      set(CMAKE_CUDA_COMPILER ${VOXMARK_NVCC} CACHE FILEPATH "The CUDA compiler")
    endif()
  endif()
  # Each target names its own list; this one serves the compiler check and is known to every nvcc of today.
  if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
    set(CMAKE_CUDA_ARCHITECTURES 80)
  endif()
  include(CheckLanguage)
  check_language(CUDA)
  if(CMAKE_CUDA_COMPILER)
    enable_language(CUDA)
    find_package(CUDAToolkit REQUIRED)
    # CMake 3.25 does not know C++20 for nvcc.
    set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION "-std=c++20")
    set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION "-std=c++20")
    set(CMAKE_CUDA_STANDARD 20)
    set(CMAKE_CUDA_STANDARD_REQUIRED ON)
    set(CMAKE_CUDA_RUNTIME_LIBRARY Static)  # the program must start where there is no CUDA at all
    set(VOXMARK_BUILD_CUDA ON CACHE INTERNAL "Whether the CUDA backend is part of this build")
  elseif(VOXMARK_CUDA STREQUAL "ON")
    message(FATAL_ERROR "VOXMARK_CUDA is ON, but no CUDA compiler was found (set CUDACXX, or put nvcc on PATH)")
  endif()
endif()
message(STATUS "CUDA backend: ${VOXMARK_BUILD_CUDA}")

# voxmark_cuda_architectures(out): those of VOXMARK_CUDA_ARCHITECTURES that this nvcc can build for, as CMake wants
# them: machine code for all, PTX for the newest.
function(voxmark_cuda_architectures out)
  execute_process(COMMAND ${CMAKE_CUDA_COMPILER} --list-gpu-arch OUTPUT_VARIABLE known)
  set(usable)
  foreach(architecture IN LISTS VOXMARK_CUDA_ARCHITECTURES)
    if(known MATCHES "compute_${architecture}[^0-9]")
      list(APPEND usable ${architecture})
    else()
      message(STATUS "CUDA backend: this nvcc cannot build for compute capability ${architecture}")
    endif()
  endforeach()
  if(NOT usable)
    message(FATAL_ERROR "this nvcc can build for none of ${VOXMARK_CUDA_ARCHITECTURES}")
  endif()
  list(POP_BACK usable newest)
  list(TRANSFORM usable APPEND "-real")
  set(${out} ${usable} ${newest} PARENT_SCOPE)
endfunction()
