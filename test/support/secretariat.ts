/** What the secretariat does at its pages, form by form. */
import type { Page } from "playwright-core";

/** The form under this heading. */
export function formWith(page: Page, heading: string) {
  return page.locator("form").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });
}

/** Invites a person and gives the link that is shown once. */
export async function invite(page: Page, name: string, email: string): Promise<string> {
  await page.goto("/people");
  const form = formWith(page, "Invite a person");
  await form.getByLabel("Name", { exact: true }).fill(name);
  await form.getByLabel("E-mail address").fill(email);
  await form.getByRole("button", { name: "Make an invitation link" }).click();
  return readLink(page, name);
}

/** The link that is shown once for this person. */
export async function readLink(page: Page, name: string): Promise<string> {
  await page.getByRole("heading", { name: `Link for ${name}` }).waitFor();
  return page.locator("[data-link]").innerText();
}

/** Follows a link and chooses a password; the page is then the list of sessions. */
export async function follow(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.getByRole("heading", { name: "Sessions", level: 1 }).waitFor();
}

/** Adds the delegation, as the choice names it, with its first head. `session` is "/sessions/…". */
export async function addDelegation(
  page: Page,
  session: string,
  { entity, head }: { readonly entity: string; readonly head: string },
): Promise<void> {
  await page.goto(`${session}/delegations`);
  const form = formWith(page, "Add a delegation");
  await form.getByLabel("State or organization").selectOption({ label: entity });
  await form.getByRole("button", { name: "Add a delegation" }).click();
  const sheet = page.getByRole("region", { name: entity.replace(/ \(.*/, ""), exact: true });
  await sheet.getByText("Name the head of delegation").first().click();
  await sheet.getByLabel("Person").selectOption({ label: head });
  await sheet.getByRole("button", { name: "Name the head of delegation" }).click();
  const seat = sheet.getByRole("listitem").filter({ hasText: head });
  await seat.getByText("Head of delegation", { exact: true }).waitFor();
}

/** A head invites somebody into the delegation as editor, and gives the link that is shown once. */
export async function inviteDelegate(
  page: Page,
  session: string,
  person: { readonly name: string; readonly email: string },
): Promise<string> {
  await page.goto(`${session}/delegations`);
  await page.locator("summary").filter({ hasText: "Invite a person" }).click();
  await page.getByLabel("Name", { exact: true }).fill(person.name);
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Role").last().selectOption({ label: "Editor" });
  await page.getByRole("button", { name: "Invite a person" }).click();
  return readLink(page, person.name);
}

/** Creates a text under the item and gives its address. */
export async function createText(
  page: Page,
  session: string,
  text: { readonly kind: RegExp; readonly title: string; readonly symbol: string; readonly item: string },
): Promise<string> {
  await page.goto(`${session}/texts`);
  await page.getByLabel(text.kind).check();
  await page.getByLabel("Agenda item").selectOption({ label: text.item });
  await page.getByLabel("Title", { exact: true }).fill(text.title);
  await page.getByLabel("Symbol").fill(text.symbol);
  await page.getByRole("button", { name: "Create text" }).click();
  await page.waitForURL(/\/texts\/[^/]+$/);
  await page.getByRole("heading", { name: text.title, level: 1 }).waitFor();
  return new URL(page.url()).pathname;
}

/** Sets the audience of the text at this address: chosen, read what it means, done. */
export async function setAudience(
  page: Page,
  text: string,
  chosen: { readonly audience: string; readonly shows: string },
): Promise<void> {
  await page.goto(`${text}/settings`);
  await page.getByLabel(chosen.audience, { exact: true }).check();
  await page.getByLabel(chosen.shows).check();
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("heading", { name: "This is what it means" }).waitFor();
  await page.getByRole("button", { name: "Set this audience" }).click();
  await page.getByText("The audience is set.").waitFor();
}

export async function appointDrafter(page: Page, text: string, person: RegExp): Promise<void> {
  await page.goto(`${text}/settings`);
  const choice = page.getByLabel("Person");
  const option = await choice.locator("option").filter({ hasText: person }).getAttribute("value");
  await choice.selectOption(option ?? "");
  await page.getByRole("button", { name: "Appoint", exact: true }).click();
  await page.getByText("Appointed.", { exact: true }).waitFor();
}

/** The words come from the settings page of the text, which has to be open. */
export async function withdrawDrafter(page: Page, person: string): Promise<void> {
  await page.getByRole("button", { name: `Withdraw ${person}` }).click();
  await page.getByText("Withdrawn. Open pages of this person are closed.").waitFor();
}
