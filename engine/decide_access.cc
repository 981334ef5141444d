// Who may come in over the network, and what was looked at. That a passphrase is right is found by
// the server, which alone says so here: over the network nobody else can, and in a folder whoever
// writes is asserted, not let in.
#include "engine/decide_areas.h"
#include "events/text_encoding.h"

namespace engine {
namespace {

using events::Code;
using events::CredentialKind;
using events::fail;
using events::string;
using events::view;

constexpr std::chrono::days token_lasts_max{366};
constexpr std::chrono::days invitation_lasts_max{14};
constexpr std::chrono::days session_lasts_max{1};

// An id is the SHA-256 of a secret: nobody chooses one that he could not know the secret of.
Result<> need_digest(std::string_view text) {
  auto bytes = events::parse_hex(text);
  if (bytes && bytes->size() == sizeof(events::Hash)) return {};
  return fail(Code::invalid, "须为 SHA-256，64 位十六进制小写",
              "must be a SHA-256: 64 hexadecimal digits in lower case");
}

Result<> need_new(const Context& context, std::string_view credential) {
  TRY(need_digest(credential));
  if (context.memory.get<Credential>(credential).position == 0) return {};
  return fail(Code::conflict, "这个凭证已经登记过", "this credential is on record already");
}

Result<> need_lasting(const Context& context, std::int64_t expires, std::chrono::days most) {
  auto until = events::to_moment(expires);
  if (until > context.now && until <= context.now + most) return {};
  std::string days = std::to_string(most.count());
  return fail(Code::invalid, "有效期须在今后 " + days + " 天之内",
              "it must end within the next " + days + " days");
}

Result<const Credential*> find_credential(const Context& context, std::string_view id) {
  const auto& credential = context.memory.get<Credential>(id);
  if (credential.position == 0) {
    return fail(Code::not_found, "没有这个凭证：" + std::string(id),
                "there is no credential " + std::string(id));
  }
  if (credential.ended) {
    return fail(Code::conflict, "这个凭证已经终止", "this credential was ended already");
  }
  return &credential;
}

Result<> need_session(const Context& context) {
  if (context.authentication == events::Authentication::SESSION) return {};
  return fail(Code::forbidden, "须经服务器登录后办理", "only the server says this, after a login");
}

}  // namespace

Result<> decide_issue_credential(Context& context, IssueCredential::Reader command) {
  TRY(need_role(context, "administrator"));
  bool invitation = command.getKind() == CredentialKind::INVITATION;
  if (!invitation && command.getKind() != CredentialKind::TOKEN) {
    return fail(Code::forbidden, "会话只能由本人登录开始",
                "a session begins when its person logs in");
  }
  TRY(need_new(context, view(command.getCredential())));
  const auto& person = context.memory.get<Person>(view(command.getPerson()));
  if (!person.registered) {
    return fail(Code::not_found, "此人尚未登记：" + string(command.getPerson()),
                "this person is not registered: " + string(command.getPerson()));
  }
  TRY(need_lasting(context, command.getExpires(),
                   invitation ? invitation_lasts_max : token_lasts_max));
  auto event = context.out.emit().initCredentialIssued();
  event.setCredential(command.getCredential());
  event.setPerson(command.getPerson());
  event.setKind(command.getKind());
  if (command.getLabel().size() > 0) event.setLabel(command.getLabel());
  event.setExpires(command.getExpires());
  return {};
}

// Two persons: one alone would make himself anybody.
Result<> decide_confirm_credential(Context& context, ConfirmCredential::Reader command) {
  TRY(need_role(context, "administrator"));
  const Credential& credential = *TRY(find_credential(context, view(command.getCredential())));
  if (credential.confirmed) {
    return fail(Code::conflict, "这个凭证已经确认", "this credential was confirmed already");
  }
  if (credential.issued_by == context.actor()) {
    return refuse(Code::forbidden, "probity:four-eyes", "凭证须两人办理：签发人不能自己确认",
                  "a credential takes two persons: who issued it cannot confirm it");
  }
  auto event = context.out.emit().initCredentialConfirmed();
  event.setCredential(command.getCredential());
  event.setPerson(credential.person);
  event.setIssuedBy(credential.issued_by);
  return {};
}

// Ending one takes one: its person, or an administrator.
Result<> decide_end_credential(Context& context, EndCredential::Reader command) {
  const auto& credential = context.memory.get<Credential>(view(command.getCredential()));
  if (credential.person != context.actor()) TRY(need_role(context, "administrator"));
  TRY(find_credential(context, view(command.getCredential())));
  auto event = context.out.emit().initCredentialEnded();
  event.setCredential(command.getCredential());
  event.setPerson(credential.person);
  if (command.getReason().size() > 0) event.setReason(command.getReason());
  return {};
}

Result<> decide_begin_session(Context& context, BeginSession::Reader command) {
  TRY(need_session(context));
  TRY(need_new(context, view(command.getCredential())));
  TRY(need_lasting(context, command.getExpires(), session_lasts_max));
  auto event = context.out.emit().initCredentialIssued();
  event.setCredential(command.getCredential());
  event.setPerson(context.command.getActor());
  event.setKind(CredentialKind::SESSION);
  if (command.getLabel().size() > 0) event.setLabel(command.getLabel());
  event.setExpires(command.getExpires());
  return {};
}

Result<> decide_set_passphrase(Context& context, SetPassphrase::Reader command) {
  TRY(need_session(context));
  TRY(need_digest(view(command.getVerifier())));
  auto event = context.out.emit().initPassphraseSet();
  event.setPerson(context.command.getActor());
  event.setVerifier(command.getVerifier());
  if (command.getInvitation().size() == 0) return {};
  const auto& invitation = context.memory.get<Credential>(view(command.getInvitation()));
  bool good = invitation.lets_in(context.now) && invitation.person == context.actor() &&
              invitation.type == CredentialKind::INVITATION;
  if (!good) {
    return fail(Code::conflict, "邀请已用过、已过期或不属于本人；请重新领取",
                "the invitation was used, is over, or is not yours: ask for a new one");
  }
  event.setInvitation(command.getInvitation());
  return {};
}

Result<> decide_read_record(Context& context, ReadRecord::Reader command) {
  TRY(need_session(context));
  auto event = context.out.emit().initRecordRead();
  event.setView(command.getView());
  if (command.getKey().size() > 0) event.setKey(command.getKey());
  event.setAt(command.getAt());
  event.setOpened(command.getOpened());
  return {};
}

}  // namespace engine
