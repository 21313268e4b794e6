#pragma once

#include <QColor>
#include <QFrame>
#include <QLabel>
#include <QSlider>
#include <functional>

namespace voxmark::ui {

/// A view with its thin coloured bar: name, slice slider, position, maximise.
class ViewFrame : public QFrame {
  Q_OBJECT
 public:
  ViewFrame(const QString& name, const QColor& colour, QWidget* view, QWidget* parent);
  /// Shows the slider with these values; count 0 hides it.
  void setSlices(int index, int count);
  void setNote(const QString& text);

 Q_SIGNALS:
  void sliceRequested(int index);
  void maximiseRequested();

 private:
  QSlider* slider_;
  QLabel* note_;
};

}  // namespace voxmark::ui
