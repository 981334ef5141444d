#include "cli/due.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "cli/line.h"
#include "projections/all.h"

namespace cli {
namespace {

using events::Result;

using Key = std::vector<std::string>;

struct Due {
  events::Moment when;
  Key key;
  std::string id;
  boost::json::object command;
};

// What is due first behind that row; by id among equals, so that every run does the same. Rows
// without a command are for people to see to.
Result<std::optional<Due>> next_due(const projections::Store& store, events::Moment until,
                                    const Key& behind) {
  projections::Scan scan;
  scan.limit = 1;
  scan.after = behind;
  for (;;) {
    auto page = TRY(store.scan(*projections::find_view("agenda"), scan));
    if (page.rows.empty()) return std::nullopt;
    const auto& row = page.rows.front().row;
    auto when = events::parse_moment(std::string_view(row.at("due").as_string()));
    if (!when || *when > until) return std::nullopt;
    scan.after = page.rows.front().key;
    if (!row.contains("command")) continue;
    std::string id =
        std::string(row.at("kind").as_string()) + ":" + std::string(row.at("id").as_string());
    std::ranges::replace(id, '/', ':');
    return Due{*when, scan.after, id, row.at("command").as_object()};
  }
}

}  // namespace

Result<> send_due(const DueWay& way, const projections::Store& store, events::Moment until) {
  Key behind;
  for (;;) {
    TRY(way.see());
    auto due = TRY(next_due(store, until, behind));
    if (!due) return {};
    if (way.move_to) way.move_to(due->when);
    due->command["id"] = due->id;
    due->command["actor"] = clock_actor;
    auto line = TRY(read_line(boost::json::serialize(due->command), "agenda", 1));
    auto reply = way.send(std::move(line.command));
    // What cannot be done yet, such as the end of a notice that still lacks a proof, holds nothing
    // else up: it is tried again the next time.
    if (reply.refusal) behind = due->key;
  }
}

}  // namespace cli
