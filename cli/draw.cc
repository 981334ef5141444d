#include "engine/draw.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "cli/error.h"
#include "cli/fields.h"
#include "cli/folder.h"
#include "cli/subcommands.h"
#include "cli/table.h"
#include "events/record.h"
#include "events/sha256.h"
#include "events/subject.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Position;
using events::Result;
using events::string;
using events::Words;

struct Out {
  std::string person;
  Words reason;
  Position input = 0;
};

// What the log has of one draw.
struct OnRecord {
  std::string id;
  std::string digest;
  std::vector<engine::Demand> demands;
  std::vector<engine::Candidate> candidates;
  std::vector<Out> excluded;
  std::string committed_by;
  std::string witness;
  std::string witness_seed;
  engine::Seeds seeds;
  engine::Drawn drawn;
  std::vector<std::string> group;  // As it was formed by the same command.
  Position committed = 0;
  Position witnessed = 0;
  Position opened = 0;
};

template <class List>
std::vector<std::string> strings(List list) {
  std::vector<std::string> out;
  for (auto one : list) out.push_back(string(one));
  return out;
}

void take(OnRecord& draw, events::DrawCommitted::Reader event) {
  draw.digest = events::hex(event.getDigest());
  for (auto one : event.getDemands()) {
    draw.demands.push_back({string(one.getSpecialty()), one.getNumber()});
  }
  for (auto one : event.getCandidates()) {
    draw.candidates.push_back({string(one.getPerson()), strings(one.getSpecialties())});
  }
  for (auto one : event.getExcluded()) {
    draw.excluded.push_back({string(one.getExpert()),
                             {string(one.getReason().getZh()), string(one.getReason().getEn())},
                             one.getInput()});
  }
}

void take(OnRecord& draw, const events::Recorded& recorded) {
  auto event = recorded.event();
  if (event.isDrawCommitted()) {
    draw.committed = recorded.position;
    draw.committed_by = string(recorded.record.getActor());
    take(draw, event.getDrawCommitted());
  } else if (event.isDrawWitnessed()) {
    draw.witnessed = recorded.position;
    draw.witness = string(event.getDrawWitnessed().getWitness());
    draw.witness_seed = events::hex(event.getDrawWitnessed().getSeed());
  } else if (event.isDrawOpened()) {
    draw.opened = recorded.position;
    auto opened = event.getDrawOpened();
    draw.seeds = {events::hex(opened.getSeed()), events::hex(opened.getWitnessSeed())};
    draw.drawn = {strings(opened.getDrawn()), strings(opened.getReserves())};
  }
}

Result<OnRecord> read_draw(const App& app, const std::string& id) {
  auto folder = TRY(open_to_read(app));
  OnRecord draw;
  draw.id = id;
  auto cursor = folder.log->read_subject(events::subject("draw", id), 0);
  while (cursor.next()) take(draw, cursor.recorded());
  if (draw.committed == 0) {
    return events::fail(events::Code::not_found, "没有这次抽取：" + id, "there is no draw " + id);
  }
  if (draw.opened == 0) return draw;
  auto next = folder.log->read(draw.opened);
  if (next.next() && next.recorded().event().isReviewGroupFormed()) {
    draw.group = strings(next.recorded().event().getReviewGroupFormed().getReviewers());
  }
  return draw;
}

// Everything that does not hold.
std::vector<Words> faults_of(const OnRecord& draw) {
  std::vector<Words> faults;
  auto need = [&](bool holds, const char* zh, const char* en) {
    if (!holds) faults.push_back({zh, en});
  };
  auto seed = events::parse_hex(draw.seeds.office);
  need(seed && events::hex(events::sha256(*seed)) == draw.digest,
       "办公室的种子与事先记录的摘要不符", "the office's seed does not fit the digest");
  need(draw.seeds.witness == draw.witness_seed, "揭示所用的监督种子不是监督人给出的",
       "the witness's seed is not the one that the witness gave");
  need(draw.committed < draw.witnessed && draw.witnessed < draw.opened,
       "次序有误：应先承诺，后监督，再揭示", "the order is wrong: commit, witness, open");
  need(draw.witness != draw.committed_by, "监督人就是提交承诺的人",
       "the witness is who committed the draw");
  auto again = engine::draw_members(draw.seeds, draw.id, draw.demands, draw.candidates);
  need(again.members == draw.drawn.members, "重算的抽中名单不同", "others would have been drawn");
  need(again.reserves == draw.drawn.reserves, "重算的候补次序不同",
       "the reserves would stand in another order");
  need(draw.group == draw.drawn.members, "组成的评审组不是抽中的人",
       "the group that was formed is not who was drawn");
  return faults;
}

Words verdict(const OnRecord& draw, const std::vector<Words>& faults) {
  if (draw.opened == 0) {
    return {"尚不能核验：抽取还没有揭示", "CANNOT BE CHECKED YET: the draw has not been opened"};
  }
  if (faults.empty()) {
    return {"核验通过：按记录的种子重抽，结果相同",
            "HOLDS: drawn again from the seeds, it is the same"};
  }
  return {"核验失败", "FAILED"};
}

std::string place_of(const App& app, const OnRecord& draw, const std::string& person) {
  if (std::ranges::find(draw.drawn.members, person) != draw.drawn.members.end()) {
    return app.words({"抽中", "drawn"});
  }
  auto reserve = std::ranges::find(draw.drawn.reserves, person);
  if (reserve == draw.drawn.reserves.end()) return "";
  return app.words({"候补 ", "reserve "}) +
         std::to_string(reserve - draw.drawn.reserves.begin() + 1);
}

std::string joined(const std::vector<std::string>& list) {
  std::string all;
  for (const std::string& one : list) all += (all.empty() ? "" : ", ") + one;
  return all;
}

std::string demand_text(const OnRecord& draw) {
  std::string all;
  for (const auto& one : draw.demands) {
    all += (all.empty() ? "" : ", ") + one.specialty + " × " + std::to_string(one.number);
  }
  return all;
}

void print_candidates(const App& app, const OnRecord& draw) {
  struct Line {
    std::string number;
    const engine::Candidate* candidate;
  };
  std::vector<Line> lines;
  for (const auto& one : draw.candidates) {
    std::string number =
        draw.opened > 0 ? engine::draw_number(draw.seeds, draw.id, one.person) : "";
    lines.push_back({number, &one});
  }
  std::ranges::stable_sort(lines, {}, &Line::number);
  Table table({{{"次序数", "number"}},
               {{"人员", "person"}},
               {{"专业", "specialties"}},
               {{"结果", "result"}}},
              {"没有候选人", "no candidates"});
  constexpr std::size_t digits_shown = 16;
  for (const Line& line : lines) {
    table.add({line.number.substr(0, digits_shown), line.candidate->person,
               joined(line.candidate->specialties), place_of(app, draw, line.candidate->person)});
  }
  table.print(std::cout, app.out);
}

void print_draw(const App& app, const OnRecord& draw, const std::vector<Words>& faults) {
  std::cout << app.words(verdict(draw, faults)) << '\n';
  for (const Words& fault : faults) std::cout << "  " << app.words(fault) << '\n';
  std::cout << '\n';
  auto position = [](Position at) { return at == 0 ? std::string() : std::to_string(at); };
  print_fields(std::cout, app.out,
               {{{"需求", "demands"}, demand_text(draw)},
                {{"专家库", "pool"}, std::to_string(draw.candidates.size() + draw.excluded.size())},
                {{"候选", "candidates"}, std::to_string(draw.candidates.size())},
                {{"排除", "excluded"}, std::to_string(draw.excluded.size())},
                {{"承诺位置", "committed at"}, position(draw.committed)},
                {{"摘要", "digest"}, draw.digest},
                {{"监督位置", "witnessed at"}, position(draw.witnessed)},
                {{"监督人", "witness"}, draw.witness},
                {{"监督种子", "witness's seed"}, draw.witness_seed},
                {{"揭示位置", "opened at"}, position(draw.opened)},
                {{"办公室种子", "office's seed"}, draw.seeds.office}});
  std::cout << '\n';
  print_candidates(app, draw);
  if (draw.excluded.empty()) return;
  std::cout << '\n';
  Table table({{{"排除的人员", "excluded"}},
               {{"理由", "reason"}, Align::left, true},
               {{"依据位置", "position"}, Align::right}},
              {"没有排除", "nobody excluded"});
  for (const Out& one : draw.excluded) {
    table.add({one.person, app.words(one.reason), position(one.input)});
  }
  table.print(std::cout, app.out);
}

json::array array_of(const std::vector<std::string>& list) {
  json::array out;
  for (const std::string& one : list) out.emplace_back(one);
  return out;
}

json::object json_of(const OnRecord& draw, const std::vector<Words>& faults) {
  json::array excluded;
  for (const Out& one : draw.excluded) {
    excluded.push_back(json::object{{"person", one.person},
                                    {"reason", {{"zh", one.reason.zh}, {"en", one.reason.en}}},
                                    {"position", std::to_string(one.input)}});
  }
  json::array wrong;
  for (const Words& one : faults) wrong.push_back({{"zh", one.zh}, {"en", one.en}});
  const char* state = draw.opened == 0 ? "incomplete" : faults.empty() ? "verified" : "failed";
  return {{"draw", draw.id},
          {"verdict", state},
          {"faults", std::move(wrong)},
          {"candidates", draw.candidates.size()},
          {"excluded", std::move(excluded)},
          {"digest", draw.digest},
          {"seed", draw.seeds.office},
          {"witness", draw.witness},
          {"witnessSeed", draw.witness_seed},
          {"drawn", array_of(draw.drawn.members)},
          {"reserves", array_of(draw.drawn.reserves)}};
}

int run_check(App& app, const std::string& id) {
  auto draw = read_draw(app, id);
  if (!draw) return failed(app, draw.error());
  std::vector<Words> faults;
  if (draw->opened > 0) faults = faults_of(*draw);
  if (app.format() == Format::table) {
    print_draw(app, *draw, faults);
  } else {
    std::cout << json::serialize(json_of(*draw, faults)) << '\n';
  }
  if (draw->opened == 0) return exit_incomplete;
  return faults.empty() ? 0 : exit_unverified;
}

}  // namespace

void add_draw(CLI::App& program, App& app) {
  auto* draw = program.add_subcommand("draw", help("抽取评审组", "draws of review groups"));
  draw->require_subcommand(1);
  auto* check = draw->add_subcommand(
      "check", help("按记录的种子重抽一遍", "draw again from the seeds on record"));
  auto id = std::make_shared<std::string>();
  check->add_option("draw", *id, help("抽取的标识", "the draw's id"))->required();
  check->callback([&app, id] { app.run = [&app, id] { return run_check(app, *id); }; });
}

}  // namespace cli
