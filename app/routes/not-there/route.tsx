/** Every address that nothing stands at. */
import { notThere } from "#app/routes/answers.ts";

export function loader() {
  throw notThere();
}

export function action() {
  throw notThere();
}

export default function NotThere() {
  return null;
}
