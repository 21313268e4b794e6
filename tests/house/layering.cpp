#include "tests/house/layering.h"

#include <algorithm>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>

namespace voxmark::house {
namespace {

bool matches(const std::string& text, const char* pattern) {
  return std::regex_search(text, std::regex(pattern));
}

bool isQt(const std::string& include) {
  return matches(include, R"(^(Q(t|[A-Z])\w*(/Q\w+)?|q[a-z]\w*\.h|qcustomplot.*)$)");
}
bool isVtk(const std::string& include) {
  return matches(include, R"(^vtk\w*\.h(xx)?$)");
}
bool isItk(const std::string& include) {
  return matches(include, R"(^(itk\w*\.h(xx)?|gdcm\w*\.h|(gdal|ogr|cpl)_?\w*\.h)$)");
}
bool isCuda(const std::string& include) {
  return matches(include, R"(^(cuda\w*\.h|cuda/.*|cub/.*|thrust/.*|nv\w+\.h|device_launch_parameters\.h)$)");
}

struct Rule {
  const char* files;                                  ///< pattern of paths that it is about
  const char* exempt;                                 ///< pattern of paths that it leaves alone; empty: none
  std::function<bool(const std::string&)> forbidden;  ///< of an include
  const char* reason;
};

std::function<bool(const std::string&)> under(const char* pattern) {
  return [pattern](const std::string& include) { return matches(include, pattern); };
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> kRules{
      {"^core/", "", isQt, "core knows no Qt"},
      {"^core/", "", isVtk, "core knows no VTK"},
      {"^(core|gpu|ui|app|bench|tests)/", "^(core/io|tests/core/io|tests/conformance|tests/interop|bench/peers)/",
       isItk, "ITK, GDCM and GDAL stay inside core/io"},
      {"^(core|ui|app|bench|tests)/", "^tests/gpu/", isCuda, "CUDA stays inside gpu"},
      {"^core/", "", under("^(ui|gpu|app|bench|tests)/"), "core depends on no other room"},
      {"^gpu/", "", under("^(ui|app|bench|tests)/"), "gpu depends on core alone"},
      {"^gpu/", "", isQt, "gpu knows no Qt"},
      {"^gpu/", "", isVtk, "gpu knows no VTK"},
      // Pictures are measured too; nothing that needs a window of Qt's.
      {"^bench/", "", under("^(ui/(widgets|models|panels)|app|tests)/"),
       "bench depends on gpu, core and ui/render alone"},
      {"^ui/", "", under("^(gpu|app|bench|tests)/"), "ui depends on core alone and never sees gpu"},
      {"^ui/render/", "", isQt, "the renderers know no Qt"},
      {"^ui/render/", "", under("^ui/(?!render/)"), "the renderers depend on no other part of ui"},
      {"^app/", "", under("^(bench|tests)/"), "the program depends on no test or bench"},
  };
  return kRules;
}

/// The rooms of core that each room may use, itself aside: their link targets, closed over what those use.
const std::map<std::string, std::set<std::string>>& coreRooms() {
  static const std::map<std::string, std::set<std::string>> kRooms = [] {
    const std::set<std::string> volume{"base", "trace", "volume", "memory"};
    std::set<std::string> io = volume;
    io.insert("jobs");
    std::set<std::string> ops = io;
    ops.insert("io");
    std::set<std::string> above = ops;
    above.insert("ops");
    std::set<std::string> profiling = above;
    profiling.insert("backend");
    return std::map<std::string, std::set<std::string>>{
        {"base", {}}, {"trace", {"base"}}, {"volume", volume}, {"memory", volume},  {"jobs", {"base", "trace"}},
        {"io", io},   {"ops", ops},        {"backend", above}, {"document", above}, {"profiling", profiling}};
  }();
  return kRooms;
}

std::string coreRoomOf(const std::string& path) {
  std::smatch match;
  return std::regex_search(path, match, std::regex("^core/([^/]+)/")) ? match[1].str() : std::string{};
}

}  // namespace

std::vector<std::string> includesOf(const std::string& text) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::vector<std::string> out;
  std::istringstream lines(text);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_search(line, match, kInclude)) out.push_back(match[1]);
  }
  return out;
}

std::vector<std::string> layeringViolations(const SourceFile& file) {
  std::vector<std::string> out;
  const auto report = [&](const std::string& what, const std::string& reason) {
    out.push_back(file.path + ": " + what + ": " + reason);
  };
  const std::string room = coreRoomOf(file.path);
  for (const std::string& include : includesOf(file.text)) {
    for (const Rule& rule : rules()) {
      if (!matches(file.path, rule.files) || (*rule.exempt != 0 && matches(file.path, rule.exempt))) continue;
      if (rule.forbidden(include)) report("includes " + include, rule.reason);
    }
    const std::string used = coreRoomOf(include);
    if (room.empty() || used.empty() || used == room) continue;
    const auto allowed = coreRooms().find(room);
    if (allowed == coreRooms().end()) {
      report("is in a room of core that this test does not know", "add it to coreRooms()");
    } else if (!allowed->second.contains(used)) {
      report("includes " + include, "core/" + room + " does not depend on core/" + used);
    }
  }
  // The choice between CUDA and its stub is made by gpu/CMakeLists.txt, not by conditions in callers.
  static const std::regex kCondition(R"(^\s*#\s*(if|ifdef|ifndef|elif)\b.*CUDA)");
  std::istringstream lines(file.text);
  for (std::string line; !file.path.starts_with("gpu/") && std::getline(lines, line);) {
    if (std::regex_search(line, kCondition)) report("asks for CUDA in a condition", "callers do not know of the stub");
  }
  return out;
}

}  // namespace voxmark::house
