// Of a style sheet the rules of some components alone: node cut_css.mjs FILE NAME...  NAME is "timeline" or "alert__icon"; of a
// list of selectors those stay that name one of them.  Rules that would fetch a picture are left out.
import { readFileSync } from 'node:fs';

const [, , file, ...names] = process.argv;
const wanted = new RegExp(`\\.moj-(?:${names.join('|')})(?![a-z_-])`);

function* rulesOf(css) {
  for (let at = 0; at < css.length;) {
    const open = css.indexOf('{', at);
    if (open < 0) return;
    let end = open + 1;
    for (let depth = 1; depth > 0; ++end) depth += css[end] === '{' ? 1 : css[end] === '}' ? -1 : 0;
    yield [css.slice(at, open), css.slice(open + 1, end - 1)];
    at = end;
  }
}

function cut(css) {
  let out = '';
  for (const [head, body] of rulesOf(css)) {
    if (/^@(media|supports)/.test(head)) {
      const inside = cut(body);
      if (inside !== '') out += `${head}{${inside}}`;
    } else if (!head.startsWith('@') && !body.includes('url(')) {
      const kept = head.split(',').filter((selector) => wanted.test(selector));
      if (kept.length > 0) out += `${kept.join(',')}{${body}}`;
    }
  }
  return out;
}

const css = cut(readFileSync(file, 'utf8').replace(/\/\*.*?\*\//gs, ''));
for (const name of names) {
  if (!css.includes(`.moj-${name}`)) throw new Error(`${file} has no rule for ${name}`);
}
console.log(css);
