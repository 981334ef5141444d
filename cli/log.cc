#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>

#include "cli/error.h"
#include "cli/folder.h"
#include "cli/subcommands.h"
#include "events/file.h"
#include "events/proof.h"
#include "events/text_encoding.h"
#include "events/verify.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Result;

constexpr std::size_t small_file_bytes_max = 1 << 20;

struct Wanted {
  std::string checkpoint;
  std::string vkey;
  events::Position position = 0;
  std::string leaf;
  std::string proof;
};

Result<events::NoteKey> read_vkey(const std::string& path) {
  std::string text = TRY(events::read_file(path, small_file_bytes_max));
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return events::parse_vkey(text);
}

// What the log is compared with: the safe's checkpoint, and one that the auditor brings along. It
// is read before the log is opened, since a writer may be at work.
Result<std::vector<events::KeptNote>> kept_notes(const App& app, const Wanted& wanted) {
  std::vector<events::KeptNote> kept;
  auto safe = events::Safe::open(app.safe_folder());
  if (safe) {
    std::string note = TRY(safe->kept_note());
    if (!note.empty()) kept.push_back({app.safe_folder().string(), note, safe->public_key()});
  }
  if (wanted.checkpoint.empty()) return kept;
  if (wanted.vkey.empty() && !safe) {
    return events::fail(events::Code::invalid, "核对检查点需要日志的公钥：请加 --vkey",
                        "a checkpoint is checked with the log's public key: add --vkey");
  }
  auto key = wanted.vkey.empty() ? safe->public_key() : TRY(read_vkey(wanted.vkey));
  std::string note = TRY(events::read_file(wanted.checkpoint, small_file_bytes_max));
  kept.push_back({wanted.checkpoint, std::move(note), key});
  return kept;
}

struct Verdict {
  const char* name;
  events::Words words;
  int code;
};

Verdict verdict_of(const events::VerifyReport& report) {
  switch (report.verdict()) {
    case events::LogVerdict::verified:
      return {"verified",
              {"核验通过：日志完整，与保管的检查点一致",
               "VERIFIED: the log is whole and agrees with the kept checkpoint"},
              0};
    case events::LogVerdict::failed:
      return {"failed",
              {"核验失败：日志与应有的不符", "FAILED: the log is not what it must be"},
              exit_unverified};
    case events::LogVerdict::incomplete:
      break;
  }
  return {
      "incomplete",
      {"无法完全核验：缺少所需的材料", "COULD NOT VERIFY: something that is needed is not there"},
      exit_incomplete};
}

void print_report(const App& app, const events::VerifyReport& report, const Verdict& verdict) {
  std::cout << app.words(verdict.words) << "\n\n"
            << app.words({"  日志    ", "  log     "}) << printable(report.origin, app.out.utf8)
            << '\n'
            << app.words({"  记录    ", "  records "}) << grouped(report.head) << '\n'
            << app.words({"  索引项  ", "  index   "}) << grouped(report.index_entries) << '\n';
  if (report.root) {
    std::cout << app.words({"  树根    ", "  root    "}) << events::hex(*report.root) << '\n';
  }
  for (const auto& one : report.agreements) {
    std::string size = std::to_string(one.checkpoint.size);
    std::cout << app.words({"  相符    前 " + size + " 条的检查点：",
                            "  agrees  with the checkpoint of " + size + " in "})
              << printable(one.place, app.out.utf8) << '\n';
  }
  for (const auto& one : report.missing) {
    std::cout << app.words({"  缺少    ", "  missing "}) << printable(app.words(one), app.out.utf8)
              << '\n';
  }
  for (const auto& fault : report.faults) {
    std::cout << app.words({"  错误    ", "  fault   "})
              << app.words(events::log_part_words(fault.part));
    if (fault.first > 0) {
      std::cout << app.words({" 位置 ", " position "}) << fault.first;
      if (fault.last > fault.first) std::cout << "–" << fault.last;
    }
    std::cout << "  " << printable(app.words(fault.words), app.out.utf8) << '\n';
  }
  if (report.faults_found > report.faults.size()) {
    std::string all = std::to_string(report.faults_found);
    std::cout << app.words({"  共 " + all + " 处，只列出一部分",
                            "  " + all + " in all; only some are listed"})
              << '\n';
  }
}

json::object report_json(const App& app, const events::VerifyReport& report,
                         const Verdict& verdict) {
  json::array faults;
  for (const auto& fault : report.faults) {
    faults.push_back({{"part", events::log_part_name(fault.part)},
                      {"first", std::to_string(fault.first)},
                      {"last", std::to_string(fault.last)},
                      {"detail", app.words(fault.words)}});
  }
  json::array agreements;
  for (const auto& one : report.agreements) {
    agreements.push_back({{"place", one.place}, {"size", std::to_string(one.checkpoint.size)}});
  }
  json::array missing;
  for (const auto& one : report.missing) missing.emplace_back(app.words(one));
  json::object out{{"verdict", verdict.name},
                   {"origin", report.origin},
                   {"size", std::to_string(report.head)},
                   {"faultsFound", report.faults_found},
                   {"faults", std::move(faults)},
                   {"agreements", std::move(agreements)},
                   {"missing", std::move(missing)}};
  if (report.root) out["root"] = events::hex(*report.root);
  return out;
}

int run_verify(App& app, const Wanted& wanted) {
  auto kept = kept_notes(app, wanted);
  if (!kept) return failed(app, kept.error());
  events::LogOptions options;
  options.folder = app.data;
  events::VerifyOptions how;
  how.kept = *std::move(kept);
  std::optional<Progress> progress;
  how.progress = [&](events::Position done, events::Position total) {
    if (app.quiet) return;
    if (!progress) progress.emplace(std::cerr, app.err, events::Words{"已核验", "verified"}, total);
    progress->reached(done);
  };
  auto report = events::verify_log(options, how);
  if (progress) progress->finish();
  if (!report) return failed(app, report.error());
  auto verdict = verdict_of(*report);
  if (app.format() == Format::table) {
    print_report(app, *report, verdict);
  } else {
    std::cout << json::serialize(report_json(app, *report, verdict)) << '\n';
  }
  return verdict.code;
}

int run_head(App& app) {
  auto folder = open_to_read(app);
  if (!folder) return failed(app, folder.error());
  const auto& log = *folder->log;
  auto root = log.root(log.head());
  if (!root) return failed(app, root.error());
  std::string note;
  std::string key;
  if (folder->safe) {
    auto kept = folder->safe->kept_note();
    if (!kept) return failed(app, kept.error());
    note = *kept;
    key = events::vkey(folder->safe->public_key());
  }
  std::string last = events::text(log.last());
  if (app.format() != Format::table) {
    std::cout << json::serialize(json::object{{"origin", log.origin()},
                                              {"size", std::to_string(log.head())},
                                              {"root", events::hex(*root)},
                                              {"last", last},
                                              {"vkey", key},
                                              {"checkpoint", note}})
              << '\n';
    return 0;
  }
  std::cout << app.words({"日志    ", "log     "}) << log.origin() << '\n'
            << app.words({"记录    ", "records "}) << log.head() << '\n'
            << app.words({"树根    ", "root    "}) << events::hex(*root) << '\n'
            << app.words({"最新    ", "newest  "}) << events::local_text(log.last(), zone_of(log))
            << '\n'
            << app.words({"公钥    ", "vkey    "}) << key << "\n\n"
            << note;
  return 0;
}

Result<std::string> make_proof(const App& app, const Wanted& wanted) {
  auto folder = TRY(open_to_read(app));
  if (!folder.safe) {
    return events::fail(events::Code::not_found, "证明需要保管文件夹里的检查点",
                        "a proof needs the checkpoint in the safe");
  }
  std::string note = TRY(folder.safe->kept_note());
  auto checkpoint = TRY(events::open_checkpoint(note, folder.safe->public_key()));
  if (wanted.position < 1 || wanted.position > checkpoint.size) {
    std::string size = std::to_string(checkpoint.size);
    return events::fail(events::Code::not_found, "检查点只覆盖位置 1–" + size,
                        "the checkpoint covers positions 1 to " + size);
  }
  events::Proof proof;
  proof.index = wanted.position - 1;
  auto tree = folder.log->tree();
  proof.hashes = TRY(tree.inclusion(proof.index, checkpoint.size));
  proof.checkpoint = note;
  if (!wanted.leaf.empty()) {
    auto cursor = folder.log->read(proof.index);
    cursor.next();
    auto bytes = cursor.bytes();
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    TRY(events::write_synced(wanted.leaf, text, events::Secrecy::open));
  }
  return events::text(proof);
}

int run_prove(App& app, const Wanted& wanted) {
  auto proof = make_proof(app, wanted);
  if (!proof) return failed(app, proof.error());
  std::cout << *proof;
  return 0;
}

Result<events::Inclusion> check_proof(const Wanted& wanted) {
  auto key = TRY(read_vkey(wanted.vkey));
  std::string proof = TRY(events::read_file(wanted.proof, small_file_bytes_max));
  std::string leaf = TRY(events::read_file(wanted.leaf, small_file_bytes_max));
  return events::verify_proof(proof, events::bytes_of(leaf), key);
}

int run_check_proof(App& app, const Wanted& wanted) {
  auto shown = check_proof(wanted);
  if (!shown) return failed(app, shown.error());
  std::string position = std::to_string(shown->index + 1);
  std::string size = std::to_string(shown->checkpoint.size);
  std::cout << app.words({"证明成立：这条记录是 " + shown->checkpoint.origin + " 的位置 " +
                              position + "，在 " + size + " 条的检查点之内",
                          "PROVEN: this record is position " + position + " of " +
                              shown->checkpoint.origin + ", within the checkpoint of " + size})
            << '\n';
  return 0;
}

}  // namespace

int verify(App& app) { return run_verify(app, {}); }

void add_log(CLI::App& program, App& app) {
  auto* noun =
      program.add_subcommand("log", help("日志本身：核验与证明", "the log itself: verify, prove"));
  noun->require_subcommand(1);
  auto wanted = std::make_shared<Wanted>();
  auto* head = noun->add_subcommand("head", help("日志的末端", "the head of the log"));
  head->callback([&app] { app.run = [&app] { return run_head(app); }; });
  auto* check = noun->add_subcommand("verify", help("核验整个日志", "recheck the whole log"));
  check->add_option("--checkpoint", wanted->checkpoint,
                    help("您自己保存的检查点", "a checkpoint that you kept"));
  check->add_option("--vkey", wanted->vkey, help("日志的公钥文件", "the log's public key"));
  check->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_verify(app, *wanted); }; });
  auto* prove =
      noun->add_subcommand("prove", help("出具一条记录的证明", "prove that a record is there"));
  prove->add_option("position", wanted->position, help("位置", "its position"))->required();
  prove->add_option("--leaf", wanted->leaf,
                    help("另存记录原文的文件", "also write the record's bytes"));
  prove->callback([&app, wanted] { app.run = [&app, wanted] { return run_prove(app, *wanted); }; });
  auto* proof = noun->add_subcommand(
      "check-proof", help("离线检查证明，不需要日志", "check a proof offline, without the log"));
  proof->add_option("proof", wanted->proof, help("证明文件", "the proof"))->required();
  proof->add_option("--leaf", wanted->leaf, help("记录原文", "the record's bytes"))->required();
  proof->add_option("--vkey", wanted->vkey, help("日志的公钥文件", "the log's public key"))
      ->required();
  proof->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_check_proof(app, *wanted); }; });
}

}  // namespace cli
