#include "core/base/error.h"
#include "core/io/decoder.h"

namespace voxmark {

std::unique_ptr<Decoder> makeBzip2Decoder(ChunkedInput input) {
  throw fileError(ErrorCode::Unsupported, input.path(), "bzip2 data cannot be read: this build has no bzip2");
}

}  // namespace voxmark
