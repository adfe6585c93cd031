// Views as JSON, and bodies as requests.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "service/views.h"

namespace lawbound::api {

using nlohmann::json;

std::string Dump(const json& value);

json ToJson(const service::OfficialView& view);
json ToJson(const service::Reason& view);
json ToJson(const service::TimelineEvent& view);
json ToJson(const service::MatterLine& view);
json ToJson(const service::MatterView& view);
json ToJson(const service::PossibleAct& view);
json ToJson(const service::Work& view);
json ToJson(const service::ActForm& view);
json ToJson(const service::ActAnswer& view);
json ToJson(const service::Figures& view);
json ToJson(const service::CountedAct& view);
json ToJson(const service::LateDuty& view);
json ToJson(const service::Published& view);
json ToJson(const service::Power& view);

// An object; kInvalid for everything else, kLimit when it is nested too deeply.
base::Result<json> ParseObject(std::string_view body);
// kInvalid: names what is missing, of the wrong kind, or not known.
base::Result<service::ActRequest> ToActRequest(const json& body);
// Empty when it is not there; kInvalid when it is no text.
base::Result<std::string> TextOf(const json& body, const char* name);

}  // namespace lawbound::api
