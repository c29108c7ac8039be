/** One paragraph's life: each wording with who, when, what changed, and a way back to it. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Answer } from "#app/components/form.tsx";
import type { ParagraphAct } from "#collab/attribution.ts";
import { When } from "#app/components/when.tsx";
import { type AskedWording, ConfirmWording } from "./confirm-wording.tsx";
import { Formatted } from "./formatted.tsx";

export type LifePiece = {
  readonly kind: "equal" | "ins" | "del";
  readonly text: string;
  readonly em: boolean;
  readonly strong: boolean;
};

export type Wording = {
  /** Null for a wording whose time and author are not told. */
  readonly seq: number | null;
  readonly at: number | null;
  readonly by: { readonly name: string; readonly siglum: string } | null;
  readonly acts: readonly ParagraphAct[];
  readonly pieces: readonly LifePiece[];
  /** Issued versions that say this. */
  readonly versions: readonly { readonly id: string; readonly name: string }[];
};

type ParagraphLifeProps = {
  /** Newest first. */
  readonly wordings: readonly Wording[];
  readonly base: string;
  readonly zone: string;
  readonly lang: string;
  readonly mayRestore: boolean;
  /** The wording that is to be restored once this is confirmed. */
  readonly asks: AskedWording | null;
  /** Of the paragraph, and the address of this page. */
  readonly label: string;
  readonly here: string;
  readonly answer: Answer;
};

export function ParagraphLife(props: ParagraphLifeProps) {
  const { wordings, base, zone, lang, mayRestore, asks, label, here, answer } = props;
  const { t } = useTranslation("text");
  return (
    <ol className="life">
      {wordings.map((wording, at) => (
        <li key={wording.seq ?? `v${at}`}>
          <div>
            {wording.at === null ? null : (
              <b>
                <When at={wording.at} zone={zone} />
              </b>
            )}
            {wording.seq === null ? null : (
              <p>
                {wording.by?.name || t("compare.server")}{" "}
                <span className="code">{wording.by?.siglum ?? ""}</span>
              </p>
            )}
            {wording.acts.map((act) => (
              <p key={act} className="cap">
                {t(`paragraph.act.${act}`)}
              </p>
            ))}
            {wording.versions.length === 0 ? null : (
              <p className="cap">
                {t("paragraph.inVersions")}{" "}
                {wording.versions.map((version, place) => (
                  <span key={version.id}>
                    {place > 0 ? t("chrome:comma") : ""}
                    <Link to={`${base}/versions/${version.id}`} reloadDocument>
                      {version.name}
                    </Link>
                  </span>
                ))}
              </p>
            )}
          </div>
          <div>
            <p className="wording" lang={lang} dir="auto">
              {wording.pieces.map((piece, place) => (
                <Piece key={place} piece={piece} />
              ))}
            </p>
            {mayRestore && at > 0 ? (
              <p>
                <Link
                  className="btn"
                  id={`restore-${originOf(wording)}`}
                  to={`${here}?restore=${originOf(wording)}`}
                  preventScrollReset
                >
                  {t("paragraph.restore")}
                </Link>
              </p>
            ) : null}
            {asks !== null && at > 0 && asks.origin === originOf(wording) ? (
              <ConfirmWording
                key={asks.origin}
                asks={asks}
                label={label}
                values={valuesOf(wording)}
                back={here}
                answer={answer}
              />
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Names a wording in an address: where it stands in the log, or a version that says it. */
export function originOf({ seq, versions }: Wording): string {
  return seq === null ? (versions[0]?.id ?? "") : `${seq}`;
}

function valuesOf(wording: Wording): Record<string, string> {
  return { [wording.seq === null ? "version" : "seq"]: originOf(wording) };
}

function Piece({ piece: { kind, text, em, strong } }: { readonly piece: LifePiece }) {
  const words = (
    <Formatted em={em} strong={strong}>
      {text}
    </Formatted>
  );
  if (kind === "equal") return words;
  return kind === "ins" ? <ins className="ins">{words}</ins> : <del className="del">{words}</del>;
}
