#include "core/document/coordinate_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/document/readout.h"

namespace voxmark {
namespace {

constexpr const char* kExpected = "expected three numbers such as 90 108 90, or R 17.6 P 35.3 S 12.1";

[[noreturn]] void refuse(const std::string& found) {
  throw Error(ErrorCode::Usage, fmt::format("this is no place ({}, found {})", kExpected, found));
}

struct Token {
  char letter = 0;  ///< upper case; 0: a number
  double number = 0;
};

bool between(char c) {
  return std::string_view(" \t\r\n,;()[]").find(c) != std::string_view::npos;
}

std::vector<Token> tokensOf(std::string_view text) {
  text = text.substr(0, text.find('|'));
  std::vector<Token> out;
  while (!text.empty()) {
    if (between(text.front())) {
      text.remove_prefix(1);
      continue;
    }
    const char upper = text.front() >= 'a' && text.front() <= 'z' ? static_cast<char>(text.front() - 32) : text.front();
    if (std::string_view("LRAPSI").find(upper) != std::string_view::npos) {
      out.push_back({upper, 0});
      text.remove_prefix(1);
      continue;
    }
    if (text.front() == '+') text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || !std::isfinite(number)) refuse(fmt::format("\"{}\"", text.substr(0, 40)));
    out.push_back({0, number});
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  return out;
}

/// Letters and numbers in turn.
Vec3 fromLetters(const std::vector<Token>& tokens) {
  if (tokens.size() != 6) refuse("another count of letters and numbers");
  Vec3 out{};
  std::array<bool, 3> given{};
  for (std::size_t n = 0; n < 6; n += 2) {
    if (tokens[n].letter == 0 || tokens[n + 1].letter != 0) refuse("letters and numbers in another order");
    const char letter = tokens[n].letter;
    const std::size_t axis = letter == 'L' || letter == 'R' ? 0 : letter == 'P' || letter == 'A' ? 1 : 2;
    const bool along = letter == 'L' || letter == 'P' || letter == 'S';
    if (given[axis]) refuse("two numbers along one direction");
    given[axis] = true;
    out[axis] = along ? tokens[n + 1].number : -tokens[n + 1].number;
  }
  return out;
}

bool inside(const Geometry& geometry, const Vec3& world) {
  const Vec3 voxel = worldToVoxel(geometry, world);
  for (std::size_t a = 0; a < 3; ++a) {
    if (!(voxel[a] >= -0.5 && voxel[a] <= static_cast<double>(geometry.size[a]) - 0.5)) return false;
  }
  return true;
}

void requireInside(const Document& document, const Geometry& geometry, const Vec3& world) {
  for (const Layer& layer : document.layers) {
    if (layer.volume && inside(layer.volume->geometry(), world)) return;
  }
  const Vec3 voxel = worldToVoxel(geometry, world);
  throw Error(ErrorCode::Usage,
              fmt::format("{} mm is outside of every layer (voxel {:.0f} {:.0f} {:.0f}, expected 0 0 0 to {} {} {})",
                          placeText(world), voxel[0], voxel[1], voxel[2], geometry.size[0] - 1, geometry.size[1] - 1,
                          geometry.size[2] - 1));
}

}  // namespace

Vec3 placeFromText(const std::string& text, CoordinateKind kind, const Document& document) {
  const Layer* layer = document.active();
  if (layer == nullptr || !layer->volume) throw Error(ErrorCode::Usage, "there is no volume to go to a place of");
  const Geometry& geometry = layer->volume->geometry();
  const std::vector<Token> tokens = tokensOf(text);
  bool letters = false;
  for (const Token& token : tokens) letters = letters || token.letter != 0;
  Vec3 world{};
  if (letters) {
    world = fromLetters(tokens);
  } else {
    if (tokens.size() != 3) refuse(tokens.size() == 1 ? "1 number" : fmt::format("{} numbers", tokens.size()));
    world = {tokens[0].number, tokens[1].number, tokens[2].number};
    if (kind == CoordinateKind::Voxel) world = voxelToWorld(geometry, world);
    if (kind == CoordinateKind::Ras) world = {-world[0], -world[1], world[2]};
  }
  requireInside(document, geometry, world);
  return world;
}

}  // namespace voxmark
