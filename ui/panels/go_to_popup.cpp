#include "ui/panels/go_to_popup.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/document/coordinate_text.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {

GoToPopup::GoToPopup(Session& session, QWidget* parent) : QDialog(parent), session_(session) {
  setObjectName("goTo");
  setWindowTitle(tr("Go to coordinate"));
  place_ = new QLineEdit(this);
  place_->setObjectName("goToPlace");
  place_->setAccessibleName(tr("Place"));
  place_->setClearButtonEnabled(true);
  kind_ = new QComboBox(this);
  kind_->setObjectName("goToKind");
  kind_->setAccessibleName(tr("Kind of coordinate"));
  kind_->addItems({tr("Voxel i j k"), tr("LPS mm"), tr("RAS mm")});
  message_ = new QLabel(this);
  message_->setObjectName("goToMessage");
  message_->setWordWrap(true);
  message_->setMinimumHeight(2 * fontMetrics().lineSpacing());
  message_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  auto* goButton = new QPushButton(tr("Go"), this);
  goButton->setObjectName("goToGo");
  goButton->setDefault(true);
  auto* closeButton = new QPushButton(tr("Close"), this);
  closeButton->setAutoDefault(false);
  auto* form = new QFormLayout;
  form->addRow(tr("Coordinate"), kind_);
  form->addRow(tr("Place"), place_);
  auto* buttons = new QHBoxLayout;
  buttons->addStretch(1);
  buttons->addWidget(goButton);
  buttons->addWidget(closeButton);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(form);
  layout->addWidget(message_);
  layout->addLayout(buttons);
  setMinimumWidth(360);
  connect(goButton, &QPushButton::clicked, this, &GoToPopup::go);
  connect(closeButton, &QPushButton::clicked, this, &QDialog::close);
  connect(kind_, &QComboBox::currentIndexChanged, this, &GoToPopup::showExample);
  connect(place_, &QLineEdit::textEdited, this, &GoToPopup::showExample);
}

void GoToPopup::ask() {
  showExample();
  show();
  raise();
  activateWindow();
  place_->setFocus();
  place_->selectAll();
}

void GoToPopup::showExample() {
  const Document& document = session_.document();
  const Layer* layer = document.active();
  setTone(message_, {});
  if (layer == nullptr || !layer->volume) {
    message_->setText(tr("Open a volume first."));
    return;
  }
  const Vec3& lps = document.views.crosshair;
  std::string now;
  if (kind_->currentIndex() == static_cast<int>(CoordinateKind::Voxel)) {
    const Vec3 voxel = worldToVoxel(layer->volume->geometry(), lps);
    now = fmt::format("{:.0f} {:.0f} {:.0f}", voxel[0], voxel[1], voxel[2]);
  } else {
    const double turn = kind_->currentIndex() == static_cast<int>(CoordinateKind::Ras) ? -1 : 1;
    now = fmt::format("{:.1f} {:.1f} {:.1f}", turn * lps[0], turn * lps[1], lps[2]);
  }
  place_->setPlaceholderText(QString::fromStdString(now));
  message_->setText(tr("The crosshair is at %1. Letters work too: R 17.6 P 35.3 S 12.1").arg(now.c_str()));
}

void GoToPopup::go() {
  try {
    const auto kind = static_cast<CoordinateKind>(kind_->currentIndex());
    const Vec3 world = placeFromText(place_->text().toStdString(), kind, session_.document());
    session_.look([&](Document& d) { d.views.crosshair = world; });
    showExample();
  } catch (const Error& error) {
    setTone(message_, "error");
    QString what = QString::fromStdString(error.what());
    what[0] = what[0].toUpper();
    message_->setText(what + ".");
  }
  place_->setFocus();
  place_->selectAll();
}

}  // namespace voxmark::ui
