#include "events/index_keys.h"

#include <algorithm>

namespace events {

std::vector<std::string> index_keys(Record::Reader record, Position position) {
  std::vector<std::string> keys;
  if (record.getPart() == 0) {
    keys.push_back(index_key(command_subject(view(record.getActor()), view(record.getCommandId())),
                             true, position));
  }
  for (const Subject& one : subjects_of(record)) {
    keys.push_back(index_key(one.name, one.folded, position));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace events
