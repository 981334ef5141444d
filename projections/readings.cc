#include "projections/readings.h"

#include "events/moment.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {

void Readings::apply(const events::Recorded& recorded, Rows& rows) {
  if (!recorded.event().isRecordRead()) return;
  auto event = recorded.event().getRecordRead();
  std::string key;
  for (auto part : event.getKey()) key += (key.empty() ? "" : " ") + events::string(part);
  boost::json::object row;
  row["time"] = events::text(recorded.at());
  row["view"] = json_text(events::view(event.getView()));
  set_text(row, "keyText", key);
  row["at"] = json_text(number(event.getAt()));
  row["opened"] = event.getOpened();
  rows.put({events::view(recorded.record.getActor()), number(recorded.position)}, row);
}

}  // namespace projections
