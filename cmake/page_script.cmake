# The program of the page that checks without a network, as a literal: generated/pages/check_script.h, kCheckScript.
set(page_script "")
foreach(file IN ITEMS src/verify/offline.js src/pages/check_page.js)
  set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${file})
  file(READ ${CMAKE_SOURCE_DIR}/${file} one)
  string(APPEND page_script "${one}")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/pages/check_script.h @ONLY CONTENT [[
// Made by cmake/page_script.cmake out of src/verify/offline.js and src/pages/check_page.js.
#pragma once

namespace lawbound::pages {

inline constexpr char kCheckScript[] = R"script(@page_script@)script";

}  // namespace lawbound::pages
]])
target_include_directories(pages PRIVATE ${CMAKE_BINARY_DIR}/generated)
