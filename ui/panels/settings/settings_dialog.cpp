#include "ui/panels/settings/settings_dialog.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace voxmark::ui {

SettingsDialog::SettingsDialog(QWidget* window)
    : QDialog(window), list_(new QListWidget(this)), pages_(new QStackedWidget(this)) {
  setObjectName("settings");
  setWindowTitle(tr("Settings"));
  list_->setObjectName("settingsPages");
  list_->setAccessibleName(tr("Pages"));
  auto* defaults = new QPushButton(tr("Restore the &defaults of this page"), this);
  defaults->setObjectName("restoreDefaults");
  defaults->setAutoDefault(false);
  auto* close = new QPushButton(tr("&Close"), this);
  close->setObjectName("closeSettings");
  close->setAutoDefault(false);
  auto* middle = new QHBoxLayout;
  middle->addWidget(list_);
  middle->addWidget(pages_, 1);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(defaults);
  buttons->addStretch(1);
  buttons->addWidget(close);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(middle, 1);
  layout->addLayout(buttons);
  connect(list_, &QListWidget::currentRowChanged, this, &SettingsDialog::turnTo);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  connect(defaults, &QPushButton::clicked, this, [this] {
    auto* page = pages_->currentWidget()->findChild<SettingsPage*>();
    page->restoreDefaults();
    page->showSettings();
  });
}

void SettingsDialog::addPage(const QString& title, const char* name, SettingsPage* page) {
  page->setObjectName(name);
  auto* scroll = new QScrollArea(pages_);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(page);
  pages_->addWidget(scroll);
  list_->addItem(title);
  list_->setFixedWidth(list_->sizeHintForColumn(0) + 3 * list_->fontMetrics().averageCharWidth() + 12);
}

void SettingsDialog::turnTo(int row) {
  pages_->setCurrentIndex(row);
  if (auto* scroll = pages_->currentWidget()) scroll->findChild<SettingsPage*>()->showSettings();
}

void SettingsDialog::ask(const QString& name) {
  int row = std::max(0, list_->currentRow());
  for (int n = 0; n < pages_->count(); ++n) {
    if (pages_->widget(n)->findChild<SettingsPage*>()->objectName() == name) row = n;
  }
  list_->setCurrentRow(row);
  turnTo(row);
  if (!isVisible()) resize(QSize(760, 520).boundedTo(parentWidget()->size()));
  show();
  raise();
  activateWindow();
  list_->setFocus();
}

}  // namespace voxmark::ui
