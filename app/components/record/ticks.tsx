/** What can be ticked in the form of a draft. */
import type { Answer, Choice } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { useRefusals } from "#app/components/message.ts";

type TickProps = {
  readonly name: string;
  readonly legend: string;
  readonly hint: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly answer: Answer;
};

export function Ticks({ name, legend, hint, choices, chosen, answer }: TickProps) {
  return (
    <fieldset className="f" id={`f-${name}`} tabIndex={-1}>
      <legend>{legend}</legend>
      <span className="hint">{hint}</span>
      <div className="exceptions">
        {choices.map(({ value, label }) => (
          <label key={value} className="choice">
            <input type="checkbox" name={name} value={value} defaultChecked={chosen.includes(value)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <Wrong name={name} answer={answer} />
    </fieldset>
  );
}

export function Wrong({ name, answer }: { readonly name: string; readonly answer: Answer }) {
  const { sayField } = useRefusals();
  const code = answer?.refusal.fields?.[name];
  if (!code) return null;
  return (
    <span className="wrong">
      <Icon name="alert" /> {sayField(code, answer?.refusal.values)}
    </span>
  );
}
