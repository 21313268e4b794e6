#include "ui/widgets/system_scheme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QEvent>
#include <QPalette>

namespace voxmark::ui {
namespace {

const QString kService = "org.freedesktop.portal.Desktop";
const QString kPath = "/org/freedesktop/portal/desktop";
const QString kInterface = "org.freedesktop.portal.Settings";
const QString kGroup = "org.freedesktop.appearance";
const QString kKey = "color-scheme";

bool paletteIsDark() {
  const QPalette palette = QApplication::palette();
  return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

}  // namespace

SystemScheme::SystemScheme(QObject* parent) : QObject(parent), palette_(paletteIsDark()) {
  qApp->installEventFilter(this);
  ask();
}

void SystemScheme::ask() {
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return;
  bus.connect(kService, kPath, kInterface, "SettingChanged", this,
              SLOT(settingChanged(QString, QString, QDBusVariant)));
  QDBusMessage question = QDBusMessage::createMethodCall(kService, kPath, kInterface, "Read");
  question << kGroup << kKey;
  auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);  // the start does not wait for it
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    const QDBusPendingReply<QDBusVariant> reply = *watcher;
    if (!reply.isError()) take(reply.value().variant());
    watcher->deleteLater();
  });
}

void SystemScheme::settingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
  if (group == kGroup && key == kKey) take(value.variant());
}

void SystemScheme::take(const QVariant& value) {
  QVariant inner = value;  // Read wraps its answer twice
  while (inner.canConvert<QDBusVariant>()) inner = inner.value<QDBusVariant>().variant();
  const uint scheme = inner.toUInt();  // 0: no preference, 1: dark, 2: light
  portal_ = scheme == 1 || scheme == 2 ? std::optional<bool>(scheme == 1) : std::nullopt;
  Q_EMIT changed();
}

bool SystemScheme::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::ThemeChange && object->isWindowType()) {
    const QPalette ours = QApplication::palette();
    QApplication::setPalette(QPalette());  // gives Qt's own, which is the desktop's
    palette_ = paletteIsDark();
    QApplication::setPalette(ours);
    Q_EMIT changed();
  }
  return QObject::eventFilter(object, event);
}

}  // namespace voxmark::ui
