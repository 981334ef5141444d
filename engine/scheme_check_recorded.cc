#include <string>
#include <vector>

#include "engine/scheme_check.h"
#include "engine/scheme_language.h"
#include "engine/scheme_report.h"
#include "events/record.h"
#include "events/shape.h"
#include "events/words.h"

namespace engine {
namespace {

using events::FieldShape;
using events::string;
using events::view;

// The names of the schema on the way, without those of the file: steps.visit
std::string pattern(const std::string& before, std::string_view name) {
  return before.empty() ? std::string(name) : before + "." + std::string(name);
}

class Recorded {
 public:
  explicit Recorded(const Scheme& scheme) : scheme_(scheme) {}

  std::vector<events::Words> list() {
    look(capnp::toDynamic(scheme_.reader()), "");
    for (const Said& said : said_) {
      std::string times = std::to_string(said.times);
      words_.push_back(
          {said.zh + "（" + said.path + "，" + times + " 处）", said.path + " (" + times + ")"});
    }
    for (auto rubric : scheme_.reader().getRubrics()) {
      if (rubric.getParts().size() == 0) without_text(rubric);
    }
    return std::move(words_);
  }

 private:
  struct Said {
    std::string path;
    std::string zh;
    std::size_t times = 0;
  };

  void look(capnp::DynamicStruct::Reader at, const std::string& before) {
    for (const FieldShape& field : events::shape_of(at.getSchema()).fields) {
      if (!at.has(field.field, capnp::HasMode::NON_DEFAULT)) continue;
      std::string here = pattern(before, field.name);
      auto value = at.get(field.field);
      bool list = field.type.isList();
      if (events::annotation::text_of(field.field, language::recorded)) {
        bool elements = list && field.type.asList().getElementType().isStruct();
        note(here, events::zh_name(field.field),
             elements ? value.as<capnp::DynamicList>().size() : 1);
      } else if (field.type.isEnum()) {
        note_choice(here, value.as<capnp::DynamicEnum>());
      } else if (field.type.isStruct()) {
        look(value.as<capnp::DynamicStruct>(), here);
      } else if (list && field.type.asList().getElementType().isStruct()) {
        for (auto element : value.as<capnp::DynamicList>()) {
          look(element.as<capnp::DynamicStruct>(), here);
        }
      }
    }
  }

  // Some choices of an enum are enforced and others are not.
  void note_choice(const std::string& path, capnp::DynamicEnum value) {
    KJ_IF_MAYBE (choice, value.getEnumerant()) {
      if (!events::annotation::text_of(*choice, language::recorded)) return;
      note(path + ": " + choice->getProto().getName().cStr(), events::zh_name(*choice), 1);
    }
  }

  void note(const std::string& path, std::string zh, std::size_t times) {
    for (Said& said : said_) {
      if (said.path != path) continue;
      said.times += times;
      return;
    }
    said_.push_back({path, std::move(zh), times});
  }

  void without_text(events::Rubric::Reader rubric) {
    std::vector<std::string_view> tracks;
    for (auto track : scheme_.reader().getTracks()) {
      if (track.getRubric() == rubric.getRubric()) tracks.push_back(view(track.getTrack()));
    }
    std::string id = string(rubric.getRubric());
    words_.push_back(
        {"评审标准 " + id + " 缺条目文本，这些类别不能评分：" + joined(tracks),
         "rubric " + id + " without its text: nobody can score the tracks " + joined(tracks)});
  }

  const Scheme& scheme_;
  std::vector<Said> said_;
  std::vector<events::Words> words_;
};

}  // namespace

std::vector<events::Words> recorded_only(const Scheme& scheme) { return Recorded(scheme).list(); }

}  // namespace engine
