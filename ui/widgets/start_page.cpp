#include "ui/widgets/start_page.h"

#include <QAction>
#include <QCoreApplication>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace voxmark::ui {
namespace {

constexpr int kIcon = 144;
constexpr int kPathRole = Qt::UserRole;
constexpr int kSeriesRole = Qt::UserRole + 1;

/// A square with what is known of the file: its picture, or the ending of its name; faint where it is gone.
QIcon iconOf(const RecentFiles::Entry& entry, const QPalette& palette, double ratio) {
  QPixmap out(QSize(kIcon, kIcon) * ratio);
  out.setDevicePixelRatio(ratio);
  out.fill(entry.picture.isNull() ? palette.color(QPalette::Base) : Qt::black);
  QPainter painter(&out);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  if (!entry.there) painter.setOpacity(0.35);
  const QRect square(0, 0, kIcon, kIcon);
  if (entry.picture.isNull()) {
    QFont font = painter.font();
    font.setPixelSize(20);
    painter.setFont(font);
    painter.setPen(palette.color(QPalette::PlaceholderText));
    const QString name = QFileInfo(entry.path).fileName();
    const auto dot = name.indexOf('.');
    painter.drawText(square, Qt::AlignCenter, dot < 0 ? StartPage::tr("folder") : name.mid(dot).right(10));
  } else {
    painter.drawImage(square, entry.picture);
  }
  painter.setOpacity(1);
  painter.setPen(palette.color(QPalette::Mid));
  painter.drawRect(square.adjusted(0, 0, -1, -1));
  painter.end();
  QIcon icon(out);
  icon.addPixmap(out, QIcon::Selected);
  return icon;
}

}  // namespace

QString sampleVolume() {
  const QString name = "sample/brain_t1.nii.gz";
  const QString program = QCoreApplication::applicationDirPath();
  for (const QString& folder : {program + "/../share/voxmark/", program + "/../../../resources/"}) {
    if (QFileInfo::exists(folder + name)) return QFileInfo(folder + name).canonicalFilePath();
  }
  return {};
}

StartPage::StartPage(RecentFiles& recent, QWidget* parent)
    : QWidget(parent), recent_(recent), title_(new QLabel(this)), list_(new QListWidget(this)) {
  setObjectName("startPage");
  setAutoFillBackground(true);
  auto* heading = new QLabel(tr("Open a volume"), this);
  QFont large = heading->font();
  large.setPointSizeF(large.pointSizeF() * 1.7);
  heading->setFont(large);
  auto* hint = new QLabel(
      tr("Or drop files, a DICOM folder or a session anywhere in this window; with Ctrl they lie on top."), this);
  hint->setWordWrap(true);
  hint->setForegroundRole(QPalette::PlaceholderText);
  title_->setText(tr("Opened last"));
  title_->setBuddy(list_);
  makeList();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(40, 32, 40, 24);
  layout->setSpacing(12);
  layout->addWidget(heading);
  layout->addWidget(makeButtons());
  layout->addWidget(hint);
  layout->addSpacing(16);
  layout->addWidget(title_);
  layout->addWidget(list_, 1);
  layout->addStretch(0);
  connect(&recent_, &RecentFiles::changed, this, &StartPage::refresh);
  refresh();
}

QWidget* StartPage::makeButtons() {
  auto* bar = new QWidget(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  const auto button = [&](const QString& text, const char* name, const QString& tip) {
    auto* out = new QPushButton(text, bar);
    out->setObjectName(name);
    out->setToolTip(tip);
    out->setMinimumHeight(34);
    row->addWidget(out);
    return out;
  };
  auto* files = button(tr("&Open files…"), "startFiles", tr("NIfTI, NRRD, MetaImage, MGH, DICOM, arrays, sessions"));
  auto* folder = button(tr("Open fo&lder…"), "startFolder", tr("A folder of DICOM slices"));
  connect(files, &QPushButton::clicked, this, &StartPage::filesRequested);
  connect(folder, &QPushButton::clicked, this, &StartPage::folderRequested);
  if (const QString sample = sampleVolume(); !sample.isEmpty()) {
    auto* one = button(tr("Open the &sample"), "startSample", tr("The MR head that comes with Voxmark"));
    connect(one, &QPushButton::clicked, this, [this, sample] { Q_EMIT openRequested(sample, {}); });
  }
  row->addStretch(1);
  return bar;
}

void StartPage::makeList() {
  list_->setObjectName("recentFiles");
  list_->setAccessibleName(tr("Files opened last"));
  list_->setViewMode(QListView::IconMode);
  list_->setResizeMode(QListView::Adjust);
  list_->setMovement(QListView::Static);
  list_->setUniformItemSizes(true);
  list_->setIconSize({kIcon, kIcon});
  list_->setGridSize({kIcon + 28, kIcon + 56});
  list_->setWordWrap(true);
  list_->setTextElideMode(Qt::ElideMiddle);
  list_->setFrameShape(QFrame::NoFrame);
  list_->setContextMenuPolicy(Qt::CustomContextMenu);
  list_->viewport()->setAutoFillBackground(false);
  connect(list_, &QListWidget::itemActivated, this, &StartPage::openCurrent);
  connect(list_, &QListWidget::customContextMenuRequested, this, &StartPage::showMenu);
  auto* remove = new QShortcut(QKeySequence::Delete, list_);
  remove->setContext(Qt::WidgetShortcut);
  connect(remove, &QShortcut::activated, this, &StartPage::removeCurrent);
}

void StartPage::refresh() {
  const int row = list_->currentRow();
  list_->clear();
  for (const RecentFiles::Entry& entry : recent_.entries()) {
    const QString name = QFileInfo(entry.path).fileName();
    auto* item = new QListWidgetItem(iconOf(entry, palette(), devicePixelRatioF()),
                                     entry.there ? name : tr("%1\nnot found").arg(name), list_);
    item->setData(kPathRole, entry.path);
    item->setData(kSeriesRole, entry.series);
    item->setTextAlignment(Qt::AlignHCenter | Qt::AlignTop);
    item->setToolTip(entry.there ? entry.path
                                 : tr("%1\nis no longer there. Delete takes it off this list.").arg(entry.path));
    item->setData(Qt::AccessibleTextRole, entry.there ? name : tr("%1, not found").arg(name));
    if (!entry.there) item->setForeground(palette().color(QPalette::PlaceholderText));
  }
  if (list_->count() > 0) list_->setCurrentRow(std::clamp(row, 0, list_->count() - 1));
  title_->setVisible(list_->count() > 0);
  list_->setVisible(list_->count() > 0);
}

void StartPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  recent_.look();
  if (list_->count() > 0) list_->setFocus();
}

void StartPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) refresh();  // the pictures are drawn in the theme's colours
}

void StartPage::openCurrent() {
  const QListWidgetItem* item = list_->currentItem();
  if (item == nullptr) return;
  Q_EMIT openRequested(item->data(kPathRole).toString(), item->data(kSeriesRole).toString());
}

void StartPage::removeCurrent() {
  const QListWidgetItem* item = list_->currentItem();
  if (item == nullptr) return;
  recent_.remove(item->data(kPathRole).toString(), item->data(kSeriesRole).toString());
}

void StartPage::showMenu(const QPoint& position) {
  if (list_->itemAt(position) == nullptr) return;
  list_->setCurrentItem(list_->itemAt(position));
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  connect(menu->addAction(tr("Open")), &QAction::triggered, this, &StartPage::openCurrent);
  connect(menu->addAction(tr("Take off the list")), &QAction::triggered, this, &StartPage::removeCurrent);
  connect(menu->addAction(tr("Clear the list")), &QAction::triggered, &recent_, &RecentFiles::clear);
  menu->popup(list_->viewport()->mapToGlobal(position));
}

}  // namespace voxmark::ui
