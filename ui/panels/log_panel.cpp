#include "ui/panels/log_panel.h"

#include <ctime>

#include "core/base/log.h"

namespace voxmark::ui {
namespace {

QString lineOf(const log::Entry& entry) {
  const std::time_t time = std::chrono::system_clock::to_time_t(entry.time);
  std::tm local{};
  localtime_r(&time, &local);
  char stamp[16];
  std::strftime(stamp, sizeof stamp, "%H:%M:%S", &local);
  const char* level = entry.level == log::Level::Error     ? "error  "
                      : entry.level == log::Level::Warning ? "warning"
                                                           : "       ";
  return QString("%1  %2  %3").arg(stamp, level, QString::fromStdString(entry.text));
}

}  // namespace

LogPanel::LogPanel(QWidget* parent) : QPlainTextEdit(parent) {
  setReadOnly(true);
  setMaximumBlockCount(2000);
  setAccessibleName(tr("Log"));
  for (const log::Entry& entry : log::entries()) appendPlainText(lineOf(entry));
  subscription_ = log::subscribe([this](const log::Entry& entry) {
    QMetaObject::invokeMethod(
        this, [this, line = lineOf(entry)] { appendPlainText(line); }, Qt::QueuedConnection);
  });
}

LogPanel::~LogPanel() {
  log::unsubscribe(subscription_);
}

}  // namespace voxmark::ui
