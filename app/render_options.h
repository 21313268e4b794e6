#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "core/document/document.h"

namespace voxmark::app {

/// The options of render that say how layers are drawn and how they are cut. Those of a layer belong to the --layer
/// before them, or to FILE where none stands before them.
class RenderOptions {
 public:
  /// Adds the options to `command`, which must outlive this.
  explicit RenderOptions(CLI::App& command);
  /// Applies them to a document whose layers have been read: `first` is the index of the first --layer. Throws
  /// Error(Usage) naming the option.
  void apply(Document& document, std::size_t first) const;

 private:
  struct Views {
    std::string slab, align, rotate, lightbox;
    bool noAnnotations = false;
    bool noCrosshair = false;
  };
  void applyToViews(Document& document) const;

  CLI::App& command_;
  std::shared_ptr<Views> views_ = std::make_shared<Views>();
};

/// Throws Error(Usage) where there is no such colour map.
void setColorMap(LayerDisplay& display, const std::string& name);
/// "W,L". Throws Error(Usage) naming the option.
void setWindow(LayerDisplay& display, const std::string& option, const std::string& text);

}  // namespace voxmark::app
