#include "cli/restored.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/folder.h"
#include "cli/table.h"

namespace cli {
namespace {

using events::Code;
using events::Position;
using events::Result;

struct Wanted {
  std::string actor;
  std::string reason;
};

struct Restored {
  Position head = 0;  // Before its own record.
  Position recorded = 0;
  Position kept = 0;
};

Result<> need_reason(const Wanted& wanted) {
  if (!wanted.reason.empty()) return {};
  return events::fail(Code::invalid, "须写明为什么缺少已签发的记录，以及怎样恢复的：--reason",
                      "say why signed records are missing and how it was restored: --reason");
}

Result<events::KeptHead> lost_head(const WritingFolder& folder) {
  auto kept = TRY(folder.safe->kept());
  bool lost =
      kept && (kept->size > folder.log->head() || TRY(folder.log->root(kept->size)) != kept->root);
  if (lost) return events::KeptHead{kept->size, kept->root};
  return events::fail(Code::conflict, "日志与保管的检查点相符，没有什么需要接受；未作任何改动",
                      "the log agrees with its kept checkpoint, so there is nothing to accept; "
                      "nothing was changed");
}

Result<Restored> restore(const App& app, const Wanted& wanted) {
  TRY(need_reason(wanted));
  auto folder = TRY(open_restored(app));
  auto kept = TRY(lost_head(folder));
  Restored done{folder.log->head(), 0, kept.size};
  auto reply = folder.writer->restore_log(kept, wanted.actor, wanted.reason);
  if (reply.refusal) return std::unexpected(*reply.refusal);
  done.recorded = reply.first;
  auto root = TRY(folder.log->root(reply.last));
  TRY(folder.safe->keep_restored({folder.log->origin(), reply.last, root}));
  return done;
}

int run_restored(const App& app, const Wanted& wanted) {
  auto done = restore(app, wanted);
  if (!done) return failed(app, done.error());
  std::string head = grouped(done->head);
  std::string kept = grouped(done->kept);
  std::cout << app.words(
      {"已接受现有的日志（" + head + " 条），记录在位置 " + std::to_string(done->recorded) +
           "。\n曾签发过 " + kept +
           " 条的检查点：缺少或不同的记录不能再找回，持有该检查点的人核验会失败，"
           "请向他们说明。\n",
       "the log was accepted as it is (" + head + " records), and position " +
           std::to_string(done->recorded) + " says so.\nA checkpoint of " + kept +
           " records was signed before: whoever holds it will find that this "
           "log fails, so tell them why.\n"});
  return 0;
}

}  // namespace

void add_restored(CLI::App& log, App& app) {
  auto wanted = std::make_shared<Wanted>();
  auto* restored = log.add_subcommand(
      "restored", help("接受一份缺少已签发记录的日志（如放回的旧备份），并永久记录在案",
                       "accept a log that lacks signed records, such as an older backup that was "
                       "put back, and record that for good"));
  restored->add_option("--actor", wanted->actor, help("负责的管理员", "the administrator"))
      ->required()
      ->type_name("ID");
  restored->add_option("--reason", wanted->reason, help("缘由和经过", "why, and how it came about"))
      ->required()
      ->type_name("TEXT");
  restored->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_restored(app, *wanted); }; });
}

}  // namespace cli
