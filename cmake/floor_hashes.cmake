# The hashes by which a ledger states its floor and its refusals: of the sources that carry them out, so that whoever changes
# one changes the hash with it.  Each is the hash of what `sha256sum FILES` prints in the root of the project, the files in
# this order; docs/formats/ledger.md says how to compute it again.
function(hash_of_sources out)
  set(lines "")
  foreach(file IN LISTS ARGN)
    set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${file})
    file(SHA256 ${CMAKE_SOURCE_DIR}/${file} hash)
    string(APPEND lines "${hash}  ${file}\n")
  endforeach()
  string(SHA256 hash "${lines}")
  set(${out} ${hash} PARENT_SCOPE)
endfunction()

hash_of_sources(floor_hash src/program/floor.cc src/program/floor.h)
hash_of_sources(refusals_hash src/check/direction.cc src/check/mappings.cc src/check/refusals.cc src/ingest/identity.cc
                src/program/people_words.cc src/program/people_words.h src/program/verify_people.cc)
