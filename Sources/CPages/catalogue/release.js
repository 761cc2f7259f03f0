"use strict";
(async () => {
  const { load, element, filled, grouped, amount } = catalogue;
  const byID = (id) => document.getElementById(id), state = byID("state"), out = byID("release"), title = byID("title");
  const end = document.title;
  let meta, words;
  const failed = (error) => { state.textContent = filled((meta && meta.t.failed) || "{0}", `data/${error.message}.js`); };
  try {
    meta = await load("meta");
    words = new Map((await load("words")).map(([name, pairs]) => [name, new Map(pairs)]));
  } catch (error) { failed(error); return; }
  const t = meta.t, isEnglish = words.get("layout").get("language") === "en";
  const name = (table, id) => id === null ? "" : words.get(table).get(id) || id;
  const word = (id) => name("word", id);
  // Sentences of the store are the program's English; readers aloud are told.
  const sentence = (text) => text === null ? "" : isEnglish ? text : element("span", { lang: "en" }, text);
  const place = (path, first, last) => path === null ? "" : element("span", { class: "cite" },
    first === null ? path : `${path}:${first}${last !== null && last !== first ? `-${last}` : ""}`);
  const cited = (text) => text === null ? "" : element("span", { class: "cite" }, text);

  const section = (heading, ...children) => {
    const id = `s-${out.childElementCount}`;
    out.append(element("section", { "aria-labelledby": id }, element("h2", { id }, heading), ...children));
  };
  const table = (heads, rows) => element("div", { class: "wide" }, element("table", { class: "rows" },
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((cell, column) =>
      element(column ? "td" : "th", column ? {} : { scope: "row" }, ...[cell].flat())))))));
  const most = 500;
  const cut = (rows) => rows.length >= most ? element("p", { class: "note" }, filled(t.cut, String(most))) : null;
  const list = (text) => text === null ? [] : text.split(",");

  const find = async (number, key) => {
    const starts = await load("starts");
    const read = async (row) => {
      let low = 0, high = starts.length - 1;
      while (low < high) { const middle = (low + high + 1) >> 1; if (starts[middle] <= row) low = middle; else high = middle - 1; }
      const [texts, rows] = await load(`releases-${low}`), found = rows[row - starts[low]];
      // Texts stand once a shard; a number below zero is the place of one.
      const value = (cell) => Array.isArray(cell) ? cell.map(value) : typeof cell === "number" && cell < 0 ? texts[-1 - cell] : cell;
      return found && value(found);
    };
    let found = number < meta.count && starts.length ? await read(number) : null;
    if (found && found[0] === key) return found;
    // An address of an earlier catalogue: the release has another number now.
    const keys = await load("keys");
    for (let at = keys.indexOf(key); at >= 0; at = keys.indexOf(key, at + 1)) if (at % key.length === 0) return read(at / key.length);
    return null;
  };

  const show = (release) => {
    const [key, name_, location_, hasDossier, about, components, terms, licences, clauses, uses, flags, artefacts, claims, bases, changes] = release;
    const [kind, revision, subject, level, atMost, confidence, licenceClass, openSource, verdict, files, bytes, unseen, parameters,
      architecture, quantization, gate, modified, errorCode, error] = about[0] || [];
    title.textContent = name_ || "–";
    document.title = `${name_} · ${end}`;
    const facts = [word(kind), word(subject), location_, revision && `${t.revision} ${revision.slice(0, 12)}`,
      `${grouped(files)} ${t.files}, ${amount(bytes, "B")}`, unseen && filled(t.unseen, amount(unseen, "B")),
      parameters && `${amount(parameters, "")} ${t.parameters}`, architecture, quantization,
      gate && `${t.gate}: ${name("gate", gate)}`, modified && `${t.date} ${modified.slice(0, 10)}`];
    byID("facts").replaceChildren(...facts.filter((fact) => fact).map((fact) => element("span", {}, fact)));
    out.replaceChildren();
    if (hasDossier) out.append(element("p", {}, element("a", { href: `dossiers/${key}.html` }, t.dossier)));
    if (!isEnglish) out.append(element("p", { class: "note" }, t.english));
    const tone = openSource === "yes" ? "good" : openSource === "no" ? "bad" : "open";
    out.append(element("section", { class: `answer ${tone}`, "aria-labelledby": "answer-title" },
      element("p", { class: "ask" }, t.openSource), element("h2", { class: "verdict", id: "answer-title" }, name("open-source", openSource)),
      element("p", {}, sentence(verdict)),
      element("p", {}, `${t.level}: `, element("a", { href: `about.html#level-${level}` }, name("level", level)),
        atMost ? ` (${filled(t.atMost, name("level", atMost))})` : "", `, ${filled(t.confidence, word(confidence))}; ${word(licenceClass)}`)));
    if (errorCode) section(t.error, element("p", {}, element("code", {}, errorCode), " ", sentence(error)));
    if (terms.length) section(t.terms, table([t.part, t.licence, t.basis, t.kind, t.osd, t.open, t.place],
      terms.map(([part, expression, basis, category, osd, isOpen, at]) => [word(part), element("code", {}, expression || "–"),
        element("a", { href: `about.html#basis-${basis}` }, name("basis", basis)), word(category), word(osd), isOpen ? t.yes : osd === null ? "–" : t.no, cited(at)])));
    if (uses.length) {
      const parts = ["weights", "code", "data", "documents"], weight = (part) => (parts.indexOf(part) + 5) % 5;
      const asked = (id) => (meta.uses.indexOf(id) + meta.uses.length + 1) % (meta.uses.length + 1);
      uses.sort((left, right) => weight(left[0]) - weight(right[0]) || asked(left[1]) - asked(right[1]));
      section(t.use, table([t.question, t.part, t.answer, t.why], uses.map(([part, id, answer, reason]) => [name("question", id), word(part),
        element("span", { class: `mark ${answer === "yes" ? "good" : answer === "no" ? "bad" : answer === "conditions" ? "fair" : "open"}` }, name("answer", answer)),
        sentence(reason)])));
    }
    section(t.flags, ...(flags.length ? flags.map(([id, severity, own, reason, at]) => element("article", { class: `flag ${/^[a-z]+$/.test(severity) ? severity : ""}` },
      element("h3", {}, name("flag", id) === id ? own : name("flag", id), " ", element("span", { class: "mark" }, word(severity)), " ",
        element("a", { class: "cid", href: `about.html#flag-${id}` }, id)),
      element("p", {}, sentence(reason), " ", cited(at)),
      words.get("remedy").has(id) ? element("p", { class: "remedy" }, `${t.remedy}: ${name("remedy", id)}`) : null)) : [element("p", { class: "none" }, t.noFlagsHere)]));
    if (components.length) section(t.components, table([t.component, t.status, t.licence, t.sure], components.map(([id, status, sure, own]) =>
      [name("component", id), word(status), list(own).map((licence) => element("code", { class: "list" }, licence)), word(sure)])));
    if (licences.length) section(t.licences, table([t.licence, t.kind, t.howFound, t.coverage, t.place], licences.map(([id, own, category, method, path, first, last, part, isModified, isApproved]) =>
      [[element("code", {}, id), element("span", { class: "sub" }, own)], [word(category), isApproved ? element("span", { class: "sub" }, t.osi) : ""],
        method, [`${part} %`, isModified ? element("span", { class: "sub" }, t.modified) : ""], place(path, first, last)])), cut(licences));
    if (clauses.length) section(t.clauses, table([t.clause, t.says, t.licence, t.place], clauses.map(([id, licence, status, path, first, last, own]) =>
      [element("code", {}, id), [name("clause", id), own ? element("span", { class: "sub" }, own.replaceAll(",", ", ")) : "", status !== "present" ? element("span", { class: "sub" }, word(status)) : ""],
        element("code", {}, licence), place(path, first, last)])), cut(clauses));
    if (claims.length) section(t.claims, table([t.claim, t.about, t.manner, t.words, t.place], claims.map(([category, about_, manner, path, line, quote]) =>
      [word(category), word(about_), word(manner), quote === null ? "" : element("q", {}, quote), place(path, line, line)])), cut(claims));
    if (bases.length) section(t.bases, table([t.base, t.relation, t.licence], bases.map(([own, relation, licence]) => [own, relation, licence === null ? t.unknown : element("code", {}, licence)])));
    if (artefacts.length) section(t.artefacts, table([t.file, t.format, t.status, t.tensors, t.parameters, t.size, t.findings], artefacts.map(([path, component, format, status, tensors, own, size, findings]) =>
      [[cited(path), component ? element("span", { class: "sub" }, name("component", component)) : ""], format, word(status), tensors === null ? "" : grouped(tensors),
        own === null ? "" : grouped(own), amount(size, "B"), list(findings).map((finding) => element("code", { class: "list" }, finding))])), cut(artefacts));
    if (changes.length) section(t.changes, table([t.when, t.what, t.before, t.after], changes.map(([at, what, about_, before, after]) =>
      [at.slice(0, 10), about_ === null ? what : `${what}: ${about_}`, before || "–", after || "–"])), cut(changes));
    state.textContent = "";
  };

  // Who follows one address and then another sees the other, whichever is read first.
  let asked = 0;
  const open = async () => {
    const mine = ++asked;
    const [whole, number, key] = /^#(\d+)-([0-9a-f]{16})$/.exec(location.hash) || [];
    if (!whole) { state.textContent = t.missing; out.replaceChildren(); return; }
    try {
      const release = await find(Number(number), key);
      if (mine !== asked) return;
      if (release) show(release); else { state.textContent = t.missing; out.replaceChildren(); }
    } catch (error) { if (mine === asked) failed(error); }
  };
  addEventListener("hashchange", open);
  await open();
})();
