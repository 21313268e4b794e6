#pragma once

#include <QApplication>
#include <QString>
#include <vector>

namespace voxmark::app {

/// An application that can time what its events make the GUI thread do.
class TimedApplication : public QApplication {
 public:
  using QApplication::QApplication;
  struct Slow {
    double milliseconds = 0;
    QString what;  ///< "voxmark::ui::SliceView axial, Paint"
  };
  /// Notes events from now on, and forgets those before.
  void restart();
  /// The slowest events, slowest first.
  [[nodiscard]] const std::vector<Slow>& slowest() const { return slowest_; }
  bool notify(QObject* receiver, QEvent* event) override;

 private:
  void note(double milliseconds, const QString& what);

  bool timing_ = false;
  bool within_ = false;  ///< an event that is timed already
  std::vector<Slow> slowest_;
};

}  // namespace voxmark::app
