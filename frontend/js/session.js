// Before a session ends the page says so. What was typed stays in the fields: nothing is reloaded, and leaving the page
// is asked about. Nothing is stored in the browser, since it may be personal.
//   <div data-session="SECONDS" data-session-renew="URL" hidden> with [data-session-soon], [data-session-ended],
//   <button data-session-stay> inside (web/_session.html)
const WARN_BEFORE = 5 * 60; // seconds

const notice = document.querySelector("[data-session]");
if (notice) {
  const part = (name) => notice.querySelector(`[data-session-${name}]`);
  let timers = [];

  const show = (name) => {
    part("soon").hidden = name !== "soon";
    part("ended").hidden = name !== "ended";
    notice.hidden = !name;
  };

  // A sleeping laptop stops timers, so the end is a point in time that is looked at again on return.
  let endsAt = 0;
  const look = () => {
    const left = (endsAt - Date.now()) / 1000;
    show(left <= 0 ? "ended" : left <= WARN_BEFORE ? "soon" : "");
  };
  const start = (seconds) => {
    timers.forEach(clearTimeout);
    endsAt = Date.now() + seconds * 1000;
    timers = [Math.max(0, seconds - WARN_BEFORE), seconds].map((s) => setTimeout(look, s * 1000 + 50));
    look();
  };
  const renew = async () => {
    const answer = await fetch(notice.dataset.sessionRenew, { credentials: "same-origin", redirect: "manual" });
    if (!answer.ok) return show("ended");
    const { seconds, csrf } = await answer.json();
    // Signing in elsewhere changed the token; the open forms must stay sendable.
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = csrf;
    start(seconds);
  };

  start(Number(notice.dataset.session));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    look();
    if (Date.now() >= endsAt) renew().catch(look); // perhaps one has signed in again meanwhile
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) start(Number(notice.dataset.session));
  });
  part("stay").addEventListener("click", () => renew().catch(look));

  let typed = false;
  document.addEventListener("input", (event) => {
    typed = typed || Boolean(event.target.closest("form[method=post]"));
  });
  // Sending is always allowed: the server keeps what comes after the end until one has signed in again.
  document.addEventListener("submit", () => {
    typed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed && Date.now() >= endsAt) event.preventDefault();
  });
}
