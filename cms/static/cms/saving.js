// Wagtail saves a page by itself while its editor writes. Pressed at that same moment, Publish would go out beside it,
// and a new page would be made twice. So what the editor presses goes alone: a save that has not left yet is given up,
// and one that is on its way is waited for, because its answer says where the page lives from then on.
(() => {
  const KIND = "w-autosave";
  let latest = null; // the save that Wagtail announced last
  let pressed = false;
  let waiting = false;

  document.addEventListener(`${KIND}:save`, (event) => {
    latest = event;
    if (pressed) event.preventDefault();
  });

  const send = (form, button) => {
    // By now Wagtail has put the button out of use, and the browser does not send such a button.
    if (button?.name) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: button.name, value: button.value });
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const saving = window.wagtail?.app?.getControllerForElementAndIdentifier(form, KIND);
    if (!saving || event.defaultPrevented) return;
    if (waiting) return void event.preventDefault();
    pressed = true;
    latest?.preventDefault();
    if (!saving.submitPromise) return;
    waiting = true;
    event.preventDefault();
    saving.submitPromise.finally(() => send(form, event.submitter));
  });

  // Back here by the browser's Back: the editor writes on.
  window.addEventListener("pageshow", () => {
    pressed = false;
    waiting = false;
  });
})();
