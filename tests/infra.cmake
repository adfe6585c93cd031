# What is tested around the program: its shape, its messages, its documents, its demonstration, its report in a browser.
# Labels: infra (does not change under sanitizers), docs, e2e (need the program, not in ./test quick).
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# infra_test(NAME LABELS command...)
function(infra_test name labels)
  add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS "${labels}")
endfunction()

infra_test(layers infra ${Python3_EXECUTABLE} tools/check_layers.py .)
infra_test(layers_check_works infra ${Python3_EXECUTABLE} tests/infra/check_layers_test.py)
infra_test(planted_bugs_apply infra ${CMAKE_SOURCE_DIR}/tools/check_planted.sh)
infra_test(messages infra ${Python3_EXECUTABLE} tools/check_messages.py .)
infra_test(messages_check_works infra ${Python3_EXECUTABLE} tests/infra/check_messages_test.py)
infra_test(grammar_size infra ${Python3_EXECUTABLE} tests/infra/grammar_size_test.py)
infra_test(docs_runner_works infra ${Python3_EXECUTABLE} tests/infra/run_docs_test.py)
infra_test(demo_log infra ${Python3_EXECUTABLE} tests/infra/demo_log_test.py $<TARGET_FILE:demo_log>)

find_program(CLANG_FORMAT NAMES clang-format-14 clang-format)
if(CLANG_FORMAT)
  infra_test(format infra ${CMAKE_SOURCE_DIR}/tools/check_format.sh ${CLANG_FORMAT})
endif()

# What the types do not let anyone write, with every compiler at hand.
find_program(CLANGXX NAMES clang++-14 clang++)
infra_test(must_not_compile infra ${CMAKE_SOURCE_DIR}/tests/must_not_compile/run.sh ${CMAKE_CXX_COMPILER}
           ${CMAKE_SOURCE_DIR}/src)
if(CLANGXX AND NOT CLANGXX STREQUAL CMAKE_CXX_COMPILER)
  infra_test(must_not_compile_clang infra ${CMAKE_SOURCE_DIR}/tests/must_not_compile/run.sh ${CLANGXX}
             ${CMAKE_SOURCE_DIR}/src)
endif()

infra_test(docs docs ${Python3_EXECUTABLE} tools/run_docs.py --path ${CMAKE_BINARY_DIR})

if(TARGET lawbound)
  infra_test(command_line docs ${Python3_EXECUTABLE} tests/infra/command_line_test.py $<TARGET_FILE:lawbound>)
  infra_test(try docs ${Python3_EXECUTABLE} tests/infra/try_test.py $<TARGET_FILE:lawbound>)
  infra_test(packs e2e ${Python3_EXECUTABLE} tests/packs_test.py $<TARGET_FILE:lawbound>)
  set_tests_properties(packs PROPERTIES TIMEOUT 300)
  infra_test(simulated e2e ${Python3_EXECUTABLE} tests/simulate_test.py $<TARGET_FILE:lawbound>)
  set_tests_properties(simulated PROPERTIES TIMEOUT 300)
  infra_test(wrong_edits e2e ${Python3_EXECUTABLE} tests/wrong_edits_test.py $<TARGET_FILE:lawbound>)
  set_tests_properties(wrong_edits PROPERTIES TIMEOUT 600)
  infra_test(bad_input e2e ${Python3_EXECUTABLE} tests/bad_input_test.py $<TARGET_FILE:lawbound>)
  set_tests_properties(bad_input PROPERTIES TIMEOUT 120)
  infra_test(look e2e ${Python3_EXECUTABLE} tests/look_test.py $<TARGET_FILE:lawbound>)
  set_tests_properties(look PROPERTIES TIMEOUT 300)
  infra_test(sheets e2e ${Python3_EXECUTABLE} tests/sheets_test.py $<TARGET_FILE:lawbound>)
  set_tests_properties(sheets PROPERTIES TIMEOUT 900)
  infra_test(sheets_bad e2e ${Python3_EXECUTABLE} tests/sheets_bad_test.py $<TARGET_FILE:lawbound>)
  set_tests_properties(sheets_bad PROPERTIES TIMEOUT 900)
  infra_test(sheets_million long ${Python3_EXECUTABLE} tests/sheets_million_test.py $<TARGET_FILE:lawbound>)
  set_tests_properties(sheets_million PROPERTIES TIMEOUT 3600)
  infra_test(registry_kill e2e ${Python3_EXECUTABLE} tests/registry_kill_test.py $<TARGET_FILE:lawbound>)
  set_tests_properties(registry_kill PROPERTIES TIMEOUT 600)
  infra_test(law_corpus e2e ${Python3_EXECUTABLE} tests/law_corpus_test.py $<TARGET_FILE:lawbound>
             ${CMAKE_BINARY_DIR}/corpus)
  set_tests_properties(law_corpus PROPERTIES TIMEOUT 1200 SKIP_RETURN_CODE 77)
  infra_test(law_bad_input e2e ${Python3_EXECUTABLE} tests/law_bad_input_test.py $<TARGET_FILE:lawbound>)
  set_tests_properties(law_bad_input PROPERTIES TIMEOUT 120)
  infra_test(demo_report e2e ${CMAKE_SOURCE_DIR}/tests/e2e/make_report.sh ${CMAKE_BINARY_DIR})
  set_tests_properties(demo_report PROPERTIES FIXTURES_SETUP demo_report)
  add_executable(made_site ${CMAKE_SOURCE_DIR}/tests/e2e/made_site.cc)
  target_link_libraries(made_site PRIVATE pages http lawbound_flags fmt::fmt)
  infra_test(report_in_browser e2e ${CMAKE_SOURCE_DIR}/tests/e2e/run.sh ${CMAKE_BINARY_DIR} $<TARGET_FILE:made_site>)
  set_tests_properties(report_in_browser PROPERTIES FIXTURES_REQUIRED demo_report TIMEOUT 900)
  # The real server in a browser; the test before it installs what Chromium is driven with.
  infra_test(serve_in_browser e2e ${Python3_EXECUTABLE} tests/serve/browser_journey.py $<TARGET_FILE:lawbound>
             $<TARGET_FILE:lawbound-verify>
             ${CMAKE_BINARY_DIR}/e2e)
  set_tests_properties(report_in_browser PROPERTIES FIXTURES_SETUP browser)
  set_tests_properties(serve_in_browser PROPERTIES FIXTURES_REQUIRED browser TIMEOUT 600)
endif()
