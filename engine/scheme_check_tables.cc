#include <algorithm>
#include <set>
#include <string>

#include "engine/scheme_checks.h"
#include "events/decode.h"
#include "events/moment.h"
#include "events/record.h"

namespace engine {
namespace {

using events::Date;
using events::Source;
using events::string;
using events::to_date;
using events::view;

// A score is kept in hundredths of a point, in 32 bits.
constexpr unsigned points_max = 1'000'000;

void check_identity(const SchemeCheck& check) {
  auto scheme = check.scheme.reader();
  auto& report = check.report;
  SchemePath root;
  if (!events::valid_id(view(scheme.getScheme()))) {
    report.add(root / "scheme", "标识不能含空格、斜杠或控制字符，最长 128 字节",
               "an id has no blank, slash or control character, and at most 128 bytes");
  }
  if (!events::known_zone(view(scheme.getZone()))) {
    report.add(root / "zone", "没有这个时区，应如 Asia/Shanghai",
               "there is no such time zone; it should be like Asia/Shanghai");
  }
  auto in_order = [&](std::string_view later, std::int32_t day, std::int32_t than) {
    if (day == 0 || day >= than) return;
    std::string start = events::text(to_date(than));
    report.add(root / later, "早于 " + start, "lies before " + start);
  };
  in_order("inForceFrom", scheme.getInForceFrom(), scheme.getIssuedOn());
  in_order("validUntil", scheme.getValidUntil(), scheme.getInForceFrom());
  in_order("repealedOn", scheme.getRepealedOn(), scheme.getIssuedOn());
}

void check_awards(const SchemeCheck& check) {
  for (auto award : check.scheme.reader().getAwards()) {
    SchemePath path = SchemePath{} / "awards" / view(award.getAward());
    if (award.getLevel() == 0) {
      check.report.add(path / "level", "级别从 1 起，1 为最高", "levels begin at 1, the highest");
    }
    bool judged = false;
    for (auto track : check.scheme.reader().getTracks()) {
      judged = judged || track.getAward() == award.getAward();
    }
    if (judged) continue;
    check.report.add(path, "没有任何类别评定这一奖项", "no track is judged for this award");
  }
}

void check_quotas(const SchemeCheck& check) {
  auto quotas = check.scheme.reader().getQuotas();
  for (unsigned i = 0; i < quotas.size(); ++i) {
    SchemePath path = SchemePath{} / "quotas" / std::size_t(i);
    if (quotas[i].getPlaces() == 0) {
      check.report.add(path / "places", "名额须大于 0", "a quota has at least one place");
    }
    if (quotas[i].getTracks().size() == 0) {
      check.report.add(path / "tracks", "名额须写明类别", "a quota names the tracks it is for");
    }
  }
  auto shares = check.scheme.reader().getShares();
  for (unsigned i = 0; i < shares.size(); ++i) {
    unsigned most = shares[i].getAtMostPercent() == 0 ? 100 : shares[i].getAtMostPercent();
    if (shares[i].getAtLeastPercent() <= most && most <= 100) continue;
    check.report.add(SchemePath{} / "shares" / std::size_t(i),
                     "比例须在 0 到 100 之间，下限不高于上限",
                     "a share lies between 0 and 100, and the least is not above the most");
  }
}

class RubricCheck {
 public:
  RubricCheck(const SchemeCheck& check, events::Rubric::Reader rubric)
      : report_(check.report),
        rubric_(rubric),
        path_(SchemePath{} / "rubrics" / view(rubric.getRubric())) {}

  void run() {
    if (!rubric_.hasClause() && rubric_.getSource() == Source::COMPLETE) {
      report_.add(path_, "须写明条款（clause），或注明来源状态（source）",
                  "says neither its clause nor the status of its source");
    }
    if (rubric_.getParts().size() == 0) return check_without_text();
    if (unsigned step = rubric_.getStepPercent(); step == 0 || 100 % step != 0) {
      report_.add(path_ / "stepPercent", "评分档须整除 100，如 5 或 10",
                  "the step must divide 100, like 5 or 10");
    }
    if (rubric_.getTotal() > points_max) {
      report_.add(path_ / "total", "总分不能超过 " + std::to_string(points_max),
                  "the total is at most " + std::to_string(points_max));
    }
    check_parts(rubric_.getParts(), rubric_.getTotal(), path_);
  }

 private:
  // Without its items nobody can score, which is only to be excused by the source.
  void check_without_text() {
    Source source = rubric_.getSource();
    if (source == Source::NOT_IN_SOURCE || source == Source::TRUNCATED) return;
    report_.add(path_, "没有评分条目（parts）；原文未给出的，应注明 source: notInSource",
                "has no parts; where the source has none, say so: source: notInSource");
  }

  void check_parts(capnp::List<events::Criterion>::Reader parts, unsigned points,
                   const SchemePath& path) {
    std::uint64_t sum = 0;
    for (auto part : parts) {
      SchemePath here = path / "parts" / view(part.getItem());
      sum += part.getPoints();
      if (part.getPoints() == 0) {
        report_.add(here / "points", "分值须大于 0", "an item has at least one point");
      }
      if (!items_.insert(view(part.getItem())).second) {
        report_.add(here, "条目编号“" + string(part.getItem()) + "”在本标准中重复",
                    "the item “" + string(part.getItem()) + "” stands twice in the rubric");
      }
      if (part.getParts().size() > 0) check_parts(part.getParts(), part.getPoints(), here);
    }
    if (sum == points) return;
    std::string found = std::to_string(sum);
    std::string wanted = std::to_string(points);
    report_.add(path / "parts", "各条目合计 " + found + " 分，应为 " + wanted + " 分",
                "the parts add up to " + found + " points, not to " + wanted);
  }

  SchemeReport& report_;
  events::Rubric::Reader rubric_;
  SchemePath path_;
  std::set<std::string_view> items_;
};

void check_field(const SchemeCheck& check, events::Field::Reader field, const SchemePath& path) {
  bool choice = field.getType() == events::FieldType::CHOICE;
  if (choice && field.getChoices().size() < 2) {
    check.report.add(path, "选项字段须至少有两个选项（choices）",
                     "a field of type choice has at least two choices");
  }
  if (!choice && field.getChoices().size() > 0) {
    check.report.add(path / "choices", "只有选项字段才有 choices",
                     "only a field of type choice has choices");
  }
}

void check_organs(const SchemeCheck& check) {
  for (auto organ : check.scheme.reader().getOrgans()) {
    auto others = organ.getApartFrom();
    for (unsigned i = 0; i < others.size(); ++i) {
      if (others[i] != organ.getOrgan()) continue;
      check.report.add(
          SchemePath{} / "organs" / view(organ.getOrgan()) / "apartFrom" / std::size_t(i),
          "机构不能与自身分离", "an organ cannot be apart from itself");
    }
  }
}

// An application keeps its applicant when it is transferred, so both tracks are for the same.
void check_transfers(const SchemeCheck& check) {
  for (auto track : check.scheme.reader().getTracks()) {
    auto from = track.getTransfer().getFrom();
    SchemePath path = SchemePath{} / "tracks" / view(track.getTrack()) / "transfer" / "from";
    for (unsigned i = 0; i < from.size(); ++i) {
      auto other = check.scheme.track(view(from[i]));
      if (!other) continue;
      if (other->getTrack() == track.getTrack()) {
        check.report.add(path / std::size_t(i), "不能从类别自身转入",
                         "nobody is transferred into a track out of the same one");
      }
      bool person = track.getObject() == events::Object::INDIVIDUAL;
      if (person == (other->getObject() == events::Object::INDIVIDUAL)) continue;
      check.report.add(path / std::size_t(i), "个人类别和其他类别之间不能转入",
                       "between tracks for persons and other tracks there is no transfer");
    }
  }
}

void check_objections(const SchemeCheck& check) {
  auto terms = check.scheme.reader().getObjections();
  if (!terms.hasSettledWithin() || terms.getSettledWithin().getNumber() > 0) return;
  check.report.add(SchemePath{} / "objections" / "settledWithin" / "number", "期限须大于 0",
                   "a period is longer than 0");
}

}  // namespace

void check_tables(const SchemeCheck& check) {
  check_identity(check);
  check_organs(check);
  check_awards(check);
  check_quotas(check);
  check_transfers(check);
  check_objections(check);
  for (auto rubric : check.scheme.reader().getRubrics()) RubricCheck(check, rubric).run();
  for (auto form : check.scheme.reader().getForms()) {
    SchemePath path = SchemePath{} / "forms" / view(form.getForm()) / "fields";
    for (auto field : form.getFields()) check_field(check, field, path / view(field.getField()));
  }
}

}  // namespace engine
