#include "ui/models/loss_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace voxmark::ui {
namespace {

class LossText {
  Q_DECLARE_TR_FUNCTIONS(LossText)
};

QString number(double value) {
  return QString::number(value, 'g', 4);
}

/// "1,204 (0.3 %)"
QString share(std::uint64_t n, std::uint64_t of) {
  const double percent = 100.0 * static_cast<double>(n) / static_cast<double>(std::max<std::uint64_t>(of, 1));
  return QString("%1 (%2 %)").arg(QLocale().toString(static_cast<qulonglong>(n)), QString::number(percent, 'g', 2));
}

}  // namespace

QString lossText(const Loss& loss) {
  QStringList out;
  if (loss.clipped > 0) out << LossText::tr("clipped %1").arg(share(loss.clipped, loss.count));
  if (loss.nonfinite > 0) out << LossText::tr("not a number %1").arg(share(loss.nonfinite, loss.count));
  if (loss.maxAbsError > 0) {
    out << LossText::tr("error at most %1, mean %2").arg(number(loss.maxAbsError), number(loss.meanAbsError()));
    if (std::isfinite(loss.psnr())) out << LossText::tr("PSNR %1 dB").arg(loss.psnr(), 0, 'f', 1);
  }
  return out.isEmpty() ? LossText::tr("none") : out.join(", ");
}

QString shortLossText(const Loss& loss) {
  const auto percent = [&](std::uint64_t n) {
    return QString::number(100.0 * static_cast<double>(n) / static_cast<double>(std::max<std::uint64_t>(loss.count, 1)),
                           'g', 2);
  };
  if (loss.clipped > 0) return LossText::tr("clipped %1 %").arg(percent(loss.clipped));
  if (loss.nonfinite > 0) return LossText::tr("not a number %1 %").arg(percent(loss.nonfinite));
  if (loss.maxAbsError > 0) return LossText::tr("error ≤ %1").arg(QString::number(loss.maxAbsError, 'g', 2));
  return LossText::tr("no loss");
}

std::shared_ptr<const RunLoss> runLossOf(const ExecutionReport& report) {
  RunLoss out{report.loss, {}};
  for (const StepLoss& one : report.steps) out.steps.emplace_back(one.step, one.loss);
  return std::make_shared<const RunLoss>(std::move(out));
}

}  // namespace voxmark::ui
