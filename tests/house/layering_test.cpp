#include "tests/house/layering.h"

#include <gtest/gtest.h>

namespace voxmark::house {
namespace {

using Lines = std::vector<std::string>;

Lines check(const std::string& path, const std::string& text) {
  return layeringViolations({path, text});
}

TEST(Layering, HoldsInTheWholeTree) {
  const std::vector<SourceFile> files = sourceFiles();
  ASSERT_GT(files.size(), 50U) << "the tree was not found";
  for (const SourceFile& file : files) {
    for (const std::string& violation : layeringViolations(file)) ADD_FAILURE() << violation;
  }
}

TEST(Layering, FindsIncludesHoweverTheyAreWritten) {
  EXPECT_EQ(includesOf("#include <vector>\n  #  include \"a/b.h\"  // why\n// #include <no.h>\nint include;\n"),
            (Lines{"vector", "a/b.h"}));
}

TEST(Layering, ReportsWhatItForbids) {
  EXPECT_EQ(check("core/ops/x.cpp", "#include <QString>\n"),
            Lines{"core/ops/x.cpp: includes QString: core knows no Qt"});
  const std::pair<const char*, const char*> forbidden[] = {
      {"core/ops/x.cpp", "#include <QtCore/QString>\n"},
      {"core/ops/x.cpp", "#include <qcustomplot.h>\n"},
      {"core/volume/x.h", "#include <vtkImageData.h>\n"},
      {"core/backend/x.cpp", "#include <cuda_runtime.h>\n"},
      {"core/backend/x.cpp", "#include \"gpu/register_cuda.h\"\n"},
      {"core/document/x.cpp", "#include \"ui/models/session.h\"\n"},
      {"core/ops/x.cpp", "#include <itkImage.h>\n"},
      {"ui/panels/x.cpp", "#include \"gpu/register_cuda.h\"\n"},
      {"ui/panels/x.cpp", "#include \"app/composition.h\"\n"},
      {"ui/panels/x.cpp", "#include <gdcmReader.h>\n"},
      {"ui/render/x.cpp", "#include <QImage>\n"},
      {"ui/render/x.cpp", "#include \"ui/widgets/theme.h\"\n"},
      {"gpu/x.cu", "#include \"ui/render/color_map.h\"\n"},
      {"gpu/x.cu", "#include \"app/composition.h\"\n"},
      {"bench/kernels/x.cpp", "#include \"ui/widgets/theme.h\"\n"},
      {"bench/kernels/x.cpp", "#include \"app/composition.h\"\n"},
      {"app/x.cpp", "#include <gdal_priv.h>\n"},
      {"app/x.cpp", "#include <cuda_runtime_api.h>\n"},
      {"app/x.cpp", "#ifdef VOXMARK_CUDA\n"},
      {"app/x.cpp", "#if defined(__CUDACC__)\n"},
      {"core/base/x.h", "#include \"core/volume/region.h\"\n"},
      {"core/io/x.cpp", "#include \"core/ops/plan.h\"\n"},
      {"core/newroom/x.cpp", "#include \"core/base/error.h\"\n"},
  };
  for (const auto& [path, text] : forbidden) EXPECT_EQ(check(path, text).size(), 1U) << path << ": " << text;
}

TEST(Layering, AllowsWhatTheDesignAllows) {
  const std::pair<const char*, const char*> allowed[] = {
      {"core/io/itk_source.cpp", "#include <itkImage.h>\n#include <gdcmReader.h>\n"},
      {"core/io/x.cpp", "#include \"core/volume/volume.h\"\n#include \"core/memory/buffer_pool.h\"\n"},
      {"core/profiling/x.cpp", "#include \"core/backend/backend.h\"\n"},
      {"gpu/x.cu", "#include <cuda_runtime.h>\n#include \"core/backend/backend.h\"\n#ifdef __CUDACC__\n"},
      {"ui/render/x.cpp", "#include <vtkImageData.h>\n#include \"core/volume/volume.h\"\n"},
      {"ui/widgets/x.cpp", "#include <QWidget>\n#include <vtkCommand.h>\n#include \"ui/render/color_map.h\"\n"},
      {"app/x.cpp", "#include \"gpu/register_cuda.h\"\n#include \"ui/panels/main_window.h\"\n"},
      {"bench/kernels/x.cpp", "#include \"gpu/register_cuda.h\"\n"},
      {"core/ops/x.cpp", "#include <queue>\n#include <vector>\n"},
  };
  for (const auto& [path, text] : allowed) EXPECT_EQ(check(path, text), Lines{}) << path;
}

}  // namespace
}  // namespace voxmark::house
