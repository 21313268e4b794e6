#include "ui/panels/settings/cache_page.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <memory>

#include "core/base/cpu_info.h"
#include "core/io/cache_folder.h"
#include "core/memory/buffer_pool.h"

namespace voxmark::ui {
namespace {

QString megabytes(std::uint64_t bytes) {
  return CachePage::tr("%1 MB").arg(static_cast<double>(bytes) / 1e6, 0, 'f', 1);
}

}  // namespace

CachePage::CachePage(QWidget* parent)
    : SettingsPage(parent),
      memory_(new QLabel(this)),
      pool_(new QLabel(this)),
      folder_(new QLabel(this)),
      size_(new QLabel(this)),
      clear_(new QPushButton(tr("&Clear the cache"), this)) {
  auto* memory = new QGroupBox(tr("Memory"), this);
  auto* release = new QPushButton(tr("&Release what is not in use"), memory);
  release->setObjectName("releaseMemory");
  release->setAutoDefault(false);
  auto* memoryForm = new QFormLayout(memory);
  memoryForm->addRow(tr("In use by Voxmark"), memory_);
  memoryForm->addRow(tr("Kept for volumes to come"), pool_);
  memoryForm->addRow(QString(), release);
  auto* disk = new QGroupBox(tr("On the disk"), this);
  folder_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  folder_->setWordWrap(true);
  size_->setObjectName("cacheSize");
  clear_->setObjectName("clearCache");
  clear_->setAutoDefault(false);
  clear_->setToolTip(tr("Indices of packed files and thumbnails; they are made again when they are needed"));
  auto* diskForm = new QFormLayout(disk);
  diskForm->addRow(tr("Folder"), folder_);
  diskForm->addRow(tr("Indices and thumbnails"), size_);
  diskForm->addRow(QString(), clear_);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(memory);
  layout->addWidget(disk);
  layout->addStretch(1);
  connect(release, &QPushButton::clicked, this, [this] {
    BufferPool::global().trim();
    showSettings();
  });
  connect(clear_, &QPushButton::clicked, this, [this] {
    jobs_.startLatest(
        "clear", QString(), [](JobContext&) { clearCache(); }, [this](const JobResult&) { showSettings(); });
  });
}

void CachePage::showSettings() {
  memory_->setText(megabytes(residentMemory()));
  pool_->setText(megabytes(BufferPool::global().usage().kept));
  const auto folder = cacheFolder();
  folder_->setText(folder ? QString::fromStdString(*folder) : tr("Nothing is kept."));
  clear_->setEnabled(folder.has_value());
  auto bytes = std::make_shared<std::uint64_t>(0);
  jobs_.startLatest(
      "cache", QString(), [bytes](JobContext&) { *bytes = cacheBytes(); },
      [this, bytes](const JobResult&) { size_->setText(megabytes(*bytes)); });
}

}  // namespace voxmark::ui
