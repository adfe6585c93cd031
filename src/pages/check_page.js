// What the page that checks without a network does when it is asked; behind LawboundVerify (src/verify/offline.js).  It
// shows what stands in the page already, and writes what is in the files as text.
(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const say = (word) => document.querySelector(`[data-word="${CSS.escape(word)}"]`)?.textContent;

  function addRow(name, value) {
    byId('rows').append(Object.assign(document.createElement('dt'), { textContent: name }),
      Object.assign(document.createElement('dd'), { textContent: value }));
  }

  function stateOf({ state, value, by }) {
    if (state === 'shown') return value ?? '…';  // bytes that are no text
    return (say(state) ?? state).replace('*', by ?? '');
  }

  function show(id, good, report) {
    let title = '';
    for (const one of document.querySelectorAll('[data-answer]')) {
      one.hidden = one.dataset.answer !== id;
      if (!one.hidden) title = one.dataset.title;
    }
    byId('title').textContent = title;
    byId('rows').replaceChildren();
    byId('found').hidden = !report;
    if (report) {
      addRow(say('log'), report.log);
      addRow(say('entry'), report.entry);
      for (const [name, value] of report.facts) addRow(say(`name ${name}`) ?? name, value);
      for (const field of report.fields) addRow(say(`name ${field.name}`) ?? field.name, stateOf(field));
    }
    const box = byId('answer');
    box.className = `box ${good}`;
    box.hidden = false;
    box.focus();
  }

  // Which answer it is: a document that is another outweighs everything, and nothing is good without the signature.
  function answerFor(report) {
    if (report.result === 'refused') return [report.reason, 'bad'];
    if (report.document === 'another' || report.document === 'none') return [report.document, 'bad'];
    if (report.result === 'unsigned') return ['unsigned', 'unsure'];
    if (report.document === 'not shown') return ['not-shown', 'unsure'];
    if (report.document === 'same') return ['same', 'good'];
    return report.result === 'missing' ? ['missing', 'unsure'] : ['verified', 'good'];
  }

  const bytesOf = async (id) => {
    const file = byId(id).files[0];
    return file ? new Uint8Array(await file.arrayBuffer()) : null;
  };
  const isReceipt = (bytes) => bytes !== null && new TextDecoder('latin1').decode(bytes.subarray(0, 19)) === 'c2sp.org/tlog-proof';

  async function check() {
    const receipt = await bytesOf('receipt'), paper = await bytesOf('document');
    if (!isReceipt(receipt) && isReceipt(paper)) return show('swapped', 'bad');
    if (receipt === null) return show('no-receipt', 'bad');
    const report = await LawboundVerify.check(receipt, byId('keys').value, paper);
    const [id, good] = answerFor(report);
    show(id, good, report.result === 'refused' ? null : report);
  }

  if (!globalThis.crypto?.subtle) {
    byId('no-crypto').hidden = false;
    return;
  }
  byId('form').hidden = false;
  byId('form').addEventListener('submit', (event) => {
    event.preventDefault();
    check();
  });
})();
