#include "ui/widgets/language.h"

#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

namespace voxmark::ui {
namespace {

const QString kLanguage = "appearance/language";

QString folder() {
  return QApplication::applicationDirPath() + "/../share/voxmark/translations";
}

}  // namespace

QStringList languages() {
  QStringList out{"en"};
  for (const QString& file : QDir(folder()).entryList({"voxmark_*.qm"}, QDir::Files, QDir::Name)) {
    out << file.section('_', 1).section('.', 0, 0);
  }
  return out;
}

QString language() {
  return QSettings().value(kLanguage).toString();
}

void setLanguage(const QString& code) {
  QSettings().setValue(kLanguage, code);
}

void installLanguage(QApplication& application) {
  auto* translator = new QTranslator(&application);
  const QLocale locale = language().isEmpty() ? QLocale() : QLocale(language());
  if (translator->load(locale, "voxmark", "_", folder())) {
    QApplication::installTranslator(translator);
  } else {
    delete translator;
  }
}

}  // namespace voxmark::ui
