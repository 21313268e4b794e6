#include "core/io/gdcm_messages.h"

#include <dlfcn.h>
#include <gdcmTrace.h>

// GDCM brings three builds of libjpeg, which print what they notice and offer no way in from outside: the handlers are
// set by GDCM itself, from what gdcmjpegN_jpeg_std_error fills in. These functions of the program stand before the
// libraries' own of the same names, call them, and take over the two handlers that talk. Where a system links GDCM in
// another way they are not called, and messages are printed as before.

namespace {

thread_local bool damageNoticed = false;

/// The start of libjpeg's jpeg_error_mgr, version 6b (jpeglib.h).
struct ErrorManager {
  struct Common {
    ErrorManager* manager;
  };
  void (*errorExit)(Common*);
  void (*emitMessage)(Common*, int level);
  void (*outputMessage)(Common*);
  void (*formatMessage)(Common*, char*);
  void (*resetManager)(Common*);
  int code;
  char parameters[80];
  int traceLevel;
  long warnings;
};

void emitNothing(ErrorManager::Common* common, int level) {
  if (level >= 0) return;  // traces; below 0: data that are corrupt, but decoding goes on
  ++common->manager->warnings;
  damageNoticed = true;
}

void outputNothing(ErrorManager::Common*) {}

void* standardHandlers(const char* name, void* manager) {
  using Fill = void* (*)(void*);
  // A function's address comes from the dynamic linker as void*: POSIX has it so.
  const auto fill = reinterpret_cast<Fill>(::dlsym(RTLD_NEXT, name));
  void* filled = fill == nullptr ? manager : fill(manager);
  auto* handlers = static_cast<ErrorManager*>(filled);
  handlers->emitMessage = emitNothing;
  handlers->outputMessage = outputNothing;
  return filled;
}

}  // namespace

extern "C" {
[[gnu::visibility("default")]] void* gdcmjpeg8_jpeg_std_error(void* manager) {
  return standardHandlers("gdcmjpeg8_jpeg_std_error", manager);
}
[[gnu::visibility("default")]] void* gdcmjpeg12_jpeg_std_error(void* manager) {
  return standardHandlers("gdcmjpeg12_jpeg_std_error", manager);
}
[[gnu::visibility("default")]] void* gdcmjpeg16_jpeg_std_error(void* manager) {
  return standardHandlers("gdcmjpeg16_jpeg_std_error", manager);
}
}

namespace voxmark::dicom {

void silenceGdcm() {
  static const bool quiet = [] {
    gdcm::Trace::WarningOff();
    gdcm::Trace::ErrorOff();
    gdcm::Trace::DebugOff();
    return true;
  }();
  static_cast<void>(quiet);
}

bool jpegDamageNoticed() {
  const bool noticed = damageNoticed;
  damageNoticed = false;
  return noticed;
}

}  // namespace voxmark::dicom
