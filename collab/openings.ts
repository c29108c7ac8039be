/**
 * The opening words of preambular and operative paragraphs, which United Nations documents print in italics
 * (Editorial Manual, "Resolutions and decisions": the participle or verb, with the adverbs and phrases that belong to
 * it). Nobody formats them: they are found by rule, so "Recalling" is in italics the moment it is typed.
 */
import type { Role } from "./model.ts";

type Language = {
  /** Adverbs before the verb: "Further recalling", "Strongly condemns". */
  readonly before: readonly string[];
  readonly pp: readonly string[];
  readonly op: readonly string[];
  /** Adverbs behind it: "Recalling also". */
  readonly after: readonly string[];
  /** "with" of "Noting with deep concern"; after it `qualifiers` and then one of `feelings`. */
  readonly with: string;
  /** "its" of "Expressing its deep appreciation"; likewise. */
  readonly possessive: readonly string[];
  /** Verbs whose object belongs to them: "Expresses concern". */
  readonly express: readonly string[];
  readonly qualifiers: readonly string[];
  readonly feelings: readonly string[];
  readonly and: string;
};

const list = (words: string): readonly string[] => words.split(/\s*,\s*/);

const ENGLISH: Language = {
  before: list(
    `also, further, again, once again, once more, strongly, deeply, gravely, seriously, firmly, fully, keenly, solemnly,
    categorically, unequivocally, unreservedly, warmly, urgently, vigorously, particularly, especially, profoundly,
    extremely, highly, equally, still, acutely, increasingly, sincerely, specifically`,
  ),
  pp: list(
    `acknowledging, acting, affirming, alarmed, anticipating, appalled, appreciating, approving,
    aware, basing itself on, bearing in mind, believing, calling attention to, calling for, calling upon,
    cognizant, commending, concerned, condemning, confirming, congratulating, conscious, considering, contemplating, convinced, declaring, deploring, desiring, desirous, determined, disturbed, drawing attention to,
    drawing from, emphasizing, emphasising, encouraged, encouraging, endorsing, expecting, expressing,
    fulfilling, guided by, having adopted, having considered, having decided, having examined, having heard,
    having noted, having received, having regard to, having regard for, having reviewed, having studied, highlighting,
    hopeful, hoping, inspired by, intent, invoking, inviting, keeping in mind, looking forward, mindful, motivated by, noting, observing, outraged, paying tribute to, persuaded, pointing out,
    praising, proclaiming, reaffirming, realizing, recalling, recognizing, recognising, referring to, reflecting,
    regretting, reiterating, rejecting, remaining, remembering, reminding, renewing, reporting, resolved, saluting,
    seeking, seized of, sharing, shocked, stressing, supporting, taking into account,
    taking into consideration, taking note, taking full account of, thanking, troubled, underlining, underscoring, urging, viewing, welcoming`,
  ),
  op: list(
    `accepts, acknowledges, adopts, advises, affirms, agrees, appeals to, appeals, appoints, appreciates, approves, asks,
    authorizes, authorises, believes, calls attention to, calls for, calls on, calls upon, commends, commits itself,
    concludes, concurs, condemns, confirms, congratulates, considers, decides, declares, demands, deplores, designates,
    determines, directs, draws attention to, draws the attention of, elects, emphasizes, emphasises, encourages,
    endorses, establishes, expects, explains, expresses, extends, exhorts, hails, highlights, hopes, instructs, invites,
    looks forward, mandates, notes, observes, offers, pays tribute to, pledges, points out, proclaims,
    promotes, proposes, reaffirms, recalls, recognizes, recognises, recommends, refers, regrets, reiterates, rejects,
    reminds, remains seized of, renews, repeats, requests, requires, resolves, salutes, seeks, sets, shares, stresses,
    suggests, supports, takes into account, takes into consideration, takes note, terminates, thanks,
    transmits, trusts, underlines, underscores, undertakes, urges, welcomes`,
  ),
  after: list(
    `also, further, again, once again, once more, strongly, in particular, furthermore, additionally, moreover,
    in this regard, in this context, in that regard, urgently`,
  ),
  with: "with",
  possessive: ["its", "their", "our"],
  express: ["expressing", "expresses"],
  qualifiers: list(
    `deep, grave, great, serious, profound, particular, strong, much, full, utmost, sincere, growing, increasing, keen,
    warm, its, deepest, strongest, continued, continuing, high, heartfelt, firm, special, extreme, a sense of`,
  ),
  feelings: list(
    `concern, appreciation, satisfaction, regret, alarm, interest, approval, gratitude, thanks, conviction, hope,
    dismay, indignation, outrage, sympathy, condolences, solidarity, support, confidence, grief, sorrow, pride,
    disappointment, anxiety, condemnation, determination, belief, recognition, commendation`,
  ),
  and: "and",
};

const FRENCH: Language = {
  before: list("profondément, vivement, gravement, fermement, fortement, extrêmement, pleinement, toujours"),
  pp: list(
    `accueillant avec satisfaction, affirmant, agissant, alarmé, alarmée, approuvant, ayant à l'esprit, ayant adopté,
    ayant entendu, ayant examiné, ayant reçu, condamnant, consciente, conscient, considérant, constatant, convaincu,
    convaincue, demandant, déplorant, désireuse, désireux, déterminée, déterminé, encourageant, estimant, exprimant,
    félicitant, gardant à l'esprit, gardant présent à l'esprit, guidé par, guidée par, insistant sur, inquiet,
    inquiète, notant, observant, préoccupé, préoccupée, prenant acte, prenant en considération, prenant note, rappelant, réaffirmant, reconnaissant, regrettant,
    réitérant, remerciant, résolu, résolue, s'inspirant, saluant, sachant, se déclarant, se félicitant, se fondant sur, soulignant, soucieuse, soucieux, soutenant, tenant compte, `,
  ),
  op: list(
    `accueille avec satisfaction, accepte, adopte, affirme, appelle, appelle l'attention, approuve, appuie, autorise,
    charge, condamne, confirme, considère, constate, convient, décide, déclare, demande, demande instamment, déplore,
    désigne, encourage, engage, engage instamment, entérine, estime, exhorte, exige, exprime, fait appel, fait sien,
    fait sienne, félicite, insiste sur, invite, invite instamment, lance un appel, note, prend acte, prend note, prie, prie instamment, proclame, rappelle, réaffirme, recommande, reconnaît, regrette,
    réitère, rejette, remercie, renouvelle, rend hommage, salue, se déclare, se félicite, souligne,
    souscrit, soutient, sait gré`,
  ),
  after: list(
    `également, aussi, en outre, de nouveau, à nouveau, une fois encore, énergiquement, vivement, fermement, instamment,
    profondément, par ailleurs`,
  ),
  with: "avec",
  possessive: ["sa", "son", "ses", "leur"],
  express: ["exprimant", "exprime"],
  qualifiers: list(
    "une, un, la, une profonde, une vive, une grande, vive, profonde, grande, grave, plein, pleine",
  ),
  feelings: list(
    `préoccupation, satisfaction, intérêt, inquiétude, regret, gratitude, reconnaissance, appréciation, consternation,
    approbation, espoir, conviction`,
  ),
  and: "et",
};

const SPANISH: Language = {
  before: list("profundamente, gravemente, firmemente, plenamente, sumamente, seriamente, muy"),
  pp: list(
    `acogiendo con beneplácito, acogiendo con satisfacción, actuando, afirmando, alarmada, alarmado, alentada, alentado,
    apoyando, apreciando, consciente, considerando, condenando, convencida, convencido, decidida, decidido, deplorando, deseosa, deseoso, destacando, encomiando, enfatizando, expresando, guiada por,
    guiado por, habiendo aprobado, habiendo examinado, habiendo recibido, haciendo hincapié, haciendo notar, inspirada,
    lamentando, notando, observando, poniendo de relieve, preocupada, preocupado,
    reafirmando, recordando, reconociendo, reiterando, resaltando, resuelta, resuelto, señalando, subrayando,
    teniendo en cuenta, teniendo en mente, teniendo presente, tomando en consideración, tomando nota`,
  ),
  op: list(
    `acoge con beneplácito, acoge con satisfacción, acuerda, adopta, afirma, agradece, alienta, apoya, aprecia, aprueba,
    autoriza, celebra, condena, confirma, considera, decide, declara, deplora, destaca, elogia, encarece, encarga,
    encomia, enfatiza, exhorta, exige, expresa, felicita, hace hincapié, hace notar, hace suyo, hace suya,
    hace un llamamiento, insta, invita, lamenta, nota, observa, pide, pone de relieve, proclama, reafirma, recomienda,
    reconoce, recuerda, rechaza, reitera, respalda, resuelve, señala, solicita, subraya, toma nota`,
  ),
  after: list(
    `también, además, asimismo, nuevamente, una vez más, enérgicamente, firmemente, encarecidamente, de nuevo,
    profundamente`,
  ),
  with: "con",
  possessive: ["su", "sus"],
  express: ["expresando", "expresa"],
  qualifiers: list("profunda, gran, grave, suma, viva, honda, profundo, pleno, plena, especial"),
  feelings: list(
    `preocupación, satisfacción, interés, reconocimiento, aprecio, agradecimiento, gratitud, pesar, beneplácito, alarma,
    inquietud, aprobación`,
  ),
  and: "y",
};

type Phrases = ReadonlySet<string>;
type Table = {
  readonly before: Phrases;
  readonly verbs: { readonly pp: Phrases; readonly op: Phrases };
  readonly after: Phrases;
  readonly with: string;
  readonly possessive: Phrases;
  readonly express: Phrases;
  readonly qualifiers: Phrases;
  readonly feelings: Phrases;
  readonly and: string;
};

const TABLES: readonly Table[] = [ENGLISH, FRENCH, SPANISH].map((language) => ({
  before: new Set(language.before),
  verbs: { pp: new Set(language.pp), op: new Set(language.op) },
  after: new Set(language.after),
  with: language.with,
  possessive: new Set(language.possessive),
  express: new Set(language.express),
  qualifiers: new Set(language.qualifiers),
  feelings: new Set(language.feelings),
  and: language.and,
}));

/** No opening is longer than this many words. */
const LONGEST = 14;
const LONGEST_PHRASE = 4;

type LeadingWord = { readonly text: string; readonly end: number };

/** Words from the start, in lower case, as long as only spaces and brackets stand between them. */
function leadingWords(words: string): LeadingWord[] {
  const found: LeadingWord[] = [];
  const pattern = /[\s[\]]*([\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*)/uy;
  while (found.length < LONGEST) {
    const match = pattern.exec(words);
    if (match?.[1] === undefined) break;
    found.push({ text: match[1].toLowerCase().replace("’", "'"), end: pattern.lastIndex });
  }
  return found;
}

/** How many words from `at` on form the longest phrase of the set. */
function phrase(words: readonly LeadingWord[], at: number, phrases: Phrases): number {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length -= 1) {
    const joined = words
      .slice(at, at + length)
      .map((word) => word.text)
      .join(" ");
    if (phrases.has(joined)) return length;
  }
  return 0;
}

function many(words: readonly LeadingWord[], at: number, phrases: Phrases): number {
  let next = at;
  for (let step = phrase(words, next, phrases); step > 0; step = phrase(words, next, phrases)) next += step;
  return next;
}

/** "[its] deep concern [and regret]": the word behind it, or `at` when there is none. */
function feeling(words: readonly LeadingWord[], at: number, table: Table): number {
  const qualified = many(words, at, table.qualifiers);
  const named = qualified + phrase(words, qualified, table.feelings);
  if (named === qualified) return at;
  if (words[named]?.text !== table.and) return named;
  const second = feeling(words, named + 1, table);
  return second > named + 1 ? second : named;
}

function verb(words: readonly LeadingWord[], at: number, table: Table, verbs: Phrases): number {
  const start = many(words, at, table.before);
  const length = phrase(words, start, verbs);
  if (length === 0) return at;
  let next = many(words, start + length, table.after);
  if (length === 1 && table.express.has(words[start]?.text ?? "")) {
    next = feeling(words, next + phrase(words, next, table.possessive), table) || next;
    if (!table.feelings.has(words[next - 1]?.text ?? "")) next = start + length;
    next = many(words, next, table.after);
  }
  if (words[next]?.text === table.with) {
    const felt = feeling(words, next + 1, table);
    if (felt > next + 1) next = many(words, felt, table.after);
  }
  if (words[next]?.text === table.and) {
    const second = verb(words, next + 1, table, verbs);
    if (second > next + 1) return second;
  }
  return next;
}

/**
 * How many characters (UTF-16 units) from the start of a paragraph are opening words; 0 for other roles and when the
 * paragraph begins with none. English, French and Spanish; languages without italics have none.
 */
export function openingLength(role: Role, words: string): number {
  if (role !== "pp" && role !== "op") return 0;
  const leading = leadingWords(words);
  for (const table of TABLES) {
    const count = verb(leading, 0, table, table.verbs[role]);
    if (count > 0) return leading[count - 1]?.end ?? 0;
  }
  return 0;
}
