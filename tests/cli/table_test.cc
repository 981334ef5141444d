#include "cli/table.h"

#include <catch2/catch.hpp>
#include <sstream>
#include <utility>

using cli::Align;
using cli::cells;
using cli::Language;
using cli::Table;
using cli::Terminal;

namespace {

const events::Words nothing = {"本轮次尚无申报：申报期自 2026-03-01 起。",
                               "No applications yet: the round opens on 2026-03-01."};

Table applications() {
  Table table({{{"编号", "id"}},
               {{"申报单位", "applicant"}, Align::left, true},
               {{"得分", "points"}, Align::right},
               {{"阶段", "stage"}}},
              nothing);
  table.add({"A-001", "华章精密制造有限公司", "712.5", "现场评审"});
  table.add({"A-017", "Ningbo Bearings 轴承厂", "98", ""});
  return table;
}

Terminal file(Language language = Language::zh) {
  Terminal made;
  made.language = language;
  return made;
}

Terminal screen(int columns) {
  Terminal made;
  made.is_tty = true;
  made.columns = columns;
  return made;
}

Terminal ascii(int columns) {
  auto made = screen(columns);
  made.utf8 = false;
  made.language = Language::en;
  return made;
}

std::string printed(const Table& table, const Terminal& terminal) {
  std::ostringstream out;
  table.print(out, terminal);
  return "\n" + out.str();
}

}  // namespace

TEST_CASE("columns with Chinese and Latin text are aligned by cells", "[cli]") {
  CHECK(printed(applications(), file()) == R"(
编号   申报单位                 得分  阶段
─────  ──────────────────────  ─────  ────────
A-001  华章精密制造有限公司    712.5  现场评审
A-017  Ningbo Bearings 轴承厂     98
)");
}

TEST_CASE("titles come in the language of the terminal", "[cli]") {
  CHECK(printed(applications(), file(Language::en)) == R"(
id     applicant               points  stage
─────  ──────────────────────  ──────  ────────
A-001  华章精密制造有限公司     712.5  现场评审
A-017  Ningbo Bearings 轴承厂      98
)");
}

TEST_CASE("a shrinkable column gives way on a narrow terminal", "[cli]") {
  CHECK(printed(applications(), screen(35)) == R"(
编号   申报单位      得分  阶段
─────  ───────────  ─────  ────────
A-001  华章精密制…  712.5  现场评审
A-017  Ningbo Bea…     98
)");
}

TEST_CASE("no column shrinks below eight cells and the others are never cut", "[cli]") {
  CHECK(printed(applications(), screen(20)) == R"(
编号   申报单位   得分  阶段
─────  ────────  ─────  ────────
A-001  华章精…   712.5  现场评审
A-017  Ningbo …     98
)");
}

TEST_CASE("a terminal that is wide enough shows all, to the last column", "[cli]") {
  const auto whole = printed(applications(), file());

  CHECK(printed(applications(), screen(46)) == whole);
  CHECK(printed(applications(), screen(45)) != whole);
}

TEST_CASE("the widest of several shrinkable columns gives way first", "[cli]") {
  Table table({{{"甲", "a"}, Align::left, true}, {{"乙", "b"}, Align::left, true}}, nothing);
  table.add({"abcdefghijklmnopqrstuvwxyz", "一二三四五"});

  CHECK(printed(table, screen(26)) == R"(
甲              乙
──────────────  ──────────
abcdefghijklm…  一二三四五
)");
  CHECK(printed(table, screen(20)) == R"(
甲         乙
─────────  ─────────
abcdefgh…  一二三四…
)");
}

TEST_CASE("off a TTY nothing is truncated", "[cli]") {
  const std::string name(5000, 'x');
  Table table({{{"名称", "name"}, Align::left, true}}, nothing);
  table.add({name});

  CHECK(printed(table, file()).find(name + "\n") != std::string::npos);
  CHECK(printed(table, screen(80)).find(name) == std::string::npos);
}

TEST_CASE("without UTF-8 a table is pure ASCII", "[cli]") {
  Table table({{{"编号", "id"}}, {{"申报单位", "applicant"}, Align::left, true}}, nothing);
  table.add({"A-1", "宁波 Bearings"});

  CHECK(printed(table, ascii(80)) == R"(
id   applicant
---  -------------------------
A-1  \u{5B81}\u{6CE2} Bearings
)");
  CHECK(printed(table, ascii(20)) == R"(
id   applicant
---  ---------------
A-1  \u{5B81}\u{6...
)");
}

TEST_CASE("a cell can neither steer the terminal nor forge a row", "[cli]") {
  Table table({{{"申报单位", "applicant"}}, {{"得分", "points"}, Align::right}}, nothing);
  table.add({"甲\x1b[1A\r\nA-002", "1"});
  table.add({"乙\u202E厂", "22"});

  CHECK(printed(table, file()) == R"(
申报单位                      得分
────────────────────────────  ────
甲\u{1B}[1A\u{0D}\u{0A}A-002     1
乙\u{202E}厂                    22
)");
}

TEST_CASE("an empty table says why", "[cli]") {
  const Table table({{{"编号", "id"}}}, nothing);

  CHECK(printed(table, file()) == "\n本轮次尚无申报：申报期自 2026-03-01 起。\n");
  CHECK(printed(table, file(Language::en)) ==
        "\nNo applications yet: the round opens on 2026-03-01.\n");
  CHECK(printed(table, screen(16)) == "\n本轮次尚无申报：\n申报期自\n2026-03-01 起。\n");
}

TEST_CASE("no line of a table on a wide enough terminal ends with spaces", "[cli]") {
  Table table({{{"编号", "id"}}, {{"说明", "remark"}}}, nothing);
  table.add({"A-1", ""});
  table.add({"", ""});

  CHECK(printed(table, file()) == "\n编号  说明\n────  ────\nA-1\n\n");
}
