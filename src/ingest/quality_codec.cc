// One list of the fields serves both directions: Fields(archive, quality) names them in order, and the
// archive writes or reads. Numbers are eight bytes, least significant first; texts, lists and maps begin with
// their size.
#include "ingest/quality_codec.h"

#include <cstdint>
#include <type_traits>
#include <utility>

namespace lawbound::ingest {
namespace {

template <typename Archive>
void Fields(Archive& a, Example& e) {
  a(e.block, e.line, e.case_name, e.why);
}
template <typename Archive>
void Fields(Archive& a, Examples& e) {
  a(e.count, e.first);
}
template <typename Archive>
void Fields(Archive& a, FieldQuality& f) {
  a(f.activity, f.field, f.attribute, f.filled, f.missing, f.rounded, f.unreadable);
}
template <typename Archive>
void Fields(Archive& a, DataQuality& q) {
  a(q.cases, q.events, q.entries, q.bad_rows, q.bad_cases, q.unknown_activities, q.skipped_transitions,
    q.without_person, q.fields, q.unordered_cases, q.repeated_entries, q.repeated_cases,
    q.repeated_cases_count, q.repeated_cases_known, q.suspicious_times, q.first, q.last, q.months,
    q.nested_attributes, q.repeated_attributes, q.loose_events, q.bytes);
}

class Writer {
 public:
  template <typename... T>
  void operator()(T&... fields) {
    (Put(fields), ...);
  }
  std::string Take() { return std::move(out_); }

 private:
  template <typename T>
  void Put(T& value) {
    if constexpr (std::is_integral_v<T>) {
      const auto number = static_cast<std::uint64_t>(value);
      for (int i = 0; i < 8; ++i) out_ += static_cast<char>(number >> (8 * i));
    } else {
      Fields(*this, value);
    }
  }
  void Put(std::string& text) {
    Size(text.size());
    out_ += text;
  }
  void Put(std::optional<base::Day>& day) {
    std::int64_t number = day ? day->number : INT64_MIN;
    Put(number);
  }
  template <typename T>
  void Put(std::vector<T>& list) {
    Size(list.size());
    for (T& item : list) Put(item);
  }
  template <typename K, typename... Rest>
  void Put(std::map<K, Rest...>& map) {
    Size(map.size());
    for (auto& [key, value] : map) {
      K copy = key;
      (*this)(copy, value);
    }
  }
  void Size(std::uint64_t size) { Put(size); }

  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <typename... T>
  void operator()(T&... fields) {
    (Get(fields), ...);
  }
  bool good() const { return good_ && rest_.empty(); }

 private:
  template <typename T>
  void Get(T& value) {
    if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(Number());
    } else {
      Fields(*this, value);
    }
  }
  std::uint64_t Number() {
    std::uint64_t number = 0;
    if (rest_.size() < 8) return good_ = false, 0;
    for (unsigned i = 0; i < 8; ++i) number |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    rest_.remove_prefix(8);
    return number;
  }
  // A size that what is left could hold, since nothing takes less than a byte.
  std::uint64_t Size() {
    const std::uint64_t size = Number();
    if (size > rest_.size()) return good_ = false, 0;
    return size;
  }
  void Get(std::string& text) {
    const std::uint64_t size = Size();
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  void Get(std::optional<base::Day>& day) {
    const auto number = static_cast<std::int64_t>(Number());
    day.reset();
    if (number == INT64_MIN) return;
    day = base::Day{static_cast<std::int32_t>(number)};
    if (number < base::kFirstDay.number || number > base::kLastDay.number) good_ = false;
  }
  template <typename T>
  void Get(std::vector<T>& list) {
    for (std::uint64_t size = Size(); size > 0 && good_; --size) {
      list.emplace_back();
      Get(list.back());
    }
  }
  template <typename K, typename... Rest>
  void Get(std::map<K, Rest...>& map) {
    for (std::uint64_t size = Size(); size > 0 && good_; --size) {
      K key{};
      Get(key);
      Get(map[std::move(key)]);
    }
  }

  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

std::string EncodeQuality(const DataQuality& quality) {
  DataQuality copy = quality;
  Writer writer;
  Fields(writer, copy);
  return writer.Take();
}

std::optional<DataQuality> DecodeQuality(std::string_view bytes) {
  DataQuality quality;
  Reader reader(bytes);
  Fields(reader, quality);
  if (!reader.good()) return std::nullopt;
  return quality;
}

}  // namespace lawbound::ingest
