#include "cli/read_events.h"

#include <sodium.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "cli/event_json.h"
#include "cli/event_walk.h"
#include "cli/on_record.h"
#include "cli/query.h"
#include "events/sha256.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;
using events::fail;
using events::Position;
using events::Result;

constexpr std::size_t events_a_page = 50;
constexpr std::size_t piece_bytes = 64 << 10;
// A type that hardly occurs may be far away. A page pauses after a tenth of a second or so, what is
// sent on the network's thread after some milliseconds.
constexpr std::size_t looks_a_page = 100'000;
constexpr std::size_t looks_a_piece = 2000;
// A filtered stream says so often how far it has come, or a reconnection would begin far back.
constexpr Position checkpoint_every = 10'000;

// Behind the head there is nothing yet: whoever has seen it has seen another log.
Result<> need_reached(const Call& call, Position after) {
  Position head = call.office.log().head();
  if (after <= head) return {};
  return fail(Code::not_found, "日志只到位置 " + std::to_string(head),
              "the log only reaches position " + std::to_string(head));
}

// A stream outlives the request that began it: now and then it asks whether it still may go on.
class Permit {
 public:
  explicit Permit(const Call& call, bool of_events = true)
      : office_(call.office), credential_(call.credential), of_events_(of_events) {}

  bool holds() {
    auto now = std::chrono::steady_clock::now();
    if (now - asked_ < std::chrono::seconds(1)) return true;
    asked_ = now;
    auto caller = caller_of(office_, credential_);
    return caller && (!of_events_ || caller->rights.may_read_events());
  }

 private:
  Office& office_;
  std::string credential_;
  bool of_events_;
  std::chrono::steady_clock::time_point asked_ = std::chrono::steady_clock::now();
};

Result<EventFilter> filter_of(const Call& call) {
  EventFilter filter;
  const auto& query = call.request.query;
  filter.subject = std::string(value_of(query, "subject"));
  filter.mentions = TRY(flag_of(call, "mentions"));
  filter.type = std::string(value_of(query, "type"));
  filter.actor = std::string(value_of(query, "actor"));
  filter.after = TRY(number_of(call, "after", 0));
  TRY(need_reached(call, filter.after));
  TRY(check(filter));
  return filter;
}

// Sealed texts stay closed unless they are asked for.
Result<Reading> reading_of(const Call& call) {
  bool open = TRY(wants_open(call));
  return Reading{open ? &call.office.safe() : nullptr, call.language};
}

Result<> put_on_record(const Call& call, const char* what, const EventFilter& filter,
                       Position until, bool opened = false) {
  ReadingOf reading{what, {}, until, opened};
  for (const auto* one : {&filter.subject, &filter.type, &filter.actor}) {
    if (!one->empty()) reading.key.push_back(*one);
  }
  return cli::put_on_record(call, reading);
}

class Export final : public Pieces {
 public:
  Export(const Call& call, const EventFilter& filter, Position until)
      : permit_(call),
        walk_(call.office.log(), filter, until),
        reading_{nullptr, call.language},
        after_(filter.after),
        until_(until) {
    crypto_hash_sha256_init(&hash_);
  }

  std::optional<Piece> next() override {
    if (ended_ || !permit_.holds()) return std::nullopt;
    std::string text;
    auto found = EventWalk::Found::event;
    for (std::size_t looks = looks_a_piece; text.size() < piece_bytes;) {
      found = walk_.next(looks);
      if (found != EventWalk::Found::event) break;
      text += json::serialize(event_json(walk_.recorded(), walk_.bytes(), reading_)) + "\n";
      ++count_;
    }
    auto bytes = events::bytes_of(text);
    crypto_hash_sha256_update(&hash_, bytes.data(), bytes.size());
    if (found == EventWalk::Found::end) text += manifest();
    return Piece{std::move(text), true};
  }

 private:
  std::string manifest() {
    ended_ = true;
    events::Hash sum{};
    crypto_hash_sha256_final(&hash_, sum.data());
    json::object out{{"kind", "manifest"},
                     {"count", count_},
                     {"after", std::to_string(after_)},
                     {"until", std::to_string(until_)},
                     {"sha256", events::hex(sum)}};
    return json::serialize(out) + "\n";
  }

  Permit permit_;
  EventWalk walk_;
  Reading reading_;
  Position after_;
  Position until_;
  std::uint64_t count_ = 0;
  crypto_hash_sha256_state hash_;
  bool ended_ = false;
};

// Resuming is reading the log behind a position, then its tail: no gap, and nothing twice.
class Live final : public Pieces {
 public:
  Live(const Call& call, EventFilter filter)
      : permit_(call),
        log_(call.office.log()),
        filter_(std::move(filter)),
        reading_{nullptr, call.language},
        told_(filter_.after) {}

  std::optional<Piece> next() override {
    if (!permit_.holds()) return std::nullopt;
    Position head = log_.head();
    std::string text;
    auto found = EventWalk::Found::event;
    EventWalk walk(log_, filter_, head);
    for (std::size_t looks = looks_a_piece; text.size() < piece_bytes;) {
      found = walk.next(looks);
      if (found == EventWalk::Found::end) break;
      filter_.after = walk.recorded().position;
      if (found == EventWalk::Found::tired) break;
      told_ = filter_.after;
      text += "id: " + sequence(told_) + "\nevent: " + event_type(walk.recorded().event()) +
              "\ndata: " + json::serialize(event_json(walk.recorded(), walk.bytes(), reading_)) +
              "\n\n";
    }
    if (found == EventWalk::Found::end) filter_.after = head;
    if (filter_.after - told_ >= checkpoint_every) text += checkpoint();
    return Piece{std::move(text), found != EventWalk::Found::end};
  }

 private:
  std::string checkpoint() {
    told_ = filter_.after;
    return "id: " + sequence(told_) + "\nevent: checkpoint\ndata: {}\n\n";
  }

  Permit permit_;
  const events::Log& log_;
  EventFilter filter_;
  Reading reading_;
  Position told_;  // The last id that was sent, or that the client came with.
};

// That the log has grown, and how far, for whoever looks at rows: no more than each answer says.
class Heads final : public Pieces {
 public:
  Heads(const Call& call, Position told)
      : permit_(call, false), log_(call.office.log()), told_(told) {}

  std::optional<Piece> next() override {
    if (!permit_.holds()) return std::nullopt;
    Position head = log_.head();
    if (head == told_) return Piece{};
    told_ = head;
    return Piece{"id: " + sequence(head) + "\nevent: head\ndata: {}\n\n"};
  }

 private:
  Permit permit_;
  const events::Log& log_;
  Position told_;
};

// Where a stream begins: behind what its reader has seen.
Result<Position> seen_position(const Call& call) {
  auto seen = value_of(call.request.headers, "last-event-id");
  if (seen.empty()) return number_of(call, "after", 0);
  seen.remove_prefix(std::min(seen.find_first_not_of('0'), seen.size()));
  auto position = seen.empty() ? Result<std::uint64_t>(0) : events::parse_decimal(seen);
  if (position) return *position;
  return fail(Code::invalid, "Last-Event-ID 有误", "the Last-Event-ID is not one of ours");
}

}  // namespace

Result<Response> list_events(const Call& call) {
  TRY(call.rights.may_read_events());
  auto filter = TRY(filter_of(call));
  auto until = TRY(asked_position(call));
  auto size = TRY(page_size(call, events_a_page));
  EventWalk walk(call.office.log(), filter, until);
  json::array all;
  bool more = false;
  Reading reading = TRY(reading_of(call));
  bool on_record = reading.safe != nullptr;
  Position last = filter.after;
  for (std::size_t looks = looks_a_page; !more;) {
    auto found = walk.next(looks);
    if (found == EventWalk::Found::end) break;
    more = all.size() == size || found == EventWalk::Found::tired;
    if (all.size() < size) last = walk.recorded().position;
    if (more) break;
    on_record = on_record || guarded(walk.recorded().event());
    all.push_back(event_json(walk.recorded(), walk.bytes(), reading));
  }
  if (on_record) TRY(put_on_record(call, "events", filter, until, reading.safe != nullptr));
  json::object out{{"at", std::to_string(until)}, {"events", std::move(all)}};
  // What follows is asked for by `after`, at the same position.
  if (more) out["next"] = {{"after", std::to_string(last)}, {"at", std::to_string(until)}};
  return json_response(out);
}

Result<Response> read_event(const Call& call) {
  TRY(call.rights.may_read_events());
  auto position = events::parse_decimal(call.request.path.back());
  if (!position || *position == 0 || *position > TRY(asked_position(call))) {
    return fail(Code::not_found, "没有位置 " + call.request.path.back(),
                "there is no position " + call.request.path.back());
  }
  auto cursor = call.office.log().read(*position - 1);
  if (!cursor.next()) return fail(Code::not_found, "没有这个位置", "there is no such position");
  Reading reading = TRY(reading_of(call));
  if (reading.safe || guarded(cursor.recorded().event())) {
    TRY(put_on_record(call,
                      {"events", {call.request.path.back()}, *position, reading.safe != nullptr}));
  }
  auto response = json_response(whole_event_json(cursor.recorded(), cursor.bytes(), reading));
  response.type = "application/cloudevents+json";
  return response;
}

Result<Response> export_events(const Call& call) {
  TRY(call.rights.may_read_events());
  auto filter = TRY(filter_of(call));
  auto until = TRY(asked_position(call));
  TRY(put_on_record(call, "export", filter, until));
  Response response{200, "application/x-ndjson"};
  response.headers = {{"Cache-Control", "no-store"}};
  response.pieces = std::make_unique<Export>(call, filter, until);
  return response;
}

Result<Response> stream_events(const Call& call) {
  Position seen = TRY(seen_position(call));
  TRY(need_reached(call, seen));
  Response response{200, "text/event-stream", "retry: 3000\n\n"};
  response.headers = {{"Cache-Control", "no-store"}};
  if (TRY(flag_of(call, "heads"))) {
    response.pieces = std::make_unique<Heads>(call, seen);
    return response;
  }
  TRY(call.rights.may_read_events());
  auto filter = TRY(filter_of(call));
  filter.after = seen;
  TRY(put_on_record(call, "stream", filter, call.office.log().head()));
  response.pieces = std::make_unique<Live>(call, std::move(filter));
  return response;
}

}  // namespace cli
