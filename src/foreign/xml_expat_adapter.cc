#include <expat.h>
#include <fmt/format.h>
#include <memory>

#include "foreign/xml.h"

namespace lawbound::foreign {
namespace {

constexpr int kDeepest = 200;

struct Reading {
  XML_Parser parser = nullptr;
  XmlHandler* handler = nullptr;
  int depth = 0;
  std::string refused;
};

std::string_view Local(const char* name) {
  const std::string_view whole = name;
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

void Refuse(Reading& reading, std::string why) {
  if (reading.refused.empty()) reading.refused = std::move(why);
  XML_StopParser(reading.parser, XML_FALSE);
}

void OnOpen(void* data, const char* name, const char** attributes) {
  Reading& reading = *static_cast<Reading*>(data);
  if (!reading.refused.empty()) return;
  if (++reading.depth > kDeepest) return Refuse(reading, fmt::format("nested deeper than {}", kDeepest));
  XmlAttributes all;
  for (; attributes[0] != nullptr; attributes += 2) all[std::string(Local(attributes[0]))] = attributes[1];
  reading.handler->line = XML_GetCurrentLineNumber(reading.parser);
  reading.handler->Open(Local(name), all);
}

void OnClose(void* data, const char* name) {
  Reading& reading = *static_cast<Reading*>(data);
  if (!reading.refused.empty()) return;
  --reading.depth;
  reading.handler->Close(Local(name));
}

void OnWords(void* data, const char* words, int bytes) {
  const Reading& reading = *static_cast<Reading*>(data);
  if (reading.refused.empty()) reading.handler->Words({words, static_cast<std::size_t>(bytes)});
}

void OnEntity(void* data, const char* name, int /*parameter*/, const char* /*value*/, int /*bytes*/,
              const char* /*base*/, const char* /*system*/, const char* /*public*/,
              const char* /*notation*/) {
  Refuse(*static_cast<Reading*>(data), fmt::format("it declares the entity '{}'", name));
}

struct Free {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

struct XmlStream::State {
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser;
  Reading reading;
};

XmlStream::XmlStream(XmlHandler& handler) : state_(std::make_unique<State>()) {
  state_->parser.reset(XML_ParserCreate(nullptr));
  CHECK(state_->parser != nullptr);
  XML_ParserStruct* const parser = state_->parser.get();
  state_->reading = {parser, &handler, 0, ""};
  XML_SetUserData(parser, &state_->reading);
  XML_SetElementHandler(parser, OnOpen, OnClose);
  XML_SetCharacterDataHandler(parser, OnWords);
  XML_SetEntityDeclHandler(parser, OnEntity);
}

XmlStream::~XmlStream() = default;

base::Status XmlStream::Feed(std::string_view piece, bool last) {
  XML_ParserStruct* const parser = state_->parser.get();
  if (XML_Parse(parser, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0) == XML_STATUS_OK)
    return base::Ok();
  const std::string why =
      state_->reading.refused.empty() ? XML_ErrorString(XML_GetErrorCode(parser)) : state_->reading.refused;
  return base::Error{base::Errc::kInvalid, fmt::format("line {}: {}", XML_GetCurrentLineNumber(parser), why)};
}

base::Status ReadXml(std::string_view bytes, XmlHandler& handler) {
  XmlStream stream(handler);
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  for (std::size_t at = 0;; at += kPiece) {
    const bool last = bytes.size() - at <= kPiece;
    RETURN_IF_ERROR(stream.Feed(bytes.substr(at, kPiece), last));
    if (last) return base::Ok();
  }
}

std::string XmlEscape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char character : text) {
    switch (character) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        // The control characters that XML 1.0 cannot hold.
        if (static_cast<unsigned char>(character) >= 0x20 || character == '\n' || character == '\t' ||
            character == '\r')
          out += character;
    }
  }
  return out;
}

}  // namespace lawbound::foreign
