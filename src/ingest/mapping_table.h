// A mapping made ready for reading: which attributes are wanted, which activity is which act, and where each
// value goes.
//
// Immutable once made, shared between workers; borrows the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/data_quality.h"
#include "ingest/name_table.h"
#include "program/program.h"

namespace lawbound::ingest {

struct MappedField {
  std::uint32_t slot = 0;   // where the reader puts the attribute's text: see MappingTable
  bool of_case = false;     // a slot of the case, not of the event
  bool of_role = false;     // goes to History::role_values, not to the entry
  std::uint32_t place = 0;  // place among the values of the act, or among the role values
  const program::FieldDef* field = nullptr;
};

struct MappedLine {
  model::ActId act;
  std::uint32_t values = 0;                // how many fields the act declares
  std::uint32_t dated_place = 0xffffffff;  // the field that holds the effective day, if the act is dated
  std::uint32_t first_field = 0;           // rows of MappingTable::fields
  std::uint32_t fields = 0;
};

class MappingTable {
 public:
  // Slots of an event, in this order; those of mapped attributes follow.
  enum Slot : std::uint32_t { kActivity, kTime, kTransition, kPerson, kFirstMapped };

  // kInvalid when the mapping maps no act of an authority: such a log holds people's conduct only, and
  // nothing in it binds an authority (docs/safeguards.md S8); or when one activity is mapped twice.
  static base::Result<MappingTable> Make(const program::Program& program, const program::MappingDef& mapping);

  const program::Program& program() const { return *program_; }
  const program::MappingDef& mapping() const { return *mapping_; }
  const NameTable& event_keys() const { return event_keys_; }  // attribute to slot
  const NameTable& case_keys() const { return case_keys_; }    // attribute to slot; slot 0 is the case number
  const NameTable& activities() const { return activities_; }  // activity to row of lines
  const std::vector<MappedLine>& lines() const { return lines_; }
  const std::vector<MappedField>& fields() const { return fields_; }
  bool reads_case_attributes() const { return case_keys_.size() > 1; }
  // Counters at zero, one FieldQuality for each of `fields`.
  DataQuality EmptyQuality() const;
  // Of everything that decides what entries a log gives: acts, fields, choices, the mapping.  FNV-1a.
  std::uint64_t Hash() const;

 private:
  const program::Program* program_ = nullptr;
  const program::MappingDef* mapping_ = nullptr;
  NameTable event_keys_, case_keys_, activities_;
  std::vector<MappedLine> lines_;
  std::vector<MappedField> fields_;
};

}  // namespace lawbound::ingest
