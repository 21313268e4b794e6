#pragma once

#include "core/io/deflate_reader.h"

namespace voxmark {

enum class LoopEvent {
  Margin,  ///< the input or the output has come close to its end
  BlockEnds,
  Invalid,  ///< a code that does not exist
  TooFar,   ///< a match that begins before outBegin
};

/// The inner loop of decoding: symbols of a coded block while at.in < inSafe and at.out < outSafe. Reads up to 32 bytes
/// beyond inSafe and writes up to 320 bytes beyond outSafe. Chooses the instructions that the processor has.
[[nodiscard]] LoopEvent deflateLoop(DeflateReader::Cursor& at, const std::uint8_t* inSafe, const std::uint8_t* outSafe,
                                    const DeflateCodes& codes);

}  // namespace voxmark
