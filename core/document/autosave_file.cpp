#include "core/document/autosave_file.h"

#include <algorithm>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/document/session_file.h"

namespace voxmark {
namespace {

namespace fs = std::filesystem;

std::string lockOf(const std::string& path) {
  return path.substr(0, path.size() - std::string_view(kSessionEnding).size()) + ".lock";
}

void removeBoth(const std::string& path) {
  std::error_code none;
  fs::remove(path, none);
  fs::remove(lockOf(path), none);
}

std::optional<Orphan> readOrphan(const std::string& path) {
  Orphan out{path, {}, {}};
  struct stat about {};
  if (stat(path.c_str(), &about) != 0) return std::nullopt;
  out.saved = std::chrono::system_clock::from_time_t(about.st_mtime);
  try {
    const Document document = readSession(path);
    for (auto layer = document.layers.rbegin(); layer != document.layers.rend(); ++layer) {
      out.layers.push_back(layer->name);
    }
  } catch (const Error& error) {
    log::warning(std::string("A saved copy of a session cannot be read: ") + error.what());
    return std::nullopt;
  }
  return out;
}

}  // namespace

std::unique_ptr<FileLock> FileLock::take(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return nullptr;
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    close(descriptor);
    return nullptr;
  }
  return std::unique_ptr<FileLock>(new FileLock(descriptor));
}

FileLock::~FileLock() {
  close(descriptor_);
}

AutosaveFile::AutosaveFile(const std::string& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  fs::permissions(folder, fs::perms::owner_all, problem);
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  for (int n = 0; n < 100 && !lock_; ++n) {  // a name of its own, whatever earlier processes had this number
    path_ = (fs::path(folder) / fmt::format("{}-{:x}-{}{}", getpid(), now, n, kSessionEnding)).string();
    if (!fs::exists(path_, problem)) lock_ = FileLock::take(lockOf(path_));
  }
  if (!lock_) throw fileError(ErrorCode::Io, folder, "copies of the session cannot be kept here");
}

AutosaveFile::~AutosaveFile() {
  removeBoth(path_);
}

void AutosaveFile::save(const Document& document) {
  const std::lock_guard lock(mutex_);
  saveSession(document, path_);
}

void AutosaveFile::clear() {
  const std::lock_guard lock(mutex_);
  std::error_code none;
  fs::remove(path_, none);
}

std::vector<Orphan> findOrphans(const std::string& folder) {
  std::vector<Orphan> out;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    const std::string path = entry.path().string();
    if (!path.ends_with(kSessionEnding) || !FileLock::take(lockOf(path))) continue;
    if (auto orphan = readOrphan(path)) out.push_back(std::move(*orphan));
  }
  std::sort(out.begin(), out.end(), [](const Orphan& a, const Orphan& b) { return a.saved > b.saved; });
  return out;
}

std::unique_ptr<OrphanClaim> OrphanClaim::take(const std::string& path) {
  auto lock = FileLock::take(lockOf(path));
  std::error_code none;
  if (!lock || !fs::exists(path, none)) return nullptr;
  return std::unique_ptr<OrphanClaim>(new OrphanClaim(path, std::move(lock)));
}

void OrphanClaim::discard() {
  removeBoth(path_);
}

}  // namespace voxmark
