// What browser_journey.py has begun: the head presses Decide too early; the owner asks for a hearing with the code.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const told = JSON.parse(process.env.TOLD);
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kWcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
after(() => browser?.close());

async function visit(width = 1280) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  const look = async (name) => {
    await page.screenshot({ path: join(told.pictures, `journey-${name}.png`), fullPage: true });
    await page.evaluate(axeSource);
    const found = await page.evaluate((tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } }), kWcag);
    assert.deepEqual(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`), []);
  };
  return { page, look };
}

test('the head decides too early and is told the five days', async () => {
  const { page, look } = await visit();
  await page.goto(`${told.root}/en/sign-in`);
  await page.fill('#number', '1004');
  await page.fill('#password', told.password);
  await page.fill('#code', told.oneTimeCode);
  await page.click('main button');
  await page.waitForURL('**/desk');
  await look('desk');
  await page.goto(`${told.root}/en/matter/${told.matter}`);
  await look('matter');
  await page.goto(`${told.root}/zh/matter/${told.matter}`);
  await look('matter-zh');
  assert.match(await page.title(), /^行政处罚普通程序〔2025〕1号 /);
  assert.equal(await page.locator('.lb-way__stop--here').count(), 1);
  const chinese = await page.locator('main').innerText();
  assert.doesNotMatch(chinese.replaceAll('English', ''), /[a-z]{4} [a-z]{2}/, 'an English sentence');
  await page.setViewportSize({ width: 320, height: 800 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'wider than 320 pixels');
  await look('matter-zh-320');
  await page.goto(`${told.root}/en/matter/${told.matter}`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'wider than 320 pixels');
  await look('matter-en-320');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${told.root}/en/matter/${told.matter}/act/decide`);
  const typed = { amount: '5000 CNY', basis: 'APL 9', facts: 'rats <b>in</b> the kitchen', performance: 'bank',
    reasons: 'the law', remedy: 'reconsideration or court', seal: 'seal' };
  for (const [name, value] of Object.entries(typed)) await page.fill(`#field-${name}`, value);
  await page.getByLabel('fine', { exact: true }).check();
  await page.getByLabel('photo', { exact: true }).check();
  await page.click('main form button[type=submit]');
  const text = await page.locator('main').innerText();
  assert.match(text, /6 February 2025/);
  for (const day of ['2025-01-23', '2025-01-24', '2025-01-26', '2025-01-27', '2025-02-05']) assert.ok(text.includes(day), day);
  assert.equal(await page.inputValue('#field-facts'), typed.facts);
  await look('refused');
  await page.goto(`${told.root}/zh/matter/${told.matter}/act/decide`);
  for (const [name, value] of Object.entries(typed)) await page.fill(`#field-${name}`, value);
  await page.getByLabel('罚款', { exact: true }).check();
  await page.getByLabel('photo', { exact: true }).check();
  await page.click('main form button[type=submit]');
  assert.match(await page.locator('main').innerText(), /计入：2025年1月23日（周四）、2025年1月24日（周五）/);
  await look('refused-zh');
  await page.goto(`${told.root}/zh/matter/${told.matter}/document/${told.entry}`);
  assert.match(await page.locator('main').innerText(), /老王面馆/);
  await look('document');
});

test('the owner follows the matter with the code and asks for a hearing', async () => {
  const { page, look } = await visit();
  await page.goto(`${told.root}/zh/follow`);
  await page.fill('#party-code', told.code);
  await page.click('main button');
  await page.waitForURL('**/my-matter');
  assert.ok(!page.url().includes(told.code));
  await look('owner');
  await page.goto(`${told.root}/zh/matter/${told.matter}/act/ask-hearing`);
  await look('ask');
  await page.click('main form button[type=submit]');
  assert.equal(await page.locator('.govuk-panel').count(), 1);
  await look('asked');
  assert.equal((await page.goto(`${told.root}/zh/matter/${'0'.repeat(32)}`)).status(), 404);
});

test('a visitor sees nothing of the matter', async () => {
  const { page, look } = await visit();
  assert.equal((await page.goto(`${told.root}/zh/matter/${told.matter}`)).status(), 401);
  assert.ok(!(await page.content()).includes('老王'));
  for (const path of ['/', '/supervision', '/published', '/published?q=rats', '/powers', '/verify']) {
    await page.goto(`${told.root}/zh${path}`);
    assert.ok(!(await page.content()).includes('老王'), path);
  }
  await page.goto(`${told.root}/zh/supervision`);
  await look('supervision');
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const language of ['zh', 'en']) {
      for (const [name, path] of [['published', '/published?q=rats'], ['powers', '/powers']]) {
        await page.goto(`${told.root}/${language}${path}`);
        if (name === 'powers') await page.locator('summary').first().click();
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path);
        await look(`${name}-${language}-${width}`);
      }
    }
  }
  await page.goto(`${told.root}/zh/published`);
  await page.fill('#q', '不存在的词');
  await Promise.all([page.waitForURL(/\?q=/), page.keyboard.press('Enter')]);  // press alone does not wait for the page
  assert.match(await page.locator('main').innerText(), /公开的内容中没有这些词语/);
});
