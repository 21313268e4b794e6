#include "ui/panels/focus_cycle.h"

#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>
#include <QToolBar>

namespace voxmark::ui {
namespace {

bool takesFocus(const QWidget* widget) {
  return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0;
}

/// Of docks behind one another only one can be seen, and only that one can be pointed at.
bool isInFront(const QMainWindow& window, const QDockWidget& dock) {
  if (!dock.isVisible()) return false;
  const QWidget* top = window.childAt(dock.geometry().center());
  return top == &dock || (top != nullptr && dock.isAncestorOf(top));
}

/// The first in the order of Tab.
QWidget* firstIn(QWidget* part) {
  if (takesFocus(part)) return part;
  for (QWidget* at = part->nextInFocusChain(); at != part; at = at->nextInFocusChain()) {
    if (part->isAncestorOf(at) && takesFocus(at)) return at;
  }
  return nullptr;
}

}  // namespace

FocusCycle::FocusCycle(QMainWindow* window) : QObject(window), window_(window) {
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
    if (window_ == nullptr || now == nullptr || now->window() != window_) return;
    for (const QWidget* part : parts()) {
      if (part->isAncestorOf(now)) left_[part] = now;
    }
  });
}

QList<QWidget*> FocusCycle::parts() const {
  QList<QWidget*> out{window_->centralWidget()};
  for (Qt::DockWidgetArea area :
       {Qt::RightDockWidgetArea, Qt::BottomDockWidgetArea, Qt::LeftDockWidgetArea, Qt::TopDockWidgetArea}) {
    for (auto* dock : window_->findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
      if (window_->dockWidgetArea(dock) == area && isInFront(*window_, *dock)) out << dock;
    }
  }
  for (auto* bar : window_->findChildren<QToolBar*>(QString(), Qt::FindDirectChildrenOnly)) out << bar;
  return out;
}

void FocusCycle::step(int by) {
  const QList<QWidget*> all = parts();
  const auto count = static_cast<int>(all.size());
  const QWidget* now = QApplication::focusWidget();
  int at = by > 0 ? -1 : 0;
  for (int n = 0; n < count; ++n) {
    if (now != nullptr && all[n]->isAncestorOf(now)) at = n;
  }
  for (int tried = 1; tried <= count; ++tried) {
    QWidget* part = all[(at + by * tried + 2 * count) % count];
    QWidget* target = left_.value(part);
    if (target == nullptr || !takesFocus(target) || !part->isAncestorOf(target)) target = firstIn(part);
    if (target == nullptr) continue;
    target->setFocus(by > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return;
  }
}

}  // namespace voxmark::ui
