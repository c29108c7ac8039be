/** What is said when delegations, the facts of a session or a note were not taken, in Arabic. */
import type { errorsDelegations as english } from "#app/i18n/en/errors-delegations.ts";
import type { InArabic } from "#app/i18n/translated.ts";

export const errorsDelegations = {
  refusal: {
    "session-changed":
      "عدّل شخص آخر الدورة بينما كنتم تكتبون. ما تقوله الآن يظهر فوق الاستمارة؛ وما كتبتموه لا يزال في الاستمارة، والحفظ ثانية يضعه مكانه.",
    "note-changed":
      "عدّل أحد زملائكم هذه الملاحظة في الأثناء. صياغته تظهر فوق الاستمارة؛ وصياغتكم لا تزال فيها، والحفظ ثانية يضعها مكان صياغته.",
    "note-gone": "حُذفت هذه الملاحظة في الأثناء. ما كتبتموه لا يزال في الاستمارة؛ والحفظ ثانية يكتبها من جديد.",
    "note-not-yours": "قارئو الوفد يقرؤون ملاحظاته. اطلبوا من رئيس وفدكم أن يجعلكم محررين.",
    "note-not-to-delete": "يحذف الملاحظةَ رئيسُ الوفد أو من كتبها أولا.",
  },
  field: {
    "table-nothing": "اختاروا ملفا، أو ألصقوا أسطر جدول.",
    "table-too-large": "هذا أكبر من 2 ميغابايت، أي أكبر بكثير من جدول وفود. اختاروا الملف الصحيح.",
    "table-too-long": "في الجدول أكثر من {{most}} سطر. لم يُقرأ منه شيء: اختاروا الملف الصحيح، أو قسّموه.",
    "table-no-text":
      "هذا ليس جدولا نصيا. اختاروا في برنامج الجداول «حفظ باسم» ثم «CSV UTF-8»، ثم اختاروا ذلك الملف.",
    "table-encoding":
      "لا يمكن معرفة حروف هذا الملف: فهو ليس بترميز UTF-8 ولا UTF-16 ولا Windows-1252. اختاروا في برنامج الجداول «حفظ باسم» ثم «CSV UTF-8»، ثم اختاروا ذلك الملف.",
    "table-quotes":
      "علامة اقتباس في السطر {{line}} أو قبله غير مغلقة، فتداخلت الأسطر. أغلقوها، أو احفظوا الجدول من جديد من برنامج الجداول.",
    "note-empty": "اكتبوا شيئا، أو احذفوا الملاحظة.",
  },
} as const satisfies InArabic<typeof english>;
