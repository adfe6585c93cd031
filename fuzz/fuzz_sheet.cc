// Any bytes as a sheet: no crash, bounded, read twice alike, and what a look makes of it.  The first byte
// says what the rest is: 'x' the XML of an .xlsx (sheet, strings and styles with a zero byte between), 'o'
// the content of an .ods, else a whole file: ZIP archives hold checksums, which no fuzzer finds.
#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>
#include <zlib.h>

#include "fuzz/small_limits.h"
#include "ingest/sheet.h"
#include "look/guess.h"
#include "look/ledger.h"
#include "look/rows.h"

namespace {

using namespace lawbound;

void Put(std::string& out, std::uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xFFU);
}

struct Member {
  std::string name, content;
};

// An archive with its members stored.
std::string Zip(const std::vector<Member>& members) {
  std::string out, directory;
  for (const Member& member : members) {
    const auto* const bytes = reinterpret_cast<const Bytef*>(member.content.data());
    const auto crc = crc32(0, bytes, static_cast<uInt>(member.content.size()));
    std::string about;
    Put(about, 20, 2);
    Put(about, 0, 8);
    Put(about, crc, 4);
    Put(about, member.content.size(), 4);
    Put(about, member.content.size(), 4);
    Put(about, member.name.size(), 2);
    Put(about, 0, 2);
    directory += "PK\x01\x02";
    Put(directory, 20, 2);
    directory += about;
    Put(directory, 0, 10);
    Put(directory, out.size(), 4);
    directory += member.name;
    out += "PK\x03\x04" + about + member.name + member.content;
  }
  const std::size_t begin = out.size();
  out += directory + "PK\x05\x06";
  Put(out, 0, 4);
  Put(out, members.size(), 2);
  Put(out, members.size(), 2);
  Put(out, directory.size(), 4);
  Put(out, begin, 4);
  Put(out, 0, 2);
  return out;
}

std::string Xlsx(std::string_view parts) {
  std::vector<std::string> all(3);
  for (std::string& part : all) {
    const std::size_t end = parts.find('\0');
    part = std::string(parts.substr(0, end));
    parts.remove_prefix(end == std::string_view::npos ? parts.size() : end + 1);
  }
  std::vector<Member> members{
      {"xl/workbook.xml", "<workbook><sheets><sheet name=\"FOI\" id=\"r\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", "<a><Relationship Id=\"r\" Target=\"s.xml\"/></a>"},
      {"xl/s.xml", all[0]},
      {"xl/sharedStrings.xml", all[1]}};
  if (!all[2].empty()) members.push_back({"xl/styles.xml", all[2]});
  return Zip(members);
}

std::string FileOf(std::string_view input) {
  if (input.starts_with('x')) return Xlsx(input.substr(1));
  if (input.starts_with('o')) return Zip({{"content.xml", std::string(input.substr(1))}});
  return std::string(input);
}

// A file without a name, filled anew each time.
class Scratch {
 public:
  Scratch() : descriptor_(memfd_create("sheet", 0)), path_("/proc/self/fd/" + std::to_string(descriptor_)) {
    if (descriptor_ < 0) std::abort();
  }
  const std::string& Fill(const std::string& content) const {
    if (ftruncate(descriptor_, 0) != 0) std::abort();
    const auto written = pwrite(descriptor_, content.data(), content.size(), 0);
    if (written != static_cast<ssize_t>(content.size())) std::abort();
    return path_;
  }

 private:
  int descriptor_;
  std::string path_;
};

constexpr std::string_view kLedger =
    "rule\tin-time\nfirst\ta\t收到日期|received\nact\tb\t延期日期|extended\nact\tc\t答复日期|answered\n"
    "field\tb.longer\tlonger\tdays\ncase\t\tid\nmark\t\tfoi\nempty\t\t-\ntotal\t\ttotal\n";

std::string AllRows(const ingest::Workbook& book, std::size_t sheet, const ingest::Limits& limits) {
  std::string out;
  auto rows = book.Rows(sheet);
  if (!rows.ok()) return rows.error().message;
  ingest::SheetRow row;
  std::uint64_t before = 0;
  for (int i = 0; i < 3000; ++i) {
    auto more = rows.value()->Next(row);
    if (!more.ok()) return out + more.error().message;
    if (!more.value()) break;
    if (row.cells.empty() || row.cells.back().empty() || row.cells.size() > limits.attributes_per_event)
      std::abort();
    if (book.form() == ingest::Workbook::Form::kText && row.number <= before) std::abort();
    before = row.number;
    for (const std::string& cell : row.cells) out += cell + '\t';
    out += '\n';
  }
  return out;
}

void Look(const ingest::Workbook& book, const std::vector<look::Ledger>& ledgers,
          const ingest::Limits& limits) {
  const look::Answers answers;
  auto guesses = look::MakeGuess(book, "a", ledgers, {.answers = &answers, .keep = {}});
  if (!guesses.ok() || !guesses.value().whole) return;
  for (look::Guess& guess : guesses.value().sheets) {
    auto survey = look::SurveyRows(book, guess, look::Order::kUnknown, limits);
    if (!survey.ok() || !look::IsWhole(guess)) continue;
    auto rows = look::MatterRows::Open(book, guess, survey.value(), base::ToDay({2026, 5, 6}));
    if (!rows.ok()) continue;
    look::MatterRow row;
    for (int i = 0; i < 3000; ++i) {
      auto more = rows.value().Next(row);
      if (!more.ok() || !more.value()) break;
      if (!row.odd && !row.acts[0]) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Scratch scratch;
  static const std::vector<look::Ledger> ledgers{look::ParseLedger(kLedger, "p/q").value()};
  ingest::Limits limits = fuzz::SmallLimits();
  limits.memory_bytes = 64;
  limits.text_bytes = 512;
  limits.row_bytes = 1024;
  const std::string& path = scratch.Fill(FileOf({reinterpret_cast<const char*>(data), size}));
  const auto book = ingest::Workbook::Open(path, limits);
  if (!book.ok()) return 0;
  for (std::size_t sheet = 0; sheet < book.value().sheets().size() && sheet < 4; ++sheet) {
    if (AllRows(book.value(), sheet, limits) != AllRows(book.value(), sheet, limits)) std::abort();
  }
  Look(book.value(), ledgers, limits);
  return 0;
}
