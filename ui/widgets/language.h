#pragma once

#include <QStringList>

class QApplication;

namespace voxmark::ui {

/// Codes of the languages that the texts are there in: "en", and one for each voxmark_CODE.qm of the installation.
[[nodiscard]] QStringList languages();
/// The one that the user has set ("appearance/language"); empty: the system's.
[[nodiscard]] QString language();
void setLanguage(const QString& code);
/// Translates the texts of widgets made from now on, where there is a translation.
void installLanguage(QApplication& application);

}  // namespace voxmark::ui
