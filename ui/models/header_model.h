#pragma once

#include <QAbstractItemModel>
#include <vector>

#include "core/document/document.h"
#include "core/io/nifti_fields.h"

namespace voxmark::ui {

/// A part of what is known about a layer: "Warnings", "File", "Geometry", …
struct HeaderSection {
  QString title;
  bool warning = false;
  std::vector<HeaderField> fields;
};

/// All that the header of a layer's file says, and what follows from it: warnings first.
[[nodiscard]] std::vector<HeaderSection> headerSections(const Layer& layer, const Document& document);

/// The sections as a tree of two levels: name, value, meaning.
class HeaderModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  explicit HeaderModel(QObject* parent) : QAbstractItemModel(parent) {}
  void setSections(std::vector<HeaderSection> sections);

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
  [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<HeaderSection> sections_;
};

}  // namespace voxmark::ui
