// The receipt is drawn in the browser: 128 bits that no server chose. Without this script the page's own stands.
(() => {
  const field = document.getElementById("receipt");
  if (!field || !window.crypto) return;
  const drawn = crypto.getRandomValues(new Uint8Array(16));
  field.value = Array.from(drawn, (one) => one.toString(16).padStart(2, "0")).join("");
})();
