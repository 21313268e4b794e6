#include "ui/panels/picture_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>

namespace voxmark::ui {
namespace {

const QString kScale = "picture/scale";
const QString kAnnotations = "picture/annotations";

}  // namespace

PictureDialog::PictureDialog(const QList<Choice>& choices, QWidget* parent)
    : QDialog(parent),
      choices_(choices),
      what_(new QComboBox(this)),
      scale_(new QSpinBox(this)),
      annotations_(new QCheckBox(tr("&Texts, letters and crosshair"), this)),
      size_(new QLabel(this)) {
  setObjectName("pictureDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Save picture"));
  what_->setObjectName("pictureWhat");
  what_->setAccessibleName(tr("What the picture shows"));
  for (const Choice& choice : choices_) what_->addItem(choice.name);
  scale_->setObjectName("pictureScale");
  scale_->setAccessibleName(tr("Scale"));
  scale_->setSuffix("×");
  scale_->setToolTip(tr("Pixels a pixel of the screen: everything is drawn anew, finer"));
  annotations_->setObjectName("pictureAnnotations");
  size_->setObjectName("pictureSize");
  const QSettings settings;
  annotations_->setChecked(settings.value(kAnnotations, true).toBool());
  auto* form = new QFormLayout;
  form->addRow(tr("&Show"), what_);
  form->addRow(tr("S&cale"), scale_);
  form->addRow(QString(), size_);
  form->addRow(tr("With"), annotations_);
  auto* buttons = new QDialogButtonBox(this);
  save_ = buttons->addButton(tr("&Save…"), QDialogButtonBox::AcceptRole);
  save_->setObjectName("pictureSave");
  auto* copy = buttons->addButton(tr("C&opy"), QDialogButtonBox::ActionRole);
  copy->setObjectName("pictureCopy");
  copy->setToolTip(tr("Put the picture on the clipboard"));
  buttons->addButton(QDialogButtonBox::Cancel);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(form);
  layout->addWidget(buttons);
  connect(what_, &QComboBox::currentIndexChanged, this, &PictureDialog::update);
  connect(scale_, &QSpinBox::valueChanged, this, &PictureDialog::update);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(save_, &QPushButton::clicked, this, [this] {
    accept();
    Q_EMIT saveRequested();
  });
  connect(copy, &QPushButton::clicked, this, [this] {
    accept();
    Q_EMIT copyRequested();
  });
  connect(this, &QDialog::accepted, this, [this] {
    QSettings kept;
    kept.setValue(kScale, scale_->value());
    kept.setValue(kAnnotations, annotations_->isChecked());
  });
  update();
  scale_->setValue(settings.value(kScale, 1).toInt());
}

PictureMaker::Request PictureDialog::request() const {
  return {choices_.at(what_->currentIndex()).what, scale_->value(), annotations_->isChecked()};
}

void PictureDialog::update() {
  const QWidget* what = choices_.at(what_->currentIndex()).what;
  if (what == nullptr) return;
  scale_->setRange(1, PictureMaker::largestScale(*what));
  const QSize pixels = what->size() * what->devicePixelRatio() * scale_->value();
  size_->setText(tr("%1 × %2 pixels").arg(pixels.width()).arg(pixels.height()));
}

}  // namespace voxmark::ui
