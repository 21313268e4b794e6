#include "ui/models/process_preview.h"

#include <algorithm>
#include <cmath>

#include "core/base/log.h"
#include "core/document/mark_statistics.h"
#include "ui/models/preview_layers.h"
#include "ui/models/step_references.h"

namespace voxmark::ui {
namespace {

constexpr std::size_t kMostBlocks = 160;
constexpr std::size_t kMadeTogether = 6;  // before the views show what there is
constexpr std::uint64_t kMostBytes = std::uint64_t{512} << 20;

VolumePtr volumeOfSteps(const Document& document) {
  const Layer* layer = document.stepsLayer();
  return layer != nullptr ? layer->volume : nullptr;
}

bool samePlane(const SlicePlane& a, const SlicePlane& b) {
  return a.offset == b.offset && a.gradient == b.gradient;
}

}  // namespace

ProcessPreview::ProcessPreview(Session& session, const SourceRegistry& sources, QObject* parent)
    : QObject(parent), session_(session), sources_(sources) {
  connect(&session_, &Session::changed, this, &ProcessPreview::follow);
  connect(&session_, &Session::filled, this, &ProcessPreview::follow);
}

void ProcessPreview::setWatched(bool watched) {
  watched_ = watched;
  follow();
}

void ProcessPreview::setHeld(bool held) {
  if (held_ == held) return;
  held_ = held;
  Q_EMIT pictureChanged();
}

bool ProcessPreview::canHold() const {
  const Document& document = session_.document();
  const bool result = document.stepsLayer() != document.active() && volumeOfSteps(document);
  return document.views.preview && (prepared_ || result);
}

bool ProcessPreview::shown() const {
  return session_.document().views.preview && !held_;
}

bool ProcessPreview::shows() const {
  return shown() && request_.volume && prepared_ && preparedOn_ == request_.volume;
}

bool ProcessPreview::replaces() const {
  const Document& document = session_.document();
  return shows() || (held_ && document.views.preview && document.stepsLayer() != document.active());
}

std::vector<double> ProcessPreview::valuesAt(const Vec3& world) const {
  std::vector<double> out;
  if (!shows()) return out;
  const auto voxel = voxelAt(world, prepared_->output->info().geometry);
  if (!voxel) return out;
  for (const Block& block : blocks_) {
    // Of turned planes only what lies near them was made.
    constexpr double kOnPlane = 0.01;  // mm
    if (block.frame != shownFrame() || (!block.straight && std::abs(block.plane(world)) > kOnPlane)) continue;
    if (!block.region.contains({*voxel, {1, 1, 1}})) continue;
    Index3 own = *voxel;
    for (std::size_t a = 0; a < 3; ++a) own[a] -= block.region.start[a];
    for (int c = 0; c < block.volume->info().components; ++c) out.push_back(block.volume->valueAt(0, own, c));
    return out;
  }
  return out;
}

std::int64_t ProcessPreview::shownFrame() const {
  if (prepared_->alone) return 0;  // the result is of one frame
  return std::clamp<std::int64_t>(session_.document().views.frame, 0, prepared_->output->info().frames - 1);
}

void ProcessPreview::follow() {
  PreviewRequest now;
  if (watched_ || session_.document().views.preview) now = previewRequest(session_.document());
  const bool other = !(now == request_);
  if (other) {
    request_ = std::move(now);
    failure_.reset();
    trouble_.clear();
    wanted_.clear();
  }
  if (other || checked_ != session_.document().steps || checkedOn_ != volumeOfSteps(session_.document())) check();
  if (other) prepare();
}

Pipeline ProcessPreview::lookedUp() const {
  Pipeline out;
  const Pipeline now = session_.document().pipeline();
  // What was looked up behind another step, or for another layer, may be something else now.
  if (checkedOn_ != lookedOn_) return out;
  while (out.size() < now.size() && out.size() < lookedFrom_.size() && now[out.size()] == lookedFrom_[out.size()]) {
    out.push_back(lookedUp_[out.size()]);
  }
  return out;
}

void ProcessPreview::check() {
  const Document& document = session_.document();
  checked_ = document.steps;
  checkedOn_ = volumeOfSteps(document);
  checks_.clear();
  if (checkedOn_) checks_ = checkSteps(checked_, checkedOn_->info(), lookedUp());
  addLosses();
  if (failure_) {
    std::size_t enabled = 0;
    for (std::size_t n = 0; n < checks_.size(); ++n) {
      if (!checked_[n].enabled || enabled++ != failure_->step) continue;
      checks_[n] = {StepCheck::State::Wrong, failure_->why, std::nullopt, std::nullopt};
    }
  }
  Q_EMIT changed();
}

void ProcessPreview::addLosses() {
  std::vector<std::pair<std::size_t, Loss>> losses;
  const Layer* result = session_.document().stepsResult();
  if (result != nullptr && result->loss) {
    losses = result->loss->steps;
  } else if (prepared_ && !preparing_ && preparedOn_ == checkedOn_) {
    for (const StepLoss& one : prepared_->estimate.steps) losses.emplace_back(one.step, one.loss);
  }
  std::vector<std::size_t> rows;  // of the enabled steps
  for (std::size_t n = 0; n < checks_.size(); ++n) {
    if (checked_[n].enabled) rows.push_back(n);
  }
  for (const auto& [step, loss] : losses) {
    if (step < rows.size()) checks_[rows[step]].loss = loss;
  }
}

void ProcessPreview::prepare() {
  const bool wrong = std::any_of(checks_.begin(), checks_.end(),
                                 [](const StepCheck& one) { return one.state == StepCheck::State::Wrong; });
  const bool wanted = request_.volume != nullptr && !wrong;
  preparing_ = wanted;
  if (!wanted) {
    prepared_.reset();
    blocks_.clear();
    Q_EMIT pictureChanged();
  }
  struct Made {
    std::shared_ptr<PreparedSteps> steps;
    std::optional<StepFailure> failure;
  };
  const auto made = std::make_shared<Made>();
  Q_EMIT changed();
  jobs_.startLatest(
      "prepare", QString(),
      [made, wanted, request = request_, open = opener(session_.document(), sources_)](JobContext& job) {
        if (wanted) made->steps = prepareSteps(request, open, made->failure, job);
      },
      [=, this](const JobResult& result) {
        if (!wanted) return;
        preparing_ = false;
        prepared_ = made->steps;
        preparedOn_ = request_.volume;
        failure_ = made->failure;
        if (prepared_) {
          lookedOn_ = request_.volume;
          lookedFrom_ = request_.steps;
          lookedUp_ = prepared_->lookedUp;
        }
        blocks_.clear();
        wanted_.clear();
        if (result.state == JobState::Failed) trouble_ = QString::fromStdString(result.error);
        check();
        Q_EMIT pictureChanged();
      });
}

void ProcessPreview::dress(LayerDisplay& display) const {
  const Layer* active = session_.document().active();
  const Layer* input = session_.document().stepsLayer();
  // A result whose values mean the same has its display from the layer that it was made of.
  const bool own = active != input && !keepsUnits(active->history);
  if (!prepared_->window) {
    if (own) display = input->display;
    display.visible = true;
    return;
  }
  const DisplayWindow& first = own ? active->automatic : input->automatic;
  display.hideBelow.reset();
  display.hideAbove.reset();
  display.labels = false;
  DisplayWindow& window = display.window;
  if (!(first.width > 0)) {
    window = *prepared_->window;
    return;
  }
  // What the user has made of the layer's first window is done to the preview's.
  const double scale = prepared_->window->width / first.width;
  window = {window.width * scale, prepared_->window->level + (window.level - first.level) * scale};
}

bool ProcessPreview::serves(const Block& one, const Block& wanted) {
  if (one.frame != wanted.frame || one.straight != wanted.straight) return false;
  if (wanted.straight) return one.region.contains(wanted.region);
  return samePlane(one.plane, wanted.plane) && one.reach == wanted.reach;
}

const ProcessPreview::Block* ProcessPreview::find(const Block& wanted) const {
  const auto found =
      std::find_if(blocks_.begin(), blocks_.end(), [&](const Block& one) { return serves(one, wanted); });
  return found == blocks_.end() ? nullptr : &*found;
}

void ProcessPreview::ask(Block block) {
  const auto there = [&](const std::vector<Block>& blocks) {
    return std::any_of(blocks.begin(), blocks.end(), [&](const Block& one) { return serves(one, block); });
  };
  if (!there(underway_) && !there(wanted_)) wanted_.push_back(std::move(block));
  makeBlocks();
}

void ProcessPreview::keep(Block block) {
  blocks_.push_front(std::move(block));
  std::uint64_t bytes = 0;
  std::size_t kept = 0;
  for (const Block& one : blocks_) {
    bytes += one.volume->info().totalBytes();
    if (kept > 2 && (bytes > kMostBytes || kept >= kMostBlocks)) break;  // three views are looked at
    ++kept;
  }
  blocks_.resize(kept);
}

bool ProcessPreview::apply(std::vector<render::SliceLayer>& layers, const SlicePlane& plane, const Slab& slab,
                           std::size_t pictures) {
  follow();  // the view may have heard of the change first
  const Document& document = session_.document();
  const Layer* input = document.stepsLayer();
  const bool result = input != document.active();
  if (!document.views.preview || input == nullptr || !input->volume) return true;
  if (!request_.volume && !(held_ && result)) return true;
  hideResults(layers, document, *input);
  if (held_ && result) showInPlaceOfActive(layers, *input);
  if (held_) return true;
  const auto layer =
      std::find_if(layers.begin(), layers.end(), [](const render::SliceLayer& one) { return one.active; });
  if (layer == layers.end()) return true;
  if (!prepared_ || preparedOn_ != request_.volume) return !preparing_;
  const Geometry& grid = prepared_->output->info().geometry;
  Block wanted{plane, slab.mode == SlabMode::Off ? 0 : slab.thickness / 2, {}, true, shownFrame(), nullptr};
  const PlaneVoxels voxels = voxelsOf(grid, plane, wanted.reach);
  wanted.region = voxels.region;
  wanted.straight = voxels.straight;
  if (voxels.region.empty()) {  // the plane misses the result
    layer->display.visible = false;
    return true;
  }
  const Block* found = find(wanted);
  if (found == nullptr) {
    const std::uint64_t bytes =
        static_cast<std::uint64_t>(wanted.region.voxels()) * prepared_->output->info().voxelBytes();
    if (pictures > kMostBlocks / 2 || bytes * pictures > kMostBytes / 2) return true;
    // Of a single picture the neighbours are wanted next.
    if (wanted.straight && pictures == 1) wanted.region = inBlocks(grid, wanted.region);
    ask(std::move(wanted));
    return false;
  }
  layer->shown = found->volume;
  dress(layer->display);
  return true;
}

void ProcessPreview::makeBlocks() {
  if (!underway_.empty() || wanted_.empty()) return;
  // The newest ones; the views ask again for what they still lack when these are there.
  const std::size_t count = std::min(wanted_.size(), kMadeTogether);
  underway_.assign(wanted_.end() - static_cast<std::ptrdiff_t>(count), wanted_.end());
  wanted_.clear();
  const auto made = std::make_shared<std::vector<Block>>(underway_);
  jobs_.start(
      QString(),
      [made, prepared = prepared_](JobContext& job) {
        const Geometry& grid = prepared->output->info().geometry;
        for (Block& block : *made) {
          std::vector<Region> bricks;
          if (!block.straight) bricks = bricksOf(grid, block.plane, block.reach, block.region);
          block.volume = readRegion(*prepared->output, block.region, block.frame, bricks, job);
        }
      },
      [this, made, prepared = prepared_](const JobResult& result) {
        underway_.clear();
        if (prepared == prepared_) {
          if (result.state == JobState::Failed) {
            trouble_ = QString::fromStdString(result.error);
            log::error("Preview: " + result.error);
            Q_EMIT changed();
            return;
          }
          for (Block& block : *made) {
            if (block.volume) keep(std::move(block));
          }
        }
        Q_EMIT pictureChanged();
        makeBlocks();
      });
}

}  // namespace voxmark::ui
