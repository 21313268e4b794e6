#pragma once

#include <memory>

#include "core/io/gzip_index.h"

namespace voxmark {

/// The index kept in the cache for the member that begins at byte `begin` of a file; null where there is none, or where
/// it is not of the file as it is now: another size, time, or content of its first or last bytes.
[[nodiscard]] std::shared_ptr<const GzipIndex> loadIndex(const File& file, std::uint64_t begin);

/// Keeps an index in the cache, on a thread of its own. A file that cannot be written there is no error: the index is a
/// convenience. What the program has begun it ends before it exits.
void saveIndex(std::shared_ptr<const File> file, std::uint64_t begin, std::shared_ptr<const GzipIndex> index);
/// Waits until everything is kept that saveIndex was given.
void waitForSavedIndexes();

/// Removes the index of a file, which has turned out to be of no use.
void dropIndex(const File& file, std::uint64_t begin);

}  // namespace voxmark
