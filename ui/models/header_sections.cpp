#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/one_line.h"
#include "ui/models/header_model.h"
#include "ui/models/loss_text.h"

namespace voxmark::ui {
namespace {

std::string words(const QString& text) {
  return text.toStdString();
}

std::string bytesText(double bytes) {
  constexpr const char* kUnits[] = {"bytes", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 1000 && unit + 1 < std::size(kUnits)) {
    bytes /= 1000;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} bytes", bytes) : fmt::format("{:.4g} {}", bytes, kUnits[unit]);
}

HeaderSection fileSection(const Layer& layer, const Document& document) {
  const VolumeInfo& info = layer.volume->info();
  HeaderSection out{HeaderModel::tr("File"), false, {}};
  const auto add = [&](const QString& name, std::string value, std::string meaning = {}) {
    out.fields.push_back({words(name), std::move(value), std::move(meaning)});
  };
  add(HeaderModel::tr("Name"), oneLine(layer.name));
  if (!layer.path.empty()) add(HeaderModel::tr("Path"), oneLine(layer.path));
  if (!layer.series.empty()) add(HeaderModel::tr("Series"), oneLine(layer.series));
  add(HeaderModel::tr("Format"), info.format);
  std::error_code failed;
  if (std::filesystem::is_regular_file(layer.path, failed)) {
    const auto size = std::filesystem::file_size(layer.path, failed);
    if (!failed) add(HeaderModel::tr("Size on disk"), bytesText(static_cast<double>(size)));
  }
  if (layer.derivedFrom) {
    const Layer* from = document.find(*layer.derivedFrom);
    add(HeaderModel::tr("Made from"),
        from != nullptr ? oneLine(from->name) : words(HeaderModel::tr("a layer that was removed")));
    if (layer.recipe && !layer.recipe->path.empty()) {
      add(HeaderModel::tr("Source file"), oneLine(layer.recipe->path), oneLine(layer.recipe->series));
    }
    for (std::size_t n = 0; n < layer.history.size(); ++n) {
      std::string lost;
      for (const auto& [step, loss] : layer.loss ? layer.loss->steps : decltype(layer.loss->steps){}) {
        if (step == n) lost = words(HeaderModel::tr("loss: %1").arg(lossText(loss)));
      }
      add(HeaderModel::tr("Step"), oneLine(describe(layer.history[n])), lost);
    }
    if (layer.loss)
      add(HeaderModel::tr("Loss"), words(lossText(layer.loss->all)), words(HeaderModel::tr("of the steps")));
  }
  return out;
}

HeaderSection geometrySection(const Geometry& g) {
  HeaderSection out{HeaderModel::tr("Geometry"), false, {}};
  const auto add = [&](const QString& name, std::string value, const QString& meaning = {}) {
    out.fields.push_back({words(name), std::move(value), words(meaning)});
  };
  add(HeaderModel::tr("Size"), fmt::format("{} × {} × {}", g.size[0], g.size[1], g.size[2]), HeaderModel::tr("voxels"));
  add(HeaderModel::tr("Spacing"), fmt::format("{:.6g} × {:.6g} × {:.6g}", g.spacing[0], g.spacing[1], g.spacing[2]),
      "mm");
  add(HeaderModel::tr("Field of view"),
      fmt::format("{:.6g} × {:.6g} × {:.6g}", g.spacing[0] * static_cast<double>(g.size[0]),
                  g.spacing[1] * static_cast<double>(g.size[1]), g.spacing[2] * static_cast<double>(g.size[2])),
      "mm");
  add(HeaderModel::tr("Orientation"), orientationOf(g), HeaderModel::tr("towards which i, j and k grow"));
  const double angle = obliqueAngle(g);
  add(HeaderModel::tr("Oblique by"), fmt::format("{:.2f}°", angle),
      angle > 0.05 ? HeaderModel::tr("between the voxel axes and the patient's") : HeaderModel::tr("straight"));
  if (shearOf(g) > 1e-4) {
    add(HeaderModel::tr("Shear"), fmt::format("{:.5f}", shearOf(g)),
        HeaderModel::tr("largest cosine between two voxel axes"));
  }
  add(HeaderModel::tr("Origin"), fmt::format("{:.6g} {:.6g} {:.6g}", g.origin[0], g.origin[1], g.origin[2]),
      HeaderModel::tr("mm, LPS: centre of the first voxel"));
  for (int axis = 0; axis < 3; ++axis) {
    const Vec3 d = axisDirection(g, axis);
    add(HeaderModel::tr("Direction of %1").arg(QChar("ijk"[axis])),
        fmt::format("{:.6g} {:.6g} {:.6g}", d[0], d[1], d[2]), "LPS");
  }
  const Vec3 middle = centreOf(g);
  add(HeaderModel::tr("Centre"), fmt::format("{:.6g} {:.6g} {:.6g}", middle[0], middle[1], middle[2]),
      HeaderModel::tr("mm, LPS"));
  return out;
}

HeaderSection valueSection(const Layer& layer) {
  const VolumeInfo& info = layer.volume->info();
  HeaderSection out{HeaderModel::tr("Values"), false, {}};
  const auto add = [&](const QString& name, std::string value, const QString& meaning = {}) {
    out.fields.push_back({words(name), std::move(value), words(meaning)});
  };
  add(HeaderModel::tr("Type"), std::string(pixelTypeName(info.pixelType)),
      info.byteOrder == ByteOrder::Big ? HeaderModel::tr("big endian in the file") : QString());
  if (info.components > 1) {
    add(HeaderModel::tr("Components"), std::to_string(info.components),
        info.meaning == ComponentMeaning::Colour   ? HeaderModel::tr("a colour")
        : info.meaning == ComponentMeaning::Vector ? HeaderModel::tr("a vector")
                                                   : QString());
  }
  if (info.scale.perSlice()) {
    add(HeaderModel::tr("Scale"), words(HeaderModel::tr("one a slice")),
        HeaderModel::tr("of the first: × %1 + %2").arg(info.scale.common().slope).arg(info.scale.common().intercept));
  } else {
    add(HeaderModel::tr("Scale"),
        fmt::format("× {:g} + {:g}", info.scale.common().slope, info.scale.common().intercept),
        info.scale.identity() ? HeaderModel::tr("values are what is stored") : HeaderModel::tr("of what is stored"));
  }
  if (info.window) {
    add(HeaderModel::tr("Window asked for"), fmt::format("{:g} / {:g}", info.window->width, info.window->level),
        HeaderModel::tr("width and level"));
  }
  const DisplayWindow& shown = layer.automatic;
  add(HeaderModel::tr("Shown at first"),
      fmt::format("{:g} … {:g}", shown.level - shown.width / 2, shown.level + shown.width / 2),
      HeaderModel::tr("darkest and brightest value"));
  add(HeaderModel::tr("In memory"), bytesText(static_cast<double>(info.totalBytes())));
  return out;
}

HeaderSection frameSection(const VolumeInfo& info) {
  HeaderSection out{HeaderModel::tr("Frames"), false, {}};
  out.fields.push_back({words(HeaderModel::tr("Frames")), std::to_string(info.frames),
                        info.frameAxes.size() > 1 ? fmt::format("{}", fmt::join(info.frameAxes, " × ")) : ""});
  if (info.frameSpacing > 0) {
    out.fields.push_back({words(HeaderModel::tr("Step")), fmt::format("{:g} {}", info.frameSpacing, info.frameUnit),
                          info.frameUnit.empty() ? words(HeaderModel::tr("the unit is not said")) : ""});
    out.fields.push_back({words(HeaderModel::tr("Length")),
                          fmt::format("{:g} {}", info.frameSpacing * static_cast<double>(info.frames), info.frameUnit),
                          ""});
  }
  return out;
}

}  // namespace

std::vector<HeaderSection> headerSections(const Layer& layer, const Document& document) {
  if (!layer.volume) return {};
  const VolumeInfo& info = layer.volume->info();
  std::vector<HeaderSection> out;
  if (!info.warnings.empty()) {
    HeaderSection warnings{HeaderModel::tr("Warnings"), true, {}};
    for (const std::string& warning : info.warnings) {
      warnings.fields.push_back({words(HeaderModel::tr("Warning")), oneLine(warning), ""});
    }
    out.push_back(std::move(warnings));
  }
  out.push_back(fileSection(layer, document));
  out.push_back(geometrySection(info.geometry));
  out.push_back(valueSection(layer));
  if (info.frames > 1) out.push_back(frameSection(info));
  if (layer.derivedFrom) return out;  // the header is that of the file it was made from
  if (auto fields = niftiFields(info); !fields.empty()) {
    out.push_back({QString::fromStdString(info.format) + HeaderModel::tr(" header"), false, std::move(fields)});
    if (auto extensions = niftiExtensionFields(info); !extensions.empty()) {
      out.push_back({HeaderModel::tr("Header extensions"), false, std::move(extensions)});
    }
  } else if (!info.metadata.empty()) {
    HeaderSection header{QString::fromStdString(info.format) + HeaderModel::tr(" header"), false, {}};
    for (const auto& [name, value] : info.metadata) header.fields.push_back({oneLine(name), oneLine(value), ""});
    out.push_back(std::move(header));
  }
  return out;
}

}  // namespace voxmark::ui
