#include "core/document/pipeline_file.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/error.h"
#include "core/base/one_line.h"
#include "core/document/document_json.h"
#include "core/document/noted_paths.h"
#include "core/document/table_text.h"

namespace voxmark {
namespace {

using nlohmann::json;

std::string contentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw fileError(ErrorCode::NotFound, path, "there is no such file of steps");
  constexpr std::streamsize kMost = 16 << 20;  // far more than anybody writes; an image by mistake is larger
  std::string text(static_cast<std::size_t>(kMost), '\0');
  file.read(text.data(), kMost);
  if (file.bad()) throw fileError(ErrorCode::Io, path, "the file cannot be read");
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

void savePipeline(const std::vector<PipelineStep>& steps, const std::string& path) {
  json list = json::array();
  for (const PipelineStep& step : steps) {
    json one = toJson(step.operation);
    if (!step.name.empty()) one["name"] = step.name;
    if (!step.enabled) one["enabled"] = false;
    list.push_back(std::move(one));
  }
  json out{{"voxmarkPipeline", 1}, {"steps", list}};
  notePaths(out, path);
  saveText(path, out.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

std::vector<PipelineStep> readPipeline(const std::string& path) {
  try {
    json in = json::parse(contentOf(path));
    resolvePaths(in, path);
    (void)pipelineFromJson(in);  // says what is wrong with the whole
    std::vector<PipelineStep> out;
    for (const json& one : in.at("steps")) {
      PipelineStep step{operationFromJson(one), true, {}};
      document_json::take(one, "name", step.name);
      document_json::take(one, "enabled", step.enabled);
      out.push_back(std::move(step));
    }
    return out;
  } catch (const json::exception& error) {
    throw fileError(ErrorCode::Format, path, oneLine(std::string("this is no file of steps (") + error.what() + ")"));
  } catch (const Error& error) {
    if (error.code() == ErrorCode::NotFound || error.code() == ErrorCode::Io) throw;
    throw fileError(ErrorCode::Format, path, error.what());
  }
}

}  // namespace voxmark
