#include <cstdlib>
#include <ctime>
#include <iostream>

#include "cli/event_json.h"
#include "cli/folder.h"
#include "cli/open_sealed.h"
#include "cli/records.h"
#include "events/sha256.h"
#include "events/text_encoding.h"
#include "projections/all.h"
#include "projections/follower.h"
#include "projections/store.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Position;
using events::Result;

constexpr timespec look_every{0, 250'000'000};

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
  auto show_progress = [&](Position done, Position) {
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

class FolderRecords final : public Records {
 public:
  FolderRecords(const App& app, ReadingFolder folder, Position at)
      : app_(app), folder_(std::move(folder)) {
    at_ = at;
    head_ = folder_.log->head();
    zone_ = zone_of(*folder_.log);
  }

  Result<std::vector<json::object>> rows(const projections::View& view,
                                         const std::vector<std::string>& prefix) override {
    if (!store_) store_ = TRY(open_rows(app_, *folder_.log));
    std::vector<json::object> all;
    projections::Scan scan;
    scan.prefix = prefix;
    scan.at = at_;
    for (;;) {
      auto page = TRY(store_->scan(view, scan));
      for (auto& row : page.rows) {
        json::value value(std::move(row.row));
        open_sealed(value, folder_.safe.get(), app_.out.language);
        all.push_back(std::move(value.as_object()));
        scan.after = std::move(row.key);
      }
      if (!page.more) return all;
    }
  }

  Result<Listed> events(const EventFilter& filter, std::size_t limit,
                        const std::function<void(json::object)>& take) override {
    TRY(check(filter));
    EventWalk walk(*folder_.log, filter, at_);
    Listed listed{filter.after};
    for (std::size_t taken = 0; walk.next(); ++taken) {
      listed.more = limit > 0 && taken == limit;
      if (listed.more) break;
      take(event_json(walk.recorded(), walk.bytes(), reading()));
      listed.last = walk.recorded().position;
    }
    return listed;
  }

  Result<json::object> event(Position position) override {
    if (position < 1 || position > at_) {
      std::string last = std::to_string(at_);
      return events::fail(
          events::Code::not_found, "没有位置 " + std::to_string(position) + "；有 1–" + last,
          "there is no position " + std::to_string(position) + "; there are 1 to " + last);
    }
    auto cursor = folder_.log->read(position - 1);
    if (cursor.next()) return whole_event_json(cursor.recorded(), cursor.bytes(), reading());
    return events::fail(events::Code::corrupt, "记录缺失", "the record is missing");
  }

  Result<Position> grown(Position seen) override {
    for (;; nanosleep(&look_every, nullptr)) {
      Position head = TRY(folder_.log->catch_up());
      if (head > seen) return head;
    }
  }

 private:
  Reading reading() const { return {folder_.safe.get(), app_.out.language}; }

  const App& app_;
  ReadingFolder folder_;
  std::unique_ptr<projections::Store> store_;  // Once rows are asked for.
};

}  // namespace

Result<std::unique_ptr<Records>> open_folder_records(const App& app) {
  auto folder = TRY(open_to_read(app));
  Position at = TRY(asked_position(app, *folder.log));
  return std::make_unique<FolderRecords>(app, std::move(folder), at);
}

Result<std::unique_ptr<Records>> open_records(const App& app) {
  return app.server.empty() ? open_folder_records(app) : open_server_records(app);
}

}  // namespace cli
