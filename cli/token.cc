// probity token: who may come in over the network. Every one takes two administrators.
#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/issue.h"
#include "cli/subcommands.h"

namespace cli {
namespace {

using events::Result;

struct Wanted {
  NewCredential credential;
  std::string person;
  std::string actor;
  std::string id;
};

Result<> issue_one(const App& app, const Wanted& wanted) {
  if (!app.server.empty() && !wanted.credential.confirmed_by.empty()) {
    return events::fail(events::Code::invalid,
                        "经服务器签发时，另一名管理员须用自己的令牌确认：probity token confirm",
                        "over a server the other administrator confirms with a token of his own: "
                        "probity token confirm");
  }
  auto desk = TRY(open_desk(app, wanted.actor));
  auto issued = TRY(issue(desk, wanted.credential));
  std::cout << issued.secret << '\n';
  std::string days = std::to_string(wanted.credential.days);
  remark(app, {"只显示这一次，请交给本人妥善保管；" + days + " 天后失效",
               "it is shown this once: hand it to its owner; it ends in " + days + " days"});
  if (!wanted.credential.confirmed_by.empty()) return {};
  std::string command = "probity token confirm " + issued.credential + " --actor …";
  remark(app, {"须由另一名管理员确认后才有效：" + command,
               "it counts once another administrator has confirmed it: " + command});
  return {};
}

Result<> confirm_one(const App& app, const Wanted& wanted) {
  return confirm_credential(TRY(open_desk(app, wanted.actor)), wanted.id);
}

Result<> end_one(const App& app, const Wanted& wanted) {
  return end_credential(TRY(open_desk(app, wanted.actor)), wanted.id);
}

int ended(const App& app, const Result<>& result) {
  return result ? 0 : failed(app, result.error());
}

void add_actor(CLI::App& verb, std::string& actor) {
  verb.add_option("--actor", actor,
                  help("由谁办理；经服务器的，是令牌的主人",
                       "who does it; over a server, the owner of the token"));
}

void add_issue(CLI::App& noun, App& app, const std::shared_ptr<Wanted>& wanted) {
  NewCredential& one = wanted->credential;
  auto* issuing = noun.add_subcommand("issue", help("给一个人签发令牌", "issue one to a person"));
  issuing->add_option("person", one.person, help("人员", "the person"))->required();
  add_actor(*issuing, wanted->actor);
  issuing->add_option(
      "--confirmed-by", one.confirmed_by,
      help("另一名管理员，当场确认", "another administrator, who confirms at once"));
  issuing->add_flag("--invitation", one.invitation,
                    help("不是令牌，而是让本人设置口令的邀请（最多 14 天）",
                         "no token but an invitation to set a passphrase (14 days at most)"));
  issuing->add_option("--label", one.label, help("用途，便于日后辨认", "what it is for"));
  auto* days = issuing->add_option("--days", one.days, help("有效天数", "how many days it lasts"));
  days->check(CLI::Range(1, 366))->capture_default_str();
  issuing->callback([&app, wanted, days] {
    constexpr int invitation_days = 14;
    if (wanted->credential.invitation && days->count() == 0) {
      wanted->credential.days = invitation_days;
    }
    app.run = [&app, wanted] { return ended(app, issue_one(app, *wanted)); };
  });
}

}  // namespace

void add_token(CLI::App& program, App& app) {
  auto* noun = program.add_subcommand(
      "token", help("令牌：谁可以经网络办理", "tokens: who may use the server"));
  noun->require_subcommand(1);
  auto wanted = std::make_shared<Wanted>();
  add_issue(*noun, app, wanted);
  auto* listing = noun->add_subcommand(
      "list", help("列出凭证（同 show access）", "list them (as show access)"));
  listing->add_option("person", wanted->person, help("人员", "of one person"));
  listing->callback([&app, wanted] {
    app.run = [&app, wanted] {
      std::vector<std::string> key;
      if (!wanted->person.empty()) key.push_back(wanted->person);
      return show_view(app, "access", key);
    };
  });
  auto add_verb = [&](const char* name, const std::string& text,
                      Result<> (*run)(const App& app, const Wanted& wanted)) {
    auto* verb = noun->add_subcommand(name, text);
    verb->add_option("id", wanted->id,
                     help("凭证，见 token list", "the credential, see token list"))
        ->required();
    add_actor(*verb, wanted->actor);
    verb->callback([&app, wanted, run] {
      app.run = [&app, wanted, run] { return ended(app, run(app, *wanted)); };
    });
  };
  add_verb("confirm", help("由另一名管理员确认", "confirm one, by another administrator"),
           confirm_one);
  add_verb("end", help("作废一个凭证", "end one at once"), end_one);
}

}  // namespace cli
