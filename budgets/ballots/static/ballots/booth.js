// Small helps in the booth, which works without them: the code in a link, printing, and no way back in.
(() => {
  "use strict";

  // The link of an email or text message, and a letter's QR, end in "#code=…": what follows "#" is sent to no server
  // and stands in no log. Without scripts the code is typed. Only the button below it uses it up.
  const link = new URLSearchParams(location.hash.slice(1));
  for (const field of document.querySelectorAll("[data-proof] [data-from-link]")) {
    const value = link.get(field.dataset.fromLink);
    if (value && !field.value) field.value = value;
  }
  // Nor does it stay in the address, where the next one at this computer would find it.
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
