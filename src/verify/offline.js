// The check of receipts and documents in a browser, without network: a second reading of docs/formats/ledger.md, by
// WebCrypto alone.  tests/tlog/browser_check.mjs holds it against lawbound-verify, byte by byte.
//
//   const answer = await LawboundVerify.check(receipt, keys, document);   // bytes, text, bytes or null
//
// Refuses what lawbound-verify refuses.  Where the browser has no Ed25519 `signature` is 'not checked', and then
// nothing is verified, however well the rest fits.  Text is handled as bytes, one character for each, until it is shown.
const LawboundVerify = (() => {
  'use strict';
  class Refused extends Error {
    constructor(reason, detail) {
      super(detail);
      this.reason = reason;
    }
  }
  const refuse = (reason, detail) => { throw new Refused(reason, detail); };
  const kMaxReceipt = 8 << 20, kMaxNote = 1 << 20, kMaxEntry = 65535, kMaxProof = 63, kMaxLater = 1000, kMaxSignatures = 100;
  const kMoves = '\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069';
  const kNotPlain = new RegExp(`[\\u0000-\\u001f\\u007f-\\u009f${kMoves}]`);
  const kNotInKeyName = new RegExp(`[\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000+${kMoves}]`);

  // ------------------------------------------------------------------------------------------------ bytes
  const toText = (bytes) => {
    const parts = [];
    for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
    return parts.join('');
  };
  const toBytes = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
  const sha256 = async (text) => toText(new Uint8Array(await crypto.subtle.digest('SHA-256', toBytes(text))));
  const hex = (text) => Array.from(text, (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  // What the bytes say in UTF-8; null when they say nothing.
  const utf8 = (text) => {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(toBytes(text));
    } catch {
      return null;
    }
  };
  const base64 = (text) => {
    try {
      const out = atob(text);
      return btoa(out) === text ? out : null;  // one spelling
    } catch {
      return null;
    }
  };
  const hashOf = (text) => {
    const out = text.length === 44 ? base64(text) : null;
    return out !== null && out.length === 32 ? out : null;
  };
  const count = (text) => {
    if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) return null;
    const out = BigInt(text);
    return out >> 63n === 0n ? out : null;
  };
  const isName = (text) => /^[a-z][a-z0-9.-]{0,99}$/.test(text);
  const isPlain = (text) => {
    const said = utf8(text);
    return said !== null && !kNotPlain.test(said);
  };
  const isKeyName = (text) => {
    const said = text.length > 0 && text.length <= 255 ? utf8(text) : null;
    return said !== null && !kNotInKeyName.test(said);
  };
  const isDay = (text) => {
    const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
    if (!parts) return false;
    const [year, month, day] = parts.slice(1).map(Number);
    if (year < 1600 || year > 2999 || month < 1 || month > 12 || day < 1) return false;
    return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  };

  class Reader {
    constructor(text) {
      this.text = text;
      this.at = 0;
    }
    // The next line without its line feed; null when none is ended any more.
    line() {
      const end = this.text.indexOf('\n', this.at);
      if (end < 0) return null;
      const out = this.text.slice(this.at, end);
      this.at = end + 1;
      return out;
    }
    rest() { return this.text.slice(this.at); }
    ended() { return this.at === this.text.length; }
  }
  // "word rest"
  const word = (line) => {
    const end = line.indexOf(' ');
    return end < 0 ? [line, ''] : [line.slice(0, end), line.slice(end + 1)];
  };
  const after = (line, start) => (line.startsWith(start) ? line.slice(start.length) : null);

  // ---------------------------------------------------------------------------------------------- entries
  const names = (text) => {
    const out = text.split(' ');
    const good = out.every((name, i) => isName(name) && (i === 0 || out[i - 1] < name));
    return good ? out : null;
  };
  const any = () => true, aHash = (text) => hashOf(text) !== null, aCount = (text) => count(text) !== null;
  const kMeasure = { day: isDay, entry: aCount, fields: (text) => names(text) !== null, ground: any, official: any };
  const kKinds = {
    act: { act: any, day: isDay, matter: any, office: any, pack: aHash, program: aHash, verdict: any },
    erase: kMeasure, seal: kMeasure, unseal: kMeasure,
    floor: { day: isDay, floor: aHash, packs: aHash, refusals: aHash },
  };

  function parseEntry(bytes) {
    const wrong = (what) => refuse('malformed', `not an entry: ${what}`);
    if (bytes.length > kMaxEntry) wrong('too long');
    const reader = new Reader(bytes);
    if (reader.line() !== 'lawbound-entry/v1') wrong('its first line');
    const second = reader.line();
    const kind = second === null ? null : after(second, 'kind ');
    if (kind === null || !isName(kind)) wrong('its kind');
    const out = { kind, facts: new Map(), fields: new Map() };
    const add = (rows, name, value) => {
      const last = [...rows.keys()].pop();
      if (!isName(name) || (last !== undefined && last >= name)) wrong(`the name '${name}'`);
      rows.set(name, value);
    };
    for (let line; (line = reader.line()) !== null;) {
      const field = after(line, 'field '), fact = out.fields.size === 0 ? after(line, 'fact ') : null;
      const [name, value] = word(field ?? fact ?? wrong('a line is neither fact nor field'));
      if (field !== null) {
        add(out.fields, name, hashOf(value) ?? wrong(`the hash of '${name}'`));
      } else {
        if (value === '' || value.length > 1000 || !isPlain(value)) wrong(`the value of '${name}'`);
        add(out.facts, name, value);
      }
    }
    if (!reader.ended()) wrong('its last line');
    for (const [name, has] of Object.entries(Object.hasOwn(kKinds, kind) ? kKinds[kind] : {})) {
      if (!out.facts.has(name) || !has(out.facts.get(name))) wrong(`its '${name}'`);
    }
    const waived = kind === 'floor' && out.facts.has('waived');
    if (waived && !(out.facts.has('ground') && out.facts.has('official'))) wrong('its waiver');
    return out;
  }

  // --------------------------------------------------------------------------------------------- receipts
  function parseOther(text) {
    const wrong = (what) => refuse('malformed', `a further entry: ${what}`);
    const [number, behind] = word(text);
    const [entry, proof] = word(behind);
    const out = { index: count(number) ?? wrong('its number'), entry: base64(entry) ?? wrong('its bytes'), proof: [] };
    const hashes = base64(proof) ?? wrong('its proof');
    if (hashes.length % 32 !== 0 || hashes.length / 32 > kMaxProof) wrong('its proof');
    for (let at = 0; at < hashes.length; at += 32) out.proof.push(hashes.slice(at, at + 32));
    return out;
  }

  function parseExtra(bytes, out) {
    const wrong = (what) => refuse('malformed', `not a receipt: ${what}`);
    const reader = new Reader(bytes);
    if (reader.line() !== 'lawbound-receipt/v1') wrong('its extra data');
    const first = reader.line();
    const entry = first === null ? null : after(first, 'entry ');
    out.entry = (entry === null ? null : base64(entry)) ?? wrong('its entry');
    const isNext = (rows, name) => isName(name) && (rows.length === 0 || rows[rows.length - 1].name < name);
    const opening = (rest, hasValue) => {
      const [name, behind] = word(rest);
      if (!isNext(out.openings, name)) wrong('a field that it shows');
      const salt = hashOf(behind.slice(0, 44)) ?? wrong(`the salt of '${name}'`);
      const tail = behind.slice(44);
      if (!hasValue && tail !== '') wrong(`the value of '${name}'`);
      if (hasValue && !tail.startsWith(' ')) wrong(`the value of '${name}'`);
      out.openings.push({ name, salt, value: hasValue ? base64(tail.slice(1)) ?? wrong(`the value of '${name}'`) : null });
    };
    for (let line; (line = reader.line()) !== null;) {
      if (out.floor !== null) wrong('a line follows the floor');
      const mayOpen = out.withheld.length === 0 && out.later.length === 0;
      let rest;
      if (mayOpen && (rest = after(line, 'open ')) !== null) {
        opening(rest, true);
      } else if (mayOpen && (rest = after(line, 'none ')) !== null) {
        opening(rest, false);
      } else if (out.later.length === 0 && (rest = after(line, 'withheld ')) !== null) {
        if (!isNext(out.withheld, rest)) wrong('a field that it withholds');
        out.withheld.push({ name: rest });
      } else if ((rest = after(line, 'later ')) !== null) {
        if (out.later.length === kMaxLater) wrong('too many later entries');
        const later = parseOther(rest);
        if (out.later.length > 0 && out.later[out.later.length - 1].index >= later.index) wrong('the order of later entries');
        out.later.push(later);
      } else if ((rest = after(line, 'floor ')) !== null) {
        out.floor = parseOther(rest);
      } else {
        wrong('a line of its extra data');
      }
    }
    if (!reader.ended()) wrong('the last line of its extra data');
  }

  function parseReceipt(bytes) {
    const wrong = (what) => refuse('malformed', `not a receipt: ${what}`);
    if (bytes.length > kMaxReceipt) wrong('too long');
    const reader = new Reader(bytes);
    if (reader.line() !== 'c2sp.org/tlog-proof@v1') wrong('its first line');
    const out = { index: 0n, entry: '', proof: [], checkpoint: '', openings: [], withheld: [], later: [], floor: null };
    const second = reader.line();
    const extra = second === null ? null : after(second, 'extra ');
    if (extra === null) wrong('it has a proof and no entry');
    const decoded = base64(extra) ?? wrong('its extra data');
    const third = reader.line();
    const number = third === null ? null : after(third, 'index ');
    out.index = (number === null ? null : count(number)) ?? wrong('the index of its entry');
    let line;
    while ((line = reader.line()) !== null && line !== '') {
      if (out.proof.length === kMaxProof) wrong('its proof is too long');
      out.proof.push(hashOf(line) ?? wrong('its proof'));
    }
    if (line === null) wrong('no checkpoint follows');
    out.checkpoint = reader.rest();
    parseExtra(decoded, out);
    return out;
  }

  // ------------------------------------------------------------------------------------- keys, signatures
  const number32 = (text) => hex(text.slice(0, 4));

  // NAME+ID+KEY, one a line.
  async function parseKeys(text) {
    const keys = [];
    for (const typed of text.split('\n')) {
      const line = toText(new TextEncoder().encode(typed.trim()));
      if (line === '' || line.startsWith('#')) continue;
      const wrong = (what) => refuse('key', `not a key: ${what}`);
      if (line.length > 512) wrong('too long');
      const first = line.indexOf('+'), second = first < 0 ? -1 : line.indexOf('+', first + 1);
      if (second < 0) wrong('it is written NAME+ID+KEY');
      const name = line.slice(0, first), id = line.slice(first + 1, second), bytes = base64(line.slice(second + 1));
      if (!isKeyName(name)) wrong('its name');
      if (!/^[0-9a-f]{8}$/.test(id)) wrong('its id');
      if (bytes === null || bytes.length !== 33 || (bytes[0] !== '\x01' && bytes[0] !== '\x04')) wrong('its last part');
      if (number32(await sha256(`${name}\n${bytes}`)) !== id) wrong('its id does not belong to its name and bytes');
      if (keys.some((other) => other.name === name && other.id === id)) wrong('it is given twice');
      keys.push({ name, id, witness: bytes[0] === '\x04', bytes: bytes.slice(1) });
    }
    if (!keys.some((key) => !key.witness)) refuse('key', 'no key of a log is given');
    return keys;
  }

  function parseNote(bytes) {
    const wrong = (what) => refuse('malformed', `not a signed note: ${what}`);
    if (bytes.length > kMaxNote) wrong('too long');
    if (utf8(bytes) === null || /[\u0000-\u0009\u000b-\u001f]/.test(bytes)) wrong('it is not text');
    const part = bytes.lastIndexOf('\n\n');
    if (part < 0 || part + 2 === bytes.length) wrong('it has no signature');
    const out = { text: bytes.slice(0, part + 1), signatures: [] };
    const reader = new Reader(bytes.slice(part + 2));
    while (!reader.ended()) {
      if (out.signatures.length === kMaxSignatures) wrong('too many signatures');
      const line = reader.line() ?? wrong('a signature line is not ended');
      const rest = after(line, '\xe2\x80\x94 ') ?? wrong('a signature line');
      const [name, signature] = word(rest);
      const decoded = base64(signature);
      if (!isKeyName(name) || decoded === null || decoded.length < 5) wrong('a signature line');
      out.signatures.push({ name, id: number32(decoded), bytes: decoded.slice(4) });
    }
    return out;
  }

  // true, false, or null where the browser cannot say.
  async function isSigned(key, signature, text) {
    let message = text, bytes = signature;
    if (key.witness) {
      if (bytes.length !== 72) return false;
      const time = BigInt(`0x${hex(bytes.slice(0, 8))}`);
      if (time >> 63n !== 0n) return false;
      bytes = bytes.slice(8);
      message = `cosignature/v1\ntime ${time}\n${text}`;
    }
    if (bytes.length !== 64) return false;
    let imported;
    try {
      imported = await crypto.subtle.importKey('raw', toBytes(key.bytes), { name: 'Ed25519' }, false, ['verify']);
    } catch (error) {
      return error.name === 'DataError' ? false : null;
    }
    return crypto.subtle.verify({ name: 'Ed25519' }, imported, toBytes(bytes), toBytes(message));
  }

  async function openCheckpoint(note, keys) {
    const { text, signatures } = parseNote(note);
    const signed = [];
    let unknown = false;
    for (const key of keys) {
      const claimed = signatures.filter((one) => one.name === key.name && one.id === key.id);
      for (const one of claimed) {
        const good = await isSigned(key, one.bytes, text);
        if (good === false) refuse('signature', `the signature of '${utf8(key.name)}' does not verify`);
        if (good === null) unknown = true;
      }
      if (claimed.length > 0) signed.push(key);
    }
    const wrong = (what) => refuse('malformed', `not a checkpoint: ${what}`);
    const reader = new Reader(text);
    const origin = reader.line(), size = reader.line(), root = reader.line();
    if (root === null) wrong('it has fewer than three lines');
    if (origin === '' || origin.length > 255 || !isPlain(origin)) wrong('its first line names no log');
    const out = { origin, size: count(size) ?? wrong('its size'), root: hashOf(root) ?? wrong('its root') };
    if (out.size === 0n && out.root !== await sha256('')) refuse('malformed', 'the root of no entries');
    for (let line; (line = reader.line()) !== null;) {
      if (line === '') wrong('it has an empty line');
    }
    if (!signed.some((key) => !key.witness && key.name === origin)) refuse('no-key', 'no key given for this log has signed');
    out.witnesses = unknown ? [] : [...new Set(signed.filter((key) => key.witness).map((key) => utf8(key.name)))];
    out.signature = unknown ? 'not checked' : 'good';
    return out;
  }

  // ------------------------------------------------------------------------------------------------- tree
  async function checkInclusion(entry, index, proof, { size, root }) {
    const wrong = () => refuse('proof', 'the inclusion proof does not lead from the entry to the root');
    if (index >= size) refuse('proof', 'the index of the entry is not inside the tree');
    let node = index, last = size - 1n, hash = await sha256(`\x00${entry}`);
    for (const sibling of proof) {
      if (last === 0n) wrong();
      const left = (node & 1n) !== 0n || node === last;
      // A last node without a sibling on its right stands for its parents as well.
      while (left && (node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
      [node, last] = [node >> 1n, last >> 1n];
      hash = await sha256(left ? `\x01${sibling}${hash}` : `\x01${hash}${sibling}`);
    }
    if (last !== 0n || hash !== root) wrong();
  }

  async function applyLater(receipt, tree, fields) {
    for (const later of receipt.later) {
      const entry = parseEntry(later.entry);
      const isMeasure = ['erase', 'seal', 'unseal'].includes(entry.kind);
      if (!isMeasure || count(entry.facts.get('entry')) !== receipt.index || later.index <= receipt.index)
        refuse('malformed', `entry ${later.index} is not a later one about entry ${receipt.index}`);
      await checkInclusion(later.entry, later.index, later.proof, tree);
      for (const name of names(entry.facts.get('fields'))) {
        const field = fields.get(name) ?? refuse('malformed', `the entry has no field '${name}'`);
        if (field.state === 'erased') continue;
        field.state = { erase: 'erased', seal: 'sealed', unseal: 'missing' }[entry.kind];
        field.by = entry.kind === 'unseal' ? null : String(later.index);
      }
    }
  }

  async function checkFloor(receipt, tree) {
    if (receipt.floor === null) return;
    const entry = parseEntry(receipt.floor.entry);
    if (entry.kind !== 'floor' || receipt.floor.index >= receipt.index)
      refuse('malformed', `entry ${receipt.floor.index} is not an earlier one that states the floor`);
    await checkInclusion(receipt.floor.entry, receipt.floor.index, receipt.floor.proof, tree);
  }

  async function applyOpenings(receipt, entry, fields) {
    const find = (name) => fields.get(name) ?? refuse('malformed', `the entry has no field '${name}'`);
    for (const { name } of receipt.withheld) {
      if (find(name).state === 'missing') find(name).state = 'withheld';
    }
    for (const { name, salt, value } of receipt.openings) {
      const field = find(name);
      if (receipt.withheld.some((one) => one.name === name)) refuse('malformed', `it both shows and withholds '${name}'`);
      const made = await sha256(`lawbound-field/v1\n${salt}${name}\n${value === null ? '-' : `=${value}`}`);
      if (made !== entry.fields.get(name)) refuse('field', `the value shown for '${name}' is not the one recorded`);
      field.state = value === null ? 'left empty' : 'shown';
      field.value = value;
    }
  }

  async function matchDocument(entry, fields, bytes) {
    const digest = fields.get('digest');
    if (entry.kind !== 'document' || !digest) return 'none';
    if (digest.value === null) return 'not shown';
    return digest.value === hex(await sha256(toText(bytes))) ? 'same' : 'another';
  }

  // Never throws for what is in the files: {result: 'refused', reason, detail}, or {result: 'verified', 'missing' (fields
  // that the receipt does not account for) or 'unsigned', ...}.
  async function check(receiptBytes, keyText, documentBytes) {
    try {
      const keys = await parseKeys(keyText);
      const receipt = parseReceipt(toText(receiptBytes));
      const tree = await openCheckpoint(receipt.checkpoint, keys);
      await checkInclusion(receipt.entry, receipt.index, receipt.proof, tree);
      const entry = parseEntry(receipt.entry);
      const fields = new Map([...entry.fields.keys()].map((name) => [name, { name, state: 'missing', value: null, by: null }]));
      await applyLater(receipt, tree, fields);
      await checkFloor(receipt, tree);
      await applyOpenings(receipt, entry, fields);
      const rows = [...fields.values()];
      const missing = rows.some((field) => field.state === 'missing');
      return {
        result: tree.signature !== 'good' ? 'unsigned' : missing ? 'missing' : 'verified',
        signature: tree.signature, log: utf8(tree.origin), entries: String(tree.size), witnesses: tree.witnesses,
        entry: String(receipt.index), kind: entry.kind,
        facts: [...entry.facts].map(([name, value]) => [name, utf8(value)]),
        fields: rows.map(({ name, state, value, by }) => ({ name, state, by, value: value === null ? null : utf8(value) })),
        document: documentBytes ? await matchDocument(entry, fields, documentBytes) : 'not given',
      };
    } catch (error) {
      if (error instanceof Refused) return { result: 'refused', reason: error.reason, detail: error.message };
      throw error;
    }
  }
  return { check };
})();
