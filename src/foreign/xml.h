// XML as it comes by, element by element.  Documents that declare entities are refused with the line: nothing
// that we read needs them, and bombs are made of them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace lawbound::foreign {

using XmlAttributes = std::map<std::string, std::string, std::less<>>;

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  // Names come without their prefix: w:p is p.
  virtual void Open(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void Close(std::string_view name) = 0;
  virtual void Words(std::string_view words) = 0;
  std::size_t line = 0;  // in the document, of the element that opens; set before Open
};

// A document in pieces, in the order in which they stand.  Borrows the handler for its life.
class XmlStream {
 public:
  explicit XmlStream(XmlHandler& handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  // `last`: nothing follows.  kInvalid with the line when it is not well formed, declares entities, or is
  // nested deeper than 200; nothing more may be fed then.
  base::Status Feed(std::string_view piece, bool last);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The same of a whole document.
base::Status ReadXml(std::string_view bytes, XmlHandler& handler);

// "a & b" as it stands in XML.
std::string XmlEscape(std::string_view text);

}  // namespace lawbound::foreign
