#include "ui/widgets/vtk_widget.h"

#include <QElapsedTimer>
#include <QPainter>

#include <vtkCallbackCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLState.h>
#include <vtkRenderer.h>

#include "core/trace/trace.h"
#include "ui/widgets/draw_turns.h"

namespace voxmark::ui {
namespace {

/// Leaves the picture where it was drawn, from where it is read: VTK would copy it, with its depths, before.
class PictureWindow : public vtkGenericOpenGLRenderWindow {
 public:
  static PictureWindow* New() {
    auto* made = new PictureWindow;
    made->InitializeObjectBase();
    return made;
  }
  void Frame() override {}
};

/// The picture fills the widget; a last one from before a change of size, larger or smaller until there is a new one.
void paintPicture(QPainter& painter, const QImage& picture, const VtkWidget& widget) {
  if (picture.size() == widget.pixelSize()) {
    painter.drawImage(widget.rect(), picture);
    return;
  }
  QRectF fitted({}, QSizeF(picture.size()).scaled(widget.size(), Qt::KeepAspectRatio));
  fitted.moveCenter(QRectF(widget.rect()).center());
  painter.fillRect(widget.rect(), Qt::black);
  painter.drawImage(fitted, picture);
}

}  // namespace

VtkWidget::VtkWidget(vtkRenderer* renderer, QWidget* parent)
    : QWidget(parent), window_(vtkSmartPointer<PictureWindow>::New()) {
  window_->SetMultiSamples(0);
  window_->SetOwnContext(false);
  window_->SetFrameBlitModeToNoBlit();
  window_->SetReadyForRendering(false);
  window_->AddRenderer(renderer);
  vtkNew<vtkCallbackCommand> callback;
  callback->SetClientData(this);
  callback->SetCallback([](vtkObject*, unsigned long event, void* client, void* callData) {
    const SharedGl* gl = static_cast<VtkWidget*>(client)->gl_.get();
    if (event == vtkCommand::WindowMakeCurrentEvent && gl != nullptr)
      static_cast<VtkWidget*>(client)->gl_->makeCurrent();
    if (event == vtkCommand::WindowIsCurrentEvent) *static_cast<bool*>(callData) = gl != nullptr && gl->isCurrent();
    if (event == vtkCommand::WindowSupportsOpenGLEvent) *static_cast<int*>(callData) = 1;
  });
  window_->AddObserver(vtkCommand::WindowMakeCurrentEvent, callback);
  window_->AddObserver(vtkCommand::WindowIsCurrentEvent, callback);
  window_->AddObserver(vtkCommand::WindowSupportsOpenGLEvent, callback);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
}

VtkWidget::~VtkWidget() {
  if (gl_ && gl_->makeCurrent()) window_->Finalize();
  window_->SetReadyForRendering(false);
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

bool VtkWidget::begin() {
  const bool first = !gl_;
  if (first) gl_ = SharedGl::get();
  if (!gl_->makeCurrent()) return false;
  if (first) {
    window_->SetReadyForRendering(true);
    window_->SetMapped(true);
    window_->OpenGLInit();
  }
  return true;
}

QImage VtkWidget::draw(const QSize& pixels) {
  if (!begin()) return {};
  trace::Scope scope("render");
  window_->SetSize(pixels.width(), pixels.height());
  window_->SetDPI(static_cast<int>(72 * frameRatio()));
  prepareFrame();
  vtkOpenGLState* state = window_->GetState();
  state->Reset();  // the other views have used the context
  state->Push();
  // What is drawn later in the same plane (text, lines over a rim) is lost with "less".
  state->vtkglDepthFunc(GL_LEQUAL);
  window_->Render();
  state->Pop();
  return gl_->read(window_->GetRenderFramebuffer()->GetFBOIndex(), pixels);
}

QImage VtkWidget::picture(int scale) {
  if (!gl_) return {};
  pictureScale_ = scale;
  QImage out = draw(pixelSize() * scale);
  pictureScale_ = 1;
  requestRender();
  return out;
}

QImage VtkWidget::grabFramebuffer() {
  if (dirty_ && gl_) drawFrame();
  return shown_;
}

void VtkWidget::drawFrame() {
  shown_ = draw(pixelSize());
  dirty_ = false;
  ++pictures_;
}

void VtkWidget::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  DrawTurns::get().noteLayout();
  requestRender();
}

void VtkWidget::paintEvent(QPaintEvent*) {
  const QSize pixels = pixelSize();
  if (pixels.width() < 2 || pixels.height() < 2) return;
  if (shown_.size() != pixels) dirty_ = true;  // on another screen, for one
  const bool anew = dirty_ && DrawTurns::get().mayDraw(*this);
  QElapsedTimer clock;
  clock.start();
  const bool making = anew && !gl_;
  if (making) {
    (void)begin();  // takes its time as well: the picture follows in a turn of its own
    update();
  } else if (anew) {
    drawFrame();
  }
  QPainter painter(this);
  if (shown_.isNull()) {
    painter.fillRect(rect(), Qt::black);
  } else {
    paintPicture(painter, shown_, *this);
  }
  painter.end();
  ++frames_;
  if (!anew) return;
  const double took = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
  DrawTurns::get().note(*this, took);
  if (!making) Q_EMIT drawn(took);
}

}  // namespace voxmark::ui
