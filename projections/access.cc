#include "projections/access.h"

#include "events/moment.h"
#include "projections/about.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Recorded;
using events::view;

constexpr std::size_t id_digits = 16;  // Enough to name it.

void set_state(json::object& row, std::string_view code, Name state, const Recorded& recorded) {
  row["state"] = json_text(code);
  row["stateName"] = words(state);
  set_since(row, recorded);
}

void issue(events::CredentialIssued::Reader event, const Recorded& recorded, Rows& rows) {
  json::object row;
  row["id"] = json_text(view(event.getCredential()).substr(0, id_digits));
  row["kind"] = code_of(capnp::toDynamic(event.getKind()));
  row["kindName"] = words_of(capnp::toDynamic(event.getKind()));
  set_text(row, "label", view(event.getLabel()));
  row["issuedBy"] = json_text(view(recorded.record.getActor()));
  row["issued"] = events::text(recorded.at());
  row["expires"] = events::text(events::to_moment(event.getExpires()));
  if (event.getKind() == events::CredentialKind::SESSION) {
    set_state(row, "valid", {"有效", "valid"}, recorded);
  } else {
    set_state(row, "unconfirmed", {"待确认", "to be confirmed"}, recorded);
  }
  rows.keep({view(event.getCredential())}, {{"person", json_text(view(event.getPerson()))}});
  rows.put({view(event.getPerson()), view(event.getCredential())}, row);
}

template <class Change>
void change(Rows& rows, std::string_view credential, const Change& apply) {
  auto known = rows.kept({credential});
  if (!known) return;
  std::string person = text_in(*known, "person");
  auto row = rows.get({person, credential});
  if (!row) return;
  apply(*row);
  rows.put({person, credential}, *row);
}

}  // namespace

void Access::apply(const Recorded& recorded, Rows& rows) {
  auto event = recorded.event();
  if (event.isCredentialIssued()) {
    issue(event.getCredentialIssued(), recorded, rows);
  } else if (event.isCredentialConfirmed()) {
    change(rows, view(event.getCredentialConfirmed().getCredential()), [&](json::object& row) {
      row["confirmedBy"] = json_text(view(recorded.record.getActor()));
      set_state(row, "valid", {"有效", "valid"}, recorded);
    });
  } else if (event.isCredentialEnded()) {
    change(rows, view(event.getCredentialEnded().getCredential()), [&](json::object& row) {
      row["endedBy"] = json_text(view(recorded.record.getActor()));
      set_state(row, "ended", {"已终止", "ended"}, recorded);
    });
  } else if (event.isPassphraseSet()) {
    change(rows, view(event.getPassphraseSet().getInvitation()), [&](json::object& row) {
      set_state(row, "used", {"已使用", "used"}, recorded);
    });
  }
}

}  // namespace projections
