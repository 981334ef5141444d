#include "cli/issue.h"

#include "cli/client.h"
#include "cli/credentials.h"
#include "projections/json.h"

namespace cli {
namespace {

using events::Code;
using events::fail;
using events::Result;

Result<> say(const Desk& desk, const std::string& id,
             const std::function<void(engine::Command::Builder)>& fill) {
  capnp::MallocMessageBuilder builder;
  auto command = builder.initRoot<engine::Command>();
  command.setId(id);
  command.setActor(desk.actor);
  fill(command);
  auto reply = TRY(desk.hand_in({0, events::Message<engine::Command>(builder), {}}));
  if (reply.refusal) return std::unexpected(*reply.refusal);
  return {};
}

Result<Desk> desk_in_folder(const App& app, const std::string& actor) {
  if (actor.empty()) {
    return fail(Code::invalid, "须写明由谁办理：--actor", "say who does it: --actor");
  }
  auto sender = std::make_shared<Sender>(TRY(Sender::start(app, TRY(open_to_write(app)))));
  return Desk{[sender](const Line& line) { return sender->send(line); }, actor,
              sender->folder().clock->now()};
}

// Its clock may go otherwise than ours.
Result<Desk> desk_of_server(const App& app, const std::string& actor) {
  auto client = TRY(open_client(app));
  auto me = TRY(read_object(TRY(client->get("/api/v1/me"))));
  auto now = events::parse_moment(projections::text_in(me, "now"));
  if (!now) return not_ours();
  std::string person = projections::text_in(me, "person");
  if (!actor.empty() && actor != person) {
    return fail(Code::forbidden, "令牌是 " + person + " 的，不能以 " + actor + " 办理",
                "the token is that of " + person + ": nothing is done as " + actor);
  }
  return Desk{TRY(open_hand_in(app)), person, *now};
}

}  // namespace

Result<Desk> open_desk(const App& app, const std::string& actor) {
  return app.server.empty() ? desk_in_folder(app, actor) : desk_of_server(app, actor);
}

Result<Issued> issue(const Desk& desk, const NewCredential& wanted) {
  Issued issued;
  issued.secret = new_secret();
  issued.credential = credential_of(issued.secret);
  auto expires = desk.now + std::chrono::days(wanted.days);
  TRY(say(desk, "issue-" + issued.credential, [&](engine::Command::Builder command) {
    auto issue = command.initIssueCredential();
    issue.setCredential(issued.credential);
    issue.setPerson(wanted.person);
    issue.setKind(wanted.invitation ? events::CredentialKind::INVITATION
                                    : events::CredentialKind::TOKEN);
    if (!wanted.label.empty()) issue.setLabel(wanted.label);
    issue.setExpires(events::to_micros(expires));
  }));
  if (wanted.confirmed_by.empty()) return issued;
  TRY(confirm_credential({desk.hand_in, wanted.confirmed_by, desk.now}, issued.credential));
  return issued;
}

Result<> confirm_credential(const Desk& desk, const std::string& credential) {
  return say(desk, "confirm-" + credential, [&](engine::Command::Builder command) {
    command.initConfirmCredential().setCredential(credential);
  });
}

Result<> end_credential(const Desk& desk, const std::string& credential) {
  return say(desk, "end-" + credential, [&](engine::Command::Builder command) {
    command.initEndCredential().setCredential(credential);
  });
}

}  // namespace cli
