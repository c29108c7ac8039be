/** What paragraphs were called on the paper before, and are called on this one. */
import { useTranslation } from "react-i18next";
import type { Renamed } from "#collab/numbering.ts";

export type RenamedSome = {
  /** The first of them. */
  readonly some: readonly Renamed[];
  readonly more: number;
};

export function RenamedList({ renamed: { some, more } }: { readonly renamed: RenamedSome }) {
  const { t } = useTranslation("text");
  return (
    <table className="text-table renamed">
      <thead>
        <tr>
          <th scope="col">{t("versions.numberOld")}</th>
          <th scope="col">{t("versions.numberNew")}</th>
        </tr>
      </thead>
      <tbody>
        {some.map(({ id, from, to }) => (
          <tr key={id}>
            <td>
              <bdi>{from}</bdi>
            </td>
            <td>
              <bdi>{to}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
      {more > 0 ? (
        <tfoot>
          <tr>
            <td colSpan={2}>{t("versions.numbersMore", { count: more })}</td>
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}
