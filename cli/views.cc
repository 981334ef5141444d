#include "cli/views.h"

#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <iostream>

#include "cli/open_sealed.h"
#include "events/sha256.h"
#include "events/text_encoding.h"
#include "projections/all.h"
#include "projections/follower.h"

namespace cli {

namespace {

using events::Result;

// Where whoever may read the log and write nothing beside it, as an auditor, keeps its views.
std::filesystem::path own_folder(const App& app) {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  if (!cache && !home) return {};
  std::filesystem::path base =
      cache ? std::filesystem::path(cache) : std::filesystem::path(home) / ".cache";
  std::error_code ignored;
  std::string path = std::filesystem::weakly_canonical(app.data, ignored).string();
  auto folder = base / "probity" /
                ("views-" + events::hex(events::sha256(events::bytes_of(path))).substr(0, 16));
  std::filesystem::create_directories(folder, ignored);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ignored);
  return folder;
}

Result<std::unique_ptr<projections::Store>> open_rows(const App& app, events::Log& log) {
  Progress progress(std::cerr, app.err, {"正在生成视图", "building views"}, log.head());
  auto show_progress = [&](events::Position done, events::Position) {
    if (!app.quiet) progress.reached(done);
  };
  projections::StoreOptions options;
  options.folder = app.data / "views";
  auto store = projections::open_at(options, log, projections::all, log.head(), show_progress);
  if (store || store.error().code != events::Code::forbidden) return store;
  options.folder = own_folder(app);
  if (options.folder.empty()) return store;
  return projections::open_at(options, log, projections::all, log.head(), show_progress);
}

}  // namespace

Result<ViewReader> open_views(const App& app) {
  ViewReader reader;
  reader.folder = TRY(open_to_read(app));
  reader.at = TRY(asked_position(app, *reader.folder.log));
  reader.zone = zone_of(*reader.folder.log);
  reader.store = TRY(open_rows(app, *reader.folder.log));
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
