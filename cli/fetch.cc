#include "cli/fetch.h"

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ctime>
#include <iostream>

#include "cli/client.h"
#include "cli/copy.h"
#include "cli/fields.h"
#include "cli/verify.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

using events::Code;
using events::fail;
using events::Result;

constexpr timespec look_every{0, 100'000'000};
constexpr int looks_max = 50;

struct Wanted {
  std::string vkey;
};

struct Fetched {
  std::uint64_t before = 0;
  events::Checkpoint checkpoint;
};

// The key that was believed the first time is believed from then on.
Result<events::NoteKey> key_for(const App& app, const Wanted& wanted) {
  auto there = TRY(note_of_copy(app.data));
  if (wanted.vkey.empty() && there) return there->log;
  if (wanted.vkey.empty()) {
    return fail(Code::invalid, "第一次取日志须给出它的公钥：--vkey 文件。请从服务器以外的途径取得",
                "the first time, say the log's public key: --vkey FILE. Get it some other way than "
                "from the server");
  }
  auto given = TRY(read_vkey(wanted.vkey));
  if (!there || there->log == given) return given;
  return fail(Code::conflict, "这个文件夹里的日志用的是另一把公钥",
              "the log in this folder has another public key");
}

// The log is signed some tenths of a second after it has grown: whoever has just seen something
// happen finds it in his copy.
Result<> wait_until_signed(Client& client, const events::NoteKey& key) {
  auto me = TRY(read_object(TRY(client.get("/api/v1/me"))));
  auto head = TRY(position_in(me, "head"));
  for (int looks = 0; looks < looks_max; ++looks) {
    auto note = TRY(client.get("/checkpoint")).body;
    if (TRY(events::open_checkpoint(note, key)).size >= head) return {};
    nanosleep(&look_every, nullptr);
  }
  return fail(Code::overloaded, "服务器尚未为最新的记录签名，请稍后重试",
              "the server has not signed its newest records yet: try again shortly");
}

Result<Fetched> fetch(const App& app, const Wanted& wanted) {
  auto key = TRY(key_for(app, wanted));
  Fetched done;
  if (auto there = TRY(note_of_copy(app.data))) {
    done.before = TRY(events::open_checkpoint(there->note, key)).size;
  }
  if (app.server.empty() || app.token_file.empty()) {
    return fail(
        Code::invalid, "须给出 --server 地址 和 --token-file 文件（审计或纪检的令牌）",
        "say --server URL and --token-file FILE, with the token of an auditor or inspector");
  }
  auto client = TRY(open_client(app));
  auto files = [&](const std::string& path) -> Result<std::string> {
    return TRY(client->get("/" + path)).body;
  };
  TRY(wait_until_signed(*client, key));
  done.checkpoint = TRY(bring_up(app, app.data, files, key));
  return done;
}

int run_fetch(const App& app, const Wanted& wanted) {
  auto done = fetch(app, wanted);
  if (!done) return failed(app, done.error());
  const auto& checkpoint = done->checkpoint;
  std::uint64_t added = checkpoint.size - done->before;
  if (app.format() != Format::table) {
    std::cout << boost::json::serialize(
                     boost::json::object{{"origin", checkpoint.origin},
                                         {"size", std::to_string(checkpoint.size)},
                                         {"added", std::to_string(added)},
                                         {"root", events::base64(checkpoint.root)}})
              << '\n';
    return 0;
  }
  std::cout << app.words({"已取得：每条记录都与所签的检查点相符",
                          "fetched: every record is what the checkpoint signs"})
            << "\n\n";
  print_fields(std::cout, app.out,
               {{{"日志", "log"}, checkpoint.origin},
                {{"记录", "records"}, grouped(checkpoint.size)},
                {{"新增", "added"}, grouped(added)},
                {{"树根", "root"}, events::hex(checkpoint.root)}});
  return 0;
}

}  // namespace

void add_fetch(CLI::App& log, App& app) {
  auto wanted = std::make_shared<Wanted>();
  auto* fetch = log.add_subcommand(
      "fetch", help("从服务器取得日志的副本到 --data，逐条核对；再次运行只取新增部分",
                    "copy the log from a server to --data, checking all of it; again for what is "
                    "new"));
  fetch
      ->add_option("--vkey", wanted->vkey,
                   help("日志的公钥文件，第一次须给", "the log's public key, the first time"))
      ->type_name("FILE");
  fetch->callback([&app, wanted] { app.run = [&app, wanted] { return run_fetch(app, *wanted); }; });
}

}  // namespace cli
