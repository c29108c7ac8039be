/** What is said when reference data, a topic or the calendar was not changed, in Arabic. */
import type { errorsReference as english } from "#app/i18n/en/errors-reference.ts";
import type { InArabic } from "#app/i18n/translated.ts";

export const errorsReference = {
  refusal: {
    "nothing-changed": "لا شيء يختلف عما هو مسجل. غيّروا شيئا أولا، أو غادروا الصفحة.",
    "corrected-meanwhile":
      "صحح شخص ما هذا القيد وأنتم تكتبون. ما هو قائم الآن معروض في الصفحة، وما كتبتموه في النموذج: قارنوا بينهما ثم أرسلوا من جديد.",
    "reading-of-a-state":
      "رد وفد الدولة نفسها على هذه القراءة: كلمتها هي القائمة، وتبقى القراءة في السجل كما كانت.",
    "topic-changed":
      "غيّر شخص ما هذا الموضوع وأنتم تكتبون. ما هو قائم الآن معروض في الصفحة، وما كتبتموه في النموذج: قارنوا بينهما ثم أرسلوا من جديد.",
    "topic-closed": "أقفل شخص ما هذا الموضوع في هذه الأثناء. أعيدوا تحميل الصفحة.",
    "topic-open": "أعاد شخص ما فتح هذا الموضوع في هذه الأثناء. أعيدوا تحميل الصفحة.",
  },
  field: {
    "reason-missing": "اذكروا السبب. فهو يرد في السجل.",
    "reading-summary-missing": "قولوا في جملة ما تقوله الوثيقة.",
    "date-vague": "اذكروا تاريخ المصدر بقدر ما هو معروف: السنة، أو السنة-الشهر، أو السنة-الشهر-اليوم.",
    "confidence-unknown": "اختاروا درجة الثقة بالقراءة.",
    "publication-unknown": "اختاروا أحد المنشورات، أو الوثيقة نفسها.",
    "code-taken": "هذا الرمز لدولة أو منظمة أخرى. اختاروا رمزا آخر.",
    "group-not-there": "اختاروا إحدى المجموعات الإقليمية، أو لا شيء.",
    "membership-ends": "يأتي أول يوم خارجها بعد أول يوم داخلها.",
    "membership-overlaps": "العضوية مسجلة في بعض هذه الأيام بالفعل. صححوا تلك العضوية أو اختتموها بدلا من ذلك.",
    "role-unknown": "اختاروا أحد الأدوار.",
    "topic-taken": "هذا الاسم لموضوع آخر. اختاروا اسما آخر.",
    "stance-taken": "هذا اسم موضع على هذا المقياس أو كان اسما له. اختاروا اسما آخر.",
    "scale-short": "ضعوا للمقياس موضعين على الأقل، واحدا في كل سطر.",
    "outline-line": "ابدأوا كل سطر برقم البند ثم عنوانه: 5 (c) How international law applies.",
    "outline-twice": "يرد كل رقم مرة واحدة. ابحثوا عن الرقم المكرر.",
    "outline-parent": "يحتاج بند مثل 5 (c) إلى البند 5. أضيفوه، أو اختاروا رقما آخر.",
    "scale-full": "للمقياس اثنا عشر موضعا على الأكثر.",
  },
} as const satisfies InArabic<typeof english>;
