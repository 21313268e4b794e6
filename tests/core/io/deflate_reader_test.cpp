// Our inflate against streams that other programs' libraries have made.
#include "core/io/deflate_reader.h"

#include <random>

#include "core/io/deflate_chunk.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

using Stop = DeflateReader::Stop;

std::string noise(std::size_t bytes, int bits) {
  std::mt19937 random(5);
  std::string out(bytes, '\0');
  for (char& one : out) one = static_cast<char>(random() & ((1U << bits) - 1));
  return out;
}

/// Voxels of 16 bits: a slow change with noise on it, so that there are literals and short matches.
std::string voxels(std::size_t count) {
  std::mt19937 random(7);
  std::string out;
  for (std::size_t n = 0; n < count; ++n) {
    const auto value =
        static_cast<std::int16_t>(400 + static_cast<int>(n / 900 % 300) + static_cast<int>(random() % 25));
    out.append(reinterpret_cast<const char*>(&value), 2);
  }
  return out;
}

/// Bytes whose frequencies fall like the Fibonacci numbers rise: codes of all lengths up to the longest.
std::string skewed() {
  std::string out;
  double count = 1, before = 1;
  for (int letter = 0; letter < 22; ++letter) {
    out.append(static_cast<std::size_t>(count), static_cast<char>('a' + letter));
    before = std::exchange(count, count + before);
  }
  std::mt19937 random(3);
  std::shuffle(out.begin(), out.end(), random);
  return out;
}

std::string deflated(const std::string& text, int level) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(level);
  std::string out(libdeflate_deflate_compress_bound(compressor, text.size()), '\0');
  out.resize(libdeflate_deflate_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

struct Sample {
  std::string name, text;
};

std::vector<Sample> samples() {
  std::vector<Sample> out{{"noise", noise(70000, 8)},
                          {"few_values", noise(200000, 2)},
                          {"voxels", voxels(150000)},
                          {"zeros", std::string(300000, '\0')},
                          {"skewed", skewed()}};
  // A period of a whole window: matches that begin as far back as they can.
  const std::string window = noise(32768, 8);
  out.push_back({"far", window + window + window.substr(0, 999)});
  for (const std::size_t length : {0, 1, 2, 3, 7, 31, 70}) {
    out.push_back(
        {"short_" + std::to_string(length), std::string("abcabcabcabdefdefdefg").append(80, 'x').substr(0, length)});
  }
  return out;
}

DeflateInput inputOf(const std::string& stream) {
  const auto* first = reinterpret_cast<const std::uint8_t*>(stream.data());
  return {first, first + stream.size(), true};
}

std::span<std::byte> bytesOf(std::string& text) {
  return std::as_writable_bytes(std::span(text));
}

TEST(DeflateReader, ReadsWhatOthersHaveDeflated) {
  for (const Sample& sample : samples()) {
    for (const int level : {0, 1, 6, 12}) {
      const std::string stream = deflated(sample.text, level);
      DeflateReader reader;
      reader.start();
      DeflateInput input = inputOf(stream);
      std::string out(sample.text.size() + 10, '?');
      std::size_t done = 0;
      EXPECT_EQ(reader.decode(input, bytesOf(out), done), Stop::StreamEnds) << sample.name << level;
      EXPECT_EQ(input.next, input.end);
      EXPECT_TRUE(out.substr(0, done) == sample.text) << sample.name << level;
      EXPECT_EQ(out.substr(done), std::string(10, '?')) << sample.name;
    }
  }
}

/// Decodes with input and output that come in pieces of these sizes.
std::string inPieces(const std::string& stream, std::size_t inputPiece, std::size_t outputPiece) {
  DeflateReader reader;
  reader.start();
  const DeflateInput all = inputOf(stream);
  DeflateInput input{all.next, all.next, false};
  std::string out;
  std::string room(outputPiece, '\0');
  for (;;) {
    std::size_t done = 0;
    const Stop stop = reader.decode(input, bytesOf(room), done);
    out += room.substr(0, done);
    std::fill(room.begin(), room.end(), '#');  // what was handed out is no longer the reader's
    if (stop == Stop::StreamEnds) return out;
    if (stop != Stop::InputShort) continue;
    const auto left = static_cast<std::size_t>(all.end - input.end);
    input.end += std::min(left, inputPiece);
    input.last = input.end == all.end;
  }
}

TEST(DeflateReader, DoesNotDependOnThePiecesThatItIsGiven) {
  for (const Sample& sample : samples()) {
    const std::string stream = deflated(sample.text, 6);
    for (const std::size_t inputPiece : {std::size_t{1}, DeflateReader::kLeastInput + 1, std::size_t{5000}}) {
      if (inputPiece == 1 && stream.size() > 20000) continue;
      for (const std::size_t outputPiece : {3U, 1000U, 32768U, 100003U}) {
        if (outputPiece == 3 && sample.text.size() > 80000) continue;
        EXPECT_TRUE(inPieces(stream, inputPiece, outputPiece) == sample.text)
            << sample.name << ' ' << inputPiece << ' ' << outputPiece;
      }
    }
  }
}

TEST(DeflateReader, CanBeginAtEveryBlock) {
  const std::string text = voxels(400000) + noise(100000, 8) + std::string(50000, 'z');
  const std::string stream = deflated(text, 6);
  DeflateReader reader;
  reader.start();
  DeflateInput input = inputOf(stream);
  std::string out(text.size(), '\0');
  std::size_t done = 0;
  int blocks = 0;
  while (reader.decode(input, bytesOf(out), done, done + 1) == Stop::BlockBegins) {
    const std::size_t bit = static_cast<std::size_t>(input.next - inputOf(stream).next) * 8 - reader.unusedBits();
    EXPECT_EQ(reader.window().size(), std::min<std::size_t>(done, DeflateReader::kWindow));
    DeflateReader other;
    other.start(static_cast<unsigned>(bit % 8), reader.window());
    DeflateInput rest = inputOf(stream);
    rest.next += bit / 8;
    std::string tail(text.size() - done, '\0');
    std::size_t got = 0;
    ASSERT_EQ(other.decode(rest, bytesOf(tail), got), Stop::OutputFull);
    EXPECT_TRUE(tail == text.substr(done)) << done;
    ++blocks;
  }
  EXPECT_GT(blocks, 5);
}

TEST(DeflateReader, SaysOfEveryTruncationThatItIsOne) {
  const std::string text = voxels(400) + noise(300, 8);
  for (const int level : {0, 1, 9}) {
    const std::string stream = deflated(text, level);
    for (std::size_t length = 0; length < stream.size(); ++length) {
      const std::string cut = stream.substr(0, length);
      DeflateReader reader;
      reader.start();
      DeflateInput input = inputOf(cut);
      std::string out(text.size() + 1, '\0');
      std::size_t done = 0;
      EXPECT_EQ(errorOf([&] { (void)reader.decode(input, bytesOf(out), done); }), ErrorCode::Truncated) << length;
    }
  }
}

TEST(DeflateReader, SurvivesEveryFlippedBit) {
  const std::string text = voxels(300) + std::string(600, 'q') + noise(200, 8);
  const std::string stream = deflated(text, 9);
  int refused = 0;
  for (std::size_t bit = 0; bit < stream.size() * 8; ++bit) {
    std::string damaged = stream;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    DeflateReader reader;
    reader.start();
    DeflateInput input = inputOf(damaged);
    std::string out(text.size() + 64, '?');
    std::size_t done = 0;
    try {
      (void)reader.decode(input, bytesOf(out).first(text.size() + 32), done);
      EXPECT_LE(done, text.size() + 32);
    } catch (const Error& error) {
      ++refused;
      EXPECT_TRUE(error.code() == ErrorCode::Format || error.code() == ErrorCode::Truncated);
    }
    EXPECT_EQ(out.substr(text.size() + 32), std::string(32, '?')) << bit;
  }
  EXPECT_GT(refused, 0);
}

TEST(DeflateChunk, JoinedChunksAreOneStreamAndEachStandsAlone) {
  for (const int level : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}) {
    std::string all;
    std::string stream;
    for (const Sample& sample : samples()) {
      const auto chunk = deflateChunk(std::as_bytes(std::span(sample.text)), level);
      const std::string bytes(reinterpret_cast<const char*>(chunk.data()), chunk.size());
      std::string out(sample.text.size(), '\0');
      DeflateReader reader;
      reader.start();
      DeflateInput input = inputOf(bytes);
      std::size_t done = 0;
      if (!sample.text.empty()) {
        EXPECT_EQ(reader.decode(input, bytesOf(out), done), Stop::OutputFull);
        EXPECT_TRUE(out == sample.text) << level << sample.name;
      }
      all += sample.text;
      stream += bytes;
    }
    stream += std::string("\x03\x00", 2);
    std::string back(all.size(), '\0');
    std::size_t got = 0;
    libdeflate_decompressor* other = libdeflate_alloc_decompressor();
    EXPECT_EQ(libdeflate_deflate_decompress(other, stream.data(), stream.size(), back.data(), back.size(), &got),
              LIBDEFLATE_SUCCESS)
        << level;
    libdeflate_free_decompressor(other);
    EXPECT_TRUE(back == all) << level;
  }
}

}  // namespace
}  // namespace voxmark::testing
