#include "cli/rights.h"

#include "engine/evolve.h"
#include "events/subject.h"

namespace cli {

using events::Code;
using events::Result;

Rights rights_of(const events::Log& log, const std::string& id) {
  engine::Person person;
  auto cursor = log.read_subject(events::subject("person", id), 0);
  while (cursor.next()) engine::evolve(person, cursor.recorded());
  Rights rights{id, person.registered};
  for (const auto& held : person.roles) {
    if (!held.scheme.empty()) continue;
    rights.inspector = rights.inspector || held.role == "inspector";
    rights.auditor = rights.auditor || held.role == "auditor";
  }
  return rights;
}

Result<> may_read(const Rights& rights, const projections::View& view) {
  if (rights.inspector && view.audience.inspectors) return {};
  if (rights.auditor && view.audience.auditors) return {};
  auto readers = projections::text(view.audience);
  return events::fail(Code::forbidden,
                      "您不能查看“" + std::string(view.title.zh) + "”；可查看的有：" + readers.zh +
                          "（经网络目前只对纪检和审计开放）",
                      "you may not read \"" + std::string(view.title.en) + "\"; it is for " +
                          readers.en + " (over the network, for inspectors and auditors so far)");
}

Result<> may_read_events(const Rights& rights) {
  if (rights.inspector || rights.auditor) return {};
  return events::fail(Code::forbidden, "事件本身只供纪检和审计查看",
                      "the events themselves are for inspectors and auditors");
}

}  // namespace cli
