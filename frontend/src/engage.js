// Small helps on pages that already work without them: live figures, menus that shut, errors that are seen.
(() => {
  "use strict";

  // --- Live figures -----------------------------------------------------------------------------
  // The socket only says "look again at this topic"; the element then re-fetches its own HTML (hx-trigger="live").
  const FIRST_WAIT = 1000;
  const LONGEST_WAIT = 60000;
  let socket = null;
  let wait = FIRST_WAIT;
  let timer = null;
  let wasOpen = false;
  let subscribed = new Set();
  const versions = new Map();

  const watchers = (topic) =>
    [...document.querySelectorAll("[data-live-topic]")].filter(
      (element) => topic === undefined || element.dataset.liveTopic === topic,
    );

  const topics = () => [...new Set(watchers().map((element) => element.dataset.liveTopic))];

  // A list that others add to takes care of its readers by itself (below).
  const shows = (region) => region?.matches?.("[data-arrivals]");

  // Text that someone is in the middle of writing is never swapped away under them.
  const isBusy = (element) => {
    const active = document.activeElement;
    return element.contains(active) && active.matches("input:not([type=hidden]), textarea, select");
  };

  const refresh = (topic) => {
    for (const element of watchers(topic)) {
      if (shows(element) || !isBusy(element)) element.dispatchEvent(new CustomEvent("live", { bubbles: false }));
    }
  };

  const subscribe = () => {
    if (!socket || socket.readyState !== WebSocket.OPEN) return;
    const wanted = topics().filter((topic) => !subscribed.has(topic));
    if (!wanted.length) return;
    socket.send(JSON.stringify({ subscribe: wanted }));
    subscribed = new Set([...subscribed, ...wanted]);
  };

  const connectLater = (event) => {
    // 4000 and above: the server understood us and refused, so asking again is no use.
    if (event.code >= 4000) return;
    clearTimeout(timer);
    timer = setTimeout(connect, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };

  const onMessage = (event) => {
    let message;
    try {
      message = JSON.parse(event.data);
    } catch {
      return;
    }
    if (!message.topic) return;
    const seen = versions.get(message.topic);
    if (seen !== undefined && message.version !== undefined && message.version <= seen) return;
    versions.set(message.topic, message.version);
    refresh(message.topic);
  };

  function connect() {
    if (!topics().length || (socket && socket.readyState <= WebSocket.OPEN)) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    try {
      socket = new WebSocket(`${scheme}://${location.host}/ws/live/`);
    } catch {
      return;
    }
    socket.addEventListener("open", () => {
      wait = FIRST_WAIT;
      subscribed = new Set();
      subscribe();
      // Whatever changed while we were away is fetched now.
      if (wasOpen) refresh();
      wasOpen = true;
    });
    socket.addEventListener("message", onMessage);
    socket.addEventListener("close", connectLater);
  }

  addEventListener("online", connect);

  // Where no socket tells us, looking at the page again is the time to look for news.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || (socket && socket.readyState === WebSocket.OPEN)) return;
    refresh();
    connect();
  });
  document.addEventListener("htmx:afterSettle", () => (socket ? subscribe() : connect()));

  // --- What others write while one reads ----------------------------------------------------------
  // The list of comments fetches itself again. It takes nothing away from somebody who is in it, keeps what is being
  // read where it is on the screen, and says how many have come.
  const isLive = (event) => event.detail.requestConfig?.triggeringEvent?.type === "live";
  const isInUse = (region) => region.contains(document.activeElement) || region.querySelector("form[hx-post]");
  let kept = null;

  const say = (words, withButton) => {
    const place = document.querySelector("[data-arrivals-words]");
    if (!place || (!words && !withButton)) return;
    place.textContent = words;
    place.parentElement.dataset.waiting = withButton ? "yes" : "no";
    place.parentElement.querySelector("[data-arrivals-show]").hidden = !withButton;
  };

  const firstInView = (region) =>
    [...region.querySelectorAll("[id^=comment-]")].find((each) => each.getBoundingClientRect().bottom > 0);

  document.addEventListener("htmx:beforeSwap", (event) => {
    const region = event.detail.target;
    if (!shows(region) || !isLive(event) || !event.detail.shouldSwap) return;
    const fetched = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const news = fetched.querySelector("[data-arrivals]")?.dataset.arrivals || "";
    if (isInUse(region)) {
      event.detail.shouldSwap = false;
      if (news) say(news, true);
      return;
    }
    const read = firstInView(region);
    kept = read && region.getBoundingClientRect().top < 0 ? { id: read.id, top: read.getBoundingClientRect().top } : null;
    say(news, false);
  });

  document.addEventListener("htmx:afterSettle", () => {
    const read = kept && document.getElementById(kept.id);
    if (read) scrollBy({ top: read.getBoundingClientRect().top - kept.top, behavior: "instant" });
    kept = null;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-arrivals-show]")) {
      const region = document.querySelector("[data-arrivals]");
      for (const form of region.querySelectorAll("form[hx-post]")) form.remove();
      document.getElementById("discussion-title")?.focus();
      region.dispatchEvent(new CustomEvent("live", { bubbles: false }));
      say(" ", false);
    }
    // A form that was opened below a comment goes away again, and the focus back to where it was opened.
    const cancel = event.target.closest("[data-dismiss]");
    const slot = cancel && cancel.closest(".slot");
    if (slot) {
      event.preventDefault();
      slot.replaceChildren();
      document.querySelector(`[hx-target="#${slot.id}"]`)?.focus();
    }
  });

  // --- Passing an address on ------------------------------------------------------------------------
  // With the device's own choice of where to; browsers without one show the plain address alone.
  if (navigator.share) {
    for (const button of document.querySelectorAll("[data-share]")) {
      button.parentElement.hidden = false;
      button.addEventListener("click", () => {
        navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {});
      });
    }
  }

  // --- Menus --------------------------------------------------------------------------------------
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });

  // --- Errors and double sending ------------------------------------------------------------------
  const showErrors = (root) => {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  };

  document.addEventListener("htmx:afterSwap", (event) => showErrors(event.target));

  // A second press within a second is a slip of the finger, not a second wish.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    const now = Date.now();
    if (now - Number(form.dataset.sentAt || 0) < 1000) event.preventDefault();
    form.dataset.sentAt = String(now);
  });

  showErrors(document);
  connect();
})();
