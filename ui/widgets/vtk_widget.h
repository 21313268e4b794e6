#pragma once

#include <QImage>
#include <QOpenGLWidget>

#include <vtkSmartPointer.h>

class vtkGenericOpenGLRenderWindow;
class vtkObject;
class vtkRenderer;
class QSurface;

namespace voxmark::ui {

/// Asks for what VTK needs of OpenGL; to be called before the QApplication is made.
void requestSurfaceFormat();

/// A Qt widget that shows one VTK renderer. QOpenGLWidget::makeCurrent would bind Qt's own framebuffer under VTK's
/// feet, so the context is made current on its surface instead and VTK's picture is blitted into Qt's framebuffer.
class VtkWidget : public QOpenGLWidget {
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
  /// Frames drawn since the start: tests wait for it to grow.
  [[nodiscard]] int frames() const { return frames_; }
  /// Pictures that VTK has made since the start; frames that only show the last one again are not counted.
  [[nodiscard]] int pictures() const { return pictures_; }
  /// Announces every picture with the time it took, for which the graphics card is waited for.
  void setTimed(bool on) { timed_ = on; }

 Q_SIGNALS:
  void drawn(double milliseconds);

 protected:
  void initializeGL() override;
  void resizeGL(int width, int height) override;
  void paintGL() override;
  /// Called before a frame when the size or the pixel ratio may have changed.
  virtual void prepareFrame() {}
  /// Device pixels in a pixel of the frame that is drawn: more than the screen's while a picture is made.
  [[nodiscard]] double frameRatio() const { return devicePixelRatio() * pictureScale_; }

 private:
  /// Whether this frame waits for the next turn of the event loop, as others have taken their time in this one.
  [[nodiscard]] bool postponed();
  void makeVtkCurrent();
  void draw(const QSize& pixels);
  void release();

  vtkSmartPointer<vtkGenericOpenGLRenderWindow> window_;
  QSurface* surface_ = nullptr;
  bool dirty_ = true;
  bool timed_ = false;
  bool postponed_ = false;  ///< and will not be again
  int pictureScale_ = 1;
  int frames_ = 0;
  int pictures_ = 0;
};

}  // namespace voxmark::ui
