#include "app/command_line.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/arguments.h"
#include "app/bench_command.h"
#include "app/commands.h"
#include "app/window_command.h"
#include "core/io/cache_folder.h"

namespace voxmark::app {
namespace {

/// CLI11's messages may run over several lines; ours never do.
int usageError(const std::string& message) {
  std::string line = message.substr(0, message.find('\n'));
  complain(line);
  return 2;
}

constexpr std::array kCommands{"info", "stats", "diff", "convert", "render", "devices", "bench"};

/// Takes --no-cache out of the arguments, wherever it stands before a "--": it means the same to every command, and to
/// the window.
std::vector<char*> withoutCacheOption(int argc, char** argv) {
  std::vector<char*> kept(argv, argv + argc);
  const auto end =
      std::find_if(kept.begin(), kept.end(), [](const char* one) { return std::string_view(one) == "--"; });
  const auto found =
      std::remove_if(kept.begin(), end, [](const char* one) { return std::string_view(one) == "--no-cache"; });
  if (found != end) disableCache();
  kept.erase(found, end);
  return kept;
}

}  // namespace

int runCommandLine(int givenCount, char** given) {
  std::vector<char*> arguments = withoutCacheOption(givenCount, given);
  arguments.push_back(nullptr);
  const int argc = static_cast<int>(arguments.size()) - 1;
  char** argv = arguments.data();
  const bool isCommand =
      argc > 1 && std::find(kCommands.begin(), kCommands.end(), std::string_view(argv[1])) != kCommands.end();
  const bool isGlobal = argc > 1 && (std::string_view(argv[1]) == "--help" || std::string_view(argv[1]) == "-h" ||
                                     std::string_view(argv[1]) == "--version");
  if (!isCommand && !isGlobal) return runWindow(argc, argv);

  const Composition composition = compose();
  CLI::App app{"Voxmark: look at medical volumes, convert them, and measure both"};
  app.name("voxmark");
  app.footer(
      "voxmark [FILE|FOLDER ...] opens the window with these as layers, or in the window that is open;\n"
      "--new-window opens another one. A FILE.json is a session.\n"
      "--measure FILE opens the window, uses it as people do and prints how long it kept them waiting;\n"
      "--measure-start FILE ends with the first picture.\n"
      "--no-cache, with any of them, neither reads nor keeps indexes of compressed files (else in VOXMARK_CACHE_DIR,\n"
      "by default ~/.cache/voxmark).");
  app.set_version_flag("--version", "voxmark " VOXMARK_VERSION);
  app.require_subcommand(1);
  int exitCode = 0;
  addInfoCommand(app, composition);
  addStatsCommand(app, composition);
  addDiffCommand(app, composition);
  addConvertCommand(app, composition);
  addRenderCommand(app, composition);
  addDevicesCommand(app, composition);
  addBenchCommand(app, composition, exitCode);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForAllHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForVersion& version) {
    return app.exit(version);
  } catch (const CLI::ParseError& error) {
    return usageError(error.what());
  }
  return exitCode;
}

}  // namespace voxmark::app
