#include "cli/credentials.h"

#include "events/new_key.h"
#include "events/sha256.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

constexpr std::string_view prefix = "probity_";  // So that one that leaks is known for what it is.

}  // namespace

std::string new_secret() { return std::string(prefix) + events::hex(events::new_key()); }

std::string credential_of(std::string_view secret) {
  return events::hex(events::sha256(events::bytes_of(secret)));
}

events::Result<std::shared_ptr<const engine::Credential>> let_in(People& people,
                                                                 const std::string& credential,
                                                                 events::Moment now) {
  auto found = people.credential(credential);
  bool good = found->lets_in(now);
  if (good && found->type == events::CredentialKind::SESSION) {
    good = found->issued > people.login(found->person)->position;
  }
  if (good) return found;
  return events::fail(events::Code::unauthenticated, "凭证无效、未确认或已过期；请重新登录或领取",
                      "the credential is not valid, not confirmed, or over: log in again, or ask "
                      "for a new one");
}

}  // namespace cli
