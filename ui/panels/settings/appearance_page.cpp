#include "ui/panels/settings/appearance_page.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSpinBox>

#include "ui/widgets/language.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {

AppearancePage::AppearancePage(QWidget* parent)
    : SettingsPage(parent), theme_(new QComboBox(this)), textSize_(new QSpinBox(this)), language_(new QComboBox(this)) {
  theme_->setObjectName("theme");
  theme_->setAccessibleName(tr("Theme"));
  theme_->addItems({tr("Dark"), tr("Light"), tr("As the system")});  // in the order of ThemeMode
  textSize_->setObjectName("textSize");
  textSize_->setAccessibleName(tr("Text size"));
  textSize_->setRange(75, 200);
  textSize_->setSingleStep(5);
  textSize_->setSuffix(tr(" %"));
  textSize_->setKeyboardTracking(false);
  language_->setObjectName("language");
  language_->setAccessibleName(tr("Language"));
  auto* form = new QFormLayout(this);
  form->addRow(tr("Theme"), theme_);
  form->addRow(tr("Text size"), textSize_);
  form->addRow(tr("Language"), language_);
  language_->addItem(tr("As the system"), QString());
  for (const QString& code : languages()) language_->addItem(QLocale(code).nativeLanguageName(), code);
  auto* note = new QLabel(tr("Another language takes effect at the next start."), this);
  setTone(note, "soft");
  form->addRow(QString(), note);
  const bool several = languages().size() > 1;
  for (QWidget* widget :
       {static_cast<QWidget*>(language_), form->labelForField(language_), static_cast<QWidget*>(note)})
    widget->setVisible(several);
  connect(theme_, &QComboBox::activated, this, [](int row) { setThemeMode(static_cast<ThemeMode>(row)); });
  connect(textSize_, &QSpinBox::valueChanged, this, [](int percent) { setTextSize(percent); });
  connect(language_, &QComboBox::activated, this, [this] { setLanguage(language_->currentData().toString()); });
}

void AppearancePage::showSettings() {
  const QSignalBlocker blockers[] = {QSignalBlocker(theme_), QSignalBlocker(textSize_), QSignalBlocker(language_)};
  theme_->setCurrentIndex(static_cast<int>(themeMode()));
  textSize_->setValue(textSize());
  language_->setCurrentIndex(std::max(0, language_->findData(language())));
}

void AppearancePage::restoreDefaults() {
  setThemeMode(ThemeMode::Dark);
  setTextSize(100);
  setLanguage({});
}

}  // namespace voxmark::ui
