// Which commands there are, and what each is made of.
#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/json_schema.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "engine/command.capnp.h"
#include "events/shape.h"
#include "events/words.h"
#include "projections/json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::FieldShape;
using projections::text_in;

std::vector<FieldShape> commands() {
  std::vector<FieldShape> all;
  for (const auto& field : events::shape_of(capnp::Schema::from<engine::Command>()).fields) {
    if (field.in_union && !field.unset) all.push_back(field);
  }
  return all;
}

int list(const App& app) {
  json::array rows;
  Table table({{{"指令", "command"}}, {{"名称", "name"}}}, {});
  for (const auto& command : commands()) {
    std::string title = events::zh_name(command.field);
    if (app.out.language == Language::en) title = events::en_name(command.field);
    table.add({command.name, title});
    rows.push_back({{"command", command.name}, {"name", title}});
  }
  if (app.format() == Format::table) {
    table.print(std::cout, app.out);
  } else if (app.format() == Format::json) {
    std::cout << json::serialize(rows) << '\n';
  } else {
    for (const auto& row : rows) std::cout << json::serialize(row) << '\n';
  }
  return 0;
}

// Prints what a JSON schema says, a line for each member, depth first.
class FieldTable {
 public:
  FieldTable(const App& app, const json::object& root)
      : app_(app),
        defined_(root.contains("$defs") ? root.at("$defs").as_object() : json::object()),
        table_({{{"项", "field"}},
                {{"须填", "needed"}},
                {{"写法", "written as"}},
                {{"名称", "name"}, Align::left, true}},
               {"没有可填的项", "there is nothing to give"}) {
    add_members(root, "", 0);
  }

  void print() const { table_.print(std::cout, app_.out); }

 private:
  static constexpr int depth_max = 3;  // A rule holds rules.

  const json::object& resolved(const json::object& schema) const {
    std::string name = text_in(schema, "$ref");
    if (!name.empty())
      return defined_.at(name.substr(std::string_view("#/$defs/").size())).as_object();
    return schema;
  }

  void add_members(const json::object& schema, const std::string& path, int depth) {
    const auto* members = schema.if_contains("properties");
    if (!members || depth > depth_max) return;
    const auto* required = schema.if_contains("required");
    for (const auto& [name, value] : members->as_object()) {
      bool needed = required && std::ranges::count(required->as_array(), json::value(name)) > 0;
      bool alternative = schema.contains("oneOf") && !needed;
      std::string mark = needed        ? app_.words({"是", "yes"})
                         : alternative ? app_.words({"选一", "one of"})
                                       : "";
      add(value.as_object(), path + std::string(name), mark, depth);
    }
  }

  void add(const json::object& schema, const std::string& path, const std::string& mark,
           int depth) {
    const json::object* here = &resolved(schema);
    if (const auto* ways = here->if_contains("anyOf")) {
      const auto& first = resolved(ways->as_array().front().as_object());
      table_.add({path, mark, form_of(first), text_in(schema, "title")});
      return add_members(ways->as_array().back().as_object(), path + ".", depth + 1);
    }
    table_.add({path, mark, form_of(*here), text_in(schema, "title")});
    if (const auto* items = here->if_contains("items")) {
      return add_members(resolved(items->as_object()), path + "[].", depth + 1);
    }
    const auto* more = here->if_contains("additionalProperties");
    if (!more || !more->is_object()) return add_members(*here, path + ".", depth + 1);
    const auto& element = resolved(more->as_object());
    const auto* ways = element.if_contains("anyOf");
    if (ways) table_.add({path + ".*", "", form_of(ways->as_array().front().as_object()), ""});
    add_members(ways ? ways->as_array().back().as_object() : element, path + ".*.", depth + 1);
  }

  std::string form_of(const json::object& schema) const {
    if (const auto* names = schema.if_contains("enum")) {
      std::string all;
      for (const auto& one : names->as_array()) {
        all += (all.empty() ? "" : " | ") + std::string(one.as_string());
      }
      return all;
    }
    std::string format = text_in(schema, "format");
    if (format == "date") return app_.words({"日期 2017-01-03", "date 2017-01-03"});
    if (format == "date-time") {
      return app_.words({"时刻 2017-01-03T09:00:00+08:00", "time 2017-01-03T09:00:00+08:00"});
    }
    if (schema.contains("pattern")) return app_.words({"小写十六进制", "lower-case hex"});
    if (schema.contains("additionalProperties") && schema.at("additionalProperties").is_object()) {
      return app_.words({"对象，以标识为名", "object, by id"});
    }
    std::string type = text_in(schema, "type");
    if (type == "string") return app_.words({"文本", "text"});
    if (type == "integer") return app_.words({"整数", "integer"});
    if (type == "boolean") return "true | false";
    if (type == "array") return app_.words({"列表", "list"});
    return app_.words({"对象", "object"});
  }

  const App& app_;
  json::object defined_;
  Table table_;
};

int show(const App& app, const std::string& name) {
  for (const auto& command : commands()) {
    if (command.name != name) continue;
    auto schema = json_schema(command.type.asStruct());
    if (app.format() == Format::table) {
      FieldTable(app, schema).print();
    } else {
      std::cout << json::serialize(schema) << '\n';
    }
    return 0;
  }
  return failed(app, {events::Code::not_found,
                      {"没有这个指令：" + name + "；probity command list 列出全部指令",
                       "there is no command " + name + "; probity command list shows them all"},
                      {},
                      {}});
}

}  // namespace

void add_command(CLI::App& program, App& app) {
  auto* noun =
      program.add_subcommand("command", help("指令及其写法", "commands, and how they are written"));
  noun->require_subcommand(1);
  noun->add_subcommand("list", help("全部指令", "all commands"))->callback([&app] {
    app.run = [&app] { return list(app); };
  });
  auto* one =
      noun->add_subcommand("show", help("一个指令有哪些项；-o json 为 JSON Schema",
                                        "what a command is made of; -o json is its JSON Schema"));
  auto name = std::make_shared<std::string>();
  one->add_option("name", *name,
                  help("指令，如 submitApplication", "a command, such as submitApplication"))
      ->required();
  one->callback([&app, name] { app.run = [&app, name] { return show(app, *name); }; });
}

}  // namespace cli
