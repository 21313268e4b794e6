#pragma once

#include <QLabel>

namespace voxmark::ui {

/// One line that is cut in its middle where there is no room for it; the tooltip has all of it then.
class ElidedLabel : public QLabel {
  Q_OBJECT
 public:
  explicit ElidedLabel(QWidget* parent);
  void say(const QString& text);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void fit();

  QString whole_;
};

}  // namespace voxmark::ui
