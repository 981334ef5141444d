#include "tests/simulation/life.h"

#include <catch2/catch.hpp>

#include "cli/sample.h"
#include "events/assert.h"
#include "projections/all.h"
#include "tests/given_events.h"

namespace tests {

Life::Life() {
  app_.data = folder_.path() / "data";
  auto made = cli::create_folder(app_, cli::sample_log("simulation.example/round"));
  ASSERT(made.has_value());
  begin(*std::move(made));
}

engine::Reply Life::send(const std::string& text) {
  auto line = cli::read_line(text, "round", 1);
  if (!line) FAIL(line.error().words.en << " " << text);
  auto reply = sender_->send(*line);
  ASSERT(reply.has_value());
  return *std::move(reply);
}

void Life::restart() { begin(end()); }

std::size_t Life::check_views() {
  auto opened = end();
  auto rows = [&](const std::string& views) {
    projections::StoreOptions options;
    options.folder = app_.data / views;
    auto head = opened.log->head();
    auto store = projections::open_at(options, *opened.log, projections::all, head);
    ASSERT(store.has_value());
    return all_rows(**store, head);
  };
  auto followed = rows("views");
  bool same = followed == rows("rebuilt");  // Not printed: it is every row there is.
  CHECK(same);
  std::filesystem::remove_all(app_.data / "rebuilt");
  begin(std::move(opened));
  return followed.size();
}

cli::WritingFolder Life::end() {
  sender_.reset();
  auto opened = cli::open_to_write(app_);
  ASSERT(opened.has_value());
  return *std::move(opened);
}

void Life::begin(cli::WritingFolder folder) {
  auto sender = cli::Sender::start(app_, std::move(folder));
  ASSERT(sender.has_value());
  sender_.emplace(*std::move(sender));
}

}  // namespace tests
