#include "ui/widgets/status_line.h"

#include <QLabel>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

#include "core/base/cpu_info.h"
#include "core/base/log.h"
#include "core/document/readout.h"
#include "core/trace/trace.h"
#include "ui/models/preview_reading.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

/// "R 17.6 P 35.3 S 12.1 | 90 108 90 | value 412", or "… | value 412 before steps, 0.7 after"
QString placeOf(const Document& document, const ProcessPreview* preview, const Vec3& world) {
  const Layer* layer = document.active();
  if (layer == nullptr || !layer->volume) return {};
  const auto previewed = previewedReading(document, preview, world);
  const Reading reading = previewed ? previewed->before : readingAt(*layer, document.views.frame, world);
  QString text = QString::fromStdString(placeText(world));
  if (reading.voxel) text += " | " + QString::fromStdString(voxelText(reading));
  const QString value = QString::fromStdString(valueText(reading));
  if (reading.state != Reading::State::Value) return text + " | " + value;
  if (!previewed) return text + " | " + StatusLine::tr("value %1").arg(value);
  if (previewed->after.isEmpty()) return text + " | " + StatusLine::tr("value %1 before steps").arg(value);
  return text + " | " + StatusLine::tr("value %1 before steps, %2 after").arg(value, previewed->after);
}

}  // namespace

StatusLine::StatusLine(Session& session, JobController& jobs, const QString& device, QWidget* parent)
    : QStatusBar(parent), session_(session) {
  place_ = new QLabel(this);
  place_->setMinimumWidth(400);
  stages_ = new QLabel(this);
  stages_->setObjectName("stages");
  stages_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // a long text must not widen the window
  setTone(stages_, "soft");
  phase_ = new QLabel(this);
  progress_ = new QProgressBar(this);
  progress_->setObjectName("jobProgress");
  progress_->setFixedWidth(140);
  progress_->setRange(0, 1000);
  progress_->setTextVisible(false);
  cancel_ = new QToolButton(this);
  cancel_->setObjectName("cancelJob");
  cancel_->setText(tr("Cancel"));
  memory_ = new QLabel(this);
  setContentsMargins(8, 0, 8, 0);
  addWidget(place_);
  addWidget(stages_, 1);
  for (QWidget* widget : std::initializer_list<QWidget*>{phase_, progress_, cancel_}) {
    addPermanentWidget(widget);
    widget->hide();
  }
  addPermanentWidget(memory_);
  auto* deviceLabel = new QLabel(device, this);
  deviceLabel->setToolTip(tr("Device that computes"));
  addPermanentWidget(deviceLabel);
  connect(&session_, &Session::changed, this, [this] { showPlace(std::nullopt); });
  connect(&session_, &Session::filled, this, [this] { showPlace(std::nullopt); });
  connect(&jobs, &JobController::progressed, this,
          [this](std::uint64_t id, const QString& title, double fraction, const QString& phase) {
            if (title.isEmpty()) return;  // nobody waits for it
            job_ = id;
            phase_->setText(title + " · " + phase);
            // Else it would be painted within the call, and the whole window put on the screen with it, every time.
            progress_->setUpdatesEnabled(false);
            progress_->setValue(static_cast<int>(fraction * 1000));
            progress_->setUpdatesEnabled(true);
            for (QWidget* widget : std::initializer_list<QWidget*>{phase_, progress_, cancel_}) widget->show();
          });
  connect(&jobs, &JobController::finished, this, [this](std::uint64_t id) {
    if (id != job_) return;
    for (QWidget* widget : std::initializer_list<QWidget*>{phase_, progress_, cancel_}) widget->hide();
  });
  connect(cancel_, &QToolButton::clicked, this, [this, &jobs] { jobs.cancel(job_); });
  subscription_ = trace::subscribe([this](const trace::ActionReport& report) {
    log::info(report.title + ": " + trace::summary(report));
    QMetaObject::invokeMethod(
        this,
        [this, report] {
          const QString text = QString::fromStdString(report.title + " · " + trace::summary(report));
          stages_->setText(text);
          stages_->setToolTip(text);
        },
        Qt::QueuedConnection);
  });
  auto* timer = new QTimer(this);
  connect(timer, &QTimer::timeout, this, &StatusLine::updateMemory);
  timer->start(1000);
  updateMemory();
}

StatusLine::~StatusLine() {
  trace::unsubscribe(subscription_);
}

void StatusLine::showPlace(std::optional<Vec3> world) {
  shown_ = world;
  const Document& document = session_.document();
  place_->setText(placeOf(document, preview_, world.value_or(document.views.crosshair)));
}

void StatusLine::setPreview(const ProcessPreview* preview) {
  preview_ = preview;
  connect(
      preview, &ProcessPreview::pictureChanged, this, [this] { showPlace(shown_); }, Qt::QueuedConnection);
}

QString StatusLine::placeText() const {
  return place_->text();
}

void StatusLine::updateMemory() {
  memory_->setText(QString("%1 MB").arg(residentMemory() / 1000000));
  memory_->setToolTip(tr("Memory in use by Voxmark"));
}

}  // namespace voxmark::ui
