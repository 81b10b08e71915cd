"use strict";
// Follows a meeting: asks a little more than every second whether something changed and renews the parts of the page that did.
(() => {
  const page = document.querySelector("[data-mark]");
  if (!page) return;
  const policy = window.trustedTypes?.createPolicy("default", { createHTML: (html) => html });
  let mark = page.dataset.tag;

  const inUse = (part) =>
    part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select") ||
    [...part.querySelectorAll("textarea, input")].some((field) =>
      field.type === "radio" || field.type === "checkbox"
        ? field.checked !== field.defaultChecked
        : field.type !== "hidden" && field.value !== field.defaultValue);

  // Whoever stands on a button or link by keyboard stands on the same one afterwards.
  const replace = (part, other) => {
    const held = part.contains(document.activeElement) && document.activeElement;
    const same = held && [...other.querySelectorAll(held.localName)].find((one) => one.textContent === held.textContent);
    part.replaceChildren(...other.childNodes);
    if (same) same.focus();
  };

  const renew = async () => {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const html = await answer.text();
    const fresh = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const other = fresh.getElementById(part.id);
      if (!other || part.isEqualNode(other) || inUse(part)) continue;
      replace(part, other);
    }
  };

  const look = async () => {
    try {
      const answer = await fetch(page.dataset.mark, { cache: "no-store", headers: { "If-None-Match": mark } });
      if (answer.status === 200) {
        mark = answer.headers.get("ETag");
        await renew();
      }
    } catch {
      // No signal: the next look may have it.
    }
    setTimeout(look, document.hidden ? 10000 : 1200);
  };
  setTimeout(look, 1200);
})();
