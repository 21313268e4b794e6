
#include "ui/models/step_fields.h"

namespace voxmark::ui {
namespace {

/// A number that is a member of an operation.
template <typename T>
StepField number(const char* id, const QString& row, const QString& name, double T::*member) {
  StepField field;
  field.id = id;
  field.row = row;
  field.name = name;
  field.get = [member](const Operation& o) { return std::get<T>(o).*member; };
  field.set = [member](Operation& o, const QVariant& v, const StepContext&) { std::get<T>(o).*member = v.toDouble(); };
  return field;
}

/// Whether voxels that are zero take no part.
template <typename T>
StepField nonzeroField() {
  StepField field;
  field.id = "nonzero";
  field.row = " ";
  field.name = Steps::tr("Without voxels that are zero");
  field.kind = StepField::Kind::Switch;
  field.get = [](const Operation& o) { return std::get<T>(o).nonzero; };
  field.set = [](Operation& o, const QVariant& v, const StepContext&) { std::get<T>(o).nonzero = v.toBool(); };
  return field;
}

void setMethod(Operation& operation, const QVariant& value, const StepContext& context) {
  auto& step = std::get<Normalize>(operation);
  step.method = static_cast<NormalizeMethod>(value.toInt());
  step.first = step.second = 0;
  if (step.method == NormalizeMethod::Percentile) {
    step.first = 1;
    step.second = 99;
  } else if (step.method == NormalizeMethod::Window) {
    step.first = context.high - context.low;
    step.second = (context.low + context.high) / 2;
    step.nonzero = false;
  }
}

std::vector<StepField> normalizeFields() {
  const auto is = [](NormalizeMethod method) {
    return [method](const Operation& o) { return std::get<Normalize>(o).method == method; };
  };
  StepField method;
  method.id = "method";
  method.row = Steps::tr("By");
  method.name = Steps::tr("What the values are normalised by");
  method.kind = StepField::Kind::Choice;
  method.choices = {{Steps::tr("mean and deviation (z-score)"), int(NormalizeMethod::ZScore)},
                    {Steps::tr("median and spread (robust)"), int(NormalizeMethod::Robust)},
                    {Steps::tr("smallest and largest, to 0…1"), int(NormalizeMethod::MinMax)},
                    {Steps::tr("two percentiles, to 0…1"), int(NormalizeMethod::Percentile)},
                    {Steps::tr("a window, to 0…1"), int(NormalizeMethod::Window)}};
  method.get = [](const Operation& o) { return int(std::get<Normalize>(o).method); };
  method.set = setMethod;
  std::vector<StepField> out{method};
  out.push_back(number("low", Steps::tr("Percentiles"), Steps::tr("Percentile that becomes 0"), &Normalize::first));
  out.push_back(number("high", {}, Steps::tr("Percentile that becomes 1"), &Normalize::second));
  for (std::size_t n = 1; n < 3; ++n) {
    out[n].unit = "%";
    out[n].low = 0;
    out[n].high = 100;
    out[n].step = 0.5;
    out[n].applies = is(NormalizeMethod::Percentile);
  }
  out.push_back(number("width", Steps::tr("Width, level"), Steps::tr("Width of the window"), &Normalize::first));
  out.push_back(number("level", {}, Steps::tr("Middle of the window"), &Normalize::second));
  for (std::size_t n = 3; n < 5; ++n) out[n].applies = is(NormalizeMethod::Window);
  out[3].low = 1e-9;
  const auto measures = [](const Operation& o) { return std::get<Normalize>(o).method != NormalizeMethod::Window; };
  StepField mask;
  mask.id = "mask";
  mask.row = Steps::tr("Measured over");
  mask.name = Steps::tr("Volume whose voxels that are not zero are measured");
  mask.kind = StepField::Kind::Volume;
  mask.choices = {{Steps::tr("the whole volume"), QString()}};
  mask.get = [](const Operation& o) { return QString::fromStdString(std::get<Normalize>(o).mask); };
  mask.set = [](Operation& o, const QVariant& v, const StepContext&) {
    std::get<Normalize>(o).mask = v.toString().toStdString();
    std::get<Normalize>(o).voxels.reset();
  };
  mask.applies = measures;
  out.push_back(std::move(mask));
  StepField nonzero = nonzeroField<Normalize>();
  nonzero.applies = measures;
  out.push_back(std::move(nonzero));
  return out;
}

std::vector<StepField> clampFields() {
  return {number("low", Steps::tr("Lowest, highest"), Steps::tr("Lower values become this"), &Clamp::low),
          number("high", {}, Steps::tr("Higher values become this"), &Clamp::high)};
}

std::vector<StepField> scaleFields() {
  std::vector<StepField> out{
      number("scale", Steps::tr("Times"), Steps::tr("Factor"), &ScaleShift::scale),
      number("shift", Steps::tr("Plus"), Steps::tr("What is added afterwards"), &ScaleShift::shift)};
  out[0].decimals = 6;
  out[0].step = 0.1;
  return out;
}

std::vector<StepField> smoothFields() {
  std::vector<StepField> out{number("sigma", Steps::tr("Width (σ)"),
                                    Steps::tr("Standard deviation of the Gaussian, in millimetres"), &Smooth::sigma)};
  out[0].unit = "mm";
  out[0].step = 0.1;
  out[0].low = 0.01;
  out[0].high = 1000;
  return out;
}

std::vector<StepField> matchFields() {
  StepField reference;
  reference.id = "file";
  reference.row = Steps::tr("To that of");
  reference.name = Steps::tr("Volume whose histogram is taken over");
  reference.kind = StepField::Kind::Volume;
  reference.get = [](const Operation& o) { return QString::fromStdString(std::get<HistogramMatch>(o).file); };
  reference.set = [](Operation& o, const QVariant& v, const StepContext&) {
    std::get<HistogramMatch>(o).file = v.toString().toStdString();
    std::get<HistogramMatch>(o).landmarks.clear();
  };
  return {reference, nonzeroField<HistogramMatch>()};
}

std::vector<StepField> castFields() {
  const std::pair<PixelType, QString> types[] = {{PixelType::F32, Steps::tr("32-bit float")},
                                                 {PixelType::F16, Steps::tr("16-bit float")},
                                                 {PixelType::BF16, Steps::tr("bfloat16, short fraction")},
                                                 {PixelType::F64, Steps::tr("64-bit float")},
                                                 {PixelType::U8, Steps::tr("0 to 255")},
                                                 {PixelType::I8, Steps::tr("-128 to 127")},
                                                 {PixelType::U16, Steps::tr("0 to 65,535")},
                                                 {PixelType::I16, Steps::tr("-32,768 to 32,767")},
                                                 {PixelType::U32, Steps::tr("32-bit, no sign")},
                                                 {PixelType::I32, Steps::tr("32-bit integer")},
                                                 {PixelType::U64, Steps::tr("64-bit, no sign")},
                                                 {PixelType::I64, Steps::tr("64-bit integer")}};
  StepField field;
  field.id = "type";
  field.row = Steps::tr("Type");
  field.name = Steps::tr("What voxels are stored as");
  field.kind = StepField::Kind::Choice;
  for (const auto& [type, note] : types) {
    const QString name = QString::fromStdString(std::string(pixelTypeName(type)));
    field.choices.emplace_back(name + " — " + note, int(type));
  }
  field.get = [](const Operation& o) { return int(std::get<Cast>(o).type); };
  field.set = [](Operation& o, const QVariant& v, const StepContext&) {
    std::get<Cast>(o).type = static_cast<PixelType>(v.toInt());
  };
  return {field};
}

}  // namespace

std::vector<StepField> valueFields(const Operation& operation) {
  if (std::holds_alternative<Normalize>(operation)) return normalizeFields();
  if (std::holds_alternative<Clamp>(operation)) return clampFields();
  if (std::holds_alternative<ScaleShift>(operation)) return scaleFields();
  if (std::holds_alternative<Smooth>(operation)) return smoothFields();
  if (std::holds_alternative<HistogramMatch>(operation)) return matchFields();
  if (std::holds_alternative<Cast>(operation)) return castFields();
  return {};
}

}  // namespace voxmark::ui
