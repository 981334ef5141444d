#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/at.h"
#include "cli/cell.h"
#include "cli/event_json.h"
#include "cli/event_show.h"
#include "cli/records.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "projections/json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Result;
using projections::text_in;

struct Wanted : EventFilter {
  std::size_t limit = 50;  // 0: all.
};

// Takes the events in one of three shapes.
class Listing {
 public:
  Listing(const App& app, std::string zone)
      : app_(app),
        zone_(std::move(zone)),
        table_({{{"位置", "position"}, Align::right},
                {{"时间", "time"}},
                {{"事件", "event"}},
                {{"操作者", "actor"}},
                {{"身份", "role"}},
                {{"对象", "subjects"}, Align::left, true}},
               {"没有符合条件的事件", "no event matches"}) {}

  void add(json::object event) {
    if (app_.format() == Format::table) return add_row(event);
    if (app_.format() == Format::ndjson) {
      std::cout << json::serialize(event) << '\n';
    } else {
      array_.push_back(std::move(event));
    }
  }

  void print() const {
    if (app_.format() == Format::json) std::cout << json::serialize(array_) << '\n';
    if (app_.format() == Format::table) table_.print(std::cout, app_.out);
  }

 private:
  void add_row(const json::object& event) {
    table_.add({std::to_string(position_of(event)), cell(app_, event, "time", true, zone_),
                app_.words(event_words(text_in(event, "type"))), text_in(event, "actorid"),
                text_in(event, "onbehalfof"), text_in(event, "about")});
  }

  const App& app_;
  std::string zone_;
  Table table_;
  json::array array_;
};

Result<> list(const App& app, const Wanted& wanted) {
  auto records = TRY(open_records(app));
  Listing listing(app, records->zone());
  std::size_t count = 0;
  auto listed = TRY(records->events(wanted, wanted.limit, [&](json::object event) {
    listing.add(std::move(event));
    ++count;
  }));
  listing.print();
  if (listed.more) {
    std::string first = std::to_string(count);
    std::string after = std::to_string(listed.last);
    remark(app, {"以上是前 " + first + " 条；其后用 --after " + after + "，全部用 --limit 0",
                 "these are the first " + first + "; go on with --after " + after +
                     ", or see all with --limit 0"});
  }
  return {};
}

int run_list(const App& app, const Wanted& wanted) {
  auto listed = list(app, wanted);
  return listed ? 0 : failed(app, listed.error());
}

void add_list(CLI::App& event, App& app) {
  auto wanted = std::make_shared<Wanted>();
  auto* command =
      event.add_subcommand("list", help("列出事件，从先到后", "list events, oldest first"));
  command->add_option("subject", wanted->subject,
                      help("对象，如 application/A-01；不写则为全部",
                           "a subject such as application/A-01; all events without it"));
  command->add_flag(
      "--mentions", wanted->mentions,
      help("也列出只是提及该对象的事件", "also events that only mention the subject"));
  command
      ->add_option("--after", wanted->after, help("只列此位置之后的", "only behind this position"))
      ->type_name("POSITION");
  command
      ->add_option("--limit", wanted->limit, help("最多几条，0 为不限", "at most so many; 0: all"))
      ->type_name("NUMBER")
      ->capture_default_str();
  command
      ->add_option("--type", wanted->type,
                   help("只列此类事件，如 scoreEntered", "only of this type, e.g. scoreEntered"))
      ->type_name("TYPE");
  command->add_option("--actor", wanted->actor, help("只列此人所为", "only by this person"))
      ->type_name("ID");
  add_at(*command, app);
  command->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_list(app, *wanted); }; });
}

}  // namespace

void add_event(CLI::App& program, App& app) {
  auto* event =
      program.add_subcommand("event", help("查看事件本身", "look at the events themselves"));
  event->require_subcommand(1);
  add_list(*event, app);
  add_event_show(*event, app);
}

}  // namespace cli
