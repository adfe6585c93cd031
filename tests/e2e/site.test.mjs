// The pages of a served authority in Chromium: both languages, keyboard alone, 320 pixels, axe-core, hostile text in every
// field, forms of other sites, a session that ends in the midst of a form.  MADE is the program that serves the made-up
// matter (src/pages/made_service_for_test.h), ASSETS and TEMPLATES what it takes, SCREENSHOTS the folder for pictures.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const kWcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const kMatter = '0123456789abcdef0123456789abcdef';
const kHostile = `"><script>alert('x')</script><b>面馆</b>&amp;'`;

let server, root, browser, context, page;
let complaints;  // of the console, the page and the network

async function open(options = {}) {
  await context?.close();
  // Pages carry no script; the policy that forbids any would forbid axe-core too.
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true, ...options });
  page = await context.newPage();
  complaints = [];
  page.on('dialog', (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(root) && !request.url().startsWith('data:')) complaints.push(`request: ${request.url()}`);
  });
}
const go = (path) => page.goto(root + path);
const made = (query = '') => fetch(`${root}/made${query}`).then((answer) => answer.json());
const picture = (name) => page.screenshot({ path: join(process.env.SCREENSHOTS, `site-${name}.png`), fullPage: true });
const text = () => page.locator('body').innerText();

async function signIn(language = 'en') {
  await go(`/${language}/sign-in`);
  await page.fill('#number', '1001');
  await page.fill('#password', 'right');
  await page.fill('#code', '123456');
  await page.click('main button');
}
async function enterCode(language = 'en') {
  await go(`/${language}/follow`);
  await page.fill('#party-code', ' party code ');
  await page.click('main button');
}

before(async () => {
  server = spawn(process.env.MADE, [process.env.ASSETS, process.env.TEMPLATES], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise((resolve) => server.stdout.once('data', (data) => resolve(String(data).trim())));
  root = `http://127.0.0.1:${port}`;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
after(async () => {
  await browser?.close();
  server?.stdin.end();
});
beforeEach(async () => {
  await made();
  await open();
});

const kPages = [
  ['front', '/', null], ['sign-in', '/sign-in', null], ['follow', '/follow', null], ['verify', '/verify', null],
  ['published', '/published', null], ['supervision', '/supervision', null],
  ['counted', '/supervision/acts?office=market&pack=prc%2Fmade&act=decide&verdict=lawful', null], ['clock', '/clock', null],
  ['not-found', '/nowhere', null], ['desk', '/desk', 'official'], ['matter', `/matter/${kMatter}`, 'official'],
  ['act', `/matter/${kMatter}/act/decide`, 'official'], ['document', `/matter/${kMatter}/document/5`, 'official'],
  ['document-missing', `/matter/${kMatter}/document/6`, 'official'],
  ['my-matter', '/my-matter', 'party'], ['my-act', `/matter/${kMatter}/act/state`, 'party'],
  ['challenge', '/challenge/6/apply?pack=prc%2Freview', 'party'], ['begin', '/begin/discover?pack=prc%2Fmade', 'official'],
];

async function axe() {
  await page.evaluate(() => { for (const one of document.querySelectorAll('details')) one.open = true; });
  await page.evaluate(axeSource);
  const found = await page.evaluate((tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } }), kWcag);
  assert.deepEqual(found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html).join(' | ')}`), []);
  assert.ok(found.passes.length > 10, 'axe-core looked at next to nothing');
}

for (const language of ['en', 'zh']) {
  for (const [name, path, who] of kPages) {
    test(`${name} (${language}): no violation, nothing runs, fits 320 pixels`, async () => {
      if (who === 'official') await signIn(language);
      if (who === 'party') await enterCode(language);
      await go(`/${language}${path}`);
      assert.equal(await page.locator('h1').count(), 1);
      assert.equal(await page.getAttribute('html', 'lang'), language === 'zh' ? 'zh-CN' : 'en');
      await picture(`${name}-${language}`);
      await axe();
      await page.setViewportSize({ width: 320, height: 640 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 320, `the page is ${wide} pixels wide`);
      await picture(`${name}-${language}-320`);
      assert.deepEqual(complaints, []);
      assert.equal(await page.locator('script').count(), 0);
      assert.equal(await page.locator('main b').count(), 0, 'text became markup');
    });
  }

  test(`answers (${language}): refused with the sum of days, stale, recorded`, async () => {
    await signIn(language);
    await made('?closed=1');
    await go(`/${language}/matter/${kMatter}/act/decide`);
    await page.fill('#field-facts', kHostile);
    await page.click('main form button[type=submit]');
    assert.match(await text(), /2025-02-05/);
    assert.equal(await page.inputValue('#field-facts'), kHostile);
    await picture(`refused-${language}`);
    await axe();
    await made('?stale=1');
    await page.click('main form button[type=submit]');
    assert.equal(await page.inputValue('#field-facts'), kHostile);
    await picture(`stale-${language}`);
    await axe();
    await made();
    await page.click('main form button[type=submit]');
    assert.equal(await page.locator('.govuk-panel').count(), 1);
    await picture(`recorded-${language}`);
    await axe();
    assert.deepEqual(complaints, []);
  });
}

test('the first visit is small', async () => {
  const html = await fetch(`${root}/zh/`, { headers: { 'accept-encoding': 'identity' } }).then((answer) => answer.text());
  const css = await fetch(root + html.match(/href="(\/assets\/[^"]+)"/)[1]).then((answer) => answer.text());
  const bytes = gzipSync(html).length + gzipSync(css).length;
  console.log(`first visit: ${bytes} bytes compressed`);
  assert.ok(bytes <= 60 * 1024, `${bytes} bytes`);
});

test('by keyboard alone: sign in, open a matter, do an act', async () => {
  await go('/en/');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to main content');
  const tabTo = async (wanted) => {
    for (let i = 0; i < 120; ++i) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((id) => document.activeElement?.id === id || document.activeElement?.textContent?.trim() === id, wanted)) return;
    }
    assert.fail(`no way by keyboard to ${wanted}`);
  };
  await tabTo('Sign in');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/sign-in');
  await tabTo('number'); await page.keyboard.type('1001');
  await tabTo('password'); await page.keyboard.type('right');
  await tabTo('code'); await page.keyboard.type('123456');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/desk');
  await tabTo('Check the defence');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/act/check-defence');
  await tabTo('field-facts'); await page.keyboard.type('typed by keyboard');
  await tabTo('Send');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.govuk-panel');
});

test('wrong codes are one answer, and what was typed stays', async () => {
  await go('/en/sign-in');
  await page.fill('#number', '1001');
  await page.fill('#password', 'wrong');
  await page.click('main button');
  assert.match(await page.title(), /^Error/);
  assert.equal(await page.inputValue('#number'), '1001');
  assert.equal(await page.inputValue('#password'), '');
  await axe();
});

test('a session that ended keeps what was typed', async () => {
  await signIn();
  await go(`/en/matter/${kMatter}/act/decide`);
  await page.fill('#field-facts', kHostile);
  await page.check('#field-grave');
  await made('?out=1');
  await page.click('main form button[type=submit]');
  assert.match(await text(), /signed out/);
  await picture('session-over');
  await axe();
  await made();
  await page.fill('#number', '1001');
  await page.fill('#password', 'right');
  await page.fill('#code', '123456');
  await page.click('main button');
  assert.equal(await page.inputValue('#field-facts'), kHostile);
  assert.ok(await page.isChecked('#field-grave'));
  assert.deepEqual(complaints, []);
});

test('a form error is at its field', async () => {
  await signIn();
  await go(`/en/matter/${kMatter}/act/decide`);
  await page.fill('#field-amount', 'wrong');
  await page.click('main form button[type=submit]');
  await page.click('.govuk-error-summary a');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'field-amount');
  await axe();
});

test('a form without our token does nothing, and shows what was typed', async () => {
  await signIn();
  const before = (await made()).done;
  await go(`/en/matter/${kMatter}/act/decide`);
  await page.evaluate(() => { document.querySelector('main form input[name=token]').value = 'forged'; });
  await page.fill('#field-facts', 'kept');
  await page.click('main form button[type=submit]');
  assert.equal(await page.inputValue('#field-facts'), 'kept');
  assert.equal((await made()).done, before);
  await page.click('main form button[type=submit]');
  assert.equal((await made()).done, before + 1);
});

test('sent twice it stands once', async () => {
  await signIn();
  await go(`/en/matter/${kMatter}/act/decide`);
  await page.click('main form button[type=submit]');
  await page.waitForSelector('.govuk-panel');
  await page.goBack();
  await page.click('main form button[type=submit]');
  assert.match(await text(), /stands once/);
});

test('a matter of others is as if there were none', async () => {
  const status = async (path, options) => (await fetch(root + path, { redirect: 'manual', ...options })).status;
  assert.equal(await status(`/en/matter/${kMatter}`), 401);
  assert.equal(await status('/en/matter/ffffffffffffffffffffffffffffffff', { headers: { cookie: 'lb_session=sessiontoken' } }), 404);
  assert.equal(await status('/en/matter/..%2f..%2fetc', { headers: { cookie: 'lb_session=sessiontoken' } }), 400);
  assert.equal(await status(`/en/matter/${kMatter}/act/%3Cscript%3E`, { headers: { cookie: 'lb_session=sessiontoken' } }), 404);
  assert.equal(await status('/en/receipt/99999', { headers: { cookie: 'lb_session=sessiontoken' } }), 404);
  assert.equal(await status('/en/receipt/-1'), 404);
});

test('pages say who may frame, script and keep them, and cookies are strict', async () => {
  const answer = await fetch(`${root}/en/sign-in`);
  assert.match(answer.headers.get('content-security-policy'), /default-src 'none'/);
  assert.doesNotMatch(answer.headers.get('content-security-policy'), /unsafe/);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.match(answer.headers.get('set-cookie'), /SameSite=Strict.*HttpOnly/);
  const big = await fetch(`${root}/en/sign-in`, { method: 'POST', body: 'x'.repeat(2 << 20), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  assert.equal(big.status, 413);
  assert.match(await big.text(), /too long/);
});

test('a receipt that is none is refused', async () => {
  await go('/en/verify');
  await page.setInputFiles('#receipt', { name: 'x.tlog-proof', mimeType: 'application/octet-stream', buffer: Buffer.from('no receipt <script>') });
  await page.click('main form button[type=submit]');
  assert.match(await text(), /Not verified/);
  await axe();
});
