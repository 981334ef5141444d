#include "cli/issue.h"

#include "cli/credentials.h"

namespace cli {
namespace {

using events::Result;

Result<> say(Sender& sender, const std::string& actor, const std::string& id,
             const std::function<void(engine::Command::Builder)>& fill) {
  capnp::MallocMessageBuilder builder;
  auto command = builder.initRoot<engine::Command>();
  command.setId(id);
  command.setActor(actor);
  fill(command);
  auto reply = TRY(sender.send({0, events::Message<engine::Command>(builder), {}}));
  if (reply.refusal) return std::unexpected(*reply.refusal);
  return {};
}

}  // namespace

Result<Issued> issue(Sender& sender, const NewCredential& wanted) {
  Issued issued;
  issued.secret = new_secret();
  issued.credential = credential_of(issued.secret);
  auto expires = sender.folder().clock->now() + std::chrono::days(wanted.days);
  TRY(say(sender, wanted.issued_by, "issue-" + issued.credential,
          [&](engine::Command::Builder command) {
            auto issue = command.initIssueCredential();
            issue.setCredential(issued.credential);
            issue.setPerson(wanted.person);
            issue.setKind(wanted.invitation ? events::CredentialKind::INVITATION
                                            : events::CredentialKind::TOKEN);
            if (!wanted.label.empty()) issue.setLabel(wanted.label);
            issue.setExpires(events::to_micros(expires));
          }));
  if (!wanted.confirmed_by.empty()) {
    TRY(confirm_credential(sender, wanted.confirmed_by, issued.credential));
  }
  return issued;
}

Result<> confirm_credential(Sender& sender, const std::string& actor,
                            const std::string& credential) {
  return say(sender, actor, "confirm-" + credential, [&](engine::Command::Builder command) {
    command.initConfirmCredential().setCredential(credential);
  });
}

Result<> end_credential(Sender& sender, const std::string& actor, const std::string& credential) {
  return say(sender, actor, "end-" + credential, [&](engine::Command::Builder command) {
    command.initEndCredential().setCredential(credential);
  });
}

}  // namespace cli
