/** The writing tools. On a narrow screen those that are needed less go into a menu. */
import {
  Button,
  Group,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  ToggleButton,
  Toolbar,
} from "react-aria-components";
import { memo } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CommandName } from "#collab/client/editor/keys.ts";
import type { EditorFacts, TextEditorHandle } from "#collab/client/editor/editor-options.ts";
import { ROLES_OF_KIND } from "#collab/client/editor/roles.ts";
import type { TextKind } from "#collab/document.ts";
import type { Role } from "#collab/model.ts";
import { Icon } from "./saving-line.tsx";
import type { Dialog } from "./use-editor.ts";

type ToolsProps = {
  readonly kind: TextKind;
  readonly handle: TextEditorHandle | null;
  readonly facts: EditorFacts | null;
  readonly mayWrite: boolean;
  readonly open: (dialog: Dialog) => void;
};

/** What is saved changes twice with each letter; the tools do not. */
export const EditorTools = memo(function EditorTools({ kind, handle, facts, mayWrite, open }: ToolsProps) {
  const { t } = useTranslation("editor");
  const off = !handle || !mayWrite;
  const inText = !off && facts?.paragraphId !== null && !facts?.locked;
  const run = (command: CommandName) => (): void => void handle?.run(command);
  const more: readonly { readonly id: string; readonly act: () => void; readonly off: boolean }[] = [
    { id: "outdent", act: run("outdent"), off: !inText },
    { id: "indent", act: run("indent"), off: !inText },
    { id: "moveUp", act: run("moveUp"), off: !inText },
    { id: "moveDown", act: run("moveDown"), off: !inText },
    { id: "bracket", act: run("bracket"), off: !inText },
    { id: "footnote", act: run("footnote"), off: !inText },
    { id: "reference", act: () => open("reference"), off: !inText },
    { id: "find", act: () => open("find"), off: !handle },
    { id: "keys", act: () => open("keys"), off: !handle },
  ];
  const label = (id: string): string => t(`tools.${id as "find"}`);
  return (
    <Toolbar className="tools" aria-label={t("tools.aria")}>
      <RoleMenu
        kind={kind}
        facts={facts}
        isDisabled={!inText}
        pick={(role) => handle?.setRole(role)}
        turn={(dir) => handle?.setDirection(dir)}
        run={(command) => run(command)()}
      />
      <Separator orientation="vertical" />
      <Group aria-label={t("tools.aria")}>
        <Tool
          name={t("tools.strong")}
          isSelected={facts?.strong ?? false}
          isDisabled={!inText}
          press={run("strong")}
        >
          <b className="glyph">B</b>
        </Tool>
        <Tool name={t("tools.em")} isSelected={facts?.em ?? false} isDisabled={!inText} press={run("em")}>
          <i className="glyph">I</i>
        </Tool>
      </Group>
      <Separator orientation="vertical" />
      <Act name={t("tools.undo")} isDisabled={off || !facts?.mayUndo} press={run("undo")}>
        <ToolIcon
          flip
          path="M6 2v3h3.500A4.500 4.500 0 0 1 14 9.500V14h-2V9.500A2.500 2.500 0 0 0 9.500 7H6v3L1.500 6z"
        />
      </Act>
      <Act name={t("tools.redo")} isDisabled={off || !facts?.mayRedo} press={run("redo")}>
        <ToolIcon
          flip
          path="M10 2v3H6.500A4.500 4.500 0 0 0 2 9.500V14h2V9.500A2.500 2.500 0 0 1 6.500 7H10v3l4.500-4z"
        />
      </Act>
      <Separator orientation="vertical" className="wide-only" />
      <span className="wide-only tool-row">
        {more.map(({ id, act, off: isDisabled }) => (
          <Act key={id} name={label(id)} isDisabled={isDisabled} press={act}>
            <ToolIcon path={PATHS[id] ?? ""} flip={id === "outdent" || id === "indent"} />
          </Act>
        ))}
      </span>
      <span className="narrow-only">
        <MenuTrigger>
          <Button className="btn quiet tool" aria-label={t("tools.more")}>
            …
          </Button>
          <Popover className="tool-pop">
            <Menu className="tool-menu" disabledKeys={more.filter((tool) => tool.off).map((tool) => tool.id)}>
              {more.map(({ id, act }) => (
                <MenuItem key={id} id={id} onAction={() => afterClose(act)}>
                  {label(id)}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      </span>
    </Toolbar>
  );
});

/** A menu holds the focus until it has closed; what was picked gives it to the text. */
function afterClose(act: () => void): void {
  requestAnimationFrame(act);
}

/** Drawn on the grid of the other marks, 16 by 16. */
const PATHS: Readonly<Record<string, string>> = {
  outdent: "M1 2h14v2H1zM8 6h7v2H8zM8 10h7v2H8zM6 5v6L1 8zM1 13h14v2H1z",
  indent: "M1 2h14v2H1zM8 6h7v2H8zM8 10h7v2H8zM1 5v6l5-3zM1 13h14v2H1z",
  moveUp: "M8 1l5 6H9.200v8H6.800V7H3z",
  moveDown: "M8 15l5-6H9.200V1H6.800v8H3z",
  bracket: "M2 1.5h4v2H4v9h2v2H2zM14 1.5h-4v2h2v9h-2v2h4z",
  footnote: "M1 13h8v1.500H1zM1 3h8v1.500H1zM1 8h6v1.500H1zM12 2h1.500v6H12V4l-1.500.6V3z",
  reference: "M2 2h12v2H2zM2 6h6v2H2zM2 10h5v2H2zM10 7l5 3.500-5 3.500v-2.500H8.500v-2H10z",
  find: "M6.700 1a5.700 5.700 0 1 0 3.400 10.300l3.600 3.600 1.200-1.200-3.600-3.600A5.700 5.700 0 0 0 6.700 1Zm0 1.700a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z",
  keys: "M1 3h14v10H1zM2.500 4.500v7h11v-7zM4 6h1.500v1.500H4zM7.200 6h1.500v1.500H7.200zM10.500 6H12v1.500h-1.500zM5 9h6v1.500H5z",
};

/** `flip`: it points along the line, and so the other way in Arabic. */
function ToolIcon({ path, flip }: { readonly path: string; readonly flip?: boolean }) {
  return (
    <svg className={flip ? "i flip" : "i"} viewBox="0 0 16 16" aria-hidden="true">
      <path fillRule="evenodd" d={path} />
    </svg>
  );
}

type ToolProps = {
  readonly name: string;
  readonly isDisabled: boolean;
  readonly press: () => void;
  readonly children: ReactNode;
};

function Act({ name, isDisabled, press, children }: ToolProps) {
  return (
    <Button className="btn quiet tool" aria-label={name} isDisabled={isDisabled} onPress={press}>
      <span title={name}>{children}</span>
    </Button>
  );
}

function Tool({
  name,
  isSelected,
  isDisabled,
  press,
  children,
}: ToolProps & { readonly isSelected: boolean }) {
  return (
    <ToggleButton
      className="btn quiet tool"
      aria-label={name}
      isSelected={isSelected}
      isDisabled={isDisabled}
      onChange={press}
    >
      <span title={name}>{children}</span>
    </ToggleButton>
  );
}

type RoleMenuProps = {
  readonly kind: TextKind;
  readonly facts: EditorFacts | null;
  readonly isDisabled: boolean;
  readonly pick: (role: Role) => void;
  readonly turn: (dir: EditorFacts["dir"]) => void;
  readonly run: (command: CommandName) => void;
};

const DIRECTIONS = ["auto", "ltr", "rtl"] as const;

const RELATIONS = [
  { id: "insertAfter", keys: "Ctrl Shift Enter" },
  { id: "alternative", keys: "Alt Enter" },
  { id: "endRelation", keys: "" },
] as const;

/** What a paragraph is, what is added beside it, and in which direction it is written. */
function RoleMenu({ kind, facts, isDisabled, pick, turn, run }: RoleMenuProps) {
  const { t } = useTranslation("editor");
  const role = facts?.role ?? null;
  const name = role === null ? t("role.none") : t(`role.${role}`);
  return (
    <MenuTrigger>
      <Button className="btn quiet role" aria-label={t("tools.role", { role: name })} isDisabled={isDisabled}>
        <span className="role-name">{name}</span> <Icon id="down" />
      </Button>
      <Popover className="tool-pop">
        <Menu className="tool-menu" aria-label={t("tools.role", { role: name })}>
          {/* A note stays a note. */}
          {role === "footnote" ? null : (
            <MenuSection
              aria-label={t("tools.roles")}
              selectionMode="single"
              selectedKeys={role === null ? [] : [role]}
            >
              {ROLES_OF_KIND[kind].map((each, at) => (
                <MenuItem
                  key={each}
                  id={each}
                  textValue={t(`role.${each}`)}
                  onAction={() => afterClose(() => pick(each))}
                >
                  {t(`role.${each}`)} <kbd>Ctrl Alt {at + 1}</kbd>
                </MenuItem>
              ))}
            </MenuSection>
          )}
          {role === "footnote" || role === "plain" ? null : (
            <MenuSection>
              <Header>{t("tools.relations")}</Header>
              {RELATIONS.filter(({ id }) => id !== "endRelation" || facts?.isRelated).map(({ id, keys }) => (
                <MenuItem
                  key={id}
                  id={id}
                  textValue={t(`tools.${id}`)}
                  onAction={() => afterClose(() => run(id))}
                >
                  {t(`tools.${id}`)} {keys === "" ? null : <kbd>{keys}</kbd>}
                </MenuItem>
              ))}
            </MenuSection>
          )}
          <MenuSection selectionMode="single" selectedKeys={[facts?.dir ?? "auto"]}>
            <Header>{t("direction.menu")}</Header>
            {DIRECTIONS.map((each) => (
              <MenuItem key={each} id={each} onAction={() => afterClose(() => turn(each))}>
                {t(`direction.${each}`)}
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
