// Under which keys of the index a record stands (events/keys.h). Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "events/record.h"

namespace events {

// Ascending: random keys cost RocksDB half as much again.
std::vector<std::string> index_keys(Record::Reader record, Position position);

}  // namespace events
