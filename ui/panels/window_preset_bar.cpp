#include "ui/panels/window_preset_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include "ui/models/layer_edits.h"
#include "ui/models/window_presets.h"
#include "ui/widgets/value_box.h"

namespace voxmark::ui {
namespace {

constexpr int kWindowRole = Qt::UserRole;

void addPreset(QComboBox* box, const WindowPreset& preset, const QString& key) {
  const DisplayWindow& window = preset.window;
  QString text =
      QString("%1   %2 / %3")
          .arg(preset.name, valueText(window.width, window.width * 100), valueText(window.level, window.width * 100));
  if (!key.isEmpty()) text += QString("   [%1]").arg(key);
  box->addItem(text, QVariantList{window.width, window.level});
}

DisplayWindow windowOf(const QComboBox* box, int index) {
  const QVariantList numbers = box->itemData(index, kWindowRole).toList();
  return numbers.size() == 2 ? DisplayWindow{numbers[0].toDouble(), numbers[1].toDouble()} : DisplayWindow{};
}

}  // namespace

WindowPresetBar::WindowPresetBar(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), presets_(new QComboBox(this)) {
  presets_->setObjectName("windowPreset");
  presets_->setAccessibleName(tr("Window preset"));
  presets_->setToolTip(tr("Windows by name, width / level; the number in brackets is the key"));
  presets_->setPlaceholderText(tr("Choose a window…"));
  presets_->setMaxVisibleItems(24);
  presets_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  presets_->setMinimumContentsLength(12);
  presets_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  auto* more = new QToolButton(this);
  more->setObjectName("windowPresetMenu");
  more->setText(tr("Own"));
  more->setToolTip(tr("Save this window under a name, or delete one of your own"));
  more->setAccessibleName(tr("Own windows"));
  auto* menu = new QMenu(more);
  // A menu that the button opens by itself would hold up the event loop while it is open.
  connect(more, &QToolButton::clicked, menu,
          [more, menu] { menu->popup(more->mapToGlobal(QPoint(0, more->height()))); });
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(presets_, 1);
  row->addWidget(more);
  connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(menu); });
  connect(presets_, &QComboBox::activated, this, [this](int index) {
    const DisplayWindow window = windowOf(presets_, index);
    if (!(window.width > 0)) return;
    editActiveDisplay(session_, tr("Window preset"), [&](LayerDisplay& d) { d.window = window; });
  });
  connect(&session_, &Session::changed, this, &WindowPresetBar::follow);
  fill();
}

void WindowPresetBar::fill() {
  const QSignalBlocker blocker(presets_);
  presets_->clear();
  const auto own = ownWindows();
  for (const WindowPreset& preset : own) addPreset(presets_, preset, {});
  if (!own.empty()) presets_->insertSeparator(presets_->count());
  constexpr int kFirstKey = 3;
  constexpr int kLastKey = 8;
  int key = kFirstKey;
  for (const WindowPreset& preset : ctWindows()) {
    addPreset(presets_, preset, key <= kLastKey ? QString::number(key) : QString());
    ++key;
  }
  follow();
}

void WindowPresetBar::follow() {
  const Layer* active = session_.document().active();
  int found = -1;
  for (int n = 0; active != nullptr && found < 0 && n < presets_->count(); ++n) {
    if (windowOf(presets_, n) == active->display.window) found = n;
  }
  const QSignalBlocker blocker(presets_);
  if (presets_->currentIndex() != found) presets_->setCurrentIndex(found);
}

void WindowPresetBar::fillMenu(QMenu* menu) {
  menu->clear();
  menu->addAction(tr("Save this window…"), this, &WindowPresetBar::askToKeep)
      ->setEnabled(session_.document().active() != nullptr);
  const auto own = ownWindows();
  if (own.empty()) return;
  menu->addSeparator();
  for (const WindowPreset& preset : own) {
    menu->addAction(tr("Delete “%1”").arg(preset.name), this, [this, name = preset.name] {
      removeOwnWindow(name);
      fill();
    });
  }
}

void WindowPresetBar::askToKeep() {
  const Layer* active = session_.document().active();
  if (active == nullptr) return;
  const DisplayWindow window = active->display.window;
  auto* dialog = new QInputDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Save this window"));
  dialog->setLabelText(tr("Name for the window %1 / %2:")
                           .arg(valueText(window.width, window.width), valueText(window.level, window.width)));
  connect(dialog, &QInputDialog::textValueSelected, this, [this, window](const QString& name) {
    if (name.trimmed().isEmpty()) return;
    keepOwnWindow({name.trimmed(), window});
    fill();
  });
  dialog->open();
}

}  // namespace voxmark::ui
