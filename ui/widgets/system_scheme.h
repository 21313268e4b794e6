#pragma once

#include <QDBusVariant>
#include <QObject>
#include <optional>

namespace voxmark::ui {

/// Whether the desktop is dark: what it says over D-Bus (the settings portal, which GNOME, KDE and others offer), else
/// what the palette is that Qt has from it.
class SystemScheme : public QObject {
  Q_OBJECT
 public:
  /// Before the application is given a palette of its own.
  explicit SystemScheme(QObject* parent);
  [[nodiscard]] bool dark() const { return portal_.value_or(palette_); }

 Q_SIGNALS:
  void changed();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private Q_SLOTS:
  void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

 private:
  void ask();
  void take(const QVariant& value);

  bool palette_ = false;
  std::optional<bool> portal_;  ///< nothing where there is no portal, or it has no preference
};

}  // namespace voxmark::ui
