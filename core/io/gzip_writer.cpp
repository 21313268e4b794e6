#include "core/io/gzip_writer.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <isa-l.h>

#include "core/base/error.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::array<std::uint32_t, 4> kWorkBytes{ISAL_DEF_LVL0_DEFAULT, ISAL_DEF_LVL1_DEFAULT, ISAL_DEF_LVL2_DEFAULT,
                                                  ISAL_DEF_LVL3_DEFAULT};

}  // namespace

struct GzipWriter::State {
  isal_zstream stream{};
  std::vector<std::uint8_t> work;
  std::vector<std::byte> out = std::vector<std::byte>(std::size_t{1} << 18);
};

GzipWriter::GzipWriter(AtomicFile& file, int level) : file_(file), state_(std::make_unique<State>()) {
  const int chosen = level < 0 ? 1 : std::min(level, 3);
  isal_deflate_init(&state_->stream);
  state_->work.resize(std::max<std::size_t>(1, kWorkBytes.at(static_cast<std::size_t>(chosen))));
  state_->stream.level = static_cast<std::uint32_t>(chosen);
  state_->stream.level_buf = state_->work.data();
  state_->stream.level_buf_size = kWorkBytes.at(static_cast<std::size_t>(chosen));
  state_->stream.gzip_flag = IGZIP_GZIP;
}

GzipWriter::~GzipWriter() = default;

void GzipWriter::append(std::span<const std::byte> data) {
  constexpr std::size_t kMost = std::size_t{1} << 30;  // ISA-L counts in 32 bits
  for (; !data.empty(); data = data.subspan(std::min(kMost, data.size()))) {
    run(data.first(std::min(kMost, data.size())), false);
  }
}

void GzipWriter::finish() {
  run({}, true);
}

void GzipWriter::run(std::span<const std::byte> data, bool last) {
  trace::Scope scope("deflate", data.size());
  isal_zstream& stream = state_->stream;
  // ISA-L's interface is not const-correct; it only reads its input.
  stream.next_in = const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(data.data()));
  stream.avail_in = static_cast<std::uint32_t>(data.size());
  stream.end_of_stream = last ? 1 : 0;
  do {
    stream.next_out = reinterpret_cast<std::uint8_t*>(state_->out.data());
    stream.avail_out = static_cast<std::uint32_t>(state_->out.size());
    const int result = isal_deflate(&stream);
    if (result != COMP_OK) throw Error(ErrorCode::Io, fmt::format("compressing failed (deflate says {})", result));
    file_.append({state_->out.data(), state_->out.size() - stream.avail_out});
  } while (stream.avail_out == 0 || stream.avail_in > 0 || (last && stream.internal_state.state != ZSTATE_END));
}

}  // namespace voxmark
