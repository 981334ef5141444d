#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <optional>

#include "cli/client.h"
#include "cli/event_json.h"
#include "cli/folder.h"
#include "cli/records.h"
#include "events/text_encoding.h"
#include "projections/json.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;
using events::fail;
using events::Position;
using events::Result;

constexpr std::size_t items_a_page = 1000;  // As many as the server gives at once.

std::string escaped(std::string_view text) {
  return boost::urls::encode(text, boost::urls::unreserved_chars);
}

class ServerRecords final : public Records {
 public:
  ServerRecords(const App& app, std::unique_ptr<Client> client)
      : app_(app), client_(std::move(client)) {}

  Result<> begin() {
    std::string asked;
    if (app_.at) asked = "?at=" + std::to_string(*app_.at);
    if (!app_.as_of.empty()) asked = "?asOf=" + escaped(app_.as_of);
    auto me = TRY(ask("/api/v1/me" + asked));
    at_ = TRY(position_in(me, "at"));
    head_ = TRY(position_in(me, "head"));
    zone_ = projections::text_in(me, "zone");
    say_position(app_, at_);
    return {};
  }

  Result<std::vector<json::object>> rows(const projections::View& view,
                                         const std::vector<std::string>& prefix) override {
    std::string target = "/api/v1/views/" + std::string(view.name);
    for (const auto& part : prefix) target += "/" + escaped(part);
    target += "?page_size=" + std::to_string(items_a_page) + opening();
    std::string page = "&at=" + std::to_string(at_);
    std::vector<json::object> all;
    for (;;) {
      auto answer = TRY(ask(target + page));
      auto* found = answer.if_contains("rows");
      if (!found || !found->is_array()) return not_ours();
      for (auto& row : found->as_array()) {
        if (!row.is_object()) return not_ours();
        all.push_back(std::move(row.as_object()));
      }
      std::string token = projections::text_in(answer, "next_page_token");
      if (token.empty()) return all;
      page = "&page_token=" + token;
    }
  }

  Result<Listed> events(const EventFilter& filter, std::size_t limit,
                        const std::function<void(json::object)>& take) override {
    TRY(check(filter));
    std::string target = "/api/v1/events?at=" + std::to_string(at_) + opening();
    if (!filter.subject.empty()) target += "&subject=" + escaped(filter.subject);
    if (filter.mentions) target += "&mentions=true";
    if (!filter.type.empty()) target += "&type=" + escaped(filter.type);
    if (!filter.actor.empty()) target += "&actor=" + escaped(filter.actor);
    Listed listed{filter.after};
    Position behind = filter.after;
    std::size_t taken = 0;
    do {
      std::size_t wanted = limit > 0 ? std::min(limit - taken, items_a_page) : items_a_page;
      auto answer = TRY(ask(target + "&page_size=" + std::to_string(wanted) +
                            "&after=" + std::to_string(behind)));
      auto* found = answer.if_contains("events");
      if (!found || !found->is_array()) return not_ours();
      for (auto& one : found->as_array()) {
        if (!one.is_object()) return not_ours();
        listed.last = position_of(one.as_object());
        if (listed.last == 0) return not_ours();
        take(std::move(one.as_object()));
        ++taken;
      }
      const auto* next = answer.if_contains("next");
      listed.more = next != nullptr;
      if (!listed.more) break;
      // A server that looked through a long stretch in vain says where it stopped.
      if (!next->is_object()) return not_ours();
      Position reached = TRY(position_in(next->get_object(), "after"));
      if (reached <= behind) return not_ours();
      behind = reached;
    } while (listed.more && (limit == 0 || taken < limit));
    return listed;
  }

  Result<json::object> event(Position position) override {
    std::string target = "/api/v1/events/" + std::to_string(position);
    return ask(target + "?at=" + std::to_string(at_) + opening());
  }

  Result<Position> grown(Position seen) override {
    std::optional<Position> head;
    auto take = [&](std::string_view line) {
      constexpr std::string_view id = "id: ";
      if (!line.starts_with(id)) return true;
      Position told = position_of({{"id", line.substr(id.size())}});
      if (told > seen) head = told;
      return !head;
    };
    TRY(client_->follow("/api/v1/stream?heads=true&after=" + std::to_string(seen), take));
    if (head) return *head;
    return fail(Code::overloaded, "服务器结束了连接，请稍后重试",
                "the server ended the stream: try again shortly");
  }

 private:
  std::string opening() const { return app_.open ? "&open=true" : ""; }

  Result<json::object> ask(const std::string& target) {
    return read_object(TRY(client_->get(target)));
  }

  const App& app_;
  std::unique_ptr<Client> client_;
};

}  // namespace

Result<std::unique_ptr<Records>> open_server_records(const App& app) {
  auto records = std::make_unique<ServerRecords>(app, TRY(open_client(app)));
  TRY(records->begin());
  return records;
}

}  // namespace cli
