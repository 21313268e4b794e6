#include "ui/panels/settings/general_page.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include "core/base/cpu_info.h"
#include "ui/models/autosave.h"
#include "ui/models/preferences.h"
#include "ui/panels/session_desk.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {

GeneralPage::GeneralPage(SessionDesk& desk, QWidget* parent)
    : SettingsPage(parent),
      desk_(desk),
      oneWindow_(new QCheckBox(tr("Open files in the window that is there"), this)),
      autosave_(new QSpinBox(this)),
      threads_(new QSpinBox(this)) {
  oneWindow_->setObjectName("oneWindow");
  oneWindow_->setToolTip(tr("Otherwise every start opens a window of its own"));
  autosave_->setObjectName("autosaveSeconds");
  autosave_->setAccessibleName(tr("Seconds until changes are kept"));
  autosave_->setRange(1, 600);
  autosave_->setSuffix(tr(" s"));
  threads_->setObjectName("threads");
  threads_->setAccessibleName(tr("Threads that compute"));
  threads_->setRange(0, std::max(cpuInfo().logicalCores, 1));
  threads_->setSpecialValueText(tr("All (%1)").arg(cpuInfo().logicalCores));
  auto* note = new QLabel(tr("Another number of threads takes effect at the next start."), this);
  note->setWordWrap(true);
  setTone(note, "soft");
  auto* form = new QFormLayout(this);
  form->addRow(tr("Start"), oneWindow_);
  form->addRow(tr("Keep changes for recovery after"), autosave_);
  form->addRow(tr("Threads"), threads_);
  form->addRow(QString(), note);
  connect(oneWindow_, &QCheckBox::toggled, this, [](bool on) { setOneWindow(on); });
  connect(threads_, &QSpinBox::valueChanged, this, [](int threads) { setComputingThreads(threads); });
  connect(autosave_, &QSpinBox::valueChanged, this, [this](int seconds) {
    setAutosaveSeconds(seconds);
    if (desk_.autosave() != nullptr) desk_.autosave()->setInterval(1000 * seconds);
  });
}

void GeneralPage::showSettings() {
  const QSignalBlocker blockers[] = {QSignalBlocker(oneWindow_), QSignalBlocker(autosave_), QSignalBlocker(threads_)};
  oneWindow_->setChecked(oneWindow());
  autosave_->setValue(autosaveSeconds());
  threads_->setValue(computingThreads());
}

void GeneralPage::restoreDefaults() {
  clearPreferences();
  if (desk_.autosave() != nullptr) desk_.autosave()->setInterval(1000 * autosaveSeconds());
}

}  // namespace voxmark::ui
