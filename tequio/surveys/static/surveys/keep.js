// Keeps what is typed; sends it once.
(() => {
const f = document.querySelector("form[data-keep]"), $ = id => document.getElementById(id);
let L, t, b;
try { L = localStorage; L._ = 1; delete L._ } catch { return }
const T = f.dataset, K = "f:" + T.keep, Q = "q:" + T.keep, n = {}, U = URLSearchParams;
const say = w => $("kept").textContent = w;
const typed = () => new U(new FormData(f)) + "";
const was = L[Q] || L[K], old = new U(was);
if (was) for (const e of f.elements) {
const h = e.type == "hidden", all = old.getAll(e.name);
if (!e.name || e.type == "submit" || h && (e.name != "key" || T.fresh)) continue;
n[e.name] = (n[e.name] ?? -1) + 1;
if (/dio|box/.test(e.type)) e.checked = all.includes(e.value);
else e.value = all[n[e.name]] ?? (h ? e.value : "");
}
const send = async body => {
if (b) return;
b = 1;
clearTimeout(t);
L[K] = L[Q] = body;
try {
const r = await fetch(f.action, {method: "POST", body: new U(body)});
if (r.status > 499) throw 0;
delete L[Q];
if (r.redirected) { delete L[K]; location = r.url } else f.submit();
} catch { say(T.queued) }
b = 0;
};
const go = () => L[Q] && send(L[Q]);
f.oninput = () => { L[K] = typed(); clearTimeout(t); t = setTimeout(say, 300, T.saved) };
f.onsubmit = e => { const v = e.submitter?.value; if (!v || !navigator.onLine) { e.preventDefault(); v ? f.oninput() : send(typed()) } };
$("forget").hidden = 0;
$("forget").onclick = () => { delete L[K]; delete L[Q]; f.reset(); say(T.gone) };
addEventListener("online", go);
go();
})();
