#include "ui/render/display_server.h"

#include <cstdlib>
#include <mutex>
#include <string>

#include <X11/Xlib.h>

#include "core/base/error.h"

namespace voxmark::render {

void requireDisplay() {
  // The connection stays open: an X server resets itself when its last client leaves, and would then refuse the
  // window that comes right after.
  static std::mutex mutex;
  static std::string connected;
  const std::lock_guard lock(mutex);
  const char* variable = std::getenv("DISPLAY");
  const std::string name = variable == nullptr ? "" : variable;
  if (name.empty()) {
    throw Error(ErrorCode::Display, "drawing needs an X server, and DISPLAY is not set (xvfb-run starts one)");
  }
  if (name == connected) return;
  if (XOpenDisplay(name.c_str()) == nullptr) {
    throw Error(ErrorCode::Display, "the X server \"" + name + "\" that DISPLAY names cannot be opened");
  }
  connected = name;
}

}  // namespace voxmark::render
