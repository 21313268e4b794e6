#pragma once

namespace voxmark::app {

/// voxmark [--screenshot OUT.png] [FILE|FOLDER ...]: opens the window with these as layers. With --screenshot it waits
/// until everything is loaded and drawn, saves a picture of the window and ends. Throws Error(Display) without a
/// display, Error(NotFound) for a file that is not there.
[[nodiscard]] int runWindow(int argc, char** argv);

}  // namespace voxmark::app
