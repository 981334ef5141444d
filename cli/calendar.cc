#include "engine/calendar.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/resources.h"
#include "cli/sender.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "events/decode.h"
#include "events/file.h"
#include "events/parse_yaml.h"

namespace cli {
namespace {

using events::Code;
using events::Date;
using events::fail;
using events::Result;

constexpr std::size_t calendar_bytes_max = 1 << 20;

struct Wanted {
  std::string name = "china";
  std::string start;
  int number = 0;
  std::string unit = "calendar";
  bool count_start_day = false;
  bool roll_forward = false;
  std::string known_on;
  int year = 0;
  std::string actor;
  std::string id;
};

Result<std::string> text_of(const std::string& name) {
  auto text = events::read_file(name, calendar_bytes_max);
  if (text || text.error().code != Code::not_found) return text;
  auto carried = resource("engine/calendars/" + name + ".yaml");
  if (carried) return std::string(*carried);
  return fail(Code::not_found, "没有这个日历：" + name, "there is no calendar " + name);
}

Result<std::unique_ptr<capnp::MallocMessageBuilder>> read_file_of(const std::string& name) {
  std::string text = TRY(text_of(name));
  auto builder = std::make_unique<capnp::MallocMessageBuilder>();
  auto node = TRY(events::parse_yaml(text, name));
  TRY(events::decode(node, builder->initRoot<events::CalendarFile>(), name));
  return builder;
}

Result<engine::Calendar> read_calendar(const std::string& name) {
  auto builder = TRY(read_file_of(name));
  engine::Calendar calendar;
  for (auto notice : builder->getRoot<events::CalendarFile>().asReader().getNotices()) {
    auto read = engine::read_notice(notice, 0);
    TRY(engine::check(read));
    calendar.add(std::move(read));
  }
  return calendar;
}

Result<Date> date_of(const std::string& text) {
  auto date = events::parse_date(text);
  if (date) return *date;
  return fail(Code::invalid, "不是日期：" + text + "（例：2016-09-28）",
              "not a date: " + text + " (for example: 2016-09-28)");
}

Result<std::string> count(const App& app, const Wanted& wanted) {
  auto calendar = TRY(read_calendar(wanted.name));
  Date start = TRY(date_of(wanted.start));
  // Unless it is said otherwise, all is known that has ever been announced.
  Date known_on = std::chrono::year(9999) / 12 / 31;
  if (!wanted.known_on.empty()) known_on = TRY(date_of(wanted.known_on));
  engine::Period period;
  period.number = wanted.number;
  period.unit = wanted.unit == "working" ? events::Unit::WORKING : events::Unit::CALENDAR;
  period.count_start_day = wanted.count_start_day;
  period.roll_forward = wanted.roll_forward;
  Date last = TRY(calendar.last_day(start, period, known_on));
  std::string day = events::text(last);
  return app.words({"最后一天：" + day + "（到 24:00）", "last day: " + day + " (until 24:00)"});
}

int run_count(App& app, const Wanted& wanted) {
  auto text = count(app, wanted);
  if (!text) return failed(app, text.error());
  std::cout << *text << '\n';
  return 0;
}

std::string ranges(const std::vector<engine::DayRange>& days) {
  std::string all;
  for (const auto& one : days) {
    all += (all.empty() ? "" : ", ") + events::text(one.from).substr(5);
    if (one.to > one.from) all += ".." + events::text(one.to).substr(5);
  }
  return all;
}

bool speaks_of(const engine::Notice& notice, int year) {
  auto in_year = [&](const engine::DayRange& one) {
    return std::chrono::year_month_day(one.from).year() == std::chrono::year(year);
  };
  return std::ranges::any_of(notice.off, in_year) || std::ranges::any_of(notice.work, in_year);
}

int run_show(App& app, const Wanted& wanted) {
  auto calendar = read_calendar(wanted.name);
  if (!calendar) return failed(app, calendar.error());
  Table table({{{"公布", "announced"}},
               {{"文号", "paper"}},
               {{"放假", "off"}, Align::left, true},
               {{"上班", "working"}, Align::left, true}},
              {"没有通知", "no notice"});
  for (const auto& notice : calendar->notices()) {
    if (wanted.year != 0 && !speaks_of(notice, wanted.year)) continue;
    table.add(
        {events::text(notice.announced_on), notice.paper, ranges(notice.off), ranges(notice.work)});
  }
  table.print(std::cout, app.out);
  return 0;
}

int run_publish(App& app, const Wanted& wanted) {
  auto file = read_file_of(wanted.name);
  if (!file) return failed(app, file.error());
  auto read = (*file)->getRoot<events::CalendarFile>().asReader();
  capnp::MallocMessageBuilder builder;
  auto command = builder.initRoot<engine::Command>();
  command.setId(wanted.id);
  command.setActor(wanted.actor);
  auto publish = command.initPublishCalendar();
  publish.setCalendar(read.getCalendar());
  publish.setNotices(read.getNotices());
  auto reply = hand_in(app, events::Message<engine::Command>(builder));
  if (!reply) return failed(app, reply.error());
  if (reply->refusal) return failed(app, *reply->refusal);
  std::string count = std::to_string(reply->last - reply->first + 1);
  std::cout << app.words({"已发布 " + count + " 份放假通知", "published " + count + " notices"})
            << '\n';
  return 0;
}

}  // namespace

void add_calendar(CLI::App& program, App& app) {
  auto* noun = program.add_subcommand("calendar", help("工作日历", "working days"));
  noun->require_subcommand(1);
  auto wanted = std::make_shared<Wanted>();
  auto add_name = [&](CLI::App* command) {
    command
        ->add_option("--calendar", wanted->name,
                     help("自带日历的名称或文件", "a carried one or a file"))
        ->capture_default_str();
  };
  auto* show = noun->add_subcommand("show", help("查看放假通知", "show the notices"));
  show->add_option("year", wanted->year, help("年份", "year"));
  add_name(show);
  show->callback([&app, wanted] { app.run = [&app, wanted] { return run_show(app, *wanted); }; });
  auto* count = noun->add_subcommand("count", help("推算期限", "count a period"));
  count->add_option("start", wanted->start, help("起始日", "the day it starts"))->required();
  count->add_option("number", wanted->number, help("天数", "number of days"))->required();
  count->add_option("--unit", wanted->unit, help("日历日或工作日", "calendar or working days"))
      ->check(CLI::IsMember({"calendar", "working"}));
  count->add_flag("--count-start-day", wanted->count_start_day,
                  help("起始日计入", "count the start day"));
  count->add_flag("--roll-forward", wanted->roll_forward,
                  help("遇休息日顺延", "roll forward off days"));
  count->add_option("--known-on", wanted->known_on,
                    help("按当日已公布的安排", "as known on this day"));
  add_name(count);
  count->callback([&app, wanted] { app.run = [&app, wanted] { return run_count(app, *wanted); }; });
  auto* publish = noun->add_subcommand("publish", help("发布到日志", "publish to the log"));
  add_name(publish);
  publish->add_option("--actor", wanted->actor, help("操作人", "who acts"))->required();
  publish->add_option("--id", wanted->id, help("指令编号", "the command's id"))->required();
  publish->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_publish(app, *wanted); }; });
}

}  // namespace cli
