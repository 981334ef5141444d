@0xa8f949c40dd0332c;
# The working-day calendar: what an authority announced about days off and make-up working days, and
# when. The same notice stands in a calendar file and in the event that publishes it.
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Label = import "label.capnp".Label;
$Cxx.namespace("events");

struct CalendarFile $A.zh("工作日历") {
  calendar @0 :Text $A.subject("calendar") $A.zh("日历");
  name @1 :Label $A.zh("名称");
  zone @2 :Text $A.zh("时区");
  # In which a day of this calendar begins and ends, e.g. Asia/Shanghai.
  notices @3 :List(CalendarNotice) $A.zh("放假通知");
}

struct CalendarNotice $A.zh("放假通知") {
  announcedOn @0 :Int32 $A.date $A.zh("公布日期");
  # The day from which the public could know it. Before that day nobody could reckon with it.
  paper @1 :Text $A.zh("文号");
  address @2 :Text $A.optional $A.zh("网址");
  covers @3 :List(UInt16) $A.optional $A.zh("年度");
  # The years whose arrangement it is. A mid-year amendment covers none: it only changes days.
  off @4 :List(DayRange) $A.optional $A.zh("放假");
  work @5 :List(DayRange) $A.optional $A.zh("上班");
  # A day in neither list stays what it was: without any notice, working from Monday to Friday.
}

struct DayRange $A.shorthand("from") $A.zh("日期") {
  from @0 :Int32 $A.date $A.zh("起");
  to @1 :Int32 $A.date $A.optional $A.zh("止");
  # Both days are included. Absent, which is 0, means the single day `from`.
}
