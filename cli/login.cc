#include "cli/login.h"

#include <boost/json/parse.hpp>

#include "cli/credentials.h"
#include "events/decode.h"
#include "events/new_key.h"
#include "events/text_encoding.h"
#include "projections/json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;
using events::CredentialKind;
using events::fail;
using events::Result;

constexpr std::chrono::hours session_lasts{12};

Result<json::object> body_of(const Call& call) {
  boost::system::error_code error;
  auto value = json::parse(call.request.body, error);
  if (!error && value.is_object()) return value.as_object();
  return fail(Code::invalid, "正文须是一个 JSON 对象", "the body must be a JSON object");
}

std::string new_id(const char* kind) { return kind + events::hex(events::new_key()); }

// A cookie goes only to where it came from, only over HTTP, and is no script's to read.
std::string cookie(const Call& call, const std::string& value, std::chrono::seconds lasts) {
  std::string secure = call.office.secure() ? "; Secure" : "";
  return std::string(session_cookie) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" +
         secure + "; Max-Age=" + std::to_string(lasts.count());
}

// The same words and the same time for a person that there is not and for a wrong passphrase.
Result<> verify(const Call& call, const std::string& person, const std::string& passphrase) {
  auto now = Attempts::Clock::now();
  TRY(call.office.attempts().may_try(person, now));
  auto login = call.office.people().login(person);
  if (TRY(call.office.passphrases().fits(login->verifier, passphrase))) {
    call.office.attempts().succeeded(person);
    return {};
  }
  call.office.attempts().failed(person, now);
  return fail(Code::unauthenticated, "人员编号或口令有误", "the person or the passphrase is wrong");
}

Result<> set_passphrase(const Call& call, const std::string& person, const std::string& invitation,
                        const std::string& passphrase) {
  auto verifier = TRY(call.office.passphrases().keep(passphrase));
  return call.office.say(person, [&](engine::Command::Builder command) {
    command.setId(new_id("passphrase-"));
    auto set = command.initSetPassphrase();
    set.setVerifier(verifier);
    if (!invitation.empty()) set.setInvitation(invitation);
  });
}

}  // namespace

Result<Response> post_login(const Call& call) {
  auto body = TRY(body_of(call));
  std::string person = projections::text_in(body, "person");
  if (!events::valid_id(person)) return fail(Code::invalid, "须写明 person", "person is missing");
  TRY(verify(call, person, projections::text_in(body, "passphrase")));
  std::string secret = new_secret();
  auto expires = call.office.now() + session_lasts;
  TRY(call.office.say(person, [&](engine::Command::Builder command) {
    command.setId(new_id("login-"));
    auto begin = command.initBeginSession();
    begin.setCredential(credential_of(secret));
    begin.setExpires(events::to_micros(expires));
  }));
  auto response =
      json_response(json::object{{"person", person}, {"expires", events::text(expires)}});
  response.status = 201;
  response.headers.emplace_back("Set-Cookie", cookie(call, secret, session_lasts));
  return response;
}

Result<Response> post_logout(const Call& call) {
  TRY(call.office.say(call.rights.person(), [&](engine::Command::Builder command) {
    command.setId(new_id("logout-"));
    command.initEndCredential().setCredential(call.credential);
  }));
  auto response = json_response(json::object{{"person", call.rights.person()}});
  response.headers.emplace_back("Set-Cookie", cookie(call, "", std::chrono::seconds(0)));
  return response;
}

Result<Response> post_passphrase(const Call& call) {
  auto body = TRY(body_of(call));
  std::string person = projections::text_in(body, "person");
  std::string secret = projections::text_in(body, "invitation");
  std::string invitation;
  if (secret.empty()) {
    if (!events::valid_id(person)) return fail(Code::invalid, "须写明 person", "person is missing");
    TRY(verify(call, person, projections::text_in(body, "old")));
  } else {
    invitation = credential_of(secret);
    auto found = TRY(let_in(call.office.people(), invitation, call.office.now()));
    if (found->type != CredentialKind::INVITATION) {
      return fail(Code::unauthenticated, "这不是邀请", "that is no invitation");
    }
    person = found->person;
  }
  TRY(set_passphrase(call, person, invitation, projections::text_in(body, "passphrase")));
  return json_response(json::object{{"person", person}});
}

}  // namespace cli
