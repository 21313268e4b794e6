#pragma once

#include <array>
#include <optional>
#include <vector>

#include <vtkSmartPointer.h>

#include "ui/render/legend.h"

class vtkActor2D;
class vtkCallbackCommand;
class vtkPolyData;
class vtkRenderer;
class vtkTextActor;
class vtkUnsignedCharArray;

namespace voxmark::render {

/// The active layer's colours at the right edge of a view: a bar with values, or names beside swatches, as many as fit.
/// Places itself before each render.
class LegendOverlay {
 public:
  explicit LegendOverlay(vtkRenderer* renderer);
  ~LegendOverlay();
  LegendOverlay(const LegendOverlay&) = delete;
  LegendOverlay& operator=(const LegendOverlay&) = delete;
  /// Of the active layer, where the views have a legend. `present`: see legendOf. Cheap where nothing changed.
  void show(const Document& document, const std::vector<std::int64_t>* present = nullptr);
  void setPixelRatio(double ratio) { ratio_ = ratio; }
  /// Whether there is anything to draw.
  [[nodiscard]] bool drawn() const { return legend_.has_value(); }

 private:
  void place();
  void placeBar(double right, double low, double high);
  void placeEntries(double right, double low, double high);
  void addBox(double left, double bottom, double right, double top, const std::array<std::uint8_t, 3>& colour);
  void addText(double x, double y, const std::string& text);

  vtkRenderer* renderer_;
  std::optional<LayerDisplay> shown_;
  VolumePtr volume_;
  std::optional<std::vector<std::int64_t>> present_;
  std::optional<Legend> legend_;
  double ratio_ = 1;
  vtkSmartPointer<vtkPolyData> boxes_;
  vtkSmartPointer<vtkUnsignedCharArray> colours_;
  vtkSmartPointer<vtkActor2D> boxActor_;
  std::vector<vtkSmartPointer<vtkTextActor>> texts_;
  std::size_t used_ = 0;  ///< of the texts
  vtkSmartPointer<vtkCallbackCommand> beforeRender_;
  unsigned long tag_ = 0;
};

}  // namespace voxmark::render
