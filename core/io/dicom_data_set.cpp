#include "core/io/dicom_data_set.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace voxmark::dicom {

const std::string* DataSet::bytes(const Tag& tag) const {
  const auto found = elements_.find(tag);
  return found == elements_.end() ? nullptr : &found->second.value;
}

std::optional<std::string> DataSet::text(const Tag& tag) const {
  const auto found = elements_.find(tag);
  if (found == elements_.end()) return std::nullopt;
  std::string value = found->second.value;
  value.resize(std::strlen(value.c_str()));
  const auto first = value.find_first_not_of(' ');
  if (first == std::string::npos) return std::nullopt;
  return value.substr(first, value.find_last_not_of(' ') - first + 1);
}

std::vector<double> DataSet::numbers(const Tag& tag) const {
  const auto value = text(tag);
  std::vector<double> found;
  if (!value) return found;
  std::size_t begin = 0;
  while (begin <= value->size()) {
    const std::size_t end = std::min(value->find('\\', begin), value->size());
    const std::string part = value->substr(begin, end - begin);
    char* stop = nullptr;
    const double parsed = std::strtod(part.c_str(), &stop);
    if (stop == part.c_str() || !std::isfinite(parsed)) return {};
    found.push_back(parsed);
    begin = end + 1;
  }
  return found;
}

std::optional<double> DataSet::number(const Tag& tag) const {
  const auto all = numbers(tag);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

std::vector<int> DataSet::unsignedShorts(const Tag& tag) const {
  std::vector<int> found;
  const std::string* value = bytes(tag);
  for (std::size_t at = 0; value != nullptr && at + 2 <= value->size(); at += 2) {
    const auto low = static_cast<unsigned char>((*value)[at + (bigEndian_ ? 1 : 0)]);
    const auto high = static_cast<unsigned char>((*value)[at + (bigEndian_ ? 0 : 1)]);
    found.push_back(low | (high << 8));
  }
  return found;
}

std::optional<int> DataSet::unsignedShort(const Tag& tag) const {
  const std::string* value = bytes(tag);
  if (value == nullptr || value->size() < 2) return std::nullopt;
  const auto low = static_cast<unsigned char>((*value)[bigEndian_ ? 1 : 0]);
  const auto high = static_cast<unsigned char>((*value)[bigEndian_ ? 0 : 1]);
  return low | (high << 8);
}

const std::vector<DataSet>& DataSet::items(const Tag& tag) const {
  static const std::vector<DataSet> none;
  const auto found = elements_.find(tag);
  return found == elements_.end() ? none : found->second.items;
}

const DataSet* DataSet::firstItem(const Tag& tag) const {
  const auto& all = items(tag);
  return all.empty() ? nullptr : &all.front();
}

}  // namespace voxmark::dicom
