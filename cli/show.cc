#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/at.h"
#include "cli/cell.h"
#include "cli/records.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "projections/all.h"

namespace cli {
namespace {

struct Wanted {
  std::string view;
  std::vector<std::string> key;
};

Table table_of(const projections::View& view) {
  std::vector<Column> columns;
  for (const auto& one : view.columns) {
    Align align = one.align == projections::Align::right ? Align::right : Align::left;
    columns.push_back({one.title.words(), align, one.shrinkable});
  }
  return {std::move(columns), {"此处没有记录", "nothing is recorded here"}};
}

void print_table(const App& app, const Records& records, const projections::View& view,
                 const std::vector<boost::json::object>& rows) {
  Table table = table_of(view);
  for (const auto& row : rows) {
    std::vector<std::string> cells;
    for (const auto& column : view.columns) {
      cells.push_back(cell(app, row, column.member, column.moment, records.zone()));
    }
    table.add(std::move(cells));
  }
  std::string position = std::to_string(records.at());
  std::string head = std::to_string(records.head());
  std::cout << app.words(view.title.words()) << "  "
            << app.words({"截至位置 " + position + "（共 " + head + "）",
                          "as of position " + position + " (of " + head + ")"})
            << "\n\n";
  table.print(std::cout, app.out);
}

std::string view_list() {
  std::string all;
  for (const auto& one : projections::all) {
    all +=
        (all.empty() ? "" : ", ") + std::string(one.name) + "（" + std::string(one.title.zh) + "）";
  }
  return all;
}

}  // namespace

int show_view(App& app, const std::string& name, const std::vector<std::string>& key) {
  const auto* view = projections::find_view(name);
  if (!view) {
    std::string known;
    for (const auto& one : projections::all) known += " " + std::string(one.name);
    return failed(app, {events::Code::not_found,
                        {"没有视图“" + name + "”；现有：" + known,
                         "there is no view \"" + name + "\"; there are:" + known},
                        {},
                        {}});
  }
  auto records = open_records(app);
  if (!records) return failed(app, records.error());
  auto rows = (*records)->rows(*view, key);
  if (!rows) return failed(app, rows.error());
  if (app.format() == Format::table) {
    print_table(app, **records, *view, *rows);
    return 0;
  }
  boost::json::array all;
  for (auto& row : *rows) {
    if (app.format() == Format::ndjson) {
      std::cout << boost::json::serialize(row) << '\n';
    } else {
      all.push_back(std::move(row));
    }
  }
  if (app.format() == Format::ndjson) return 0;
  std::cout << boost::json::serialize(boost::json::object{{"view", view->name},
                                                          {"at", std::to_string((*records)->at())},
                                                          {"rows", std::move(all)}})
            << '\n';
  return 0;
}

void add_show(CLI::App& program, App& app) {
  auto* command =
      program.add_subcommand("show", help("查看视图", "look at a view") + ": " + view_list());
  auto wanted = std::make_shared<Wanted>();
  command->add_option("view", wanted->view, help("视图", "the view"))->required();
  command->add_option("key", wanted->key, help("键的前几部分", "the first parts of the key"));
  add_at(*command, app);
  command->callback([&app, wanted] {
    app.run = [&app, wanted] { return show_view(app, wanted->view, wanted->key); };
  });
}

}  // namespace cli
