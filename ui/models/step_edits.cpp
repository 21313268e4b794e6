#include "ui/models/step_edits.h"

#include <algorithm>

namespace voxmark::ui {
namespace {

bool hasRow(const Session& session, int row) {
  return row >= 0 && row < static_cast<int>(session.document().steps.size());
}

const PipelineStep& stepAt(const Session& session, int row) {
  return session.document().steps[static_cast<std::size_t>(row)];
}

/// With the last step the recipe is gone, and what is added next starts from whatever is looked at.
void forgetRecipe(Document& document) {
  if (document.steps.empty()) document.forgetResults();
}

QString labelled(const QString& what, const Session& session, int row) {
  return what.arg(nameOf(stepAt(session, row)));
}

}  // namespace

int insertStep(Session& session, const Operation& operation, int after) {
  const auto place = std::clamp(after + 1, 0, static_cast<int>(session.document().steps.size()));
  const QString label = Session::tr("Add step: %1").arg(QString::fromStdString(describe(operation)));
  session.edit(label, [&](Document& d) { d.steps.insert(d.steps.begin() + place, {operation, true, {}}); });
  return place;
}

void removeStep(Session& session, int row) {
  if (!hasRow(session, row)) return;
  session.edit(labelled(Session::tr("Remove step: %1"), session, row), [row](Document& d) {
    d.steps.erase(d.steps.begin() + row);
    forgetRecipe(d);
  });
}

void duplicateStep(Session& session, int row) {
  if (!hasRow(session, row)) return;
  session.edit(labelled(Session::tr("Duplicate step: %1"), session, row), [row](Document& d) {
    const PipelineStep copy = d.steps[static_cast<std::size_t>(row)];
    d.steps.insert(d.steps.begin() + row + 1, copy);
  });
}

void moveStep(Session& session, int row, int target) {
  if (!hasRow(session, row) || !hasRow(session, target) || row == target) return;
  session.edit(labelled(Session::tr("Move step: %1"), session, row), [=](Document& d) {
    const auto from = d.steps.begin() + row;
    const auto to = d.steps.begin() + target;
    if (row < target) {
      std::rotate(from, from + 1, to + 1);
    } else {
      std::rotate(to, from, from + 1);
    }
  });
}

void switchStep(Session& session, int row, bool on) {
  if (!hasRow(session, row) || stepAt(session, row).enabled == on) return;
  session.edit(labelled(on ? Session::tr("Switch on step: %1") : Session::tr("Switch off step: %1"), session, row),
               [=](Document& d) { d.steps[static_cast<std::size_t>(row)].enabled = on; });
}

void renameStep(Session& session, int row, const QString& name) {
  if (!hasRow(session, row)) return;
  std::string text = name.trimmed().toStdString();
  if (text == describe(stepAt(session, row).operation)) text.clear();
  if (text == stepAt(session, row).name) return;
  session.edit(Session::tr("Rename step"), [&](Document& d) { d.steps[static_cast<std::size_t>(row)].name = text; });
}

void changeStep(Session& session, int row, const Operation& operation, const std::string& key) {
  if (!hasRow(session, row) || stepAt(session, row).operation == operation) return;
  session.edit(
      Session::tr("Change step: %1").arg(QString::fromStdString(describe(operation))),
      [&](Document& d) { d.steps[static_cast<std::size_t>(row)].operation = operation; }, key);
}

void replaceSteps(Session& session, const QString& label, std::vector<PipelineStep> steps) {
  if (session.document().steps == steps) return;
  session.edit(label, [&](Document& d) {
    d.steps = std::move(steps);
    forgetRecipe(d);
  });
}

void applyStepsToResult(Session& session, int layer) {
  const Layer* found = session.document().find(layer);
  if (found == nullptr || !found->ofSteps) return;
  session.edit(Session::tr("Apply the steps to %1").arg(QString::fromStdString(found->name)), [layer](Document& d) {
    for (Layer& one : d.layers) {
      if (one.id == layer) one.ofSteps = false;
    }
  });
}

QString nameOf(const PipelineStep& step) {
  return QString::fromStdString(step.name.empty() ? describe(step.operation) : step.name);
}

}  // namespace voxmark::ui
