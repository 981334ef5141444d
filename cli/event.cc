#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/at.h"
#include "cli/folder.h"
#include "cli/open_sealed.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "events/encode.h"
#include "events/file.h"
#include "events/sha256.h"
#include "events/subject.h"
#include "events/text_encoding.h"
#include "events/words.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Recorded;
using events::string;
using events::view;

struct Wanted {
  std::string subject;
  bool mentions = false;
  events::Position after = 0;
  std::size_t limit = 200;
  std::string type;
  std::string actor;
  events::Position position = 0;
  std::string raw;
};

std::optional<capnp::StructSchema::Field> member_of(events::Event::Reader event) {
  capnp::DynamicStruct::Reader dynamic(event);
  KJ_IF_MAYBE (member, dynamic.which()) {
    return *member;
  }
  return std::nullopt;
}

std::string type_of(events::Event::Reader event) {
  auto member = member_of(event);
  return member ? std::string(member->getProto().getName().cStr()) : std::string();
}

std::string padded(events::Position position) {
  std::string digits = std::to_string(position);
  return std::string(20 - digits.size(), '0') + digits;
}

// The stored event as other programs read it. The leaf hash covers the stored bytes, not this text.
json::object event_json(const Recorded& recorded, events::Bytes bytes, const events::Safe* safe,
                        Language language) {
  auto record = recorded.record;
  json::value encoded = events::encode(record);
  open_sealed(encoded, safe, language);
  json::object& all = encoded.as_object();
  json::object out{{"specversion", "1.0"},
                   {"id", padded(recorded.position)},
                   {"source", string(record.getOrigin())},
                   {"type", type_of(record.getEvent())},
                   {"time", events::text(recorded.at())},
                   {"datacontenttype", "application/json"},
                   {"sequence", padded(recorded.position)},
                   {"actorid", string(record.getActor())},
                   {"leafhash", events::base64(events::leaf_hash(bytes))}};
  json::object envelope = all;
  out["data"] = envelope["event"];
  envelope.erase("event");
  out["envelope"] = std::move(envelope);
  return out;
}

bool wanted_event(const Wanted& wanted, const Recorded& recorded) {
  if (!wanted.type.empty() && type_of(recorded.event()) != wanted.type) return false;
  return wanted.actor.empty() || view(recorded.record.getActor()) == wanted.actor;
}

events::Cursor cursor_of(const events::Log& log, const Wanted& wanted) {
  if (wanted.subject.empty()) return log.read(wanted.after);
  if (wanted.mentions) return log.read_mentions(wanted.subject, wanted.after);
  return log.read_subject(wanted.subject, wanted.after);
}

std::string subjects_text(const Recorded& recorded) {
  std::string all;
  for (const auto& one : events::subjects_of(recorded.event())) {
    if (one.folded) all += (all.empty() ? "" : " ") + one.name;
  }
  return all;
}

int run_list(App& app, const Wanted& wanted) {
  auto folder = open_to_read(app);
  if (!folder) return failed(app, folder.error());
  auto until = asked_position(app, *folder->log);
  if (!until) return failed(app, until.error());
  Table table({{{"位置", "position"}, Align::right},
               {{"记录时间", "recorded"}},
               {{"事件", "event"}},
               {{"操作人", "actor"}},
               {{"角色", "role"}},
               {{"对象", "subjects"}, Align::left, true}},
              {"没有符合条件的事件", "no event matches"});
  std::string zone = zone_of(*folder->log);
  auto cursor = cursor_of(*folder->log, wanted);
  std::size_t shown = 0;
  json::array all;
  while (shown < wanted.limit && cursor.next() && cursor.recorded().position <= *until) {
    const auto& recorded = cursor.recorded();
    if (!wanted_event(wanted, recorded)) continue;
    ++shown;
    if (app.format() != Format::table) {
      auto event = event_json(recorded, cursor.bytes(), folder->safe.get(), app.out.language);
      if (app.format() == Format::ndjson) {
        std::cout << json::serialize(event) << '\n';
      } else {
        all.push_back(std::move(event));
      }
      continue;
    }
    auto member = member_of(recorded.event());
    std::string name =
        member ? app.words({events::zh_name(*member), events::en_name(*member)}) : "";
    table.add({std::to_string(recorded.position), events::local_text(recorded.at(), zone), name,
               string(recorded.record.getActor()), string(recorded.record.getOnBehalfOf()),
               subjects_text(recorded)});
  }
  if (app.format() == Format::json) std::cout << json::serialize(all) << '\n';
  if (app.format() == Format::table) table.print(std::cout, app.out);
  if (shown == wanted.limit) {
    remark(app, {"只列出 " + std::to_string(shown) + " 条；用 --limit 或 --after 看更多",
                 std::to_string(shown) + " are listed; --limit and --after show more"});
  }
  return 0;
}

void print_json(const json::value& value, const std::string& indent, const App& app) {
  if (value.is_object()) {
    for (const auto& member : value.as_object()) {
      bool deep = member.value().is_object() || member.value().is_array();
      std::cout << indent << std::string_view(member.key()) << ":";
      if (deep) {
        std::cout << '\n';
        print_json(member.value(), indent + "  ", app);
      } else {
        std::cout << ' ';
        print_json(member.value(), "", app);
      }
    }
  } else if (value.is_array()) {
    for (const auto& one : value.as_array()) {
      std::cout << indent << "-" << (one.is_object() ? "\n" : " ");
      print_json(one, one.is_object() ? indent + "  " : "", app);
    }
  } else if (value.is_string()) {
    std::cout << printable(std::string_view(value.as_string()), app.out.utf8) << '\n';
  } else {
    std::cout << json::serialize(value) << '\n';
  }
}

int run_show(App& app, const Wanted& wanted) {
  auto folder = open_to_read(app);
  if (!folder) return failed(app, folder.error());
  auto cursor = folder->log->read(wanted.position == 0 ? 0 : wanted.position - 1);
  if (wanted.position == 0 || !cursor.next()) {
    std::string head = std::to_string(folder->log->head());
    return failed(
        app, {events::Code::not_found,
              {"没有这个位置；现有 1–" + head, "there is no such position; there are 1 to " + head},
              {},
              {}});
  }
  auto bytes = cursor.bytes();
  if (!wanted.raw.empty()) {
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    auto written = events::write_synced(wanted.raw, text, events::Secrecy::open);
    if (!written) return failed(app, written.error());
  }
  auto event = event_json(cursor.recorded(), bytes, folder->safe.get(), app.out.language);
  if (app.format() != Format::table) {
    std::cout << json::serialize(event) << '\n';
    return 0;
  }
  auto member = member_of(cursor.recorded().event());
  std::string name = member ? app.words({events::zh_name(*member), events::en_name(*member)}) : "";
  std::cout << app.words({"位置 ", "position "}) << wanted.position << "  " << name << "  "
            << events::local_text(cursor.recorded().at(), zone_of(*folder->log)) << "  "
            << bytes.size() << app.words({" 字节", " bytes"}) << "\n\n";
  print_json(event, "", app);
  return 0;
}

}  // namespace

void add_event(CLI::App& program, App& app) {
  auto* noun = program.add_subcommand("event", help("事件", "the events themselves"));
  noun->require_subcommand(1);
  auto wanted = std::make_shared<Wanted>();
  auto* list = noun->add_subcommand("list", help("列出事件", "list events"));
  list->add_option("subject", wanted->subject,
                   help("对象，如 application/A-01", "a subject such as application/A-01"));
  list->add_flag("--mentions", wanted->mentions,
                 help("提及该对象而不属于它的事件", "events that only name the subject"));
  list->add_option("--after", wanted->after, help("此位置之后", "after this position"));
  list->add_option("--limit", wanted->limit, help("最多几条", "at most so many"))
      ->capture_default_str();
  list->add_option("--type", wanted->type, help("事件类型，如 scoreEntered", "of this type"));
  list->add_option("--actor", wanted->actor, help("操作人", "by this actor"));
  add_at(*list, app);
  list->callback([&app, wanted] { app.run = [&app, wanted] { return run_list(app, *wanted); }; });
  auto* show = noun->add_subcommand("show", help("一条事件的全部内容", "one event, whole"));
  show->add_option("position", wanted->position, help("位置", "its position"))->required();
  show->add_option("--raw", wanted->raw,
                   help("另存原始字节的文件", "write the stored bytes to a file"));
  show->callback([&app, wanted] { app.run = [&app, wanted] { return run_show(app, *wanted); }; });
}

}  // namespace cli
