#include "core/profiling/process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/trace/trace.h"

extern char** environ;

namespace voxmark::profiling {
namespace {

constexpr std::size_t kMostOutput = std::size_t{16} << 20;
constexpr std::size_t kMostError = 4096;

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Error(ErrorCode::Io, "no pipe can be opened");
    read = ends[0];
    write = ends[1];
  }
  ~Pipe() {
    closeWrite();
    ::close(read);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void closeWrite() {
    if (write >= 0) ::close(write);
    write = -1;
  }
};

/// Appends what is there to read; false at the end of the stream.
bool drain(int descriptor, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
  if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN));
}

pid_t spawn(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& environment,
            const Pipe& out, const Pipe& error) {
  std::vector<char*> argv;
  for (const std::string& one : arguments) argv.push_back(const_cast<char*>(one.c_str()));
  argv.push_back(nullptr);
  std::vector<std::string> added;
  std::vector<char*> variables;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string name(*one, std::strcspn(*one, "="));
    if (environment.count(name) == 0) variables.push_back(*one);
  }
  for (const auto& [name, value] : environment) added.push_back(name + '=' + value);
  for (std::string& one : added) variables.push_back(one.data());
  variables.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, error.write, STDERR_FILENO);
  posix_spawnattr_t attributes;  // signals that we ignore are not the child's to ignore
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  sigaddset(&signals, SIGXFSZ);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t pid = -1;
  const int failed = posix_spawnp(&pid, argv[0], &actions, &attributes, argv.data(), variables.data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) {
    throw fileError(ErrorCode::NotFound, arguments[0], fmt::format("the program cannot be run ({})", strerror(failed)));
  }
  return pid;
}

double milliseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

/// Reads both streams until the child has closed them. False where the job was cancelled.
bool listen(const Pipe& out, const Pipe& error, const JobContext& job, ProcessOutcome& outcome) {
  std::array<pollfd, 2> streams{{{out.read, POLLIN, 0}, {error.read, POLLIN, 0}}};
  std::array<std::string*, 2> texts{&outcome.out, &outcome.error};
  while (streams[0].fd >= 0 || streams[1].fd >= 0) {
    if (job.cancelled()) return false;
    if (::poll(streams.data(), streams.size(), 20) <= 0) continue;
    for (std::size_t n = 0; n < streams.size(); ++n) {
      if (streams[n].fd < 0 || streams[n].revents == 0) continue;
      if (!drain(streams[n].fd, *texts[n])) streams[n].fd = -1;
    }
    if (outcome.out.size() > kMostOutput) outcome.out.resize(kMostOutput);
    if (outcome.error.size() > kMostError) outcome.error.erase(0, outcome.error.size() - kMostError);
  }
  return true;
}

}  // namespace

ProcessOutcome runProcess(const std::vector<std::string>& arguments, JobContext& job,
                          const std::map<std::string, std::string>& environment) {
  if (arguments.empty()) throw Error(ErrorCode::Usage, "there is no program to run");
  job.throwIfCancelled();
  Pipe out;
  Pipe error;
  ProcessOutcome outcome;
  const std::int64_t start = trace::now();
  const pid_t pid = spawn(arguments, environment, out, error);
  out.closeWrite();
  error.closeWrite();
  const bool whole = listen(out, error, job, outcome);
  if (!whole) ::kill(pid, SIGTERM);
  int status = 0;
  rusage usage{};
  while (::wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  outcome.realMs = static_cast<double>(trace::now() - start) / 1e6;
  if (!whole) throw Cancelled();
  outcome.cpuMs = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
  outcome.peakRss = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  outcome.exitCode = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return outcome;
}

std::string failureText(const ProcessOutcome& outcome) {
  const std::string& said = outcome.error;
  // A traceback ends with what went wrong.
  std::size_t end = said.find_last_not_of(" \n\r\t");
  if (end == std::string::npos) return fmt::format("it ended with {}", outcome.exitCode);
  const std::size_t begin = said.rfind('\n', end);
  return said.substr(begin == std::string::npos ? 0 : begin + 1,
                     end - (begin == std::string::npos ? 0 : begin + 1) + 1);
}

}  // namespace voxmark::profiling
