#pragma once

#include <QWidget>
#include <array>

#include "ui/models/process_preview.h"
#include "ui/models/session.h"

class QGridLayout;
class QLabel;

namespace voxmark::ui {

/// What the layer is that the steps apply to, and what they make of it, side by side, and what storing the result
/// costs: estimated from a few slices before, exact afterwards.
class ProcessSummary : public QWidget {
  Q_OBJECT
 public:
  ProcessSummary(Session& session, const ProcessPreview& preview, QWidget* parent);
  void refresh();
  /// Whether the steps can be applied.
  [[nodiscard]] bool usable() const { return usable_; }

 private:
  /// The text in place of the table; empty: the table is shown.
  [[nodiscard]] QString message() const;
  void showFacts(const VolumeInfo& now, const VolumeInfo& result);
  /// Of the run that has made `made`; null: estimated.
  void showLoss(const Layer* made);

  Session& session_;
  const ProcessPreview& preview_;
  QLabel* text_;
  QWidget* table_;
  std::array<std::array<QLabel*, 2>, 5> facts_{};
  QLabel* loss_;
  bool usable_ = false;
};

/// "4.2 MB"
[[nodiscard]] QString bytesText(std::uint64_t bytes);

}  // namespace voxmark::ui
