#pragma once

#include <QPointer>
#include <QWidget>
#include <deque>

namespace voxmark::ui {

/// Which views may draw in this turn of the event loop. Slow pictures, as the first ones are, for which shaders are
/// compiled, must not add up to a pause that can be felt: once they have taken their time, the views that are left wait
/// for the next turn, and are first in it.
class DrawTurns {
 public:
  static DrawTurns& get();
  /// Whether `view` may draw now. Where it may not it is asked to paint again in the next turn.
  bool mayDraw(QWidget& view);
  /// That a view has drawn, for so long.
  void note(QWidget& view, double milliseconds);
  /// That views are being laid out, which takes this turn: they draw from the next one on.
  void noteLayout();

 private:
  void schedule();
  void next();

  std::deque<QPointer<QWidget>> waiting_;
  QPointer<QWidget> served_;  ///< first in the row when the turn began
  double spent_ = 0;          ///< ms in this turn
  bool scheduled_ = false;
};

}  // namespace voxmark::ui
