#include "ui/widgets/shared_gl.h"

#include <QOpenGLExtraFunctions>
#include <QSurfaceFormat>
#include <cstring>

#include "core/base/log.h"

namespace voxmark::ui {

void requestSurfaceFormat() {
  QSurfaceFormat format;
  format.setVersion(3, 2);
  format.setProfile(QSurfaceFormat::CoreProfile);
  // A forward-compatible context, which Qt asks for otherwise, draws no line wider than a pixel.
  format.setOption(QSurfaceFormat::DeprecatedFunctions);
  format.setDepthBufferSize(24);
  format.setStencilBufferSize(8);
  QSurfaceFormat::setDefaultFormat(format);
}

std::shared_ptr<SharedGl> SharedGl::get() {
  static std::weak_ptr<SharedGl> held;
  std::shared_ptr<SharedGl> gl = held.lock();
  if (!gl) held = gl = std::make_shared<SharedGl>();
  return gl;
}

SharedGl::SharedGl() {
  if (!context_.create()) log::error("There is no OpenGL 3.2 here: the views stay empty.");
  surface_.setFormat(context_.format());
  surface_.create();
}

SharedGl::~SharedGl() {
  if (isCurrent()) context_.doneCurrent();
}

bool SharedGl::makeCurrent() {
  return isCurrent() || (context_.isValid() && context_.makeCurrent(&surface_));
}

QImage SharedGl::read(unsigned int framebuffer, const QSize& size) {
  QImage out(size, QImage::Format_RGB32);
  const auto line = static_cast<std::size_t>(size.width()) * 4;
  rows_.resize(line * static_cast<std::size_t>(size.height()));
  QOpenGLExtraFunctions* gl = context_.extraFunctions();
  gl->glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer);
  gl->glReadBuffer(GL_COLOR_ATTACHMENT0);
  gl->glPixelStorei(GL_PACK_ALIGNMENT, 4);
  gl->glReadPixels(0, 0, size.width(), size.height(), GL_BGRA, GL_UNSIGNED_BYTE, rows_.data());
  const unsigned char* row = rows_.data();
  for (int y = size.height() - 1; y >= 0; --y, row += line) std::memcpy(out.scanLine(y), row, line);
  return out;
}

}  // namespace voxmark::ui
