#include "ui/panels/about_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

#include <qcustomplot.h>
#include <vtkVersion.h>

#include "core/base/cpu_info.h"

namespace voxmark::ui {

AboutDialog::AboutDialog(const QStringList& devices, const QString& renderer, QWidget* window) : QDialog(window) {
  setObjectName("about");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("About Voxmark"));
  const CpuInfo& cpu = cpuInfo();
  QStringList lines{
      tr("Qt %1, VTK %2, QCustomPlot %3").arg(qVersion(), vtkVersion::GetVTKVersion(), QCUSTOMPLOT_VERSION_STR),
      QString(), tr("Processor: %1, %2 threads").arg(QString::fromStdString(cpu.name)).arg(cpu.logicalCores),
      tr("Memory: %1 GiB").arg(static_cast<double>(cpu.memoryBytes) / 1073741824.0, 0, 'f', 1),
      tr("System: %1").arg(QString::fromStdString(cpu.kernel))};
  if (!renderer.isEmpty()) lines << tr("Views drawn by: %1").arg(renderer);
  for (const QString& device : devices) lines << tr("Computes on %1").arg(device);
  auto* heading = new QLabel(QString("Voxmark %1").arg(VOXMARK_VERSION), this);
  QFont large = heading->font();
  large.setPointSizeF(large.pointSizeF() * 1.6);
  heading->setFont(large);
  auto* what = new QLabel(tr("Views, converts and measures medical volumes. Not for diagnosis."), this);
  auto* text = new QLabel(lines.join('\n'), this);
  text->setObjectName("aboutText");
  text->setAccessibleName(tr("Version and machine"));
  text->setTextFormat(Qt::PlainText);
  text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* buttons = new QDialogButtonBox(this);
  buttons->addButton(tr("&Close"), QDialogButtonBox::RejectRole);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(12);
  layout->addWidget(heading);
  layout->addWidget(what);
  layout->addWidget(text);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
}

}  // namespace voxmark::ui
