#include "ui/widgets/charts/chart_file.h"

#include <QFileInfo>
#include <QSvgGenerator>

#include "core/document/table_text.h"
#include "ui/widgets/charts/chart.h"

namespace voxmark::ui {
namespace {

bool saveSvg(Chart& chart, const QString& path) {
  QSvgGenerator file;
  file.setFileName(path);
  file.setSize(chart.size());
  file.setViewBox(chart.rect());
  file.setTitle(chart.accessibleName());
  QCPPainter painter;
  if (!painter.begin(&file)) return false;
  painter.setMode(QCPPainter::pmVectorized);
  painter.setMode(QCPPainter::pmNoCaching);
  painter.fillRect(chart.rect(), chart.palette().color(QPalette::Window));
  chart.toPainter(&painter, chart.width(), chart.height());
  return painter.end();
}

}  // namespace

void saveChart(Chart& chart, const QString& path) {
  const QString ending = QFileInfo(path).suffix().toLower();
  const std::string name = path.toStdString();
  if (ending == "csv") {
    std::string text;
    for (const auto& line : chart.table()) text += csvLine(line);
    saveText(name, text);
    return;
  }
  if (ending != "png" && ending != "svg")
    throw fileError(ErrorCode::Usage, name, "a chart is saved as .png, .svg or .csv");
  const bool saved = ending == "svg" ? saveSvg(chart, path) : chart.savePng(path, 0, 0, 2);
  if (!saved) throw fileError(ErrorCode::Io, name, "the chart cannot be written");
}

QFileDialog* chartDialog(Chart& chart) {
  auto* dialog = new QFileDialog(&chart, Chart::tr("Save the chart"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilters({Chart::tr("Picture (*.png)"), Chart::tr("Drawing (*.svg)"), Chart::tr("Table (*.csv)")});
  dialog->setDefaultSuffix("png");
  dialog->selectFile("chart.png");
  QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
    const QString ending = filter.section("*.", 1).section(')', 0, 0);
    dialog->setDefaultSuffix(ending);
    const QStringList chosen = dialog->selectedFiles();
    if (!chosen.isEmpty()) dialog->selectFile(QFileInfo(chosen.front()).completeBaseName() + "." + ending);
  });
  return dialog;
}

}  // namespace voxmark::ui
