"use strict";
(() => {
  const byID = (id) => document.getElementById(id);

  // What a link points to may lie in something that is folded.
  const unfold = (target) => {
    for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  };
  const arrive = () => {
    const target = location.hash.length > 1 && byID(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    unfold(target);
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();

  // A cited place or a rule opens over the page; without this script the link leads to it.
  const box = byID("cite"), body = byID("cite-body"), title = byID("cite-title"), go = byID("cite-go");
  let opener = null;
  const around = 6;
  const copied = (node) => {
    const copy = node.cloneNode(true);
    copy.removeAttribute("id");
    for (const inner of copy.querySelectorAll("[id]")) inner.removeAttribute("id");
    return copy;
  };
  const excerpt = (target) => {
    if (!target.classList.contains("l")) return target.tagName === "DETAILS" ? null : copied(target);
    const part = document.createElement("div");
    part.className = "src";
    let first = target;
    for (let left = around; left > 0 && first.previousElementSibling; left--) first = first.previousElementSibling;
    let behind = 0;
    for (let line = first; line && behind <= around; line = line.nextElementSibling) {
      part.append(copied(line));
      if (behind || (line === target)) behind = line !== target && line.classList.contains("c") ? behind : behind + 1;
      if (part.childElementCount > 80) break;
    }
    return part;
  };
  const show = (link) => {
    const target = byID(link.hash.slice(1));
    const content = target && excerpt(target);
    if (!content) return false;
    body.replaceChildren(content);
    title.textContent = link.title || link.textContent;
    go.hash = link.hash;
    if (!box.open) {
      opener = link;
      box.showModal();
    }
    return true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link === go) {
      opener = null;
      box.close();
      return;
    }
    const isPlace = link.classList.contains("cite") || link.hash.startsWith("#rule-");
    if (isPlace && typeof box.showModal === "function" && show(link)) event.preventDefault();
  });
  byID("cite-close").addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  box.addEventListener("close", () => { if (opener) opener.focus(); });

  // Paper cannot unfold.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of folded) details.open = false; });

  // Decisions: controls are made where they are asked for, and saved as the file that --decisions takes.
  const form = byID("form");
  if (!form) return;
  form.hidden = false;
  const label = form.dataset;
  const element = (tag, text, attributes) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    Object.assign(node, attributes || {});
    return node;
  };
  const labelled = (text, control, isWide) => {
    const node = element("label", text, { className: isWide ? "wide" : "" });
    node.append(control);
    return node;
  };
  const today = new Date();
  byID("date").value = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const fill = (row) => {
    const data = row.dataset, box = element("div", "", { className: "fill" });
    const outcome = element("select"), answer = element("select"), reason = element("textarea", data.reason, { rows: 1, maxLength: 1000 });
    for (const word of ["open", "accept", "reject", "override"]) outcome.append(element("option", label["l" + word[0].toUpperCase() + word.slice(1)], { value: word }));
    for (const word of data.answers.split(",")) answer.append(element("option", word, { value: word }));
    outcome.value = data.outcome;
    answer.value = data.answer || data.word;
    const answers = labelled(label.lAnswer, answer);
    const fit = () => { answers.hidden = outcome.value !== "override"; };
    outcome.addEventListener("change", () => {
      data.outcome = outcome.value;
      data.touched = "yes";
      fit();
    });
    answer.addEventListener("change", () => { data.answer = answer.value; data.touched = "yes"; });
    reason.addEventListener("input", () => { data.reason = reason.value; data.touched = "yes"; });
    fit();
    box.append(labelled(label.lDecision, outcome), answers, labelled(label.lReason, reason, true));
    for (const control of [outcome, answer, reason]) control.setAttribute("aria-describedby", row.firstElementChild.id);
    row.append(box);
    return outcome;
  };
  document.querySelectorAll(".q").forEach((row, number) => {
    row.firstElementChild.id = "q" + number;
    const button = element("button", label.lDecide, { type: "button" });
    button.setAttribute("aria-describedby", "q" + number);
    button.addEventListener("click", () => { button.remove(); fill(row).focus(); });
    row.append(button);
  });
  // A text in double quotes, as YAML and JSON both take it.
  const scalar = (text) => JSON.stringify(text);
  byID("save").addEventListener("click", () => {
    const by = byID("by").value.trim(), date = byID("date").value, missing = [], lines = [];
    for (const row of document.querySelectorAll(".q")) {
      const data = row.dataset, isOpen = data.outcome === "open";
      const isNew = data.touched === "yes";
      if (isOpen && !row.closest("#questions")) continue;
      const who = isNew ? by : data.by, when = isNew ? date : data.date;
      if (!isOpen && !(data.reason.trim() && who && when)) missing.push(data.title);
      const answer = data.outcome === "override" ? data.answer || data.word : "";
      lines.push("  - id: " + scalar(data.id), "    question: " + scalar(data.title), "    decision: " + data.outcome, "    answer: " + scalar(answer), "    reason: " + scalar(data.reason.trim()), "    by: " + scalar(isOpen ? "" : who), "    date: " + scalar(isOpen ? "" : when), "    evidence: " + scalar(data.evidence));
    }
    byID("said").textContent = missing.length ? label.lIncomplete + " " + missing.join("; ") : "";
    if (missing.length) return;
    const text = "version: 1\nrelease: " + scalar(label.release) + "\nprogram: " + scalar(label.program) + "\ndecisions:\n" + (lines.length ? lines.join("\n") : "  []") + "\n";
    const link = element("a", "", { href: URL.createObjectURL(new Blob([text], { type: "application/yaml" })), download: label.file });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
})();
