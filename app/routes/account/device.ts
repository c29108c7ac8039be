/** Browser and system of a login, from what the browser says of itself. */

/** The first that fits: many name another one as well, to be taken for it. */
const browsers: readonly (readonly [string, RegExp])[] = [
  ["Edge", /\bEdg(e|A|iOS)?\//],
  ["Opera", /\b(OPR|Opera|OPT)\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Firefox", /\b(Firefox|FxiOS)\//],
  ["Chromium", /\bChromium\//],
  ["Chrome", /\b(Headless)?(Chrome|CriOS)\//],
  ["Safari", /\bVersion\/\S+.* Safari\//],
];

const systems: readonly (readonly [string, RegExp])[] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMac ?OS X\b|\bMacintosh\b/],
  ["Linux", /\bLinux\b|\bX11\b/],
];

/** "Firefox" on "Windows"; null unless both are known, and then the words of the browser itself are shown. */
export function deviceIn(userAgent: string): { readonly browser: string; readonly system: string } | null {
  const named = (known: typeof browsers) => known.find(([, sign]) => sign.test(userAgent))?.[0];
  const browser = named(browsers);
  const system = named(systems);
  return browser && system ? { browser, system } : null;
}
