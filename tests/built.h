// Where this build lies: known to one file, so that no other is compiled anew in another folder.
#pragma once

namespace tests {

extern const char* const source_dir;
extern const char* const built_program;  // probity, as built.

}  // namespace tests
