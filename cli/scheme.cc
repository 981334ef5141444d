#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/error.h"
#include "cli/resources.h"
#include "cli/sender.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "engine/scheme_check.h"
#include "events/encode.h"
#include "events/file.h"
#include "events/words.h"

namespace cli {
namespace {

using events::Result;
using events::string;

constexpr std::size_t scheme_bytes_max = 1 << 20;

struct Wanted {
  std::string name;
  std::string actor;
  std::string id;
};

// A file, or the name of a scheme that the program carries.
Result<std::string> text_of(const std::string& name) {
  auto text = events::read_file(name, scheme_bytes_max);
  if (text || text.error().code != events::Code::not_found) return text;
  auto carried = resource("engine/schemes/" + name + ".yaml");
  if (carried) return std::string(*carried);
  std::string known;
  for (auto path : resource_paths()) {
    constexpr std::string_view prefix = "engine/schemes/";
    if (!path.starts_with(prefix)) continue;
    path.remove_prefix(prefix.size());
    known += " " + std::string(path.substr(0, path.size() - 5));
  }
  return events::fail(events::Code::not_found,
                      "没有这个文件，也没有这个自带办法：" + name + "。自带：" + known,
                      "there is no file and no carried scheme " + name + "; carried:" + known);
}

int run_check(App& app, const std::string& name) {
  auto text = text_of(name);
  if (!text) return failed(app, text.error());
  auto scheme = engine::read_checked_scheme(*text, name);
  if (!scheme) return failed(app, scheme.error());
  auto all = (*scheme)->reader();
  std::string steps = std::to_string(all.getSteps().size());
  std::string clauses = std::to_string(all.getClauses().size());
  std::cout << app.words({string(all.getName().getZh()) + "：无误（" + steps + " 个步骤，" +
                              clauses + " 条条款）",
                          string(all.getScheme()) + ": no fault (" + steps + " steps, " + clauses +
                              " clauses)"})
            << '\n';
  for (const auto& note : engine::recorded_only(**scheme)) {
    std::cout << app.words(
                     {"  仅记录，尚无指令执行：", "  recorded, not enforced by any command yet: "})
              << app.words(note) << '\n';
  }
  return 0;
}

std::string joined(capnp::List<capnp::Text>::Reader list) {
  std::string all;
  for (auto one : list) all += (all.empty() ? "" : ", ") + string(one);
  return all;
}

std::string label(const App& app, events::Label::Reader label) {
  bool en = app.out.language == Language::en && label.hasEn();
  return en ? string(label.getEn()) : string(label.getZh());
}

std::string kind_name(const App& app, events::StepKind kind) {
  auto schema = capnp::Schema::from<events::StepKind>();
  auto enumerant = schema.getEnumerants()[static_cast<unsigned>(kind)];
  return app.words({events::zh_name(enumerant), events::en_name(enumerant)});
}

void print_steps(const App& app, const engine::Scheme& scheme) {
  Table table({{{"步骤", "step"}},
               {{"名称", "name"}},
               {{"类型", "kind"}},
               {{"办理", "who"}},
               {{"条款", "clause"}},
               {{"在此之后", "after"}, Align::left, true}},
              {"没有步骤", "no steps"});
  for (auto step : scheme.reader().getSteps()) {
    auto organ = scheme.organ(events::view(step.getWho()));
    table.add({string(step.getStep()), label(app, step.getName()), kind_name(app, step.getKind()),
               organ ? label(app, organ->getName()) : string(step.getWho()),
               string(step.getClause()), joined(step.getAfter())});
  }
  table.print(std::cout, app.out);
}

int run_show(App& app, const std::string& name) {
  auto text = text_of(name);
  if (!text) return failed(app, text.error());
  auto scheme = engine::read_checked_scheme(*text, name);
  if (!scheme) return failed(app, scheme.error());
  auto all = (*scheme)->reader();
  if (app.format() != Format::table) {
    std::cout << boost::json::serialize(events::encode(all)) << '\n';
    return 0;
  }
  std::cout << label(app, all.getName()) << "  " << string(all.getNumber()) << "\n\n";
  print_steps(app, **scheme);
  std::cout << '\n';
  Table tracks({{{"类别", "track"}}, {{"名称", "name"}}, {{"奖项", "award"}}, {{"条款", "clause"}}},
               {"没有类别", "no tracks"});
  for (auto track : all.getTracks()) {
    tracks.add({string(track.getTrack()), label(app, track.getName()), string(track.getAward()),
                string(track.getClause())});
  }
  tracks.print(std::cout, app.out);
  return 0;
}

int run_publish(App& app, const Wanted& wanted) {
  auto text = text_of(wanted.name);
  if (!text) return failed(app, text.error());
  auto scheme = engine::read_checked_scheme(*text, wanted.name);
  if (!scheme) return failed(app, scheme.error());
  capnp::MallocMessageBuilder builder;
  auto command = builder.initRoot<engine::Command>();
  command.setId(wanted.id);
  command.setActor(wanted.actor);
  auto publish = command.initPublishScheme();
  publish.setScheme((*scheme)->id());
  publish.setText(*text);
  auto reply = hand_in(app, events::Message<engine::Command>(builder));
  if (!reply) return failed(app, reply.error());
  if (reply->refusal) return failed(app, *reply->refusal);
  std::string position = std::to_string(reply->last);
  std::cout << app.words({"已发布，版本即位置 " + position,
                          "published; its version is position " + position})
            << '\n';
  return 0;
}

}  // namespace

void add_scheme(CLI::App& program, App& app) {
  auto* noun = program.add_subcommand("scheme", help("评选办法", "award schemes"));
  noun->require_subcommand(1);
  auto wanted = std::make_shared<Wanted>();
  auto* check = noun->add_subcommand("check", help("检查办法文件", "check a scheme file"));
  check
      ->add_option("file", wanted->name, help("文件或自带办法的名称", "a file or a carried scheme"))
      ->required();
  check->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_check(app, wanted->name); }; });
  auto* show = noun->add_subcommand("show", help("查看办法", "show a scheme"));
  show->add_option("file", wanted->name, help("文件或自带办法的名称", "a file or a carried scheme"))
      ->required();
  show->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_show(app, wanted->name); }; });
  auto* publish = noun->add_subcommand("publish", help("发布办法", "publish a scheme to the log"));
  publish
      ->add_option("file", wanted->name, help("文件或自带办法的名称", "a file or a carried scheme"))
      ->required();
  publish->add_option("--actor", wanted->actor, help("操作人", "who acts"))->required();
  publish->add_option("--id", wanted->id, help("指令编号", "the command's id"))->required();
  publish->callback(
      [&app, wanted] { app.run = [&app, wanted] { return run_publish(app, *wanted); }; });
}

}  // namespace cli
