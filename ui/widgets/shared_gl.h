#pragma once

#include <QImage>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <memory>
#include <vector>

namespace voxmark::ui {

/// Asks for what VTK needs of OpenGL; to be called before the QApplication is made.
void requestSurfaceFormat();

/// The one OpenGL context that all views draw in, to pictures in memory: the window itself is painted without OpenGL.
/// Were each view a QOpenGLWidget, Qt would put the whole window together anew for every change of any widget, which
/// without a graphics card takes longer than drawing a slice. There while somebody holds it.
class SharedGl {
 public:
  static std::shared_ptr<SharedGl> get();
  SharedGl();
  ~SharedGl();
  SharedGl(const SharedGl&) = delete;
  SharedGl& operator=(const SharedGl&) = delete;
  /// False where there is no OpenGL.
  bool makeCurrent();
  [[nodiscard]] bool isCurrent() const { return QOpenGLContext::currentContext() == &context_; }
  /// Copies a framebuffer's picture of `size` pixels, whose lowest row is the first in OpenGL.
  [[nodiscard]] QImage read(unsigned int framebuffer, const QSize& size);

 private:
  QOffscreenSurface surface_;
  QOpenGLContext context_;
  std::vector<unsigned char> rows_;  ///< of the last picture read, lowest first
};

}  // namespace voxmark::ui
