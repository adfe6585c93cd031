// Pages of packs (`lawbound doc PACK --html`) and of law (`lawbound law export --format html`, `law compare --html`)
// as people meet them.  PAGES and LAWS are folders of them, SCREENSHOTS the folder for pictures to look at.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { basename, join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const kWcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const pagesIn = (folder) => readdirSync(folder).filter((name) => name.endsWith('.html')).map((name) => join(folder, name));
const pages = pagesIn(process.env.PAGES);
const laws = pagesIn(process.env.LAWS);

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
after(() => browser?.close());

// What the console, the page and the network said that a quiet page would not.
async function open(path, options) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const address = pathToFileURL(path).href;
  const complaints = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== address) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { context, page, complaints };
}

test('there are pages', () => assert.ok(pages.length >= 2 && laws.length === 3));

for (const path of [...pages, ...laws]) {
  const name = basename(path);
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1200, 320]) {
      test(`${name}, ${width} pixels, ${colorScheme}`, async () => {
        const { context, page, complaints } = await open(path, { viewport: { width, height: 900 }, colorScheme });
        assert.equal(await page.locator('h1').count(), 1);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, 'too wide');
        await page.screenshot({
          path: join(process.env.SCREENSHOTS, `${name}-${width}-${colorScheme}.png`), fullPage: true, timeout: 120_000 });
        await page.evaluate(axeSource);
        const found = await page.evaluate(
          (tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } }), kWcag);
        assert.deepEqual(found.violations.map((violation) =>
          `${violation.id}: ${violation.help}: ${violation.nodes[0].html}`), []);
        assert.ok(found.passes.length > 10, 'axe-core looked at next to nothing');
        assert.deepEqual(complaints, []);
        await context.close();
      });
    }
  }

}

// The story of one case, and what was found in a sheet, are short and have no contents.
for (const path of pages.filter((one) => !/^(explained|look-..)\.html$/.test(basename(one)))) {
  test(`${basename(path)}: what the contents name is there, by keyboard`, async () => {
    const { context, page } = await open(path, {});
    const links = await page.locator('nav a').count();
    assert.ok(links >= 2);
    await page.keyboard.press('Tab');  // past the skip link
    for (let i = 0; i < links; ++i) {
      await page.keyboard.press('Tab');
      const [leads, target] = await page.evaluate(() => [document.activeElement.textContent,
        document.querySelector(document.activeElement.getAttribute('href'))?.textContent]);
      assert.equal(target, leads);
    }
    await context.close();
  });
}

test('a link to an item of a law leads there, and it stands out', async () => {
  const path = laws.find((one) => one.endsWith('law-2020.html'));
  const { context, page } = await open(path, {});
  await page.goto(`${pathToFileURL(path).href}#art_1/para_2/item_2`);
  assert.equal(await page.evaluate(() => document.querySelector(':target').textContent), '（二）黄灯笼：');
  const about = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  assert.equal(about['@type'], 'Legislation');
  assert.equal(about.temporalCoverage, '2021-01-01/..');
  await context.close();
});
