/** A delegation's own notes, in Arabic. */
import type { notes as english } from "#app/i18n/en/notes.ts";
import type { InArabic } from "#app/i18n/translated.ts";

export const notes = {
  title: "ملاحظاتنا",
  ours: "ملاحظتنا",
  all: "جميع ملاحظاتنا",
  under: "يقرؤها أعضاء وفدكم وحدهم، لا المكتب ولا الأمانة ولا الوفود الأخرى.",
  none: "لم يدوّن وفدكم شيئا بعد. افتحوا بندا أو موضوعا أو فقرة أو موقفا أو بيانا واكتبوا ملاحظة إلى جانبه.",
  noneYet: "لم يُدوّن شيء بعد. ما تكتبونه هنا يقرؤه وفدكم وحده.",
  noneReader: "لم يدوّن وفدكم شيئا هنا بعد. يكتب ملاحظاته رئيسه ومحرروه.",
  write: "كتابة ملاحظة",
  change: "تعديل الملاحظة",
  words: "الملاحظة",
  hint: "يكتب أعضاء وفدكم معا ملاحظة واحدة على كل شيء.",
  save: "حفظ الملاحظة",
  asItStands: "الملاحظة كما هي الآن",
  delete: "حذف الملاحظة…",
  deleteWhat: "تختفي كلماتها لدى جميع أعضاء وفدكم، ولا يمكن استرجاعها.",
  deleteNow: "حذفها",
  subjectGone: "شيء لم يعد موجودا لكم",
  on: {
    item: "بند من جدول الأعمال",
    topic: "موضوع",
    paragraph: "فقرة",
    statement: "بيان",
    position: "موقف",
  },
} as const satisfies InArabic<typeof english>;
