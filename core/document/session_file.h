#pragma once

#include <string>

#include "core/document/document.h"

namespace voxmark {

/// The name's ending that says what such a file is. Others that end in ".json" open as well.
inline constexpr const char* kSessionEnding = ".voxmark.json";

/// Whether a name is that of a session file.
[[nodiscard]] bool isSessionName(const std::string& path);

/// The text of a session file to be kept at `path`. Of every file both its absolute path is noted and the one relative
/// to the session's folder.
[[nodiscard]] std::string sessionText(const Document& document, const std::string& path);

/// Writes it, replacing what is there; atomically. Throws Error.
void saveSession(const Document& document, const std::string& path);

/// The document of a session file, without voxels: they are to be read from the layers' paths. A file that is not at
/// its absolute path but where it was relative to the session, as when a folder was moved or copied, is taken from
/// there. Throws Error: NotFound, Io, Format naming file and field.
[[nodiscard]] Document readSession(const std::string& path);

}  // namespace voxmark
