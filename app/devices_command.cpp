#include <memory>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "app/commands.h"

namespace voxmark::app {

void addDevicesCommand(CLI::App& app, const Composition& composition) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("devices", "List the devices that can compute, and why others cannot");
  command->add_flag("--json", *json, "Machine-readable");
  command->callback([json, &composition] {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const BackendInfo& device : composition.backends.list()) {
      if (*json) {
        list.push_back({{"id", device.id},
                        {"name", device.name},
                        {"detail", device.detail},
                        {"memoryBytes", device.memoryBytes},
                        {"available", device.available},
                        {"reason", device.reason}});
      } else if (device.available) {
        fmt::print("{:<8} {}, {:.1f} GiB\n         {}\n", device.id, device.name,
                   static_cast<double>(device.memoryBytes) / 1073741824.0, device.detail);
      } else {
        fmt::print("{:<8} not available: {}\n", device.id, device.reason);
      }
    }
    if (*json) fmt::print("{}\n", list.dump(2));
  });
}

}  // namespace voxmark::app
