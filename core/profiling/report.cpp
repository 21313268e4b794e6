#include "core/profiling/report.h"

#include <algorithm>
#include <filesystem>
#include <span>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/profiling/svg_chart.h"

namespace voxmark::profiling {
namespace {

const RunResult* find(const ResultFile& file, const std::string& name) {
  for (const RunResult& result : file.results) {
    if (result.scenario.name == name) return &result;
  }
  return nullptr;
}

std::vector<std::string> namesOf(const std::vector<ResultFile>& files) {
  std::vector<std::string> out;
  for (const ResultFile& file : files) {
    for (const RunResult& result : file.results) {
      if (std::find(out.begin(), out.end(), result.scenario.name) == out.end()) out.push_back(result.scenario.name);
    }
  }
  return out;
}

std::string number(double value) {
  return value >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

std::string title(const ResultFile& file) {
  return std::filesystem::path(file.path).filename().string();
}

/// What one cell of the table of times says.
std::string cell(const RunResult* result) {
  if (result == nullptr) return "–";
  if (result->blocks.empty()) {
    return fmt::format("{}{}{}", statusName(result->status), result->message.empty() ? "" : ": ", result->message);
  }
  std::string out =
      fmt::format("{} ({} to {})", number(result->medianMs()), number(result->minMs()), number(result->maxMs()));
  if (result->scenario.bytes > 0) out += fmt::format(", {} MB/s", number(result->bytesPerSecond() / 1e6));
  if (const auto peak = result->peakRss()) out += fmt::format(", {} MiB", number(static_cast<double>(*peak) / 1048576));
  return out;
}

/// The file whose times lie below all others' by more than chance gives; the number of files where there is none.
std::size_t fastest(const std::vector<ResultFile>& files, const std::string& name) {
  for (std::size_t n = 0; n < files.size(); ++n) {
    const RunResult* mine = find(files[n], name);
    bool wins = mine != nullptr && !mine->blocks.empty() && files.size() > 1;
    for (std::size_t other = 0; wins && other < files.size(); ++other) {
      const RunResult* theirs = find(files[other], name);
      if (other == n || theirs == nullptr || theirs->blocks.empty()) continue;
      const auto times = [](const RunResult& result) {
        std::vector<double> out;
        for (const Block& block : result.blocks) out.push_back(block.medianMs());
        return out;
      };
      try {
        wins = estimateRatio(times(*theirs), times(*mine)).high < 1;
      } catch (const Error&) {
        wins = false;
      }
    }
    const bool alone = std::count_if(files.begin(), files.end(), [&](const ResultFile& file) {
                         const RunResult* one = find(file, name);
                         return one != nullptr && !one->blocks.empty();
                       }) < 2;
    if (wins && !alone) return n;
  }
  return files.size();
}

std::string interval(const ComparisonRow& row) {
  if (!row.time) return "";
  const RatioEstimate& estimate = row.time->estimate;
  const auto percent = [](double ratio) {
    return ratio > 0 && ratio < 1e6 ? fmt::format("{:+.1f}", (ratio - 1) * 100) : std::string("?");
  };
  return fmt::format("{} % ({} to {})", percent(estimate.ratio), percent(estimate.low), percent(estimate.high));
}

/// A cell of a table: the bar would end it.
std::string escaped(std::string words) {
  for (std::size_t at = 0; (at = words.find_first_of("|\n", at)) != std::string::npos; at += 2) {
    words.replace(at, 1, words[at] == '|' ? "\\|" : "  ");
  }
  return words;
}

std::vector<Comparison> comparisons(const std::vector<ResultFile>& files, const CompareOptions& options) {
  std::vector<Comparison> out;
  for (std::size_t n = 1; n < files.size(); ++n) out.push_back(compareResults(files[0], files[n], options));
  return out;
}

std::string quoted(const std::string& words) {
  if (words.find_first_of(",\"\n\r") == std::string::npos) return words;
  std::string out = "\"";
  for (const char c : words) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string htmlTables(const std::vector<ResultFile>& files) {
  std::string out = "<table><tr><th>Scenario</th>";
  for (const ResultFile& file : files) out += "<th>" + xmlText(title(file)) + "</th>";
  out += "</tr>\n";
  for (const std::string& name : namesOf(files)) {
    out += "<tr><td>" + xmlText(name) + "</td>";
    const std::size_t best = fastest(files, name);
    for (std::size_t n = 0; n < files.size(); ++n) {
      const std::string words = xmlText(cell(find(files[n], name)));
      out += n == best ? "<td><b>" + words + "</b></td>" : "<td>" + words + "</td>";
    }
    out += "</tr>\n";
  }
  return out + "</table>\n";
}

std::string htmlComparison(const Comparison& comparison) {
  std::string out = fmt::format(
      "<h2>{} against {}</h2>\n{}<table><tr><th>Scenario</th><th>Change (99 % interval)</th>"
      "<th>Verdict</th><th></th></tr>\n",
      xmlText(comparison.currentPath), xmlText(comparison.baselinePath), forestSvg(comparison));
  for (const ComparisonRow& row : comparison.rows) {
    std::vector<std::string> words = row.reasons;
    words.insert(words.end(), row.notes.begin(), row.notes.end());
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", xmlText(row.name), interval(row),
                       stateName(row.state), xmlText(fmt::format("{}", fmt::join(words, "; "))));
  }
  out += "</table>\n";
  if (comparison.environment.empty()) return out;
  out += "<h3>Environments</h3>\n<table><tr><th></th><th>Baseline</th><th>Current</th><th></th></tr>\n";
  for (const EnvironmentDifference& one : comparison.environment) {
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", xmlText(one.label),
                       xmlText(one.baseline), xmlText(one.current), one.mismatch ? "times are not comparable" : "");
  }
  return out + "</table>\n";
}

}  // namespace

std::string markdownReport(const std::vector<ResultFile>& files, const CompareOptions& options) {
  std::string out =
      "# Measurements\n\nMedian of the blocks in ms (smallest to largest), throughput, peak memory.\n\n| Scenario |";
  for (const ResultFile& file : files) out += ' ' + escaped(title(file)) + " |";
  out += "\n|---|" + [&] {
    std::string rule;
    for (std::size_t n = 0; n < files.size(); ++n) rule += "---|";
    return rule;
  }() + '\n';
  for (const std::string& name : namesOf(files)) {
    out += "| " + escaped(name) + " |";
    const std::size_t best = fastest(files, name);
    for (std::size_t n = 0; n < files.size(); ++n) {
      const std::string words = escaped(cell(find(files[n], name)));
      out += n == best ? " **" + words + "** |" : ' ' + words + " |";
    }
    out += '\n';
  }
  for (const Comparison& comparison : comparisons(files, options)) {
    out += fmt::format("\n## {} against {}\n\n| Scenario | Change (99 % interval) | Verdict | |\n|---|---|---|---|\n",
                       comparison.currentPath, comparison.baselinePath);
    for (const ComparisonRow& row : comparison.rows) {
      out += fmt::format("| {} | {} | {} | {} |\n", escaped(row.name), interval(row), stateName(row.state),
                         escaped(fmt::format("{}", fmt::join(row.reasons, "; "))));
    }
    for (const EnvironmentDifference& one : comparison.environment) {
      out += fmt::format("\n* {}{}: {} → {}", one.mismatch ? "**not comparable**: " : "", one.label, one.baseline,
                         one.current);
    }
    if (!comparison.environment.empty()) out += '\n';
  }
  return out;
}

std::string csvReport(const std::vector<ResultFile>& files) {
  std::string out = "scenario,file,block,real_ms,cpu_ms,bytes_per_second,peak_rss,status\r\n";
  for (const ResultFile& file : files) {
    for (const RunResult& result : file.results) {
      const std::string begin = quoted(result.scenario.name) + ',' + quoted(title(file)) + ',';
      const auto rate = [&](double ms) {
        return ms > 0 && result.scenario.bytes > 0
                   ? fmt::format("{:.6g}", static_cast<double>(result.scenario.bytes) / (ms / 1e3))
                   : std::string();
      };
      for (std::size_t n = 0; n < result.blocks.size(); ++n) {
        const Block& block = result.blocks[n];
        out += fmt::format("{}{},{},{},{},{},{}\r\n", begin, n, block.medianMs(), block.cpuMedianMs(),
                           rate(block.medianMs()), block.peakRss ? std::to_string(*block.peakRss) : "",
                           statusName(result.status));
      }
      if (result.blocks.empty()) {
        out += begin + ",,,,," + quoted(fmt::format("{}: {}", statusName(result.status), result.message)) + "\r\n";
      }
    }
  }
  return out;
}

std::string htmlReport(const std::vector<ResultFile>& files, const CompareOptions& options) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Measurements</title>\n<style>"
      "body{font:14px/1.45 'DejaVu Sans',Arial,sans-serif;margin:2em;color:#222;background:#fff;max-width:1100px}"
      "table{border-collapse:collapse;margin:1em 0}td,th{border-bottom:1px solid #ddd;padding:4px 10px;text-align:left;"
      "vertical-align:top}svg{max-width:100%;height:auto}</style></head>\n<body>\n<h1>Measurements</h1>\n"
      "<p>Median of the blocks in ms (smallest to largest), throughput, peak memory. Bold: faster than every other by "
      "more than chance gives.</p>\n";
  out += htmlTables(files);
  for (const Comparison& comparison : comparisons(files, options)) out += htmlComparison(comparison);
  out += "<h2>Blocks</h2>\n";
  for (const std::string& name : namesOf(files)) out += dotsSvg(name, files);
  return out + "</body></html>\n";
}

std::string svgReport(const std::vector<ResultFile>& files, const CompareOptions& options) {
  if (files.size() == 2) return forestSvg(compareResults(files[0], files[1], options));
  const std::vector<std::string> names = namesOf(files);
  const double each = 44 + 34 * static_cast<double>(files.size()) + 26;
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"820\" height=\"{0:.0f}\" viewBox=\"0 0 820 {0:.0f}\">\n",
      each * static_cast<double>(names.size()));
  for (std::size_t n = 0; n < names.size(); ++n) {
    out += fmt::format("<g transform=\"translate(0 {:.0f})\">\n{}</g>\n", each * static_cast<double>(n),
                       dotsSvg(names[n], files));
  }
  return out + "</svg>\n";
}

void writeReport(const std::string& path, const std::vector<ResultFile>& files, const CompareOptions& options) {
  const std::string ending = std::filesystem::path(path).extension().string();
  std::string text;
  if (ending == ".md") {
    text = markdownReport(files, options);
  } else if (ending == ".csv") {
    text = csvReport(files);
  } else if (ending == ".html") {
    text = htmlReport(files, options);
  } else if (ending == ".svg") {
    text = svgReport(files, options);
  } else {
    throw fileError(ErrorCode::Usage, path,
                    fmt::format("no report has that ending (expected .md, .csv, .html or .svg, found {})", ending));
  }
  AtomicFile file(path, true);
  file.append(std::as_bytes(std::span(text)));
  file.commit();
}

}  // namespace voxmark::profiling
