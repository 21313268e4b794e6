#include "ui/widgets/views_area.h"

#include <QGridLayout>
#include <QLabel>

namespace voxmark::ui {
namespace {

constexpr std::array kLayouts{"axial", "sagittal", "coronal", "3d"};

}  // namespace

ViewsArea::ViewsArea(Session& session, QWidget* parent) : QWidget(parent), session_(session) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(3);
  frames_[0] = addSlice(0, render::Plane::Axial, tr("Axial"), QColor(0xe0, 0x5a, 0x5a));
  frames_[1] = addSlice(1, render::Plane::Sagittal, tr("Sagittal"), QColor(0xe0, 0xc0, 0x4a));
  frames_[2] = addSlice(2, render::Plane::Coronal, tr("Coronal"), QColor(0x5a, 0xc0, 0x6a));
  volume_ = new VolumeView(session, this);
  frames_[3] = new ViewFrame(tr("3D"), QColor(0x4c, 0x9b, 0xe8), volume_, this);
  connect(volume_, &VolumeView::badgeChanged, this,
          [this] { frames_[3]->setNote(QString::fromStdString(volume_->badge())); });
  connect(volume_, &VolumeView::maximiseRequested, frames_[3], &ViewFrame::maximiseRequested);
  const std::array<std::pair<int, int>, 4> places{{{0, 0}, {0, 1}, {1, 0}, {1, 1}}};
  for (std::size_t n = 0; n < 4; ++n) {
    grid->addWidget(frames_[n], places[n].first, places[n].second);
    connect(frames_[n], &ViewFrame::maximiseRequested, this,
            [this, n] { setLayout(session_.document().views.layout == kLayouts[n] ? "quad" : kLayouts[n]); });
  }
  for (int n = 0; n < 2; ++n) {
    grid->setRowStretch(n, 1);
    grid->setColumnStretch(n, 1);
  }
  hint_ = new QLabel(tr("Open a volume with Ctrl+O, or drop files or a DICOM folder here"), this);
  hint_->setObjectName("startHint");
  hint_->setAlignment(Qt::AlignCenter);
  hint_->setStyleSheet("background: #26272a; color: #b0b2b6; border-radius: 6px; padding: 14px 22px;");
  hint_->setAttribute(Qt::WA_TransparentForMouseEvents);
  connect(&session, &Session::changed, this, &ViewsArea::applyLayout);
}

ViewFrame* ViewsArea::addSlice(std::size_t index, render::Plane plane, const QString& name, const QColor& colour) {
  auto* view = new SliceView(plane, session_, this);
  auto* frame = new ViewFrame(name, colour, view, this);
  slices_[index] = view;
  connect(view, &SliceView::hovered, this, &ViewsArea::hovered);
  connect(view, &SliceView::maximiseRequested, frame, &ViewFrame::maximiseRequested);
  connect(view, &SliceView::sliceChanged, frame, [view, frame] {
    frame->setSlices(static_cast<int>(view->slices().slice()), static_cast<int>(view->slices().sliceCount()));
  });
  connect(frame, &ViewFrame::sliceRequested, view, [view](int slice) { view->showSlice(slice); });
  return frame;
}

void ViewsArea::setLayout(const std::string& layout) {
  session_.edit(tr("Layout"), [&](Document& d) { d.views.layout = layout; });
}

void ViewsArea::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  hint_->adjustSize();
  hint_->move(rect().center() - hint_->rect().center());
  hint_->raise();
}

void ViewsArea::applyLayout() {
  hint_->setVisible(session_.document().layers.empty());
  const std::string& layout = session_.document().views.layout;
  for (std::size_t n = 0; n < 4; ++n) frames_[n]->setVisible(layout == "quad" || layout == kLayouts[n]);
  auto* grid = static_cast<QGridLayout*>(QWidget::layout());
  const bool quad = layout == "quad";
  for (int n = 0; n < 2; ++n) {  // the row and column of a single view take everything
    const bool row = quad || (n == 0 ? frames_[0]->isVisibleTo(this) || frames_[1]->isVisibleTo(this)
                                     : frames_[2]->isVisibleTo(this) || frames_[3]->isVisibleTo(this));
    const bool column = quad || (n == 0 ? frames_[0]->isVisibleTo(this) || frames_[2]->isVisibleTo(this)
                                        : frames_[1]->isVisibleTo(this) || frames_[3]->isVisibleTo(this));
    grid->setRowStretch(n, row ? 1 : 0);
    grid->setColumnStretch(n, column ? 1 : 0);
  }
}

void ViewsArea::resetViews() {
  session_.look([](Document& d) { d.views.slices.clear(); });
  volume_->resetView();
}

}  // namespace voxmark::ui
