#include "tests/sample/script.h"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "cli/sample.h"
#include "events/assert.h"

namespace sample {
namespace {

std::vector<std::string> strings(capnp::List<capnp::Text>::Reader list) {
  std::vector<std::string> all;
  for (auto one : list) all.push_back(events::string(one));
  return all;
}

std::string described(const events::Error& error) {
  std::string text = error.clause + ": " + error.words.en;
  for (const auto& fault : error.faults) text += "\n  " + fault.place + " " + fault.words.en;
  return text;
}

}  // namespace

json::array listed(const std::vector<std::string>& ids) {
  json::array all;
  for (const auto& id : ids) all.emplace_back(id);
  return all;
}

Script::Script() {
  cli::App app;
  app.data = folder_.path() / "data";
  auto made = cli::create_folder(app, cli::sample_log("sample.example/log"));
  ASSERT(made.has_value());
  auto sender = cli::Sender::start(app, *std::move(made));
  ASSERT(sender.has_value());
  sender_.emplace(*std::move(sender));
}

void Script::scene(std::string_view zh, std::string_view en) {
  text_.append("## ").append(zh).append(" | ").append(en).append("\n");
}

void Script::send(std::string_view actor, std::string_view role, std::string_view type,
                  json::object body, json::value expect) {
  json::object line;
  line["id"] = "c" + std::to_string(++count_);
  line["actor"] = actor;
  if (!role.empty()) line["role"] = role;
  line["at"] = at_;
  line[type] = std::move(body);
  if (!expect.is_null()) line["expect"] = std::move(expect);
  std::string text = json::serialize(line);
  decide(text);
  text_.append(text).append("\n");
}

void Script::decide(const std::string& text) {
  auto line = cli::read_line(text, "sample", static_cast<std::size_t>(count_));
  auto reply = line ? sender_->send(*line) : std::unexpected(line.error());
  std::string wrong;
  if (!reply) {
    wrong = described(reply.error());
  } else if (!cli::as_expected(*line, *reply)) {
    wrong = reply->refusal ? described(*reply->refusal) : "it passed";
  }
  if (wrong.empty()) return;
  FAIL(text.substr(0, 800) << "\n  " << wrong);
}

Script::Drawn Script::drawn() const {
  Drawn drawn;
  const events::Log& log = *sender_->folder().log;
  auto cursor = log.read(log.head() - 2);
  while (cursor.next()) {
    auto event = cursor.recorded().event();
    if (!event.isDrawOpened()) continue;
    drawn.members = strings(event.getDrawOpened().getDrawn());
    drawn.reserves = strings(event.getDrawOpened().getReserves());
  }
  ASSERT(!drawn.members.empty());
  return drawn;
}

}  // namespace sample
