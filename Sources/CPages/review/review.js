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
})();
