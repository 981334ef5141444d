#include "projections/rows.h"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "projections/row_key.h"
#include "projections/store.h"
#include "tests/given_events.h"

namespace {

namespace json = boost::json;
using projections::Rows;
using projections::Scan;
using projections::Store;

constexpr projections::KeyPart key[] = {{"shelf", {"架", "shelf"}}, {"box", {"箱", "box"}}};
constexpr projections::View view{"things", 1, {}, {"物", "things"}, key, {}, nullptr};

// Writes as a follower would: one call is one event.
struct Things {
  std::unique_ptr<rocksdb::Env> env{rocksdb::NewMemEnv(rocksdb::Env::Default())};
  std::unique_ptr<Store> store = *Store::open({.folder = "/views", .env = env.get()});
  Rows rows{view, *store};
  events::Position position = 0;

  template <class Change>
  events::Position event(const Change& change) {
    rows.begin(++position);
    change(rows);
    return position;
  }
  void commit() {
    const Rows* changed[] = {&rows};
    REQUIRE(store->commit(changed, {position, {}}).has_value());
    rows.clear();
  }
  std::string text(const Scan& scan) const {
    auto page = store->scan(view, scan);
    REQUIRE(page.has_value());
    std::string out;
    for (const auto& row : page->rows) {
      out += row.key[0] + "/" + row.key[1] + "@" + std::to_string(row.position) + " ";
    }
    return page->more ? out + "…" : out;
  }
};

TEST_CASE("a row that was put is read back before and after it is durable", "[projections]") {
  Things things;
  things.event([](Rows& rows) {
    CHECK(!rows.get({"s", "1"}));
    rows.put({"s", "1"}, {{"n", 7}});
    CHECK(rows.get({"s", "1"})->at("n") == 7);
  });
  things.commit();
  things.event([](Rows& rows) {
    CHECK(rows.get({"s", "1"})->at("n") == 7);
    rows.put({"s", "1"}, {{"n", 8}});
    CHECK(rows.get({"s", "1"})->at("n") == 8);
    rows.remove({"s", "1"});
    CHECK(!rows.get({"s", "1"}));
  });
  things.event([](Rows& rows) { CHECK(!rows.get({"s", "1"})); });
  things.commit();
  things.event([](Rows& rows) { CHECK(!rows.get({"s", "1"})); });
}

TEST_CASE("the parts of the key stand in the row, ahead of the others", "[projections]") {
  Things things;
  things.event([](Rows& rows) { rows.put({"s", "1"}, {{"n", 7}}); });
  things.commit();

  auto row = things.store->get(view, std::vector<std::string>{"s", "1"});

  REQUIRE(row.has_value());
  REQUIRE(row->has_value());
  CHECK(json::serialize((*row)->row) == R"({"shelf":"s","box":"1","n":7})");
  CHECK((*row)->position == 1);
  CHECK((*row)->key == std::vector<std::string>{"s", "1"});
}

json::object render_actor(const events::Recorded& recorded, projections::KeyTexts,
                          const json::object& rest) {
  return {{"actor", events::string(recorded.record.getActor())},
          {"position", recorded.position},
          {"n", rest.contains("n") ? rest.at("n") : json::value(0)}};
}

TEST_CASE("a row that is kept as its event reads as the view makes it, however long the event",
          "[projections]") {
  constexpr projections::View rendered{"made", 1,  {},      {"物", "made"},
                                       key,    {}, nullptr, &render_actor};
  Things things;
  Rows rows{rendered, *things.store};
  for (std::size_t length : {std::size_t{1}, std::size_t{5000}}) {
    std::string actor(length, 'a');
    capnp::MallocMessageBuilder builder;
    builder.initRoot<events::Record>().setActor(actor);
    events::Message<events::Record> message(builder);
    rows.begin(++things.position);
    rows.put_event({"s", "1"}, {things.position, message.reader(), message.bytes()}, {{"n", 7}});
    std::string wanted = R"({"shelf":"s","box":"1","actor":")" + actor + R"(","position":)" +
                         std::to_string(things.position) + R"(,"n":7})";
    CHECK(json::serialize(*rows.get({"s", "1"})) == wanted);
    const Rows* changed[] = {&rows};
    REQUIRE(things.store->commit(changed, {things.position, {}}).has_value());
    rows.clear();
    CHECK(json::serialize(*rows.get({"s", "1"})) == wanted);
    auto stored = things.store->get(rendered, std::vector<std::string>{"s", "1"});
    REQUIRE(stored.has_value());
    REQUIRE(stored->has_value());
    CHECK(json::serialize((*stored)->row) == wanted);
  }
}

TEST_CASE("every position shows the rows as they were then", "[projections]") {
  Things things;
  auto put = things.event([](Rows& rows) { rows.put({"s", "1"}, {{"n", 1}}); });
  auto other = things.event([](Rows& rows) { rows.put({"s", "2"}, {{"n", 2}}); });
  auto again = things.event([](Rows& rows) { rows.put({"s", "1"}, {{"n", 3}}); });
  auto removed = things.event([](Rows& rows) { rows.remove({"s", "1"}); });
  auto back = things.event([](Rows& rows) { rows.put({"s", "1"}, {{"n", 4}}); });
  things.commit();

  CHECK(things.text({.at = 0}).empty());
  CHECK(things.text({.at = put}) == "s/1@1 ");
  CHECK(things.text({.at = other}) == "s/1@1 s/2@2 ");
  CHECK(things.text({.at = again}) == "s/1@3 s/2@2 ");
  CHECK(things.text({.at = removed}) == "s/2@2 ");
  CHECK(things.text({.at = back}) == "s/1@5 s/2@2 ");
  CHECK(things.text({}) == "s/1@5 s/2@2 ");
}

TEST_CASE("what is asked for ahead of the rows is not answered with older ones", "[projections]") {
  Things things;
  things.event([](Rows& rows) { rows.put({"s", "1"}, {}); });
  things.commit();

  auto page = things.store->scan(view, {.at = 2});

  REQUIRE(!page.has_value());
  CHECK(page.error().code == events::Code::overloaded);
  CHECK(things.store->wait_for(view, 1, std::chrono::milliseconds(0)).has_value());
  auto waited = things.store->wait_for(view, 2, std::chrono::milliseconds(1));
  REQUIRE(!waited.has_value());
  CHECK(waited.error().code == events::Code::overloaded);
}

TEST_CASE("a prefix is made of whole parts", "[projections]") {
  Things things;
  things.event([](Rows& rows) {
    for (const char* shelf : {"a", "ab", "b", ""}) rows.put({shelf, "1"}, {});
    rows.put({"a", ""}, {});
  });
  things.commit();

  CHECK(things.text({.prefix = {"a"}}) == "a/@1 a/1@1 ");
  CHECK(things.text({.prefix = {"ab"}}) == "ab/1@1 ");
  CHECK(things.text({.prefix = {""}}) == "/1@1 ");
  CHECK(things.text({.prefix = {"c"}}).empty());
  CHECK(things.text({}) == "/1@1 a/@1 a/1@1 b/1@1 ab/1@1 ");
}

TEST_CASE("numbers in decimal stand in the order of their values", "[projections]") {
  Things things;
  things.event([](Rows& rows) {
    for (int n : {100, 9, 10, 2, 11}) rows.put({"s", std::to_string(n)}, {});
  });
  things.commit();

  CHECK(things.text({}) == "s/2@1 s/9@1 s/10@1 s/11@1 s/100@1 ");
}

TEST_CASE("pages follow each other without a gap, whatever is written between", "[projections]") {
  Things things;
  for (int n = 1; n <= 5; ++n) {
    things.event([&](Rows& rows) { rows.put({"s", std::to_string(n)}, {}); });
  }
  things.event([](Rows& rows) { rows.remove({"s", "4"}); });
  things.commit();
  auto at = things.position;

  CHECK(things.text({.at = at, .limit = 2}) == "s/1@1 s/2@2 …");
  things.event([](Rows& rows) {
    rows.put({"s", "0"}, {});
    rows.put({"s", "2"}, {});
    rows.remove({"s", "3"});
  });
  things.commit();
  CHECK(things.text({.at = at, .limit = 2, .after = {"s", "2"}}) == "s/3@3 s/5@5 ");
  CHECK(things.text({.prefix = {"s"}, .limit = 2, .after = {"s", "2"}}) == "s/5@5 ");
  CHECK(things.text({.at = at, .limit = 0}) == "…");
}

TEST_CASE("a kept fact is found again and never among the rows", "[projections]") {
  Things things;
  things.event([](Rows& rows) {
    CHECK(!rows.kept({"a"}));
    rows.keep({"a"}, {{"n", 1}});
    rows.keep({"a", "b"}, {{"n", 2}});
    CHECK(rows.kept({"a"})->at("n") == 1);
  });
  things.commit();
  things.event([](Rows& rows) {
    CHECK(rows.kept({"a"})->at("n") == 1);
    CHECK(rows.kept({"a", "b"})->at("n") == 2);
    rows.keep({"a"}, {{"n", 3}});
  });
  things.commit();
  things.event([](Rows& rows) { CHECK(rows.kept({"a"})->at("n") == 3); });

  CHECK(things.text({}).empty());
}

TEST_CASE("parts of any bytes come back from a key", "[projections]") {
  using namespace projections;
  std::vector<std::string> parts = {"", std::string("\0\xff", 2), "申报", std::string(300, 'x')};
  std::string prefix = row_prefix("board", 7);
  auto view_bytes = prefix.size();
  for (const auto& part : parts) append_part(prefix, part);
  std::string whole = with_position(prefix, 812);

  CHECK(parts_in(whole, view_bytes) == parts);
  CHECK(position_in(whole) == 812);
  CHECK(without_position(whole) == prefix);
  CHECK(with_position(prefix, 813) < whole);
  CHECK(is_version_of(whole, prefix));
  CHECK(!is_version_of(whole, row_prefix("board", 7)));
  CHECK(!parts_in("r", view_bytes));
  CHECK(!parts_in(whole.substr(0, whole.size() - 1), view_bytes));
  CHECK(after_prefix("a\xff\xff") == "b");
  CHECK(view_of_reached_key(reached_key(view)) == std::pair(std::string("things"), 1u));
  CHECK(!view_of_reached_key("cx"));
}

}  // namespace
