#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/at.h"
#include "cli/client.h"
#include "cli/fetch.h"
#include "cli/fields.h"
#include "cli/folder.h"
#include "cli/prove.h"
#include "cli/restored.h"
#include "cli/subcommands.h"
#include "cli/verify.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Position;
using events::Result;

struct Head {
  std::string origin;
  std::string zone;
  Position size = 0;
  events::Hash root{};
  events::Moment last{};  // Of the newest of these records.
  // Empty without a safe.
  std::string vkey;
  std::string note;
};

Result<Head> find_head(const App& app) {
  auto folder = TRY(open_to_read(app));
  const events::Log& log = *folder.log;
  Head head;
  head.origin = log.origin();
  head.zone = zone_of(log);
  head.size = TRY(asked_position(app, log));
  head.root = TRY(log.root(head.size));
  if (head.size > 0) {
    auto cursor = log.read(head.size - 1);
    if (cursor.next()) head.last = cursor.recorded().at();
  }
  if (folder.safe) {
    head.vkey = events::vkey(folder.safe->public_key());
    head.note = TRY(folder.safe->kept_note());
  }
  return head;
}

// A server tells what it has signed; whether to believe it is for whoever has the key and a copy.
int run_server_head(const App& app) {
  auto client = open_client(app);
  if (!client) return failed(app, client.error());
  auto reply = (*client)->get("/checkpoint");
  if (!reply) return failed(app, reply.error());
  if (app.format() != Format::table) {
    std::cout << json::serialize(json::object{{"checkpoint", reply->body}}) << '\n';
    return 0;
  }
  std::cout << reply->body;
  remark(app, {"这是服务器所签发的检查点；要核对，请取得副本：probity log fetch，再运行 log verify",
               "this is what the server has signed; to check it, take a copy: probity log fetch, "
               "then log verify"});
  return 0;
}

int run_head(App& app) {
  if (!app.server.empty()) return run_server_head(app);
  auto head = find_head(app);
  if (!head) return failed(app, head.error());
  if (app.format() != Format::table) {
    json::object out{{"origin", head->origin},
                     {"size", std::to_string(head->size)},
                     {"root", events::base64(head->root)},
                     {"rootHex", events::hex(head->root)},
                     {"lastRecordedAt", events::text(head->last)}};
    if (!head->vkey.empty()) out["vkey"] = head->vkey;
    if (!head->note.empty()) out["checkpoint"] = head->note;
    std::cout << json::serialize(out) << '\n';
    return 0;
  }
  print_fields(std::cout, app.out,
               {{{"日志", "log"}, head->origin},
                {{"记录", "records"}, grouped(head->size)},
                {{"最新", "newest"}, events::local_text(head->last, head->zone)},
                {{"树根", "root"}, events::hex(head->root)},
                {{"", ""}, events::base64(head->root)},
                {{"公钥", "public key"}, head->vkey}});
  if (head->note.empty()) {
    remark(app,
           {"读不到保管文件夹，所以没有检查点；请用 --safe 指明位置",
            "the safe cannot be read, so there is no checkpoint: say where it is with --safe"});
  } else {
    std::cout << '\n' << app.words({"保管的检查点：", "kept checkpoint:"}) << "\n\n" << head->note;
  }
  return 0;
}

}  // namespace

void add_log(CLI::App& program, App& app) {
  auto* log = program.add_subcommand(
      "log", help("日志本身：末端、核验、证明", "the log itself: its head, verification, proofs"));
  log->require_subcommand(1);
  auto* head =
      log->add_subcommand("head", help("日志有多长、树根是什么", "how long it is, and its root"));
  add_at(*head, app);
  head->callback([&app] { app.run = [&app] { return run_head(app); }; });
  add_verify(*log, app);
  add_fetch(*log, app);
  add_prove(*log, app);
  add_check_proof(*log, app);
  add_restored(*log, app);
}

}  // namespace cli
