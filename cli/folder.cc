#include "cli/folder.h"

#include "cli/copy.h"

namespace cli {
namespace {

using events::Code;
using events::fail;
using events::Result;

Result<std::optional<events::KeptHead>> kept_head(const events::Safe& safe) {
  auto kept = TRY(safe.kept());
  if (!kept) return std::nullopt;
  return events::KeptHead{kept->size, kept->root};
}

struct ClockOfLog {
  bool simulated = false;
  events::Moment start;
};

Result<ClockOfLog> clock_of(const events::Log& log) {
  auto cursor = log.read(0);
  if (!cursor.next() || !cursor.recorded().event().isLogOpened()) {
    return fail(Code::corrupt, "日志的第一条不是“日志启用”",
                "the log does not begin with its opening");
  }
  auto opened = cursor.recorded().event().getLogOpened();
  return ClockOfLog{opened.getClock() == events::ClockKind::SIMULATED, log.last()};
}

void add_clock(WritingFolder& folder, const ClockOfLog& clock) {
  if (clock.simulated) {
    auto simulated = std::make_unique<events::SimulatedClock>(clock.start);
    folder.simulated = simulated.get();
    folder.clock = std::move(simulated);
  } else {
    folder.clock = std::make_unique<events::RealClock>();
  }
}

void add_writer(WritingFolder& folder) {
  folder.writer = std::make_unique<engine::Writer>(*folder.log, *folder.safe, *folder.clock,
                                                   engine::WriterOptions{});
}

Result<WritingFolder> open_writing(const App& app, bool accept_restored) {
  WritingFolder folder;
  events::LogOptions options;
  options.folder = app.data;
  options.accept_restored = accept_restored;
  auto there = events::Log::open_reader(options);
  if (!there && there.error().code == Code::not_found) return std::unexpected(there.error());
  folder.safe = std::make_unique<events::Safe>(TRY(events::Safe::open(app.safe_folder())));
  options.kept = TRY(kept_head(*folder.safe));
  folder.log = TRY(events::Log::open(options));
  if (folder.log->origin() != folder.safe->origin()) {
    return fail(
        Code::corrupt,
        "保管文件夹属于另一个日志：" + folder.safe->origin() + "，不是 " + folder.log->origin(),
        "the safe belongs to another log: " + folder.safe->origin() + ", not " +
            folder.log->origin());
  }
  add_clock(folder, TRY(clock_of(*folder.log)));
  return folder;
}

}  // namespace

Result<> need_folder(const App& app) {
  if (app.server.empty()) return {};
  return fail(
      Code::invalid,
      "这一命令只对文件夹有效，请不要带 --server（或 PROBITY_SERVER）；审计人员可先取副本：probity "
      "log fetch",
      "this works on a folder: leave out --server (or PROBITY_SERVER); an auditor may take "
      "a copy first: probity log fetch");
}

Result<WritingFolder> create_folder(const App& app, const NewFolder& wanted) {
  if (!events::known_zone(wanted.zone)) {
    return fail(Code::invalid, "没有这个时区：" + wanted.zone + "（例：Asia/Shanghai）",
                "there is no time zone " + wanted.zone + " (for example: Asia/Shanghai)");
  }
  events::LogOptions options;
  options.folder = app.data;
  WritingFolder folder;
  folder.log = TRY(events::Log::create(options));
  auto safe = TRY(events::Safe::create(app.safe_folder(), wanted.origin));
  folder.safe = std::make_unique<events::Safe>(std::move(safe));
  bool simulated = wanted.simulated_from.has_value();
  add_clock(folder, {simulated, wanted.simulated_from.value_or(events::Moment())});
  add_writer(folder);
  folder.head_keeper = std::make_unique<events::HeadKeeper>(*folder.log, *folder.safe);
  auto reply = folder.writer->open_log(wanted.origin, wanted.zone, simulated, wanted.administrator);
  if (reply.refusal) return std::unexpected(*reply.refusal);
  return folder;
}

Result<WritingFolder> open_to_write(const App& app) {
  TRY(need_folder(app));
  auto folder = TRY(open_writing(app, false));
  add_writer(folder);
  folder.head_keeper = std::make_unique<events::HeadKeeper>(*folder.log, *folder.safe);
  return folder;
}

// Nothing keeps the head meanwhile: it would be refused until somebody has answered for it.
Result<WritingFolder> open_restored(const App& app) {
  auto folder = TRY(open_writing(app, true));
  add_writer(folder);
  return folder;
}

Result<ReadingFolder> open_to_read(const App& app) {
  TRY(need_folder(app));
  ReadingFolder folder;
  events::LogOptions options;
  options.folder = app.data;
  if (auto safe = events::Safe::open(app.safe_folder())) {
    folder.safe = std::make_unique<events::Safe>(*std::move(safe));
    options.kept = TRY(kept_head(*folder.safe));
  } else if (auto copied = TRY(note_of_copy(app.data))) {
    auto kept = TRY(events::open_checkpoint(copied->note, copied->log));
    options.kept = events::KeptHead{kept.size, kept.root};
  }
  folder.log = TRY(events::Log::open_reader(options));
  return folder;
}

Result<events::Position> position_of(const std::optional<events::Position>& at,
                                     const std::string& as_of, const events::Log& log) {
  events::Position head = log.head();
  if (at) {
    if (*at >= 1 && *at <= head) return *at;
    std::string range = "1–" + std::to_string(head);
    return fail(Code::not_found, "没有位置 " + std::to_string(*at) + "；现有 " + range,
                "there is no position " + std::to_string(*at) + "; there are " + range);
  }
  if (as_of.empty()) return head;
  auto moment = events::parse_moment(as_of);
  if (!moment) {
    auto date = events::parse_date(as_of);
    if (!date) {
      return fail(
          Code::invalid,
          "看不懂这个时间：" + as_of + "（例：2017-05-01 或 2017-05-01T09:00:00+08:00）",
          "not a time: " + as_of + " (for example: 2017-05-01 or 2017-05-01T09:00:00+08:00)");
    }
    // As of a day means with all that happened on it.
    moment =
        events::start_of(*date + std::chrono::days(1), zone_of(log)) - std::chrono::microseconds(1);
  }
  return log.position_at(*moment);
}

Result<events::Position> asked_position(const App& app, const events::Log& log) {
  auto position = TRY(position_of(app.at, app.as_of, log));
  say_position(app, position);
  return position;
}

void say_position(const App& app, events::Position position) {
  if (app.at || app.as_of.empty()) return;
  std::string number = std::to_string(position);
  remark(app,
         {"截至 " + app.as_of + "：位置 " + number, "as of " + app.as_of + ": position " + number});
}

std::string zone_of(const events::Log& log) {
  auto cursor = log.read(0);
  if (!cursor.next() || !cursor.recorded().event().isLogOpened()) return "UTC";
  return events::string(cursor.recorded().event().getLogOpened().getZone());
}

}  // namespace cli
