// The secret is drawn in the browser and never sent: only its SHA-256 is. Without this script the page's own pair stands.
(async () => {
  const kept = document.getElementById("secret");
  const sent = document.getElementById("id_promise");
  if (!kept || !sent || !window.crypto || !crypto.subtle) return;
  const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  const drawn = crypto.getRandomValues(new Uint8Array(32));
  const promise = await crypto.subtle.digest("SHA-256", drawn);
  kept.value = hex(drawn);
  sent.value = hex(new Uint8Array(promise));
})();
