#include "ui/models/session.h"

#include <memory>

namespace voxmark::ui {

Session::Session(QObject* parent) : QObject(parent), history_(std::make_shared<const Document>()) {}

void Session::edit(const QString& label, const std::function<void(Document&)>& change, const std::string& mergeKey) {
  Document next = document();
  change(next);
  history_.push(std::make_shared<const Document>(std::move(next)), label.toStdString(), mergeKey);
  Q_EMIT changed();
}

void Session::look(const std::function<void(Document&)>& change) {
  Document next = document();
  change(next);
  history_.replace(std::make_shared<const Document>(std::move(next)));
  Q_EMIT changed();
}

void Session::undo() {
  const ViewsState views = document().views;
  history_.undo();
  if (!document().layers.empty()) look([&](Document& d) { d.views = views; });
  Q_EMIT changed();
}

void Session::redo() {
  history_.redo();
  Q_EMIT changed();
}

}  // namespace voxmark::ui
