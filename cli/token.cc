// probity token: who may ask the server for something, and until when.
#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/folder.h"
#include "cli/rights.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "cli/tokens.h"

namespace cli {
namespace {

using events::Result;

struct Wanted {
  std::string person;
  std::string label;
  int days = 90;
  std::string id;
};

// The clock of the log, as far as it has come: under simulated time a token lasts from there.
events::Moment now_of(const events::Log& log) {
  auto cursor = log.read(0);
  bool simulated =
      cursor.next() && cursor.recorded().event().isLogOpened() &&
      cursor.recorded().event().getLogOpened().getClock() == events::ClockKind::SIMULATED;
  return simulated ? log.last() : events::RealClock().now();
}

Result<> issue(const App& app, const Wanted& wanted) {
  auto folder = TRY(open_to_read(app));
  if (!Rights(*folder.log, wanted.person).registered()) {
    return events::fail(events::Code::not_found, "此人尚未登记：" + wanted.person,
                        "this person is not registered: " + wanted.person);
  }
  auto token = TRY(
      Tokens(app.safe_folder())
          .issue(wanted.person, wanted.label, now_of(*folder.log), std::chrono::days(wanted.days)));
  std::cout << token << '\n';
  remark(app, {"令牌只显示这一次，请交给本人妥善保管；" + std::to_string(wanted.days) + " 天后失效",
               "the token is shown this once: hand it to its owner; it ends in " +
                   std::to_string(wanted.days) + " days"});
  return {};
}

Result<> list(const App& app) {
  auto folder = TRY(open_to_read(app));
  std::string zone = zone_of(*folder.log);
  Table table({{{"编号", "id"}},
               {{"持有人", "person"}},
               {{"用途", "label"}, Align::left, true},
               {{"签发", "issued"}},
               {{"失效", "expires"}}},
              {"还没有签发过令牌", "no token was issued yet"});
  boost::json::array all;
  for (const Token& one : TRY(Tokens(app.safe_folder()).list())) {
    table.add({one.id, one.person, one.label, events::local_text(one.issued, zone),
               events::local_text(one.expires, zone)});
    all.push_back({{"id", one.id},
                   {"person", one.person},
                   {"label", one.label},
                   {"issued", events::text(one.issued)},
                   {"expires", events::text(one.expires)}});
  }
  if (app.format() == Format::table) {
    table.print(std::cout, app.out);
  } else {
    std::cout << boost::json::serialize(all) << '\n';
  }
  return {};
}

Result<> end(const App& app, const Wanted& wanted) {
  return Tokens(app.safe_folder()).end(wanted.id);
}

int ended(const App& app, const Result<>& result) {
  return result ? 0 : failed(app, result.error());
}

}  // namespace

void add_token(CLI::App& program, App& app) {
  auto* noun = program.add_subcommand(
      "token", help("令牌：谁可以经网络办理", "tokens: who may use the server"));
  noun->require_subcommand(1);
  auto wanted = std::make_shared<Wanted>();
  auto* issuing = noun->add_subcommand("issue", help("给一个人签发令牌", "issue one to a person"));
  issuing->add_option("person", wanted->person, help("人员", "the person"))->required();
  issuing->add_option("--label", wanted->label, help("用途，便于日后辨认", "what it is for"));
  issuing->add_option("--days", wanted->days, help("有效天数", "how many days it lasts"))
      ->check(CLI::Range(1, 366))
      ->capture_default_str();
  issuing->callback(
      [&app, wanted] { app.run = [&app, wanted] { return ended(app, issue(app, *wanted)); }; });
  noun->add_subcommand("list", help("列出令牌", "list them"))->callback([&app] {
    app.run = [&app] { return ended(app, list(app)); };
  });
  auto* ending = noun->add_subcommand("end", help("作废一个令牌", "end one at once"));
  ending
      ->add_option("id", wanted->id, help("编号，见 token list", "its id, as token list shows it"))
      ->required();
  ending->callback(
      [&app, wanted] { app.run = [&app, wanted] { return ended(app, end(app, *wanted)); }; });
}

}  // namespace cli
