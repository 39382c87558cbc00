// Checks every colour pair declared at the head of tokens.css in both themes.
// Run: node style/check-contrast.mjs. Exits 1 when a pair is too weak, unknown, or the two dark blocks differ.
import { readFileSync } from "node:fs";

const NEEDED = { text: 4.5, ui: 3 };
const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
const failures = [];

/** Hex colours of the block that starts at `selector`. */
function block(selector) {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9A-Fa-f]{6});/g)].map((m) => [m[1], m[2].toUpperCase()]));
}

/** Relative luminance after WCAG 2.2. */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a, b) {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
}

const light = block(":root");
const dark = block('html:not([data-theme="light"])');
const chosen = block('html[data-theme="dark"]');
if (JSON.stringify(dark) !== JSON.stringify(chosen)) failures.push("the two dark blocks of tokens.css differ");
for (const name of Object.keys(light)) if (!dark[name]) failures.push(`--${name} has no dark value`);

let checked = 0;
for (const [, front, backs, kind] of css.matchAll(/pair: ([\w-]+) on ([\w, -]+?) (text|ui)$/gm)) {
  for (const back of backs.split(", ")) {
    for (const [theme, tokens] of [["light", light], ["dark", dark]]) {
      if (!tokens[front] || !tokens[back]) {
        failures.push(`unknown token in pair "${front} on ${back}" (${theme})`);
        continue;
      }
      checked += 1;
      const got = ratio(tokens[front], tokens[back]);
      if (got < NEEDED[kind]) failures.push(`${theme}: ${front} on ${back} is ${got.toFixed(2)}, needs ${NEEDED[kind]} (${kind})`);
    }
  }
}
if (checked === 0) failures.push("no pair found in tokens.css");
for (const line of failures) console.error(line);
console.log(`contrast: ${checked} pairs checked, ${failures.length} failures`);
process.exit(failures.length ? 1 : 0);
