#pragma once

#include <QFrame>
#include <array>
#include <functional>

#include "ui/models/session.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QPushButton;
class QSpinBox;

namespace voxmark::ui {

/// How slices are cut and shown: opens over the window and closes with Esc or a click beside it. Every change is a step
/// that can be undone.
class ViewSettings : public QFrame {
  Q_OBJECT
 public:
  ViewSettings(Session& session, QWidget* parent);
  /// Shows it below `anchor`, on the screen.
  void open(const QWidget* anchor);

 protected:
  void hideEvent(QHideEvent* event) override;

 private:
  using Change = std::function<void(ViewsState&)>;
  QWidget* makePlanes();
  QWidget* makePicture();
  QWidget* makeLightbox();
  QWidget* makeAngles();
  QCheckBox* addSwitch(const QString& text, const char* name, bool ViewsState::*setting);
  QSpinBox* addCount(const QString& text, const char* name, int least, int most, int Lightbox::*setting);
  void edit(const QString& label, const Change& change, const std::string& mergeKey = {});
  void turn(std::size_t axis, double degrees);
  void refresh();
  void refreshPlanes();

  Session& session_;
  QComboBox* alignment_;
  std::array<QDoubleSpinBox*, 3> angles_{};
  QPushButton* straight_;
  QComboBox* slab_;
  QDoubleSpinBox* thickness_;
  QCheckBox* smooth_;
  std::array<QCheckBox*, 4> switches_{};
  QComboBox* plane_;
  std::array<QSpinBox*, 3> counts_{};
};

}  // namespace voxmark::ui
