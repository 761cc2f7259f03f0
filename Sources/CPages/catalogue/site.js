"use strict";
// Data are files of one call each, with literals: they load from a plain file server and from a folder alike.
const catalogue = (() => {
  const there = new Map(), waiting = new Map();
  window.openscanCatalogue = (name, value) => { there.set(name, value); };
  const load = (name) => {
    if (there.has(name)) return Promise.resolve(there.get(name));
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `data/${name}.js`;
        script.onload = () => { script.remove(); there.has(name) ? done(there.get(name)) : failed(new Error(name)); };
        script.onerror = () => { script.remove(); waiting.delete(name); failed(new Error(name)); };
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  };
  const drop = (name) => { there.delete(name); waiting.delete(name); };

  const digit = new Uint8Array(128);
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((sign, value) => { digit[sign.charCodeAt(0)] = value; });
  // A column: a number a release, each in as many characters.
  const numbers = (text, count) => {
    const out = new Uint32Array(count), width = count ? text.length / count : 1;
    for (let row = 0, place = 0; row < count; row++) {
      let value = 0;
      for (let left = width; left > 0; left--) value = value * 64 + digit[text.charCodeAt(place++)];
      out[row] = value;
    }
    return out;
  };

  // Elements only ever get texts.
  const element = (name, options = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (value === undefined || value === null || value === "") continue;
      if (key === "class") node.className = value; else node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const filled = (form, ...parts) => form.replace(/\{(\d)\}/g, (whole, place) => place < parts.length ? parts[place] : whole);
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const amount = (value, unit) => {
    if (!value) return "";
    const steps = ["", "k", "M", "G", "T"], names = unit === "B" ? steps : ["", "k", "M", "B", "T"];
    let step = 0;
    while (value >= 999.5 && step < 4) { value /= 1000; step++; }
    const shown = value >= 99.5 || step === 0 ? Math.round(value) : value.toPrecision(value >= 9.95 ? 3 : 2);
    return `${shown} ${names[step]}${unit}`.trim();
  };
  return { load, drop, numbers, element, filled, grouped, amount };
})();
