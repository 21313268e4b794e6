# Language level, warnings, sanitizers and output folders, common to every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
# An object file need not wait for the archives of the libraries that it uses.
set(CMAKE_OPTIMIZE_DEPENDENCIES ON)

find_program(VOXMARK_CCACHE ccache)
if(VOXMARK_CCACHE)
  # Paths below the checkout are relative in the cache's keys, so that a second clone finds what the first compiled.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=true ${VOXMARK_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CUDA_COMPILER_LAUNCHER ${launcher})
endif()

option(VOXMARK_WARNINGS_ARE_ERRORS "Refuse code that the compiler warns of" ON)
add_library(voxmark_options INTERFACE)
target_include_directories(voxmark_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(voxmark_options INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual $<$<BOOL:${VOXMARK_WARNINGS_ARE_ERRORS}>:-Werror>>)
# g++ 12 sees overlaps in the standard library's strings that are not there (GCC bug 105651), at this level alone.
target_compile_options(voxmark_options INTERFACE
  $<$<AND:$<CONFIG:Release>,$<COMPILE_LANG_AND_ID:CXX,GNU>>:-Wno-restrict>)
# oneTBB's parameter called "emit" collides with Qt's macro of that name.
target_compile_definitions(voxmark_options INTERFACE QT_NO_EMIT VOXMARK_VERSION="${PROJECT_VERSION}")
if(VOXMARK_SANITIZE)
  add_compile_options(-fsanitize=${VOXMARK_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${VOXMARK_SANITIZE})
  # Instrumented code makes g++ 12 report may-be-uninitialised values inside the standard library.
  target_compile_options(voxmark_options INTERFACE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized>)
endif()
