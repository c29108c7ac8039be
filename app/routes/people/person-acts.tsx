/** What the secretariat can do for or against somebody on the list. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Submit } from "#app/components/form.tsx";

export type Listed = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly state: "suspended" | "exercise" | "active" | "invited" | "double";
  readonly isMe: boolean;
  readonly hasCodes: boolean;
};

export function PersonActs({ person }: { readonly person: Listed }) {
  const { t } = useTranslation("people");
  const { id, name } = person;
  const isSuspended = person.state === "suspended";
  const mayHaveLink = person.email !== null && !isSuspended && person.state !== "double";
  return (
    <>
      {mayHaveLink ? (
        <Form method="post">
          <Submit intent="link" quiet values={{ person: id, name }}>
            {t("list.newLink")}
          </Submit>
        </Form>
      ) : null}
      {mayHaveLink && person.hasCodes ? (
        <Form method="post">
          <Submit intent="codes-link" quiet values={{ person: id, name }}>
            {t("codes.link")}
          </Submit>
        </Form>
      ) : null}
      {person.isMe ? null : (
        <Form method="post">
          <Submit intent={isSuspended ? "resume" : "suspend"} quiet values={{ person: id }}>
            {isSuspended ? t("list.resume") : t("list.suspend")}
          </Submit>
        </Form>
      )}
    </>
  );
}
