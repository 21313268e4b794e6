#include "core/profiling/history.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/error.h"

namespace voxmark::profiling {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

std::string valueOf(const Environment& environment, const char* key) {
  const auto found = environment.find(key);
  return found == environment.end() ? std::string() : found->second;
}

std::string lineOf(const RunResult& result, const Environment& environment, const std::string& note) {
  Json out{{"voxmarkHistory", 1},
           {"date", valueOf(environment, "date")},
           {"commit", valueOf(environment, "voxmark.commit")},
           {"version", valueOf(environment, "voxmark.version")},
           {"name", result.scenario.name},
           {"medianMs", result.medianMs()}};
  double low = result.blocks.front().medianMs();
  double high = low;
  for (const Block& block : result.blocks) {
    low = std::min(low, block.medianMs());
    high = std::max(high, block.medianMs());
  }
  out["lowMs"] = low;
  out["highMs"] = high;
  out["blocks"] = result.blocks.size();
  if (const auto peak = result.peakRss()) out["peakRss"] = *peak;
  if (!note.empty()) out["note"] = note;
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::optional<HistoryPoint> pointOf(const std::string& line) {
  const Json in = Json::parse(line, nullptr, false);
  if (!in.is_object()) return std::nullopt;
  try {
    HistoryPoint out;
    out.date = in.at("date").get<std::string>();
    out.commit = in.value("commit", "");
    out.version = in.value("version", "");
    out.name = in.at("name").get<std::string>();
    out.medianMs = in.at("medianMs").get<double>();
    out.lowMs = in.value("lowMs", out.medianMs);
    out.highMs = in.value("highMs", out.medianMs);
    out.blocks = in.value("blocks", std::uint64_t{0});
    if (in.contains("peakRss")) out.peakRss = in.at("peakRss").get<std::uint64_t>();
    out.note = in.value("note", "");
    if (!(out.medianMs > 0)) return std::nullopt;
    return out;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

/// One write, so that two programs that add at the same time do not mix their lines.
void append(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) throw fileError(ErrorCode::Io, path, fmt::format("the history cannot be opened ({})", strerror(errno)));
  const ssize_t written = ::write(file, text.data(), text.size());
  const int failed = errno;
  ::close(file);
  if (written != static_cast<ssize_t>(text.size())) {
    throw fileError(ErrorCode::Io, path, fmt::format("the history cannot be written ({})", strerror(failed)));
  }
}

bool endsWithNewline(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file || file.tellg() <= 0) return true;
  file.seekg(-1, std::ios::end);
  return file.get() == '\n';
}

}  // namespace

std::optional<std::string> historyFolder() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  if (const std::string own = variable("VOXMARK_HISTORY_DIR"); !own.empty()) return own;
  if (const std::string state = variable("XDG_STATE_HOME"); !state.empty()) return state + "/voxmark/history";
  if (const std::string home = variable("HOME"); !home.empty()) return home + "/.local/state/voxmark/history";
  return std::nullopt;
}

std::string machineKey(const Environment& environment) {
  const std::string host = valueOf(environment, "host_name");
  const std::string about = host + '\n' + valueOf(environment, "voxmark.cpu") + '\n' + valueOf(environment, "num_cpus");
  std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a
  for (const char c : about) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  std::string name;
  for (const char c : host) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    name += plain ? c : '_';
  }
  return fmt::format("{}-{:08x}", name.empty() ? "machine" : name, static_cast<std::uint32_t>(hash ^ (hash >> 32)));
}

std::string appendHistory(const std::string& folder, const std::vector<RunResult>& results,
                          const Environment& environment, const std::string& note) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) throw fileError(ErrorCode::Io, folder, "the folder for histories cannot be made");
  const std::string path = (fs::path(folder) / (machineKey(environment) + ".jsonl")).string();
  std::string text = endsWithNewline(path) ? "" : "\n";
  for (const RunResult& result : results) {
    if (!result.blocks.empty() && result.medianMs() > 0) text += lineOf(result, environment, note);
  }
  append(path, text);
  return path;
}

std::vector<History> readHistories(const std::string& folder) {
  std::error_code failed;
  std::vector<fs::path> files;
  for (const auto& one : fs::directory_iterator(folder, failed)) {
    if (one.path().extension() == ".jsonl") files.push_back(one.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<History> out;
  for (const fs::path& path : files) {
    std::ifstream file(path);
    if (!file) throw fileError(ErrorCode::Io, path.string(), "the history cannot be read");
    History history;
    history.machine = path.stem().string();
    for (std::string line; std::getline(file, line);) {
      if (line.empty()) continue;
      if (auto point = pointOf(line)) {
        history.points.push_back(std::move(*point));
      } else {
        ++history.unreadable;
      }
    }
    out.push_back(std::move(history));
  }
  return out;
}

std::vector<HistoryPoint> pointsOf(const History& history, const std::string& name) {
  std::vector<HistoryPoint> out;
  for (const HistoryPoint& point : history.points) {
    if (point.name == name) out.push_back(point);
  }
  return out;
}

std::vector<std::string> namesOf(const History& history) {
  std::vector<std::string> out;
  for (const HistoryPoint& point : history.points) {
    if (std::find(out.begin(), out.end(), point.name) == out.end()) out.push_back(point.name);
  }
  return out;
}

}  // namespace voxmark::profiling
