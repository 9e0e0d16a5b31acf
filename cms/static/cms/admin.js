// Wagtail starts choosers, date pickers and inline panels with small inline scripts, which our security policy
// does not let run. This file reads what they ask for and does it, if it is one of the few things on this list.
(() => {
  const CALLS = [
    // new ImageChooser("id_image", {…});
    { form: /^\s*new ([A-Z]\w*Chooser)\(([^]*)\);?\s*$/, make: (name, values) => new window[name](...values) },
    // initDateChooser("id_day", {…});
    {
      form: /^\s*(init(?:Date|Time|DateTime)Chooser|createTaskChooser)\(([^]*)\);?\s*$/,
      make: (name, values) => window[name](...values),
    },
    // (function() { var panel = new InlinePanel(JSON.parse("…")); })();
    {
      form: /^\s*\(function\(\) \{\s*var panel = new (InlinePanel|MultipleChooserPanel)\(JSON\.parse\(("[^"]*")\)\);\s*\}\)\(\);\s*$/,
      make: (name, values) => new window[name](JSON.parse(values[0])),
    },
  ];

  // What templates escape for scripts (\u0027) is escaped the same way in JSON.
  const valuesOf = (text) => JSON.parse(`[${text}]`);

  const started = new WeakSet();

  const start = (script) => {
    if (script.src || script.type || !script.isConnected) return;
    for (const { form, make } of CALLS) {
      const [, name, text] = form.exec(script.textContent) || [];
      if (!name || typeof window[name] !== "function") continue;
      const values = valuesOf(text);
      // Wagtail puts a script in anew to run it: the field it belongs to is started once.
      const owner = document.getElementById(values[0]) || script;
      if (started.has(owner)) return;
      started.add(owner);
      make(name, values);
      return;
    }
  };

  const startWithin = (node) => {
    if (node.nodeName === "SCRIPT") start(node);
    else if (node.querySelectorAll) node.querySelectorAll("script").forEach(start);
  };

  document.addEventListener("DOMContentLoaded", () => {
    startWithin(document.body);
    new MutationObserver((changes) => {
      for (const change of changes) change.addedNodes.forEach(startWithin);
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
