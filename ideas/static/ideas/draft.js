// What is being typed outlives a lost connection. One record in this browser: for guests it holds the whole draft and
// stays when the browser is closed (7 days at most); for those who are signed in, whose draft the server keeps, it holds
// the page that is being typed and goes with the tab. Without this script every page of the draft works the same.
(() => {
  "use strict";

  const KEY = "engage:idea-draft";
  const DAYS = 7;
  const form = document.querySelector("form[data-draft]");
  const isGuest = Boolean(form && "guest" in form.dataset);

  // Storage can be full, or forbidden: then nothing is kept, and nothing else breaks.
  const quietly = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };
  const forget = () => quietly(() => (localStorage.removeItem(KEY), sessionStorage.removeItem(KEY)));
  const read = (store) => {
    const found = quietly(() => JSON.parse(store.getItem(KEY)));
    return found && Date.now() - found.at < DAYS * 86400000 ? found : null;
  };
  const store = isGuest ? quietly(() => localStorage) : quietly(() => sessionStorage);
  const keep = (record) => quietly(() => store.setItem(KEY, JSON.stringify({ ...record, at: Date.now() })));

  const isTyped = (field) =>
    field.name && !["hidden", "file", "submit", "button", "image", "password"].includes(field.type);
  const typed = () => {
    const values = {};
    for (const field of form.elements) {
      if (!isTyped(field)) continue;
      if (["checkbox", "radio"].includes(field.type)) {
        values[field.name] ??= [];
        if (field.checked) values[field.name].push(field.value);
      } else {
        values[field.name] = field.value;
      }
    }
    return values;
  };

  const putBack = (values) => {
    let changed = false;
    for (const field of form.elements) {
      if (!isTyped(field) || !(field.name in values)) continue;
      const value = values[field.name];
      if (["checkbox", "radio"].includes(field.type)) {
        const wanted = value.includes(field.value);
        changed ||= field.checked !== wanted;
        field.checked = wanted;
      } else if (field.value !== value) {
        changed = true;
        field.value = value;
      }
    }
    return changed;
  };

  const watch = () => {
    const { draft, step } = form.dataset;
    let record = read(store);
    if (!record || record.draft !== draft) record = { draft, all: {} };
    // What was sent is the server's to show, except to somebody who came back because it never arrived.
    const [arrived] = performance.getEntriesByType("navigation");
    const lost = record.step === step && (record.unsent || (arrived?.type === "back_forward" && record.sent));
    if (lost && putBack(lost)) form.querySelector("[data-put-back]").hidden = false;
    record = { draft, step, unsent: null, sent: null, all: isGuest ? record.all || {} : {} };
    keep(record);
    form.addEventListener("input", () => {
      const now = typed();
      record = { ...record, unsent: now, all: isGuest ? { ...record.all, ...now } : {} };
      keep(record);
    });
    form.addEventListener("submit", (event) => {
      const offline = form.querySelector("[data-offline]");
      offline.hidden = navigator.onLine;
      if (navigator.onLine) {
        record = { ...record, unsent: null, sent: typed() };
        keep(record);
        return;
      }
      event.preventDefault();
      offline.scrollIntoView({ block: "center" });
    });
  };

  // A guest comes back after the browser was closed: the server knows nothing of them, this browser does.
  const offerToCarryOn = (offer) => {
    const record = read(localStorage);
    if (!record || !record.all || !record.all.title) return;
    offer.querySelector("[data-carry-on-title]").textContent = record.all.title;
    for (const [name, value] of Object.entries(record.all)) {
      for (const each of [value].flat()) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name, value: each });
        offer.append(field);
      }
    }
    offer.querySelector("[data-forget]").addEventListener("click", () => {
      forget();
      offer.hidden = true;
    });
    offer.hidden = false;
  };

  const offer = document.querySelector("form[data-carry-on]");
  if (document.querySelector("[data-sent]")) forget();
  for (const each of document.querySelectorAll("[data-forget-all]")) each.addEventListener("submit", forget);
  if (form && "forgetTyped" in form.dataset) quietly(() => sessionStorage.removeItem(KEY));
  else if (form && store) watch();
  if (offer) quietly(() => offerToCarryOn(offer));
})();
