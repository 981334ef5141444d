#include "cli/due.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "cli/line.h"
#include "projections/all.h"

namespace cli {
namespace {

using events::Result;

struct Due {
  events::Moment when;
  std::string id;
  boost::json::object command;
};

// What is due first; by id among equals, so that every run does the same.
Result<std::optional<Due>> first_due(const projections::Store& store, events::Moment until) {
  projections::Scan scan;
  scan.limit = 1;
  auto page = TRY(store.scan(*projections::find_view("agenda"), scan));
  if (page.rows.empty()) return std::nullopt;
  const auto& row = page.rows.front().row;
  auto when = events::parse_moment(std::string_view(row.at("due").as_string()));
  if (!when || *when > until) return std::nullopt;
  boost::json::object command = row.at("command").as_object();
  std::string id =
      std::string(row.at("kind").as_string()) + ":" + std::string(row.at("id").as_string());
  std::ranges::replace(id, '/', ':');
  return Due{*when, id, std::move(command)};
}

}  // namespace

Result<> send_due(WritingFolder& folder, projections::Follower& follower, projections::Store& store,
                  events::Moment until) {
  for (;;) {
    TRY(follower.catch_up(folder.log->head()));
    auto due = TRY(first_due(store, until));
    if (!due) return {};
    if (folder.simulated) folder.simulated->move_to(due->when);
    due->command["id"] = due->id;
    due->command["actor"] = clock_actor;
    auto line = TRY(read_line(boost::json::serialize(due->command), "agenda", 1));
    auto reply = folder.writer->write(line.command);
    // An agenda that names what cannot be done would be sent for ever.
    if (reply.refusal) return std::unexpected(*reply.refusal);
  }
}

}  // namespace cli
