// Reads XES with expat: slower and complete, the twin that xes_scanner is tested against and hands over to.
#pragma once

#include <memory>
#include <span>

#include "base/result.h"
#include "ingest/event.h"
#include "ingest/limits.h"

namespace lawbound::ingest {

// One log, fed from its start (after a byte order mark) in pieces of any size.  A document type declaration
// is refused, so no entity is ever expanded but the five of XML.  Borrows limits and sink.
class XesExpat {
 public:
  XesExpat(const Limits& limits, EventSink& sink);
  ~XesExpat();
  XesExpat(const XesExpat&) = delete;
  XesExpat& operator=(const XesExpat&) = delete;

  // kInvalid with the line when the log is not well-formed or no XES; kLimit; or what the sink answered.
  base::Status Feed(std::span<const char> bytes);
  // After the last piece.
  base::Status End();

 private:
  class Reader;
  std::unique_ptr<Reader> reader_;
};

}  // namespace lawbound::ingest
