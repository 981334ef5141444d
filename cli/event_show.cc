#include "cli/event_show.h"

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/at.h"
#include "cli/cell.h"
#include "cli/event_json.h"
#include "cli/fields.h"
#include "cli/folder.h"
#include "cli/json_lines.h"
#include "cli/records.h"
#include "cli/table.h"
#include "events/file.h"
#include "events/text_encoding.h"
#include "events/words.h"
#include "projections/json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Position;
using events::Result;
using projections::count_in;
using projections::text_in;

struct Wanted {
  Position position = 0;
  std::string raw;
};

// What the enumerant means to people.
template <class Enum>
events::Words words_of(const std::string& name) {
  for (auto enumerant : capnp::Schema::from<Enum>().getEnumerants()) {
    if (name == enumerant.getProto().getName().cStr()) {
      return {events::zh_name(enumerant), events::en_name(enumerant)};
    }
  }
  return {name, name};
}

// The objects of a list that the event has under that name.
std::vector<json::object> objects_in(const json::object& event, std::string_view member) {
  std::vector<json::object> all;
  const auto* found = event.if_contains(member);
  if (!found || !found->is_array()) return all;
  for (const auto& one : found->as_array()) {
    if (one.is_object()) all.push_back(one.as_object());
  }
  return all;
}

std::string subjects_text(const json::object& event, bool folded) {
  std::string text;
  for (const auto& one : objects_in(event, "subjects")) {
    const auto* is = one.if_contains("folded");
    if (!is || !is->is_bool() || is->as_bool() != folded) continue;
    text += (text.empty() ? "" : " ") + text_in(one, "subject");
  }
  return text;
}

std::string basis_text(const json::object& event) {
  std::string text;
  for (const auto& one : objects_in(event, "decidedon")) {
    text += (text.empty() ? "" : " ") + text_in(one, "subject") + "@" + text_in(one, "position");
  }
  return text;
}

std::vector<Field> envelope_fields(const App& app, const json::object& event,
                                   const std::string& zone) {
  std::string type = text_in(event, "type");
  std::string part =
      std::to_string(count_in(event, "part") + 1) + "/" + std::to_string(count_in(event, "parts"));
  auto cause = position_of({{"id", text_in(event, "cause")}});
  auto hash = events::parse_base64(text_in(event, "leafhash"));
  auto bytes = static_cast<std::uint64_t>(count_in(event, "recordbytes"));
  return {
      {{"位置", "position"}, std::to_string(position_of(event))},
      {{"事件", "event"}, app.words(event_words(type)) + " (" + type + ")"},
      {{"记录时间", "recorded"},
       cell(app, event, "time", true, zone) + " (" + text_in(event, "time") + ")"},
      {{"生效日期", "effective on"}, text_in(event, "effectiveon")},
      {{"操作者", "actor"}, text_in(event, "actorid")},
      {{"身份", "role"}, text_in(event, "onbehalfof")},
      {{"认证方式", "authentication"},
       app.words(words_of<events::Authentication>(text_in(event, "authentication")))},
      {{"指令", "command"}, text_in(event, "commandid") + " (" + part + ")"},
      {{"指令摘要", "digest"}, text_in(event, "commanddigest")},
      {{"起因", "cause"}, cause > 0 ? std::to_string(cause) : ""},
      {{"归入", "belongs to"}, subjects_text(event, true)},
      {{"提及", "mentions"}, subjects_text(event, false)},
      {{"所据版本", "decided on"}, basis_text(event)},
      {{"日志", "log"}, text_in(event, "source")},
      {{"叶哈希", "leaf hash"}, hash ? events::hex(*hash) : ""},
      {{"原文", "stored"}, grouped(bytes) + app.words({" 字节", " bytes"})},
  };
}

void print_grounds(const App& app, const json::object& event) {
  auto grounds = objects_in(event, "grounds");
  if (grounds.empty()) return;
  Table table({{{"条款", "clause"}},
               {{"规则", "rule"}},
               {{"结论", "result"}},
               {{"要求", "needed"}, Align::left, true},
               {{"实际", "found"}, Align::left, true},
               {{"所看位置", "looked at"}, Align::left, true}},
              {"", ""});
  for (const auto& ground : grounds) {
    std::string inputs;
    if (const auto* seen = ground.if_contains("inputs"); seen && seen->is_array()) {
      for (const auto& one : seen->as_array()) {
        inputs += (inputs.empty() ? "" : " ") + text_in({{"position", one}}, "position");
      }
    }
    table.add({text_in(ground, "clause"), text_in(ground, "rule"),
               app.words(words_of<events::Verdict>(text_in(ground, "result"))),
               text_in(ground, "needed"), text_in(ground, "found"), std::move(inputs)});
  }
  std::cout << '\n' << app.words({"依据：", "grounds:"}) << '\n';
  table.print(std::cout, app.out);
}

void print(const App& app, const json::object& event, const std::string& zone) {
  if (app.format() != Format::table) {
    std::cout << json::serialize(event) << '\n';
    return;
  }
  print_fields(std::cout, app.out, envelope_fields(app, event, zone));
  std::cout << '\n' << app.words({"内容：", "contents:"}) << '\n';
  const auto* data = event.if_contains("data");
  for (const std::string& line : json_lines(data ? *data : json::value())) {
    std::cout << printable(line, app.out.utf8) << '\n';
  }
  print_grounds(app, event);
}

// The bytes themselves lie in a log, and not behind a server.
Result<> write_raw(const App& app, const Wanted& wanted) {
  auto folder = TRY(open_to_read(app));
  auto cursor = folder.log->read(wanted.position - 1);
  if (!cursor.next()) {
    return events::fail(events::Code::corrupt, "记录缺失", "the record is missing");
  }
  auto bytes = cursor.bytes();
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return events::write_synced(wanted.raw, text, events::Secrecy::open);
}

Result<> show(const App& app, const Wanted& wanted) {
  auto records = TRY(open_records(app));
  auto event = TRY(records->event(wanted.position));
  if (!wanted.raw.empty()) TRY(write_raw(app, wanted));
  print(app, event, records->zone());
  return {};
}

int run_show(const App& app, const Wanted& wanted) {
  auto shown = show(app, wanted);
  return shown ? 0 : failed(app, shown.error());
}

}  // namespace

void add_event_show(CLI::App& event, App& app) {
  auto wanted = std::make_shared<Wanted>();
  auto* command =
      event.add_subcommand("show", help("一条事件的全部内容", "everything about one event"));
  command->add_option("position", wanted->position, help("位置", "its position"))
      ->required()
      ->type_name("POSITION");
  command
      ->add_option("--raw", wanted->raw,
                   help("把存储的原文写入此文件", "write the stored bytes to this file"))
      ->type_name("FILE");
  add_at(*command, app);
  command->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_show(app, *wanted); }; });
}

}  // namespace cli
