#include "core/base/log.h"

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

namespace voxmark::log {
namespace {

TEST(Log, KeepsTheLastThousandLinesInOrder) {
  for (int n = 0; n < 1500; ++n) info("line " + std::to_string(n));
  const auto kept = entries();
  ASSERT_EQ(kept.size(), 1000U);
  EXPECT_EQ(kept.front().text, "line 500");
  EXPECT_EQ(kept.back().text, "line 1499");
  EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end(), [](const Entry& a, const Entry& b) { return a.time < b.time; }));
}

TEST(Log, RemembersTheLevel) {
  write(Level::Debug, "d");
  info("i");
  warning("w");
  error("e");
  const auto kept = entries();
  ASSERT_GE(kept.size(), 4U);
  const auto last = kept.end() - 4;
  EXPECT_EQ(last[0].level, Level::Debug);
  EXPECT_EQ(last[1].level, Level::Info);
  EXPECT_EQ(last[2].level, Level::Warning);
  EXPECT_EQ(last[3].level, Level::Error);
}

TEST(Log, TellsListenersUntilTheyUnsubscribe) {
  std::vector<std::string> first, second;
  const int a = subscribe([&](const Entry& entry) { first.push_back(entry.text); });
  const int b = subscribe([&](const Entry& entry) { second.push_back(entry.text); });
  EXPECT_NE(a, b);
  info("one");
  unsubscribe(a);
  unsubscribe(a);  // twice is harmless
  info("two");
  unsubscribe(b);
  info("three");
  EXPECT_EQ(first, (std::vector<std::string>{"one"}));
  EXPECT_EQ(second, (std::vector<std::string>{"one", "two"}));
}

TEST(Log, AListenerMayUnsubscribeItselfAndReadTheLog) {
  int calls = 0;
  int id = 0;
  id = subscribe([&](const Entry& entry) {
    ++calls;
    EXPECT_EQ(entries().back().text, entry.text);
    unsubscribe(id);
  });
  info("heard");
  info("not heard");
  EXPECT_EQ(calls, 1);
}

TEST(Log, LosesNoLineOfSeveralThreads) {
  std::vector<std::thread> writers;
  for (int n = 0; n < 4; ++n) {
    writers.emplace_back([n] {
      for (int line = 0; line < 200; ++line) info("writer " + std::to_string(n));
    });
  }
  for (std::thread& writer : writers) writer.join();
  const auto kept = entries();
  for (int n = 0; n < 4; ++n) {
    const auto mine = "writer " + std::to_string(n);
    EXPECT_EQ(std::count_if(kept.begin(), kept.end(), [&](const Entry& e) { return e.text == mine; }), 200);
  }
}

}  // namespace
}  // namespace voxmark::log
