#include "tests/render/picture_support.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace voxmark::testing {
namespace {

std::filesystem::path folder(const char* variable, const char* fallback) {
  const char* value = std::getenv(variable);
  return value == nullptr ? fallback : value;
}

}  // namespace

double meanDifference(const render::Image& a, const render::Image& b) {
  if (a.width != b.width || a.height != b.height || a.rgb.empty()) return 255;
  double sum = 0;
  for (std::size_t n = 0; n < a.rgb.size(); ++n) sum += std::abs(int{a.rgb[n]} - int{b.rgb[n]});
  return sum / static_cast<double>(a.rgb.size());
}

void expectLooksLike(const render::Image& image, const std::string& name, double tolerance) {
  const auto baseline = folder("VOXMARK_SOURCE_DIR", ".") / "tests/render/baselines" / (name + ".png");
  double difference = 255;
  std::string reason;
  try {
    difference = meanDifference(image, render::readPng(baseline.string()));
  } catch (const Error& error) {
    reason = error.what();
  }
  if (difference <= tolerance) return;
  const auto pictures = folder("VOXMARK_CACHE_DIR", ".") / "pictures";
  std::filesystem::create_directories(pictures);
  const auto actual = pictures / (name + ".png");
  render::writePng(image, actual.string());
  ADD_FAILURE() << name << ": mean difference " << difference << " (at most " << tolerance << ") " << reason
                << "; the picture is " << actual;
}

}  // namespace voxmark::testing
