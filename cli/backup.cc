#include "events/backup.h"

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/copy.h"
#include "cli/error.h"
#include "cli/fields.h"
#include "cli/folder.h"
#include "cli/subcommands.h"
#include "cli/verify.h"
#include "events/file.h"
#include "events/safe_copy.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using events::Code;
using events::fail;
using events::Result;

constexpr const char* safe_name = "safe";

struct WantedBackup {
  std::string folder;
  bool with_safe = false;
};

struct WantedRestore {
  std::string folder;
  std::string vkey;
};

Result<events::BackupDone> back_up(const App& app, const WantedBackup& wanted) {
  TRY(need_folder(app));
  // Before the log is opened: a writer may sign more meanwhile.
  auto safe = TRY(events::Safe::open(app.safe_folder()));
  std::string note = TRY(safe.kept_note());
  if (note.empty()) {
    return fail(Code::not_found, "日志还没有检查点，没有可备份的", "there is no checkpoint yet");
  }
  auto folder = TRY(open_to_read(app));
  auto checkpoint = TRY(events::open_checkpoint(note, safe.public_key()));
  std::optional<Progress> progress;
  auto done = TRY(events::write_backup(
      *folder.log, note, safe.public_key(), wanted.folder, [&](std::uint64_t count) {
        if (app.quiet) return;
        if (!progress) {
          progress.emplace(std::cerr, app.err, events::Words{"已备份", "backed up"},
                           checkpoint.size);
        }
        progress->reached(count);
      }));
  // After the log: whoever is named in it has his key in the safe already.
  if (wanted.with_safe) {
    TRY(events::copy_safe(app.safe_folder(), fs::path(wanted.folder) / safe_name));
  }
  return done;
}

void print_checkpoint(const App& app, const events::Checkpoint& checkpoint, std::uint64_t added,
                      const events::Words& done) {
  if (app.format() != Format::table) {
    std::cout << boost::json::serialize(
                     boost::json::object{{"origin", checkpoint.origin},
                                         {"size", std::to_string(checkpoint.size)},
                                         {"added", std::to_string(added)},
                                         {"root", events::base64(checkpoint.root)}})
              << '\n';
    return;
  }
  std::cout << app.words(done) << "\n\n";
  print_fields(std::cout, app.out,
               {{{"日志", "log"}, checkpoint.origin},
                {{"记录", "records"}, grouped(checkpoint.size)},
                {{"新增", "added"}, grouped(added)},
                {{"树根", "root"}, events::hex(checkpoint.root)}});
}

int run_backup(const App& app, const WantedBackup& wanted) {
  auto done = back_up(app, wanted);
  if (!done) return failed(app, done.error());
  print_checkpoint(app, done->checkpoint, done->checkpoint.size - done->from,
                   {"备份完成", "backed up"});
  if (!wanted.with_safe) {
    remark(app, {"备份里没有密钥：没有保管文件夹，加密的文字无法读出；见 --with-safe",
                 "the backup holds no keys: without the safe, sealed texts cannot be read; see "
                 "--with-safe"});
  }
  return 0;
}

// Whom to believe: a key that was named, else the one of a safe that is there, else what lies in
// the backup, which whoever altered the backup could have altered too.
Result<events::NoteKey> key_for(const App& app, const WantedRestore& wanted) {
  if (!wanted.vkey.empty()) return read_vkey(wanted.vkey);
  auto of_safe = read_vkey(app.safe_folder() / "log.vkey");
  if (of_safe || of_safe.error().code != Code::not_found) return of_safe;
  remark(app, {"公钥取自备份本身：要防备份被人整个换掉，请用 --vkey 给出您自己保存的公钥",
               "the public key is the backup's own: against a backup replaced as a whole, give "
               "the key that you kept with --vkey"});
  return read_vkey(fs::path(wanted.folder) / "log.vkey");
}

Result<> need_new(const fs::path& data) {
  std::error_code error;
  if (!fs::exists(data, error) || fs::is_empty(data, error)) return {};
  return fail(Code::conflict, "文件夹已存在且不是空的：" + data.string() + "。请用 --data 另选",
              "the folder is there and not empty: " + data.string() + ". Choose another: --data");
}

// Reads back what was written: the records, the tree and the index, all from the stored bytes.
Result<> check_restored(const fs::path& data) {
  events::LogOptions options;
  options.folder = data;
  events::VerifyOptions how;
  how.kept.push_back(TRY(note_of_copy(data)).value());
  auto report = TRY(events::verify_log(options, how));
  if (report.verdict() == events::LogVerdict::verified) return {};
  return fail(Code::corrupt, "写回后核验失败，磁盘可能有问题：" + data.string(),
              "what was written does not verify, the disk may be at fault: " + data.string());
}

Result<events::Checkpoint> restore(const App& app, const WantedRestore& wanted) {
  TRY(need_new(app.data));
  auto key = TRY(key_for(app, wanted));
  fs::path folder = wanted.folder;
  // Under another name until it is whole; one that was cut off is gone on with.
  fs::path making = app.data;
  making += ".restoring";
  auto checkpoint = TRY(bring_up(app, making, events::files_in(folder), key));
  TRY(check_restored(making));
  std::error_code error;
  if (fs::exists(folder / safe_name, error)) {
    if (fs::exists(app.safe_folder() / "signing.seed", error)) {
      remark(app, {"保管文件夹已在，未作改动：" + app.safe_folder().string(),
                   "there is a safe, and it was left as it is: " + app.safe_folder().string()});
    } else {
      std::string note =
          TRY(events::read_file(making / events::checkpoint_path, events::note_bytes_max));
      TRY(events::restore_safe(folder / safe_name, app.safe_folder(), note, key));
    }
  }
  fs::rename(making, app.data, error);
  if (error) {
    return fail(Code::corrupt, "无法改名为 " + app.data.string() + "：" + error.message(),
                "cannot be renamed to " + app.data.string() + ": " + error.message());
  }
  TRY(events::sync_names(app.data.parent_path()));
  return checkpoint;
}

int run_restore(const App& app, const WantedRestore& wanted) {
  auto done = restore(app, wanted);
  if (!done) return failed(app, done.error());
  print_checkpoint(app, *done, done->size,
                   {"已恢复：每条记录都与所签的检查点相符",
                    "restored: every record is what the checkpoint signs"});
  return 0;
}

}  // namespace

void add_backup(CLI::App& program, App& app) {
  auto wanted = std::make_shared<WantedBackup>();
  auto* backup = program.add_subcommand(
      "backup", help("备份日志，服务运行时也可；再次运行只补新增部分",
                     "back the log up, also while it is served; again for what is new"));
  backup->add_option("folder", wanted->folder, help("备份文件夹", "the backup's folder"))
      ->required()
      ->type_name("FOLDER");
  backup->add_flag("--with-safe", wanted->with_safe,
                   help("连同密钥（签名密钥、个人密钥、口令），0600，未加密",
                        "with the safe's keys (signing, persons, passphrases), 0600, in clear"));
  backup->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_backup(app, *wanted); }; });
}

void add_restore(CLI::App& program, App& app) {
  auto wanted = std::make_shared<WantedRestore>();
  auto* restored = program.add_subcommand(
      "restore", help("由备份建立新的数据文件夹（--data），逐条核对",
                      "make a new data folder (--data) from a backup, and check all of it"));
  restored->add_option("folder", wanted->folder, help("备份文件夹", "the backup's folder"))
      ->required()
      ->type_name("FOLDER");
  restored
      ->add_option("--vkey", wanted->vkey,
                   help("您自己保存的公钥文件", "the log's public key, which you kept"))
      ->type_name("FILE");
  restored->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_restore(app, *wanted); }; });
}

}  // namespace cli
