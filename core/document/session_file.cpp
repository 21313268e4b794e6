#include "core/document/session_file.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/document/noted_paths.h"
#include "core/io/atomic_file.h"
#include "core/io/bounded_json.h"

namespace voxmark {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::uintmax_t kMostBytes = std::uintmax_t{64} << 20;
constexpr int kMostDepth = 32;

std::string readText(const std::string& path) {
  std::error_code problem;
  if (!fs::exists(path, problem)) throw fileError(ErrorCode::NotFound, path, "there is no such file");
  if (!fs::is_regular_file(path, problem)) throw fileError(ErrorCode::Format, path, "this is no session file");
  const std::uintmax_t bytes = fs::file_size(path, problem);
  if (problem) throw fileError(ErrorCode::Io, path, problem.message());
  if (bytes > kMostBytes) {
    throw fileError(ErrorCode::Format, path,
                    fmt::format("this is no session file (expected at most {} bytes, found {})", kMostBytes, bytes));
  }
  std::ifstream file(path, std::ios::binary);
  std::string text(static_cast<std::size_t>(bytes), '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file) throw fileError(ErrorCode::Io, path, "cannot be read");
  return text;
}

}  // namespace

bool isSessionName(const std::string& path) {
  return path.ends_with(".json");
}

std::string sessionText(const Document& document, const std::string& path) {
  json session = toJson(document);
  notePaths(session, path);
  return session.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

void saveSession(const Document& document, const std::string& path) {
  const std::string text = sessionText(document, path);
  AtomicFile file(path, true);
  file.append(std::as_bytes(std::span(text)));
  file.commit();
}

Document readSession(const std::string& path) {
  const std::string text = readText(path);
  json session = parseBoundedJson(path, "the session", text, kMostDepth);
  resolvePaths(session, path);
  try {
    return documentFromJson(session);
  } catch (const Error& error) {
    throw fileError(error.code(), path, error.what());
  }
}

}  // namespace voxmark
