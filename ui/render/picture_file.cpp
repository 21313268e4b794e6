#include <cstring>
#include <fstream>

#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPNGReader.h>
#include <vtkPNGWriter.h>

#include "core/base/error.h"
#include "core/trace/trace.h"
#include "ui/render/offscreen.h"

namespace voxmark::render {

void writePng(const Image& image, const std::string& path) {
  const trace::Scope scope("write png", image.rgb.size());
  // VTK reports a file that cannot be made on stderr only.
  if (!std::ofstream(path, std::ios::binary)) throw fileError(ErrorCode::Io, path, "cannot be written");
  vtkNew<vtkImageData> pixels;
  pixels->SetDimensions(image.width, image.height, 1);
  pixels->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  const std::size_t line = static_cast<std::size_t>(image.width) * 3;
  for (int y = 0; y < image.height; ++y) {
    std::memcpy(pixels->GetScalarPointer(0, image.height - 1 - y, 0),
                image.rgb.data() + static_cast<std::size_t>(y) * line, line);
  }
  vtkNew<vtkPNGWriter> writer;
  writer->SetInputData(pixels);
  writer->SetFileName(path.c_str());
  writer->Write();
  if (writer->GetErrorCode() != 0) throw fileError(ErrorCode::Io, path, "cannot be written completely");
}

Image readPng(const std::string& path) {
  if (!std::ifstream(path, std::ios::binary)) throw fileError(ErrorCode::NotFound, path, "cannot be opened");
  vtkNew<vtkPNGReader> reader;
  if (reader->CanReadFile(path.c_str()) == 0) throw fileError(ErrorCode::Format, path, "is no PNG picture");
  reader->SetFileName(path.c_str());
  reader->Update();
  vtkImageData* pixels = reader->GetOutput();
  const int* size = pixels->GetDimensions();
  const int channels = pixels->GetNumberOfScalarComponents();
  if (pixels->GetScalarType() != VTK_UNSIGNED_CHAR) {
    throw fileError(ErrorCode::Unsupported, path, "has more than 8 bits a channel");
  }
  Image image{size[0], size[1], {}};
  image.rgb.reserve(static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]) * 3);
  for (int y = size[1] - 1; y >= 0; --y) {
    const auto* p = static_cast<const std::uint8_t*>(pixels->GetScalarPointer(0, y, 0));
    for (int x = 0; x < size[0]; ++x, p += channels) {
      for (int c = 0; c < 3; ++c) image.rgb.push_back(p[channels < 3 ? 0 : c]);
    }
  }
  return image;
}

}  // namespace voxmark::render
