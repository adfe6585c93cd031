// The audit report as a person meets it: opened from the disk, by keyboard, on a small screen, with assistive
// technology, on paper, without network.  REPORT is the file, SCREENSHOTS the folder for pictures to look at.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const address = pathToFileURL(process.env.REPORT).href;
const kWcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser;
let context;
let page;
let complaints;  // what the console, the page and the network said that a quiet page would not

async function open(options = {}) {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith('data:')) complaints.push(`request: ${url}`);
  });
  await page.goto(address);
}

const picture = (name) => page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: false });
// Opened through the DOM, for the checks that want to see everything at once.
const openEveryDetails = () => page.evaluate(() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
after(() => browser?.close());
beforeEach(() => open());

test('says what it is, in a language it names', async () => {
  assert.notEqual(await page.title(), '');
  assert.match(await page.getAttribute('html', 'lang') ?? '', /^[a-z]{2}/);
  assert.equal(await page.locator('h1').count(), 1);
  await picture('report');
});

test('is one file: no request, no complaint', async () => {
  await openEveryDetails();
  assert.deepEqual(complaints, []);
});

test('is complete without scripts', async () => {
  const withScripts = await page.locator('body').innerText();
  await open({ javaScriptEnabled: false });
  assert.equal(await page.locator('body').innerText(), withScripts);
});

test('every details that shows can be reached and opened by keyboard', async () => {
  const summaries = await page.locator('summary:visible').count();
  assert.ok(summaries > 0, 'the report has no details to open');
  const reached = new Set();
  // Tab through the whole page once; a page that traps the focus ends with summaries missing.
  const stops = await page.locator('a[href], button, summary, input, select, textarea, [tabindex]').count();
  for (let i = 0; i <= stops; ++i) {
    await page.keyboard.press('Tab');
    const summary = await page.evaluate(() => {
      const focused = document.activeElement;
      return focused?.tagName === 'SUMMARY' ? [...document.querySelectorAll('summary')].indexOf(focused) : -1;
    });
    if (summary >= 0) reached.add(summary);
  }
  assert.equal(reached.size, summaries);

  const first = page.locator('summary:visible').first();
  await first.focus();
  const isOpen = () => first.evaluate((summary) => summary.parentElement.open);
  const wasOpen = await isOpen();
  await page.keyboard.press('Enter');
  assert.notEqual(await isOpen(), wasOpen);
  await picture('report-details');
});

test('fits a screen 320 pixels wide', async () => {
  await open({ viewport: { width: 320, height: 640 } });
  await openEveryDetails();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `the page is ${wide} pixels wide`);
  const dates = await page.evaluate(() => [...document.querySelectorAll('.day')].map((date) =>
    [date.textContent, date.getClientRects().length]));
  assert.ok(dates.length > 100, 'the report has next to no dates');
  assert.deepEqual(dates.filter(([, lines]) => lines > 1), [], 'dates broken at their hyphens');
  await picture('report-320');
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe-core finds nothing (${colorScheme})`, async () => {
    await open({ colorScheme });
    await openEveryDetails();
    await page.evaluate(axeSource);
    const found = await page.evaluate((tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } }), kWcag);
    assert.deepEqual(found.violations.map((violation) =>
      `${violation.id}: ${violation.help}: ${violation.nodes[0].html}`), []);
    assert.ok(found.passes.length > 10, 'axe-core looked at next to nothing');
    await picture(`report-${colorScheme}`);
  });
}
