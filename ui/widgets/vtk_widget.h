#pragma once

#include <QImage>
#include <QWidget>
#include <memory>

#include <vtkSmartPointer.h>

#include "ui/widgets/shared_gl.h"

class vtkGenericOpenGLRenderWindow;
class vtkRenderer;

namespace voxmark::ui {

/// A Qt widget that shows one VTK renderer. VTK draws in the context that all views share; its picture is read back and
/// painted like any other.
class VtkWidget : public QWidget {
  Q_OBJECT
 public:
  VtkWidget(vtkRenderer* renderer, QWidget* parent);
  ~VtkWidget() override;
  /// Draws anew at the next opportunity; several requests become one frame.
  void requestRender();
  /// Size in device pixels.
  [[nodiscard]] QSize pixelSize() const;
  /// A widget position as VTK counts: device pixels from the lower left.
  [[nodiscard]] QPointF toRenderer(const QPointF& position) const;
  /// What the view shows, drawn anew at `scale` times its size: finer, not enlarged. Null where it was never shown.
  [[nodiscard]] QImage picture(int scale);
  /// What the view shows, in device pixels, without what lies over it.
  [[nodiscard]] QImage grabFramebuffer();
  /// Times painted since the start: tests wait for it to grow.
  [[nodiscard]] int frames() const { return frames_; }
  /// Pictures that VTK has made since the start; what only shows the last one again is not counted.
  [[nodiscard]] int pictures() const { return pictures_; }

 Q_SIGNALS:
  /// A new picture has been painted, which took so long from VTK's first call to the widget's picture.
  void drawn(double milliseconds);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  /// Called before a frame when the size or the pixel ratio may have changed.
  virtual void prepareFrame() {}
  /// Device pixels in a pixel of the frame that is drawn: more than the screen's while a picture is made.
  [[nodiscard]] double frameRatio() const { return devicePixelRatio() * pictureScale_; }

 private:
  /// Makes the context ready, once; false where there is none.
  bool begin();
  /// Null where there is no OpenGL.
  [[nodiscard]] QImage draw(const QSize& pixels);
  /// What is shown, drawn anew.
  void drawFrame();

  vtkSmartPointer<vtkGenericOpenGLRenderWindow> window_;
  std::shared_ptr<SharedGl> gl_;
  QImage shown_;
  bool dirty_ = true;
  int pictureScale_ = 1;
  int frames_ = 0;
  int pictures_ = 0;
};

}  // namespace voxmark::ui
