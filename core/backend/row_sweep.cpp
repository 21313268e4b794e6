#include "core/backend/row_sweep.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/parallel_for.h"
#include "core/ops/clamp_elements.h"
#include "core/ops/convert_elements.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::size_t kBlock = 2048;  // values converted at a time, in the first-level cache
constexpr std::uint64_t kCached = std::uint64_t{16} << 20;
constexpr std::size_t kChunkVoxels = 65536;  // voxels a parallel chunk: also bounds the time to a cancel

/// An affine step, and limits behind it.
std::optional<LinearMap> linearMapOf(const ValueChain& chain) {
  using Kind = ResolvedStep::Kind;
  if (chain.empty() || chain.size() > 2 || chain[0].kind != Kind::Affine || chain[0].first == 0) return std::nullopt;
  LinearMap out{chain[0].centre, chain[0].first, chain[0].second};
  if (chain.size() == 1) return out;
  if (chain[1].kind != Kind::Clamp || chain[1].lossOf) return std::nullopt;  // a loss must be counted
  out.low = chain[1].first;
  out.high = chain[1].second;
  return out;
}

}  // namespace

/// One output row: where its voxels come from.
struct RowSweep::Row {
  const std::byte* first = nullptr;  ///< input voxel of the row's first output voxel
  std::int64_t step = 1;             ///< input voxels from one output voxel to the next
  std::size_t voxels = 0;
  std::int64_t slice = 0;      ///< input slice of the first voxel, for its scale
  std::int64_t sliceStep = 0;  ///< input slices from one output voxel to the next
};

RowSweep::RowSweep(const Pass& pass, ValueChain chain) : pass_(pass), chain_(std::move(chain)) {
  verbatim_ = pass.values.empty() && pass.output.pixelType == pass.input.pixelType &&
              pass.output.scale.identity() == pass.input.scale.identity();
  for (const ResolvedStep& step : chain_) lossOf_.push_back(step.lossOf);
  const bool several = std::count_if(lossOf_.begin(), lossOf_.end(), [](const auto& of) { return of.has_value(); }) > 1;
  if (!chain_.empty() && chain_.back().kind == ResolvedStep::Kind::Quantize &&
      chain_.back().type == pass.output.pixelType) {
    chain_.pop_back();  // storing does it
    castLast_ = true;
  }
  if (several) {
    for (const ResolvedStep& step : chain_) singly_.push_back({step});
  }
  if (pass.output.pixelType == PixelType::F32 && !castLast_) map_ = linearMapOf(chain_);
  clampsOnly_ = chain_.size() == 1 && chain_[0].kind == ResolvedStep::Kind::Clamp && chain_[0].lossOf && !castLast_ &&
                pass.output.pixelType == pass.input.pixelType && pass.input.scale.identity();
  streams_ = pass.output.frameBytes() > kCached;
}

/// Whether each row of the part begins where the one before it ends, and they have one scale.
bool RowSweep::rowsFollow(const InputSlab& in, const Region& part) const {
  return pass_.axes.identity() && !pass_.input.scale.perSlice() && in.stride[1] == part.size[0] &&
         in.stride[2] == part.size[0] * part.size[1];
}

RowSweep::Row RowSweep::rowAt(const InputSlab& in, const Region& part, std::size_t index) const {
  const std::int64_t j = part.start[1] + static_cast<std::int64_t>(index) % part.size[1];
  const std::int64_t k = part.start[2] + static_cast<std::int64_t>(index) / part.size[1];
  Region line = inputRegion(pass_, {{part.start[0], j, k}, {part.size[0], 1, 1}});
  const auto along = static_cast<std::size_t>(pass_.axes.inputAxis[0]);
  const bool flip = pass_.axes.flip[0];
  if (flip) line.start[along] += line.size[along] - 1;
  std::int64_t offset = 0;
  for (std::size_t a = 0; a < 3; ++a) offset += (line.start[a] - in.region.start[a]) * in.stride[a];
  Row row;
  row.first = in.data + offset * static_cast<std::int64_t>(pass_.input.voxelBytes());
  row.step = flip ? -in.stride[along] : in.stride[along];
  row.voxels = static_cast<std::size_t>(part.size[0]);
  row.slice = line.start[2];
  row.sliceStep = along == 2 ? (flip ? -1 : 1) : 0;
  return row;
}

Rearrangement RowSweep::rearrangement(const InputSlab& in, const Region& part) const {
  Rearrangement out;
  out.voxelBytes = pass_.input.voxelBytes();
  out.streams = streams_;
  out.first = rowAt(in, part, 0).first;
  for (std::size_t a = 0; a < 3; ++a) {
    const std::int64_t step = in.stride[static_cast<std::size_t>(pass_.axes.inputAxis[a])];
    out.step[a] = (pass_.axes.flip[a] ? -step : step) * static_cast<std::int64_t>(out.voxelBytes);
    out.size[a] = part.size[a];
  }
  return out;
}

void RowSweep::copyRow(const Row& row, std::byte* out) const {
  const std::size_t voxel = pass_.input.voxelBytes();
  if (row.step == 1) {
    std::memcpy(out, row.first, row.voxels * voxel);
    return;
  }
  const std::int64_t step = row.step * static_cast<std::int64_t>(voxel);
  for (std::size_t n = 0; n < row.voxels; ++n) {
    std::memcpy(out + n * voxel, row.first + static_cast<std::int64_t>(n) * step, voxel);
  }
}

bool RowSweep::convertPart(const std::byte* from, const LinearScale& scale, std::byte* out, std::size_t count,
                           Loss& loss) const {
  const PixelType in = pass_.input.pixelType;
  if (clampsOnly_) return clampElements(in, from, chain_[0].first, chain_[0].second, out, count, loss);
  if (map_) return transformElements(in, from, scale, *map_, reinterpret_cast<float*>(out), count);
  return convertElements(in, from, scale, pass_.output.pixelType, out, count, castLast_ ? &loss : nullptr);
}

bool RowSweep::convertDirectly(const Row& row, std::size_t at, std::size_t length, const LinearScale& scale,
                               std::byte* out, Loss* losses) const {
  if (!(chain_.empty() || map_ || clampsOnly_) || row.step != 1) return false;
  const auto components = static_cast<std::size_t>(pass_.input.components);
  const std::size_t outBytes = bytesOf(pass_.output.pixelType);
  alignas(64) std::byte converted[kBlock * sizeof(double)];
  Loss counted;
  for (std::size_t done = 0; done < length * components;) {
    const std::size_t part = std::min(kBlock, length * components - done);
    const std::byte* from = row.first + at * pass_.input.voxelBytes() + done * bytesOf(pass_.input.pixelType);
    std::byte* to = out + (at * components + done) * outBytes;
    std::byte* direct = streams_ ? converted : to;
    if (!convertPart(from, scale, direct, part, counted)) return false;
    if (streams_) streamOut(to, converted, part * outBytes);
    done += part;
  }
  if ((castLast_ || clampsOnly_) && losses != nullptr) losses[lossOf_.size() - 1].add(counted);
  return true;
}

void RowSweep::convertBlock(const Row& row, std::size_t at, std::size_t length, const LinearScale& scale,
                            std::byte* out, Loss* losses) const {
  if (convertDirectly(row, at, length, scale, out, losses)) return;
  const auto components = static_cast<std::size_t>(pass_.input.components);
  const std::size_t inBytes = bytesOf(pass_.input.pixelType);
  const std::size_t outBytes = bytesOf(pass_.output.pixelType);
  const std::byte* from =
      row.first + static_cast<std::int64_t>(at) * row.step * static_cast<std::int64_t>(pass_.input.voxelBytes());
  Loss* stored = losses == nullptr || lossOf_.empty() ? nullptr : losses + lossOf_.size() - 1;
  double values[kBlock];
  std::byte narrow[kBlock * sizeof(double)];
  for (std::size_t c = 0; c < components; ++c) {
    loadValues(pass_.input.pixelType, from + c * inBytes, row.step * static_cast<std::int64_t>(components), length,
               scale, values);
    std::byte* target = components == 1 ? out + at * outBytes : narrow;
    if (!singly_.empty() && losses != nullptr) {
      convertCounting(values, length, target, losses);
    } else {
      applyChain(chain_, values, length, losses);
      storeValues(pass_.output.pixelType, values, length, target, castLast_ ? stored : nullptr);
    }
    if (components == 1) continue;
    for (std::size_t n = 0; n < length; ++n) {
      std::memcpy(out + ((at + n) * components + c) * outBytes, narrow + n * outBytes, outBytes);
    }
  }
}

void RowSweep::convertCounting(double* values, std::size_t length, std::byte* out, Loss* losses) const {
  double whole[kBlock];  // as the values would be if nothing were lost
  bool cut[kBlock] = {};
  std::copy(values, values + length, whole);
  const auto noteCuts = [&](double low, double high) {
    for (std::size_t n = 0; n < length; ++n) cut[n] = cut[n] || values[n] < low || values[n] > high;
  };
  for (std::size_t at = 0; at < singly_.size(); ++at) {
    const ResolvedStep& step = singly_[at].front();
    if (!step.lossOf) {
      applyChain(singly_[at], whole, length, nullptr);
    } else if (step.kind == ResolvedStep::Kind::Clamp) {
      noteCuts(step.first, step.second);
    } else {
      noteCuts(lowestOf(step.type), highestOf(step.type));
    }
    applyChain(singly_[at], values, length, step.lossOf ? losses + at : nullptr);
  }
  const PixelType type = pass_.output.pixelType;
  if (castLast_) noteCuts(lowestOf(type), highestOf(type));
  storeValues(type, values, length, out, castLast_ ? losses + lossOf_.size() - 1 : nullptr);
  if (castLast_) quantizeValues(type, values, length);
  Loss& all = losses[lossOf_.size()];
  constexpr double kAny = std::numeric_limits<double>::infinity();
  for (std::size_t n = 0; n < length; ++n) {
    all.note(whole[n], values[n], -kAny, kAny);
    all.clipped += cut[n] && std::isfinite(whole[n]) ? 1 : 0;
  }
}

void RowSweep::convertRow(const Row& row, std::int64_t scaleFrame, std::byte* out, Loss* losses) const {
  const std::int64_t slices = pass_.input.geometry.size[2];
  // Where a row runs through slices with scales of their own, every voxel has its own.
  const bool scalePerVoxel = row.sliceStep != 0 && pass_.input.scale.perSlice();
  const std::size_t block = scalePerVoxel ? 1 : kBlock;
  for (std::size_t at = 0; at < row.voxels; at += block) {
    const std::int64_t slice = row.slice + row.sliceStep * static_cast<std::int64_t>(at);
    convertBlock(row, at, std::min(block, row.voxels - at), pass_.input.scale.at(scaleFrame, slice, slices), out,
                 losses);
  }
}

void RowSweep::run(const InputSlab& in, const Region& part, std::int64_t scaleFrame, int threads, std::byte* out,
                   std::vector<Loss>& losses, JobContext& job) const {
  const auto rows = static_cast<std::size_t>(part.size[1] * part.size[2]);
  const auto rowVoxels = static_cast<std::size_t>(part.size[0]);
  const std::size_t rowBytes = rowVoxels * pass_.output.voxelBytes();
  const std::size_t chunk = std::max<std::size_t>(1, kChunkVoxels / rowVoxels);
  if (verbatim_) {
    const Rearrangement all = rearrangement(in, part);
    if (canTranspose(all)) {
      trace::Scope scope("copy", rows * rowBytes);
      transpose(all, out, threads, job);
      job.throwIfCancelled();
      return;
    }
  }
  std::vector<std::vector<Loss>> chunks(chunkCount(rows, chunk), noLosses());
  const bool following = !verbatim_ && rowsFollow(in, part);
  trace::Scope scope(verbatim_ ? "copy" : "convert", rows * rowBytes);
  parallelFor(rows, chunk, threads, [&](std::size_t begin, std::size_t end, std::size_t index) {
    if (job.cancelled()) return;
    if (following) {
      Row row = rowAt(in, part, begin);
      row.voxels *= end - begin;
      convertRow(row, scaleFrame, out + begin * rowBytes, chunks[index].data());
    }
    for (std::size_t r = begin; r < end && !following; ++r) {
      const Row row = rowAt(in, part, r);
      if (verbatim_) {
        copyRow(row, out + r * rowBytes);
      } else {
        convertRow(row, scaleFrame, out + r * rowBytes, chunks[index].data());
      }
    }
    if (streams_) streamedOut();
  });
  job.throwIfCancelled();
  for (const std::vector<Loss>& one : chunks) {
    for (std::size_t n = 0; n < one.size(); ++n) losses[n].add(one[n]);
  }
}

std::vector<StepLoss> RowSweep::byStep(const std::vector<Loss>& losses) const {
  std::vector<StepLoss> out;
  for (std::size_t n = 0; n < lossOf_.size(); ++n) {
    if (lossOf_[n]) out.push_back({*lossOf_[n], losses[n]});
  }
  return out;
}

Loss RowSweep::together(const std::vector<Loss>& losses) const {
  Loss out = singly_.empty() ? Loss() : losses[lossOf_.size()];
  for (const StepLoss& one : byStep(losses)) {
    if (singly_.empty()) {
      out = one.loss;
    } else {
      out.nonfinite += one.loss.nonfinite;
    }
  }
  return out;
}

}  // namespace voxmark
