#pragma once

#include <QPlainTextEdit>

namespace voxmark::ui {

/// What happened, newest last: actions with their stages, warnings, errors.
class LogPanel : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit LogPanel(QWidget* parent);
  ~LogPanel() override;

 private:
  int subscription_;
};

}  // namespace voxmark::ui
