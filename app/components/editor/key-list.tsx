/** The list of keys. Focus goes back to the text when it closes. */
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { editor as words } from "#app/i18n/en/editor.ts";
import { KEY_LIST } from "#collab/client/editor/key-list.ts";
import type { RecordEnd } from "#collab/client/replica/replica.ts";
import { RecordNote } from "./record-strip.tsx";

type KeyListProps = {
  readonly isOpen: boolean;
  readonly close: () => void;
  /** The end of the text's record as this page saw it last. */
  readonly record: RecordEnd | null;
};

export function KeyList({ isOpen, close, record }: KeyListProps) {
  const { t } = useTranslation("editor");
  return (
    <ModalOverlay className="veil" isOpen={isOpen} isDismissable onOpenChange={(open) => open || close()}>
      <Modal className="sheet-dialog">
        <Dialog className="key-list">
          <Heading slot="title">{t("keys.title")}</Heading>
          <dl>
            {KEY_LIST.map(({ act, keys }) => (
              <div key={act}>
                <dt>{t(`keys.${act as keyof typeof words.keys}`)}</dt>
                <dd>
                  {keys.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
          {record ? <RecordNote end={record} /> : null}
          <Button className="btn" onPress={close}>
            {t("keys.close")}
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
