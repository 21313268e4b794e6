#include "ui/widgets/views_area.h"

#include <QApplication>
#include <QGridLayout>
#include <map>
#include <vector>

#include "core/document/layout_name.h"
#include "ui/widgets/speed_hud.h"

namespace voxmark::ui {
namespace {

constexpr std::size_t kVolume = 3;
constexpr std::size_t kLightbox = 4;
constexpr std::array kNames{"axial", "sagittal", "coronal", "3d", "lightbox"};

/// Where a frame lies in the grid.
struct Place {
  std::size_t frame;
  int row, column;
  int rows = 1;
};

struct Arrangement {
  std::vector<Place> places;
  std::vector<int> rowShares{1};
  std::vector<int> columnShares{1};
};

/// One view beside three small ones, which keep their order.
Arrangement around(const std::string& large) {
  Arrangement out{{}, {1, 1, 1}, {8, 3}};
  int row = 0;
  for (std::size_t n = 0; n <= kVolume; ++n) {
    if (large == kNames[n]) {
      out.places.push_back({n, 0, 0, 3});
    } else {
      out.places.push_back({n, row++, 1});
    }
  }
  return out;
}

/// The four views two by two for a layout that is not known.
Arrangement arrangementOf(const std::string& layout) {
  if (const auto large = largeView(layout)) return around(*large);
  static const std::map<std::string, Arrangement> kAll{
      {"quad", {{{0, 0, 0}, {1, 0, 1}, {2, 1, 0}, {3, 1, 1}}, {1, 1}, {1, 1}}},
      {"row", {{{0, 0, 0}, {1, 0, 1}, {2, 0, 2}}, {1}, {1, 1, 1}}},
      {"lightbox", {{{kLightbox, 0, 0}}}},
      {"axial", {{{0, 0, 0}}}},
      {"sagittal", {{{1, 0, 0}}}},
      {"coronal", {{{2, 0, 0}}}},
      {"3d", {{{kVolume, 0, 0}}}}};
  const auto found = kAll.find(layout);
  return found == kAll.end() ? kAll.at("quad") : found->second;
}

QString nameOf(render::Plane plane) {
  switch (plane) {
    case render::Plane::Axial:
      return ViewsArea::tr("Axial");
    case render::Plane::Sagittal:
      return ViewsArea::tr("Sagittal");
    case render::Plane::Coronal:
      break;
  }
  return ViewsArea::tr("Coronal");
}

}  // namespace

ViewsArea::ViewsArea(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), grid_(new QGridLayout(this)) {
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setSpacing(3);
  for (const render::Plane plane : {render::Plane::Axial, render::Plane::Sagittal, render::Plane::Coronal}) {
    frames_[static_cast<std::size_t>(plane)] = addSlice(plane);
  }
  frames_[kVolume] = addVolume();
  frames_[kLightbox] = addLightbox();
  for (std::size_t n = 0; n < frames_.size(); ++n) {
    frames_[n]->setObjectName(QString("%1Frame").arg(kNames[n]));
    if (n == kLightbox) continue;
    connect(frames_[n], &ViewFrame::maximiseRequested, this, [this, n] { maximise(kNames[n]); });
    connect(frames_[n], &ViewFrame::largeRequested, this, [this, n] {
      session_.edit(tr("Layout"), [n](Document& d) { d.views.arrange(layoutWithLarge(kNames[n])); });
    });
  }
  auto* labels = new LegendLabels(session, this);
  for (SliceView* view : slices_) view->setLegendLabels(labels);
  lightbox_->setLegendLabels(labels);
  applyLayout();
  connect(&session, &Session::changed, this, &ViewsArea::applyLayout);
}

ViewFrame* ViewsArea::addSlice(render::Plane plane) {
  auto* view = new SliceView(plane, session_, this);
  auto* frame = new ViewFrame(nameOf(plane), kNames[static_cast<std::size_t>(plane)], view, this);
  slices_[static_cast<std::size_t>(plane)] = view;
  connect(view, &SliceView::hovered, this, &ViewsArea::hovered);
  connect(view, &SliceView::maximiseRequested, frame, &ViewFrame::maximiseRequested);
  connect(view, &SliceView::sliceChanged, frame, [view, frame] {
    frame->setSlices(static_cast<int>(view->slices().slice()), static_cast<int>(view->slices().sliceCount()));
  });
  connect(frame, &ViewFrame::sliceRequested, view, [view](int slice) { view->showSlice(slice); });
  new SpeedHud(session_, view, [view] { return view->slices().slice(); });
  return frame;
}

ViewFrame* ViewsArea::addVolume() {
  volume_ = new VolumeView(session_, this);
  auto* frame = new ViewFrame(tr("3D"), kNames[kVolume], volume_, this);
  connect(volume_, &VolumeView::badgeChanged, frame,
          [this, frame] { frame->setNote(QString::fromStdString(volume_->badge())); });
  connect(volume_, &VolumeView::maximiseRequested, frame, &ViewFrame::maximiseRequested);
  return frame;
}

ViewFrame* ViewsArea::addLightbox() {
  lightbox_ = new LightboxView(session_, this);
  auto* frame = new ViewFrame(nameOf(render::Plane::Axial), kNames[0], lightbox_, this);
  connect(lightbox_, &LightboxView::hovered, this, &ViewsArea::hovered);
  connect(lightbox_, &LightboxView::maximiseRequested, frame, &ViewFrame::maximiseRequested);
  connect(lightbox_, &LightboxView::scrolled, frame, [this, frame] {
    const render::LightboxRenderer& shown = lightbox_->lightbox();
    const LightboxSlices& slices = shown.slices();
    frame->setName(nameOf(shown.plane()), kNames[static_cast<std::size_t>(shown.plane())]);
    frame->setSlices(static_cast<int>(slices.first), static_cast<int>(slices.highest + 1));
    frame->setNote(shown.sliceCount() == 0 ? QString()
                                           : tr("%1 to %2 of %3, step %4")
                                                 .arg(slices.first + 1)
                                                 .arg(slices.last() + 1)
                                                 .arg(shown.sliceCount())
                                                 .arg(slices.step));
  });
  connect(frame, &ViewFrame::sliceRequested, lightbox_, [this](int slice) { lightbox_->scrollTo(slice); });
  connect(frame, &ViewFrame::maximiseRequested, this, [this] { maximise(session_.document().views.lightbox.plane); });
  new SpeedHud(session_, lightbox_, [this] { return lightbox_->lightbox().slices().first; });
  return frame;
}

void ViewsArea::maximise(const std::string& view) {
  session_.edit(tr("Layout"), [&](Document& d) { d.views.maximise(view); });
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
  if (layout == applied_) return;
  applied_ = layout;
  const QWidget* focus = QApplication::focusWidget();
  const bool here = focus != nullptr && isAncestorOf(focus);
  placeFrames(layout);
  if (!here || (focus->isVisible() && QApplication::focusWidget() == focus)) return;
  // A view that has gone leaves the keyboard to one that is there, not to some button beside.
  for (SliceView* view : slices_) {
    if (!view->isVisible()) continue;
    view->setFocus();
    return;
  }
}

void ViewsArea::placeFrames(const std::string& layout) {
  constexpr int kMostParts = 3;
  const Arrangement arrangement = arrangementOf(layout);
  for (ViewFrame* frame : frames_) grid_->removeWidget(frame);
  for (int n = 0; n < kMostParts; ++n) {
    const auto at = static_cast<std::size_t>(n);
    grid_->setRowStretch(n, at < arrangement.rowShares.size() ? arrangement.rowShares[at] : 0);
    grid_->setColumnStretch(n, at < arrangement.columnShares.size() ? arrangement.columnShares[at] : 0);
  }
  std::array<bool, 5> shown{};
  for (const Place& place : arrangement.places) {
    grid_->addWidget(frames_[place.frame], place.row, place.column, place.rows, 1);
    shown[place.frame] = true;
  }
  for (std::size_t n = 0; n < frames_.size(); ++n) {
    frames_[n]->setVisible(shown[n]);
    frames_[n]->setMaximised(arrangement.places.size() == 1 && n != kLightbox);
    const auto large = largeView(layout);
    frames_[n]->setSmall(large && *large != kNames[n]);
  }
  if (startPage_ != nullptr) startPage_->raise();
}

void ViewsArea::resetViews() {
  session_.look([](Document& d) {
    d.views.slices.clear();
    d.views.lightboxScroll = 0;
  });
  volume_->resetView();
}

}  // namespace voxmark::ui
