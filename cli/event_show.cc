#include "cli/event_show.h"

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/at.h"
#include "cli/event_json.h"
#include "cli/fields.h"
#include "cli/folder.h"
#include "cli/json_lines.h"
#include "cli/table.h"
#include "events/file.h"
#include "events/subject.h"
#include "events/text_encoding.h"
#include "events/words.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Position;
using events::Recorded;
using events::Result;
using events::string;

struct Wanted {
  Position position = 0;
  std::string raw;
};

template <class Enum>
events::Words words_of(Enum value) {
  capnp::DynamicEnum dynamic = capnp::toDynamic(value);
  KJ_IF_MAYBE (known, dynamic.getEnumerant()) {
    return {events::zh_name(*known), events::en_name(*known)};
  }
  return {};
}

std::string subjects_text(const Recorded& recorded, bool folded) {
  std::string text;
  for (const auto& one : events::subjects_of(recorded.record)) {
    if (one.folded == folded) text += (text.empty() ? "" : " ") + one.name;
  }
  return text;
}

std::string basis_text(events::Record::Reader record) {
  std::string text;
  for (auto one : record.getDecidedOn()) {
    text += (text.empty() ? "" : " ") + string(one.getSubject()) + "@" +
            std::to_string(one.getPosition());
  }
  return text;
}

std::vector<Field> envelope_fields(const App& app, const Recorded& recorded, events::Bytes bytes,
                                   const std::string& zone) {
  auto record = recorded.record;
  std::string type = event_type(recorded.event());
  std::string part = std::to_string(record.getPart() + 1) + "/" + std::to_string(record.getParts());
  return {
      {{"位置", "position"}, std::to_string(recorded.position)},
      {{"事件", "event"}, app.words(event_words(recorded.event())) + " (" + type + ")"},
      {{"记录时间", "recorded"},
       events::local_text(recorded.at(), zone) + " (" + events::text(recorded.at()) + ")"},
      {{"生效日期", "effective on"}, events::text(events::to_date(record.getEffectiveOn()))},
      {{"操作者", "actor"}, string(record.getActor())},
      {{"身份", "role"}, string(record.getOnBehalfOf())},
      {{"认证方式", "authentication"}, app.words(words_of(record.getAuthentication()))},
      {{"指令", "command"}, string(record.getCommandId()) + " (" + part + ")"},
      {{"指令摘要", "digest"}, events::hex(events::as_bytes(record.getCommandDigest()))},
      {{"起因", "cause"}, record.getCause() > 0 ? std::to_string(record.getCause()) : ""},
      {{"归入", "belongs to"}, subjects_text(recorded, true)},
      {{"提及", "mentions"}, subjects_text(recorded, false)},
      {{"所据版本", "decided on"}, basis_text(record)},
      {{"日志", "log"}, string(record.getOrigin())},
      {{"叶哈希", "leaf hash"}, events::hex(events::leaf_hash(bytes))},
      {{"原文", "stored"}, grouped(bytes.size()) + app.words({" 字节", " bytes"})},
  };
}

void print_grounds(const App& app, const Recorded& recorded) {
  auto grounds = recorded.record.getGrounds();
  if (grounds.size() == 0) return;
  Table table({{{"条款", "clause"}},
               {{"规则", "rule"}},
               {{"结论", "result"}},
               {{"要求", "needed"}, Align::left, true},
               {{"实际", "found"}, Align::left, true},
               {{"所看位置", "looked at"}, Align::left, true}},
              {"", ""});
  for (auto ground : grounds) {
    std::string inputs;
    for (auto position : ground.getInputs()) {
      inputs += (inputs.empty() ? "" : " ") + std::to_string(position);
    }
    table.add({string(ground.getClause()), string(ground.getRule()),
               app.words(words_of(ground.getResult())), string(ground.getNeeded()),
               string(ground.getFound()), std::move(inputs)});
  }
  std::cout << '\n' << app.words({"依据：", "grounds:"}) << '\n';
  table.print(std::cout, app.out);
}

void print(const App& app, const Recorded& recorded, events::Bytes bytes, const Reading& reading,
           const std::string& zone) {
  json::object event = event_json(recorded, bytes, reading);
  if (app.format() != Format::table) {
    json::object out{{"event", std::move(event)},
                     {"subjects", subjects_json(recorded)},
                     {"decidedOn", decided_on_json(recorded)},
                     {"grounds", grounds_json(recorded)},
                     {"bytes", bytes.size()}};
    std::cout << json::serialize(out) << '\n';
    return;
  }
  print_fields(std::cout, app.out, envelope_fields(app, recorded, bytes, zone));
  std::cout << '\n' << app.words({"内容：", "contents:"}) << '\n';
  for (const std::string& line : json_lines(event["data"])) {
    std::cout << printable(line, app.out.utf8) << '\n';
  }
  print_grounds(app, recorded);
}

Result<> show(const App& app, const Wanted& wanted) {
  auto folder = TRY(open_to_read(app));
  Position until = TRY(asked_position(app, *folder.log));
  if (wanted.position < 1 || wanted.position > until) {
    std::string position = std::to_string(wanted.position);
    std::string last = std::to_string(until);
    return events::fail(events::Code::not_found, "没有位置 " + position + "；有 1–" + last,
                        "there is no position " + position + "; there are 1 to " + last);
  }
  auto cursor = folder.log->read(wanted.position - 1);
  if (!cursor.next())
    return events::fail(events::Code::corrupt, "记录缺失", "the record is missing");
  auto bytes = cursor.bytes();
  if (!wanted.raw.empty()) {
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    TRY(events::write_synced(wanted.raw, text, events::Secrecy::open));
  }
  print(app, cursor.recorded(), bytes, {folder.safe.get(), app.out.language}, zone_of(*folder.log));
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
