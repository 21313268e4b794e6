#include "ui/models/header_model.h"

#include <QFont>

#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

// A section's index has no section as its id; a field's has that of its section, counted from 1.
constexpr quintptr kSection = 0;

}  // namespace

void HeaderModel::setSections(std::vector<HeaderSection> sections) {
  beginResetModel();
  sections_ = std::move(sections);
  endResetModel();
}

QModelIndex HeaderModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row() + 1) : kSection);
}

QModelIndex HeaderModel::parent(const QModelIndex& index) const {
  if (!index.isValid() || index.internalId() == kSection) return {};
  return createIndex(static_cast<int>(index.internalId()) - 1, 0, kSection);
}

int HeaderModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return static_cast<int>(sections_.size());
  if (parent.column() > 0 || parent.internalId() != kSection) return 0;
  return static_cast<int>(sections_[static_cast<std::size_t>(parent.row())].fields.size());
}

int HeaderModel::columnCount(const QModelIndex&) const {
  return 3;
}

QVariant HeaderModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const bool isSection = index.internalId() == kSection;
  const HeaderSection& section =
      sections_[isSection ? static_cast<std::size_t>(index.row()) : static_cast<std::size_t>(index.internalId() - 1)];
  if (role == Qt::ForegroundRole && section.warning) return themeColours().warning;
  if (isSection) {
    if (index.column() > 0) return {};
    if (role == Qt::DisplayRole) return section.title;
    if (role == Qt::FontRole) {
      QFont bold;
      bold.setBold(true);
      return bold;
    }
    return {};
  }
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  const HeaderField& field = section.fields[static_cast<std::size_t>(index.row())];
  const std::string& text = index.column() == 0 ? field.name : index.column() == 1 ? field.value : field.meaning;
  const QString shown = QString::fromStdString(text);
  return role == Qt::DisplayRole ? QString(shown).replace('\n', "  ") : shown;
}

QVariant HeaderModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return section == 0 ? tr("Name") : section == 1 ? tr("Value") : tr("Meaning");
}

}  // namespace voxmark::ui
