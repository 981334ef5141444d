#include "cli/prove.h"

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/client.h"
#include "cli/error.h"
#include "cli/fields.h"
#include "cli/folder.h"
#include "cli/proof_of.h"
#include "cli/verify.h"
#include "events/file.h"
#include "events/proof.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;
using events::fail;
using events::Position;
using events::Result;

constexpr std::size_t proof_bytes_max = 4 << 20;

struct WantedProof {
  Position position = 0;
  std::string leaf;
};

struct WantedCheck {
  std::string proof;
  std::string leaf;
  std::string vkey;
};

// A server proves that the record is in the log, to whom it concerns, and shows it to nobody.
Result<std::string> fetch_proof(const App& app, const WantedProof& wanted) {
  if (!wanted.leaf.empty()) {
    return fail(Code::invalid, "服务器不给出记录原文；请先取得副本：probity log fetch",
                "a server does not hand out the record's bytes: take a copy first, probity log "
                "fetch");
  }
  auto client = TRY(open_client(app));
  return TRY(client->get("/api/v1/receipts/" + std::to_string(wanted.position))).body;
}

Result<std::string> make_proof(const App& app, const WantedProof& wanted) {
  if (!app.server.empty()) return fetch_proof(app, wanted);
  auto folder = TRY(open_to_read(app));
  if (!folder.safe) {
    return fail(Code::not_found,
                "证明以保管的检查点为据，而保管文件夹读不到：" + app.safe_folder().string() +
                    "。请用 --safe 指明位置",
                "a proof rests on the kept checkpoint, and the safe cannot be read: " +
                    app.safe_folder().string() + ". Say where it is with --safe");
  }
  auto kept = TRY(folder.safe->kept());
  // A writer at work may have signed more than there was when the log was opened.
  if (kept && kept->size > folder.log->head()) TRY(folder.log->catch_up());
  auto proof = TRY(proof_of(*folder.log, *folder.safe, wanted.position));
  if (!wanted.leaf.empty()) {
    TRY(events::write_synced(wanted.leaf, proof.leaf, events::Secrecy::open));
  }
  return proof.text;
}

int run_prove(const App& app, const WantedProof& wanted) {
  auto proof = make_proof(app, wanted);
  if (!proof) return failed(app, proof.error());
  std::cout << *proof;
  if (wanted.leaf.empty()) {
    remark(app, {"核对这份证明还需要记录原文：加 --leaf 文件 即可一并写出",
                 "to check this proof the record's bytes are needed: --leaf FILE writes them too"});
  }
  return 0;
}

struct Files {
  events::NoteKey log;
  std::string proof;
  std::string leaf;
};

Result<Files> read_files(const WantedCheck& wanted) {
  Files files;
  files.log = TRY(read_vkey(wanted.vkey));
  files.proof = TRY(events::read_file(wanted.proof, proof_bytes_max));
  files.leaf = TRY(events::read_file(wanted.leaf, proof_bytes_max));
  return files;
}

int run_check_proof(const App& app, const WantedCheck& wanted) {
  auto files = read_files(wanted);
  if (!files) return could_not_verify(app, files.error());
  auto shown = events::verify_proof(files->proof, events::bytes_of(files->leaf), files->log);
  if (!shown) {
    auto error = shown.error();
    error.code = Code::corrupt;
    error.words = {"证明不成立：" + error.words.zh, "NOT PROVEN: " + error.words.en};
    return failed(app, error);
  }
  const events::Checkpoint& checkpoint = shown->checkpoint;
  std::string position = std::to_string(shown->index + 1);
  if (app.format() != Format::table) {
    std::cout << json::serialize(json::object{{"verdict", "verified"},
                                              {"origin", checkpoint.origin},
                                              {"position", position},
                                              {"size", std::to_string(checkpoint.size)},
                                              {"root", events::base64(checkpoint.root)},
                                              {"leafHash", events::base64(events::leaf_hash(
                                                               events::bytes_of(files->leaf)))}})
              << '\n';
    return 0;
  }
  std::cout << app.words({"证明成立：这条记录就在签发的日志之中",
                          "PROVEN: this record is in the log as it was signed"})
            << "\n\n";
  print_fields(std::cout, app.out,
               {{{"日志", "log"}, checkpoint.origin},
                {{"位置", "position"}, position},
                {{"检查点", "checkpoint"},
                 app.words({"前 " + grouped(checkpoint.size) + " 条",
                            "of " + grouped(checkpoint.size) + " records"})},
                {{"树根", "root"}, events::hex(checkpoint.root)}});
  return 0;
}

}  // namespace

void add_prove(CLI::App& log, App& app) {
  auto wanted = std::make_shared<WantedProof>();
  auto* prove =
      log.add_subcommand("prove", help("出具一条记录在日志之中的证明（写到标准输出）",
                                       "write to stdout the proof that a record is in the log"));
  auto* position = prove->add_option("position", wanted->position, help("位置", "its position"));
  position->required()->type_name("POSITION");
  auto* leaf =
      prove->add_option("--leaf", wanted->leaf,
                        help("把记录原文写入此文件", "write the record's bytes to this file"));
  leaf->type_name("FILE");
  prove->callback([&app, wanted] { app.run = [&app, wanted] { return run_prove(app, *wanted); }; });
}

void add_check_proof(CLI::App& log, App& app) {
  auto wanted = std::make_shared<WantedCheck>();
  auto* check = log.add_subcommand(
      "check-proof", help("离线核对证明，不需要日志：0 成立，6 不成立，8 缺少材料",
                          "check a proof offline, without the log: 0 proven, 6 not, 8 incomplete"));
  auto* proof = check->add_option("proof", wanted->proof, help("证明文件", "the proof"));
  proof->required()->type_name("FILE");
  auto* leaf = check->add_option("--leaf", wanted->leaf, help("记录原文", "the record's bytes"));
  leaf->required()->type_name("FILE");
  auto* vkey = check->add_option("--vkey", wanted->vkey,
                                 help("日志的公钥文件", "the file with the log's public key"));
  vkey->required()->type_name("FILE");
  check->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_check_proof(app, *wanted); }; });
}

}  // namespace cli
