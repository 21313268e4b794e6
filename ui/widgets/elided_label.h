#pragma once

#include <QLabel>

namespace voxmark::ui {

/// One line with a name, which is cut in its middle where there is no room for it; the tooltip has all of it then.
class ElidedLabel : public QLabel {
  Q_OBJECT
 public:
  explicit ElidedLabel(QWidget* parent);
  /// `lead` stays whole.
  void say(const QString& lead, const QString& name);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void fit();

  QString lead_;
  QString name_;
};

}  // namespace voxmark::ui
