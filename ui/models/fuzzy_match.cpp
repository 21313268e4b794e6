#include "ui/models/fuzzy_match.h"

#include <QStringList>

namespace voxmark::ui {
namespace {

constexpr int kWhole = 60;  ///< the word stands there as typed
constexpr int kBegin = 30;  ///< at the beginning of a word
constexpr int kRun = 5;     ///< a letter right after the one before
constexpr int kLater = 20;  ///< the most that is lost by standing far back

bool beginsWord(const QString& text, qsizetype at) {
  return at == 0 || !text[at - 1].isLetterOrNumber();
}

/// Where `word` stands best: at a beginning if there is one. -1 where it does not.
qsizetype find(const QString& word, const QString& text) {
  const qsizetype first = text.indexOf(word);
  for (qsizetype at = first; at >= 0; at = text.indexOf(word, at + 1)) {
    if (beginsWord(text, at)) return at;
  }
  return first;
}

std::optional<int> matchLetters(const QString& word, const QString& text) {
  int score = 0;
  qsizetype last = -2;
  for (const QChar letter : word) {
    // The beginning of a later word is meant rather than the next such letter, unless a run goes on.
    qsizetype at = text.indexOf(letter, std::max<qsizetype>(last + 1, 0));
    if (at < 0) return std::nullopt;
    if (at != last + 1) {
      for (qsizetype later = at; later >= 0; later = text.indexOf(letter, later + 1)) {
        if (!beginsWord(text, later)) continue;
        at = later;
        break;
      }
    }
    score += beginsWord(text, at) ? 2 * kRun : at == last + 1 ? kRun : -1;
    last = at;
  }
  return score;
}

std::optional<int> matchWord(const QString& word, const QString& text) {
  if (const qsizetype at = find(word, text); at >= 0) {
    return kWhole + (beginsWord(text, at) ? kBegin : 0) - static_cast<int>(std::min<qsizetype>(at, kLater));
  }
  return matchLetters(word, text);
}

}  // namespace

std::optional<int> fuzzyMatch(const QString& typed, const QString& text) {
  const QString low = text.toLower();
  int score = 0;
  for (const QString& word : typed.toLower().split(' ', Qt::SkipEmptyParts)) {
    const std::optional<int> one = matchWord(word, low);
    if (!one) return std::nullopt;
    score += *one;
  }
  return score;
}

}  // namespace voxmark::ui
