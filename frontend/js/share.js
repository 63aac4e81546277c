// <button data-share data-share-title="…" hidden> with [data-share-label] and [data-share-done]: the phone's own way to
// share, else the address goes to the clipboard. Hidden where neither exists.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const url = location.origin + location.pathname;
    try {
      if (navigator.share) {
        await navigator.share({ title: button.dataset.shareTitle, url });
        return;
      }
      await navigator.clipboard.writeText(url);
    } catch {
      return; // closed without sharing
    }
    button.querySelector("[data-share-label]").hidden = true;
    button.querySelector("[data-share-done]").hidden = false;
    button.setAttribute("aria-live", "polite");
  });
}
