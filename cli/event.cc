#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/at.h"
#include "cli/event_json.h"
#include "cli/event_show.h"
#include "cli/event_walk.h"
#include "cli/folder.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "events/subject.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Position;
using events::Recorded;
using events::Result;
using events::string;

struct Wanted : EventFilter {
  std::size_t limit = 50;  // 0: all.
};

// Takes the events in one of three shapes.
class Listing {
 public:
  Listing(const App& app, const ReadingFolder& folder)
      : app_(app),
        reading_{folder.safe.get(), app.out.language},
        zone_(zone_of(*folder.log)),
        table_({{{"位置", "position"}, Align::right},
                {{"时间", "time"}},
                {{"事件", "event"}},
                {{"操作者", "actor"}},
                {{"身份", "role"}},
                {{"对象", "subjects"}, Align::left, true}},
               {"没有符合条件的事件", "no event matches"}) {}

  void add(const Recorded& recorded, events::Bytes bytes) {
    if (app_.format() == Format::table) return add_row(recorded);
    auto event = event_json(recorded, bytes, reading_);
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
  void add_row(const Recorded& recorded) {
    std::string subjects;
    for (const auto& one : events::subjects_of(recorded.event())) {
      if (one.folded) subjects += (subjects.empty() ? "" : " ") + one.name;
    }
    table_.add({std::to_string(recorded.position), events::local_text(recorded.at(), zone_),
                app_.words(event_words(recorded.event())), string(recorded.record.getActor()),
                string(recorded.record.getOnBehalfOf()), std::move(subjects)});
  }

  const App& app_;
  Reading reading_;
  std::string zone_;
  Table table_;
  json::array array_;
};

Result<> list(const App& app, const Wanted& wanted) {
  TRY(check(wanted));
  auto folder = TRY(open_to_read(app));
  Position until = TRY(asked_position(app, *folder.log));
  Listing listing(app, folder);
  EventWalk walk(*folder.log, wanted, until);
  std::size_t listed = 0;
  Position last = wanted.after;
  bool more = false;
  while (walk.next()) {
    more = wanted.limit > 0 && listed == wanted.limit;
    if (more) break;
    listing.add(walk.recorded(), walk.bytes());
    last = walk.recorded().position;
    ++listed;
  }
  listing.print();
  if (more) {
    std::string count = std::to_string(listed);
    std::string after = std::to_string(last);
    remark(app, {"以上是前 " + count + " 条；其后用 --after " + after + "，全部用 --limit 0",
                 "these are the first " + count + "; go on with --after " + after +
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
