#include "engine/refusal.h"

#include "events/record.h"

namespace engine {

using events::string;
using events::Verdict;
using events::Words;

std::unexpected<events::Error> refusal(const std::vector<Finding>& findings, const Scheme& scheme) {
  std::string clause;
  std::string said;
  Words all;
  for (const Finding& one : findings) {
    if (one.verdict != Verdict::UNMET) continue;
    if (clause.empty()) clause = one.clause;
    if (one.words.zh.empty()) continue;  // Said by the rule of which it is a part.
    if (!all.zh.empty()) all.zh += "；";
    if (!all.en.empty()) all.en += "; ";
    if (said != one.clause) {
      auto stated = scheme.clause(one.clause);
      all.zh += one.clause + "：";
      all.en += one.clause + ": ";
      if (stated && stated->getGist().hasZh()) all.zh += string(stated->getGist().getZh()) + "。";
      if (stated && stated->getGist().hasEn()) all.en += string(stated->getGist().getEn()) + ". ";
      said = one.clause;
    }
    all.zh += one.words.zh;
    all.en += one.words.en;
  }
  return refuse(events::Code::conflict, clause, all.zh, all.en);
}

}  // namespace engine
