#include <fmt/format.h>

#include "report/audit_json.h"
#include "report/audit_report.h"

namespace lawbound::report {

base::Status MergeAuditJson(std::span<const std::string_view> parts, std::span<const std::string> names,
                            std::ostream& out) {
  CHECK(parts.size() == names.size());
  std::vector<AuditDocument> documents;
  std::vector<std::string> findings;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    base::Result<ReadAudit> read = ReadAuditJson(parts[i]);
    if (!read.ok()) return std::move(read).error().With(fmt::format("reading '{}'", names[i]));
    documents.push_back(std::move(read.value().document));
    auto& taken = read.value().findings;
    findings.insert(findings.end(), std::make_move_iterator(taken.begin()),
                    std::make_move_iterator(taken.end()));
  }
  ASSIGN_OR_RETURN(const AuditDocument sum, MergeDocuments(documents));
  JsonWriter json(out);
  WriteHead(json, sum);
  for (const std::string& finding : findings) json.Line().Plain(finding);
  WriteTail(json, out);
  return base::Ok();
}

}  // namespace lawbound::report
