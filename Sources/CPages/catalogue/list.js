"use strict";
(async () => {
  const { load, numbers, element, filled, grouped, amount } = catalogue;
  const byID = (id) => document.getElementById(id);
  const form = byID("filters"), sort = byID("sort"), count = byID("count"), hits = byID("hits"), clear = byID("clear");
  const previous = byID("previous"), next = byID("next"), pageLabel = byID("page");
  const failed = (error) => { count.textContent = filled((meta && meta.t.failed) || "{0}", `data/${error.message}.js`); };
  let meta = null;
  try { meta = await load("meta"); } catch (error) { failed(error); return; }
  const t = meta.t, total = meta.count, texts = ["licence", "organisation"], combined = ["flag", "format"];
  const heads = [...document.querySelectorAll(".hits thead th")].map((head) => head.textContent);
  const columns = new Map();

  const column = async (name) => {
    if (!columns.has(name)) {
      const [codes, extra] = await load(name);
      columns.set(name, { codes: numbers(codes, total), extra });
    }
    return columns.get(name);
  };

  // The state of the page is its address.
  const read = () => {
    const words = new URLSearchParams(location.hash.slice(1)), state = { q: "", sort: "", page: 1, one: new Map(), many: new Map() };
    for (const [key, value] of words) {
      if (key === "q") state.q = value;
      else if (key === "sort") { if ([...sort.options].some((option) => option.value === value)) state.sort = value; }
      else if (key === "page") state.page = Math.max(1, parseInt(value, 10) || 1);
      else if (texts.includes(key)) { if (value) state.one.set(key, value); }
      else if (Object.hasOwn(meta.values, key) || key.startsWith("use.")) state.many.set(key, new Set(value.split(",").map(decode)));
    }
    return state;
  };
  // A comma in a value is spelled out, as commas part values.
  const encode = (value) => value.replace(/[%,]/g, (sign) => sign === "%" ? "%25" : "%2C");
  const decode = (value) => value.replace(/%2C/g, ",").replace(/%25/g, "%");
  const address = (state) => {
    const words = new URLSearchParams();
    if (state.q) words.set("q", state.q);
    for (const [key, value] of state.one) words.set(key, value);
    for (const [key, values] of state.many) if (values.size) words.set(key, [...values].map(encode).join(","));
    if (state.sort) words.set("sort", state.sort);
    if (state.page > 1) words.set("page", state.page);
    return words.toString().replace(/%2C/g, ",");
  };
  const isFiltered = (state) => state.q.trim() !== "" || state.one.size > 0 || state.many.size > 0;

  // The form shows the state, whoever set it.
  const show = (state) => {
    if (document.activeElement !== form.elements.q) form.elements.q.value = state.q;
    for (const name of texts) if (document.activeElement !== form.elements[name]) form.elements[name].value = state.one.get(name) || "";
    const boxes = form.querySelectorAll("input[type=checkbox]");
    for (const box of boxes) box.checked = (state.many.get(box.name) || new Set()).has(box.value);
    for (const facet of form.querySelectorAll(".facet")) {
      const active = facet.querySelector("input:checked") !== null;
      facet.classList.toggle("active", active);
      if (active) facet.open = true;
    }
    sort.value = state.sort;
    clear.disabled = !isFiltered(state);
  };
  const ofForm = () => {
    const state = read();
    state.q = form.elements.q.value;
    state.sort = sort.value;
    state.page = 1;
    state.one.clear();
    state.many.clear();
    for (const name of texts) if (form.elements[name].value.trim()) state.one.set(name, form.elements[name].value.trim());
    for (const box of form.querySelectorAll("input:checked")) {
      if (!state.many.has(box.name)) state.many.set(box.name, new Set());
      state.many.get(box.name).add(box.value);
    }
    return state;
  };

  // Licences are found by any id of an expression, whole; what is no id is looked for within.
  const textFilter = (values, wanted) => {
    const small = wanted.toLowerCase(), pass = new Uint8Array(values.length), lower = values.map((value) => value.toLowerCase());
    let isWhole = false;
    lower.forEach((value, place) => {
      if (value === small || value.split(/[\s()]+/).includes(small)) { pass[place] = 1; isWhole = true; }
    });
    if (!isWhole) lower.forEach((value, place) => { if (value.includes(small)) pass[place] = 1; });
    return pass;
  };
  const keep = (mask, codes, pass) => { for (let row = 0; row < total; row++) if (!pass[codes[row]]) mask[row] = 0; };

  const filter = async (state) => {
    const mask = new Uint8Array(total).fill(1), jobs = [];
    for (const [name, wanted] of state.one) {
      jobs.push(column(name).then(({ codes, extra }) => keep(mask, codes, textFilter(extra, wanted))));
    }
    for (const [name, wanted] of state.many) {
      if (name.startsWith("use.")) {
        const number = meta.uses.indexOf(name.slice(4));
        // What no release is asked fits none.
        if (number < 0) { mask.fill(0); continue; }
        const pass = new Uint8Array(meta.answers.length + 1);
        meta.answers.forEach((answer, place) => { if (wanted.has(answer)) pass[place + 1] = 1; });
        jobs.push(column(`use-${number}`).then(({ codes }) => keep(mask, codes, pass)));
      } else {
        const own = Uint8Array.from(meta.values[name], ([id]) => wanted.has(id) ? 1 : 0);
        jobs.push(column(name).then(({ codes, extra }) => {
          keep(mask, codes, combined.includes(name) ? Uint8Array.from(extra, (set) => set.some((value) => own[value]) ? 1 : 0) : own);
        }));
      }
    }
    const words = state.q.toLowerCase().split(/\s+/).filter((word) => word);
    if (words.length) {
      for (let start = 0, number = 0; start < total; start += meta.names, number++) {
        jobs.push(names(number).then((lines) => {
          for (let place = 0; place < lines.length; place++) {
            if (mask[start + place] && !words.every((word) => lines[place].includes(word))) mask[start + place] = 0;
          }
        }));
      }
    }
    await Promise.all(jobs);
    return mask;
  };
  const searched = new Map();
  const names = async (number) => {
    if (!searched.has(number)) searched.set(number, (await load(`names-${number}`)).split("\n"));
    return searched.get(number);
  };

  // The order of a column, made once: the key and the row in one number that is exact, sorted as numbers.
  const orders = new Map();
  const order = async (name) => {
    if (!orders.has(name)) {
      const { codes } = await column(name), keys = new Float64Array(total), rows = new Uint32Array(total);
      const most = 2 ** 29;
      for (let row = 0; row < total; row++) keys[row] = (name === "name" ? codes[row] : most - codes[row]) * 2 ** 23 + row;
      keys.sort();
      for (let place = 0; place < total; place++) rows[place] = keys[place] % 2 ** 23;
      orders.set(name, rows);
    }
    return orders.get(name);
  };

  const row = async (number) => {
    const piece = Math.floor(number / meta.piece);
    return (await load(`rows-${piece}`))[number - piece * meta.piece];
  };
  const draw = (number, [title, key, terms, level, open, parameters, bytes, isBroken, date, flags]) => {
    const flagList = flags.slice(0, 3).map((flag) => element("span", { class: "list" }, meta.values.flag[flag][1]));
    if (flags.length > 3) flagList.push(element("span", { class: "list sub" }, `+ ${flags.length - 3}`));
    const size = element("td", { "data-label": heads[5] }, amount(parameters, ""), element("span", { class: "sub" }, amount(bytes, "B")));
    return element("tr", {},
      element("th", { scope: "row" }, element("a", { href: `release.html#${number}-${key}` }, title || "–"),
        isBroken ? element("span", { class: "sub" }, t.unread) : null),
      element("td", { "data-label": heads[1] }, meta.values.level[level][1]),
      element("td", { "data-label": heads[2] }, terms || "–"),
      element("td", { "data-label": heads[3] }, meta.values["open-source"][open][1]),
      element("td", { "data-label": heads[4] }, ...(flagList.length ? flagList : [element("span", { class: "none" }, t.noFlags)])),
      size, element("td", { "data-label": heads[6] }, date || "–"));
  };

  let asked = 0;
  const update = async () => {
    const mine = ++asked, began = performance.now(), state = read();
    show(state);
    try {
      let found;
      if (!isFiltered(state) && !state.sort) {
        found = { length: total, row: (place) => place };
      } else {
        const [mask, rows] = await Promise.all([filter(state), state.sort ? order(state.sort) : null]);
        if (mine !== asked) return;
        const list = new Uint32Array(total);
        let length = 0;
        for (let place = 0; place < total; place++) {
          const number = rows ? rows[place] : place;
          if (mask[number]) list[length++] = number;
        }
        found = { length, row: (place) => list[place] };
      }
      const pages = Math.max(1, Math.ceil(found.length / meta.page)), page = Math.min(state.page, pages);
      const places = [];
      for (let place = (page - 1) * meta.page; place < Math.min(found.length, page * meta.page); place++) places.push(found.row(place));
      const drawn = await Promise.all(places.map(async (number) => draw(number, await row(number))));
      if (mine !== asked) return;
      hits.replaceChildren(...drawn);
      if (!drawn.length) hits.append(element("tr", {}, element("td", { colspan: 7, class: "none" }, t.none)));
      count.textContent = filled(t.count, grouped(found.length), grouped(total));
      pageLabel.textContent = filled(t.page, grouped(page), grouped(pages));
      previous.disabled = page <= 1;
      next.disabled = page >= pages;
      document.body.dataset.took = Math.round(performance.now() - began);
      document.body.dataset.shown = String(mine);
    } catch (error) { if (mine === asked) failed(error); }
  };

  const go = (state, replaces) => {
    const url = `#${address(state)}`;
    if (replaces) history.replaceState(null, "", url); else history.pushState(null, "", url);
    return update();
  };
  const turn = (by) => {
    const state = read();
    state.page += by;
    go(state).then(() => byID("results").scrollIntoView({ block: "start" }));
  };
  let typing = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => { if (event.target.type === "checkbox") go(ofForm()); });
  form.addEventListener("input", (event) => {
    if (event.target.type === "checkbox") return;
    clearTimeout(typing);
    typing = setTimeout(() => go(ofForm(), true), 60);
  });
  // What a field needs is read when it is entered, so that it is there when something is asked.
  form.addEventListener("focusin", (event) => {
    if (texts.includes(event.target.name)) column(event.target.name).catch(() => {});
    if (event.target.name === "q") for (let number = 0; number * meta.names < total; number++) names(number).catch(() => {});
  });
  sort.addEventListener("change", () => go(ofForm()));
  previous.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  clear.addEventListener("click", () => {
    form.reset();
    const state = read();
    state.q = ""; state.page = 1; state.one.clear(); state.many.clear();
    go(state).then(() => form.elements.q.focus());
  });
  addEventListener("popstate", update);
  addEventListener("hashchange", update);
  await update();
})();
