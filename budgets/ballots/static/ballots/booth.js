// Small helps in the booth, which works without them: the code in a link, printing, and no way back in.
(() => {
  "use strict";

  // The link of an email or text message, and a letter's QR, end in "#code=…": what follows "#" is sent to no server
  // and stands in no log. Without scripts the code is typed. Only the button below it uses it up.
  function fillIn() {
    const link = new URLSearchParams(location.hash.slice(1));
    for (const field of document.querySelectorAll("[data-proof] [data-from-link]")) {
      const value = link.get(field.dataset.fromLink);
      if (value) field.value = value;
    }
    // Nor does it stay in the address, where the next one at this computer would find it.
    if (link.has("code")) history.replaceState(null, "", location.pathname);
  }
  fillIn();
  // Whoever waits on this page and follows the link here stays on it: only what is behind the "#" changes.
  addEventListener("hashchange", fillIn);

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // A page that the browser kept as it was is asked for again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
