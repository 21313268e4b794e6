#include "ui/panels/settings/mouse_page.h"

#include <QCheckBox>
#include <QGroupBox>
#include <QLabel>
#include <QRadioButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/widgets/mouse_bindings.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

const QString kInvert = "mouse/invertLevel";

}  // namespace

MousePage::MousePage(QWidget* parent)
    : SettingsPage(parent), invert_(new QCheckBox(tr("Dragging down raises the level"), this)) {
  auto* box = new QGroupBox(tr("Mouse as in"), this);
  auto* column = new QVBoxLayout(box);
  for (const MousePreset& preset : mousePresets()) {
    auto* button = new QRadioButton(preset.name, box);
    const QString id = preset.id;
    button->setObjectName("mouse_" + id);
    button->setProperty("preset", id);
    button->setAccessibleDescription(preset.summary);
    auto* summary = new QLabel(preset.summary, box);
    summary->setWordWrap(true);
    summary->setIndent(24);
    setTone(summary, "soft");
    column->addWidget(button);
    column->addWidget(summary);
    presets_ << button;
    connect(button, &QRadioButton::clicked, this, [id] { setMousePreset(id); });
  }
  invert_->setObjectName("invertLevel");
  invert_->setToolTip(tr("When window and level are dragged; otherwise down lowers it"));
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(box);
  layout->addWidget(invert_);
  layout->addStretch(1);
  connect(invert_, &QCheckBox::toggled, this, [](bool on) { QSettings().setValue(kInvert, on); });
}

void MousePage::showSettings() {
  const QSignalBlocker blocker(invert_);
  const QString now = currentMousePreset().id;
  for (QRadioButton* button : presets_) button->setChecked(button->property("preset") == now);
  invert_->setChecked(levelInverted());
}

void MousePage::restoreDefaults() {
  QSettings settings;
  settings.remove("mouse/preset");
  settings.remove(kInvert);
}

}  // namespace voxmark::ui
