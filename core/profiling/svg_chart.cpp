#include "core/profiling/svg_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace voxmark::profiling {
namespace {

constexpr double kRow = 24;
constexpr double kLabels = 430;
constexpr double kPlot = 420;
constexpr double kRight = 170;
constexpr double kTop = 46;
constexpr std::array kSeries{"#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"};

std::string open(double width, double height, const std::string& title) {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "font-family=\"DejaVu Sans, Arial, sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"{2}\">\n"
      "<title>{2}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
      width, height, xmlText(title));
}

std::string text(double x, double y, const std::string& words, const char* anchor = "start",
                 const char* colour = "#222222") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" fill=\"{}\">{}</text>\n", x, y, anchor, colour,
                     xmlText(words));
}

std::string line(double x1, double y1, double x2, double y2, const char* colour, double width = 1) {
  return fmt::format(
      "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"{}\"/>\n", x1, y1, x2,
      y2, colour, width);
}

const char* colourOf(VerdictState state) {
  switch (state) {
    case VerdictState::Pass:
      return "#0072B2";
    case VerdictState::Regressed:
    case VerdictState::Missing:
    case VerdictState::Errored:
      return "#D55E00";
    default:
      return "#6b6b6b";
  }
}

/// A circle passes, a triangle has regressed, a diamond is open.
std::string mark(double x, double y, VerdictState state) {
  const char* colour = colourOf(state);
  if (state == VerdictState::Pass)
    return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\" fill=\"{}\"/>\n", x, y, colour);
  const std::string points =
      state == VerdictState::Regressed
          ? fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}", x, y - 6, x - 6, y + 5, x + 6, y + 5)
          : fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}", x, y - 6, x + 6, y, x, y + 6, x - 6,
                        y);
  return fmt::format("<polygon points=\"{}\" fill=\"{}\"/>\n", points, colour);
}

/// Largest |log ratio| that the rows show, rounded up to a friendly percentage.
double reachOf(const Comparison& comparison) {
  double reach = 0.10;
  for (const ComparisonRow& row : comparison.rows) {
    if (!row.time) continue;
    for (const double end : {row.time->estimate.low, row.time->estimate.high}) {
      if (end > 0 && std::isfinite(end)) reach = std::max(reach, std::exp(std::abs(std::log(end))) - 1);
    }
  }
  for (const double step : {0.10, 0.25, 0.5, 1.0, 3.0, 9.0, 99.0}) {
    if (reach <= step) return std::log(1 + step);
  }
  return std::log(1000.0);
}

std::string percentText(double ratio) {
  const double percent = (ratio - 1) * 100;
  if (std::abs(percent) < 0.05) return "0 %";
  return std::abs(percent) < 100 ? fmt::format("{:+.1f} %", percent) : fmt::format("{:+.0f} %", percent);
}

}  // namespace

std::string xmlText(const std::string& words) {
  std::string out;
  for (const char c : words) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

std::string forestSvg(const Comparison& comparison) {
  const double height = kTop + kRow * static_cast<double>(comparison.rows.size()) + 40;
  const double bottom = height - 34;
  const double reach = reachOf(comparison);
  const auto place = [&](double ratio) {
    const double share = std::clamp(std::log(ratio) / reach, -1.0, 1.0);
    return kLabels + kPlot / 2 * (1 + share);
  };
  std::string out = open(kLabels + kPlot + kRight, height, "Time against the baseline");
  out += text(10, 20, fmt::format("{} against {}", comparison.currentPath, comparison.baselinePath));
  double tolerance = kDefaultTolerancePercent;
  for (const ComparisonRow& row : comparison.rows) {
    if (row.time) tolerance = row.time->tolerancePercent;
  }
  const double left = place(1 / (1 + tolerance / 100));
  out += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"#e4eef7\"/>\n", left,
                     kTop - 8, place(1 + tolerance / 100) - left, bottom - kTop + 8);
  for (const double share : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
    const double ratio = std::exp(share * reach);
    out += line(place(ratio), kTop - 8, place(ratio), bottom, share == 0 ? "#555555" : "#dddddd");
    out += text(place(ratio), bottom + 16, percentText(ratio), "middle");
  }
  double y = kTop + 6;
  for (const ComparisonRow& row : comparison.rows) {
    out += text(10, y + 4, row.name);
    std::string verdict(stateName(row.state));
    if (row.time) {
      const RatioEstimate& estimate = row.time->estimate;
      const double low = estimate.low > 0 ? place(estimate.low) : kLabels;
      const double high = std::isfinite(estimate.high) ? place(estimate.high) : kLabels + kPlot;
      out += line(low, y, high, y, colourOf(row.state), 2) + mark(place(estimate.ratio), y, row.state);
      verdict = percentText(estimate.ratio) + "  " + verdict;
    }
    out += text(kLabels + kPlot + 12, y + 4, verdict, "start", colourOf(row.state));
    y += kRow;
  }
  return out + "</svg>\n";
}

std::string dotsSvg(const std::string& scenario, const std::vector<ResultFile>& files) {
  double least = 0;
  double most = 0;
  for (const ResultFile& file : files) {
    for (const RunResult& result : file.results) {
      if (result.scenario.name != scenario) continue;
      for (const Block& block : result.blocks) {
        const double ms = block.medianMs();
        least = most == 0 ? ms : std::min(least, ms);
        most = std::max(most, ms);
      }
    }
  }
  const double margin = std::max((most - least) * 0.1, most * 0.01);
  const double low = std::max(0.0, least - margin);
  const double high = most + margin + (most == 0 ? 1 : 0);
  const auto place = [&](double ms) { return 220 + 560 * (ms - low) / (high - low); };
  const double height = 44 + 34 * static_cast<double>(files.size()) + 26;
  std::string out = open(820, height, scenario) + text(10, 18, scenario + ", ms");
  for (int n = 0; n <= 4; ++n) {
    const double ms = low + (high - low) * n / 4;
    out += line(place(ms), 30, place(ms), height - 26, "#dddddd");
    out += text(place(ms), height - 10, fmt::format("{:.4g}", ms), "middle");
  }
  double y = 52;
  for (std::size_t n = 0; n < files.size(); ++n, y += 34) {
    out += text(10, y + 4,
                files[n].path.size() > 30 ? "…" + files[n].path.substr(files[n].path.size() - 29) : files[n].path);
    const char* colour = kSeries[n % kSeries.size()];
    for (const RunResult& result : files[n].results) {
      if (result.scenario.name != scenario) continue;
      for (std::size_t block = 0; block < result.blocks.size(); ++block) {
        const double offset = static_cast<double>(block * 5 % 7) - 3;  // so that equal ones do not hide each other
        out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\" fill-opacity=\"0.55\"/>\n",
                           place(result.blocks[block].medianMs()), y + offset * 1.6, colour);
      }
      if (!result.blocks.empty()) {
        out += line(place(result.medianMs()), y - 11, place(result.medianMs()), y + 11, "#222222", 2);
      }
    }
  }
  return out + "</svg>\n";
}

}  // namespace voxmark::profiling
