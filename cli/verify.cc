#include "cli/verify.h"

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/copy.h"
#include "cli/error.h"
#include "cli/fields.h"
#include "cli/folder.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "events/file.h"
#include "events/text_encoding.h"
#include "events/verify.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::LogVerdict;
using events::Result;
using events::VerifyReport;

constexpr std::size_t small_file_bytes_max = 1 << 20;

struct Wanted {
  std::string checkpoint;
  std::string vkey;
};

struct Kept {
  std::vector<events::KeptNote> notes;
  // Why there is none in the safe: a file that is damaged is a fault, an absent safe is not.
  std::optional<events::Error> damaged;
  std::optional<events::Error> absent;
};

struct Outcome {
  const char* name;
  events::Words words;
  int exit_code;
};

Outcome outcome_of(LogVerdict verdict) {
  switch (verdict) {
    case LogVerdict::verified:
      return {"verified",
              {"核验通过：日志完整，与保管的检查点一致",
               "VERIFIED: the log is whole and agrees with the kept checkpoint"},
              0};
    case LogVerdict::failed:
      return {"failed",
              {"核验失败：日志不是签发时的样子，或不成其为日志",
               "FAILED: the log is not what was signed, or not what a log must be"},
              exit_unverified};
    case LogVerdict::incomplete:
      break;
  }
  return {"incomplete",
          {"无法核验：没有发现错误，但缺少核验所需的材料",
           "COULD NOT VERIFY: nothing wrong was found, but something that is needed is not there"},
          exit_incomplete};
}

Kept kept_in_safe(const App& app) {
  Kept kept;
  auto safe = events::Safe::open(app.safe_folder());
  if (!safe) {
    auto copied = note_of_copy(app.data);
    if (!copied) {
      kept.damaged = copied.error();
    } else if (*copied) {
      kept.notes.push_back(**std::move(copied));
    } else {
      kept.absent = safe.error();
    }
    return kept;
  }
  auto note = safe->kept_note();
  if (!note) {
    kept.damaged = note.error();
  } else if (!note->empty()) {
    kept.notes.push_back({app.safe_folder().string(), *note, safe->public_key()});
  }
  return kept;
}

Result<events::KeptNote> kept_by_auditor(const App& app, const Wanted& wanted) {
  std::filesystem::path vkey = wanted.vkey;
  if (vkey.empty()) vkey = app.safe_folder() / "log.vkey";
  auto key = read_vkey(vkey);
  if (!key && wanted.vkey.empty()) {
    return events::fail(events::Code::not_found, "核对检查点需要日志的公钥：请加 --vkey 文件",
                        "a checkpoint is checked with the log's public key: add --vkey FILE");
  }
  if (!key) return std::unexpected(key.error());
  std::string note = TRY(events::read_file(wanted.checkpoint, small_file_bytes_max));
  return events::KeptNote{wanted.checkpoint, std::move(note), *std::move(key)};
}

// Whatever is known of the safe beyond its checkpoint belongs into the verdict too.
void add_safe(const Kept& kept, bool safe_only, VerifyReport& report) {
  if (kept.damaged) {
    ++report.faults_found;
    events::LogFault fault;
    fault.part = events::LogPart::checkpoint;
    fault.words = kept.damaged->words;
    report.faults.insert(report.faults.begin(), std::move(fault));
  }
  if (kept.absent && safe_only) report.missing.push_back(kept.absent->words);
}

Result<VerifyReport> run(const App& app, const Kept& kept) {
  TRY(need_folder(app));
  events::LogOptions options;
  options.folder = app.data;
  events::VerifyOptions how;
  how.kept = kept.notes;
  std::optional<Progress> progress;
  how.progress = [&](events::Position done, events::Position total) {
    if (app.quiet) return;
    if (!progress) progress.emplace(std::cerr, app.err, events::Words{"已核验", "verified"}, total);
    progress->reached(done);
  };
  return events::verify_log(options, how);
}

std::string positions(const events::LogFault& fault) {
  if (fault.first == 0) return "";
  std::string text = std::to_string(fault.first);
  return fault.last > fault.first ? text + "-" + std::to_string(fault.last) : text;
}

void print_faults(const App& app, const VerifyReport& report) {
  Table table({{{"部分", "part"}},
               {{"位置", "positions"}, Align::right},
               {{"问题", "what is wrong"}, Align::left, true}},
              {"", ""});
  for (const auto& fault : report.faults) {
    table.add(
        {app.words(events::log_part_words(fault.part)), positions(fault), app.words(fault.words)});
  }
  std::cout << '\n';
  table.print(std::cout, app.out);
  if (report.faults_found <= report.faults.size()) return;
  std::string all = grouped(report.faults_found);
  std::string listed = std::to_string(report.faults.size());
  std::cout << app.words({"共 " + all + " 处，以上是前 " + listed + " 处",
                          all + " in all; these are the first " + listed})
            << '\n';
}

void print_report(const App& app, const VerifyReport& report, const Outcome& outcome) {
  std::cout << app.words(outcome.words) << "\n\n";
  std::vector<Field> fields{
      {{"日志", "log"}, report.origin},
      {{"记录", "records"}, grouped(report.head)},
      {{"最新", "newest"}, report.head > 0 ? events::text(report.last) : ""},
      {{"索引项", "index entries"}, grouped(report.index_entries)},
      {{"哈希片", "tiles"}, grouped(report.tiles)},
      {{"树根", "root"}, report.root ? events::hex(*report.root) : ""},
  };
  events::Position covered = 0;
  for (const auto& one : report.agreements) {
    std::string size = grouped(one.checkpoint.size);
    covered = std::max(covered, one.checkpoint.size);
    fields.push_back({{"相符", "agrees with"},
                      app.words({"前 " + size + " 条的检查点：" + one.place,
                                 "the checkpoint of " + size + " records in " + one.place})});
  }
  if (covered > 0 && covered < report.head) {
    std::string rest = grouped(report.head - covered);
    fields.push_back({{"其后", "after it"},
                      app.words({rest + " 条尚无检查点", rest + " records without a checkpoint"})});
  }
  for (const auto& one : report.missing) fields.push_back({{"缺少", "missing"}, app.words(one)});
  print_fields(std::cout, app.out, fields);
  if (!report.faults.empty()) print_faults(app, report);
}

json::object report_json(const App& app, const VerifyReport& report, const Outcome& outcome) {
  json::array faults;
  for (const auto& fault : report.faults) {
    json::object one{{"part", events::log_part_name(fault.part)},
                     {"detail", app.words(fault.words)}};
    if (fault.first > 0) {
      one["first"] = std::to_string(fault.first);
      one["last"] = std::to_string(fault.last);
    }
    faults.push_back(std::move(one));
  }
  json::array agreements;
  for (const auto& one : report.agreements) {
    agreements.push_back({{"place", one.place},
                          {"size", std::to_string(one.checkpoint.size)},
                          {"root", events::base64(one.checkpoint.root)}});
  }
  json::array missing;
  for (const auto& one : report.missing) missing.emplace_back(app.words(one));
  json::object out{{"verdict", outcome.name},
                   {"origin", report.origin},
                   {"size", std::to_string(report.head)},
                   {"indexEntries", std::to_string(report.index_entries)},
                   {"tiles", std::to_string(report.tiles)},
                   {"agreements", std::move(agreements)},
                   {"faultsFound", std::to_string(report.faults_found)},
                   {"faults", std::move(faults)},
                   {"missing", std::move(missing)}};
  if (report.head > 0) out["lastRecordedAt"] = events::text(report.last);
  if (report.root) {
    out["root"] = events::base64(*report.root);
    out["rootHex"] = events::hex(*report.root);
  }
  return out;
}

int run_verify(const App& app, const Wanted& wanted) {
  // Before the log is opened: a writer may sign more meanwhile.
  Kept kept = kept_in_safe(app);
  if (!wanted.checkpoint.empty()) {
    auto own = kept_by_auditor(app, wanted);
    if (!own) return could_not_verify(app, own.error());
    kept.notes.push_back(*std::move(own));
  }
  auto report = run(app, kept);
  if (!report) return failed(app, report.error());
  add_safe(kept, wanted.checkpoint.empty(), *report);
  Outcome outcome = outcome_of(report->verdict());
  if (app.format() == Format::table) {
    print_report(app, *report, outcome);
  } else {
    std::cout << json::serialize(report_json(app, *report, outcome)) << '\n';
  }
  return outcome.exit_code;
}

}  // namespace

Result<events::NoteKey> read_vkey(const std::filesystem::path& path) {
  std::string text = TRY(events::read_file(path, small_file_bytes_max));
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return events::parse_vkey(text);
}

int could_not_verify(const App& app, const events::Error& error) {
  failed(app, error);
  return exit_incomplete;
}

int verify(App& app) { return run_verify(app, {}); }

void add_verify(CLI::App& log, App& app) {
  auto wanted = std::make_shared<Wanted>();
  auto* verify = log.add_subcommand(
      "verify", help("核验整个日志：0 通过，6 失败，8 无法核验",
                     "recheck the whole log: 0 verified, 6 failed, 8 could not verify"));
  auto* checkpoint = verify->add_option(
      "--checkpoint", wanted->checkpoint,
      help("另与您自己保存的这份检查点比较", "compare with this checkpoint too, which you kept"));
  auto* vkey = verify->add_option(
      "--vkey", wanted->vkey,
      help("日志的公钥文件，默认用保管文件夹里的", "the log's public key, by default the safe's"));
  checkpoint->type_name("FILE");
  vkey->type_name("FILE")->needs(checkpoint);
  verify->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_verify(app, *wanted); }; });
}

}  // namespace cli
