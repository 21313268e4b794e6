# Everything comes from Debian 12's archive (packaging/setup.sh installs it).
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(TBB REQUIRED)
# These have no CMake package in Debian 12.
function(voxmark_find_plain name header library)
  find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  add_library(voxmark_dep::${name} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(voxmark_dep::${name} PROPERTIES
    IMPORTED_LOCATION ${${name}_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${${name}_INCLUDE_DIR})
endfunction()
voxmark_find_plain(deflate libdeflate.h deflate)
voxmark_find_plain(isal isa-l.h isal)
find_package(BZip2 QUIET)

if(VOXMARK_WITH_ITK)
  find_package(ITK 5.2 REQUIRED COMPONENTS ITKCommon ITKIOImageBase ITKIOMINC ITKIOGIPL ITKIOVTK ITKIOTIFF
    ITKIOGDCM ITKGDCM)
endif()
if(VOXMARK_WITH_UI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Widgets Network OpenGL PrintSupport DBus Test Concurrent Svg)
  find_package(QCustomPlotQt6 REQUIRED)  # needs Qt6::PrintSupport found first
  # Without a component list VTK's configuration asks for Qt 5.
  find_package(VTK 9.1 REQUIRED COMPONENTS CommonCore CommonDataModel CommonExecutionModel RenderingCore
    RenderingOpenGL2 RenderingFreeType RenderingUI InteractionStyle ImagingCore RenderingImage RenderingVolume
    RenderingVolumeOpenGL2 InteractionWidgets RenderingAnnotation FiltersCore FiltersSources FiltersGeneral IOImage)
endif()
if(VOXMARK_WITH_TESTS)
  find_package(GTest REQUIRED)
endif()
if(VOXMARK_WITH_BENCH)
  find_package(benchmark QUIET)
  if(NOT benchmark_FOUND)
    message(STATUS "Micro-benchmarks: not built, Google Benchmark was not found")
  endif()
endif()
include(voxmark_cuda)
