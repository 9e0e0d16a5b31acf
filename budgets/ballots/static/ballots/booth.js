// Small helps in the booth, which works without them: the code of a letter's QR, printing, and no way back in.
(() => {
  "use strict";

  // A letter's QR ends in "#code=…": what follows "#" is sent to no server and stands in no log.
  const link = new URLSearchParams(location.hash.slice(1));
  for (const field of document.querySelectorAll("[data-proof] [data-from-link]")) {
    const value = link.get(field.dataset.fromLink);
    if (value && !field.value) field.value = value;
  }
  // Neither a code nor the link of an email stays in the address.
  if (location.hash) history.replaceState(null, "", location.pathname);

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // A page that the browser kept as it was is asked for again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
