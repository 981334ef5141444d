#include "cli/views.h"

#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/open_sealed.h"
#include "projections/all.h"
#include "projections/follower.h"

namespace cli {

using events::Result;

Result<ViewReader> open_views(const App& app) {
  ViewReader reader;
  reader.folder = TRY(open_to_read(app));
  reader.at = TRY(asked_position(app, *reader.folder.log));
  reader.zone = zone_of(*reader.folder.log);
  projections::StoreOptions options;
  options.folder = app.data / "views";
  Progress progress(std::cerr, app.err, {"正在生成视图", "building views"},
                    reader.folder.log->head());
  auto show_progress = [&](events::Position done, events::Position) {
    if (!app.quiet) progress.reached(done);
  };
  reader.store = TRY(projections::open_at(options, *reader.folder.log, projections::all,
                                          reader.folder.log->head(), show_progress));
  return reader;
}

Result<std::vector<projections::Row>> read_rows(const ViewReader& reader,
                                                const projections::View& view,
                                                std::vector<std::string> prefix) {
  std::vector<projections::Row> rows;
  projections::Scan scan;
  scan.prefix = std::move(prefix);
  scan.at = reader.at;
  for (;;) {
    auto page = TRY(reader.store->scan(view, scan));
    for (auto& row : page.rows) rows.push_back(std::move(row));
    if (!page.more) return rows;
    scan.after = rows.back().key;
  }
}

std::string cell(const App& app, const boost::json::object& row, std::string_view member,
                 bool moment, const std::string& zone) {
  const auto* value = row.if_contains(member);
  if (!value || value->is_null()) return "";
  if (value->is_string()) {
    std::string text(value->as_string());
    if (!moment) return text;
    auto parsed = events::parse_moment(text);
    return parsed ? events::local_text(*parsed, zone) : text;
  }
  if (value->is_object()) {
    const auto& words = value->as_object();
    const char* key = app.out.language == Language::zh ? "zh" : "en";
    if (const auto* word = words.if_contains(key); word && word->is_string()) {
      return std::string(word->as_string());
    }
  }
  if (value->is_bool())
    return app.words(value->as_bool() ? events::Words{"是", "yes"} : events::Words{"否", "no"});
  return boost::json::serialize(*value);
}

}  // namespace cli
