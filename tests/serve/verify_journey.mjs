// The owner fetches the notice as a file, with its receipt, and verifies both: by upload, and by the page that was saved to
// disk, without a network.  What was changed is refused, by a byte.  Begun by browser_journey.py.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const told = JSON.parse(process.env.TOLD);
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kWcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const at = (name) => join(told.pictures, name);
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
after(() => browser?.close());

async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const asked = [], wrong = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
  return { context, page, asked, wrong };
}
async function axe(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate((tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } }), kWcag);
  assert.deepEqual(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`), []);
  assert.ok(found.passes.length > 10, 'axe-core looked at next to nothing');
}
async function fetched(page, address) {
  const waiting = page.waitForEvent('download');
  await page.evaluate((where) => { location.href = where; }, address);
  return readFileSync(await (await waiting).path());
}
// Only the byte at `index` differs.
function changed(bytes, index) {
  const out = Buffer.from(bytes);
  out[index] ^= 1;
  return out;
}
const files = {};

test('the owner gets the notice as a file, and it stays what it is', async () => {
  const { page } = await visit({ acceptDownloads: true });
  await page.goto(`${told.root}/en/follow`);
  await page.fill('#party-code', told.code);
  await page.click('main button');
  await page.waitForURL('**/my-matter');
  const document = `/matter/${told.matter}/document/${told.entry}`;
  await page.goto(`${told.root}/en${document}`);
  await page.screenshot({ path: at('document-keep.png'), fullPage: true });
  for (const name of ['file', 'receipt']) {
    files[name] = await fetched(page, `${told.root}/en${document}/${name}`);
    files[`${name}-zh`] = await fetched(page, `${told.root}/zh${document}/${name}`);
  }
  assert.deepEqual(await fetched(page, `${told.root}/en${document}/file`), files.file, 'another file the second time');
  assert.match(files.file.toString(), /老王面馆/);
  assert.doesNotMatch(files.file.toString(), /<script/);
  assert.notDeepEqual(files['file-zh'], files.file);
  files.page = await fetched(page, `${told.root}/en/verify/offline?save=1`);
  files['page-zh'] = await fetched(page, `${told.root}/zh/verify/offline?save=1`);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(at(`${name}.${name.startsWith('receipt') ? 'tlog-proof' : 'html'}`), bytes);
  // What the square code of the paper leads to, for whoever has no code of the matter: nothing of what it says.
  const number = files.file.toString().match(/Document ([0-9a-f]{32})/)[1];
  const stranger = await fetch(`${told.root}/en/receipt/${number}`);
  assert.equal(stranger.status, 200);
  files.stranger = Buffer.from(await stranger.arrayBuffer());
  const others = await fetch(`${told.root}/en${document}/file`, { redirect: 'manual' });
  assert.equal(others.status, 401);
  assert.ok(!(await others.text()).includes('老王'));
});

const kCases = () => {
  const middle = Math.floor(files.file.length / 2);
  return [
    ['good', files.receipt, files.file, /Verified: this document is in the record/, 200],
    ['good-zh', files['receipt-zh'], files['file-zh'], /Verified: this document is in the record/, 200],
    ['document-changed', files.receipt, changed(files.file, middle), /not the document that was recorded/, 422],
    ['document-of-another', files['receipt-zh'], files.file, /not the document that was recorded/, 422],
    ['receipt-changed', changed(files.receipt, 200), files.file, /Not verified: do not rely on it/, 422],
    ['proof-changed', changed(files.receipt, files.receipt.indexOf('\nindex') + 20), files.file, /Not verified: do not rely on it/, 422],
    ['signature-changed', changed(files.receipt, files.receipt.length - 20), files.file, /Not verified: do not rely on it/, 422],
    ['not-shown', files.stranger, files.file, /was not compared/, 422],
    ['receipt-alone', files.receipt, null, /Verified: this is in the record/, 200],
    ['swapped', files.file, files.receipt, /swapped/, 400],
    ['no-receipt', null, files.file, /Choose the receipt/, 400],
  ];
};
const asFile = (name, buffer) => (buffer ? { name, mimeType: 'application/octet-stream', buffer } : []);

test('by upload, without JavaScript', async () => {
  const { page } = await visit({ javaScriptEnabled: false });
  for (const [name, receipt, document, says, status] of kCases()) {
    await page.goto(`${told.root}/en/verify`);
    await page.setInputFiles('#receipt', asFile('r.tlog-proof', receipt));
    await page.setInputFiles('#document', asFile('d.html', document));
    const [answer] = await Promise.all([page.waitForNavigation(), page.click('main form button[type=submit]')]);
    assert.equal(answer.status(), status, name);
    assert.match(await page.locator('main').innerText(), says, name);
    await page.screenshot({ path: at(`verify-${name}.png`), fullPage: true });
  }
});

for (const [language, says, wide] of [['en', /Verified: this document/, 1280], ['zh', /核验通过：文书与账本/, 320]]) {
  test(`the upload's answers in ${language} at ${wide} px: no violation`, async () => {
    const { page } = await visit({ viewport: { width: wide, height: 900 }, bypassCSP: true });
    await page.goto(`${told.root}/${language}/verify`);
    await page.setInputFiles('#receipt', asFile('r.tlog-proof', files.receipt));
    await page.setInputFiles('#document', asFile('d.html', files.file));
    await Promise.all([page.waitForNavigation(), page.click('main form button[type=submit]')]);
    assert.match(await page.locator('main').innerText(), says);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await axe(page);
    await page.screenshot({ path: at(`upload-${language}-${wide}.png`), fullPage: true });
  });
}

async function checkIn(page, receipt, document) {
  await page.setInputFiles('#receipt', asFile('r.tlog-proof', receipt));
  await page.setInputFiles('#document', asFile('d.html', document));
  await page.evaluate(() => { document.getElementById('answer').hidden = true; });
  await page.click('button[type=submit]');
  await page.waitForSelector('#answer:not([hidden])');
  return page.locator('#answer').innerText();
}

test('the saved page, from the disk, without a network', async () => {
  const { context, page, asked, wrong } = await visit();
  await context.setOffline(true);
  const here = pathToFileURL(at('page.html')).href;
  await page.goto(here);
  for (const [name, receipt, document, says] of kCases()) {
    assert.match(await checkIn(page, receipt, document), says, name);
    const good = ['good', 'good-zh', 'receipt-alone'].includes(name);
    assert.equal((await page.getAttribute('#answer', 'class')) === 'box good', good, name);
  }
  // A key of somebody else, under the same name.
  const keys = await page.inputValue('#keys');
  await page.fill('#keys', told.foreignKey);
  assert.match(await checkIn(page, files.receipt, files.file), /None of the keys that you trust/);
  await page.fill('#keys', `${keys.trim()}x`);
  assert.match(await checkIn(page, files.receipt, files.file), /keys are not written as they should be/);
  await page.fill('#keys', keys);
  assert.match(await checkIn(page, files.receipt, files.file), /to the last letter/);
  assert.deepEqual(asked.filter((one) => one !== here && !one.startsWith('data:')), [], 'it asked somebody');
  assert.deepEqual(wrong, []);
});

test('where the browser knows no Ed25519, nothing is verified', async () => {
  const { context, page } = await visit();
  await context.addInitScript(() => {
    const importKey = SubtleCrypto.prototype.importKey;
    SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
      if (algorithm.name === 'Ed25519') return Promise.reject(new DOMException('no', 'NotSupportedError'));
      return importKey.call(this, format, key, algorithm, ...rest);
    };
  });
  await page.goto(pathToFileURL(at('page.html')).href);
  const said = await checkIn(page, files.receipt, files.file);
  assert.match(said, /signature was not checked here, so this is not verified/);
  assert.doesNotMatch(said, /Verified:/);
  assert.match(await checkIn(page, files.receipt, changed(files.file, 300)), /not the document that was recorded/);
  assert.match(await checkIn(page, changed(files.receipt, 200), files.file), /do not rely on it/);
});

test('served, under its policy: only its own script runs, and it sends nothing', async () => {
  const { page, wrong } = await visit();
  const answer = await page.goto(`${told.root}/en/verify/offline`);
  const policy = answer.headers()['content-security-policy'];
  assert.match(policy, /default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'/);
  assert.doesNotMatch(policy, /unsafe|connect-src|\*/);
  assert.match(await checkIn(page, files.receipt, files.file), /to the last letter/);
  assert.deepEqual(wrong, []);
  await assert.rejects(page.evaluate(() => fetch('/en/')), 'the page may ask the network');
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' })));
  assert.equal(await page.evaluate(() => window.ran), undefined);
  for (const path of ['/', '/verify', '/published']) {
    const other = await fetch(`${told.root}/en${path}`);
    assert.doesNotMatch(other.headers.get('content-security-policy'), /script-src/);
    assert.doesNotMatch(await other.text(), /<script/);
  }
});

test('without JavaScript it says what to do instead', async () => {
  const { page } = await visit({ javaScriptEnabled: false });
  await page.goto(pathToFileURL(at('page.html')).href);
  assert.match(await page.locator('main').innerText(), /needs JavaScript, which is switched off/);
  assert.ok(!(await page.isVisible('#form')));
});

for (const language of ['en', 'zh']) {
  test(`no violation, by keyboard alone, at 320 pixels (${language})`, async () => {
    const { page } = await visit({ bypassCSP: true });
    await page.goto(pathToFileURL(at(language === 'zh' ? 'page-zh.html' : 'page.html')).href);
    assert.equal(await page.getAttribute('html', 'lang'), language === 'zh' ? 'zh-CN' : 'en');
    await axe(page);
    await page.setInputFiles('#receipt', asFile('r.tlog-proof', files.receipt));
    await page.setInputFiles('#document', asFile('d.html', files.file));
    for (let i = 0; i < 20 && await page.evaluate(() => document.activeElement.tagName) !== 'BUTTON'; ++i) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#answer:not([hidden])');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'answer', 'the answer is not read out');
    await axe(page);
    await page.screenshot({ path: at(`offline-${language}.png`), fullPage: true });
    await page.setViewportSize({ width: 320, height: 800 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'wider than 320 pixels');
    await page.screenshot({ path: at(`offline-${language}-320.png`), fullPage: true });
  });
}
