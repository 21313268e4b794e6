#include <array>

#include "ui/models/step_fields.h"

namespace voxmark::ui {
namespace {

constexpr const char* kAxes[] = {"i", "j", "k"};
constexpr double kMostVoxels = 1 << 24;

/// Three whole numbers in one row.
template <typename T>
void addIndex(std::vector<StepField>& out, const std::array<const char*, 3>& ids, const QString& row,
              const QString& name, double low, Index3& (*of)(T&)) {
  for (std::size_t a = 0; a < 3; ++a) {
    StepField field;
    field.id = ids[a];
    field.row = a == 0 ? row : QString();
    field.name = name.arg(QString(kAxes[a]));
    field.kind = StepField::Kind::Whole;
    field.low = low;
    field.high = kMostVoxels;
    field.get = [a, of](const Operation& o) {
      T copy = std::get<T>(o);
      return QVariant::fromValue<qlonglong>(of(copy)[a]);
    };
    field.set = [a, of](Operation& o, const QVariant& v, const StepContext&) {
      of(std::get<T>(o))[a] = v.toLongLong();
    };
    out.push_back(std::move(field));
  }
}

std::vector<StepField> cropFields() {
  std::vector<StepField> out;
  addIndex<Crop>(out, {"i", "j", "k"}, Steps::tr("From voxel"), Steps::tr("First voxel along %1"), 0,
                 [](Crop& c) -> Index3& { return c.region.start; });
  addIndex<Crop>(out, {"di", "dj", "dk"}, Steps::tr("Size"), Steps::tr("Voxels along %1"), 1,
                 [](Crop& c) -> Index3& { return c.region.size; });
  return out;
}

/// All 48, those that people use most first.
std::vector<std::pair<QString, QVariant>> orientations() {
  std::vector<std::pair<QString, QVariant>> out;
  const auto add = [&](const QString& letters, const QString& note) {
    for (const auto& [text, value] : out) {
      if (value.toString() == letters) return;
    }
    out.emplace_back(note.isEmpty() ? letters : letters + " — " + note, letters);
  };
  add("RAS", Steps::tr("NIfTI, most tools for learning"));
  add("LPS", Steps::tr("DICOM, ITK"));
  add("LAS", Steps::tr("FSL"));
  add("LIA", Steps::tr("FreeSurfer"));
  add("PIR", {});
  const QString pairs[] = {"RL", "AP", "SI"};
  const std::array<std::array<int, 3>, 6> orders{{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}};
  for (const auto& order : orders) {
    for (int signs = 0; signs < 8; ++signs) {
      QString letters;
      for (int a = 0; a < 3; ++a) letters += pairs[order[static_cast<std::size_t>(a)]][(signs >> a) & 1];
      add(letters, {});
    }
  }
  return out;
}

std::vector<StepField> reorientFields() {
  StepField field;
  field.id = "to";
  field.row = Steps::tr("Axes point to");
  field.name = Steps::tr("Patient directions that i, j and k are to point to");
  field.kind = StepField::Kind::Choice;
  field.choices = orientations();
  field.get = [](const Operation& o) { return QString::fromStdString(std::get<Reorient>(o).letters); };
  field.set = [](Operation& o, const QVariant& v, const StepContext&) {
    std::get<Reorient>(o).letters = v.toString().toStdString();
  };
  return {field};
}

enum ResampleTo { Spacing, Shape, Like };

ResampleTo targetOf(const Operation& operation) {
  const auto& step = std::get<Resample>(operation);
  return step.spacing ? Spacing : step.shape ? Shape : Like;
}

void setTarget(Operation& operation, const QVariant& value, const StepContext& context) {
  auto& step = std::get<Resample>(operation);
  const Geometry now = context.before ? context.before->geometry : Geometry{{64, 64, 64}, {1, 1, 1}, {}, {}};
  step.spacing.reset();
  step.shape.reset();
  step.grid.reset();
  step.like.clear();
  if (value.toInt() == Spacing) step.spacing = now.spacing;
  if (value.toInt() == Shape) step.shape = now.size;
  if (value.toInt() == Like && !context.volumes.empty()) step.like = context.volumes.front().second.toStdString();
}

StepField likeField() {
  StepField like;
  like.id = "like";
  like.row = Steps::tr("Grid of");
  like.name = Steps::tr("Volume whose grid is taken over");
  like.kind = StepField::Kind::Volume;
  like.get = [](const Operation& o) { return QString::fromStdString(std::get<Resample>(o).like); };
  like.set = [](Operation& o, const QVariant& v, const StepContext&) {
    std::get<Resample>(o).like = v.toString().toStdString();
    std::get<Resample>(o).grid.reset();
  };
  like.applies = [](const Operation& o) { return targetOf(o) == Like; };
  return like;
}

StepField interpolationField() {
  StepField field;
  field.id = "interpolation";
  field.row = Steps::tr("Between voxels");
  field.name = Steps::tr("Interpolation");
  field.kind = StepField::Kind::Choice;
  field.choices = {{Steps::tr("Linear"), int(Interpolation::Linear)},
                   {Steps::tr("Cubic"), int(Interpolation::Cubic)},
                   {Steps::tr("Nearest (keeps labels)"), int(Interpolation::Nearest)}};
  field.get = [](const Operation& o) { return int(std::get<Resample>(o).interpolation); };
  field.set = [](Operation& o, const QVariant& v, const StepContext&) {
    std::get<Resample>(o).interpolation = static_cast<Interpolation>(v.toInt());
  };
  return field;
}

template <typename T>
StepField fillField() {
  StepField field;
  field.id = "fill";
  field.row = Steps::tr("Outside");
  field.name = Steps::tr("Value of voxels that lie outside of the volume");
  field.get = [](const Operation& o) { return std::get<T>(o).fill; };
  field.set = [](Operation& o, const QVariant& v, const StepContext&) { std::get<T>(o).fill = v.toDouble(); };
  return field;
}

std::vector<StepField> resampleFields() {
  std::vector<StepField> out;
  StepField to;
  to.id = "to";
  to.row = Steps::tr("To");
  to.name = Steps::tr("What is given");
  to.kind = StepField::Kind::Choice;
  to.choices = {{Steps::tr("a spacing"), int(Spacing)},
                {Steps::tr("a number of voxels"), int(Shape)},
                {Steps::tr("another volume's grid"), int(Like)}};
  to.get = [](const Operation& o) { return int(targetOf(o)); };
  to.set = setTarget;
  out.push_back(std::move(to));
  const char* spacings[] = {"si", "sj", "sk"};
  for (std::size_t a = 0; a < 3; ++a) {
    StepField field;
    field.id = spacings[a];
    field.row = a == 0 ? Steps::tr("Spacing (mm)") : QString();
    field.name = Steps::tr("Millimetres from voxel to voxel along %1").arg(QString(kAxes[a]));
    field.low = 0.001;
    field.high = 1000;
    field.decimals = 4;
    field.step = 0.1;
    field.get = [a](const Operation& o) { return (*std::get<Resample>(o).spacing)[a]; };
    field.set = [a](Operation& o, const QVariant& v, const StepContext&) {
      (*std::get<Resample>(o).spacing)[a] = v.toDouble();
    };
    field.applies = [](const Operation& o) { return targetOf(o) == Spacing; };
    out.push_back(std::move(field));
  }
  const std::size_t shape = out.size();
  addIndex<Resample>(out, {"ni", "nj", "nk"}, Steps::tr("Voxels"), Steps::tr("Voxels along %1"), 1,
                     [](Resample& r) -> Index3& { return *r.shape; });
  for (std::size_t n = shape; n < out.size(); ++n) {
    out[n].applies = [](const Operation& o) { return targetOf(o) == Shape; };
  }
  out.push_back(likeField());
  out.push_back(interpolationField());
  out.push_back(fillField<Resample>());
  return out;
}

std::vector<StepField> fitFields() {
  std::vector<StepField> out;
  addIndex<FitShape>(out, {"ni", "nj", "nk"}, Steps::tr("Voxels"), Steps::tr("Voxels along %1"), 1,
                     [](FitShape& f) -> Index3& { return f.shape; });
  out.push_back(fillField<FitShape>());
  return out;
}

std::vector<StepField> maskFields() {
  StepField field;
  field.id = "mask";
  field.row = Steps::tr("Non-zero in");
  field.name = Steps::tr("Volume whose voxels that are not zero give the box");
  field.kind = StepField::Kind::Volume;
  field.choices = {{Steps::tr("the volume itself"), QString()}};
  field.get = [](const Operation& o) { return QString::fromStdString(std::get<CropToMask>(o).file); };
  field.set = [](Operation& o, const QVariant& v, const StepContext&) {
    o = CropToMask{v.toString().toStdString(), {}, {}};
  };
  return {field};
}

}  // namespace

std::vector<StepField> spaceFields(const Operation& operation) {
  if (std::holds_alternative<Crop>(operation)) return cropFields();
  if (std::holds_alternative<Reorient>(operation)) return reorientFields();
  if (std::holds_alternative<Resample>(operation)) return resampleFields();
  if (std::holds_alternative<FitShape>(operation)) return fitFields();
  if (std::holds_alternative<CropToMask>(operation)) return maskFields();
  return {};
}

}  // namespace voxmark::ui
