#include "cli/width.h"

#include <catch2/catch.hpp>

using cli::Align;
using cli::cells;
using cli::padded;
using cli::truncated;
using cli::wrapped;
using Lines = std::vector<std::string>;

TEST_CASE("a Chinese character takes two cells and a Latin one one", "[cli]") {
  CHECK(cells("") == 0);
  CHECK(cells("Probity") == 7);
  CHECK(cells("明鉴") == 4);
  CHECK(cells("明鉴 v1.0（试用）") == 17);
  CHECK(cells("第十四条：") == 10);
  CHECK(cells("Ｎｏ．１") == 8);
  CHECK(cells("　") == 2);
  CHECK(cells("𠮷") == 2);
  CHECK(cells("한글") == 4);
  CHECK(cells("ﾊﾝｶｸ") == 4);
}

TEST_CASE("ambiguous characters take one cell", "[cli]") { CHECK(cells("“”—…·①×─") == 8); }

TEST_CASE("marks on another character take no cell", "[cli]") {
  CHECK(cells("e\u0301") == 1);
  CHECK(cells("lu\u0308\u030C") == 2);
  CHECK(cells("中\u20DD") == 2);
  CHECK(cells("葛\U000E0100") == 2);
  CHECK(cells("a\u200Bb") == 2);
  CHECK(cells("\u1112\u1161\u11AB") == 2);
}

TEST_CASE("an emoji takes two cells, however many code points it is made of", "[cli]") {
  CHECK(cells("🏆") == 2);
  CHECK(cells("👍🏽") == 2);
  CHECK(cells("🇨🇳") == 2);
  CHECK(cells("👩‍👩‍👧") == 2);
  CHECK(cells("☎") == 1);
  CHECK(cells("☎\uFE0F") == 2);
  CHECK(cells("1\uFE0F\u20E3") == 2);
  CHECK(cells("a\uFE0F") == 1);
}

TEST_CASE("a broken byte counts as the replacement character it is shown as", "[cli]") {
  CHECK(cells("a\xFF") == 2);
  CHECK(cells("\xE4\xB8") == 1);
  CHECK(cells("e\u0301\xFF") == 2);
}

TEST_CASE("a text that fits is not truncated", "[cli]") {
  CHECK(truncated("华章精密", 8) == "华章精密");
  CHECK(truncated("", 0) == "");
}

TEST_CASE("a truncated text never exceeds its limit and never halves a character", "[cli]") {
  CHECK(truncated("华章精密制造", 9) == "华章精密…");
  CHECK(truncated("华章精密制造", 8) == "华章精…");
  CHECK(truncated("华章精密制造", 7) == "华章精…");
  CHECK(truncated("A华章", 4) == "A华…");
  CHECK(truncated("A华章", 3) == "A…");
  CHECK(truncated("华章", 2) == "…");
  CHECK(truncated("华章", 1) == "…");
  CHECK(truncated("华章", 0) == "");
  CHECK(truncated("abcde", -1) == "");
}

TEST_CASE("truncation keeps a character together with its marks", "[cli]") {
  CHECK(truncated("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
  CHECK(truncated("🇨🇳🇨🇳🇨🇳", 5) == "🇨🇳🇨🇳…");
}

TEST_CASE("the mark of truncation may be ASCII", "[cli]") {
  CHECK(truncated("application", 8, "...") == "appli...");
  CHECK(truncated("application", 3, "...") == "...");
  CHECK(truncated("application", 2, "...") == "..");
}

TEST_CASE("padding counts cells", "[cli]") {
  CHECK(padded("金奖", 6, Align::left) == "金奖  ");
  CHECK(padded("金奖", 6, Align::right) == "  金奖");
  CHECK(padded("gold", 6, Align::right) == "  gold");
  CHECK(padded("金奖", 4, Align::left) == "金奖");
  CHECK(padded("金奖", 3, Align::left) == "金奖");
}

TEST_CASE("Chinese breaks anywhere but before closing punctuation", "[cli]") {
  CHECK(wrapped("申报单位应当提交材料。逾期不予受理！", 10) ==
        Lines{"申报单位应", "当提交材", "料。逾期不", "予受理！"});
  for (const std::string mark :
       {"、", "，", "。", "；", "：", "？", "！", "）", "」", "』", "》"}) {
    CAPTURE(mark);
    CHECK(wrapped("评审组长" + mark + "组员", 8) == Lines{"评审组", "长" + mark + "组员"});
  }
}

TEST_CASE("no line ends with an opening bracket", "[cli]") {
  CHECK(wrapped("依据办法《管理规定》执行", 10) == Lines{"依据办法", "《管理规", "定》执行"});
}

TEST_CASE("Latin words stay whole and lose the spaces at the end of a line", "[cli]") {
  CHECK(wrapped("the score was entered late", 10) == Lines{"the score", "was", "entered", "late"});
  CHECK(wrapped("申报 application 已受理", 12) == Lines{"申报", "application", "已受理"});
  CHECK(wrapped("得分712分", 4) == Lines{"得分", "712", "分"});
}

TEST_CASE("a word longer than a line is cut where the line ends", "[cli]") {
  CHECK(wrapped("root 0123456789abcdef end", 8) == Lines{"root", "01234567", "89abcdef", "end"});
  CHECK(wrapped("root 0123456789 end", 8) == Lines{"root", "01234567", "89 end"});
  CHECK(wrapped("评审", 1) == Lines{"评", "审"});
  CHECK(wrapped("ab", 0) == Lines{"a", "b"});
}

TEST_CASE("line feeds are kept and an indent at the beginning stays", "[cli]") {
  CHECK(wrapped("第一行\n\n第二行\n", 20) == Lines{"第一行", "", "第二行"});
  CHECK(wrapped("  依据 第三条", 8) == Lines{"  依据", "第三条"});
  CHECK(wrapped("", 20).empty());
  CHECK(wrapped({}, 20).empty());
}

TEST_CASE("no wrapped line is wider than asked for and no visible character is lost", "[cli]") {
  const std::string text =
      "经核验，“华章精密”（ID: application/42）于 2026-03-01 提交的《申报表》e\u0301🇨🇳与"
      "根 9f86d081884c7d659a2feaa0c55ad015 不符；see clause 4.2，please。";
  std::string unspaced;
  for (const char letter : text) {
    if (letter != ' ') unspaced += letter;
  }
  for (int width = 4; width < 120; ++width) {
    CAPTURE(width);
    std::string joined;
    for (const auto& line : wrapped(text, width)) {
      CHECK(cells(line) <= width);
      for (const char letter : line) {
        if (letter != ' ') joined += letter;
      }
    }
    CHECK(joined == unspaced);
  }
}
