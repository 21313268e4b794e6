#pragma once

#include <QWidget>
#include <functional>

#include "ui/models/bench_runner.h"
#include "ui/models/scenario_tree_model.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeView;

namespace voxmark::ui {

/// What is to be measured, on which volume and how often; starts it, stops it and says how long it still takes.
class ScenarioPane : public QWidget {
  Q_OBJECT
 public:
  ScenarioPane(BenchRunner& runner, QWidget* parent);
  /// The file that scenarios run on; empty: there is none.
  void setInput(const QString& name, const std::string& path);
  [[nodiscard]] ScenarioTreeModel& model() const { return *model_; }
  void say(const QString& text);

 private:
  void makeTree();
  /// Which scenarios there are: on the open file, or of a preset on synthetic volumes.
  void fillScenarios();
  void fillSpecs(const std::string& preset);
  void editAxis(int scenario, int parameter, const QString& value);
  [[nodiscard]] bool onFile() const;
  void run();
  void refresh();
  void showProgress(double fraction, const QString& phase, double secondsLeft);

  BenchRunner& runner_;
  ScenarioTreeModel* model_;
  QTreeView* tree_;
  QComboBox* source_;
  QComboBox* preset_;
  std::vector<profiling::ScenarioSpec> specs_;  ///< of the scenarios of the tree; none for those on a file
  QPushButton* run_;
  QPushButton* stop_;
  QProgressBar* progress_;
  QLabel* note_;
  QString name_;
  std::string path_;
};

}  // namespace voxmark::ui
