#pragma once

#include <QDialog>

namespace voxmark::ui {

/// The version, the libraries it runs with, and the devices of this machine.
class AboutDialog : public QDialog {
  Q_OBJECT
 public:
  /// `devices`: a line each. `renderer`: what OpenGL calls itself; empty where it is not known yet.
  AboutDialog(const QStringList& devices, const QString& renderer, QWidget* window);
};

}  // namespace voxmark::ui
