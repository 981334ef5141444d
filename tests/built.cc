#include "tests/built.h"

namespace tests {

const char* const source_dir = PROBITY_SOURCE_DIR;
const char* const built_program = PROBITY_PROGRAM;

}  // namespace tests
