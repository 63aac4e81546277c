// After a refused form the summary gets the focus, so that screen readers and keyboards start there.
const focusSummary = (root) => {
  const summary = root.querySelector(".qw-summary[tabindex]");
  if (summary && !summary.closest("[data-sample]")) summary.focus();
};

focusSummary(document);
document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.target));
