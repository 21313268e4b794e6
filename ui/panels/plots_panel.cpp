#include "ui/panels/plots_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/document/table_text.h"
#include "ui/models/measurement_model.h"

namespace voxmark::ui {
namespace {

QString valueTitle(const Layer* layer) {
  if (layer == nullptr || !layer->volume) return PlotsPanel::tr("Value");
  switch (voxelNumberOf(layer->volume->info())) {
    case VoxelNumber::Length:
      return PlotsPanel::tr("Length of the vector");
    case VoxelNumber::First:
      return PlotsPanel::tr("First component");
    case VoxelNumber::Value:
      break;
  }
  return PlotsPanel::tr("Value");
}

QString frameTitle(const VolumeInfo& info) {
  const QString unit = QString::fromStdString(info.frameUnit);
  if (info.frameSpacing <= 0 || unit.isEmpty()) return PlotsPanel::tr("Frame");
  if (unit == "Hz" || unit == "rad/s") return PlotsPanel::tr("Frequency, %1").arg(unit);
  if (unit == "ppm") return PlotsPanel::tr("Chemical shift, ppm");
  return PlotsPanel::tr("Time, %1").arg(unit);
}

/// The sample of a curve that lies nearest to x.
std::optional<std::size_t> nearest(const Curve& curve, double x) {
  if (curve.x.empty() || x < curve.x.front() - 1e-9 || x > curve.x.back() + 1e-9) return std::nullopt;
  const auto above = std::lower_bound(curve.x.begin(), curve.x.end(), x);
  auto n = static_cast<std::size_t>(above - curve.x.begin());
  if (n == curve.x.size() || (n > 0 && x - curve.x[n - 1] < curve.x[n] - x)) --n;
  return n;
}

}  // namespace

PlotsPanel::PlotsPanel(Session& session, MarkMeasurements& measurements, QWidget* parent)
    : QWidget(parent), session_(session), measurements_(measurements), reader_(new FrameCourses(session, this)) {
  profiles_ = makePane(tr("Line profiles"), "profilePlot");
  courses_ = makePane(tr("Over the frames"), "coursePlot");
  auto* splitter = new QSplitter(Qt::Horizontal, this);
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(profiles_.box);
  splitter->addWidget(courses_.box);
  splitter->setSizes({1000, 1000});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 4, 6, 4);
  layout->addWidget(splitter);
  connect(profiles_.plot, &CurvePlot::picked, this, &PlotsPanel::moveAlongProfile);
  connect(courses_.plot, &CurvePlot::picked, this, &PlotsPanel::showFrameAt);
  connect(&session_, &Session::changed, this, [this] {
    refreshProfiles();
    refreshCourses();
  });
  connect(&measurements_, &MarkMeasurements::measured, this, &PlotsPanel::refreshProfiles);
  connect(reader_, &FrameCourses::changed, this, &PlotsPanel::refreshCourses);
}

PlotsPanel::Pane PlotsPanel::makePane(const QString& title, const char* name) {
  Pane pane;
  pane.box = new QWidget(this);
  pane.title = new QLabel(title, pane.box);
  QFont bold = font();
  bold.setBold(true);
  pane.title->setFont(bold);
  pane.readout = new QLabel(pane.box);
  pane.readout->setObjectName(QString(name) + "Readout");
  pane.readout->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  pane.plot = new CurvePlot(pane.box);
  pane.plot->setObjectName(name);
  pane.plot->setAccessibleName(title);
  pane.csv = new QPushButton(tr("CSV…"), pane.box);
  pane.csv->setObjectName(QString(name) + "Csv");
  pane.csv->setToolTip(tr("Save the values as a table"));
  pane.picture = new QPushButton(tr("Picture…"), pane.box);
  pane.picture->setObjectName(QString(name) + "Picture");
  pane.picture->setToolTip(tr("Save the plot as a PNG"));
  auto* row = new QHBoxLayout;
  row->addWidget(pane.title);
  row->addSpacing(12);
  row->addWidget(pane.readout, 1);
  row->addWidget(pane.csv);
  row->addWidget(pane.picture);
  auto* column = new QVBoxLayout(pane.box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addLayout(row);
  column->addWidget(pane.plot, 1);
  const auto mine = [this, plot = pane.plot]() -> Pane& { return plot == profiles_.plot ? profiles_ : courses_; };
  connect(pane.plot, &CurvePlot::hovered, this, [this, mine](auto x) { showReadout(mine(), x); });
  connect(pane.csv, &QPushButton::clicked, this, [this, mine] { chooseFile(mine(), false); });
  connect(pane.picture, &QPushButton::clicked, this, [this, mine] { chooseFile(mine(), true); });
  return pane;
}

void PlotsPanel::setShown(bool shown) {
  shown_ = shown;
  reader_->setActive(shown);
  refreshProfiles();
  refreshCourses();
}

void PlotsPanel::refreshProfiles() {
  if (!shown_) return;
  std::vector<Curve> curves;
  bool any = false;
  for (const Mark& mark : session_.document().marks) {
    if (mark.kind != MarkKind::Profile || !mark.visible) continue;
    any = true;
    const LineProfile& profile = measurements_.of(mark.id).profile;
    if (!profile.value.empty())
      curves.push_back({markTitle(mark), curveColour(mark.id), profile.distance, profile.value});
  }
  const Layer* layer = session_.document().active();
  profiles_.plot->setTitles(tr("Distance, mm"), valueTitle(layer));
  profiles_.plot->setNote(any && layer != nullptr ? QString()
                                                  : tr("Draw a profile in a view to see the values along it."));
  for (QPushButton* button : {profiles_.csv, profiles_.picture}) button->setEnabled(!curves.empty());
  profiles_.plot->setCurves(std::move(curves), false);
}

double PlotsPanel::frameStep() const {
  const Layer* layer = session_.document().active();
  if (layer == nullptr || !layer->volume) return 1;
  const VolumeInfo& info = layer->volume->info();
  return info.frameSpacing > 0 && !info.frameUnit.empty() ? info.frameSpacing : 1;
}

void PlotsPanel::refreshCourses() {
  if (!shown_) return;
  const Layer* layer = session_.document().active();
  const bool series = layer != nullptr && layer->volume && layer->volume->info().frames > 1;
  courses_.box->setVisible(series);
  if (!series) return;
  const VolumeInfo& info = layer->volume->info();
  const double step = frameStep();
  const bool byTime = info.frameSpacing > 0 && !info.frameUnit.empty();
  const double first = byTime ? 0 : 1;  // frames are counted from 1
  std::vector<Curve> curves;
  for (const FrameCourses::Course& course : reader_->courses()) {
    Curve curve{
        course.name, course.mark == 0 ? palette().color(QPalette::Text) : curveColour(course.mark), {}, course.values};
    for (std::size_t n = 0; n < course.values.size(); ++n) curve.x.push_back(first + step * static_cast<double>(n));
    curves.push_back(std::move(curve));
  }
  courses_.plot->setTitles(frameTitle(info), valueTitle(layer));
  const auto frame = std::clamp<std::int64_t>(session_.document().views.frame, 0, info.frames - 1);
  courses_.plot->setMarker(first + step * static_cast<double>(frame));
  courses_.plot->setNote(curves.empty() ? tr("The crosshair is outside of this layer.") : QString());
  for (QPushButton* button : {courses_.csv, courses_.picture}) button->setEnabled(!curves.empty());
  if (!reader_->problem().isEmpty()) {
    courses_.readout->setText(reader_->problem());
    courses_.readout->setToolTip(reader_->problem());
  }
  constexpr std::int64_t kMostDots = 60;
  courses_.plot->setCurves(std::move(curves), info.frames <= kMostDots);
}

void PlotsPanel::showReadout(Pane& pane, std::optional<double> x) {
  QStringList parts;
  if (x) {
    for (const Curve& curve : pane.plot->curves()) {
      const auto n = nearest(curve, *x);
      if (!n) continue;
      if (parts.isEmpty()) parts << pane.plot->xTitle() + QString(" %1").arg(curve.x[*n], 0, 'g', 5);
      parts << curve.name + ": " + (std::isfinite(curve.y[*n]) ? QString::number(curve.y[*n], 'g', 6) : QString("–"));
    }
  }
  pane.readout->setText(fontMetrics().elidedText(parts.join("    "), Qt::ElideRight, pane.readout->width()));
  pane.readout->setToolTip(parts.join("\n"));
}

void PlotsPanel::moveAlongProfile(double distance) {
  const auto& marks = session_.document().marks;
  const auto found = std::find_if(marks.begin(), marks.end(), [](const Mark& mark) {
    return mark.kind == MarkKind::Profile && mark.visible && mark.points.size() == 2;
  });
  if (found == marks.end()) return;
  const double length = sizeOf(*found).length.value_or(0);
  if (!(length > 0)) return;
  const double t = std::clamp(distance / length, 0.0, 1.0);
  const Vec3& a = found->points[0];
  const Vec3& b = found->points[1];
  profiles_.plot->setMarker(t * length);
  session_.look([&](Document& d) {
    d.views.crosshair = {std::lerp(a[0], b[0], t), std::lerp(a[1], b[1], t), std::lerp(a[2], b[2], t)};
  });
}

void PlotsPanel::showFrameAt(double x) {
  const Layer* layer = session_.document().active();
  if (layer == nullptr || !layer->volume) return;
  const VolumeInfo& info = layer->volume->info();
  const double first = info.frameSpacing > 0 && !info.frameUnit.empty() ? 0 : 1;
  const double frame = std::clamp(std::round((x - first) / frameStep()), 0.0, static_cast<double>(info.frames - 1));
  const auto wanted = static_cast<std::int64_t>(frame);
  if (wanted != session_.document().views.frame) session_.look([wanted](Document& d) { d.views.frame = wanted; });
}

void PlotsPanel::chooseFile(Pane& pane, bool picture) {
  auto* dialog = new QFileDialog(this, picture ? tr("Save the plot") : tr("Save the values"), {},
                                 picture ? tr("Picture (*.png)") : tr("CSV table (*.csv)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(picture ? "png" : "csv");
  dialog->selectFile(picture ? "plot.png" : "plot.csv");
  connect(dialog, &QFileDialog::fileSelected, this, [this, plot = pane.plot, picture](const QString& path) {
    if (!picture) return save(*plot, path);
    if (!plot->saveTo(path)) Q_EMIT failed(tr("%1: the picture cannot be written").arg(path));
  });
  dialog->open();
}

void PlotsPanel::save(const CurvePlot& plot, const QString& csvPath) {
  try {
    saveText(csvPath.toStdString(), curvesCsv(plot.curves(), plot.xTitle(), plot.yTitle()));
  } catch (const Error& error) {
    Q_EMIT failed(QString::fromStdString(error.what()));
  }
}

}  // namespace voxmark::ui
