#include "engine/scheme_check.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "events/place.h"
#include "tests/built.h"

namespace {

const std::string small = R"(scheme: small
name: 小办法
issuer: 某市
issuedOn: 2020-01-01
inForceFrom: 2020-02-01
nature: commendation
cycle: {everyYears: 1}
zone: Asia/Shanghai
calendar: china
clauses:
  第一条: {title: 一, gist: 须满三年}
  第二条: {title: 二}
organs:
  office: {name: 办公室}
  reviewer: {name: 评审组}
  applicant: {name: 申报主体}
awards:
  prize: {name: 奖, level: 1, clause: 第一条}
tracks:
  firm: {name: 企业, award: prize, object: organisation, rubric: points, clause: 第一条}
  club: {name: 社团, award: prize, object: organisation, rubric: points, clause: 第一条}
quotas:
  - {tracks: [firm, club], places: 2, clause: 第一条}
rubrics:
  points:
    name: 评分表
    total: 100
    stepPercent: 5
    clause: 第一条
    parts:
      a: {name: 甲, points: 60}
      b: {name: 乙, points: 40}
channels:
  web: {name: 网站, clause: 第一条}
forms:
  application:
    fields:
      since: {name: 起始日期, type: date}
      staff: {name: 人数, type: number, tracks: [firm]}
      size: {name: 规模, type: choice, choices: [large, small]}
      phone: {name: 电话, type: text, personal: true}
steps:
  call: {kind: call, name: 通知, clause: 第一条, who: office}
  apply:
    kind: apply
    name: 申报
    clause: 第一条
    who: applicant
    after: [call]
    closes: {inCall: {}}
    form: application
    requires:
      - {clause: 第一条, yearsSince: {field: since, years: 3}}
      - {clause: 第一条, tracks: [firm], atLeast: {field: staff, number: 5}}
  accept:
    kind: accept
    name: 受理
    clause: 第一条
    who: office
    after: [apply]
    closes: {within: {from: apply, period: {number: 5, unit: working}}}
  group:
    kind: draw
    name: 评审组
    clause: 第一条
    who: office
    after: [call]
    group: {size: 3, odd: true, clause: 第一条}
  score:
    kind: review
    name: 评审
    clause: 第一条
    who: reviewer
    after: [accept, group]
    review: {scoresAtLeast: 2, combine: mean, clause: 第一条}
  ranking: {kind: rank, name: 排序, clause: 第一条, who: office, after: [score]}
  winners:
    kind: deliberate
    name: 决定
    clause: 第一条
    who: office
    after: [ranking]
    list: {from: ranking, quota: true}
  notice:
    kind: notice
    name: 公示
    clause: 第一条
    who: office
    after: [winners]
    notice: {list: winners, lasting: {number: 7, unit: calendar}, channels: [web]}
  thanks: {kind: notify, name: 告知, clause: 第一条, who: office, after: [winners, notice]}
  approve: {kind: approve, name: 批准, clause: 第一条, who: office, after: [winners, notice]}
  confer: {kind: confer, name: 授奖, clause: 第一条, who: office, after: [approve]}
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  auto at = text.find(from);
  INFO("to be replaced: " << from);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(from, at + 1) == std::string::npos);
  return text.replace(at, from.size(), to);
}

std::vector<events::Fault> faults_of(const std::string& text) {
  auto read = engine::read_checked_scheme(text, "s.yaml");
  return read ? std::vector<events::Fault>{} : read.error().faults;
}

std::string file(const std::string& path) {
  std::ifstream in(std::string(tests::source_dir) + "/" + path);
  REQUIRE(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

// In the small scheme `from` becomes `to`. Then one fault stands where `at` begins in the new text.
struct Variant {
  std::string from;
  std::string to;
  std::string at;
  std::string path;
  std::string en;
};

void check(const Variant& variant) {
  std::string text = replaced(small, variant.from, variant.to);
  INFO(variant.to);
  auto faults = faults_of(text);
  auto at = text.find(variant.at);
  REQUIRE(at != std::string::npos);
  std::string place = events::text("s.yaml", events::Places(text).at(at)) + " " + variant.path;

  REQUIRE(faults.size() == 1);
  CHECK(faults[0].place == place);
  CHECK(faults[0].words.en == variant.en);
  CHECK_FALSE(faults[0].words.zh.empty());
}

}  // namespace

TEST_CASE("the scheme of Shanghai passes its check, and says what is on record only", "[engine]") {
  auto read =
      engine::read_checked_scheme(file("engine/schemes/shanghai-2016.yaml"), "shanghai-2016.yaml");

  for (const auto& fault : read ? std::vector<events::Fault>() : read.error().faults) {
    INFO(fault.place << ": " << fault.words.en);
    CHECK(false);
  }
  REQUIRE(read);
  CHECK((*read)->items("gbt19580-2012").size() == 23);
  CHECK((*read)->reader().getTracks().size() == 8);
  auto notes = engine::recorded_only(**read);
  auto says = [&](const std::string& en) {
    for (const auto& note : notes) {
      if (note.en == en) return true;
    }
    return false;
  };
  CHECK(says("revocations (2)"));
  CHECK(says("steps.requires.all.heldAward.mustBeValid (1)"));
  CHECK((*read)->items("db31t598").size() == 1);
}

TEST_CASE("an invented scheme with another order, quotas and periods passes too", "[engine]") {
  auto read = engine::read_checked_scheme(file("engine/schemes/example-district.yaml"),
                                          "example-district.yaml");

  for (const auto& fault : read ? std::vector<events::Fault>() : read.error().faults) {
    INFO(fault.place << ": " << fault.words.en);
    CHECK(false);
  }
  REQUIRE(read);
  auto notes = engine::recorded_only(**read);
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].en == "cycle (1)");
  CHECK(notes[0].zh == "评选周期（cycle，1 处）");
}

TEST_CASE("the small scheme of these tests is valid", "[engine]") {
  auto read = engine::read_checked_scheme(small, "s.yaml");

  REQUIRE(read);
  CHECK((*read)->id() == "small");
}

TEST_CASE("a name in a scheme that leads nowhere is reported with the nearest one", "[engine]") {
  check({"after: [apply]", "after: [aply]", "aply", "steps.accept.after[0]",
         "there is no “aply” among the steps; the nearest is “apply”"});
  check({"object: organisation, rubric: points, clause: 第一条}\n  club",
         "object: organisation, rubric: points, clause: 第1条}\n  club", "第1条",
         "tracks.firm.clause", "there is no “第1条” among the clauses; the nearest is “第一条”"});
  check({"who: office, after: [approve]", "who: mayor, after: [approve]", "mayor",
         "steps.confer.who",
         "there is no “mayor” among the organs; there are: office, reviewer, applicant"});
  check({"channels: [web]}", "channels: [web, wall]}", "wall", "steps.notice.notice.channels[1]",
         "there is no “wall” among the channels; there are: web"});
  check({"tracks: [firm, club], places", "tracks: [firm, club, firm], places", "firm], places",
         "quotas[0].tracks[2]", "“firm” is listed twice"});
  check({"thanks: {kind: notify", "thanks: {consult: {bodies: [tax, tax]}, kind: consult", "tax]}",
         "steps.thanks.consult.bodies[1]", "“tax” is listed twice"});
  check({"yearsSince: {field: since", "yearsSince: {field: sinse", "sinse",
         "steps.apply.requires[0].yearsSince.field",
         "there is no “sinse” among the fields of the application form; the nearest is “since”"});
}

TEST_CASE("dates, quotas, rubrics and forms of a scheme are checked", "[engine]") {
  check({"2020-02-01", "2019-02-01", "2019-02-01", "inForceFrom", "lies before 2020-01-01"});
  check({"Asia/Shanghai", "Asia/Beijing", "Asia/Beijing", "zone",
         "there is no such time zone; it should be like Asia/Shanghai"});
  check({"places: 2", "places: 0", "0, clause: 第一条}\nrubrics", "quotas[0].places",
         "a quota has at least one place"});
  check({"points: 60", "points: 61", "parts:", "rubrics.points.parts",
         "the parts add up to 101 points, not to 100"});
  check({"stepPercent: 5", "stepPercent: 15", "15", "rubrics.points.stepPercent",
         "the step must divide 100, like 5 or 10"});
  check({"b: {name: 乙, points: 40}",
         "b: {name: 乙, points: 40, parts: {a: {name: 甲, points: 40}}}",
         "a: {name: 甲, points: 40}}}", "rubrics.points.parts.b.parts.a",
         "the item “a” stands twice in the rubric"});
  check({"    clause: 第一条\n    parts:", "    parts:", "points:\n", "rubrics.points",
         "says neither its clause nor the status of its source"});
  check({"type: number", "type: number, choices: [one]", "choices: [one]",
         "forms.application.fields.staff.choices", "only a field of type choice has choices"});
  check({"  prize: {", "  cup: {name: 杯, level: 2, clause: 第一条}\n  prize: {", "cup",
         "awards.cup", "no track is judged for this award"});
}

TEST_CASE("a step has what its kind needs and nothing that no command would look at", "[engine]") {
  check({"    form: application\n", "", "apply:\n", "steps.apply.form",
         "a step of kind apply needs “form”"});
  check({"who: office, after: [score]}", "who: office, after: [score], opinion: true}",
         "true}\n  winners", "steps.ranking.opinion",
         "a step of kind rank does not use “opinion”"});
  check({"thanks: {", "again: {kind: call, name: 再, clause: 第一条, who: office}\n  thanks: {",
         "again", "steps.again", "there can be only one step of kind call"});
  check({"who: reviewer", "who: office", "office\n    after: [accept, group]", "steps.score.who",
         "those who review are the members of a group: who must be “reviewer”"});
  check({"after: [apply]", "after: [call, apply]", "call, apply", "steps.accept.after[0]",
         "this step is about one application: it comes after a step that the application passes, "
         "not after the call"});
  check({"group: {size: 3, odd: true, clause: 第一条}", "group: {size: 3, odd: true}",
         "group: {size", "steps.group.group",
         "names the clause that gives its numbers, or says source: notInSource"});
  check(
      {"size: 3", "size: 4", "4, odd", "steps.group.group.size", "must be odd, as the group must"});
}

TEST_CASE("who is drawn, who supervises and who decides on recusals fits together", "[engine]") {
  const std::string pool = "pool: {clause: 第一条, termYears: 3}\nsteps:\n";
  const std::string group = "group: {size: 3, odd: true, clause: 第一条";
  check({group, group + ", specialties: [law]", "specialties: [law]",
         "steps.group.group.specialties", "stand in the pool of experts: the scheme needs a pool"});
  check({group, group + ", witness: reviewer", "reviewer}", "steps.group.group.witness",
         "must be an organ that acts by a role, not “reviewer” or “applicant”"});
  check({"steps:\n", "pool: {termYears: 3}\nsteps:\n", "pool:", "pool",
         "says neither its clause nor the status of its source"});
  check({"steps:\n", "recusal: {clause: 第一条, windowYears: 3, askedBy: [office]}\nsteps:\n",
         "recusal:", "recusal.decidedBy",
         "where somebody may ask for a recusal, somebody decides on it"});

  auto drawn = replaced(small, group, group + ", method: draw");
  CHECK(faults_of(drawn).size() == 2);  // No pool, no witness.
  auto own =
      replaced(replaced(small, "steps:\n", pool), group, group + ", method: draw, witness: office");
  REQUIRE(faults_of(own).size() == 1);
  CHECK(faults_of(own)[0].words.en == "who supervises the draw is not who holds it");
}

TEST_CASE("a scheme without a call is refused, as no round could begin", "[engine]") {
  auto faults = faults_of(replaced(small, "kind: call", "kind: record, after: [apply]"));

  REQUIRE(faults.size() == 2);  // The other one: it waits for the application, which waits for it.
  CHECK(faults[0].words.en == "there is no step of kind call, so no round can begin");
  CHECK(faults[0].place == "s.yaml:42:1 steps");
}

TEST_CASE("what a step says about other steps must fit them", "[engine]") {
  check({"scoresAtLeast: 2", "scoresAtLeast: 4", "4, combine", "steps.score.review.scoresAtLeast",
         "is more than a group may have (at least 3)"});
  check({"list: {from: ranking", "list: {from: score", "score, quota", "steps.winners.list.from",
         "must be a step of kind rank, select or deliberate"});
  check({"notice: {list: winners", "notice: {list: ranking", "ranking, lasting",
         "steps.notice.notice.list", "must be a step of kind select or deliberate"});
  check({"who: office, after: [score]}", "who: office, after: [accept]}", "after: [accept]}",
         "steps.ranking.after",
         "names exactly one step of kind review on the track firm; it names 0"});
  check({"notify, name: 告知, clause: 第一条, who: office, after: [winners, notice]",
         "notify, name: 告知, clause: 第一条, who: office, after: [notice]", "notice]}\n  approve",
         "steps.thanks.after[0]",
         "name the list “winners” too, or applications that are not on it get through"});
  check({"{from: apply, period", "{from: winners, period", "winners, period",
         "steps.accept.closes.within.from",
         "“winners” does not come before this step, on the tracks: firm, club"});
  check({"closes: {inCall: {}}", "closes: {within: {from: call, period: {number: 1, unit: years}}}",
         "within: {from: call", "steps.apply.closes.within",
         "the last day to apply is set by the call: closes: {inCall: {}}"});
  check({"number: 7", "number: 0", "0, unit: calendar", "steps.notice.notice.lasting.number",
         "a period is longer than 0"});
  check({"tracks: [firm, club]", "tracks: [firm]", "true}\n  notice", "steps.winners.list.quota",
         "no quota names these tracks: club"});
  check({"confer, name: 授奖, clause: 第一条, who: office, after: [approve]",
         "confer, name: 授奖, clause: 第一条, who: office, after: [approve, group]", "group]}",
         "steps.confer.after[1]",
         "what comes before the award must apply to all its tracks and be passed by applications"});
  check({"firm: {name: 企业, award: prize, object: organisation, rubric: points,",
         "firm: {name: 企业, award: prize, object: organisation,", "review: {",
         "steps.score.review", "these tracks have no rubric to review by: firm"});
}

TEST_CASE("on every track an application can get from the call to an award", "[engine]") {
  check({"after: [accept, group]", "after: [accept, group, winners]",
         "after: [accept, group, winners]", "steps.score.after",
         "these steps wait for each other, so none can begin: score → ranking → winners → score"});
  check({"kind: apply\n", "kind: apply\n    tracks: [firm]\n", "club: {", "tracks.club",
         "no step of kind apply takes applications on this track"});
  check({"confer, name: 授奖, clause", "confer, tracks: [club], name: 授奖, clause", "firm: {",
         "tracks.firm", "no application on this track can get to a step of kind confer"});
  check({"thanks: {",
         "other: {kind: record, name: 他, clause: 第一条, who: office, after: [party]}\n"
         "  party: {kind: record, name: 会, clause: 第一条, who: office, "
         "tracks: [firm], after: [accept]}\n  thanks: {",
         "after: [party]", "steps.other.after",
         "on these tracks none of these steps applies, so nothing comes before this one: club"});
}

TEST_CASE("rules can be judged on fields that are there", "[engine]") {
  check({"tracks: [firm], atLeast", "tracks: [firm, club], atLeast", "staff, number",
         "steps.apply.requires[1].atLeast.field",
         "on these tracks the form does not ask for “staff”: club"});
  check({"yearsSince: {field: since", "yearsSince: {field: size", "size, years",
         "steps.apply.requires[0].yearsSince.field",
         "this field must be of type date; it is of type choice"});
  check({"yearsSince: {field: since, years: 3}", "equals: {field: size, value: larg}", "larg}",
         "steps.apply.requires[0].equals.value",
         "there is no “larg” among the choices; the nearest is “large”"});
  check({"yearsSince: {field: since, years: 3}", "given: phone", "phone}\n",
         "steps.apply.requires[0].given",
         "“phone” is personal, so it is sealed and no rule can read it"});
  check({"{clause: 第一条, yearsSince", "{clause: 第二条, yearsSince", "第二条, yearsSince",
         "steps.apply.requires[0].clause",
         "this clause needs a gist, for whoever is refused under it to read"});
  check({"yearsSince: {field: since, years: 3}", "any: []", "any: []",
         "steps.apply.requires[0].any", "lists no rule"});
  check({"yearsSince: {field: since, years: 3}", "before: accept", "accept}\n",
         "steps.apply.requires[0].before",
         "the call sets no last day for that step, so the rule would always hold"});
  check({"yearsSince: {field: since, years: 3}", "noAwardWithin: {years: 0, scope: sameAward}",
         "0, scope", "steps.apply.requires[0].noAwardWithin.years", "must be at least one year"});
}

TEST_CASE("all faults of a scheme are reported at once, in the order of the file", "[engine]") {
  std::string text = replaced(small, "who: reviewer", "who: office");
  text = replaced(text, "Asia/Shanghai", "Asia");
  text = replaced(text, "places: 2", "places: 0");

  auto faults = faults_of(text);

  REQUIRE(faults.size() == 3);
  CHECK(faults[0].place == "s.yaml:8:7 zone");
  CHECK(faults[1].place.ends_with("quotas[0].places"));
  CHECK(faults[2].place.ends_with("steps.score.who"));
}

TEST_CASE("the scheme of the tutorial passes after each of its changes", "[engine]") {
  std::vector<std::string> blocks;
  std::string tutorial = file("docs/schemes.md");
  for (std::size_t at = 0; (at = tutorial.find("```yaml\n", at)) != std::string::npos;) {
    std::size_t end = tutorial.find("```\n", at += 8);
    blocks.push_back(tutorial.substr(at, end - at));
    at = end + 4;
  }
  REQUIRE(blocks.size() == 6);

  std::string scheme = blocks[0];
  CHECK(faults_of(scheme).empty());

  scheme = replaced(scheme, "    form: application\n", "    form: application\n" + blocks[1]);
  CHECK(faults_of(scheme).empty());

  scheme = replaced(scheme, "forms:\n", blocks[2] + "forms:\n");
  scheme = replaced(scheme, "object: organisation,", "object: organisation, rubric: sheet,");
  scheme = replaced(scheme, "  office: {", "  reviewer: {name: 评审组}\n  office: {");
  scheme = replaced(scheme, "  confer: {", blocks[3] + "  confer: {");
  CHECK(faults_of(scheme).empty());

  scheme = replaced(scheme, "forms:\n", blocks[4] + "forms:\n");
  CHECK(faults_of(scheme.substr(0, scheme.find("  confer: {")) + blocks[5]).empty());
}
