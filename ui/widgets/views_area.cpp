#include "ui/widgets/views_area.h"

#include <QGridLayout>

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

void ViewsArea::setStartPage(QWidget* page) {
  startPage_ = page;
  page->setParent(this);
  page->setGeometry(rect());
  page->raise();
  page->setVisible(session_.document().layers.empty());
}

void ViewsArea::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (startPage_ != nullptr) startPage_->setGeometry(rect());
}

void ViewsArea::applyLayout() {
  if (startPage_ != nullptr) startPage_->setVisible(session_.document().layers.empty());
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
