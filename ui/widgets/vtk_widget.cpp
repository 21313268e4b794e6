#include "ui/widgets/vtk_widget.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QOpenGLContext>
#include <QOpenGLExtraFunctions>
#include <QSurfaceFormat>
#include <QTimer>
#include <memory>

#include <vtkCallbackCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpenGLState.h>
#include <vtkRenderer.h>

#include "core/trace/trace.h"

namespace voxmark::ui {
namespace {

/// What drawing may take of one turn of the event loop before views that have not drawn yet wait for the next: slow
/// frames, as the first ones are, for which shaders are compiled, must not add up to a pause that can be felt.
constexpr double kTurnMs = 25;

/// Milliseconds that all views have drawn in this turn of the event loop.
double& spentInTurn() {
  static double spent = 0;
  return spent;
}

void noteSpent(double ms) {
  if (spentInTurn() == 0) QTimer::singleShot(0, qApp, [] { spentInTurn() = 0; });
  spentInTurn() += ms;
}

}  // namespace

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

VtkWidget::VtkWidget(vtkRenderer* renderer, QWidget* parent)
    : QOpenGLWidget(parent), window_(vtkSmartPointer<vtkGenericOpenGLRenderWindow>::New()) {
  window_->SetMultiSamples(0);
  window_->SetOwnContext(false);
  window_->SetFrameBlitModeToNoBlit();
  window_->SetReadyForRendering(false);
  window_->AddRenderer(renderer);
  vtkNew<vtkCallbackCommand> callback;
  callback->SetClientData(this);
  callback->SetCallback([](vtkObject*, unsigned long event, void* client, void* callData) {
    auto* self = static_cast<VtkWidget*>(client);
    if (event == vtkCommand::WindowMakeCurrentEvent) self->makeVtkCurrent();
    if (event == vtkCommand::WindowIsCurrentEvent) {
      *static_cast<bool*>(callData) = self->context() != nullptr && QOpenGLContext::currentContext() == self->context();
    }
    if (event == vtkCommand::WindowSupportsOpenGLEvent) *static_cast<int*>(callData) = 1;
  });
  window_->AddObserver(vtkCommand::WindowMakeCurrentEvent, callback);
  window_->AddObserver(vtkCommand::WindowIsCurrentEvent, callback);
  window_->AddObserver(vtkCommand::WindowSupportsOpenGLEvent, callback);
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
}

VtkWidget::~VtkWidget() {
  if (context() != nullptr) {
    // The context outlives this part of the object and announces its own end.
    disconnect(context(), nullptr, this, nullptr);
    makeCurrent();
    release();
    doneCurrent();
  }
}

void VtkWidget::requestRender() {
  dirty_ = true;
  update();
}

QSize VtkWidget::pixelSize() const {
  return size() * devicePixelRatio();
}

QPointF VtkWidget::toRenderer(const QPointF& position) const {
  const double ratio = devicePixelRatio();
  return {position.x() * ratio, (height() - 1 - position.y()) * ratio};
}

void VtkWidget::makeVtkCurrent() {
  if (context() != nullptr && surface_ != nullptr && QOpenGLContext::currentContext() != context()) {
    context()->makeCurrent(surface_);
  }
}

void VtkWidget::release() {
  if (surface_ == nullptr) return;
  window_->Finalize();
  window_->SetReadyForRendering(false);
  surface_ = nullptr;
}

void VtkWidget::initializeGL() {
  surface_ = context()->surface();
  connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &VtkWidget::release, Qt::DirectConnection);
  window_->SetReadyForRendering(true);
  window_->SetMapped(true);
  window_->OpenGLInit();
  dirty_ = true;
}

void VtkWidget::resizeGL(int, int) {
  dirty_ = true;
}

void VtkWidget::draw(const QSize& pixels) {
  trace::Scope scope("render");
  window_->SetSize(pixels.width(), pixels.height());
  window_->SetDPI(static_cast<int>(72 * frameRatio()));
  prepareFrame();
  vtkOpenGLState* state = window_->GetState();
  state->Reset();
  state->Push();
  // Qt leaves "less" behind, with which what is drawn later in the same plane (text, lines over a rim) is lost.
  state->vtkglDepthFunc(GL_LEQUAL);
  window_->Render();
  state->Pop();
}

QImage VtkWidget::picture(int scale) {
  if (surface_ == nullptr) return {};
  makeVtkCurrent();
  const QSize pixels = pixelSize() * scale;
  pictureScale_ = scale;
  draw(pixels);
  pictureScale_ = 1;
  const std::unique_ptr<unsigned char[]> rgb(
      window_->GetPixelData(0, 0, pixels.width() - 1, pixels.height() - 1, /*front=*/0, /*right=*/0));
  requestRender();
  if (!rgb) return {};
  const int line = 3 * pixels.width();  // bottom row first
  return QImage(rgb.get(), pixels.width(), pixels.height(), line, QImage::Format_RGB888)
      .mirrored()
      .convertToFormat(QImage::Format_RGB32);
}

bool VtkWidget::postponed() {
  postponed_ = !postponed_ && frames_ > 0 && spentInTurn() > kTurnMs;
  if (postponed_) QTimer::singleShot(0, this, &VtkWidget::requestRender);
  return postponed_;
}

void VtkWidget::paintGL() {
  const QSize pixels = pixelSize();
  if (pixels.width() < 2 || pixels.height() < 2) return;
  QElapsedTimer whole;
  whole.start();
  const int before = pictures_;
  const bool resized = window_->GetSize()[0] != pixels.width() || window_->GetSize()[1] != pixels.height();
  if (resized || (dirty_ && !postponed())) {
    QElapsedTimer clock;
    clock.start();
    draw(pixels);
    noteSpent(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    dirty_ = false;
    ++pictures_;
  }
  QOpenGLExtraFunctions* gl = context()->extraFunctions();
  const GLuint target = defaultFramebufferObject();
  const GLenum attachment = GL_COLOR_ATTACHMENT0;
  gl->glBindFramebuffer(GL_DRAW_FRAMEBUFFER, target);
  gl->glDrawBuffers(1, &attachment);
  gl->glDisable(GL_SCISSOR_TEST);
  window_->BlitDisplayFramebuffer();
  gl->glBindFramebuffer(GL_FRAMEBUFFER, target);
  gl->glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_TRUE);
  gl->glClearColor(0, 0, 0, 1);
  gl->glClear(GL_COLOR_BUFFER_BIT);
  gl->glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  ++frames_;
  if (!timed_ || pictures_ == before) return;
  gl->glFinish();
  Q_EMIT drawn(static_cast<double>(whole.nsecsElapsed()) * 1e-6);
}

}  // namespace voxmark::ui
