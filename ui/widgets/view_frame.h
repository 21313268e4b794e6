#pragma once

#include <QFrame>
#include <QLabel>
#include <QSlider>

class QToolButton;

namespace voxmark::ui {

/// A view with its thin coloured bar: name, slice slider, position, maximise. Framed while the view has the keyboard.
class ViewFrame : public QFrame {
  Q_OBJECT
 public:
  /// `kind` is what the theme colours it by: "axial", "sagittal", "coronal", "3d".
  ViewFrame(const QString& name, const QString& kind, QWidget* view, QWidget* parent);
  /// Shows the slider with these values; count 0 hides it.
  void setSlices(int index, int count);
  void setNote(const QString& text);
  void setName(const QString& name, const QString& kind);
  /// Whether the view fills the area, so that its button brings the others back.
  void setMaximised(bool on);
  /// Whether the view is one of the small ones beside a large one, so that a button offers to take its place.
  void setSmall(bool on);

 Q_SIGNALS:
  void sliceRequested(int index);
  void maximiseRequested();
  void largeRequested();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// Hides what has no room, the slider first.
  void fit();
  QWidget* view_;
  QLabel* title_;
  QWidget* stripe_;
  QToolButton* large_;
  QToolButton* maximise_;
  QSlider* slider_;
  QLabel* note_;
  int slices_ = 0;
};

}  // namespace voxmark::ui
